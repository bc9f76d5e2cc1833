# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the invoices of a building company say, in the customer's language."""

from datetime import date
from decimal import Decimal

from babel.dates import format_date

TEXTS = {
    "fr_FR": {
        "progress": "Acompte à la commande – {percent} % du marché de {contract} € HT",
        "advance": "Avance de {percent} % sur le marché de {contract} € HT",
        "situation": "Situation de travaux n° {number} – travaux exécutés en {month}\n"
        "Avancement cumulé {share} % du marché de {contract} € HT, "
        "situations précédentes déduites",
        "refund_private": "Reprise de l'acompte au prorata de l'avancement",
        "refund_public": "Remboursement de l'avance",
        "revision": "Révision de prix – coefficient {coefficient} "
        "({label} : {index} / {base})",
        "extra_private": "Travaux supplémentaires – {text} (devis accepté)",
        "extra_public": "Travaux supplémentaires – {text} (ordre de service n° {order})",
        "final_private": "Solde du marché – décompte définitif accepté",
        "final_public": "Solde du marché – décompte général et définitif (DGD)",
    },
    "en_GB": {
        "progress": "Down payment – {percent} % of the contract of € {contract}",
        "situation": "Progress claim no. {number} – works done in {month}\n"
        "Cumulative progress {share} % of the contract of € {contract}, "
        "less previous claims",
        "refund_private": "Recovery of the down payment, in proportion to progress",
        "extra_private": "Extra works – {text} (quotation accepted)",
        "final_private": "Final account",
    },
}

#: Plain invoices by kind of customer: text and kind of income.
PLAIN = {
    "trade": (
        (
            "Location d'un échafaudage de pied, {weeks} semaines, montage compris",
            "rental",
        ),
        (
            "Mise à disposition d'une grue à tour avec grutier, {weeks} semaines",
            "rental",
        ),
        ("Location de banches et d'étais, {weeks} semaines", "rental"),
        ("Reprise de maçonnerie après réservations des autres corps d'état", "works"),
        ("Scellements et calfeutrements – intervention ponctuelle", "works"),
        (
            "Études d'exécution béton armé – plans de coffrage et de ferraillage",
            "study",
        ),
    ),
    "public": (
        ("Marché à bons de commande – reprise d'enduits et de joints", "works"),
        ("Marché à bons de commande – mise en accessibilité des entrées", "works"),
        ("Marché à bons de commande – réfection de dallages extérieurs", "works"),
        ("Diagnostic structure et notes de calcul", "study"),
    ),
    "home": (
        ("Réfection d'un mur de clôture en pierre", "works"),
        ("Ouverture d'un mur porteur avec pose d'IPN", "works"),
        ("Dalle béton et seuils de garage", "works"),
        ("Traitement des remontées capillaires", "works"),
    ),
    "english": (
        ("Maintenance of joints and floor coating, {weeks}-week visit", "works"),
        ("Repair of loading dock bumpers and thresholds", "works"),
    ),
}


def number(amount: Decimal, lang: str, digits: int = 2) -> str:
    """Write a number as the customer does: ``12 345,60`` or ``12,345.60``."""
    text = f"{amount:,.{digits}f}"
    if lang == "fr_FR":
        text = text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return text


def month(day: date, lang: str) -> str:
    """Name the month of ``day``."""
    return format_date(day, "MMMM y", locale=lang)


def write(name: str, lang: str, **values) -> str:
    """Return the text ``name`` in ``lang``, filled in."""
    return TEXTS[lang][name].format(**values)
