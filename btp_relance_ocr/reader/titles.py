# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the titles of papers say, and the words of their text that bear them out."""

import re

OTHER = "autre"

#: (kind, finer kind, pattern, weight). The finer kind tells apart what counts as one kind.
TITLES = [
    # Papers that name others in their title, and prove nothing of them.
    (
        OTHER,
        "compte_rendu",
        (
            r"compte[- ]?rendu|\bcr n ?°|\bc\.r\.|reunion de chantier|proces[- ]verbal (?:de|"
            r"d'une) (?:la )?reunion|releve de decisions|note d'information"
        ),
        1.25,
    ),
    (
        OTHER,
        "devis",
        r"\bdevis\b|offre de prix|proposition (?:commerciale|de prix|financiere)|estimatif|chiffrage|metre\b",
        1.1,
    ),
    (
        OTHER,
        "bon_livraison",
        (
            r"(?:bon|bordereau|avis|note) (?:de |d')(?:livraison|expedition|enlevement|transport)|"
            r"proces[- ]verbal de livraison"
        ),
        1.2,
    ),
    (
        OTHER,
        "accuse_reception",
        r"(?:accuse|avis) de (?:bonne )?reception|accuse reception|confirmation de (?:la )?commande|a\.?r\.?c\.?\b",
        1.3,
    ),
    (
        OTHER,
        "convocation",
        (
            r"convocation|invitation|demande (?:de|d'une|en vue de la|prealable a la) (?:visite|reception|"
            r"levee)|demande de (?:bon de commande|paiement direct)|avis d'achevement|"
            r"notification d'achevement"
        ),
        1.4,
    ),
    (
        OTHER,
        "attestation_urssaf",
        r"attestation (?:de )?(?:vigilance|urssaf|fourniture|regularite)|urssaf|obligations? de declaration",
        1.2,
    ),
    (
        OTHER,
        "attestation_decennale",
        (
            r"attestation (?:d'assurance|d'assurances|de responsabilite|decennale|rc)|"
            r"assurance (?:de )?(?:responsabilite )?(?:civile )?decennale|responsabilite (?:civile )?decennale"
        ),
        1.25,
    ),
    (
        OTHER,
        "attestation",
        r"^attestation\b|certificat (?:de capacite|de qualification|qualibat|consuel|de conformite|de garantie)",
        1.1,
    ),
    (
        OTHER,
        "caution",
        (
            r"\bcaution(?:nement)?\b|garantie a premiere demande|engagement de caution|caution (?:personnelle|"
            r"bancaire|solidaire)"
        ),
        1.25,
    ),
    (
        OTHER,
        "contrat",
        (
            r"contrat de (?:sous[- ]traitance|travaux|louage|prestations?|maitrise|vente)|acte d'engagement|"
            r"avenant|\bdc ?4\b|declaration de sous[- ]traitance|cahier des (?:clauses|charges)|\bcctp\b|"
            r"\bccap\b"
        ),
        1.15,
    ),
    (
        OTHER,
        "courrier",
        (
            r"mise en demeure|relance|rappel|lettre recommandee|reclamation|memoire en reclamation|"
            r"releve de compte|relevé|courrier"
        ),
        1.1,
    ),
    (OTHER, "avoir", r"\b(?:facture d')?avoir\b|note de credit", 1.3),
    (
        OTHER,
        "pv_essais",
        (
            r"proces[- ]verbal (?:d'essais?|de mesures?|d'epreuves?|d'assemblee|de constat|de bornage|"
            r"de controle|d'installation)|rapport (?:d'essais?|de visite|d'intervention|de controle|d'audit|"
            r"technique|final)|\bp\.?v\.? d'(?:essais?|assemblee)|essais et epreuves|fiche (?:technique|"
            r"d'autocontrole|de visite)|notice|planning|ppsps|pgc|plan de prevention"
        ),
        1.2,
    ),
    (OTHER, "rib", r"releve d'identite bancaire|\brib\b", 1.0),
    (
        OTHER,
        "bulletin",
        r"bulletin de (?:paie|salaire|souscription)|feuille d'heures|kbis|extrait d'immatriculation",
        1.1,
    ),
    (
        OTHER,
        "dgd",
        r"decompte general|\bdgd\b|decompte final|solde de tout compte",
        1.2,
    ),
    (
        OTHER,
        "foreign",
        (
            r"^(?:invoice|delivery note|certificate|statement|purchase order|quotation|contract)\b|rechnung|"
            r"factura|auftrag"
        ),
        0.9,
    ),
    # The kinds.
    (
        "pv_levee_reserves",
        "pv_levee",
        (
            r"(?:proces[- ]verbal|p\.?\s?v\.?|constat|decision|quitus|attestation|certificat|proposition\w*|"
            r"formulaire|avis)?.{0,40}lev[e]e? (?:totale |partielle |definitive )*(?:des?|de(?: la|"
            r" l'ensemble des)?) (?:\w+ )?reserves?|lev[e]e de reserves?|reserves? levees?|\bexe ?n?°? ?[89]\b"
        ),
        1.45,
    ),
    (
        "pv_opr",
        "exe4",
        (
            r"operations? prealables? (?:a|de) la reception|\bopr\b|\bexe ?n?°? ?4\b|"
            r"proces[- ]verbal des operations prealables|visite (?:prealable|de pre[- ]?reception)|"
            r"pre[- ]?reception"
        ),
        1.4,
    ),
    (
        "pv_opr",
        "exe5",
        r"propositions? du maitre d.?oe?uvre|\bexe ?n?°? ?5\b|proposition de reception",
        1.2,
    ),
    (
        "pv_reception",
        "exe7",
        (
            r"decision de non[- ]?reception|refus de reception|\bexe ?n?°? ?7\b|decision d'ajournement|"
            r"ajournement de la reception"
        ),
        1.25,
    ),
    (
        "pv_reception",
        "exe6",
        (
            r"decision de reception|\bexe ?n?°? ?6\b|decision (?:relative a|"
            r"du maitre d.?ouvrage relative a) la reception"
        ),
        1.25,
    ),
    (
        "pv_reception",
        "pv_reception",
        (
            r"(?:proces[- ]?\s?verbal|p\.?\s?v\.?|constat|certificat|attestation|acte|declaration|fiche|"
            r"bon) (?:\w+ ){0,3}?(?:de|d'une|de la|des|portant) ?(?:\w+ )?reception|reception (?:de|des|du|"
            r"de l'|de la|d'un) ?(?:travaux|chantier|ouvrages?|lots?|marche|maison|immeuble|logements?|"
            r"installation|pavillon|batiment)|reception (?:des )?travaux|reception de fin de (?:chantier|"
            r"travaux)|^reception$|proces[- ]verbal de (?:fin de|parfait) (?:travaux|achevement)|"
            r"proces[- ]verbal de reception"
        ),
        1.15,
    ),
    (
        "ordre_service",
        "ordre_service",
        (
            r"ordre de service|ordre de demarrage|\bo\.?\s?s\.?\s?(?:n\s?°|n°|num|de demarrage|"
            r"de prescription)|\bexe ?n?°? ?1\b"
        ),
        1.2,
    ),
    (
        "bon_commande",
        "bon_commande",
        (
            r"bon (?:de |d')?commande|lettre de commande|commande (?:d'achat|fournisseurs?|de (?:travaux|"
            r"fournitures|prestations|sous[- ]traitance))|(?:^|\b)commande\b(?: n ?°| ferme|$|"
            r" [a-z]{0,4}[- /]?\d)|\bb\.?d?\.?c\.? n ?°|purchase order|\bexe ?n?°? ?2\b|order form"
        ),
        1.1,
    ),
    (
        "certificat_paiement",
        "certificat_paiement",
        (
            r"certificat (?:de |pour |d[eu] )?(?:mandat(?:ement)? |acompte |payement|paiement)|"
            r"certificat d'acompte|certificat pour paiement|(?:proposition|ordre|bon) (?:de|a) (?:paiement|"
            r"payer)\b.{0,20}(?:n ?°|acompte|$)|certificat administratif de paiement|mandat de paiement|"
            r"etat d'acompte|proposition de paiement"
        ),
        1.2,
    ),
    (
        "situation",
        "situation",
        (
            r"situation (?:de travaux|mensuelle|provisoire|cumulative|d'avancement|de chantier|intermediaire|"
            r"financiere)|situation\s?(?:n ?°|numero|no\b|\d)|etat (?:de situation|d'avancement)|"
            r"(?:projet de )?decompte (?:mensuel|provisoire|periodique)|demande d'acompte|^situation\b|"
            r"projet de decompte|decompte n ?°"
        ),
        1.15,
    ),
    (
        "doe_bordereau",
        "doe_bordereau",
        (
            r"dossiers? des? (?:ouvrages? (?:executes?|realises?)|fin de (?:chantier|travaux))|"
            r"\bd\.?\s?o\.?\s?e\.?\b|bordereau (?:de remise|de transmission|d'envoi|de depot|des pieces|"
            r"recapitulatif)|recepisse de (?:remise|depot)|transmission (?:du|des) (?:documents|dossier)|"
            r"remise (?:du|de) (?:doe|dossier)"
        ),
        1.2,
    ),
    (
        "facture",
        "facture",
        (
            r"\bfacture\b|\bfacture (?:n ?°|de situation|d'acompte|definitive|de solde)|\bnote d'honoraires\b|"
            r"auto-?facturation"
        ),
        1.15,
    ),
]
COMPILED = [
    (kind, fine, re.compile(pattern), weight) for kind, fine, pattern, weight in TITLES
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
FOREIGN = re.compile(
    r"\b(?:the|and|of|for|with|from|you|your|is|are|der|die|das|und|mit|von|wir|auf|el|los|las|del|para|"
    r"con|il|della|per|che|di|"
    r"uma|os|dos|nao|het|een|van|voor|total due|payment|invoice|date)\b"
)
