# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""On which days a customer pays: days of the week, and fixed days of the month ("fin de mois le 10").

A day of the month counts only for what it adds: invoices that all fall due on the 31st and are all
paid ten days later need no rule about the 10th. What the delays and the due dates alone would make of
the month is therefore the yardstick, and customers whose days stray from it no more than by chance
keep none. Invoices paid together are one case.
"""

import numpy as np

from . import seasons
from .book import Book, grouped, month_day, weekday

MONTH = 31
#: Days after which a payment counts half: of the week, of the month.
WEEK_HALF_LIFE, MONTH_HALF_LIFE = 120.0, 365.0
#: Chi-square of 31 days from which a customer may have days of its own (chance alone makes 30, above
#: 43 once in twenty), and how much more makes it sure.
BY_CHANCE, SURE = 43.0, 20.0
#: Days ahead up to which rows begin on their own day; what begins later takes the days from there.
FURTHEST = 730
#: Cases' worth that holds each day at its yardstick, and the range of what a day may count.
CASES, LEAST, MOST = 1.0, 0.03, 12.0
#: A fixed day on a Saturday is paid on the Friday or the Monday.
KERNEL = {-2: 0.06, -1: 0.14, 0: 0.6, 1: 0.14, 2: 0.06}


def weekday_shares(book: Book, half_life=WEEK_HALF_LIFE) -> np.ndarray:
    """(customers, 7) share of payments by weekday, shrunk to the company's."""
    ledger = book.ledger
    size = ledger.sizes["customer"]
    days = ledger.paid[book.paid]
    w = 0.5 ** ((book.day - days) / half_life)
    count = grouped(ledger.customer[book.paid] * 7 + weekday(days), size * 7, w)
    count = count.reshape(size, 7)
    # Before any payment: banks work from Monday to Friday.
    everybody = count.sum(axis=0) + np.array([1, 1, 1, 1, 1, 0.02, 0.02])
    everybody /= everybody.sum()
    return (count + 3 * everybody) / (count.sum(axis=1, keepdims=True) + 3)


def place_in_month(days):
    """Place of days in the month from 0; the last day of any month is 30."""
    day, left = month_day(days)
    return np.where(left == 0, MONTH - 1, day)


def month_lift(book: Book) -> tuple[np.ndarray, np.ndarray]:
    """Return which customers pay on fixed days of the month, and how much each day counts.

    :return: (k,) customers' numbers in order, (k, 31) factors (1: as much as any other day)
    """
    ledger, rows = book.ledger, book.paid
    who, paid = ledger.customer[rows], ledger.paid[rows]
    size = ledger.sizes["customer"]
    _runs, run, together = np.unique(
        who * (1 << 17) + paid, return_inverse=True, return_counts=True
    )
    w = 0.5 ** ((book.day - paid) / MONTH_HALF_LIFE) / together[run]

    def by_place(places):
        return grouped(who * MONTH + places, size * MONTH, w).reshape(size, MONTH)

    seen = by_place(place_in_month(paid))
    count = seen.sum(axis=1)
    # The rest has too few runs to show anything.
    some = np.flatnonzero(count >= 3)
    due = by_place(place_in_month(ledger.due[rows]))[some]
    delay = by_place((paid - ledger.due[rows]) % MONTH)[some]
    seen, count = seen[some], count[some, None]
    usual = sum(delay[:, [lag]] * np.roll(due, lag, axis=1) for lag in range(MONTH))
    usual = 0.85 * _smooth(usual / count**2) + 0.15 / MONTH
    stray = ((seen - count * usual) ** 2 / (count * usual)).sum(axis=1)
    trust = np.clip((stray - BY_CHANCE) / SURE, 0, 1)
    usual = _smooth(usual)
    lift = (_smooth(seen) + CASES * usual) / ((count + CASES) * usual)
    lift = 1 + trust[:, None] * (np.clip(lift, LEAST, MOST) - 1)
    fixed = trust > 0
    return some[fixed], lift[fixed]


def _smooth(month):
    return sum(share * np.roll(month, by, axis=1) for by, share in KERNEL.items())


class Paydays:
    """How much each day to come counts for each customer."""

    def __init__(self, book: Book, survival, edges):
        """Read them off a book.

        :param survival: (customers, edges) P(delay > edge)
        """
        self.day = book.day
        self.season = seasons.factors(book, survival, edges)
        self.week = weekday_shares(book) * 7
        self.fixed, self.lift = month_lift(book)

    def season_of(self, count) -> np.ndarray:
        """Return (count,) what each day after the book's counts by the week of the year."""
        return self.season[seasons.week_of_year(self.day + 1 + np.arange(count))]

    def weights(self, who, count) -> np.ndarray:
        """Return (n, count) weights of the days after the book's; an ordinary day has about 1.

        :param who: (n,) customers' numbers
        """
        days = self.day + 1 + np.arange(count)
        return self.week[who][:, weekday(days)] * self.fixed_days(who, count)

    def weights_from(self, start, who, count) -> np.ndarray:
        """Return (n, count) weights of days by customer and by season, each row from its own day.

        :param start: (n,) days after the book's at which rows begin; more than FURTHEST count as that
        :param who: (n,) customers' numbers
        """
        start = np.minimum(start, FURTHEST)
        size = count + int(start.max(initial=0))
        weights = self.weights(who, size) * self.season_of(size)
        if size == count:
            return weights
        return np.take_along_axis(weights, start[:, None] + np.arange(count), axis=1)

    def fixed_days(self, who, count) -> np.ndarray:
        """Return (n, count) factors of the days after the book's: 1 but for who has fixed days.

        :param who: (n,) customers' numbers
        """
        out = np.ones((len(who), count))
        if len(self.fixed):
            spot = np.minimum(np.searchsorted(self.fixed, who), len(self.fixed) - 1)
            mine = np.flatnonzero(self.fixed[spot] == who)
            out[mine] = self.lift_of(spot[mine], self.day + 1 + np.arange(count))
        return out

    def lift_of(self, spots, days) -> np.ndarray:
        """Return (n, days) factors of days in a row; a weekend's pass to the days around it."""
        lift = self.lift[spots][:, place_in_month(days)]
        first = weekday(days)
        for name, step in ((5, 2), (6, 1), (5, -1), (6, -2)):
            gone = np.flatnonzero(first == name)
            gone = gone[(gone + step >= 0) & (gone + step < len(days))]
            lift[:, gone + step] += 0.5 * lift[:, gone]
        return lift
