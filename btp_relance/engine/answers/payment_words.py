# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""How people say that they pay, will pay or have paid."""

import re

FLAGS = re.DOTALL
#: Up to so many words between two that belong together.
FEW = r"(?:[^\s.?!]+\s+){0,3}?"
SOME = r"(?:[^\s.?!]+\s+){0,7}?"

MONEY = (
    r"(?:pa[iy]e?ments?|regle?ments?|vir+e?ments?|virts?|virs?|vrt|cheques?|chq|transferts?"
    r"|versements?|acomptes?|avances?|soldes?|traites?|lcr|prelevements?|payments?|transfers?"
    r"|wires?|checks?|funds|fonds|money|argent|(?:la|cette|une) somme|(?:les|ces|des|ses) sommes|somme|bacs|remittance|paymt|pymt|montants?"
    r"|mandats?|la moitie|autre moitie|le reste|le restant|balance|the rest|remainder|the other half|half|instal?lments?|echeances?|mandate?ments?)\b"
)
BILL = r"(?:factures?|situations?|invoices?|decomptes?|bills?|dettes?|creances?|comptes?|arrieres?)\b"

PAY = r"(?:pay|regl|sold|vir|vers|acquitt|rembours|mandat|ordonnanc|liquid)"
PAY_INFINITIVE = (
    r"(?:payer|regler|solder|virer|verser|acquitter|regulariser|honorer|mandater|rembourser"
    r"|(?:faire|effectuer|proceder|envoyer|emettre|lancer|passer|transmettre|realiser"
    r"|programmer|declencher|poster|deposer|adresser|debloquer|ordonner|executer|donner"
    rf"|preparer|mettre)\s{SOME}{MONEY}|mettre en (?:paiement|reglement)"
    r"|vous (?:le |la |les )?(?:faire|envoyer) (?:ca|cela)|faire le necessaire)"
)
PAY_BASE = (
    r"(?:pay|settle|wire|remit|clear (?:the|this|your|our|it)|transfer"
    rf"|(?:make|send|process|release|issue|arrange|do|complete|put through|post|execute"
    rf"|initiate|authori[sz]e|raise)\s{SOME}{MONEY})"
)
NOT_MONEY = re.compile(
    r"^\s(?:ce |le |la |les |l'|cet |cette |ces |votre |vos |notre |tous |ensemble )*"
    r"(?:differends?|litiges?|problemes?|soucis?|malentendus?|questions?|points?|desaccords?"
    r"|malfacons?|reserves?|details|pb|amiable|interieur|attention|visite)"
)

