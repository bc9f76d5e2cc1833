# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is late, and how much of what was due came in."""

from collections.abc import Iterable
from decimal import Decimal

from .answer import ZERO, Figure, exact, no, ratio

#: Last day of each bucket of age; what is older falls in one more.
BUCKETS = (10, 30, 60, 90)


def overdue_rate(overdue, receivable) -> Figure:
    """Return what is overdue / R: of amounts, or of their numbers.

    Source: usual definition of the overdue rate; retentions are in neither before their
    release. Over 100 % where open credits are set against what is not due yet.
    """
    receivable = exact(receivable)
    if receivable < 0:
        return no("negative_balance")
    return ratio(overdue, receivable, "nothing_owed")


def asked(overdue, credits) -> tuple[Decimal, Decimal]:
    """Return what a debtor is asked for, and what its open credits make of it smaller.

    Credit notes and payments not yet matched pay what is overdue first, never more than it.

    :param overdue: sum of what is past its due date
    :param credits: sum of open credits, negative
    :return: ``asked, taken off``
    """
    overdue = exact(overdue)
    taken = max(min(-exact(credits), overdue), ZERO)
    return overdue - taken, taken


def bucket(days: int) -> int | None:
    """Return the rank of a number of days late: 1–10, 11–30, 31–60, 61–90, over 90.

    :return: 0 to 4, None for what is not late
    """
    if days <= 0:
        return None
    return next((rank for rank, last in enumerate(BUCKETS) if days <= last), 4)


def ageing(amounts: Iterable[tuple]) -> list:
    """Return the sums by age of ``(days late, amount)``: five of them."""
    sums = [exact(0)] * (len(BUCKETS) + 1)
    for days, amount in amounts:
        rank = bucket(days)
        if rank is not None:
            sums[rank] += exact(amount)
    return sums


def collection_effectiveness(opening, sales, closing, closing_current) -> Figure:
    """Return the CEI: (R0 + S − R1) / (R0 + S − R1 not due).

    Source: collection effectiveness index (encyclopediaofcredit.com). (280 + 150 − 300) /
    (280 + 150 − 180) is 52.0 %. Retentions count on both sides: held, they are not due.

    :param opening: R0, what was owed when the month began
    :param sales: S, invoiced within the month
    :param closing: R1, what is owed when it ends
    :param closing_current: of which not due
    """
    came = exact(opening) + exact(sales)
    return ratio(came - exact(closing), came - exact(closing_current), "nothing_due")


def average_delay(late_days_amount, paid) -> Figure:
    """Return the average delay in days: Σ (paid − due)⁺ × amount / Σ amount.

    Weighted by amount; whoever pays early makes up for nobody.

    :param late_days_amount: sum of days late × amount of each payment
    :param paid: sum of these payments
    """
    return ratio(late_days_amount, paid, "nothing_paid")


def paid_before(collected, total) -> Figure:
    """Return the share paid by the tenth day after its due date (J+10).

    Of the amounts whose tenth day lies in the period: what money had paid of them by then,
    over all that money was to pay (a credit note makes that smaller). By amounts, or by
    numbers of those paid whole.
    """
    return ratio(collected, total, "nothing_due")
