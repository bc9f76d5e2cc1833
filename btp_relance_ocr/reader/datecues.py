# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The words that tell what a date is, and the dates that each kind of paper has."""

import re

#: (role, words before a date). The match that ends nearest to the date gives the role; earlier in the list wins a tie.
CUES = [
    (
        "contract",
        r"\b(?:marche|contrat|devis|commande|convention|acte d'engagement)"
        r"(?: (?:de|prive|initial|travaux|n ?°\s?\S+)){0,4} (?:signee?|conclue?|passee?|acceptee?) le",
    ),
    ("proposed", r"propos\w+ (?:[\w']+ ){0,9}?(?:le|au|du)"),
    (
        "convened",
        r"(?:convoqu\w+|convocation)(?: \w+){0,3}? (?:le|en date du|du)|"
        r"prochaine (?:visite|reunion)(?: [\w']+){0,4}",
    ),
    (
        "span",
        r"periode(?: (?!de )\w+){0,4}? d[ue]|(?:periode|mois|travaux|executes?|realises?)\b.{0,40}? d[ue] "
        r"[\d/.]{6,10} (?:au|a)",
    ),
    (
        "before",
        r"(?:interromp\w+|suspend\w+|arrete\w*|interruption|suspension|ajourne\w*)(?: [\w']+){0,5}? depuis(?: le)?",
    ),
    (
        "done",
        r"(?:acheve|termine)\w*(?: \w+){0,2}? le|(?:achevement|fin) des travaux(?: \w+){0,2}? (?:le|du|:)",
    ),
    (
        "deadline",
        (
            r"(?:avant le|au plus tard (?:le|pour le)?|d'ici (?:le|au)|jusqu'au|dans (?:un|le) delai|"
            r"delai(?: de levee)?(?: au| :)?|a lever (?:pour|avant)(?: le)?|valable jusqu|validite|expire le|"
            r"livraison(?: souhaitee| prevue)?(?: le| pour le| :)*|date de livraison|livrer le|"
            r"fin (?:des travaux|prevue)|achevement (?:prevu|contractuel))"
        ),
    ),
    (
        "visit",
        (
            r"(?:l'an [\w' -]{6,50},? (?:et )?le|constat(?:ation)?s? (?:\w+ ){0,3}sur (?:place|site|"
            r"les lieux)(?: le)?|visite(?: \w+){0,6}|"
            r"operations prealables(?: \w+){0,6}|\bopr\b|convoqu\w+(?: \w+){0,4}|"
            r"operations? (?:effectue|realise|mene|deroule)\w*(?: \w+){0,2}|"
            r"controle (?:du|le|effectue le|sur place du)|reunion(?: \w+){0,4}|se sont rendus? (?:\w+ ){0,6}|"
            r"reunis?(?: \w+){0,6}|"
            r"constatations?(?: \w+){0,5}|essais(?: \w+){0,4}|examen (?:\w+ ){0,5}|"
            r"compte[- ]rendu (?:\w+ ){0,3}du|"
            r"proces[- ]verbal (?:\w+ ){0,3}opr\b.{0,20}|procede (?:\w+ ){0,8})"
        ),
    ),
    (
        "effect",
        (
            r"(?:(?:date d'|prise d'|prend |prenant |avec |l'|d')?effet(?: de (?:la |cette )?(?:reception|"
            r"decision|l'ordre))?(?: (?:au|du|le|a compter du|a la date du|a partir du|fixee? au|"
            r"est fixee au))*|date retenue(?: pour (?:la |l')\w+)*(?: d'achevement)?(?: des travaux)?|"
            r"achevement (?:des travaux )?(?:fixee? au|au|retenue?)|"
            r"date d'achevement(?: des travaux)?(?: est)?(?: fixee au| retenue)?)"
        ),
    ),
    ("at", r"a la date (?:d'effet )?du"),
    (
        "reception",
        (
            r"(?:recept\w*(?: des travaux| des ouvrages| du lot(?: \w+)?| de l'ouvrage| partielle)?(?: (?:est|"
            r"a ete|ont ete|sont))?(?: declaree?s?)?(?: (?:prononcee?s?|intervenue?|effectuee?|signee?|fixee?|"
            r"acquise|acceptee?|sans reserves?|avec reserves?|sous reserves?))*(?: (?:le|du|au|en date du|"
            r"a la date du|ce jour|de))*|date (?:de |d'effet de )(?:la )?reception(?: des (?:travaux|"
            r"ouvrages))?|pv de reception (?:du|en date du)|prononcee?s? (?:\w+ ){0,4}(?:le|au|a la date du|"
            r"en date du))"
        ),
    ),
    (
        "levee",
        (
            r"(?:lev[e]e?s?(?: \w+){0,5}? (?:le|du|au|a la date du|en date du)|"
            r"(?:date|effet)(?: \w+){0,2} (?:de (?:la )?)?levee(?: des reserves)?|(?:verifi|constat|"
            r"control)\w*(?: \w+){0,4}? (?:le|au|"
            r"en date du)|constat contradictoire(?: du)?|"
            r"levee constatee(?: le)?|date de constat|(?:reserves?|travaux) (?:\w+ ){0,4}(?:lev|"
            r"execut|repris|effectu)\w+ (?:le|au))"
        ),
    ),
    (
        "start",
        (
            r"(?:a (?:dater|compter|partir) du|\bdes le|(?:repren\w+|reprise)(?: [\w']+){0,6}? (?:le|au|du)|"
            r"(?:repren\w+|reprise)\b[^.;]{0,40}, (?:interromp|suspend|arrete)[^.;]{0,40}\d{4}, le|"
            r"(?:debut|demarrage|commencement|lancement)(?: des travaux|"
            r" du chantier| des prestations| d'execution| du delai)?(?: fixee?)?(?: (?:le|au|du|est|a compter|"
            r"a dater|prevu|fixe))*|(?:commencer|demarrer|executer)(?:ez|ont|a)? (?:[\w']+ ){0,6}le|"
            r"(?:travaux|execution|chantier|delai|periode|prestations)(?: [\w']+){0,4} (?:commenc|demarr|debut|cour|"
            r"part)(?:e|t|ent|era|eront|ra|iront)?(?: [\w']+){0,3} (?:le|du|au)|"
            r"debuter (?:\w+ ){0,5}le|point de depart (?:\w+ ){0,5}|entreprendre (?:\w+ ){0,6}le|"
            r"date (?:de demarrage|de debut|de commencement|d'origine)|"
            r"le delai (?:\w+ ){0,4}court (?:\w+ ){0,3})"
        ),
    ),
    (
        "due",
        (
            r"(?:(?:date d')?echeance(?:s)?(?: de (?:paiement|reglement)| facture| le| au)*|(?:a (?:regler|"
            r"payer)|payable|reglement|paiement)(?: \w+){0,4}? (?:le|au|avant le|du|avant)|"
            r"date limite (?:de )?(?:paiement|reglement)|date de (?:reglement|paiement)|a regler|"
            r"paiement(?: \w+){0,4}|reglement(?: \w+){0,4}|echeant le|due date)"
        ),
    ),
    (
        "sign",
        (
            r"(?:fait(?: \w+){0,6}? a .{2,40}?,?\s*le|fait en \w+ (?:exemplaires?|originaux) ?,? ?le|"
            r"signee?s? .{0,40}?le|"
            r"signee?s? electroniquement par .{0,60}|"
            r"signee?s?(?: electroniquement)?(?: \w+){0,3}|(?:date (?:et |de (?:la )?|"
            r"de )?)signature(?: \w+){0,4}|(?:^|[.;:)/] ?)a (?!(?:ete|eu|procede|visite|examine|constate|verifie|"
            r"prononce|decide|reprendre)\b)"
            r"[a-z][a-z'-]*(?: [a-z'-]+){0,4},? ?,?\s*le|(?:^|[.;] )[a-z][a-z' -]{2,40}, ?le|^pour (?:le |la |"
            r"l'|les )?[a-z][\w' ,.-]{2,60}, le|"
            r"(?:maitre d'ouvrage|maitre de l'ouvrage|maitre d'oe?uvre|architecte|client|acheteur|entreprise|"
            r"collectivite|ordonnateur)\b(?:(?!procede|visite|apres|constat|convoqu|examin|"
            r"propos)[^.;:]){0,50}?\W*\ble|"
            r"lu et approuve,?(?: le)?|vise[e]?(?: \w+){0,3}? le|vis[ae](?: \w+){0,3}|(?:verifie|valide|"
            r"controle|arrete|certifie|approuve|accepte)[e]?(?: [\w',.-]+){0,9}? le|recu(?:s|e|"
            r"es)?(?: [\w'-]+){0,9}? le|reception (?:du|des) (?:documents?|dossier|doe|pieces)(?: \w+){0,2}|"
            r"(?:validation|signature|visa) electronique.{0,90}|bon (?:a payer|"
            r"pour \w+)(?: \w+){0,3}?,?(?: le)?|(?:recu|pris|bien recu) (?:\w+ ){0,4}?le|accepte le|"
            r"accuse (?:de )?reception(?: \w+){0,2}(?: le)?|pris connaissance(?: \w+){0,3}|"
            r"remis (?:\w+ ){0,3}le|date de (?:reception|remise) (?:des|du) (?:documents|dossier|doe)|"
            r"date du visa|date d'acceptation|date de validation)"
        ),
    ),
    (
        "contract",
        (
            r"(?:marche|contrat|notification|devis|offre|avenant|commande|bon de commande|ordre de service|"
            r"bons? de livraison|livraison|\bbl(?=\b|\d)|\bloi|decret|arrete du|ordonnance|"
            r"facture|situation|acte d'engagement|convention|attestation|caution|permis|"
            r"article)(?:\b|(?<=bl))(?:[^.;:]|\.(?=\w)){0,45}?(?:du|en date du|notifie le|signe le|date du|"
            r"passe le)|notifie le|"
            r"date de notification|naissance|ne le"
        ),
    ),
    (
        "document",
        (
            r"(?:date(?: d'emission| de (?:la )?(?:facture|commande|piece|situation|l'ordre|redaction|"
            r"creation|certificat|transmission|remise|facturation|l'os)| du (?:document|certificat|bon|"
            r"bordereau|bdc)| d'etablissement| d'edition| facture| commande| piece| d'envoi| o\.?s\.?)?|"
            r"etablissement de l'o\.?\s?s\.?|(?:emis|etabli|edite|dresse|redige|transmis|facture|date|envoye|"
            r"remis)e?s? (?:\w+ ){0,2}?le|"
            r"(?:^|\W)(?:envoi|emission|edition|envoye|emis|etabli|edite|expedie)e?s?(?= ?:|$)|en date du|(?:^|"
            r"\W)(?:du|le|"
            r",)|(?:n ?°|numero)[^:]{0,25}(?:du| - | le))"
        ),
    ),
]
COMPILED = [
    (
        role,
        re.compile(
            rf"(?:{pattern})[\s:.,'°(-]*(?:(?:le|du|au)\b[\s:.,'°(-]*)?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s)?$"
        ),
    )
    for role, pattern in CUES
]
LOOSE = [(role, re.compile(pattern)) for role, pattern in CUES]

