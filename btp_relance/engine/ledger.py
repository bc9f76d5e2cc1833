# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was paid of amounts due since something was agreed about them.

A payment is money: a credit note, a write-off or a set-off makes the debt smaller, and
pays nothing.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)


class Match(NamedTuple):
    """An amount matched with an amount due, in the currency of what is due.

    :param date day: the later of both entries, as the ledger dates the match
    :param Decimal amount: positive
    :param bool paid: money; else it only makes the debt smaller
    """

    day: date
    amount: Decimal
    paid: bool = True


class Followed(NamedTuple):
    """An amount due, from the day on which something was agreed about it.

    :param Decimal total: what was charged
    :param Decimal before: what was already paid of it then
    :param date since: the day of the agreement
    :param tuple matches: every :class:`Match`, credit notes too
    """

    total: Decimal
    before: Decimal
    since: date
    matches: tuple[Match, ...] = ()

    def received(self, until: date) -> Decimal:
        """Return what was paid since the agreement, to a day included.

        What was paid before counts only as long as it stays: matched again with the same
        payment, nothing came in; where that payment fell through, the new one counts whole.
        """
        paid = sum(m.amount for m in self.matches if m.paid and m.day <= until)
        old = sum(m.amount for m in self.matches if m.paid and m.day <= self.since)
        return max(paid - min(self.before, old), ZERO)

    def open(self, until: date) -> Decimal:
        """Return what was left to pay at the end of a day."""
        matched = sum(m.amount for m in self.matches if m.day <= until)
        return max(self.total - matched, ZERO)


def received(parts: Iterable[Followed], until: date) -> Decimal:
    """Return what was paid of all amounts since the agreement, to a day included."""
    return sum((part.received(until) for part in parts), ZERO)


def still_open(parts: Iterable[Followed], until: date) -> Decimal:
    """Return what was left to pay of all amounts at the end of a day."""
    return sum((part.open(until) for part in parts), ZERO)
