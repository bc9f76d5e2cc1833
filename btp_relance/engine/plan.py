# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payment by instalments: the schedule, what payments settle of it, how far it may go."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from .ledger import ZERO, Followed, received, still_open

#: Working days after the day of an instalment, for the bank to show the payment.
GRACE = 2
#: More instalments than that are no plan.
MAX_COUNT = 120


class Instalment(NamedTuple):
    """A day and the amount to be paid on it."""

    day: date
    amount: Decimal


class Progress(NamedTuple):
    """What became of one instalment.

    :param str state: ``coming``, ``paid`` or ``late``
    :param Decimal left: what is left to pay of it
    """

    state: str
    left: Decimal


class Limits(NamedTuple):
    """How far a plan may go; 0: no limit.

    :param int count: most instalments
    :param int months: most months from today to the last instalment
    :param Decimal least: least amount of an instalment
    :param Decimal greatest: greatest amount of a plan
    :param int first: most days from today to the first instalment
    """

    count: int = 0
    months: int = 0
    least: Decimal = ZERO
    greatest: Decimal = ZERO
    first: int = 0


def schedule(
    total: Decimal, count: int, first: date, cent: Decimal = Decimal("0.01")
) -> list[Instalment]:
    """Return equal monthly instalments; the last one takes the rest.

    Every month on the day of the first one, on the last day of the month where there is
    none. Their sum is the total, to the cent.

    :param Decimal total: positive, a multiple of ``cent``
    :param int count: how many; fewer where a share would be nothing
    :param date first: day of the first one
    :param Decimal cent: smallest part of the currency
    """
    count = max(1, min(count, int(total / cent), MAX_COUNT))
    share = (total / count / cent).to_integral_value(ROUND_DOWN) * cent
    amounts = [share] * (count - 1) + [total - share * (count - 1)]
    return [
        Instalment(first + relativedelta(months=rank), amount)
        for rank, amount in enumerate(amounts)
    ]


def beyond(
    instalments: Sequence[Instalment], today: date, limits: Limits
) -> tuple[str, object] | None:
    """Return the first limit that a schedule passes, with its value; nothing within all.

    :return: ``(code, limit)`` with the code ``count``, ``months``, ``least``, ``greatest``
        or ``first``
    """
    total = sum(part.amount for part in instalments)
    if limits.count and len(instalments) > limits.count:
        return "count", limits.count
    if limits.greatest and total > limits.greatest:
        return "greatest", limits.greatest
    if limits.least and min(part.amount for part in instalments) < limits.least:
        return "least", limits.least
    if limits.first and instalments[0].day > today + timedelta(days=limits.first):
        return "first", limits.first
    last = max(part.day for part in instalments)
    if limits.months and last > today + relativedelta(months=limits.months):
        return "months", limits.months
    return None


def follow(
    instalments: Sequence[Instalment],
    parts: Sequence[Followed],
    today: date,
    deadlines: Sequence[date],
) -> list[Progress]:
    """Return what became of each instalment, as the ledger stands on a day.

    Payments settle the instalments in order, whatever invoice of the plan they were
    matched with: one is paid when all that came in since the signature reaches the sum of
    it and of those before. Paid early, the next ones are paid too. A credit note makes the
    plan shorter from its end: the last instalments fall.

    :param deadlines: last day on which each instalment is paid in time
    """
    paid = received(parts, today)
    owed = paid + still_open(parts, today)
    progress, due = [], ZERO
    for part, deadline in zip(instalments, deadlines, strict=True):
        before, due = due, min(due + part.amount, owed)
        left = max(due - max(paid, before), ZERO)
        if not left:
            progress.append(Progress("paid", ZERO))
        else:
            progress.append(Progress("late" if today > deadline else "coming", left))
    return progress


def plain_words(text: str | None) -> str:
    """Return a sentence as two hands may write it alike: no case, accent or punctuation."""
    text = unicodedata.normalize("NFKD", text or "")
    return "".join(re.findall(r"[a-z0-9]+", text.casefold()))
