# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A reliable payer that slips: found early, and only called an alert where that beats a flat rule.

The flat rule alerts once an invoice is eight days overdue. The learned one alerts where this
customer's invoices that were open for so long mostly became seriously late. Both are run over the company's own past at
the same number of alerts, and judged by whether the invoice became seriously late.
"""

from dataclasses import dataclass

import numpy as np

from .book import Book, grouped, ratio

FLAT_DAYS = 8
#: Days overdue from which a late payment is what an alert should have told of.
SERIOUS_DAYS = 21
#: Cases that all customers together weigh in a customer's own share.
CASES = 2.0
#: A past comparison with fewer serious cases than this decides nothing.
LEAST_SERIOUS = 30


@dataclass
class Comparison:
    """Precision and recall of both rules on the past; ``smart`` says which one may alert."""

    alerts: int
    serious: int
    flat_precision: float | None
    flat_recall: float | None
    own_precision: float | None
    own_recall: float | None
    smart: bool
    days: tuple


def score(book: Book, rows) -> np.ndarray:
    """Return (n,) how likely it is that an overdue row becomes seriously late.

    Of the customer's invoices that were still open at this many days, the share that became so;
    shrunk to the same share of all customers.

    :param rows: open rows; those not overdue get -inf
    """
    ledger = book.ledger
    over = (book.day - ledger.due[rows]).astype(float)
    who = ledger.customer[book.settled]
    order = np.lexsort((book.delay, who))
    key = who[order] * 1000.0 + book.delay[order]
    own = ledger.customer[rows]
    end = np.searchsorted(key, own * 1000.0 + 500)
    still = end - np.searchsorted(key, own * 1000.0 + np.clip(over, 0, 120))
    serious = end - np.searchsorted(key, own * 1000.0 + SERIOUS_DAYS, "right")
    delays = np.sort(book.delay)
    all_still = len(delays) - np.searchsorted(delays, np.clip(over, 0, 120))
    all_serious = len(delays) - np.searchsorted(delays, SERIOUS_DAYS, "right")
    usual = (all_serious + 0.5) / (np.maximum(all_still, all_serious) + 1)
    chance = (np.minimum(serious, still) + CASES * usual) / (still + CASES)
    return np.where(over > 0, chance, -np.inf)


def compare(ledger, grace=0, step=7, weeks=26) -> Comparison:
    """Run both rules over the past, week by week, at the same number of alerts.

    Each week looks at the rows that are 1 to 20 days overdue: whatever is later is known anyway.
    """
    last = ledger.asof - SERIOUS_DAYS - 7
    days = list(range(last - step * (weeks - 1), last + 1, step))
    flat, own, truth = [], [], []
    for day in days:
        book = Book(ledger.at(day), day, grace)
        if len(book.settled) < 30:
            continue
        over = day - ledger.due[book.open]
        rows = book.open[(over > 0) & (over < SERIOUS_DAYS)]
        flat.append((day - ledger.due[rows]).astype(float))
        own.append(score(book, rows))
        truth.append(ledger.paid[rows] > ledger.due[rows] + SERIOUS_DAYS)
    span = tuple(str(np.datetime64(int(day), "D")) for day in (days[0], days[-1]))
    if not truth or sum(part.sum() for part in truth) < 1:
        return Comparison(0, 0, None, None, None, None, False, span)
    flat, own, truth = (np.concatenate(part) for part in (flat, own, truth))
    return _judge(flat, own, truth, span)


def _judge(flat, own, truth, span):
    """Precision and recall at the flat rule's number of alerts."""
    alerts = int((flat >= FLAT_DAYS).sum())
    serious = int(truth.sum())
    if not alerts:
        return Comparison(0, serious, None, None, None, None, False, span)
    hits_flat = int(truth[flat >= FLAT_DAYS].sum())
    chosen = np.argsort(-own, kind="stable")[:alerts]
    hits_own = int(truth[chosen].sum())
    better = serious >= LEAST_SERIOUS and hits_own > hits_flat
    # Better by more than chance: McNemar's test on the alerts that differ, without correction.
    flat_only = np.zeros(len(truth), bool)
    flat_only[flat >= FLAT_DAYS] = True
    own_only = np.zeros(len(truth), bool)
    own_only[chosen] = True
    gain = int((truth & own_only & ~flat_only).sum())
    loss = int((truth & flat_only & ~own_only).sum())
    sure = (gain - loss) ** 2 > 1.64**2 * (gain + loss)
    return Comparison(
        alerts,
        serious,
        hits_flat / alerts,
        hits_flat / serious,
        hits_own / alerts,
        hits_own / serious,
        bool(better and sure),
        span,
    )


@dataclass
class Change:
    """A customer whose habits changed: figures of before and now.

    ``kind``: ``slips`` (delay grew) or ``improves``; ``before``, ``now``: mean delay in days;
    ``cases_before``, ``cases_now``; ``z``: how many standard errors apart.
    """

    customer: str
    kind: str
    before: float
    now: float
    cases_before: int
    cases_now: int
    z: float


def find(ledger, grace=0, recent=60, least=(8, 3), days=5.0, z=3.0) -> list[Change]:
    """Return customers whose mean delay of late differs from before, the clearest first.

    Welch's statistic on delays cut at 120 days; open overdue rows count with the days they have.

    :param recent: days of due dates that are "now"; :param least: cases needed before and now
    :param days: smallest change worth a word; :param z: standard errors
    """
    book = Book(ledger, ledger.asof, grace)
    who, size = ledger.customer[book.settled], ledger.sizes["customer"]
    sides = []
    for side in (book.since > recent, book.since <= recent):
        count = grouped(who[side], size)
        mean = ratio(grouped(who[side], size, book.delay[side]), count)
        square = ratio(grouped(who[side], size, book.delay[side] ** 2), count)
        # Spread is never taken below two days: three equal delays prove little.
        sides.append((count, mean, np.maximum(square - mean**2, 4.0)))
    (n0, m0, v0), (n1, m1, v1) = sides
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (m1 - m0) / np.sqrt(v0 / n0 + v1 / n1)
    enough = (n0 >= least[0]) & (n1 >= least[1]) & (np.abs(m1 - m0) >= days)
    chosen = np.flatnonzero(enough & (np.abs(score) >= z))
    return [
        Change(
            str(ledger.customers[i]),
            "slips" if m1[i] > m0[i] else "improves",
            float(m0[i]),
            float(m1[i]),
            int(n0[i]),
            int(n1[i]),
            float(score[i]),
        )
        for i in chosen[np.argsort(-np.abs(score[chosen]), kind="stable")]
    ]
