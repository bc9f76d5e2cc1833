# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Why the DSO moved: the part of each debt, and of sales."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from .answer import ZERO, exact
from .dso import YEAR, dso, over_history

#: Parts that are no debt of anybody.
SALES, OTHERS = "sales", "others"
TENTH = Decimal("0.1")


class Cause(NamedTuple):
    """What moved the DSO most.

    :param change: days between the two dates; None where one of them has no DSO
    :param sales: the days of it that sales alone make
    :param parts: ``(key, days)`` of each debt, the largest push first, adding up with
        :attr:`sales` to the change
    """

    change: Decimal | None
    sales: Decimal
    parts: list[tuple]


def explain(
    before: Mapping,
    after: Mapping,
    sales_before,
    sales_after,
    days_before: int = YEAR,
    days_after: int = YEAR,
) -> Cause:
    """Return why R / S × n changed.

    Each debt's part is what it added to R, over the sales of now; what is left is what the
    change of sales (and of the days that they cover) did to the debts of before.

    :param before: R of each debt (an invoice, a customer, a chantier) at the first date
    :param after: the same at the second date
    :param days_before: days for which the ledger holds invoices at the first date
    """
    owed = sum(map(exact, before.values()))
    old = over_history(dso, owed, sales_before, covered=days_before)
    new = over_history(
        dso, sum(map(exact, after.values())), sales_after, covered=days_after
    )
    if old.reason or new.reason:
        return Cause(None, ZERO, [])
    rate = min(days_after, YEAR) / exact(sales_after)
    parts = [
        (key, (exact(after.get(key)) - exact(before.get(key))) * rate)
        for key in before.keys() | after.keys()
    ]
    change = new.value - old.value
    way = 1 if change >= 0 else -1
    parts.sort(key=lambda part: (-part[1] * way, str(part[0])))
    return Cause(change, owed * rate - old.value, parts)


def shown(found: Cause, most: int = 2, least=Decimal("0.5")) -> tuple:
    """Return the change and its parts to a tenth of a day, adding up as they are read.

    :param most: debts that are named, the largest pushes in the way of the change
    :param least: a push of less is not named
    :return: ``change, [(key, days)]``: debts, then :data:`SALES`, then :data:`OTHERS` with
        all that is not named and what rounding left
    """
    change = found.change.quantize(TENTH)
    way = 1 if found.change >= 0 else -1
    named = [
        (key, days)
        for key, days in found.parts
        if key is not None and days * way >= least
    ][:most]
    if abs(found.sales) >= least:
        named.append((SALES, found.sales))
    parts = [(key, days.quantize(TENTH)) for key, days in named]
    rest = change - sum((days for _key, days in parts), ZERO)
    return change, [*parts, (OTHERS, rest)] if rest else parts
