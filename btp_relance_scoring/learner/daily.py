# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Shares of bins spread over days, and what is read from the days: dates, interval, weeks.

Inside a bin a day weighs as much as it does in the customer's payments, so that nobody is expected
to pay on a Sunday.
"""

import numpy as np

from .rival import TAIL_DAYS

#: Days after the scoring day that are told apart; what comes later is the tail.
HORIZON = 182
WEEKS = 13
#: Days before a due date in which a payment is looked for: what is due later is watched from there.
BEFORE = 91


def spread(shares, edges, to_due, weight) -> np.ndarray:
    """Return (n, HORIZON + 1) P(paid on day 1, 2… after the scoring day), the last one the tail.

    :param shares: (n, m + 1) of ``chain.assemble``
    :param edges: (m,) upper ends in days past due
    :param to_due: (n,) days from where the rows are watched (see ``start_of``) to the due date
    :param weight: (n, HORIZON) what each day counts in the customer's payments
    """
    n, m = len(shares), len(edges)
    offset = np.arange(1, HORIZON + 1)
    delay = offset[None, :] - to_due[:, None]
    # The bin of each delay, by a table: faster than a search for each cell.
    table = np.searchsorted(edges, np.arange(edges[0], edges[-1] + 2))
    bins = table[np.clip(delay, edges[0], edges[-1] + 1) - edges[0]]
    weight = weight + 1e-5
    beyond = bins == m
    weight = np.where(
        beyond, weight * np.exp(-np.maximum(delay - edges[-1], 0) / TAIL_DAYS), weight
    )
    flat = (np.arange(n)[:, None] * (m + 1) + bins).ravel()
    total = np.bincount(flat, weight.ravel(), n * (m + 1)).reshape(n, m + 1)
    total = total + _unseen(edges, to_due)
    factor = np.divide(shares, total, out=np.zeros_like(shares), where=total > 0)
    out = np.empty((n, HORIZON + 1))
    out[:, :-1] = np.take_along_axis(factor, bins, axis=1) * weight
    out[:, -1] = np.maximum(1 - out[:, :-1].sum(axis=1), 0)
    return out


def _unseen(edges, to_due):
    """Weight of each bin's days that lie beyond the horizon, 1 for each day."""
    last = HORIZON - to_due[:, None]
    lower = np.concatenate([[edges[0]], edges])
    upper = np.concatenate([edges, [edges[-1]]])
    days = np.clip(upper[None, :] - np.maximum(lower[None, :], last), 0, None)
    start = np.maximum(last[:, 0], edges[-1])
    days[:, -1] = np.exp(-(start - edges[-1]) / TAIL_DAYS) * TAIL_DAYS
    return days


def start_of(to_due) -> np.ndarray:
    """Return (n,) days after the scoring day from which rows are watched: 0 but for far due dates."""
    return np.maximum(to_due - BEFORE, 0)


def read(pmf, to_due, grace, start) -> dict:
    """Return what one distribution says: all from the same numbers.

    :param pmf: (n, HORIZON + 1) of ``spread``
    :param to_due: (n,) days from where the rows are watched to the due date
    :param start: (n,) of ``start_of``
    :return: ``p_late`` (n,), ``median``, ``mean``, ``low``, ``high`` (n,) days past due (the ends
        of the 80 % interval), ``weeks`` (n, 13), ``tail`` (n,) P(paid later than week 13)
    """
    running = np.cumsum(pmf, axis=1)

    def quantile(share):
        return (running < share - 1e-12).sum(axis=1) + 1 - to_due

    days = np.arange(1, HORIZON + 2, dtype=float)
    days[-1] = HORIZON + TAIL_DAYS
    # Paid in time: up to the due date + grace.
    last = np.clip(to_due + grace, 0, HORIZON)
    on_time = np.where(
        last > 0, running[np.arange(len(pmf)), np.maximum(last - 1, 0)], 0.0
    )
    weeks = pmf[:, : 7 * WEEKS].reshape(len(pmf), WEEKS, 7).sum(axis=2)
    far = np.flatnonzero(start)
    ends = np.maximum(7 * np.arange(WEEKS + 1) - start[far, None], 0)
    by_then = np.pad(running[far], ((0, 0), (1, 0)))
    weeks[far] = np.diff(np.take_along_axis(by_then, ends, axis=1), axis=1)
    return {
        "p_late": np.clip(1 - on_time, 0, 1),
        "median": quantile(0.5),
        "mean": pmf @ days - to_due,
        "low": quantile(0.1),
        "high": quantile(0.9),
        "weeks": weeks,
        "tail": np.clip(1 - weeks.sum(axis=1), 0, 1),
    }
