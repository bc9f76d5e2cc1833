# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers that the State and banks give: SIREN, SIRET, VAT, IBAN."""

import re

from stdnum.exceptions import ValidationError
from stdnum.fr import siren, siret, tva
from stdnum.iso7064 import mod_97_10

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_SIREN = re.compile(r"(?<!\d)(?:\d[ .]?){8}\d(?:(?:[ .]?\d){5})?(?!\d)")
_NOT_DIGIT = re.compile(r"\D")


def siret_of(text) -> str:
    """Return a valid SIRET in 14 digits, or nothing."""
    digits = _NOT_DIGIT.sub("", str(text or ""))
    return digits if siret.is_valid(digits) else ""


def siren_of(text) -> str:
    """Return the SIREN in 9 digits of a SIREN, a SIRET or a French VAT number, or nothing."""
    digits = _NOT_DIGIT.sub("", str(text or ""))
    if len(digits) == 14 and siret.is_valid(digits):
        return digits[:9]
    if len(digits) == 9 and siren.is_valid(digits):
        return digits
    compact = re.sub(r"[\s.]", "", str(text or "")).upper()
    if compact.startswith("FR") and tva.is_valid(compact):
        return compact[-9:]
    return ""


def sirens_in(text) -> frozenset:
    """Return the SIREN that stand in a text, alone or within a SIRET."""
    return frozenset(map(siren_of, _SIREN.findall(str(text or "")))) - {""}


def iban_of(text) -> str:
    """Return an IBAN without blanks where its check digits are right, or nothing."""
    compact = re.sub(r"[\s.-]", "", str(text or "")).upper()
    if not _IBAN.fullmatch(compact):
        return ""
    try:
        mod_97_10.validate(compact[4:] + compact[:4])
    except ValidationError:
        return ""
    return compact
