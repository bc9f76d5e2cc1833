# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Why the DSO moved: the part of each debt, and of sales."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from .answer import ZERO, exact
from .dso import YEAR, dso


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
    before: Mapping, after: Mapping, sales_before, sales_after, days: int = YEAR
) -> Cause:
    """Return why R / S × n changed.

    Each debt's part is what it added to R, over the sales of now; what is left is what the
    change of sales did to the debts of before.

    :param before: R of each debt (an invoice, a customer, a chantier) at the first date
    :param after: the same at the second date
    """
    old = dso(sum(map(exact, before.values())), sales_before, days)
    new = dso(sum(map(exact, after.values())), sales_after, days)
    if old.reason or new.reason:
        return Cause(None, ZERO, [])
    sales_after = exact(sales_after)
    parts = [
        (key, (exact(after.get(key)) - exact(before.get(key))) * days / sales_after)
        for key in before.keys() | after.keys()
    ]
    change = new.value - old.value
    way = 1 if change >= 0 else -1
    parts.sort(key=lambda part: (-part[1] * way, str(part[0])))
    old_at_new_sales = dso(sum(map(exact, before.values())), sales_after, days)
    return Cause(change, old_at_new_sales.value - old.value, parts)
