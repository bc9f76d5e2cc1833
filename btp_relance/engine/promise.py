# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Promises to pay: how long they hold, whether they were kept, how far they may go."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from .ledger import ZERO, Followed, received, still_open

#: Working days after the day promised, for the bank to show the payment.
GRACE = 2
#: No day is looked for beyond.
HORIZON = 400


class Verdict(NamedTuple):
    """What the ledger says of a promise.

    :param str state: ``open``, ``kept``, ``partly``, ``broken`` or ``cancelled`` where
        nothing was left to be paid
    :param Decimal amount: what came in of what was promised
    """

    state: str
    amount: Decimal


class Limits(NamedTuple):
    """How far customers may go; 0: no limit.

    :param int days: most days ahead
    :param int count: most promises for one amount due
    :param int pause: most days of pause for one amount due, all promises together
    """

    days: int = 0
    count: int = 0
    pause: int = 0


class Past(NamedTuple):
    """What earlier promises took of the limits of one amount due.

    :param int count: promises made and not kept
    :param int pause: days for which they held it
    """

    count: int = 0
    pause: int = 0


def judge(
    promised: Decimal, parts: Sequence[Followed], deadline: date, today: date
) -> Verdict:
    """Return whether a promise was kept, as the ledger stands on a day.

    The answer for a past day is the same whenever the question is asked. A credit note
    makes what can be paid smaller: whoever pays all the rest keeps the promise.

    :param Decimal promised: the amount promised
    :param parts: the amounts due that it is about
    :param date deadline: last day on which a payment counts
    :param date today: the day for which the question is asked
    """
    until = min(today, deadline)
    paid = received(parts, until)
    target = min(promised, paid + still_open(parts, until))
    amount = min(paid, promised)
    if target <= ZERO:
        return Verdict("cancelled", ZERO)
    if paid >= target:
        return Verdict("kept", amount)
    if today <= deadline:
        return Verdict("open", amount)
    return Verdict("partly" if paid else "broken", amount)


def allocate(amount: Decimal, residuals: Sequence[Decimal]) -> list[Decimal]:
    """Return the part of each amount due in a promise: the first ones first.

    :param Decimal amount: no more than their sum
    :param residuals: what is left to pay of each, in order of due date
    """
    parts, left = [], amount
    for residual in residuals:
        part = min(left, residual)
        parts.append(part)
        left -= part
    return parts


def spans(promises: Iterable[tuple[date, date, bool]]) -> Past:
    """Return what earlier promises took of the limits.

    :param promises: ``(from, to, kept)``: the days for which each one held, both included;
        whoever kept a promise used up nothing
    """
    days, count = set(), 0
    for first, last, kept in promises:
        if kept:
            continue
        count += 1
        days.update(first + timedelta(n) for n in range((last - first).days + 1))
    return Past(count, len(days))


def last_day(
    today: date, limits: Limits, past: Past, pause: Callable[[date], date]
) -> date | None:
    """Return the last day that may be promised; nothing where none is left.

    :param pause: gives the last day for which a promise of a day holds
    """
    if limits.count and past.count >= limits.count:
        return None
    day = today + timedelta(days=limits.days or HORIZON)
    if not limits.pause:
        return day
    while day >= today and (pause(day) - today).days + 1 + past.pause > limits.pause:
        day -= timedelta(days=1)
    return day if day >= today else None
