# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person is asked for on a paper of each kind.

Pure: nothing here needs Odoo. A value has the form that the reader gives it: an ISO date, a decimal
string, a boolean, a list of strings.
"""

from datetime import timedelta
from decimal import Decimal, InvalidOperation

PARTIES = (
    "ref_marche",
    "lot",
    "chantier",
    "donneur_ordre",
    "entreprise",
    "maitre_oeuvre",
    "siret",
)
AMOUNTS = ("montant_ht", "montant_tva", "montant_ttc")
#: {kind: its fields, what decides first}
FIELDS = {
    "pv_reception": (
        "decision",
        "date_reception",
        "signed",
        "date_signature",
        "reserves",
        "reserves_list",
        "reserves_deadline",
        "ref_commande",
        *PARTIES,
    ),
    "pv_opr": (
        "date_document",
        "signed",
        "date_signature",
        "reserves",
        "reserves_list",
        *PARTIES,
    ),
    "pv_levee_reserves": (
        "decision",
        "date_levee",
        "signed",
        "date_signature",
        "reserves",
        "reserves_list",
        "date_reception",
        *PARTIES,
    ),
    "bon_commande": (
        "ref_commande",
        "date_document",
        "signed",
        "date_signature",
        *AMOUNTS,
        *PARTIES,
    ),
    "ordre_service": (
        "ref_os",
        "date_effet",
        "date_document",
        "signed",
        "date_signature",
        *PARTIES,
    ),
    "situation": (
        "ref_situation",
        "periode",
        "date_document",
        "signed",
        "date_signature",
        *AMOUNTS,
        *PARTIES,
    ),
    "certificat_paiement": (
        "ref_situation",
        "date_document",
        "signed",
        "date_signature",
        *AMOUNTS,
        *PARTIES,
    ),
    "doe_bordereau": (
        "date_document",
        "nb_documents",
        "signed",
        "date_signature",
        *PARTIES,
    ),
    "facture": (
        "ref_facture",
        "date_document",
        "date_echeance",
        *AMOUNTS,
        "tva_detail",
        "iban",
        "ref_commande",
        "ref_marche",
        "ref_situation",
        "chantier",
        "donneur_ordre",
        "entreprise",
        "siret",
    ),
    "avoir": (
        "ref_facture",
        "date_document",
        *AMOUNTS,
        "tva_detail",
        "ref_facture_origine",
        "chantier",
        "entreprise",
        "siret",
    ),
    "attestation": ("certificat", "date_fin", "date_document", "entreprise", "siret"),
    "caution": (
        "date_document",
        "banque",
        "montant_ttc",
        "ref_marche",
        "chantier",
        "donneur_ordre",
        "entreprise",
    ),
    "autre": (),
}
#: Without these a paper of the kind changes nothing: their absence is shown.
CORE = {
    "pv_reception": ("decision", "date_reception", "signed"),
    "pv_levee_reserves": ("decision", "date_levee", "signed"),
    "bon_commande": ("ref_commande",),
    "ordre_service": ("ref_os", "date_effet", "signed"),
    "situation": ("montant_ht", "signed"),
    "certificat_paiement": ("montant_ht", "signed"),
    "doe_bordereau": ("date_document",),
    "facture": ("ref_facture", "date_document", "montant_ttc", "siret"),
    "avoir": ("ref_facture", "date_document", "montant_ttc"),
    "attestation": ("certificat", "date_fin"),
    "caution": ("date_document", "banque", "montant_ttc"),
}
DECISIONS = {
    "pv_reception": ("sans_reserve", "avec_reserves", "sous_reserve", "refusee"),
    "pv_levee_reserves": ("levee_totale", "levee_partielle"),
}
CERTIFICATES = ("urssaf", "decennale")
#: The kinds of which an unsigned paper proves nothing.
SIGNED = (
    "pv_reception",
    "pv_levee_reserves",
    "ordre_service",
    "situation",
    "certificat_paiement",
)
_TYPES = {
    "decision": "choice",
    "reserves": "boolean",
    "signed": "boolean",
    "reserves_list": "list",
    "tva_detail": "list",
    "certificat": "choice",
    "reserves_deadline": "date",
    "periode": "month",
    "siret": "siret",
    "iban": "iban",
    "nb_documents": "integer",
}


def type_of(field):
    """The type of a field: ``date``, ``month``, ``amount``, ``integer``, ``boolean``, ``choice``, ``list``,
    ``siret``, ``iban``, ``reference`` or ``text``."""
    if field in _TYPES:
        return _TYPES[field]
    for prefix, kind in (
        ("date_", "date"),
        ("montant_", "amount"),
        ("ref_", "reference"),
    ):
        if field.startswith(prefix):
            return kind
    return "reference" if field == "lot" else "text"


def choices(kind, field):
    """What a person chooses from in a field of a kind."""
    if field == "certificat":
        return CERTIFICATES
    return DECISIONS.get(kind, ()) if field == "decision" else ()


def same(one, other):
    """Whether two values of a field say the same."""
    if isinstance(one, str) and isinstance(other, str):
        try:
            return Decimal(one) == Decimal(other)
        except InvalidOperation:
            return one.strip() == other.strip()
    empty = (None, "", [])
    return one == other or (one in empty and other in empty)


def contradictions(kind, values, today):
    """What on a paper cannot be true together.

    :return: list of codes
    """
    found = []
    amounts = {name: _decimal(values.get(name)) for name in AMOUNTS}
    if None not in amounts.values():
        gap = amounts["montant_ht"] + amounts["montant_tva"] - amounts["montant_ttc"]
        # Reverse charge: the VAT is printed, and not in the total.
        if (
            abs(gap) > Decimal("0.05")
            and amounts["montant_ht"] != amounts["montant_ttc"]
        ):
            found.append("sum")
    if values.get("decision") == "sans_reserve" and values.get("reserves_list"):
        found.append("reserves")
    late = str(today + timedelta(days=1))
    if any(
        (values.get(name) or "") > late
        for name in ("date_reception", "date_levee", "date_signature", "date_document")
    ):
        found.append("future")
    reception, lifted = values.get("date_reception"), values.get("date_levee")
    if kind == "pv_levee_reserves" and reception and lifted and lifted < reception:
        found.append("order")
    return found


def _decimal(value):
    try:
        return None if value is None else Decimal(value)
    except (InvalidOperation, TypeError):
        return None
