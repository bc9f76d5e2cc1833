# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""More ways to say that money comes or has gone: set phrases, shortcuts, bank lines."""

import re

from .payment_words import BILL, FEW, FLAGS, MONEY, PAID_WORD, PAY_BASE, SOME

WHEN = r"(?:ce (?:matin|jour|midi|soir)|hier|avant[- ]hier|le \d|lundi|mardi|mercredi|jeudi|vendredi|samedi|aujourd'hui|cette semaine|la semaine (?:derniere|passee)|depuis|il y a|y a|des le|fin|debut|en (?:janv|fevr|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec)|yesterday|this morning|today|last|on |already|\d)"

FUTURE = [
    (r"\b(?:retenue|caution|garantie|solde|fonds|somme|sommes|reliquat|retention)\b[^.!?]{0,30}\b(?:sera|seront|va etre|vont etre|will be)\s(?:\S+\s)?(?:restitu|liber|debloqu|released|returned|repaid)\w*", 0.86, False),
    # Words given, with a day.
    (r"\b(?:sans faute|c'est (?:sur|certain|promis)|promis(?: jure)?|(?:ma|notre) parole|parole d'honneur|my word|our word|you can count on|comptez[- ](?:sur moi|dessus)|guarante\w+|garanti\w*|without fail|sur et certain|dernier delai|(?:grand )?maxi(?:mum)?|au plus tard|no later than|at the latest)\b", 0.66, True),
    (r"\b(?:(?:je|on|nous|moi) (?:m'en|s'en|nous en|m'y|m'en) ?(?:charge|occupe|chargeons|occupons|attelle|colle)\w*|(?:vais|allons|va) (?:m'en|nous en|s'en|faire le|regarder|traiter)\s?\w*|(?:will|'ll|gonna|going to) (?:\w+ )?(?:sort|handle|take care|see to|deal with|get|chase|do|arrange|put)\b(?: (?:it|this|that|you|the))?)", 0.68, True),
    (r"\b(?:aim(?:ing)?|hop(?:e|ing)|try(?:ing)?|plan(?:ning)?|expect(?:ing)?|intend(?:ing)?) to (?:get|have|put|send|push) (?:this|it|that|the (?:payment|money|funds|balance)|everything|you)\b[^.!?]{0,30}?(?:over|out|across|through|sorted|done|paid|to you|away)\b", 0.78, False),
    (r"\b(?:sur|dans|in|into|on)\s(?:votre|vos|your)\s(?:compte|comptes|banque|caisse|account|bank)\b", 0.76, True),
    (rf"\b(?:avez|aurez|aura|avoir|recevrez|toucherez|touchez|recevez|have|get|receive)\s(?:{FEW})(?:sous|argent|fonds|pognon|thune|ble|du|virement|reglement|cheque|money|cash|funds|payment)\b", 0.76, True),
    (r"\b(?:ca|cela|tout|it|that|le (?:tout|necessaire)) (?:part|partira|va partir|sera|va etre|est|devrait|tombe|tombera|arrive|arrivera|'?ll be|goes|will be|should be)\s?(?:fait|parti|bon|ok|regle|sorti|out|over|done|gone|sorted|with you|la)?\b", 0.7, True),
    (r"\b(?:c'est|c|serez|seront|est|sont|soit|be)\s(?:donc |bien |tous |toutes |tout |normalement )?" + PAID_WORD + r"\b", 0.78, True),
    (rf"\b(?:met\w*|mis\w*|integr\w+|ajout\w+|inclu\w+|pass\w+|inscri\w+|programm\w+|ajoute\w*|figur\w+|put|add\w*|includ\w+|go(?:es)?|include)\s{SOME}(?:dans|au|sur|a|in|into|on|for)\s(?:le |la |les |notre |nos |mon |the |our |l')?(?:prochaine?s? |next |friday'?s? |cheque |payment )*(?:paiements?|reglements?|virements?|campagnes?|lot|echeancier|run|payment|train|batch|bordereau|remise|parapheur)", 0.8, False),
    (r"\b(?:mandate\w*|mandatement|ordonnance\w*|ordonnancement|liquidation de la facture|bon a payer|visa comptable)\b[^.!?]{0,50}\b(?:fait|faite|en cours|effectue\w*|transmis\w*|envoye\w*|parti\w*|signe\w*|depuis|par nos|hier|le \d|ete)\b|\bsuit son cours\b|\b(?:approved|passed|cleared|authori[sz]ed|validee?|bonne?) (?:for|pour|a|en) (?:payment|paiement|payer|reglement)", 0.74, False),
    (rf"\b(?:signe\w*|sign|parapheur|a la signature|en signature|chez (?:le|notre|mon) (?:patron|gerant|directeur|comptable)|valid\w+|approv\w+)\b[^.!?]{{0,50}}\b{MONEY}|\b{MONEY}[^.!?]{{0,40}}\b(?:a la signature|en signature|parapheur)", 0.6, True),
    (rf"\b(?:fournisseurs?|suppliers?|factures?|sous-traitants?) (?:sont|est|are|is) (?:toujours |tous )?(?:{PAID_WORD}|paid) (?:le|tous|chaque|on|every|au|a)\b", 0.78, True),
    (rf"\b(?:enverr|remettr|amener|apporter|deposer|passer|glisser|poster|expedier|donner|ferai|fera|feron|mettr|prendr|solder|acquitter|debloquer|liberer|envoy(?:er|ons|e)|remets|depose|apporte|amene|passe)\w*\s{SOME}(?:{MONEY}|vous payer|vous regler|payer|regler)\b", 0.8, True),
    (r"(?:^|[\n.!,] ?)(?:virement|reglement|paiement|cheque|vir|payment|transfer|paying|paid)\s(?:programme |prevu |prepare |ok |planifie )?(?:pour |le |d'ici |avant |sous |fin |vers |for |by |on |next |this |end )", 0.76, True),
    (rf"\b(?:will|'ll|shall|going to|gonna)\s{FEW}(?:{PAY_BASE}|wire|bung|transfer|ping|drop|send) (?:you |it |this |that |over |the )?", 0.78, True),
    (r"\b(?:on|le|un|notre|mon) (?:virement|prelevement) (?:permanent|automatique|mensuel)\b|\b(?:en|par) (?:\d|deux|trois|quatre|cinq|six) (?:fois|echeances|mensualites|versements|instal?ments|tranches)\b|\bstanding order\b", 0.6, True),
]  # fmt: skip
FUTURE = [(re.compile(pattern, FLAGS), base, dated) for pattern, base, dated in FUTURE]

