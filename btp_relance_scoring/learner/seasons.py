# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Weeks of the year in which everybody pays less or more: closures of August and of New Year.

What came in each week of the years known is held against what the customers' own delays made
expected. One year shows it; small differences are taken for chance.
"""

import numpy as np

from .book import Book

WEEKS = 53
#: Payments' worth that holds a week at what was expected, and the logarithm that is put down to chance.
CASES, CHANCE = 10.0, 0.15
#: Days after the first invoice before which too little is due for a comparison.
WARM_UP = 60


def week_of_year(days):
    """Number of the week, from 0, counted from the first of January."""
    dates = np.asarray(days).astype("datetime64[D]")
    return (dates - dates.astype("datetime64[Y]").astype("datetime64[D]")).astype(
        int
    ) // 7


def factors(book: Book, survival, edges) -> np.ndarray:
    """Return (53,) what a day of each week of the year counts; 1 where nothing is known.

    :param survival: (customers, edges) P(delay > edge)
    """
    out = np.ones(WEEKS)
    if not len(book.paid):
        return out
    start = int(book.ledger.issue[book.history].min()) + WARM_UP
    count = book.day + 1 - start
    if count < 7:
        return out
    paid = book.ledger.paid[book.paid]
    paid = paid[paid >= start]
    came = np.bincount(paid - start, minlength=count).astype(float)
    due = expected(book, survival, edges, start, count)
    scale = came.sum() / max(due.sum(), 1e-9)
    week = week_of_year(start + np.arange(count))
    came = np.bincount(week, came, WEEKS)
    due = np.bincount(week, due * scale, WEEKS)
    # Invoices paid together are one case.
    runs = len(
        np.unique(book.ledger.customer[book.paid] * (1 << 17) + book.paid_on[book.paid])
    )
    cases = CASES * len(book.paid) / runs
    stray = np.log((came + cases) / (due + cases))
    return np.exp(np.sign(stray) * np.maximum(np.abs(stray) - CHANCE, 0))


def expected(book: Book, survival, edges, start, count) -> np.ndarray:
    """Return (count,) payments to expect on each day from ``start`` on, by the customers' delays."""
    who = book.ledger.customer[book.history]
    due = book.ledger.due[book.history] - start
    before = np.ones(len(survival))
    lower = edges[0] - 15
    steps = np.zeros(count + 1)
    for index, upper in enumerate(edges):
        share = ((before - survival[:, index]) / (upper - lower))[who]
        for day, sign in ((due + lower + 1, 1), (due + upper + 1, -1)):
            steps += sign * np.bincount(np.clip(day, 0, count), share, count + 1)
        before, lower = survival[:, index], upper
    return np.cumsum(steps)[:count]
