# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The labels of the numbers of contracts, orders, service orders, situations and invoices."""

NO = r"(?:n\s?[°o*'\"]s?|n°|nos?\.?|num(?:ero)?\.?|ref(?:erence)?\.?|#)"
SEP = rf"\s*(?:{NO})?\s*(?:[:.]|[,.…_]{{2,}})?\s*(?:{NO})?\s*"
#: A reference holds a digit; letters, digits and the marks between them.
TOKEN = r"(?P<ref>[A-Za-z]{0,6}[ -]?(?=[A-Za-z0-9/_.-]*\d)[A-Za-z0-9]+(?:[/_.-][A-Za-z0-9]+)*)(?![\w|¦!])"
BARE = r"(?P<ref>(?=[A-Za-z0-9/_.-]*\d)[A-Za-z0-9]+(?:[/_.-][A-Za-z0-9]+)*)(?![\w|¦!])"

LABELS = {
    "ref_marche": [
        (
            (
                rf"(?:reference|ref\.?|{NO}|identifiant)\s*(?:du |de |d'|de l'|de ce )?(?:marche|contrat|"
                rf"accord[- ]cadre|l'acte d'engagement)(?: public)?(?: de travaux| de sous-traitance)?"
            ),
            1.0,
        ),
        (
            r"\bm(?:ar)?che(?: public)?(?: de (?:travaux|sous-traitance|services|fournitures)| prive| de base)*"
            r"(?: ?/ ?(?:n° )?(?:de )?lot)?",
            0.9,
        ),
        (
            r"\b(?:contrat|convention|sous-traite|acte special)(?: de (?:sous-traitance|travaux|marche))?",
            0.8,
        ),
        (r"\b(?:accord[- ]cadre|acte d'engagement)", 0.7),
    ],
    "ref_commande": [
        (
            (
                rf"(?:{NO}|reference|ref\.?)\s*(?:du |de |de la |de votre |d')?(?:bon de commande|commande|bdc|"
                rf"cde)(?![-/\w])(?: client| fournisseur)?"
            ),
            1.0,
        ),
        (
            (
                r"\b(?:votre |v/|notre |sur )?(?:bon (?:de|d') ?commande|lettre de commande|"
                r"commande(?: d'achat| fournisseur| client| ferme| de travaux)?|(?:b\.?d?\.?c\.?|cde|"
                r"p\.?o\.?)(?=\s*(?:n|:|\s\w))|(?:purchase order|order|p\.?o\.?)(?: (?:number|no|"
                r"nr))?)(?![\w-])(?: / n°)?"
            ),
            0.92,
        ),
    ],
    "ref_os": [
        (
            rf"(?:{NO})\s*(?:de l'|de l |d'|d)?\s*(?:ordre(?: de service)?|o\.?\s?s\b\.?)",
            1.0,
        ),
        (
            (
                r"\b(?:ordre de service\b|o\.?\s?s\b\.?|ordre\b)(?: de (?:demarrage|commencement|"
                r"prescription))?(?: des travaux)?"
            ),
            0.9,
        ),
    ],
    "ref_situation": [
        (
            rf"(?:{NO})\s*(?:de |de la |d'|du )?(?:situation|acompte|decompte|l'acompte)",
            1.0,
        ),
        (
            (
                r"\b(?:situation(?: de travaux| mensuelle| provisoire| cumulative| intermediaire)*|"
                r"acompte(?: mensuel)?|decompte(?: mensuel| provisoire| periodique)*(?: \(situation\))?)"
            ),
            0.92,
        ),
        (r"\bcertificat (?:de|pour) paiement(?: d'acompte)?", 0.75),
    ],
    "ref_facture": [
        (rf"(?:{NO})\s*(?:de |de la |d')?(?:facture|piece|document)", 1.0),
        (
            r"\bfacture(?: de situation| d'acompte| definitive| de travaux| client| de solde)?\b",
            0.92,
        ),
        (r"\bnumero\b", 0.6),
    ],
}
#: The labels of a credit note's own number.
CREDIT_NOTE = [
    (
        rf"(?:{NO})\s*(?:de |de la |de l'|d')?(?:avoir|note de credit|piece|document)",
        1.0,
    ),
    (r"\b(?:avoir|note de credit)\b", 0.92),
    (r"\bnumero\b", 0.6),
]
#: A number that begins anew each year: ``OS n° 2026-04``, ``Ordre de service OS-2026-04``.
YEARLY = r"(?P<yearly>(?:os[-/])?(?:20)?2\d[-/]\d{1,3})(?![\d/.-])"
SMALL = {"ref_situation", "ref_os"}
