# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The open rows of one day, past or present, with all that is known of them on it."""

from functools import cached_property

import numpy as np

from . import chain, features, rival
from .book import Book
from .own import Own
from .repeats import Repeats
from .trees import logit

#: Settled invoices that a past day's book must have to be learned from.
FIRST_SETTLED = 30
#: Past days to learn from at most and, of a large company, at least; how far back they go.
MAX_SNAPSHOTS, LEAST_SNAPSHOTS, MAX_AGE = 60, 20, 3 * 365
#: Open rows of all these days together from which more days teach nothing new: the same invoices,
#: a week older.
MAX_OPEN = 200_000


class Snapshot:
    """Rows of a day with their features and their customers' own distributions.

    ``rows``: row numbers of the ledger; ``values``: {feature: (n,)}; ``groups``: {feature: group of
    facts}; ``to_due``: (n,) days to the due date; ``steps``: ``chain.Steps``; ``own_late``: (n,)
    log-odds of P(late) from the habits alone.
    """

    def __init__(self, ledger, day, grace, rows=None):
        """Make the features.

        :param day: days since 1970; :param rows: row numbers, by default all that are open
        """
        self.book = Book(ledger, day, grace)
        self.day = int(day)
        self.rows = self.book.open if rows is None else rows
        self.edges = rival.edges_for(grace)
        self.to_due = ledger.due[self.rows] - self.day
        self.values, self.groups = features.make(self.book, self.rows)
        self.own = Own(self.book, self.edges)
        self.steps = chain.Steps(self.own, self.rows)
        spot = int(np.searchsorted(self.edges, grace))
        p = self.steps.shares[:, spot + 1 :].sum(axis=1)
        self.own_late = self.values["habit_late"] = logit(p, 1e-3)
        self.groups["habit_late"] = "habit"

    def __len__(self):
        return len(self.rows)

    @cached_property
    def repeats(self):
        """Past delays by customer: asked for on the scoring day only."""
        return Repeats(self.book)

    def known_late(self, grace, until):
        """Return positions of the rows not yet late whose lateness is known by a day, and it.

        They are chosen by due date, never by being paid.
        """
        ledger = self.book.ledger
        last = ledger.due[self.rows] + grace
        spots = np.flatnonzero((last > self.day) & (last <= until))
        return spots, (ledger.paid[self.rows[spots]] > last[spots]).astype(int)


def past_days(ledger, day, grace) -> list[int]:
    """Return past days to learn from, latest first: each week, wider apart when there are many.

    All on the weekday of ``day``, so that they see their books as the day sees its own.
    """
    due = np.sort(ledger.due[ledger.usable & (ledger.due + grace <= day)])
    if len(due) < FIRST_SETTLED:
        return []
    first = max(due[FIRST_SETTLED - 1] + grace, day - MAX_AGE)
    stride = 7 * max(1, -(-int((day - first) // 7) // _count_days(ledger, day, first)))
    return list(range(day - stride, int(first) - 1, -stride))


def _count_days(ledger, day, first) -> int:
    """Return how many past days to learn from: as many as have enough open rows together."""
    since = np.maximum(ledger.issue[ledger.usable], first)
    until = np.minimum(ledger.paid[ledger.usable], day)
    usually_open = np.maximum(until - since, 0).sum() / max(day - first, 1)
    count = MAX_OPEN / max(usually_open, 1)
    return int(np.clip(count, LEAST_SNAPSHOTS, MAX_SNAPSHOTS))
