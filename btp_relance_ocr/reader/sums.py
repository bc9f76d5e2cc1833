# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What HT, TVA and TTC tell of one another: which are sure, which figure a picture lost or changed."""

from decimal import Decimal

from .model import Found

CENT = Decimal("0.01")
RATES = [Decimal(rate) / 1000 for rate in (200, 100, 55, 85, 21, 196, 0)]
FIELDS = ("montant_ht", "montant_tva", "montant_ttc")
#: How many cents lines rounded one by one may move a tax.
ROUNDING = 3


def rate_fit(ht, tva):
    """How near the tax is to a French rate: 0.5, 0.1 for no tax, -0.1 for none of them."""
    for rate in RATES:
        if abs(ht * rate - tva) <= max(Decimal("0.03"), ht * Decimal("0.0002")):
            return 0.5 if rate else 0.1
    return -0.1


def check(found, reverse):
    """Make amounts surer that fit each other at a French rate, mend a misread figure, drop what contradicts.

    :param found: {field: Found} of the amounts found by their labels alone, changed in place
    :param reverse: whether the customer owes the tax: HT alone is right then
    """
    if reverse and "montant_ht" in found and "montant_tva" not in found:
        found["montant_ht"].confidence = max(found["montant_ht"].confidence, 0.85)
        ttc = found.get("montant_ttc")
        if ttc and ttc.value == found["montant_ht"].value:
            ttc.confidence = 0.85
        return
    if all(field in found for field in FIELDS):
        _check_three(found)
    else:
        _check_two(found)


def _check_three(found):
    """Three amounts that do not add up: one or two lost or changed a figure, or one is another amount."""
    read = [Decimal(found[field].value) for field in FIELDS]
    mended = _mended(read)
    if mended:
        for field, before, after in zip(FIELDS, read, mended, strict=True):
            found[field].value = str(after)
            found[field].confidence = 0.88 if before == after else 0.75
        return
    ht, tva, ttc = read
    if abs(ht + tva - ttc) <= 2 * CENT:
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


def _mended(read):
    """The one (ht, tva, ttc) at a French rate that the amounts were before figures of them were lost, or None.

    At least one was read right, two figures at most were lost or changed.
    """
    best = {}
    for wanted in _likely(*read):
        slips = [_slips(*pair) for pair in zip(read, wanted, strict=True)]
        if None not in slips and 0 in slips and sum(slips) <= 2:
            best.setdefault(sum(slips), set()).add(wanted)
    fewest = best[min(best)] if best else ()
    return fewest.pop() if len(fewest) == 1 else None


def _likely(ht, tva, ttc):
    """Amounts that add up at a rate, one of them as it was read."""
    for rate in filter(None, RATES):
        tax = (ht * rate).quantize(CENT)
        yield ht, tax, ht + tax
        base = (ttc / (1 + rate)).quantize(CENT)
        yield base, ttc - base, ttc
        base = (tva / rate).quantize(CENT)
        for cents in range(-ROUNDING, ROUNDING + 1):
            yield base + cents * CENT, tva, base + cents * CENT + tva


def _slips(read, wanted):
    """How many figures were lost at the front, 1 when one was changed, None when it is another amount."""
    read, wanted = str(read), str(wanted)
    if wanted.endswith(read):
        return len(wanted) - len(read)
    changed = sum(one != other for one, other in zip(read, wanted, strict=False))
    return 1 if changed == 1 and len(read) == len(wanted) else None


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
