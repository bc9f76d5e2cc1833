# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cash expected by week from what the ledger knows: dates, promises, and payers' habits.

A payer's habit is the delays of what it paid, few of them leaning on everybody's. What is
late already is expected by how such debts went on, not by its due date.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

WEEKS = 13
#: Payments of everybody that weigh as much as a payer's own.
LEAN = 5
#: Nine chances in ten lie under so many deviations.
NINE_IN_TEN = 1.2815515655446004


class Open(NamedTuple):
    """An amount that is still to come.

    :param payer: who pays, a key of the habits
    :param float amount: in the company's currency
    :param int late: days since the due date, negative before
    :param promised: days until the day promised or agreed, None where nothing was
    """

    payer: object
    amount: float
    late: int
    promised: int | None = None


class Week(NamedTuple):
    """What one week is expected to bring, and nine chances in ten of each side."""

    expected: float
    low: float
    high: float


class Habits:
    """Delays of what was paid, by payer and of all.

    :param delays: sorted days late of each payer's payments
    :param kept: share of promises that was received
    """

    def __init__(self, delays: Mapping[object, Sequence[int]], kept: float = 1.0):
        self.delays = {payer: sorted(days) for payer, days in delays.items()}
        self.all = sorted(day for days in self.delays.values() for day in days)
        self.kept = kept

    def paid_by(self, payer, day: int) -> float:
        """Return the chance that an amount is paid by that many days after its due date."""
        if not self.all:
            # Nothing known: on the due date.
            return float(day >= 0)
        common = bisect_right(self.all, day) / (len(self.all) + 1)
        mine = self.delays.get(payer, ())
        return (bisect_right(mine, day) + LEAN * common) / (len(mine) + LEAN)

    def chances(self, one: Open, weeks: int = WEEKS) -> list[float]:
        """Return the chance of each of the next weeks to bring an amount."""
        if one.promised is not None:
            # What was promised for a day that is over is not expected twice.
            week = one.promised // 7
            return [self.kept * (week == rank) for rank in range(weeks)]
        if not self.all and one.late >= 0:
            return [float(rank == 0) for rank in range(weeks)]
        before = self.paid_by(one.payer, one.late)
        left = 1 - before
        chances = []
        for rank in range(1, weeks + 1):
            after = self.paid_by(one.payer, one.late + 7 * rank)
            chances.append((after - before) / left if left > 0 else 0.0)
            before = after
        return chances


def expect(amounts: Iterable[Open], habits: Habits, weeks: int = WEEKS) -> list[Week]:
    """Return what each week is expected to bring.

    The band takes amounts as independent of each other, which those of one payer are not:
    all that is due by one payer moves together, and is added up before it is squared.
    """
    expected, spread = [0.0] * weeks, [0.0] * weeks
    groups: dict = {}
    for one in amounts:
        group = groups.setdefault(one.payer, [0.0] * weeks)
        for rank, chance in enumerate(habits.chances(one, weeks)):
            if chance:
                expected[rank] += one.amount * chance
                group[rank] += abs(one.amount) * sqrt(chance * max(1 - chance, 0.0))
    for group in groups.values():
        for rank, value in enumerate(group):
            spread[rank] += value * value
    return [
        Week(
            mean,
            max(mean - NINE_IN_TEN * sqrt(square), 0.0),
            mean + NINE_IN_TEN * sqrt(square),
        )
        for mean, square in zip(expected, spread, strict=True)
    ]
