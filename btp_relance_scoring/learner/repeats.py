# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a customer did before, day for day: it pays again as many days after the due date as it has.

The shrunk distribution of ``own`` knows what few payments cannot tell; it also smooths away what few
payments do tell. The plain, unweighted count of a customer's delays errs in the other way. Where a
company has little to learn from, a mixture of both (a linear opinion pool, Stone 1961) has dates that
are nearer than those of either. It is mixed into the late and the punctual days apart, so that
P(late) stays what it was.
"""

import numpy as np

from .book import Book, weekday

#: Share of the plain count in a company's first weeks; settled invoices at which it is half of that.
SHARE, HALF = 0.6, 1000.0
#: Share below which it is left out: the weeks of large companies were worse with it.
LEAST_SHARE = 0.05
#: Delays are told apart day by day in this range.
EARLIEST, LATEST = -180, 400


def share_for(settled: int) -> float:
    """Return the share of the plain count in a company with so many settled invoices."""
    share = SHARE * HALF / (HALF + settled)
    return share if share >= LEAST_SHARE else 0.0


class Repeats:
    """The delays of all payments of a book, by customer."""

    def __init__(self, book: Book):
        """Sort them by customer."""
        who = book.ledger.customer[book.paid]
        delay = book.ledger.paid[book.paid] - book.ledger.due[book.paid]
        order = np.argsort(who, kind="stable")
        self.day, self.who = book.day, who[order]
        self.place = np.clip(delay[order], EARLIEST, LATEST) - EARLIEST

    def up_to(self, several) -> np.ndarray:
        """Return (customers, range + 1) how many delays are below EARLIEST, EARLIEST + 1…

        :param several: (customers,) numbers in order
        """
        size = LATEST - EARLIEST + 1
        spot = np.minimum(np.searchsorted(several, self.who), len(several) - 1)
        mine = several[spot] == self.who
        flat = spot[mine] * size + self.place[mine]
        count = np.bincount(flat, minlength=len(several) * size)
        out = np.zeros((len(several), size + 1), np.int32)
        np.cumsum(count.reshape(len(several), size), axis=1, out=out[:, 1:])
        return out

    def days(self, who, to_due, count) -> np.ndarray:
        """Return (n, count + 1) past payments that would come on each day after the book's.

        The last column is of those that would come later; those of days that have passed are left
        out, and those of a weekend come on the nearest day that banks work on.

        :param who: (n,) customers' numbers; :param to_due: (n,) days to the due dates
        """
        several, line = np.unique(who, return_inverse=True)
        running = self.up_to(several)
        ends = np.arange(count + 1)[None, :] - to_due[:, None] - EARLIEST + 1
        last = running.shape[1] - 1
        reached = running[line[:, None], np.clip(ends, 0, last)]
        seen = np.diff(reached, axis=1, append=running[line, last][:, None])
        return self._on_working_days(seen)

    def _on_working_days(self, seen):
        """Move a Saturday's to the day before and a Sunday's to the day after, in place."""
        first = weekday(self.day + 1 + np.arange(seen.shape[1] - 1))
        for name, step in ((5, -1), (6, 1)):
            gone = np.flatnonzero(first == name)
            # Of what begins on a Saturday the day before has passed.
            to = np.where(gone + step < 0, gone + 2, gone + step)
            seen[:, to] += seen[:, gone]
            seen[:, gone] = 0
        return seen


def mixed(pmf, seen, last, share) -> np.ndarray:
    """Return (n, k) P(paid on each day) with a share of what was seen, P(late) unchanged.

    :param pmf: (n, k) P(paid on day 1, 2…), the last one the tail
    :param seen: (n, k) of ``Repeats.days``, or weights of them
    :param last: (n,) the last day that is not late, in days from now
    :param share: (n, 1) of the days seen, on a side on which any was
    """
    punctual = np.arange(1, pmf.shape[1] + 1)[None, :] <= last[:, None]
    out = np.zeros_like(pmf)
    for side in (punctual, ~punctual):
        told, before = np.where(side, pmf, 0.0), np.where(side, seen, 0.0)
        cases = before.sum(axis=1, keepdims=True)
        weight = np.where(cases > 0, share, 0.0)
        again = before * told.sum(axis=1, keepdims=True) / np.where(cases > 0, cases, 1)
        out += (1 - weight) * told + weight * again
    return out
