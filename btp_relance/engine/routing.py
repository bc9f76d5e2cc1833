# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which step comes next: a scenario turned into a table of routes.

The decision is taken here, once per scenario and without a database. The result is
a handful of rows that SQL joins to the ledger, so that a million échéances follow the
same rule as the one a test looks at.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile, zip_longest
from typing import NamedTuple

#: ``last_days`` of an échéance for which nothing was ever sent. Like `FOREVER`, a bound that
#: no number of days reaches: years 1 and 9999 are 3 652 058 days apart.
NEVER = -4_000_000
#: Bound of an open interval of days.
FOREVER = 4_000_000
#: First day of an age that is late.
LATE = 1


class StepFacts(NamedTuple):
    """What routing needs to know of a step.

    :param int id: database id of the step
    :param int days: days after the due date (negative: before it)
    :param bool preventive: the step makes sense only until the amount or the next step
        is due
    :param bool entry: a first contact on an old debt may begin here
    """

    id: int
    days: int
    preventive: bool = False
    entry: bool = True


class Route(NamedTuple):
    """The next step of the échéances whose history and age fall in two intervals.

    Both intervals are half-open: ``last_from <= last < last_to`` (days of the last step
    done, `NEVER` if none) and ``age_from <= age < age_to`` (days after the due date).
    """

    step_id: int
    last_from: int
    last_to: int
    age_from: int
    age_to: int


def routes(steps: Iterable[StepFacts], start_by_age: bool = False) -> list[Route]:
    """Return every route of a scenario.

    No level is ever skipped: after a step comes the following one. Two things only move
    the cursor further: a *preventive* step lapses when the amount is late or the next step
    due (nobody is wished a timely payment after the date), and a first contact starts by
    age when the scenario says so, at most at its last step that is an ``entry``.

    :param steps: the active steps of one scenario, in any order
    :param start_by_age: first contact at the step that the age suggests, not the first
    :return: routes that do not overlap
    """
    ordered = sorted(steps, key=lambda step: step.days)
    starts = [NEVER, *(step.days for step in ordered)]
    spans = [
        (last_from, last_to, ordered[position:], False)
        for position, (last_from, last_to) in enumerate(pairwise([*starts, FOREVER]))
    ]
    if start_by_age:
        _from, last_to, following, _by_age = spans[0]
        spans[0] = (NEVER + 1, last_to, following, False)
        spans.insert(0, (NEVER, NEVER + 1, following, True))
    return [
        Route(step.id, last_from, last_to, age_from, age_to)
        for last_from, last_to, following, by_age in spans
        for step, age_from, age_to in _windows(following, by_age)
    ]


def _windows(following: Sequence[StepFacts], by_age: bool):
    """Yield ``(step, age_from, age_to)`` for the steps that may come next."""
    late = [step for step in following if not step.preventive]
    entries = list(takewhile(lambda step: step.entry, late))
    passable = entries[:-1] if by_age else []
    age_from = NEVER
    for step, after in zip_longest(following, following[1:]):
        age_to = FOREVER
        if step.preventive:
            age_to = min(LATE, after.days) if after else LATE
        elif step in passable:
            age_to = after.days
        if age_from < age_to:
            yield step, age_from, age_to
        if age_to == FOREVER:
            return
        age_from = max(age_from, age_to)


def next_step(table: Iterable[Route], last_days: int | None, age: int) -> int | None:
    """Return the id of the next step, or ``None`` when the scenario is finished.

    The reference of what the SQL join does; also used to explain a decision.

    :param table: the result of :func:`routes`
    :param last_days: days of the last step done, ``None`` if none was
    :param age: days after the due date, negative before it
    """
    last = NEVER if last_days is None else last_days
    for route in table:
        if (
            route.last_from <= last < route.last_to
            and route.age_from <= age < route.age_to
        ):
            return route.step_id
    return None