#: Per kind: field → roles that give it, best first, with a factor for each.
WANTED = {
    "pv_reception": {
        "date_reception": [
            ("effect", 1.0),
            ("at", 0.98),
            ("reception", 0.98),
            ("start", 0.7),
        ],
        "date_signature": [("sign", 1.0)],
    },
    "pv_opr": {
        "date_document": [("visit", 1.0), ("document", 0.85), ("sign", 0.7)],
        "date_signature": [("sign", 1.0)],
    },
    "pv_levee_reserves": {
        "date_levee": [
            ("levee", 1.0),
            ("at", 0.95),
            ("visit", 0.9),
        ],
        "date_reception": [("reception", 1.0), ("effect", 0.96)],
        "date_signature": [("sign", 1.0)],
    },
    "bon_commande": {
        "date_document": [("document", 1.0)],
        "date_signature": [("sign", 1.0)],
    },
    "ordre_service": {
        "date_effet": [("start", 1.0), ("effect", 0.97)],
        "date_document": [("document", 1.0)],
        "date_signature": [("sign", 1.0)],
    },
    "situation": {
        "date_document": [("document", 1.0)],
        "date_signature": [("sign", 1.0)],
    },
    "certificat_paiement": {
        "date_document": [("document", 1.0)],
        "date_signature": [("sign", 1.0)],
    },
    "doe_bordereau": {
        "date_document": [("document", 1.0)],
        "date_signature": [("sign", 1.0)],
    },
    "facture": {"date_document": [("document", 1.0)], "date_echeance": [("due", 1.0)]},
}
