# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Features from the row itself and what surrounds it: open amounts, calendar, facts of the trade."""

import numpy as np

from .book import Book, grouped, month_day, ratio, weekday
from .ledger import CHANGING, FIGURES, NAMES, NEVER


def open_load(book: Book, rows) -> dict:
    """What the customer has open and overdue on the day, and how its latest due dates went."""
    ledger = book.ledger
    who, mine, size = ledger.customer, ledger.customer[rows], ledger.sizes["customer"]
    over = book.open[ledger.due[book.open] < book.day]
    days = (book.day - ledger.due[over]).astype(float)
    count, count_over = (
        grouped(who[book.open], size),
        grouped(who[over], size),
    )
    amount = grouped(who[book.open], size, ledger.amount[book.open])
    amount_over = grouped(who[over], size, ledger.amount[over])
    longest = np.zeros(size)
    np.maximum.at(longest, who[over], days)
    mean = ratio(grouped(who[over], size, np.minimum(days, 60)), count_over)
    out = {
        "open": count[mine],
        "overdue": count_over[mine],
        "overdue_share": ratio(count_over, count)[mine],
        "overdue_amount_share": ratio(amount_over, amount)[mine],
        "overdue_longest": longest[mine],
        "overdue_mean": np.nan_to_num(mean)[mine],
    }
    recent = book.since <= 10
    cases = book.settled[recent]
    number = grouped(who[cases], size)
    unpaid = (book.paid_on[cases] > book.day).astype(float)
    out["recent_n"] = number[mine]
    out["recent_late"] = ratio(grouped(who[cases], size, book.late[recent]), number)[
        mine
    ]
    out["recent_open"] = ratio(grouped(who[cases], size, unpaid), number)[mine]
    return out


def neighbours(book: Book, rows) -> dict:
    """Invoices of the same customer due on about the same day: how many, how many are paid."""
    ledger = book.ledger
    wide = 1 << 17
    everything = np.sort(
        ledger.customer[book.history] * wide + ledger.due[book.history]
    )
    paid = np.sort(ledger.customer[book.paid] * wide + ledger.due[book.paid])
    spot = ledger.customer[rows] * wide + ledger.due[rows]

    def count(keys, first, last):
        return (
            np.searchsorted(keys, spot + last, "right")
            - np.searchsorted(keys, spot + first)
        ).astype(float)

    near, before, after = (
        count(everything, *span) for span in ((-3, 3), (-10, -1), (1, 10))
    )
    return {
        "same_due": count(everything, 0, 0),
        "near_due": near,
        "near_paid": ratio(count(paid, -3, 3), near),
        "before_paid": ratio(count(paid, -10, -1), before),
        "after_paid": ratio(count(paid, 1, 10), after),
    }


def calendar(book: Book, rows) -> dict:
    """Days of the week and of the month, season, term, age."""
    ledger = book.ledger
    due, issue = ledger.due[rows], ledger.issue[rows]
    day, left = month_day(due)
    month = due.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    return {
        "due_weekday": weekday(due),
        "issue_weekday": weekday(issue),
        "due_day": day,
        "due_days_left": left,
        "season_sin": np.sin(month * np.pi / 6),
        "season_cos": np.cos(month * np.pi / 6),
        "term": due - issue,
        "to_due": due - book.day,
        "age": book.day - issue,
    }


def company(book: Book, rows) -> dict:
    """What holds for all customers, and the customer's weight in the company's sales."""
    ledger = book.ledger
    who, mine, size = ledger.customer, ledger.customer[rows], ledger.sizes["customer"]
    recent = book.since <= 14
    late = book.late[recent].mean() if recent.any() else book.base
    first = np.full(size, book.day)
    np.minimum.at(first, who[book.history], ledger.issue[book.history])
    last_year = book.history[ledger.issue[book.history] > book.day - 365]
    sales = grouped(who[last_year], size, ledger.amount[last_year])
    month = book.history[ledger.issue[book.history] > book.day - 30]
    return {
        "late_company": np.full(len(rows), late),
        "known_days": (book.day - first)[mine],
        "invoices": grouped(who[book.history], size)[mine],
        "invoices_month": grouped(who[month], size)[mine],
        "sales_share": (sales / max(sales.sum(), 1e-9))[mine],
    }


def facts(book: Book, rows) -> dict:
    """The trade's facts where the ledger has them.

    Names become the late rate that rows of that name had by the day, shrunk to the company's: a
    name never seen before then counts as average.
    """
    ledger = book.ledger
    out = {}
    for name in NAMES:
        if name in ledger.codes:
            rate, _count = book.rates(name, 240.0, 10.0)
            known = ledger.names[name][rows] != ""
            out[f"late_{name}"] = np.where(
                known, rate[ledger.codes[name][rows]], np.nan
            )
    for name in FIGURES:
        if name in ledger.figures:
            out[name] = ledger.figures[name][rows]
    for name in CHANGING:
        if name in ledger.figures or name in ledger.log:
            out[name] = ledger.figure(name, rows, book.day)
    if "missing_since" in ledger.missing:
        out["missing_days"] = missing_days(book, rows)
    return out


def missing_days(book: Book, rows) -> np.ndarray:
    """For how many days a document has been missing on the day; 0 when none is."""
    ledger = book.ledger
    since = ledger.missing["missing_since"][rows]
    until = ledger.missing.get("missing_until", np.full(len(ledger), NEVER))[rows]
    lacks = (since <= book.day) & (until > book.day)
    return np.where(lacks, book.day - since, 0).astype(float)
