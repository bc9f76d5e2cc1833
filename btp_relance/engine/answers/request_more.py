# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""Papers asked for without saying so: looked for, hoped for, seen nowhere, cut short."""

import re

from .lexicon import near

#: With a document named in the same sentence, it is asked for.
SIGN = re.compile(
    r"(?:\binteress\w+ par\b|\bn'en (?:ai|avons|a) (?:que|qu'|pas|aucune?|recu)\b|\bavez[- ]vous (?:(?:bien|sous la main|encore|toujours|par hasard|deja|garde|conserve) )*(?:le|la|les|l'|un|une|des|votre)\b|\b(?:n'arriv\w+ (?:pas|plus) a|impossible d(?:e|')) ?(?:l'|les |la |le )?(?:ouvrir|lire|telecharger|acceder|visualiser|imprimer|consulter)\b|\bnever (?:made it|turned up|arrived|reached|came)\b|\bvous demand(?:e|ons|er) (?!un (?:peu|delai|effort|report|instant|geste|rendez|moment|petit delai|sursis|avoir)|une (?:remise|minute|faveur|reponse|explication|reprise|date)|la (?:reprise|remise)|votre (?:patience|indulgence|comprehension|accord|avis))(?:de |d')?(?:un|une|le|la|les|l'|votre|vos|copie)\b|\b(?:pas|jamais|plus) (?:\w+ ){0,3}en (?:ma |notre )?(?:possession|main|mains)\b|\b(?:les|the) (?:deux |trois |two |three )?(?:autres|others)\b|\bn'auriez[- ]vous pas\b|\b(?:vous|tu) n'aur(?:iez|ais) pas\b|\bauriez[- ]vous (?:encore|par hasard|l'amabilite|la gentillesse|l'obligeance|la bonte)\b|\b(?:amabilite|gentillesse|obligeance|bonte|extreme obligeance) de\b|\bsaur(?:ai|ais|ions|ons|ait) gre\b|\bobligee?s? de (?:me|nous)\b|\bremerci(?:e|ons|erai\w*|erions)(?: par avance| d'avance| vivement)? (?:de (?!votre|vos|l'envoi|cet|ce\b)|d'avance|par avance)"
    r"|\b(?:vous|tu) (?:l'|les |la |le |en )(?:avez|as|auriez|aurais)\b[^.!]{0,20}\?|\b(?:vous|tu) (?:me |nous |m')(?:la |le |les |l'|en )?(?:transf|envo[iy]|renvo[iy]|pass|redonn|donn|scann|transm|mail|fax|reenvo|remett|refa|edit|imprim|depos)\w*\b[^.!]{0,30}\?|\bque vous (?:me |nous |m')(?:la |le |les |l'|en |re)?(?:transf|envo|renvo|pass|redonn|donn|scann|transm|mail|fax|fourni|adress|remett|communiqu)\w+"
    r"|\b(?:(?:je |nous |on )?(?:cherch|recherch)(?:e|ons)\b(?! (?:a|comment|pourquoi))|looking for|hunting for|trying to (?:find|locate|trace)|on attend|attends|attendons|attend) (?:encore |toujours |desesperement |after )?(?:le|la|les|vos|votre|l'|un|une|the|your|a)|\b(?:je|nous|on) (?:la |le |les |l')attend(?:s|ons)?\b|\b(?:toujours|encore) (?:dans l'attente|en attente) (?:de|d'|du|des)\b|\b(?:still )?(?:waiting|awaiting|yet) (?:for |to (?:see|receive|get) )?(?:the|your|a|sight)"
    r"|\bou (?:puis[- ]je|peut[- ]on|pouvons[- ]nous|est[- ]ce que (?:je|nous)|dois[- ]je|(?:le |la |les )?(?:telecharger|trouver|recuperer|consulter|obtenir)|sont passee?s?|est passee?)\b|\b(?:dites|indiquez|donnez)[- ](?:moi|nous) (?:ou|comment) (?:\w+ )?(?:telecharg|trouv|recuper|consult|obten)\w+|\bwhere (?:can|do|could|might) (?:i|we)\b|\bwhere(?:'s| is| are) (?:the|your|my|our)\b"
    r"|\bany chance (?:of|you)\b|\bsight of\b|\b(?:still )?(?:have ?n[o']?t|has ?n[o']?t|not|never) (?:\w+ ){0,2}(?:seen|had|received|been (?:sent|given|provided|issued)|reached|come through|arrived)\b|\bseem to have (?:received|got|a copy|lost)|\b(?:tenez|mettez|mettre)[- ]vous? a (?:ma |notre )?disposition|ne vois (?:pas|aucune?|nulle)|(?:can'?t|can ?not|could ?n[o']?t|do ?n[o']?t|unable to) (?:seem to )?(?:see|find|locate|trace|open|access)\b|\bmind (?:e?-?mailing|sending|forwarding|sharing|resending)\b|\bwould like (?:a copy|to see|to have|sight)|\bnot (?:on|in) (?:our|my|the) (?:ledger|system|books|inbox|records)\b"
    r"|\b(?:ne serai(?:t|ent) pas de refus|(?:me |nous )?suffira(?:it)?|fer(?:a|ait) l'affaire|conviendra(?:it)?|serai\w* (?:preneur|preneuse|interesse)\w*|si (?:c'est )?possible (?:de|d')|c'est possible \?|possible d'avoir|moyen d'avoir|possibilite d'avoir)\b|\b(?:inconnue?s?|ne figure|n'apparait|n'est|non) (?:au bataillon|nulle part|de nos services|dans (?:notre|nos|mes|ma) (?:systeme|logiciel|fichiers?|compta\w*|base|boite)|referencee?|enregistree?|repertoriee?)\b"
    r"|\b(?:rien (?:vu|recu|eu|trouve)|jamais (?:vu|recu|eu|ete destinataires?)|pas (?:vu|eu|ete destinataires?)|pas encore (?:vu|recu|eu))\b|\b(?:ma|ordi\w*|ordinateur|messagerie|boite|serveur|disque|pc)\b[^.!?;]{0,25}\b(?:plante|perdu|vide|crashe|pirate|pleine|casse|reinstalle)\w*|\b(?:egare|mange|jete|supprime|efface|perdu|archive)\w* par (?:erreur|megarde)\b"
    r"|\b(?:demande|demandent|reclame|reclament|exige|exigent|veut|veulent|souhaite|souhaitent|voudrait|attend|voir|wants|need|needs|asks? for|asking for)\s(?:absolument |aussi |egalement |to see |avoir |voir |disposer |une |un |la |le |les |l'|the |a )+)"
)
#: Only one page of it, or a file that holds nothing.
CUT = re.compile(
    r"\b(?:(?:que|qu') ?(?:la|une) (?:premiere )?page\b|page \d|pages? (?:suivantes?|manquantes?)|seconde page|deuxieme page|derniere page|la suite (?:de|manque)|coupee?s? en bas|tronquee?s?|only (?:the )?(?:first|one) page|page (?:one|two) (?:is )?missing|rest of the (?:invoice|document)|(?:lien|link)\b[^.!?;]{0,40}\b(?:expire\w*|mort|casse|invalide|marche (?:pas|plus)|fonctionne (?:pas|plus)|(?:does ?n[o']?t|not) work\w*|expired|dead|broken)|(?:expire|mort|invalide|marche|fonctionne)\w*\b[^.!?;]{0,20}\b(?:lien|link))\b"
)
#: A file that cannot be read.
UNREADABLE = re.compile(
    near(
        r"\b(?:pdf|scans?|fichiers?|version|copie|document|facture|envoi|invoice|file|image|photo|attachment)\b",
        r"\b(?:coupee?s? (?:en|a|au|sur)|floue?s?|illisibles?|tronquee?s?|corrompue?s?|protegee?s?|mot de passe|ne s'(?:affiche|ouvre)\w*|noire? et|a l'envers|distingue (?:pas|rien)|page blanche|came (?:through|out) (?:blank|empty|garbled)|blank|garbled|blurred|blurry|cut off|password|upside down|unreadable|illegible)(?!\w)",
        45,
    )
)
#: The enclosure that is not there.
ENCLOSURE = re.compile(
    r"\b(?:piece(?:s)? jointe(?:s)?|pj|fichier joint|document joint|attachment|enclosure|attached (?:file|document|invoice))\b[^.!;]{0,45}\b(?:n'y (?:en )?(?:avait|a|est|etait) (?:pas|aucune?|rien)|n'(?:est|etait|a) (?:pas|jamais)|oubliee?s?|absente?s?|manqu\w+|vide|illisible\w*|endommage\w*|corrompu\w*|(?:was|is|did|does|has) ?n[o']?t|not|missing|forgotten|empty|blank|corrupt\w*|(?:can'?t|won'?t|cannot) (?:be )?open\w*|ne s'ouvre)(?!\w)"
    r"|\b(?:sans|oublie\w*|pas de|pas la|aucune?|pas trouve (?:de|la)|manque|no|without|forgot\w*|missing)\s(?:de |de mettre |de joindre |joindre |la |le |the |an |your |any )*(?:pieces? jointes?|pj|fichier joint|attachment|enclosure)\b"
)
#: A copy of what was written about, asked for in two words.
COPY = re.compile(
    r"^\W*(?:une? |a )?(?:copie|duplicata|double|exemplaire|copy|duplicate)(?: (?:de la facture|pdf))?,? (?:svp|stp|s'il (?:vous|te) plait|please|merci|pls|urgent|a nous renvoyer|a m'envoyer)\b|\b(?:un petit|a|un|une) (?:duplicata|double|copie|copy)\b[^.!?;]{0,20}\b(?:refus|bienvenu\w*|suffi\w+|svp|please|welcome|do\b)"
)
#: Where to send the money.
ACCOUNT = re.compile(
    r"\b(?:sur|vers|a) quel(?:le)? (?:compte|rib|iban|banque|domiciliation)\b|\b(?:which|what) (?:bank )?account\b|\bwhere (?:do|should|shall|can) (?:we|i) (?:send|pay|transfer|wire)\b|\bconfirm\w*[- ](?:moi|nous)? ?(?:bien |donc )?(?:votre|vos|le) (?:rib|iban|coordonnees bancaires)\b|\b(?:sort code|swift|bic)\b[^.!?;]{0,30}(?:\?|missing|not|no\b)|\bno (?:sort code|bank details|iban|account (?:number|details))\b|\b(?:votre|vos|le|your)\s(?:\w+ )?(?:rib|iban|coordonnees bancaires|bank details)\b[^.!?;]{0,40}\b(?:nulle part|n'(?:apparai\w+|est|y est|est pas|figure)|ne (?:figur\w+|vois|trouv\w+)|manqu\w+|absent\w*|not (?:on|shown|there)|missing)"
)
#: They say that it is there, on its way, or only what becomes of it.
NOT_ASKED = re.compile(
    r"\b(?:avez[- ]vous (?:bien )?recu|did you (?:get|receive)|have you received|vous (?:a|avez) (?:bien )?(?:ete )?(?:recu|notifi\w+|adress\w+|remis\w*|envoye\w*)|(?:a|ont) (?:bien )?ete (?:transmis|remis|notifi|depos|adress|envoy|sign|vis)\w*|en (?:cours|signature|attente) (?:de (?:validation|visa|signature|traitement|controle|verification|etude|paiement)|chez)|(?:has|have) been (?:sent|passed|forwarded|issued|approved|signed))\b"
)
#: Spoken of rather than handed over.
VAGUE = re.compile(r"dossiers?|rapports?|reports?|lien|details?")
#: It is said to be well: thanked for, not asked for.
WELL = re.compile(
    r"\b(?:est|sont|etait|etaient|semble\w*|parait|is|are|looks?)\s(?:\w+ ){0,3}?(?:claire?s?|parfaite?s?|bonnes?|bons?|ok|complete?s?|conformes?|validee?s?|justes?|correcte?s?|enregistree?s?|transmise?s?|acceptee?s?|visee?s?|impeccables?|fine|good|perfect|clear|correct|right|approved)\b"
)
NAMES = {
    "dgd": r"(?:projets? de )?decomptes?(?: finals?| finaux)?",
    "pv": r"(?:levees? d(?:e|es) reserves (?:signee?s?|datee?s?|contresignee?s?)|pv d'essais?)",
    "order": r"(?:os(?: n ?°? ?\d+)?|ordres? de services?|notifications? de marche|acte d'engagement|ccap|cctp)",
    "situation": r"(?:decomptes?(?: de| du)? (?:prorata|mensuel\w*|provisoire\w*|\w+)|compte prorata|etats? d'acompte|valuation)",
    "attestation": r"(?:(?:\w+ )?certificates?|consuel|rc decennale|attestation\w*|siret|numero de (?:tva|siret|siren))",
    "delivery_note": r"(?:bons? d'(?:intervention|attachement|enlevement)|bons? de (?:passage|reception))",
    "doe": r"(?:dossier(?: complet)? des ouvrages(?: executes)?|plans? d'execution|o&m(?: manuals?)?|manuals?|dioi?u|handover (?:file|pack|manual|documents?))",
    "statement": r"(?:etats? des (?:factures|sommes|comptes)|recaps?|recapitulatifs?|up[- ]to[- ]date statement|ce qui reste du)",
    "other": r"(?:dpgf|bpu|dqe|bordereau\w* des? prix|detail (?:estimatif|quantitatif)|factur[- ]x|fiches? (?:techniques?|produits?))",
}
NAMES = {
    code: re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)")
    for code, pattern in NAMES.items()
}
