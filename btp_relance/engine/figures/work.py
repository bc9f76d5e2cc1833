# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What following up costs and brings: promises, disputes, documents, complaints, cases."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from ..cost import cost_to_collect
from .answer import Figure, exact, no, ratio

#: A dispute open longer counts as long.
LONG_DISPUTE = 30


def cost(time, postage, fees, collected, minutes=0, rate=None) -> Figure:
    """Return the cost to collect: (time × rate + postage + fees) / collected overdue.

    Time without an hourly rate costs nothing only on paper: that is no answer.

    :param time: time already multiplied by the hourly rate
    :param collected: what was overdue on the day on which it was paid
    :param minutes: the time that was spent
    :param rate: the hourly rate of now, None where it is not known
    """
    free = not exact(time) and (exact(minutes) > 0 or rate is not None and not rate)
    if free and exact(collected) > 0:
        return no("rate_missing")
    value = cost_to_collect(*map(exact, (time, postage, fees, collected)))
    return no("nothing_collected") if value is None else Figure(value)


def promises_kept(received, promised) -> Figure:
    """Return what was received of promises that matured / what they promised.

    In time is two working days after the day promised at the latest; a promise cancelled
    before its day is in neither.
    """
    return ratio(received, promised, "nothing_promised")


class Disputes(NamedTuple):
    """How long disputes take: those that ended and those that go on, never mixed."""

    mean: Figure
    median: Figure
    long_share: Figure


def dispute_time(days: Sequence[int]) -> Disputes:
    """Return mean and median of days, and the share over thirty days.

    :param days: close − open of those closed in the period, or the age of those open
    """
    if not days:
        return Disputes(*[no("no_dispute")] * 3)
    return Disputes(
        dispute_mean(sum(days), len(days)),
        Figure(exact(median(days))),
        dispute_long(sum(one > LONG_DISPUTE for one in days), len(days)),
    )


def dispute_mean(days, count) -> Figure:
    """Return the mean of days of so many disputes, from their sums."""
    return ratio(days, count, "no_dispute")


def dispute_median(days) -> Figure:
    """Return the median of days of disputes, nothing where there was none."""
    return no("no_dispute") if days is None else Figure(exact(days))


def dispute_long(long, count) -> Figure:
    """Return the share of disputes over thirty days, from their numbers."""
    return ratio(long, count, "no_dispute")


def days_per_document(days, documents) -> Figure:
    """Return the days lost for each document that was awaited, by kind or by responsible.

    A day on which ten amounts waited for a document is one day.
    """
    return ratio(days, documents, "no_document")


def complaint_rate(complaints, reminders) -> Figure:
    """Return the complaints about our tone for each reminder that went out."""
    return ratio(complaints, reminders, "no_reminder")


def cases_worth(useful, judged) -> Figure:
    """Return the share of cases that a person found worth the time, of those judged."""
    return ratio(useful, judged, "no_case")
