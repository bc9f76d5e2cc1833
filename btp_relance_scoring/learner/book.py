# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What one ledger knew on one day: the only door through which features see the past.

Everything that is learned or scored for a day is made from a ``Book``; it holds nothing that is
dated after that day, so that no feature can look ahead.
"""

import numpy as np

from .ledger import NEVER, Ledger

#: Delays are cut to this range of days before means are made: one lost invoice is not a habit.
EARLIEST, LATEST = -45, 120
#: How many invoices' worth a group's own figure must have before it weighs as much as what it is
#: shrunk to.
PRIOR_CASES = 3.0
#: Half-lives after which an invoice fades no more: a history of long ago is still one.
LONGEST = 50.0


def weekday(days):
    """Monday is 0."""
    return (np.asarray(days) + 3) % 7


def month_day(days):
    """Day of the month from 0, and days left in the month."""
    dates = np.asarray(days).astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    day = (dates - month.astype("datetime64[D]")).astype(int)
    left = ((month + 1).astype("datetime64[D]") - dates).astype(int) - 1
    return day, left


class Book:
    """The open rows of a day, and the history known by then.

    ``open``: row numbers issued and not paid; ``history``: all that was issued; ``settled``: rows
    whose lateness is known, paid or not (unpaid ones count as late: leaving them out would make
    everybody punctual); ``delay``, ``late``: (settled,) days past due so far, and 0 or 1;
    ``paid``: rows paid.
    """

    def __init__(self, ledger: Ledger, day: int, grace: int = 0):
        self.ledger, self.day, self.grace = ledger, int(day), int(grace)
        known = ledger.usable & (ledger.issue <= day)
        is_paid = ledger.paid <= day
        self.history = np.flatnonzero(known)
        self.open = np.flatnonzero(known & ~is_paid)
        self.paid = np.flatnonzero(known & is_paid)
        # A payment after the day is not known, whatever the ledger says.
        self.paid_on = np.where(is_paid, ledger.paid, NEVER)
        # Selected by due date, never by being paid: an unbiased choice.
        self.settled = np.flatnonzero(known & (ledger.due + grace <= day))
        due = ledger.due[self.settled]
        past = np.minimum(self.paid_on[self.settled], day + 1) - due
        self.late = (past > grace).astype(float)
        self.delay = np.clip(past, EARLIEST, LATEST).astype(float)
        self.since = (day - due).astype(float)

    @property
    def base(self):
        """Share of settled rows that are late, of all customers together."""
        return (self.late.sum() + 0.55 * 2) / (len(self.late) + 2)

    def weights(self, half_life):
        """Weights of the settled rows, halved each so many days; old ones never fade to nothing."""
        return 0.5 ** np.minimum(self.since / half_life, LONGEST)

    def rates(self, name, half_life, cases=PRIOR_CASES, toward=None):
        """Shrunk late rate of each value of a name, and its weighted number of cases.

        :param name: ``customer``, ``segment``…
        :param toward: (values,) what a rate is shrunk to; by default the rate of all
        :return: (values,) rates, (values,) numbers
        """
        codes = self.ledger.codes[name][self.settled]
        size = self.ledger.sizes[name]
        w = self.weights(half_life)
        count = np.bincount(codes, w, size)
        toward = self.base if toward is None else toward
        late = np.bincount(codes, w * self.late, size)
        return (late + cases * toward) / (count + cases), count

    def customer_rate(self, half_life=365.0, cases=PRIOR_CASES):
        """Shrunk late rate of each customer: to its segment, and that to the company.

        A customer's segment is that of its latest invoice.

        :return: (customers,) rates, (customers,) weighted numbers
        """
        toward = None
        if "segment" in self.ledger.codes:
            segments, _count = self.rates("segment", half_life, 10.0)
            place = np.zeros(self.ledger.sizes["customer"], np.int64)
            recent = self.history[
                np.argsort(self.ledger.issue[self.history], kind="stable")
            ]
            place[self.ledger.customer[recent]] = self.ledger.codes["segment"][recent]
            toward = segments[place]
        return self.rates("customer", half_life, cases, toward)


def grouped(codes, size, weights=None):
    """``np.bincount`` as floats."""
    return np.bincount(codes, weights, size).astype(float)


def ratio(part, whole):
    """part / whole, NaN where there is nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole > 0, part / whole, np.nan)