FUTURE = [
    # Who promises, a verb of paying in the future.
    (rf"\b{PAY}(?:erai|erons|era|eront|rai|rons|ra)\b|\bpai(?:erai|erons|era|eront)\b"
     r"|\bmettrons en (?:paiement|reglement)|\bmettrai en (?:paiement|reglement)", 0.9, False),
    (rf"\b(?:vais|va|allons|vont)\s{FEW}{PAY_INFINITIVE}", 0.86, False),
    (rf"\b(?:ferai|ferons|fera|feront|effectuer\w+|procederai|procederons|procedera|enverr\w+"
     rf"|emettr\w+|passerai|passerons|transmettr\w+|lancer(?:ai|ons|a)|poster(?:ai|ons|a)"
     rf"|deposer(?:ai|ons|a)|adresser(?:ai|ons|a)|programmer(?:ai|ons|a)|aurez|recevrez"
     rf"|toucherez|donner(?:ai|ons|a)|debloquer(?:ai|ons|a)|honorer(?:ai|ons|a)|solder\w+"
     rf"|regulariser(?:ai|ons|a))\s{SOME}(?:{MONEY}|{BILL})", 0.87, False),
    (rf"\b(?:sera|seront|serez|seras|va etre|vont etre|allez etre)\s{FEW}"
     rf"(?:{PAY}e{{0,2}}s?|mise?s? en (?:paiement|reglement)|credite\w*)\b", 0.9, False),
    (rf"\b{MONEY}\s{SOME}(?:sera|seront|va etre|vont etre)\s{FEW}(?:effectue|emis|fait|envoye"
     r"|lance|transmis|poste|execute|realise|debloque|parti|traite|declenche|honore|passe"
     r"|valide|programme|prevu|disponible|adresse|sur votre)\w*", 0.88, False),
    (rf"\b{MONEY}\s{SOME}(?:partira|partiront|part|interviendra|arrivera|suivra|parviendra"
     r"|tombera|aura lieu|se fera|passera|vous attend|vous sera)\b", 0.87, False),
    (rf"\b(?:{MONEY}|{BILL})\s{SOME}(?:(?:est|sont|ete|etait)\s{FEW})?(?:prevu|programme"
     r"|planifie|fixe|inscrit|cale|planned|scheduled|booked|prete?)\w*", 0.84, False),
    (rf"\b(?:prevu|programme|planifie|cale|planned|scheduled)\w*\s{SOME}{MONEY}", 0.8, False),
    (r"\b(?:(?:m'|nous |s')engage\w*|promet\w*|promis|promise[sd]?|commit(?:ted)?|undertake"
     r"|pledge|engagement)\b.{0,40}?"
     rf"(?:{PAY_INFINITIVE}|{PAY_BASE}|{MONEY}|regler|payer)", 0.9, False),
    (rf"\b(?:passera|passeront|sera|est|partira|figure|integree?)\s{FEW}(?:dans |sur |au |avec )"
     r"(?:la |le |notre |nos |les )?(?:prochaine?s? |prochains )?(?:campagne|lot|train"
     r"|echeancier|run|batch)", 0.78, False),
    # English.
    (rf"\b(?:will|'ll|shall|we'll|i'll|ll|gonna|going to|about to)\s{FEW}{PAY_BASE}", 0.89, False),
    (rf"\b(?:will|'ll|shall|going to)\s{FEW}be\s{FEW}(?:paid|settled|cleared|transferred|wired"
     r"|remitted)\b", 0.9, False),
    (rf"\b(?:{MONEY}|{BILL})\s{SOME}(?:will|shall|should|'ll)\s{FEW}(?:be|go|follow|arrive"
     r"|reach|leave|hit|clear|come)\b", 0.86, False),
    (rf"\byou(?: will|'ll| should| shall|ll)\s{FEW}(?:have|receive|get|see(?! (?:it|that) (?:was|has|is)))\s{SOME}"
     rf"(?:{MONEY}|paid|it\b)", 0.86, False),
    (rf"\b(?:am|are|is|'re|'m)\s{FEW}(?:paying|settling|wiring|transferring|sending"
     rf"\s{SOME}{MONEY})", 0.8, True),
    (rf"\b(?:{MONEY}|{BILL})\b.{{0,40}}?\b(?:is|are|in)\s{FEW}(?:(?:the|our) (?:next |friday's )?"
     r"(?:payment )?run|scheduled|planned|due to (?:go|be)|set (?:up|for)|lined up)", 0.85, False),
    (r"\b(?:will|'ll|ll|shall)\s(?:[^\s.?!,]+\s+){0,5}?(?:paid|settled|cleared|sorted out)\b", 0.84, False),
    (r"\b(?:it|this|that|they)(?: will|'ll| should|ll)\s(?:\S+\s)?(?:be )?(?:with you|paid|done|sorted|in your account|there|leave|go out|clear)\b", 0.82, True),
    (r"\b(?:fais|ferai|faisons|ferons|fait|fera|font) (?:donc )?(?:tout )?(?:le|mon|notre) (?:necessaire|possible|maximum)\b", 0.74, True),
    (r"\b(?:devriez|devrait|allez|devez|pourrez) (?:l'|le |la |les )?(?:recevoir|avoir|toucher|voir arriver|etre (?:credite|regle|paye)\w*)\b", 0.76, True),
    (r"(?<![\d/])\b\d[\d .]*(?:,\d+)?\s?(?:€|k€|euros?\b|eur\b)", 0.64, True),
    (r"\b(?:etal\w+|echelonn\w+|en (?:deux|trois|quatre|\d) fois|par mois|per month|mensualites?)\b", 0.5, True),
    # Present, intentions and bare words: with a date only.
    (r"(?:\b(?:je|on|nous|ns|jvs|jvous|jte|j')\s?(?:vous |vs |te |t'|le |la |les |l'|lui |tout |y )*"
     rf"(?:paye|paie|regle|vire|solde|verse|payons|reglons|virons|soldons|versons|paierais"
     rf"|(?:fais|fait|faisons|envoie|envoyons|mets|mettons|effectue|effectuons|procedons"
     rf"|passe|lance|programme|programmons|depose|poste)\s{SOME}{MONEY})\b)"
     r"|\bjpa[iy]e\b|\bjregle\b|\bjvire\b|(?:^|[\n,.(-])\s?(?:paying|payin|settling|wiring)\b",
     0.83, True),
    (r"\b(?:pouvons|peux|pourrai|pourrons|pourrais|pourrions|peut|pourra|mesure de|comptons"
     r"|compte|pensons|pense|prevoyons|prevois|esperons|espere|devrions|devrais|proposons"
     r"|propose|envisageons|souhaitons|souhaite|essaierai|essayons|essaie|possible de"
     rf"|faisons|objectif|prevu)\s(?:de |d'|vous |le |la |pouvoir |a )*{FEW}{PAY_INFINITIVE}",
     0.72, True),
    (rf"\b(?:{MONEY}|{BILL})\s{SOME}(?:devrai(?:t|ent)|doit|doivent|should|peut|pourra)\s{FEW}"
     r"(?:etre|intervenir|partir|arriver|be|go|passer|parvenir|tomber)\b", 0.74, True),
    (rf"\b(?:happy|glad|ready|prepared|willing|pret|prete|d'accord|ravi) (?:to|a|pour) {FEW}(?:{PAY_BASE}|{PAY_INFINITIVE})", 0.74, True),
    (r"\b(?:can|could|able to|hope to|hoping to|intend to|aim to|aiming to|expect to|plan to"
     rf"|planning to|propose to|try to|trying to|want to|would like to)\s{FEW}{PAY_BASE}",
     0.7, True),
    (rf"\bd(?:oit|evons|ois|evrait) (?:vous )?(?:{PAY_INFINITIVE}|etre {PAY}e+s?)", 0.74, True),
    (rf"\b(?:expect|attend(?:ez|re)|comptez|compter)\s{SOME}{MONEY}", 0.78, True),
    (r"\b(?:ok|d'accord|on part|c'est bon|c bon|va|ca marche|entendu|reglement|paiement"
     r"|fait|sera fait|promis|sans faute)\s(?:donc )?(?:pour|pr|le|avant|au|a|sous|d'ici|on|by"
     r"|for)\b", 0.62, True),
    (rf"\b{MONEY}", 0.66, True),
    (r"\b(?:en (?:cours|phase) de (?:paiement|reglement|mandatement|traitement pour paiement)"
     r"|bon a payer|mise?s? en paiement|being processed for payment|payment is being processed"
     r"|in process of payment|en cours de virement)", 0.5, False),
]  # fmt: skip
FUTURE = [(re.compile(pattern, FLAGS), base, dated) for pattern, base, dated in FUTURE]
YOURS = re.compile(
    r"\b(?:vous (?:nous |me |m')?(?:pai|pay|regl|vir|vers|sold)\w*(?:rez|ez)|payez|reglez"
    r"|reclam|demand|relanc|exig|rappel|mettez|menac)\w*\b[^,]{0,20}$|\bvotre demande de\s$"
    r"|\b(?:you (?:want|ask|request|demand|are asking)|your (?:request|demand))\b[^,]{0,30}$"
)

