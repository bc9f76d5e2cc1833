# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All features of rows on a day, and the groups in which they are explained."""

import numpy as np

from . import context, habits
from .book import Book

#: Makers of features, each with the group of facts that its features belong to.
MAKERS = (
    ("habit", habits.rates_and_delays),
    ("habit", habits.delay_ranks),
    ("recent", habits.last_payments),
    ("payment_day", habits.payment_days),
    ("payment_day", habits.due_weekday),
    ("load", context.open_load),
    ("neighbours", context.neighbours),
    ("calendar", context.calendar),
    ("customer", context.company),
    ("facts", context.facts),
)
#: Features that are explained with another group than their maker's.
MOVED = {
    "amount": "amount",
    "amount_relative": "amount",
    "amount_spread": "amount",
    "late_size": "amount",
    "late_term": "term",
    "term": "term",
    "to_due": "age",
    "age": "age",
    "late_20": "recent",
    "delay_20": "recent",
    "n_20": "recent",
    "missing_documents": "documents",
    "missing_days": "documents",
    "reminders": "reminders",
    "late_site": "site",
    "late_site_state": "site",
    "late_stage": "stage",
    "late_regime": "regime",
    "late_segment": "segment",
}


def make(book: Book, rows: np.ndarray) -> tuple[dict, dict]:
    """Return the features of rows as of the book's day, and the group of each.

    :param rows: row numbers of the ledger, issued by that day
    :return: ({name: (rows,) values}, {name: group})
    """
    values, groups = {}, {}
    for group, maker in MAKERS:
        for name, column in maker(book, rows).items():
            values[name] = np.asarray(column, float)
            groups[name] = MOVED.get(name, group)
    return values, groups


def matrix(made: dict, names, part=slice(None)) -> np.ndarray:  # noqa: B008
    """Return (rows, names) floats, NaN for a feature that was not made.

    :param made: the values that ``make`` returned
    :param names: the columns in the model's order
    :param part: which rows
    """
    count = len(next(iter(made.values()))[part])
    out = np.full((count, len(names)), np.nan)
    for index, name in enumerate(names):
        if name in made:
            out[:, index] = made[name][part]
    return out
