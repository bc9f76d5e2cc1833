# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a figure answers: a value, or the reason for which there is none."""

from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)

#: Every reason; the model words each of them.
REASONS = (
    "no_sales",
    "little_history",
    "negative_balance",
    "credits_over_overdue",
    "beyond_measure",
    "nothing_owed",
    "history_too_short",
    "nothing_due",
    "nothing_paid",
    "nothing_collected",
    "rate_missing",
    "nothing_promised",
    "no_dispute",
    "no_document",
    "no_reminder",
    "no_case",
    "no_forecast",
    "nothing_came",
    "few_cases",
)


class Figure(NamedTuple):
    """A value, or a reason code: never a NaN, never both.

    :param value: an exact number, None where there is no answer
    :param reason: one of :data:`REASONS`, None where there is an answer
    """

    value: Decimal | None
    reason: str | None = None


def no(reason: str) -> Figure:
    """Return the figure that has no value for this reason."""
    return Figure(None, reason)


def ratio(part, whole, reason: str) -> Figure:
    """Return part / whole, or the reason for which there is none: nothing to divide by.

    :param part: a number that :class:`~decimal.Decimal` takes exactly
    :param whole: the same; zero or negative has no share
    """
    whole = exact(whole)
    return Figure(exact(part) / whole) if whole > 0 else no(reason)


def exact(value) -> Decimal:
    """Return a number as a Decimal: a float by what it shows, never by its binary digits."""
    if isinstance(value, Decimal):
        return value
    return Decimal(str(value)) if isinstance(value, float) else Decimal(value or 0)