DONE_WORD = (
    rf"(?:{PAY}ee?s?|payes|paye|effectuee?s?|emise?s?|faite?s?|envoyee?s?|partie?s?|lancee?s?"
    r"|transmise?s?|postee?s?|executee?s?|passee?s?|realisee?s?|deposee?s?|debitee?s?"
    r"|encaissee?s?|honoree?s?|adressee?s?|ordonnancee?s?|regularisee?s?|remise?s?|validee?s?|donnee?s?|confiee?s?|depose|laissee?s?)"
)
PAID_WORD = rf"(?:{PAY}ee?s?|paye|honoree?s?|regularisee?s?|debitee?s?|encaissee?s?)"
ADVERBS = r"(?:(?:bien|deja|donc|egalement|aussi|entierement|totalement|integralement|tous|toutes|tout|hier|aujourd'hui|correctement|effectivement|normalement|pourtant|meme|vous|nous|en fait|ce jour|deja bien|ete|depuis longtemps|partiellement)\s){0,4}"
DONE = [
    (rf"\b(?:vous|l'|les) (?:a|ont)\s{ADVERBS}{PAID_WORD}\b", 0.84),
    (r"\b(?:a jour (?:de|dans|des) (?:nos|mes|tous|tout|vos|les )\s?\w*|up to date with (?:our|all|the|my)?\s?(?:payments?|account|invoices?|bills?))", 0.74),
    (r"\balready (?:been )?(?:sorted|done|dealt with|taken care of|handled|sent|gone out)\b|\bdeja (?:ete )?(?:fait|envoye|effectue|parti|vire|transmis)\w*\b", 0.74),
    (r"\b(?:ne (?:vous )?d(?:evons|ois) (?:donc )?plus rien|owe (?:you )?nothing|nothing (?:is )?(?:owed|outstanding|due)|rien (?:n'est|ne reste) du)\b", 0.66),
    (rf"\b(?:avez du|devez avoir|auriez du|devriez avoir|should have|must have) (?:\S+ )?(?:recevoir|recu|receiv\w*|got|had)\s{SOME}{MONEY}", 0.82),
    (rf"(?:\b(?:nous|on|ns|je|j)\s?|\bj'\s?)(?:vous |vs |l'|les |la |le |en |y )*(?:avons|avions"
     rf"|ai|a)\s{ADVERBS}{PAID_WORD}\b", 0.92),
    (rf"(?:\b(?:nous|on|ns|je|j)\s?|\bj'\s?|\bcomptabilite |\bcomptable |\bbanque )"
     rf"(?:vous |l'|les |en |y )*(?:avons|avions|ai|a)\s{ADVERBS}{DONE_WORD}\s{SOME}{MONEY}", 0.9),
    (rf"\b(?:avons|ai|a)\s{ADVERBS}procede\s(?:au|aux|a la|a votre|a ce|a son)\s{SOME}(?:{MONEY})",
     0.9),
    (rf"\b(?:{MONEY}|cela|tout|c'|montant)\s?.{{0,60}}?\b(?:a|ont"
     rf"|avait)\s{ADVERBS}(?:ete\s){ADVERBS}{DONE_WORD}\b", 0.9),
    # A bill that was passed on is not paid.
    (rf"\b(?:{BILL}|elles?|ils?|celles?-ci)\s?.{{0,60}}?\b(?:a|ont|avait)\s{ADVERBS}(?:ete\s)"
     rf"{ADVERBS}(?:{PAID_WORD}|honoree?s?|mise?s? en paiement|ordonnancee?s?)\b", 0.9),
    (rf"\b(?:a|ont)\s{ADVERBS}ete\s{ADVERBS}{PAID_WORD}\b", 0.88),
    (rf"\b(?:est|sont|etait|etaient|c'est|c)\s{ADVERBS}(?:{PAID_WORD}|mise?s? en paiement)\b", 0.8),
    (rf"\b{MONEY}\s{SOME}(?:est|sont)\s{ADVERBS}(?:fait|parti|envoye|passe|effectue|emis|lance"
     r"|valide|execute|transmis|poste|realise)\w*", 0.86),
    (rf"\b{MONEY}\s{FEW}(?:effectuee?s?|emise?s?|faite?s?|partie?s?|envoyee?s?|realisee?s?"
     r"|poste|execute|transmis|passe)\b", 0.84),
    (rf"\b(?:deja|bien)\s(?:ete\s)?{PAID_WORD}\b", 0.87),
    (rf"\b(?:factures?|situation|tout|toutes?)\s{SOME}{PAID_WORD}\s(?:le|par|en|depuis|hier|sur"
     r"|via|la semaine|au|ce|du|\d)", 0.85),
    (rf"(?:^|[\n:,(-])\s?(?:deja )?{PAID_WORD}\s(?:le|par|en|depuis|hier|via|ce|du|la semaine|lundi"
     r"|mardi|mercredi|jeudi|vendredi)\b", 0.84),
    (rf"\b(?:voir|ci-joint|ci joint|joint|jointe?|trouver|trouverez|attached|copie|preuve|proof"
     rf"|enclosed|avis)\b.{{0,40}}?(?:preuve|avis|ordre|copie|justificatif|confirmation|proof"
     rf"|remittance|swift|bordereau)\s(?:de |d'|du |of |advice|of the )?\s?{FEW}(?:{MONEY})?", 0.72),
    # English.
    (r"\b(?:we|i|they|accounts|finance)(?:'ve|ve| have| had)?\s"
     r"(?:(?:already|just|now|also|actually|since)\s){0,2}"
     rf"(?:paid|settled|wired|remitted|transferred|cleared\s{FEW}(?:invoice|balance|account)"
     rf"|(?:made|sent|processed|issued|posted|mailed|initiated|released|put through|did)"
     rf"\s{SOME}{MONEY})", 0.9),
    (r"\b(?:has|have|was|were|had|been|got|is|are|'s)\s(?:(?:already|all|now|just|fully|been"
     r"|since)\s){0,3}(?:paid|settled|wired|cleared|remitted|debited|collected|taken from our account)\b", 0.87),
    (rf"\b(?:{MONEY}|{BILL}|it|this)\s{SOME}(?:was|were|has been|have been|had been|went|left)\s"
     r"(?:(?:already|just|all|now)\s){0,2}(?:made|sent|paid|settled|transferred|processed|posted"
     r"|issued|executed|released|out|mailed|initiated|our account|done)", 0.88),
    (rf"\b{MONEY}\s(?:made|sent|posted|processed|executed|done|went)\b", 0.82),
    (r"\balready (?:been )?(?:paid|settled|transferred|cleared)\b", 0.9),
    (r"\bpaid (?:on|by|via|in|it|this|last|yesterday|that|you)\b", 0.83),
]  # fmt: skip
DONE = [(re.compile(pattern, FLAGS), base) for pattern, base in DONE]
NOT_US = re.compile(
    r"\b(?:vous (?:nous |m'|l')?(?:avez|aviez)|you (?:have|had|paid|were)|(?:client|maitre"
    r" d'ouvrage|moa|customer|owner|banque) (?:ne )?(?:nous )?(?:a|ait|aura)|ete mal"
    r"|n'avons (?:pas )?ete|not been paid by|avons ete|etre|soit|soient|serait|sera|seront"
    r"|d'etre|to be|will be|soyons)\s?(?:\S+\s){0,2}$"
)
#: Inside a verb of paying in the past, they put it into the future.
NOT_YET = re.compile(
    r"\b(?:sera|seront|serez|va|vont|etre|be|will|doit|doivent|devrait|devra|prevu\w*|pourra"
    r"|a (?:faire|effectuer|payer|venir)|des que|quand|lorsque|une fois|once|when|soit|should|would|not|pas|aucun)\b"
)
MEANS = [
    ("cheque", re.compile(r"\b(?:cheques?|chq|checks?)\b")),
    ("card", re.compile(r"\b(?:carte (?:bancaire|bleue)|cb|card)\b")),
    ("draft", re.compile(r"\b(?:lcr|traites?|billet a ordre|draft)\b")),
    ("debit", re.compile(r"\b(?:preleve\w*|direct debit)\b")),
    ("cash", re.compile(r"\b(?:especes|liquide|cash)\b")),
    (
        "transfer",
        re.compile(
            r"\b(?:vir+e?ments?|virts?|vires?|viree?s?|transfer\w*|wired?|bacs|swift|sepa)\b"
        ),
    ),
]
REFERENCE = re.compile(
    r"(?:\b(?:r[eé]f(?:[eé]rence)?s?\.?|n°|num[eé]ro|no\.?|number|sous le)\s{0,2}:?\s{0,2}(?:n°|de "
    r"virement|du virement)?\s{0,2})([A-Z0-9][A-Z0-9/_-]{3,29})",
    re.IGNORECASE,
)
SHARE = re.compile(r"\b(?:la moitie|half|50\s?%)")
WHOLE = re.compile(
    r"\b(?:solde|totalite|total|integralite|balance|remainder|le reste|restant|full|rest)\b"
)
