# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""Our documents, and how people ask for one."""

import re

#: Codes of what is asked for, and their names.
DOCUMENTS = {
    "rib": r"ribs?|iban|coordonnees bancaires|releve d'identite bancaire|bank(?:ing)? (?:details|account|information)|account details",
    "pv": r"p\.?v\.?(?! de chantier)|proces[- ]verba\w+|pv de (?:reception|levee\w*)|acceptance (?:certificate|report)|handover (?:certificate|report)|completion certificate|quitus",
    "dgd": r"dgd|decompte (?:general|final|definitif)\w*(?: definitif)?|final account",
    "situation": r"(?:derniere |la |votre )?situations? (?:de travaux|n°|no|signee|validee|d'avancement|\d)|situations?|progress (?:claim|statement|certificate)s?|attachements?|certificats? de paiement",
    "statement": r"releves? (?:de compte|des factures|de factures)|(?:statements?(?: of account)?|etat (?:de compte|des factures|du compte)|extrait de compte|detail (?:du compte|des factures|du solde)|grand livre|point (?:sur|des) (?:les )?(?:factures|comptes?|reglements?)|soldes? (?:ouvert|du compte)|liste des factures|recapitulatif|account statement|aged balance)",
    "attestation": r"attestations?(?: \w+){0,3}|urssaf|vigilance|decennale|kbis|k-bis|insurance certificate|certificate of insurance|assurance|caution(?: bancaire)?|garantie a premiere demande|liste nominative|tax certificate",
    "delivery_note": r"bons? de livraison|bl\b|delivery (?:note|slip)s?|pod\b|proof of delivery|bons? (?:d'intervention|de travail|d'attachement)|time ?sheets?|feuilles? d'heures",
    "order": r"bons? de commande(?: signe)?|(?:signed )?purchase orders?|devis(?: signe)?|contrat|marche signe|ordres? de service|avenant(?: signe)?",
    "doe": r"doe\b|dossier des ouvrages|plans? de recolement|as[- ]built\w*|o&m|notices?",
    "credit_note": r"avoirs?|credit notes?",
    "invoice": r"(?:copies?|duplicatas?|originaux|original|exemplaires?|copy|copies|double) (?:des |de |d'|of |de la |de votre |de vos |the |your |du )*(?:la |cette |ces |votre |vos |l'|this |that )?(?:factures?|invoices?|situation)?|factures?|fact\b|invoices?|pdf|chorus(?: pro)?|facture (?:originale|electronique|x)",
    "other": r"justificatifs?|pieces? (?:justificatives?|manquantes?|jointes?)|documents?|supporting (?:documents?|evidence)|paperwork|backup|dossier|detail(?:s|le)?(?: des travaux| du calcul)?|breakdown",
}  # fmt: skip
NAMES = {
    code: re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)")
    for code, pattern in DOCUMENTS.items()
}
WANT = re.compile(
    r"\b(?:(?:pouvez|pourriez|peux|pourrais)[- ](?:vous|tu)|(?:pouvez|pourriez) vous|merci (?:de|d')|veuillez(?! trouver| noter| agreer| recevoir)"
    r"|(?:please|pls|plz|kindly|could you|can you|would you|can we|could we|can i|may we|may i|could i)"
    r"|svp|stp|s'il (?:vous|te) plait|(?:envoy|renvoy|transmet|adress|fourni|communiqu|remett|joi(?:gn|nd)|procur)\w{0,2}(?:ez|oyez|moi|nous)?(?:-(?:moi|nous))"
    r"|envoyez|renvoyez|transmettez|fournissez|faites[- ](?:moi|nous) (?:parvenir|suivre|passer)|send (?:me|us|over|it|the|a|your)|resend|forward (?:me|us)"
    r"|il (?:nous|me) (?:faut|faudrait|manque)|il manque|(?:nous|j'|j) ?(?:avons|ai|aurais|aurions) besoin|besoin (?:de|d'|du)|(?:nous|je) (?:souhaite|souhaitons|voudrais|voudrions|voulons|desire|demande|demandons)"
    r"|(?:we|i) (?:need|require|would need|'?d need|still need|would like|want)|(?:en|dans l')attente (?:de|d'|du|des)|(?:nous |j')?attend(?:ons|s|ant)|awaiting|waiting (?:for|on)"
    r"|(?:pas|jamais|toujours pas|rien) (?:\w+ )?(?:recue?s?|eu|en (?:notre|ma) possession|retrouve\w*|trouve\w*)|pas (?:en possession|de trace)|aucune trace|(?:ne|n') ?(?:retrouv|trouv)\w+ (?:pas|plus|aucune)"
    r"|(?:not|never|n't|cannot|can'?t|didnt) (?:\w+ )?(?:received?|got|get|find|seen|have|locate|had)|no (?:trace|record|sign) of|missing|lost|perdu|egare|non (?:recue?s?|parvenue?s?)|pas parvenue?s?"
    r"|a (?:la )?reception (?:de|du|d'|des)|des (?:la )?reception (?:de|du|d'|des)|des que (?:nous |j'|j |on )?(?:aurons|aurai|avons|ai|aura|a|vous nous aurez|vous)|(?:once|when|as soon as|upon) (?:we|i|you|receipt|bills?|the)"
    r"|sans (?:le|la|les|ce|cette|ces|vos|votre|l'|d'|attestation|pv|rib|justificatif|decompte)|without (?:the|a|your|these|this)|faute (?:de|d'|du)|would (?:help|be (?:useful|helpful|great|appreciated|good))|serait (?:utile|bien)|tant que|until|unless|manquant\w*|exige\w*|reclam\w+|obligatoire|requis|required"
    r"|on attend|(?:what|which) (?:is|are)|quel(?:le)?s? (?:est|sont)|illisibles?|unreadable|s'ouvre pas|(?:won'?t|can'?t|cannot) open|je n'ai (?:pas|jamais|plus)|nous n'avons (?:pas|jamais|plus)|absence (?:de|du|d'|des)|(?:vous|tu) (?:pouvez|pourriez|peux|pourrais))\b"
)
#: They send or have it themselves.
GIVEN = re.compile(
    r"\b(?:ci[- ]joint|veuillez trouver|vous trouverez|je vous (?:joins|transmets|envoie)|nous vous (?:joignons|transmettons|envoyons)|please find|attached (?:is|are|you)|en piece jointe|je joins"
    r"|avons bien recu|ai bien recu|bien recue?s?|(?<!to )have received|received (?:the|your)|votre rib (?:est|a(?! jour))|(?:est|a ete) (?:signe|valide))\b"
)
VERB = re.compile(
    r"\b(?:envoy\w*|renvoy\w*|transm\w+|adress\w+|fourni\w*|communiqu\w*|parvenir|remettre|joindre|recevoir|avoir|obtenir|deposer|passer|donner|produire|mettre|faire|etablir|faire suivre"
    r"|send|resend|forward|provide|share|supply|get|have|email|give|attach|submit|upload|issue|copy|copie|duplicata|re-?deposer|scanner)\b"
)
ABSENT = re.compile(
    r"\b(?:recue?s?|eu|possession|retrouv\w*|trouv\w*|received?|got|seen|located?|find|trace|record|missing|lost|perdu\w*|egar\w*|parvenu\w*|manqu\w+|absence|faute|sans|without|tant que|attend\w*|attente|awaiting|waiting"
    r"|besoin|need|faut|faudrait|require\w*|reception|once|when|upon|as soon|aurons|aurai|until|unless|exige\w*|reclam\w+|obligatoire|requis|illisibles?|unreadable|n'avons (?:pas|plus|jamais)|n'ai (?:pas|plus|jamais)|do ?n[o']?t have|want|would like|souhait\w*|voudr\w+|voulons|attend)\b"
)
SEND = re.compile(
    r"\b(?:envoy|renvoy|transm|adress|fourni|communiqu|send|resend|forward|provid|email|shar)\w*"
)
PRONOUN = re.compile(
    r"\b(?:m'en|nous en|me l'|nous l'|l'envoyer|l'adresser|la renvoyer|le renvoyer|les renvoyer"
    r"|nouveaux?|nouvelles?|un autre|une autre|it|one|another|again|a new|une copie)\b"
)
BARE = re.compile(r"\b(?:svp|stp|s'il vous plait|please|pls|merci|urgent)\b")
PAYING = re.compile(
    r"\b(?:pay|regl|vir|sign|chang|levee?|envoye|recu|received|sent)\w*"
)
#: What was named before is gone.
LOST = re.compile(
    r"\b(?:recue?s?|parvenue?s?|retrouv\w*|trouv\w*|received?|got|seen|find|located?|lost|perdu\w*"
    r"|egar\w*|missing|manquant\w*|eu|besoin|illisibles?|unreadable|ouvre|open|would|serait)\b"
)
#: What they may lack themselves: not the works, nor a paper that we never made.
LOST_COPY = re.compile(
    r"\b(?:factures?|duplicata|copie|fichier|pdf|pieces?|invoices?|bills?|copy|receipt|statement|releve|fichier|file)\b"
)
#: Without this paper nothing is paid: contested, not only asked for.
BLOCKS = re.compile(
    r"\b(?:bloqu\w+|rejet\w+|refus\w+|suspend\w*|suspendue?s?|(?:ne|n') ?(?:pouvons|peut|peux|sera|seront|pourra|pourrons|paierons|payerons|reglerons|validerons)\w*[^.!?]{0,30}(?:pas|plus|aucun|rien)|impossible"
    r"|on hold|en attente car|en suspens|en instance|rejected|cannot|can'?t|unable|won'?t|not be (?:able|paid|processed|approved)|will not|incomplet\w*|non (?:recevable|conforme|validee?))\b"
)
