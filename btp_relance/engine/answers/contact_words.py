# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""How people say that somebody else is to be written to, or that they are away."""

import re

WRONG = [
    (r"\b(?:ne (?:suis|s'occupe|m'occupe|gere|travaille|fais)|n'est|n'etes|n'y (?:travaille|suis|est))\s(?:\S+\s){0,2}plus\b[^.!?]{0,60}\b(?:charge|responsable|comptable|societe|entreprise|service|poste|dossier|chez|interlocut\w+|contact|partie|factures?|paiements?|compta\w*|ici|la)\b", 0.88),
    (r"\b(?:a|ai|as) (?:quitte(?! (?:le |notre |votre )?(?:chantier|site))|change de (?:poste|service|fonction\w*|societe|employeur|entreprise|metier|boite|travail|branche|secteur|adresse|interlocut\w+|comptable|syndic|gerant)|pris sa retraite|demissionne)\b[^.!?]{0,40}|\b(?:ne travaille plus(?! depuis)|ne fait plus partie|est parti\w* (?:a la|en) retraite|no longer (?:work\w*|with|employed|responsible|in charge|handle\w*|the (?:right|correct))|has left (?:the|our)|have left (?:the|our)|(?:i |has |have |he |she )?left the company|retired)\b", 0.88),
    (r"\b(?:(?:pas|plus) (?:le |la |la bonne|le bon|au bon|du bon|votre |a la bonne|moi )(?:\S+ )?(?:personne|interlocut\w+|destinataire|contact|adresse|service|qui)|mauvais\w* (?:destinataire|adresse|interlocut\w+|personne|service|boite)|erreur de destinataire|vous (?:vous )?(?:etes )?tromp\w+ d\w*|pas (?:\S+ )?competent\w*"
     r"|wrong (?:person|address|contact|recipient|department|mailbox|email)|not the (?:right|correct|best) (?:person|contact|address|department)|not (?:me|my (?:department|responsibility|area))|i (?:do ?n[o']?t|do not) (?:deal with|handle|look after)|je ne (?:gere|m'occupe|traite)\w* pas|(?:ne|n') ?(?:suis|est) pas (?:la personne|le service|concerne\w*|moi|en charge))\b", 0.85),
    (r"\b(?!\w+(?:era|erai|erons|eront|erez)\b)(?:adress\w+|envoy\w+|transm\w+|contact\w+|ecri\w+|rapproch\w+|dirig\w+|relanc\w+|send|forward|contact|direct|redirect|address|email|write|speak|copy)\b[^.!?]{0,90}?\b(?:desormais|dorenavant|a l'avenir|plutot|directement|from now on|in (?:the )?future|instead|going forward|directly|a present|now on)\b", 0.8),
    (r"\b(?:merci de|veuillez|priere de|il faut|vous devez|vous pouvez|please|you should|you need to|kindly|pouvez-vous)\s(?:\S+\s){0,3}(?:vous (?:adresser|rapprocher|diriger|mettre en (?:relation|rapport|contact))|contacter|ecrire a|joindre|voir (?:avec|directement)|prendre contact|appeler|contact|speak|get in touch|reach out|write|address|liaise|relancer|adresser (?:vos|votre|toute|ce|cette|les|la)|envoyer (?:vos|votre|toute|ce|cette) (?:mails?|relances?|factures?|courriers?|demandes?|reclamations?)|send (?:all |your |these |any |future )+)", 0.66),
    (r"\b(?:nouvel(?:le)? (?:adresse|interlocut\w+|contact|comptable|mail|responsable)|(?:bon(?:ne)?|bons) (?:adresse|interlocut\w+|contact|mail|personne)|adresse (?:a utiliser|correcte|dediee|de facturation est)|interlocut\w+ est|a (?:change(?! de (?:banque|avis|date|planning|programme|taux|prix|couleur|modele|position|logiciel))|repris)|est (?:desormais|maintenant) (?:gere|suivi|traite|geree|suivie)|new (?:address|contact|accountant|email)|(?:right|correct) (?:person|address|contact|email)|is now (?:handled|managed|dealt|in charge)|(?:est|is) (?:suivi|gere|traite|geree|handled|managed|dealt with) (?:par|by))\b", 0.76),
    (r"\b(?:je|j'ai|nous|i(?:'ve| have)?|we(?:'ve| have)?)\s(?:\S+\s){0,2}(?:transmets|transmis|transferons?|transfere|fais suivre|passe|forwarded|passed|forwarding)\s(?:\S+\s){0,4}(?:a|au|aux|to|on to|service|compta\w*|collegue|accounts?)\b", 0.42),
]  # fmt: skip
WRONG += [
    (r"\b(?:aucune idee de qui|(?:ne )?(?:connais|connaissons) pas (?:votre|cette|vos|le)|(?:do ?n[o']?t|do not) know (?:you|who you|this|your)|pas pour (?:moi|nous)\b|not for (?:me|us)\b|\w+ has left\b|has (?:now )?moved on|(?:now )?(?:handles?|looks after|deals with|manages|takes care of) (?:this|these|it|that|invoices?|payments?|accounts?)(?: now)?|(?:gere|suit|reprend|traite|s'occupe de) (?:desormais|maintenant|a present|ce dossier))", 0.8),
    (r"\b(?:n'est plus|no longer|not) (?:(?:etre|being|be) )?(?:utilise\w*|consulte\w*|active?|releve\w*|valide|suivi\w*|lue?|monitored|in use|used|active|checked|read)\b", 0.8),
    (r"\b(?:pour (?:toute|toutes|les|vos|ce type|ces)\s(?:\S+\s){0,4}(?:factur\w*|paiement\w*|relance\w*|comptab\w*|reglement\w*|impaye\w*)|for (?:any |all )?(?:\S+\s){0,2}(?:invoic\w+|payment|billing|accounts?)\s?(?:\S+\s){0,2})[^.!?]{0,20}\b(?:ecri\w+|contact\w*|adress\w+|merci|email|write|use|envoy\w+|send)\b", 0.72),
    (r"\b(?:ce n'est pas (?:moi|nous|mon|notre)|c'est (?:ma|mon|notre|le|la|un|une) \S+(?: \S+)? qui|it'?s not (?:me|us|my)|i am not the one|moi qui (?:gere|paie|m'occupe)|pas pour (?:moi|nous|notre))\b[^.!?]{0,60}\b(?:gere\w*|occupe\w*|paie\w*|paye\w*|paiements?|factures?|compta\w*|dossier|traite\w*|handle\w*|pay\w*|deal\w*|invoices?|service|role|department)\b", 0.78),
    (r"\b(?:voyez|voir|vois|parlez|parler|adressez[- ]vous|contactez|ecrivez|appelez|joignez|mettez|mettre|copier|redirigez|rediriger|redirect|forward|cc|speak|talk|contact|email|write|use|utilisez|utiliser)\b(?: (?:directement|plutot|donc|instead|directly|to|with|avec|a|au|our|the|notre|le|la|mon|ma|en copie|this|it|all|en)){0,4}[^.!?]{0,40}?(?:[\w.+-]{1,64}@|\b(?:head office|siege|service compta\w*|comptabilite|compta|accounts? (?:payable|department|team)|mme|m\.|monsieur|madame))", 0.64),
]  # fmt: skip
WRONG = [(re.compile(pattern), base) for pattern, base in WRONG]

