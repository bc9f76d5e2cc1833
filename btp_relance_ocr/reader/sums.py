# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What HT, TVA and TTC tell of one another: which are sure, which is another amount."""

import re
from decimal import Decimal

from .model import Found

CENT = Decimal("0.01")
RATES = [Decimal(rate) / 1000 for rate in (200, 100, 55, 85, 21, 196, 0)]
FIELDS = ("montant_ht", "montant_tva", "montant_ttc")


def rate_fit(ht, tva):
    """How near the tax is to a French rate: 0.5, 0.1 for no tax, -0.1 for none of them."""
    for rate in RATES:
        if abs(ht * rate - tva) <= max(Decimal("0.03"), ht * Decimal("0.0002")):
            return 0.5 if rate else 0.1
    return -0.1


def check(found, reverse):
    """Make amounts surer that fit each other at a French rate, drop what contradicts them.

    :param found: {field: Found} of the amounts found by their labels alone, changed in place
    :param reverse: whether the customer owes the tax: HT alone is right then
    """
    if reverse and "montant_ht" in found and "montant_tva" not in found:
        found["montant_ht"].confidence = max(found["montant_ht"].confidence, 0.85)
        ttc = found.get("montant_ttc")
        if ttc and not re.search(r"t\.?t\.?c|toutes taxes", ttc.why.split(" / ")[0]):
            # What is to be paid bears no tax, and may be less than the work.
            del found["montant_ttc"]
        return
    if all(field in found for field in FIELDS):
        _check_three(found)
    else:
        _check_two(found)


def _check_three(found):
    """Of three amounts that do not add up, one that two others contradict is another amount."""
    ht, tva, ttc = (Decimal(found[field].value) for field in FIELDS)
    if abs(ht + tva - ttc) <= 2 * CENT:
        _check_two(found)
        return
    fits = {
        ("montant_ht", "montant_tva"): rate_fit(ht, tva) > 0.4,
        ("montant_tva", "montant_ttc"): ttc > tva and rate_fit(ttc - tva, tva) > 0.4,
        ("montant_ht", "montant_ttc"): ttc > ht and rate_fit(ht, ttc - ht) > 0.4,
    }
    pair = next((pair for pair, fit in fits.items() if fit), None)
    for field in FIELDS:
        if pair and field not in pair:
            del found[field]
    if pair:
        _check_two(found)


def _check_two(found):
    """Two amounts, the third neither printed nor read."""
    ht, tva, ttc = (
        Decimal(found[field].value) if field in found else None for field in FIELDS
    )
    if ht and tva and rate_fit(ht, tva) > 0.4:
        found["montant_ht"].confidence = found["montant_tva"].confidence = 0.88
    elif ht and ttc and _is_with_tax(ht, ttc - ht):
        found["montant_ht"].confidence = found["montant_ttc"].confidence = 0.92
    elif tva and ttc and not ht and rate_fit(ttc - tva, tva) > 0.4:
        # The amount before tax is printed, and could not be read.
        total = found["montant_ttc"]
        found["montant_ht"] = Found(
            str((ttc - tva).quantize(CENT)), 0.72, total.page, total.box, "difference"
        )
        found["montant_tva"].confidence = found["montant_ttc"].confidence = 0.92


def _is_with_tax(ht, tva):
    """Whether a difference is the tax to the cent or two."""
    return any(abs(ht * rate - tva) <= 2 * CENT for rate in RATES if rate)
