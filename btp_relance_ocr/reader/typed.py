# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person's typing means for a field. Pure, as `forms` is."""

import re
from datetime import date, timedelta
from decimal import Decimal

from .forms import CERTIFICATES, DECISIONS, type_of
from .values import (
    find_amounts,
    find_dates,
    find_period,
    find_sirets,
    is_siret,
    make_date,
)


class Wrong(ValueError):
    """What was typed is no value of the field: ``code`` says which sentence to tell."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


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
