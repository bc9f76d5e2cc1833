# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What kind of payer a customer is, from its own history up to a day."""

from dataclasses import dataclass

import numpy as np

from .book import Book, grouped, ratio

PROMPT, SLOW, ERRATIC, FAILING, NEW = "prompt", "slow", "erratic", "failing", "new"
#: Settled invoices below which nothing is said.
LEAST = 5
#: Days: usual delay up to which a payer is prompt; spread from which it is erratic; overdue days
#: from which open amounts make it failing.
PROMPT_DAYS, ERRATIC_DAYS, FAILING_DAYS = 5.0, 15.0, 45
#: Share of the open amount that must be so long overdue.
FAILING_SHARE = 0.5
HALF_LIFE = 240.0


@dataclass
class Segments:
    """By customer number: ``names``, ``segment``, ``cases``, ``delay`` (days, recency-weighted
    mean), ``spread`` (days), ``late`` (share), ``trend`` (days: the latest minus before, see
    ``_trend``; NaN where unknown), ``overdue_share`` (of the open amount, longer than 45 days)."""

    names: np.ndarray
    segment: np.ndarray
    cases: np.ndarray
    delay: np.ndarray
    spread: np.ndarray
    late: np.ndarray
    trend: np.ndarray
    overdue_share: np.ndarray


def find(ledger, day=None, grace=0) -> Segments:
    """Return the segment and the habits of each customer.

    :param day: days since 1970, by default the ledger's
    """
    book = Book(ledger, ledger.asof if day is None else day, grace)
    size = ledger.sizes["customer"]
    who = ledger.customer[book.settled]
    w = book.weights(HALF_LIFE)
    cases = grouped(who, size)
    weight = grouped(who, size, w)
    delay = ratio(grouped(who, size, w * book.delay), weight)
    square = ratio(grouped(who, size, w * book.delay**2), weight)
    spread = np.sqrt(np.maximum(square - delay**2, 0))
    late = ratio(grouped(who, size, w * book.late), weight)
    overdue = _long_overdue(book, size)
    segment = np.full(size, SLOW, "U8")
    segment[delay <= PROMPT_DAYS] = PROMPT
    segment[spread > ERRATIC_DAYS] = ERRATIC
    segment[cases < LEAST] = NEW
    segment[(overdue >= FAILING_SHARE) & (cases > 0)] = FAILING
    return Segments(
        ledger.customers,
        segment,
        cases,
        delay,
        spread,
        late,
        _trend(book, who, size),
        overdue,
    )


def _long_overdue(book, size):
    """Share of each customer's open amount that is long overdue."""
    ledger = book.ledger
    amount = grouped(ledger.customer[book.open], size, ledger.amount[book.open])
    old = book.open[ledger.due[book.open] < book.day - FAILING_DAYS]
    part = grouped(ledger.customer[old], size, ledger.amount[old])
    return np.nan_to_num(ratio(part, amount))


def _trend(book, who, size, days=90, least=3, year=365):
    """Mean delay of the latest amounts minus that of before, 0 where chance alone could make it.

    The latest are those due within ``days``; of who buys seldom, the last three of a year. NaN
    with fewer than three on a side.
    """
    order = np.lexsort((book.since, who))
    place = np.empty(len(who), int)
    place[order] = np.arange(len(who)) - np.searchsorted(who[order], who[order])
    recent = (book.since <= days) | ((place < least) & (book.since <= year))
    means, errors = [], []
    for side in (recent, ~recent):
        count = grouped(who[side], size)
        mean = ratio(grouped(who[side], size, book.delay[side]), count)
        square = ratio(grouped(who[side], size, book.delay[side] ** 2), count)
        means.append(np.where(count >= least, mean, np.nan))
        # Never taken below two days: three equal delays prove little.
        errors.append(ratio(np.maximum(square - mean**2, 4.0), count))
    moved = means[0] - means[1]
    return np.where(moved**2 < errors[0] + errors[1], 0.0, moved)
