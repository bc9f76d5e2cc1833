# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether something worked: two shares, with numbers of cases and an interval."""

from math import sqrt
from typing import NamedTuple

from .answer import Figure, exact, no

#: 95 % of a normal law.
Z = 1.959963984540054
#: Fewer cases on a side say nothing.
FEWEST = 10


class Effect(NamedTuple):
    """What a step seems to change, and how sure that is.

    :param reminded: share of the amounts reminded that was paid in time
    :param compared: the same of comparable amounts not reminded
    :param difference: the first less the second
    :param low: of the 95 % interval of the difference of the numbers paid
    :param high: the same
    """

    reminded: Figure
    compared: Figure
    difference: Figure
    low: float | None
    high: float | None
    cases: int
    others: int


def wilson(hits: int, cases: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927): sound for few cases too."""
    if not cases:
        return 0.0, 1.0
    share, square = hits / cases, Z * Z
    middle = (share + square / (2 * cases)) / (1 + square / cases)
    half = (
        Z
        * sqrt(share * (1 - share) / cases + square / (4 * cases * cases))
        / (1 + square / cases)
    )
    return max(middle - half, 0.0), min(middle + half, 1.0)


def difference(hits: int, cases: int, other_hits: int, others: int) -> Effect:
    """Return what sets two groups apart (Newcombe 1998, method 10).

    :param hits: amounts reminded that were paid in time, of ``cases``
    :param other_hits: amounts not reminded that were paid in time, of ``others``
    """
    few = no("few_cases")
    mine = Figure(exact(hits) / cases) if cases else few
    theirs = Figure(exact(other_hits) / others) if others else few
    if min(cases, others) < FEWEST:
        return Effect(mine, theirs, few, None, None, cases, others)
    one, other = hits / cases, other_hits / others
    low, high = wilson(hits, cases)
    other_low, other_high = wilson(other_hits, others)
    apart = one - other
    return Effect(
        mine,
        theirs,
        Figure(mine.value - theirs.value),
        apart - sqrt((one - low) ** 2 + (other_high - other) ** 2),
        apart + sqrt((high - one) ** 2 + (other - other_low) ** 2),
        cases,
        others,
    )
