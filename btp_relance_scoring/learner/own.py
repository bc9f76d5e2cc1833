# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the customer's own habits say of a row: its delay distribution on its days of payment.

The shrunk distribution of ``rival`` knows how many days after the due date a customer pays, but not
that one due date falls on a Saturday, nor that this customer pays on the 10th. Here each bin is
weighed by what the days in it count in the customer's payments, and bins that have passed are taken
out.
"""

import numpy as np

from . import rival
from .book import Book
from .paydays import Paydays
from .trees import logit, sigmoid

#: Days after the book's that are weighed one by one; later ones count as ordinary days.
AHEAD = 280
#: Days of the first bin, which has no beginning.
FIRST_BIN = 15
#: Days within which most of what waited for the end of a closure is paid.
CATCH_UP = 4.0
#: Weight of the customer's late rate in P(late).
RATE = 0.2


class Own:
    """Distributions of rows from their customers' habits alone; needs no training."""

    def __init__(self, book: Book, edges):
        """Read the habits off a book.

        :param edges: (m,) upper ends of the bins, in days past due
        """
        self.book, self.edges = book, np.asarray(edges)
        self.survival = rival.delay_survival(book, edges)
        self.rate, _count = book.customer_rate()
        self.paydays = Paydays(book, self.survival, self.edges)
        season = self.paydays.season_of(AHEAD)
        #: Summed up: how far days are open (less is paid in a closure), how much more is paid on them.
        self.open_days = np.r_[0, np.cumsum(np.minimum(season, 1))]
        self.rush = np.maximum(season, 1)

    def running(self, who) -> tuple[np.ndarray, np.ndarray]:
        """Return the days' weights summed up from the book's day, and each row's line in them.

        :param who: (n,) customers' numbers
        :return: (customers, AHEAD + 1), (n,)
        """
        several, line = np.unique(who, return_inverse=True)
        total = np.zeros((len(several), AHEAD + 1), np.float32)
        weights = self.paydays.weights(several, AHEAD) * self.rush
        np.cumsum(weights, axis=1, out=total[:, 1:])
        return total, line

    def usual(self, running, due, lower, upper) -> np.ndarray:
        """Return what the days from lower + 1 to upper past due count: 1 a day in the mean.

        :param running: of ``running``; the rest is of equal shape, days not before the book's
        """
        total, line = running
        ends = [np.clip(due + end - self.book.day, 0, AHEAD) for end in (lower, upper)]
        beyond = (upper - lower) - (ends[1] - ends[0])
        return total[line, ends[1]] - total[line, ends[0]] + np.maximum(beyond, 0)

    def shares(self, rows) -> np.ndarray:
        """Return (n, m + 1) shares of the bins, summing to one, nothing in days that have passed."""
        who, due = self.book.ledger.customer[rows], self.book.ledger.due[rows]
        first = (self.book.day + 1 - due)[:, None]
        alive = np.concatenate([np.ones((len(who), 1)), self.survival[who]], axis=1)
        shares = np.concatenate([alive[:, :-1] - alive[:, 1:], alive[:, -1:]], axis=1)
        upper = np.broadcast_to(self.edges, (len(who), len(self.edges)))
        start = np.r_[self.edges[0] - FIRST_BIN, self.edges[:-1]][None, :]
        lower = np.minimum(np.maximum(start, first - 1), upper)
        total, line = self.running(who)
        usual = self.usual((total, line[:, None]), due[:, None], lower, upper)
        days = upper - lower
        # The floor keeps a way out for who never paid on any of the days that are left.
        weight = np.clip(usual, 0.02 * days, 12.0 * days) / (upper - start)
        shares[:, :-1] = (shares[:, :-1] + 1e-9) * weight
        shares[:, -1] += 1e-9
        shares /= shares.sum(axis=1, keepdims=True)
        if self.open_days[-1] < AHEAD:
            # One line for all customers.
            season = (self.open_days[None, :], np.zeros((1, 1), np.int64))
            part = self.usual(season, due[:, None], lower, upper)
            _defer(shares, np.where(days > 0, part / np.maximum(days, 1), 1.0), days)
        return self._toward_rate(shares, who, first[:, 0])

    def _toward_rate(self, shares, who, first):
        """Draw what is late and what is not toward the customer's plain late rate.

        The rate is one figure of all its invoices, the distribution a product of many of fewer: each
        errs in its own way. What is late already stays so.
        """
        root = int(np.searchsorted(self.edges, self.book.grace)) + 1
        late = np.clip(shares[:, root:].sum(axis=1), 1e-6, 1 - 1e-6)
        rate = logit(self.rate[who], 1e-3)
        wanted = sigmoid((1 - RATE) * logit(late, 1e-6) + RATE * rate)
        wanted = np.where(first > self.edges[root - 1], late, wanted)
        shares[:, :root] *= ((1 - wanted) / (1 - late))[:, None]
        shares[:, root:] *= (wanted / late)[:, None]
        return shares / shares.sum(axis=1, keepdims=True)


def _defer(shares, is_open, days):
    """Move what would be paid while all is closed to the days after it.

    :param shares: (n, m + 1), changed in place; :param is_open: (n, m) share of the bin's days
    :param days: (n, m) their number
    """
    waiting = np.zeros(len(shares))
    for step in range(days.shape[1]):
        paid = waiting * is_open[:, step] * (1 - np.exp(-days[:, step] / CATCH_UP))
        shut = shares[:, step] * (1 - is_open[:, step])
        shares[:, step] += paid - shut
        waiting += shut - paid
    shares[:, -1] += waiting


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
