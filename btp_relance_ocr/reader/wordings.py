# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the text of papers says beside their titles: what they do, whom they are about, their language."""

import re

from .titles import OTHER

#: The words that announce what a letter or paper is.
NAMING = r"(?:objet|obj|nature du document|type de document|document|titre|intitule|formulaire|concerne)\s*:\s*"


#: What may stand before the words of a title and belongs to it.
LEAD_IN = re.compile(
    r"(?:proces[- ]verbal|p\.?v\.?|transmission|remise|envoi|depot|etat|bordereau|formulaire|modele|projet|copie|"
    r"notification|constat|attestation|notre|votre|avis)(?: (?:du|de|des|d'|de la|de l'|et))*\s*$"
)


#: (kind, finer kind, pattern, score): what a paper does, told in a sentence, for papers without a clear title.
SENTENCES = [
    (kind, fine, re.compile(pattern), score)
    for kind, fine, pattern, score in (
        (
            OTHER,
            "courrier",
            (
                r"n'est (?:\w+ )?pas (?:encore )?(?:signee?|parvenue?|recue?|revenue?)|(?:je|nous) (?:vous )?relan\w+|"
                r"(?:\bci[- ]joint|piece jointe|sous ce pli)[^.]{0,60}(?:proces[- ]verbal|\bpv\b|facture|situation|"
                r"ordre de service|bon de commande)|reste\w* impayee?s?|vous convo\w+|"
                r"vous invit\w+ [^.]{0,30}(?:reunion|visite|operations)"
            ),
            1.2,
        ),
        (
            "bon_commande",
            "order_letter",
            (
                r"(?:passer|confirm\w+|adresser) (?:\w+ ){0,3}(?:la |notre |une |cette )?commande|"
                r"bon pour (?:la )?commande|prestations commandees|"
                r"acceptons? (?:\w+ ){0,3}devis|veuillez (?:nous )?(?:livrer|fournir|executer)|"
                r"rappeler (?:le |ce |notre )?(?:n ?°|numero) de commande"
            ),
            0.8,
        ),
        (
            "bon_commande",
            "order_letter",
            r"(?<!devis )(?<!devis signe )(?<!devis accepte )(?<!devis approuve )(?<!date et signe )"
            r"(?<!signature du devis )\b(?:valant|vaut|valent|tient lieu de) (?:la |bon de |lettre de )?commande\b"
            r"(?! apres| des | si | une)",
            1.6,
        ),
        (
            "bon_commande",
            "order_letter",
            r"(?:je|nous) (?:vous )?(?:command(?:e|ons)|passons commande)\b",
            1.3,
        ),
        (
            "pv_reception",
            "pv_reception",
            (
                r"(?:prononc|declar|accept|decid)\w* (?:\w+ ){0,5}(?:la |cette )?reception(?! prealable)|"
                r"reception (?:des travaux |des ouvrages |de l'ouvrage )?(?:est|a ete) (?:prononce|accepte)e|"
                r"travaux (?:\w+ ){0,3}receptionnes|reception prend effet|effet de la reception|"
                r"(?:accepter?|refuser?|recevoir) (?:l'|les )?(?:ouvrages?|travaux)"
            ),
            0.62,
        ),
        (
            "pv_reception",
            "pv_reception",
            (
                r"\b(?:je|nous|il|elle|on) (?:refus\w+ de )?prononc\w+ (?:donc |ainsi )?(?:la |leur |cette )reception|"
                r"\b(?:recoit|recevons|recois|receptionne) (?:les |vos |l'|ces |cette )?(?:travaux|"
                r"ouvrages?|installation|prestations|equipement)|"
                r"(?:travaux|ouvrages?|prestations|installations?|equipements?) (?:[\w']+ ){0,4}?"
                r"(?:est|sont|a ete|ont ete) (?:\w+ )?(?:recue?s?|receptionnee?s?) (?:avec|sans|sous|ce jour|"
                r"en l'etat)\b|\brefuse (?:de prononcer )?(?:la |leur )reception"
            ),
            0.95,
        ),
        (
            "situation",
            "situation",
            (
                r"(?:montant|total) de (?:la |notre )(?:presente )?situation|"
                r"(?:trouver|adress\w+|present\w+|transmett\w+|soumett\w+) (?:[\w'-]+ ){0,4}"
                r"(?:notre|la presente) situation (?:de travaux|n ?°|mensuelle)"
            ),
            1.0,
        ),
        (
            "pv_levee_reserves",
            "pv_levee",
            (
                r"(?:prononc|constat|donn|atteste)\w* (?:\w+ ){0,6}levee (?:\w+ ){0,3}(?:des )?reserves|"
                r"reserves (?:\w+ ){0,8}(?:sont|ont ete) (?:\w+ )?levees"
            ),
            0.6,
        ),
        (
            "ordre_service",
            "ordre_service",
            (
                r"(?:est|etes|sommes) (?:\w+ )?(?:prescrit|ordonne|notifie|invites?|requis|mis en demeure)\w* "
                r"(?:\w+ ){0,6}(?:commencer|demarrer|executer|entreprendre|suspendre|reprendre|proceder)|"
                r"par le present ordre de service"
            ),
            0.7,
        ),
        (
            "certificat_paiement",
            "certificat_paiement",
            (
                r"certifi\w+ (?:\w+ ){0,8}(?:peut|est en droit de) (?:recevoir|percevoir)|"
                r"certifi\w+ (?:\w+ ){0,6}(?:somme|acompte|paiement)"
            ),
            0.6,
        ),
        (
            "doe_bordereau",
            "doe_bordereau",
            (
                r"(?:transmett|remett|adress|joint|trouver)\w* (?:\w+ ){0,8}(?:doe\b|d\.o\.e|"
                r"dossiers? des ouvrages)"
            ),
            0.7,
        ),
    )
]