DONE = [
    (rf"\bvous (?:avez|avait|aviez) (?:bien |deja |tous |toutes )?ete (?:bien |deja )?{PAID_WORD}\b|\byou(?:'ve| have|) (?:already )?been paid\b|\b(?:somme|montant|argent|total)\s(?:\S+\s){{0,2}}?a (?:bien |deja )?ete (?:preleve|debite|verse|vire|regle|paye)\w*", 0.84),
    (rf"\b(?:{MONEY}|{BILL})\s{FEW}{PAID_WORD}\s(?:le|par|en|depuis|hier|via|ce|la semaine|aujourd'hui|\d)", 0.84),
    (r"\b(?:comptes?|soldes?|balance|account)\b[^.!?]{0,25}\b(?:apuree?s?|soldee?s?|a zero|lettree?s?|(?<!compte )a jour|cleared|nil|settled|up to date)\b|\b(?:lettree?s?|pointee?s?)\b[^.!?]{0,30}\b(?:virement|reglement|paiement|cheque|payee?s?|comme)", 0.78),
    (r"\b(?:compens\w+|impute\w*|deduite?|offset)\b[^.!?]{0,30}\b(?:avec|sur|par|against)\s(?:votre|un|l'|notre|vos|your|the|a)\s?(?:avoir|acompte|trop[- ]percu|credit|deposit)", 0.76),
    (r"\b(?:regl|pay|sold|vers)\w+\b[^.!?]{0,25}\b(?:en (?:especes|liquide|cash)|comptant|sur place|de la main a la main|in cash)\b|\b(?:est|suis|sommes) (?:passe|venu|alle)\w*\s(?:\S+\s){0,5}?(?:regler|payer|deposer|solder|verser)\b", 0.8),
    (rf"\b{MONEY}\s{FEW}(?:remise?|donnee?|deposee?|laissee?|encaissee?|debitee?|adressee?|expediee?|apportee?|confiee?)s?\b", 0.82),
    (rf"(?:^|[\n.,!(-] ?)(?:c'est |deja |bien |ete |all |it's |tout |est )*(?:fait|faite|parti|partie|envoye|effectue|regle|vire|paye|done|sent|sorted|gone|transfere)\s(?:bien )?{WHEN}", 0.8),
    (r"\b(?:c'est|c est|it's|it has|it|il est|elle est)\s(?:deja |bien |already )?(?:parti|partie|sorti|sortie|gone out|gone|left)\b[^.!?]{0,25}\b(?:chez nous|le \d+|hier|notre (?:compte|banque)|ce matin|our (?:account|bank)|yesterday|on the|this morning|last|lundi|mardi|mercredi|jeudi|vendredi)", 0.8),
    (rf"\b(?:a|ont|avait)\s(?:deja |bien |egalement )?(?:fait|effectue|envoye|emis|passe|lance|depose|poste|donne|remis|transmis|realise)\s{SOME}{MONEY}", 0.8),
    (r"\b(?:carte|cb|card|paypal|site)\b[^.!?]{0,20}\b(?:paye|regle|paid)\b|\b(?:cheque|virement|argent|reglement|paiement) (?:est|a) (?:bien )?(?:passe|arrive|parti|encaisse|sorti)\b", 0.8),
    (r"\b(?:banque|bank)\b[^.!?]{0,20}\b(?:confirm\w+|atteste\w*)\b[^.!?]{0,20}\b(?:debit|execution|virement|paiement|envoi|payment|transfer)|\bdebit (?:du|le|on|effectue)\b|\bdeja (?:ete )?faite?s?\b", 0.8),
    (r"\bvir(?:ement|t)?s? (?:sepa|inst\w*|bancaire)?\s?[^a-z]{0,14}\s?(?:ref|reference|montant|n°|du \d)", 0.82),
    (r"\b(?:we|i|they)(?:'ve| have|ve|'d)? (?:already |long since |just )?(?:cleared|settled|paid|sorted|squared|done)\s(?:this|it|that|them|these|those|up|the lot|everything|your|all|in full|off|you)\b", 0.86),
    (r"\b(?:vous (?:l'|les )?avez (?:deja |bien |d'ailleurs )?(?:encaisse|touche|recu|depose|debite)|you(?:'ve| have)? (?:already )?(?:cashed|banked|had|received|got))\b[^.!?]{0,30}\b(?:cheque|virement|reglement|paiement|argent|payment|money|transfer|check)\b", 0.82),
    (r"\b(?:cheques?|virements?|prelevements?|traite|lcr|payment|transfer|debit)\b[^.!?]{0,30}\b(?:encaisse|debite|preleve|passe (?:en banque|sur|au)|executee?|presentee?|cleared|cashed|went (?:out|through)|debited|hit your)\w*", 0.84),
    (r"\b(?:en regle|quittes?|a jour) (?:avec vous|de (?:nos|mes|tout)|chez vous)\b|\b(?:sauf erreur,? )?(?:nous |je )?(?:ne )?vous (?:devons|dois) plus rien\b|\bwe(?:'re| are) (?:all )?(?:square|up to date|paid up)\b|\b(?:fully|all|totalement|integralement|entierement|tout est) (?:paid|settled|paye|regle|solde)\w*\b|\btout (?:a ete |est )?(?:paye|regle|solde)\w*\b", 0.78),
    (r"\b(?:recu|quittance|receipt) (?:de paiement|a l'appui|signe|en main|faisant foi|to prove)|\b(?:ai|a|avons|have|got|has) (?:un|le|votre|a|the|your) (?:recu|receipt|quittance)\b", 0.7),
]  # fmt: skip
DONE = [(re.compile(pattern, FLAGS), base) for pattern, base in DONE]

