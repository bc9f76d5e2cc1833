# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether a token is a reference, and how it is written."""

import re

from .referencewords import SMALL
from .values import find_dates, is_siret, plain


def tidy(raw, field):
    """A reference as printed, without the words stuck to it."""
    value = re.sub(r"(?<=\d)lot$", "", raw.strip(" .,:;-/_"), flags=re.IGNORECASE)
    lead = re.match(r"^([A-Za-z]{1,6}) (?=\S)", value)
    if lead and (
        plain(lead[1])
        in {
            "du",
            "de",
            "le",
            "n",
            "no",
            "et",
            "au",
            "en",
            "la",
            "lot",
            "date",
            "sur",
            "par",
            "pour",
            "les",
            "des",
            "aux",
            "client",
            "public",
            "ref",
            "num",
            "ttc",
            "ht",
            "situ",
        }
        or lead[1].islower()
    ):
        value = value[lead.end() :]
    if field in SMALL:
        value = value.lstrip("0") or "0"
    return value


def mended(value, field):
    """A reference from a picture whose pattern tells which letter was taken for a figure, or the other way round."""
    if field == "lot":
        return re.sub(r"^[Oo](?=\d$)", "0", value)
    if field == "ref_commande":
        # A purchase order's own letters.
        value = re.sub(r"^P0(?=[-/ ]?\d{4,}$)", "PO", value)
    # The year that it begins with.
    value = re.sub(r"^2[Oo](?=2\d[-/.])", "20", value)
    return re.sub(r"^((?:20)?2)S(?=[-/.]\d)", r"\g<1>5", value)


def is_reference(value, field, around, numbered):
    """Whether a token is a reference rather than a date, an amount, a percentage or a year."""
    if field in SMALL:
        return value.isdigit() and 0 < int(value) < 200
    if (
        find_dates(value)
        and re.search(r"[/.-]", value)
        and len(re.sub(r"\D", "", value)) in (6, 8)
        and not re.search(r"[A-Za-z]", value)
    ):
        return False
    if re.match(
        r"(?:exe|page|siret|siren|tva|rcs|ape|naf|tel|fax|bp|date|lot|art|article|delai|taux|ht|"
        r"ttc|rue|le|du|au) ?\d",
        plain(value),
    ):
        return False
    if not numbered and re.match(r"cs ?\d", plain(value)):
        return False
    digits = re.sub(r"\D", "", value)
    if len(digits) == 14 and is_siret(digits):
        return False
    if re.fullmatch(r"(?:19|20)\d\d", value) and not numbered:
        return False
    if re.fullmatch(r"\d{1,2}", value) and not numbered:
        return False
    if re.search(re.escape(plain(value)) + r"\s?(?:%|€|eur\b)", around) or re.fullmatch(
        r"\d{1,3}[.,]\d{2}", value
    ):
        return False
    return len(value) <= 28
