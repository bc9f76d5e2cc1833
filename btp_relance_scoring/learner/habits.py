# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Features from how this customer has paid so far: rates, delays, days, last payments."""

import numpy as np

from .book import Book, grouped, month_day, ratio, weekday
from .paydays import weekday_shares

#: Memories of the customer, in days.
HALF_LIVES = (20, 60, 240)
LONG = 240.0
QUANTILES = (10, 25, 50, 75, 90)


def rates_and_delays(book: Book, rows) -> dict:
    """Late rate, mean delay and its spread over several memories; by term and by size."""
    who = book.ledger.customer
    mine, cases = who[rows], who[book.settled]
    size = book.ledger.sizes["customer"]
    mean_all = book.delay.mean() if len(book.delay) else 8.3
    square_all = (book.delay**2).mean() if len(book.delay) else 200.0
    out = {}
    for half_life in HALF_LIVES:
        w = book.weights(half_life)
        rate, count = book.rates("customer", half_life)
        total = grouped(cases, size, w * book.delay)
        mean = (total + 3 * mean_all) / (count + 3)
        out[f"n_{half_life}"] = count[mine]
        out[f"late_{half_life}"] = rate[mine]
        out[f"delay_{half_life}"] = mean[mine]
    square = (grouped(cases, size, w * book.delay**2) + 3 * square_all) / (count + 3)
    out["delay_sd"] = np.sqrt(np.maximum(square - mean**2, 0))[mine]
    own, _n = book.customer_rate()
    out["late_own"] = own[mine]
    out |= _by_term_and_size(book, rows, rate, w)
    return out


def _by_term_and_size(book, rows, rate, w):
    """Late rate of the customer's invoices with this term, and of its larger or smaller ones."""
    ledger = book.ledger
    who, size = ledger.customer, ledger.sizes["customer"]
    mine, cases = who[rows], who[book.settled]
    term = np.clip(ledger.due - ledger.issue, 0, 127)

    def rate_of(keys_cases, keys_rows, width):
        late = grouped(cases * width + keys_cases, size * width, w * book.late)
        count = grouped(cases * width + keys_cases, size * width, w)
        spot = mine * width + keys_rows
        return (late[spot] + 4 * rate[mine]) / (count[spot] + 4)

    amount = np.log1p(np.maximum(ledger.amount, 0))
    count = grouped(cases, size, w)
    usual = ratio(grouped(cases, size, w * amount[book.settled]), count)
    square = ratio(grouped(cases, size, w * amount[book.settled] ** 2), count)
    relative = np.nan_to_num(amount[rows] - usual[mine])
    above = (amount[book.settled] > usual[cases]).astype(int)
    return {
        "late_term": rate_of(term[book.settled], term[rows], 128),
        "late_size": rate_of(above, (relative > 0).astype(int), 2),
        "amount": amount[rows],
        "amount_relative": relative,
        "amount_spread": np.sqrt(np.maximum(square - usual**2, 0))[mine],
    }


def delay_ranks(book: Book, rows) -> dict:
    """Quantiles of the customer's delays, and what is left of them at the row's age.

    ``survived``: share of the customer's invoices that were still open at this distance from the
    due date; ``late_if_open``: late rate among those.
    """
    who = book.ledger.customer
    mine = who[rows]
    order = np.lexsort((book.delay, who[book.settled]))
    delays = book.delay[order]
    key = who[book.settled][order] * 1000 + delays + 200
    first, end = (
        np.searchsorted(key, mine * 1000),
        np.searchsorted(key, mine * 1000 + 999),
    )
    distance = np.clip(book.day - book.ledger.due[rows], -45, 119)

    def beyond(delay):
        return end - np.searchsorted(key, mine * 1000 + 200 + delay, "right")

    still, late = beyond(distance), beyond(np.maximum(distance, book.grace))
    rate, _n = book.rates("customer", LONG)
    total = end - first
    out = {
        "survived": (still + 1) / (total + 1),
        "late_if_open": (late + 3 * rate[mine]) / (still + 3),
    }
    for percent in QUANTILES:
        spot = first + (percent * np.maximum(total - 1, 0)) // 100
        value = delays[np.minimum(spot, max(len(delays) - 1, 0))] if len(delays) else 0
        out[f"delay_q{percent}"] = np.where(total > 0, value, np.nan)
    return out


