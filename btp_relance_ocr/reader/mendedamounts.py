# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Amounts of which a picture lost or changed figures, put right where the two others of their sum tell them.

``11 310,85`` of which only ``310,85`` was read is 11 310,85 where HT and TTC are that far apart and the rate of tax
is right to the cent. What the others do not tell to the cent stays as it was read.
"""

from decimal import Decimal

from .printedamounts import HT, TTC, TVA
from .sums import CENT, RATES

THOUSAND = Decimal(1000)


def mend(amounts):
    """Put right the amounts of pictures, in place: HT, TVA and TTC under one another."""
    taxes = [a for a in amounts if a.page.source == "ocr" and _role(a) == "tva"]
    for tax in taxes:
        ht = _near(tax, amounts, "ht", -1)
        ttc = _near(tax, amounts, "ttc", 1)
        if ht and ttc and abs(ht.value + tax.value - ttc.value) > 2 * CENT:
            _of_three(ht, tax, ttc)
        elif ht and not ttc and not _fits(ht.value, tax.value):
            _of_tax(ht, tax)


def _role(amount):
    """Which of the three an amount's label makes it, or None."""
    for role, pattern in (("ttc", TTC), ("tva", TVA), ("ht", HT)):
        if pattern.search(amount.label):
            return role
    return None


def _near(tax, amounts, role, way):
    """The next amount over (-1) or under (1) a tax in its column that has a role."""
    for amount in amounts[:: -1 if way < 0 else 1]:
        if (
            amount.page is tax.page
            and (amount.order - tax.order) * way > 0
            and abs(amount.box[2] - tax.box[2]) < 40
            and 0 < (amount.box[1] - tax.box[1]) * way < 70
            and _role(amount) == role
        ):
            return amount
    return None


def _fits(ht, tva):
    """Whether a tax is a French rate of an amount, to the cent."""
    return any(abs(ht * rate - tva) <= CENT for rate in RATES if rate)


def _is_rest(read, whole):
    """Whether what was read is a number without its first figures, or with one other figure."""
    if read == whole:
        return True
    one, other = f"{read:.2f}", f"{whole:.2f}"
    if len(one) < len(other):
        return len(one) > 5 and other.endswith(one)
    return len(one) == len(other) and sum(map(str.__ne__, one, other)) == 1


def _of_three(ht, tax, ttc):
    """One of three from the two others, or two from the tax where both fit it."""
    for amount, whole, sure in (
        (ht, ttc.value - tax.value, (ttc.value - tax.value, tax.value)),
        (tax, ttc.value - ht.value, (ht.value, ttc.value - ht.value)),
        (ttc, ht.value + tax.value, (ht.value, tax.value)),
    ):
        if _fits(*sure) and _is_rest(amount.value, whole):
            _set(amount, whole)
            return
    before = ht.value
    _of_tax(ht, tax)
    if ht.value != before and _is_rest(ttc.value, ht.value + tax.value):
        _set(ttc, ht.value + tax.value)


def _of_tax(ht, tax):
    """An amount that lost its thousands, from its tax."""
    for rate in filter(None, RATES):
        thousands = round((tax.value / rate - ht.value) / THOUSAND)
        whole = ht.value + THOUSAND * thousands
        if (
            ht.value >= 100
            and thousands > 0
            and abs(whole * rate - tax.value) <= CENT
            and _is_rest(ht.value, whole)
        ):
            _set(ht, whole)
            return


def _set(amount, value):
    """What an amount really is; no field of it is sure."""
    amount.value, amount.sure, amount.mended = value, min(amount.sure, 0.5), True
