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
            r"compte[- ]?rendu|\bcr n ?°|\bcr (?:de |du |d')?(?:chantier|reunion|visite|opc)|"
            r"rapport (?:hebdomadaire|mensuel|de chantier|journalier)|journal de chantier|\bc\.r\.|reunion de "
            r"chantier|proces[- ]verbal (?:de|"
            r"d'une) (?:la )?reunion|releve de decisions|note d'information"
        ),
        1.25,
    ),
    (
        OTHER,
        "devis",
        r"(?<!votre )(?<!notre )(?<!v/ref )(?<!selon )\bdevis\b|offre de prix|proposition (?:commerciale|"
        r"de prix|financiere)|estimatif|chiffrage|metre\b",
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
        r"^(?:accuse|avis) de (?:bonne )?reception(?! d[ue]s? (?:la |l')?(?:d\.?o\.?e|dossier|documents|pieces))|"
        r"^accuse reception|confirmation de (?:la )?commande|\ba\.?r\.?c\.?\b",
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
        r"^attestation\b(?!.*(?:reception|levee|achevement|fin de (?:travaux|chantier)))|^certificat (?:de "
        r"capacite|de qualification|qualibat|consuel|de conformite|de garantie)",
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
            r"^(?:lettre de )?notification (?:du|de) marche|^contrat (?:de |"
            r"d')(?!commande)\w+(?:[- ]\w+)?(?!.{0,6}n ?°)|releve de (?:situation|compte)|acte "
            r"d'engagement|"
            r"avenant|\bdc ?4\b|declaration de sous[- ]traitance|cahier des (?:clauses|charges)|\bcctp\b|"
            r"\bccap\b"
        ),
        1.15,
    ),
    (
        OTHER,
        "courrier",
        (
            r"^(?:envoi|transmission|retour|signature|projet|modele|rappel|suivi|contestation|annulation) "
            r"(?:du |de la |de l'|de |d'un |d'une |des |pour )+(?:\w+ )?(?:p\.?v\b|proces|facture|situation|"
            r"devis|ordre|"
            r"bon de commande|commande|attestation|certificat|acompte|reglement|paiement)|"
            r"mise en demeure|\brelances?\b|\brappels?\b|lettre recommandee$|reclamation|memoire en reclamation|"
            # The stamp of whoever opens the letters names no paper.
            r"courrier (?!arrive|recu|depart|entrant|le\b)[a-z]"
        ),
        1.1,
    ),
    (
        OTHER,
        "releve",
        r"releves? (?:mensuels? )?(?:de |des |d')?(?:vos |nos )?(?:comptes?|factures?|echeances?)|extrait de compte|"
        r"(?:etat|liste|balance) des factures",
        1.4,
    ),
    (OTHER, "avoir", r"\b(?:facture d')?avoir\b|note de credit", 1.3),
    (
        OTHER,
        "pv_essais",
        (
            r"proces[- ]verbal (?:d'essais?|de mesures?|d'epreuves?|d'assemblee|de constat|de bornage|"
            r"de controle|d'installation)|rapport (?:d'essais?|de visite|d'intervention|de controle|d'audit|"
            r"technique|final)|\bp\.?v\.? d'(?:essais?|assemblee)|essais et epreuves|fiche (?:technique|"
            r"d'autocontrole|de visite)|^notice|ppsps|pgc|plan de prevention"
        ),
        1.2,
    ),
    (
        OTHER,
        "planning",
        r"\b(?:planning|calendrier|echeancier|programme (?:des|de) (?:visites?|operations|reception))\b",
        1.4,
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
            r"^(?:invoice(?! ?/ ?facture)|delivery note|certificate|statement|quotation|contract)\b|rechnung|"
            r"factura|auftrag"
        ),
        0.9,
    ),
    (
        OTHER,
        "pv_materials",
        r"reception (?:des? |du |de la )(?:supports?|materiaux|materiel|marchandises?|fournitures|livraison|"
        r"commande)",
        1.6,
    ),
    # The kinds.
    (
        "pv_levee_reserves",
        "pv_levee",
        (
            r"^quitus\b|(?:proces[- ]verbal|p\.?\s?v\.?|constat|decision|quitus|attestation|certificat|"
            r"proposition\w*|"
            r"formulaire|avis)?.{0,40}lev[e]e? (?:totale |partielle |definitive )*(?:des?|de(?: la|"
            r" l'ensemble des)?) (?:\w+ )?reserves?|lev[e]e de reserves?|reserves? levees?|\bexe ?n?°? ?[89]\b"
        ),
        1.45,
    ),
    (
        "pv_opr",
        "exe4",
        (
            r"(?:(?:rapport|visite|liste|releve|fiche|suivi|constat|pv|compte[- ]rendu) (?:de |d'|des |de l'|de la )?)?"
            r"(?:\(?\bo\.?p\.?r\b\.?\)?(?: (?:du|de|n ?°)\b)?)|operations? prealables?(?: (?:a|de) la reception)?|"
            r"reserves? (?:d')?opr\b|(?:constat|visite|examen|controle|releve|note|etat) (?:[\w']+ ){0,3}"
            r"(?:prealable|preparatoire|avant) (?:a la |la )?reception(?: \(o\.?p\.?r\.?\))?|\bexe ?n?°? ?4\b|"
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
            r"de l'|de la|d'un|d') ?(?:vos |nos |ces |mes |leurs )?(?:travaux|chantier|ouvrages?|lots?|marche|"
            r"maison|immeuble|logements?|"
            r"installation|pavillon|batiment|prestations?|equipements?|villa|piscine|local|locaux)|"
            r"(?:constat|acte|attestation|declaration) (?:d'achevement|de fin de (?:travaux|chantier)|de bonne fin)|"
            r"(?:attestation|certificat|declaration|fiche|formulaire|bon|avis) (?:\w+ ){0,6}?reception(?! "
            r"provisoire)|acceptation des (?:travaux|ouvrages)|"
            r"reception (?:definitive|partielle|provisoire|contradictoire|unique)|reception (?:des )?travaux|"
            r"reception de fin de (?:chantier|"
            r"travaux)|^reception$|^bon de fin de (?:travaux|chantier)|proces[- ]verbal de (?:fin de|parfait) "
            r"(?:travaux|achevement)|"
            r"proces[- ]verbal de reception"
        ),
        1.15,
    ),
    (
        "ordre_service",
        "ordre_service",
        (
            r"ordre de service|ordre de demarrage|ordre d'execution|\bo\.?s\.? d'(?:arret|interruption|"
            r"ajournement)|\bo\.?\s?s\.?\s?(?:n\s?°|n°|num|de demarrage|"
            r"de prescription)|\bexe ?n?°? ?1\b"
        ),
        1.2,
    ),
    (
        "bon_commande",
        "bon_commande",
        (
            r"bon (?:de |d')?(?:commande|cde)\b|lettre de commande|ordre d'achat|bon (?:d'achat|de travaux|"
            r"pour travaux)|commande (?:d'achat|fournisseurs?|(?:de |en )?(?:travaux|"
            r"fournitures|prestations|sous[- ]traitance))|(?:^|\b)commande\b(?: n ?°| ferme|$|"
            r" [a-z]{0,4}[- /]?\d)|\bb\.?d?\.?c\.? n ?°|marche subsequent|engagement de depense|"
            r"commande (?:de|pour)\b|purchase order|\bexe ?n?°? ?2\b|order form"
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
            r"etat d'acompte|(?:proposition|autorisation|attestation|etat|ordre) (?:de|pour) (?:paiement|reglement)|"
            r"certificat n ?°|certificat mensuel|visa (?:de|pour) paiement"
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
            r"projet de decompte|decompte n ?°|attachement (?:de travaux|n ?°)|demande de paiement d'acompte"
        ),
        1.15,
    ),
    (
        "doe_bordereau",
        "doe_bordereau",
        (
            r"dossiers? des? (?:ouvrages? (?:executes?|realises?)|fin de (?:chantier|travaux))|"
            r"\bd\.?\s?o\.?\s?e\.?\b|bordereau (?:de remise|de transmission|d'envoi|de depot|des pieces|"
            r"recapitulatif)|liste des (?:documents|pieces) (?:remis|transmis)\w*|"
            r"dossier (?:technique )?(?:de recolement|final|d'ouvrage)|recepisse de (?:remise|depot)|"
            r"transmission (?:du|des) (?:documents|dossiers?|pieces|d\.?o\.?e)|"
            r"remise (?:du|de|des) (?:d\.?o\.?e|dossiers?|documents)"
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
