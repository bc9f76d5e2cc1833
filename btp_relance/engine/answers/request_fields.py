# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""The field of words of asking for a paper: sending, needing, lacking, wishing."""

import re

SENDING = (
    r"\b(?:(?:re|r)?envo(?:yer|yez|ie|i|yiez)|(?:re)?transm(?:ettre|ettez|et|ettiez)|(?:re)?expedi(?:er|ez)|reexpedi(?:er|ez)|(?:r)?adress(?:er|ez)|fourni(?:r|ssez)|communiqu(?:er|ez)|(?:re)?(?:faire|faites|fasse)\s(?:\w+ )?(?:parvenir|suivre|passer|tenir|porter)|redonn(?:er|ez)|remettre|remettez|procurer|procurez|joindre|joignez|donner|donnez|fourniss\w+|repass\w+|passer|lib\w+ sur|partager|partagez|scann(?:er|ez)|mail(?:er|ez)|fax(?:er|ez)|edit(?:er|ez)|reedit(?:er|ez)|imprim(?:er|ez)|produire|produisez|delivrer|delivrez|deposer|deposez|redeposer|obtenir|recevoir|avoir|disposer|recuperer|passer|retransferer|transferer"
    r"|(?:re)?send(?:ing)?|(?:re)?-?forward(?:ing)?|e?-?mail(?:ing)?|provide|providing|supply|share|sharing|get|have|trouble you for|let (?:me|us) have|attach|upload|issue|copy (?:me|us)|drop|ping|post|fax|pass (?:on|along|me|us)|dig out)\b"
)
#: Somebody wants something done.
ASKING = (
    r"(?:\b(?:pouvez|pourriez|peux|pourrais|pouviez|voulez|voudriez|auriez|avez|serait|est|peut|pourrait|pourrions|pouvons|puis)[- ](?:vous|tu|il|on|nous|je)\b|\bon (?:peut|pourrait)\b|\b(?:vous|tu) (?:pouvez|pourriez|peux|pourrais|auriez|pouviez|voulez bien)\b|\bmerci\b(?! (?:pour|beaucoup|du |des |bien|a vous|encore|de (?:votre|vos|cet|ce |l'envoi)))|\bveuillez\b(?! (?:trouver|noter|agreer|recevoir))|\bpriere\b|\bprions?\b|\bsvp\b|\bstp\b|\bs'il (?:vous|te) plait\b|\bsouhait\w+|\bvoudr\w+|\baimer\w+|\bdesir\w+|\b(?:me |nous )?(?:faut|faudra|faudrait)\b|\bbesoin\b|\bnecessaire\b|\bsi (?:vous|tu) (?:voulez|pouvez|pouviez|avez|peux)\b|\b(?:on|le|la|notre|mon|ma)\s?\S* (?:me|nous|le|la|les) (?:\S+ )?(?:demande|reclame|exige)\w*|\b(?:embet|derang|ennui|genera|gener)\w*(?:rait|iez)?[- ]?(?:de|d'|si)\b|\bserait-ce\b|\bvous (?:demand(?:e|ons)|pri(?:e|ons)|invit(?:e|ons))\b|\bpensez a\b|\bn'oubliez pas (?:de|d')\b|\btrouble you\b|\bso kind\b|\breconnaissant|\bsaurai\w* gre\b|\bmanque\b"
    r"|\b(?:could|can|would|will|may|might) (?:you|we|i)\b|\bplease\b|\bpls\b|\bplz\b|\bkindly\b|\bneed\w*|\brequire\w*|\bwant\b|\b(?:would|'d) (?:like|appreciate|help|be)\b|\bgrateful\b|\bany chance\b|\bmind\b|\bafter\b a copy|\bhave you got\b|\bdo you have\b|\bmissing\b|\brequest\w*)"
)
ASK = re.compile(ASKING)
SEND = re.compile(SENDING)
#: An order to send is a request by itself.
ORDER = re.compile(
    r"(?:^|[.,;:!?\n(] ?|\b(?:bonjour|bonsoir|hello|hi|et|alors|donc|and|then|so|facture|merci),? )(?:vous |en |me |nous |la |le |les |re)?(?:envoyez|renvoyez|transmettez|retransmettez|adressez|fournissez|communiquez|faites|joignez|donnez|scannez|editez|deposez|passez|expediez|envoie|renvoie|envoies|renvoyer|envoyer|send|resend|re-send|forward|email|provide|e-mail)\b"
)
#: Somebody behind them wants it.
THIRD = re.compile(
    r"\b(?:maitre d'ouvrage|moa|moe|client|architecte|banque|assur\w+|notaire|comptable|expert|syndic|direction|compta\w*|auditeur|commissaire|tresorier|acheteur|customer|bank|insurer|auditor|accountant|accounts|employer|surveyor)s?\b[^.!?;]{0,20}\b(?:demande|reclame|exige|veut|souhaite|attend|requires?|wants?|needs?|ask\w*|insist\w*)\w*\b"
)
#: They lack it.
LACK = re.compile(
    r"\b(?:introuvables?|(?:remets?|remettons|met) (?:pas|plus) la main|auriez[- ]vous (?:un|une|la|le)|(?:have you got|do you have) (?:an?|the)|where (?:can|do) i (?:find|get)|(?:a )?(?:expire|disparu)|blank|empty|egaree?s?|perdue?s?|illisibles?|coupee?s?|tronquee?s?|vide|corrompue?s?|jamais (?:\w+ )?(?:recue?s?|eu|vue?s?|parvenue?s?)|pas (?:\w+ )?(?:recue?s?|eu|retrouv\w+|trouv\w+|en ma possession|en notre possession|la copie|de copie|de trace|joint\w*|mis\w*|arrivee?s?|parvenue?s?|l'original|de pdf)|plus (?:la|le|de|rien|trace|cette|ce)|(?:ne|n'|nous|je|on) ?(?:retrouv|trouv)\w+ (?:pas|plus|nulle)|aucune? (?:trace|copie|facture|document|piece)|n'(?:etait|est|y a|y avait) (?:pas|rien) (?:joint|en piece|dans|attache)\w*|sans (?:rien|piece jointe|la facture|copie|duplicata|document)|(?:s'ouvre|ouvrir|lire|lisible)(?: pas)?|oublie (?:de|la|le) (?:joindre|mettre|piece)|manqu\w+"
    r"|(?:can ?not|can'?t|could ?n[o']?t|cannot|unable to) (?:\w+ )?(?:find|locate|open|trace|see|read)|never (?:\w+ )?(?:received|got|had|arrived|reached|came|saw|seen)|(?:not|\w*n't) (?:\w+ )?(?:received|got|have|had|seen|attached|arrived)|lost|mislaid|missing|no (?:copy|trace|sign|record|attachment)|nothing attached|illegible|unreadable|corrupt\w*|without (?:a copy|the invoice|it))\b"
)
#: What would be done with it, or what it would do.
HELPFUL = re.compile(
    r"\b(?:aider\w+|faciliter\w+|serai\w* (?:utile|bienvenue?|appreciee?|parfait|super|top|bien|le bienvenu|la bienvenue|necessaire)s?|(?:la |le |les )?bienvenue?s?|would (?:help|be (?:useful|helpful|great|good|appreciated|handy|welcome))|rend\w+ (?:bien )?service|suffir\w+|nouvel envoi|m'arrangerait|nous arrangerait)\b"
)
#: They only speak of it: a work to do, a talk, a general question, no trouble with it.
NOT_ASKED = re.compile(
    r"\b(?:(?:faire|etablir|chiffrer|preparer|demander|nouveau|quote for|(?:send|give) (?:me|us) a quote)\s(?:\w+ ){0,2}(?:un |une |le )?devis|devis (?:pour (?:la|le|les|un|une|des|refaire|l')|de renovation)|a quote for|(?:porter|indiquer|mentionner|faire figurer|reporter|inscrire|ajouter|rappeler)\b[^.!?;]{0,30}\b(?:prochaines?|futures?|chaque|sur (?:vos|votre|la|les)) (?:factur|situation|courrier|envoi)\w*|(?:quel|quels) (?:est le )?delai|en general|curiosite|pas de (?:litige|probleme|souci|contestation|reserve|question|remarque|doute)s?|no (?:issue|problem|query|questions?)|(?:corrig|rectifi|annul|modifi|refai(?!re (?:passer|parvenir|suivre))|reemett|amend|correct|cancel|reissu|revise)\w*|bien recu|(?:(?<!to )have|we've|i've) (?:now )?received|avoir (?:un|une|des) (?:delai|reponse|rendez|explication)|mis(?:e)? en demeure|confirm\w*|de (?:payer|regler)|to pay|in order to clear)\b"
)
NO_TROUBLE = re.compile(
    r"\b(?:(?:faire|etablir|chiffrer|preparer)\s(?:\w+ ){0,2}?(?:un |le )?devis|a quote for|pas de (?:litige|probleme|souci|contestation|reserve|question|remarque)s?|(?:situations?|factures?|fonds) (?:du|de (?:notre|mon)) (?:promoteur|client))\b"
)
#: “Can you send it to me again?”: what we wrote about.
AGAIN = re.compile(
    r"\b(?:let (?:me|us) have|send|get) (?:me |us )?another\b|\b(?:me|nous) (?:la|le|les|l'|en) ?(?:renvoy|re-?envoy|envoy|scann|transm|retransm|redonn|reexped|remett|adress|faire)\w*|\b(?:renvoyez|renvoie|renvoyer|retransmettez)[- ](?:la|le|les|moi|nous)\b|\b(?:le|la|les) (?:renvoyer|retransmettre|reenvoyer)\b|\bre-?send\b|\bsend (?:it|them|this|that|me|us)?\s?(?:to (?:me|us) )?(?:again|over|once more|through)?|\b(?:envoyer|scanner|transmettre|avoir|send) (?:les deux|tout|tout ca|ca|cela|both|them|those)\b|\b(?:une |un |a |another )(?:copie|duplicata|exemplaire|copy|duplicate)\b"
)
#: Names that the list of documents lacks.
NAMES = {
    "invoice": r"(?:bills?|itemi[sz]ed \w+|notes? d'honoraires|pieces?(?! (?:jointes?|d'eau|detachees?|justific|manqu))|copie pdf|exemplaire|facturation detaillee|original)",
    "statement": r"(?:releves?(?: complets?| detailles?)?(?! (?:d'identite|topo|geom))|point de compte|encours|balance|situation de (?:mon |notre )?compte|historique|what (?:we|i) owe|recap\w*|liste (?:complete )?(?:de ce|des))",
    "attestation": r"(?:consuel|quittances?|certificats? (?:de|d'|fiscal|\w+)|agrements?|qualibat|rge\b|carte btp|garantie decennale|assurance|rc pro|tax clearance|warranty|insurance)",
    "delivery_note": r"(?:bordereau\w*(?: de (?:suivi|livraison))?|bsd\b|bons? de (?:pesee|decharge|transport)|tickets? de pesee|delivery tickets?|weighbridge tickets?)",
    "doe": r"(?:plans?\b|fiches? techniques?|notice\w*|manuels?|manuals?|dossier technique|drawings?|data ?sheets?)",
    "other": r"(?:calculs?(?: de revision)?|metres?(?! (?:carre|cube|lineaire))\b|detail des heures|fiche\w*|photos?|rapport\w*|compte[- ]rendu\w*|report\w*|lien|breakdown)",
}
NAMES = {
    code: re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)")
    for code, pattern in NAMES.items()
}
