# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the customer's own habits say of a row: its delay distribution on its days of payment.

The shrunk distribution of ``rival`` knows how many days after the due date a customer pays, but not
that one due date falls on a Saturday. Here each bin is weighed by how much of the customer's
payments falls on the weekdays in it, and bins that have passed are taken out.
"""

import numpy as np

from . import rival
from .book import Book, weekday
from .habits import weekday_shares


class Own:
    """Distributions of rows from their customers' habits alone; needs no training."""

    def __init__(self, book: Book, edges, half_life=rival.HALF_LIFE):
        """Read the habits off a book.

        :param edges: (m,) upper ends of the bins, in days past due
        :param half_life: days after which an invoice counts half
        """
        self.book, self.edges = book, np.asarray(edges)
        self.survival = rival.delay_survival(book, edges, half_life)
        self.runs = weekday_shares(book)
        # Cumulated over three weeks, so that days that cross Sunday are one difference.
        self.running = np.concatenate(
            [
                np.zeros((len(self.runs), 1)),
                np.cumsum(np.tile(self.runs, 3), axis=1),
            ],
            axis=1,
        )

    def runs_share(self, who, start, days):
        """Share of the customer's payments that falls on so many days (7 at most) from a day on.

        :param who: customers' numbers; :param start: days since 1970
        """
        first = weekday(start)
        end = first + np.clip(days, 0, 7)
        return self.running[who, end] - self.running[who, first]

    def shares(self, rows) -> np.ndarray:
        """Return (n, m + 1) shares of the bins, summing to one, nothing in days that have passed."""
        who, due = self.book.ledger.customer[rows], self.book.ledger.due[rows]
        first = (self.book.day + 1 - due)[:, None]
        alive = np.concatenate([np.ones((len(who), 1)), self.survival[who]], axis=1)
        shares = np.concatenate([alive[:, :-1] - alive[:, 1:], alive[:, -1:]], axis=1)
        upper = np.broadcast_to(self.edges, (len(who), len(self.edges)))
        lower = np.r_[self.edges[0] - 15, self.edges[:-1]][None, :]
        lower = np.maximum(lower, first - 1)
        days = np.maximum(upper - lower, 0)
        part = self.runs_share(who[:, None], due[:, None] + lower + 1, days)
        usual = np.where(days >= 7, 1.0, part * 7 / np.maximum(days, 1))
        whole = np.maximum(upper - np.r_[self.edges[0] - 15, self.edges[:-1]], 1)
        # The floor keeps a way out for who never paid on any of the days that are left.
        weight = np.clip(usual, 0.02, 5.0) * np.minimum(days / whole, 1.0)
        shares[:, :-1] = (shares[:, :-1] + 1e-9) * weight
        shares[:, -1] += 1e-9
        return shares / shares.sum(axis=1, keepdims=True)


def answers(shares, late: bool) -> np.ndarray:
    """Return (n, m) conditional shares: of what is left after (late) or before (early) a bin.

    :param shares: (n, m + 1) as above
    :param late: True: P(in bin | not before it); False: P(in bin | not after it)
    """
    if late:
        left = np.cumsum(shares[:, ::-1], axis=1)[:, ::-1]
    else:
        left = np.cumsum(shares, axis=1)
    return (shares / np.maximum(left, 1e-12))[:, :-1]
