# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How the VAT of a bill is shared between rates: what a person wrote, or what its page allows.

No Odoo here. Bills of building companies mix 5,5 %, 10 % and 20 %: the totals alone do not tell
which amount has which rate, the bases printed beside the rates do.
"""

import re
from decimal import Decimal
from itertools import combinations, permutations
from typing import NamedTuple

RATE = re.compile(r"(?<![\d,.])(\d{1,2}(?:[.,]\d{1,2})?)\s*%")
CENT = Decimal("0.01")
#: More rates than that stand on no bill of one supplier, and more amounts tell nothing.
MOST_RATES, MOST_AMOUNTS = 3, 80


class Part(NamedTuple):
    """A rate, what it is of, and the VAT that it makes."""

    rate: Decimal
    base: Decimal
    vat: Decimal


def parse(text: str, find_amounts) -> Part | None:
    """Return what a person wrote: “20 % : 1 000,00”, with the VAT after it where they like.

    :param find_amounts: function that finds amounts in a text, as ``reader.values`` does
    :return: None where it is no rate with an amount
    """
    found = RATE.search(text or "")
    if not found:
        return None
    rate = _rate(found[1])
    amounts = [one[0] for one in find_amounts(text[found.end() :])]
    if not amounts:
        bare = re.sub(r"[^\d,.-]", "", text[found.end() :]).replace(",", ".").strip(".")
        if not re.fullmatch(r"-?\d+(\.\d)?", bare):
            return None
        amounts = [Decimal(bare)]
    base = Decimal(amounts[0]).quantize(CENT)
    vat = Decimal(amounts[1]).quantize(CENT) if len(amounts) > 1 else _vat(base, rate)
    # The VAT that a supplier reckoned line by line may be a cent or two away, not more.
    return Part(rate, base, vat) if abs(vat - _vat(base, rate)) <= 2 * CENT else None


def rates_in(text: str) -> set[Decimal]:
    """Return the percentages that a text names."""
    return {_rate(number) for number in RATE.findall(text or "")}


def share(untaxed, vat, rates, amounts) -> list[Part] | None:
    """Return how a page shares an amount between the rates that it names.

    Each base must stand on the page, the bases must add up to the amount before tax and their
    VAT to the VAT. Where two ways do, or none, a person says.

    :param rates: those that the page names and the company has taxes of
    :param amounts: those that stand on the page
    """
    untaxed, vat = Decimal(str(untaxed)), Decimal(str(vat))
    amounts = {abs(Decimal(one).quantize(CENT)) for one in amounts}
    amounts = {one for one in amounts if 0 < one < untaxed}
    if len(amounts) > MOST_AMOUNTS:
        return None
    found = [
        parts
        for count in range(2, MOST_RATES + 1)
        for some in combinations(sorted(rates), count)
        for parts in _bases(some, untaxed, vat, amounts)
    ]
    return list(found[0]) if len(found) == 1 else None


def _bases(rates, untaxed, vat, amounts):
    """Yield each choice of bases for some rates that makes both sums."""
    for bases in permutations(amounts, len(rates) - 1):
        last = untaxed - sum(bases)
        if last not in amounts:
            continue
        parts = tuple(
            Part(rate, base, _vat(base, rate))
            for rate, base in zip(rates, (*bases, last), strict=True)
        )
        if abs(sum(part.vat for part in parts) - vat) <= CENT * len(parts):
            yield parts


def _rate(number: str) -> Decimal:
    return Decimal(number.replace(",", ".")).normalize()


def _vat(base: Decimal, rate: Decimal) -> Decimal:
    return (base * rate / 100).quantize(CENT)