def last_payments(book: Book, rows) -> dict:
    """The latest payments: their delays, how long ago, which invoices they reached."""
    ledger, paid = book.ledger, book.paid
    who, mine, size = ledger.customer, ledger.customer[rows], ledger.sizes["customer"]
    order = np.lexsort((ledger.due[paid], ledger.paid[paid], who[paid]))
    sorted_rows = paid[order]
    owners = who[sorted_rows]
    delay = np.clip(ledger.paid[sorted_rows] - ledger.due[sorted_rows], -45, 120)
    customers = np.arange(size)
    first, end = (
        np.searchsorted(owners, customers),
        np.searchsorted(owners, customers, "right"),
    )
    sums = np.r_[0, np.cumsum(delay)]
    lates = np.r_[0, np.cumsum(delay > book.grace)]
    out = {}
    for count in (1, 3, 10):
        start = np.maximum(end - count, first)
        out[f"last_delay_{count}"] = ratio(sums[end] - sums[start], end - start)[mine]
        out[f"last_late_{count}"] = ratio(lates[end] - lates[start], end - start)[mine]
    none = end == first
    latest = np.full(size, np.nan)
    if len(sorted_rows):
        latest = np.where(
            none, np.nan, ledger.paid[sorted_rows[np.maximum(end - 1, 0)]]
        )
    out["since_payment"] = (book.day - latest)[mine]
    for name, days in (("due", ledger.due), ("issue", ledger.issue)):
        reached = np.full(size, -(10**6))
        np.maximum.at(reached, who[paid], days[paid])
        gap = np.where(none[mine], np.nan, days[rows] - reached[mine])
        out[f"after_paid_{name}"] = np.clip(gap, -60, 90)
    return out


def payment_days(book: Book, rows) -> dict:
    """Weekdays and days of the month on which the customer pays, seen from the due date."""
    ledger = book.ledger
    mine, due = ledger.customer[rows], ledger.due[rows]
    share = weekday_shares(book)
    out = {
        f"runs_{step}": share[mine, (weekday(due) + step) % 7] for step in range(-3, 5)
    }
    out["runs_fixed"] = (share**2).sum(axis=1)[mine]
    size = ledger.sizes["customer"]
    w = 0.5 ** ((book.day - ledger.paid[book.paid]) / LONG)
    day, _left = month_day(ledger.paid[book.paid])
    count = grouped(ledger.customer[book.paid] * 31 + day, size * 31, w)
    count = count.reshape(size, 31)
    share = (count + 3 / 31) / (count.sum(axis=1, keepdims=True) + 3)
    running = np.cumsum(np.concatenate([share] * 3, axis=1), axis=1)
    spot = month_day(due)[0] + 31
    out["month_before"] = running[mine, spot] - running[mine, spot - 5]
    out["month_after"] = running[mine, spot + 5] - running[mine, spot]
    out["month_fixed"] = (share**2).sum(axis=1)[mine]
    return out


def due_weekday(book: Book, rows) -> dict:
    """Late rate and delay by weekday of the due date, of all and of the customer.

    A date that falls on a Saturday is paid on the Friday by some and on the Monday by others.
    """
    ledger = book.ledger
    size = ledger.sizes["customer"]
    w = book.weights(LONG)
    mine, cases = ledger.customer[rows], ledger.customer[book.settled]
    day, day_cases = weekday(ledger.due[rows]), weekday(ledger.due[book.settled])
    rate, _n = book.rates("customer", LONG)
    mean_all = np.average(book.delay, weights=w) if len(w) else 8.3
    count_all = grouped(day_cases, 7, w)
    late_all = grouped(day_cases, 7, w * book.late)
    rate_all = (late_all + 20 * book.base) / (count_all + 20)
    mean_day = (grouped(day_cases, 7, w * book.delay) + 20 * mean_all) / (
        count_all + 20
    )
    spot = mine * 7 + day
    count = grouped(cases * 7 + day_cases, size * 7, w)[spot]
    late = grouped(cases * 7 + day_cases, size * 7, w * book.late)[spot]
    total = grouped(cases * 7 + day_cases, size * 7, w * book.delay)[spot]
    toward = np.clip(rate[mine] + rate_all[day] - book.base, 0.02, 0.98)
    own_count = grouped(cases, size, w)
    own = (grouped(cases, size, w * book.delay) + 3 * mean_all) / (own_count + 3)
    return {
        "late_weekday": (late + 4 * toward) / (count + 4),
        "n_weekday": count,
        "delay_weekday": (total + 4 * (own[mine] + mean_day[day] - mean_all))
        / (count + 4),
        "late_weekday_all": rate_all[day],
    }
