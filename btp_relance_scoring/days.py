# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""On which days customers pay, and whether these changed. No Odoo in here.

A customer that paid on Tuesdays, or at the end of the month, and does not any more has often
changed its purse, its accountant or its software before any invoice is late. Payments of one day
are one run: what counts is on which days somebody sat down to pay.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from .learner import metrics
from .learner.book import Book, month_day, weekday
from .learner.changes import FLAT_DAYS, SERIOUS_DAYS
from .learner.ledger import NEVER

#: Days that are "now", and how far back "before" goes.
RECENT, PAST = 90, 455
#: Runs that are needed before and now.
LEAST_BEFORE, LEAST_NOW = 8, 4
#: What makes an order of days: share of the runs on the same weekday, or within the same third
#: of the month; and the share below which it is kept no more.
CLEAR, LEFT = {"weekday": 0.6, "month": 0.75}, 0.3
#: Chance, at most, that so few runs still fall on those days where nothing changed.
CHANCE = 0.005
#: Past alerts below which nothing is decided.
LEAST_ALERTS = 30


@dataclass
class DayChange:
    """A customer whose order of days changed.

    ``aspect``: ``weekday`` (places: 0 is Monday) or ``month`` (place p: from day 5p + 1 on, ten
    days, the last one over the turn of the month); ``kept_before``, ``kept_now``: runs on the
    place of before; ``moved_to``, ``moved``: the place most used now, and its runs.
    """

    customer: str
    aspect: str
    before: int
    runs_before: int
    kept_before: int
    runs_now: int
    kept_now: int
    moved_to: int
    moved: int


def find(ledger, day=None) -> list[DayChange]:
    """Return the customers whose order of payment days changed, one change each.

    :param ledger: ``learner.Ledger``; :param day: days since 1970, by default the ledger's
    """
    who, when, day = _runs(ledger, day)
    found = {}
    for aspect, place, count, width in (
        ("weekday", weekday(when), 7, 1),
        ("month", np.minimum(month_day(when)[0] // 5, 5), 6, 2),
    ):
        size = ledger.sizes["customer"]
        before, now = (
            _windows(who[side], place[side], size, count, width)
            for side in (when <= day - RECENT, when > day - RECENT)
        )
        for one in _changed(ledger, aspect, before, now):
            found.setdefault(one.customer, one)
    return list(found.values())


def _runs(ledger, day):
    """Return the customers and days of all runs that were known on a day, and the day."""
    day = ledger.asof if day is None else int(day)
    rows = ledger.usable & (ledger.paid <= day) & (ledger.paid > day - PAST)
    runs = np.unique(ledger.customer[rows] * np.int64(NEVER) + ledger.paid[rows])
    return runs // NEVER, runs % NEVER, day


def _windows(who, place, size, count, width):
    """Return (customers,) runs, and (customers, places) runs within the window of each place."""
    table = np.bincount(who * count + place, minlength=size * count)
    table = table.reshape(size, count)
    wide = sum(np.roll(table, -step, axis=1) for step in range(width))
    return table.sum(axis=1), wide


def _changed(ledger, aspect, before, now):
    """Yield the customers that had a clear order of days and left it."""
    (runs_before, wide_before), (runs_now, wide_now) = before, now
    customers = np.arange(len(runs_before))
    top = wide_before.argmax(axis=1)
    kept_before, kept_now = wide_before[customers, top], wide_now[customers, top]
    share = (kept_before + 1) / (runs_before + 2)
    changed = (
        (runs_before >= LEAST_BEFORE)
        & (runs_now >= LEAST_NOW)
        & (kept_before >= CLEAR[aspect] * runs_before)
        & (kept_now <= LEFT * runs_now)
        & (binom.cdf(kept_now, runs_now, share) <= CHANCE)
    )
    for one in np.flatnonzero(changed):
        moved_to = int(wide_now[one].argmax())
        yield DayChange(
            str(ledger.customers[one]),
            aspect,
            int(top[one]),
            int(runs_before[one]),
            int(kept_before[one]),
            int(runs_now[one]),
            int(kept_now[one]),
            moved_to,
            int(wide_now[one, moved_to]),
        )


@dataclass
class Proof:
    """How alerts on a change of days did on the past, beside the flat rule.

    ``alerts``: amounts told of; ``precision``: share of them that became seriously late;
    ``flat_precision``: the same of the flat rule; ``better``: clearly, by more than chance.
    """

    alerts: int
    precision: float | None
    flat_precision: float | None
    better: bool


def compare(ledger, grace=0, step=7, weeks=26) -> Proof:
    """Run the alert over the past, week by week, beside the flat rule.

    Of the amounts 1 to 20 days overdue, those of customers whose days changed are told of; the
    flat rule tells of those that are 8 days overdue or more.
    """
    last = ledger.asof - SERIOUS_DAYS - 7
    told, flat, truth = ([np.zeros(0, bool)] for _part in range(3))
    for day in range(last - step * (weeks - 1), last + 1, step):
        book = Book(ledger.at(day), day, grace)
        over = day - ledger.due[book.open]
        rows = book.open[(over > 0) & (over < SERIOUS_DAYS)]
        changed = [one.customer for one in find(book.ledger, day)]
        told.append(np.isin(ledger.customers[ledger.customer[rows]], changed))
        flat.append(day - ledger.due[rows] >= FLAT_DAYS)
        truth.append(ledger.paid[rows] > ledger.due[rows] + SERIOUS_DAYS)
    told, flat, truth = (np.concatenate(part) for part in (told, flat, truth))
    ours, theirs = truth[told], truth[flat]
    precision = float(ours.mean()) if len(ours) else None
    usual = float(theirs.mean()) if len(theirs) else None
    low, _high = metrics.wilson(int(ours.sum()), len(ours), z=1.64)
    better = len(ours) >= LEAST_ALERTS and usual is not None and low > usual
    return Proof(len(ours), precision, usual, bool(better))
