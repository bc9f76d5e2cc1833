# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person is asked for on a paper of each kind, and what their typing means.

Pure: nothing here needs Odoo. A value has the form that the reader gives it: an ISO date, a decimal
string, a boolean, a list of strings.
"""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from .values import (
    find_amounts,
    find_dates,
    find_period,
    find_sirets,
    is_siret,
    make_date,
)

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


class Wrong(ValueError):
    """What was typed is no value of the field: ``code`` says which sentence to tell."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


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


def parse(field, text, today):
    """What a text typed by a person, or taken from the paper, means for a field.

    :param date today: for a day written without its year
    :return: the value, None when nothing is written
    :raise Wrong: when it holds no value of the field
    """
    text = re.sub(r"\s+", " ", text or "").strip()
    if not text:
        return None
    return _PARSERS.get(type_of(field), _text)(text, today)


def grow(field, words, index, today):
    """Which words around the one that was clicked make the field's value: "12" in "12 345,67 €".

    :param list words: the texts of the words of its line, from left to right
    :param int index: the one that was clicked
    :return: (first, last + 1)
    """
    kind = type_of(field)
    spans = [
        (start, end)
        for start in range(max(0, index - 6), index + 1)
        for end in range(index + 1, min(len(words), index + 7) + 1)
        if end - start <= 8
    ]
    spans.sort(key=lambda span: span[1] - span[0])
    if kind == "amount":
        # The longest that is one amount and nothing else.
        whole = [span for span in spans if _is_amount(" ".join(words[slice(*span)]))]
        return whole[-1] if whole else (index, index + 1)
    if kind in ("date", "month", "siret", "iban"):
        for span in spans:
            try:
                parse(field, " ".join(words[slice(*span)]), today)
            except Wrong:
                continue
            return span
    return index, index + 1


def _is_amount(text):
    found = find_amounts(text)
    return len(found) == 1 and found[0][1] == 0 and found[0][2] >= len(text.rstrip())


def check(field, value):
    """Whether a value has the form of the field's values."""
    if value is None:
        return True
    kind = type_of(field)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "list":
        return isinstance(value, list) and all(
            isinstance(item, str) and item.strip() for item in value
        )
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if not isinstance(value, str) or not value.strip() or len(value) > 500:
        return False
    if kind == "choice":
        known = (CERTIFICATES,) if field == "certificat" else tuple(DECISIONS.values())
        return any(value in values for values in known)
    try:
        return kind in ("text", "reference", "iban") or (
            parse(field, value, date.today()) == value
        )
    except Wrong:
        return False


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


def _date(text, today):
    days = find_dates(text)
    if days:
        return days[0][0].isoformat()
    day = None
    digits = re.sub(r"\D", "", text)
    if re.fullmatch(r"\d{6}|\d{8}", text):
        day = make_date(digits[:2], digits[2:4], digits[4:])
    elif match := re.fullmatch(r"(\d{1,2})[ /.-](\d{1,2})", text):
        day = make_date(match[1], match[2], today.year)
        if day and day > today + timedelta(days=31):
            # Papers tell what was: in January, 28/12 is last year's.
            day = make_date(match[1], match[2], today.year - 1)
    if not day:
        raise Wrong("date")
    return day.isoformat()


def _month(text, today):
    found = find_period(text)
    if found:
        return found[0]
    raise Wrong("month")


def _amount(text, today):
    amounts = find_amounts(text)
    if amounts:
        return f"{amounts[0][0]:.2f}"
    bare = re.sub(r"[ '€]", "", text.replace("\u2212", "-"))
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+|-?\d+", bare):
        return f"{Decimal(bare.replace('.', '')):.2f}"
    if re.fullmatch(r"-?\d+[.,]\d", bare):
        return f"{Decimal(bare.replace(',', '.')):.2f}"
    raise Wrong("amount")


def _siret(text, today):
    for digits, right, _start, _end in find_sirets(text):
        if right:
            return digits
    bare = re.sub(r"\D", "", text)
    if is_siret(bare):
        return bare
    raise Wrong("siret")


def _iban(text, today):
    match = re.search(r"[A-Za-z]{2}\d{2}[A-Za-z0-9 ]{10,40}", text)
    bare = re.sub(r"[^A-Z0-9]", "", match[0].upper()) if match else ""
    turned = "".join(str(int(letter, 36)) for letter in bare[4:] + bare[:4])
    if not bare or int(turned) % 97 != 1:
        raise Wrong("iban")
    return bare


def _integer(text, today):
    match = re.search(r"\d+", text)
    if not match:
        raise Wrong("integer")
    return int(match[0])


def _reference(text, today):
    return text.strip(" :;,") or None


def _text(text, today):
    return text.strip(" :;,") or None


_PARSERS = {
    "date": _date,
    "month": _month,
    "amount": _amount,
    "siret": _siret,
    "iban": _iban,
    "integer": _integer,
    "reference": _reference,
}