AWAY = [
    (r"\b(?:(?:suis|serai|est|sera|sommes|serons|actuellement|currently) (?:\S+ ){0,3}(?:absente?s?|en (?:conges?|vacances|arret|deplacement|formation|rtt|reunion toute|conge)|fermee?s?\b(?! (?:le|les|tous) (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|midi|week))|indisponibles?|hors du bureau|out of (?:the )?office|away|on (?:annual |sick |maternity |parental )?(?:leave|holiday|vacation))"
     r"|absente? du bureau|out of (?:the )?office|ooo\b|(?:message|reponse) automatique|automatic reply|auto[- ]?reply|absence (?:du bureau|jusqu|du \d)|fermeture (?:annuelle|estivale|des bureaux|de l'entreprise|pour conges)"
     r"|(?:bureaux|entreprise|societe|etablissement|cabinet|agence|offices?|we) (?:\S+ ){0,3}(?:fermee?s?|closed)\b(?! (?:le|les|tous|chaque|on|every) (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|midi|week|monday|friday|saturday))|en (?:conges?|vacances|arret maladie|conge (?:maternite|maladie|parental)) (?:jusqu|du|a partir|pour|depuis)|on (?:annual |maternity |sick )?(?:leave|holiday) (?:until|from|till)"
     r"|(?:de|mon) retour (?:au bureau )?(?:le|lundi|mardi|mercredi|jeudi|vendredi|a partir|des)|(?:je|nous) (?:serai|serons|reviens|revenons|rentre|rentrons|reprends|reprendrai)s? (?:de retour )?(?:le|lundi|mardi)"
     r"|(?:back|return(?:ing)?) (?:in (?:the )?office )?(?:on|in the office|to the office|to work)|limited access to (?:my )?(?:e-?mail|inbox)|acces limite a (?:mes|ma) (?:mails|messagerie|e-mails|boite)|n'aur\w+ pas acces a (?:mes|ma)"
     r"|prendrai connaissance de (?:votre|vos)|repondrai (?:a (?:votre|vos|mon) \S+ )?(?:des|a) mon retour)", 0.86),
]  # fmt: skip
AWAY += [
    (r"\b(?:(?:(?:am|'m|is|be|are|currently) away (?:from|on)|away (?:from (?:my|the) (?:desk|office)|until))|not in the office|on leave (?:until|from|till)|off (?:until|till|from|sick)|on (?:vacation|holiday|holidays|annual leave)|currently travell?ing|no access to (?:my )?e-?mails?|conges? (?:maternite|paternite|parental|maladie|annuels?|sans solde|d'ete)[^.!?]{0,30}\b(?:jusqu|du \d|au \d|a partir|depuis)|absente? (?:jusqu|du \d|du lundi|a partir|pour|cette semaine|toute|de mon)|(?<!en )(?<!par )(?<!sans )(?<!votre )(?:de )?retour (?:prevu )?(?:le|lundi|mardi|mercredi|jeudi|vendredi|au bureau)|(?:cabinet|bureau|agence|mairie|service|compta\w*|magasin|atelier)\s(?:\S+\s){0,3}fermee?s?\b(?! (?:le|les|tous|chaque) (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|midi|week)))", 0.84),
]  # fmt: skip
AWAY = [(re.compile(pattern), base) for pattern, base in AWAY]
UNTIL = re.compile(
    r"\b(?:jusqu'?\s?a?u?|until|till|through|au|to|-|retour|back|return\w*|reprise|reprend\w*|rentr\w*|reviens"
    r"|revenons|reouvert\w*|reopen\w*|rouvr\w*|inclus)\b[^.!?\n]{0,40}$"
)
ALREADY_AWAY = re.compile(
    r"\b(?:etais|etait|etions|etaient|was|were|had been|ete absent\w*)\b"
)

#: The one who pays is away, not the one who writes.
SOMEBODY = re.compile(
    r"\b(?:il|elle|he|she|comptable|directeur|directrice|patron|gerant\w*|collegue|responsable|signataire|accountant"
    r"|director|boss|manager|colleague|monsieur \w+|madame \w+|mme \w+|m\. \w+)\s(?:\S+\s){0,2}$"
)