#: A present that announces: “d'ici jeudi c'est réglé”.
SOON = re.compile(
    r"\b(?:d'ici|laissez|laisse|donnez|sous (?:\d|huit|quinz|deux)|dans (?:\d|un|une|deux|trois|quelques|la semaine|les)|au plus tard|avant (?:le|la|lundi|mardi|mercredi|jeudi|vendredi|fin|ce)|demain|promis|by (?:the|mon|tue|wed|thu|fri|tom|end|next)|fournisseurs|encore|chaque|tous les|sans faute|give me|semaine pro\w*|apres[- ]demain)\b"
)
PRESENT = re.compile(r"^(?:est|sont|c'est|c)\b|^[,.\n!(-]? ?(?:c'est|c est)\b")
#: Their boss “est passé valider”: nobody was paid.
#: A paper about paying: passed on, nothing is paid.
PAPER = re.compile(
    r"\b(?:certificats?|demandes?|delais?|conditions?|propositions?|dossiers?|modalites|conditions?|bons?) (?:mensuels? )?(?:de |d')(?:paiement|reglement|acompte|mandatement)|\bpayment (?:certificate|application|request|notice)"
)
#: Only an order to pay, not a payment.
ORDERED = re.compile(r"\b(?:mandat(?:e|ement)|ordonnanc)\w*\b")
PAID = re.compile(r"\b(?:pay|regl|vire|verse|sold|debit|encaiss)\w*")
#: It came back.
RETURNED = re.compile(
    r"\b(?:retourn|rejet|reven|refus|annul|bounc|return|reject|fail)\w*\b[^.!?]{0,30}\b(?:banque|bank|iban|rib|impaye\w*|provision)\b|\b(?:banque|bank)\b[^.!?]{0,30}\b(?:retourn|rejet|refus|bounc|return|reject)\w*|\b(?:payment|transfer|cheque|check|virement|prelevement) (?:\w+ )?(?:bounced|failed|rejete|retourne|revenu|was returned|came back)"
)
#: Only so much will be paid: what is left is contested.
ONLY = re.compile(
    r"^\w*\s?(?:donc |alors |only )?(?:que\b|qu'|sur la base|le bon|la bonne|uniquement|seulement|ce qui|ce que|only|what (?:is|we)|the (?:correct|right|real|agreed)|le montant (?:exact|correct|reel|juste)|la part)"
)
STOPPED = re.compile(
    r"\b(?:bloqu\w+|suspend\w*|suspens|refaction|retenue? de(?! garantie)|en litige|impossible|rejete\w*|gele\w*|on hold|withheld|blocked|perime\w*|expire\w*)\b"
)
#: What they wait for is theirs, not ours: still a promise.
OWN_CONDITION = re.compile(
    r"\b(?:des que|des|une fois|quand|lorsque|once|as soon as|when|apres)\s(?:que )?(?:le |la |les |mon |ma |notre |nos |l'|the |our |my )?(?:patron|gerant\w*|comptable|compta|directeur|directrice|banque|boss|director|accountant|bank|manager|salaires?|paie|ca (?:rentre|passe)|je (?:rentre|reviens|suis)|mon retour|retour|we get back|i(?:'m| am) back|validation (?:de|du|par) (?:la direction|le gerant|notre|mon)|signature (?:du|de|par) (?:la direction|gerant|notre|mon|patron))"
)
#: A day of these is no day of payment.
NOT_MONEY_DAY = re.compile(
    r"\b(?:livr\w+|nouvelles|decision|reponse|news|interven\w+|reven\w+ (?:finir|terminer|reprendre)|rendez[- ]vous|rdv|reunion|visite|termin\w+|finir|chantier|reception|prevue?s? le|confirm\w+|repond\w+|rappel\w+|vous (?:tiens|tenons|donne)|deliver\w*|meeting|visit|come back to you|get back to you|let you know|call you|appel\w+|equipes?|attend\w*|absente?|conges?|retour|ferme\w*|back|office|away)\b"
)
