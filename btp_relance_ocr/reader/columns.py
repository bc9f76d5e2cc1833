# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tables of what is cumulated, what came before and this period's: each column's role, by its sums and headers."""

import re

from .sums import CENT, rate_fit

CUMULATED = re.compile(r"cumul|a ce jour|fin de mois|depuis l'origine")
#: The sum of two buildings or of two contracts, both of them this period's.
WHOLE = re.compile(r"total|ensemble")
BEFORE = re.compile(
    r"anterieur|precedent|deja|mois[- ]1|m[- ]1\b|verse|regle|paye|facture"
)
THIS = re.compile(r"present|mois(?! prec)|periode|en cours|acompte|situation|certifie")
#: How near the right edges of one column's amounts stand, in points.
EDGE = 25


def settle(amounts):
    """Tell each amount's ``column``: ``cumulated``, ``before``, ``period``, or ``either`` of the two last.

    What is cumulated is the sum of what came before and of this period in every row of the table, also where a
    header cannot be read.
    """
    summed = [parts for row in _rows(amounts) if (parts := _sum_of(row))]
    for whole, *two in summed:
        alike = [parts for parts in summed if all(map(_aligned, parts, (whole, *two)))]
        heads = [BEFORE.search(a.header) is not None for a in two]
        this = [
            THIS.search(a.header) is not None and not before
            for a, before in zip(two, heads, strict=True)
        ]
        told = any(heads) or any(this) or CUMULATED.search(whole.header)
        if len(alike) < 2 or (not told and WHOLE.search(whole.header)):
            continue
        whole.column = "cumulated"
        if heads[0] == heads[1] and this[0] == this[1]:
            two[0].column = two[1].column = "either"
            continue
        first = heads[1] or (this[0] and not heads[0])
        two[0].column, two[1].column = (
            ("period", "before") if first else ("before", "period")
        )


def _rows(amounts):
    """The amounts of each line."""
    rows = {}
    for amount in amounts:
        rows.setdefault((amount.page.number, amount.segment.line), []).append(amount)
    return rows.values()


def _sum_of(row):
    """(sum, one, other) of a line where an amount is the sum of two others that are no tax of one another, or None."""
    for whole in row:
        for index, one in enumerate(row):
            for other in row[index + 1 :]:
                if (
                    whole not in (one, other)
                    and min(one.value, other.value) > 0
                    and abs(one.value + other.value - whole.value) <= CENT
                    and max(
                        rate_fit(one.value, other.value),
                        rate_fit(other.value, one.value),
                    )
                    < 0.4
                ):
                    return whole, one, other
    return None


def _aligned(one, other):
    """Whether two amounts stand in one column."""
    return abs(one.box[2] - other.box[2]) < EDGE
