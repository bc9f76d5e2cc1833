# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The customers' own delays alone, as a model: what speaks where the learner steps aside."""

from .book import Book
from .model import RATE, Model
from .trees import logit


def habits_alone(ledger, grace=0) -> Model:
    """Return a model that knows nothing but how each customer pays.

    What is usual, against which reasons are told, is the company's own late rate and mean delay.

    :param ledger: Ledger
    :param grace: days after the due date that do not count as late
    """
    book = Book(ledger, ledger.asof, grace)
    model = Model(grace, RATE, len(book.settled))
    model.reference = usual(book)
    return model


def usual(book) -> dict:
    """Return what is usual in a company of which nothing but the habits is known."""
    if not len(book.settled):
        return {}
    return {
        "habit_late": float(logit(book.base, 1e-3)),
        "late_240": float(book.base),
        "delay_240": float(book.delay.mean()),
    }