#: Papers about other papers: what follows in their title is not what they are.
ABOUT = {
    "courrier",
    "convocation",
    "accuse_reception",
    "bon_livraison",
    "compte_rendu",
    "devis",
    "avoir",
    "planning",
}


#: What the text of a kind says, a little support for its title.
BODY = {
    "pv_reception": (
        r"prononc",
        r"reception",
        r"sans reserve",
        r"prend effet|date d'effet|avec effet",
        r"garantie de parfait achevement|1792",
        r"ouvrage",
    ),
    "pv_opr": (
        r"operations prealables",
        r"propos",
        r"constat",
        r"convoqu",
        r"epreuves",
    ),
    "pv_levee_reserves": (r"lev[e]e", r"reserves", r"maintenu|non lev", r"constat"),
    "ordre_service": (
        r"a dater du|a compter du|demarr|entreprendre|commencer",
        r"notifi",
        r"maitre d.?oe?uvre",
        r"delai",
    ),
    "bon_commande": (
        r"commande",
        r"livraison",
        r"fournisseur",
        r"\bh\.?t",
        r"qte|quantite",
    ),
    "situation": (
        r"cumul",
        r"anterieur|precedent",
        r"avancement|situation",
        r"\bh\.?t",
    ),
    "certificat_paiement": (r"certifi", r"payer|paiement", r"acompte", r"\bh\.?t"),
    "doe_bordereau": (
        r"plans",
        r"notice",
        r"remis|recu|transmi",
        r"doe|dossier",
        r"document|piece",
    ),
    "facture": (
        r"facture",
        r"echeance|reglement|payable",
        r"t\.?v\.?a",
        r"iban|penalites",
        r"net a payer|t\.?t\.?c",
    ),
}


FRENCH = re.compile(
    r"\b(?:de|la|le|les|des|du|et|en|pour|par|sur|est|au|aux|une?|sans|avec|a)\b"
)


TRADE_WORDS = re.compile(
    r"\b(?:commande|livraison|facture|montant|travaux|chantier|t\.?v\.?a|siret|t\.?t\.?c|h\.?t|lot|marche|"
    r"fournisseur|"
    r"reserves?|maitre|ouvrage|entreprise|quantite|echeance|signature)\b"
)


FOREIGN = re.compile(
    r"\b(?:the|and|of|for|with|from|you|your|is|are|der|die|das|und|mit|von|wir|auf|el|los|las|del|para|"
    r"con|il|della|per|che|di|"
    r"uma|os|dos|nao|het|een|van|voor|total due|payment|invoice|date)\b"
)
