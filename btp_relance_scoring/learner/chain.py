# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From P(late) to a whole distribution: steps away from the due date, in both directions.

The first question is late or not (the root, a model of its own). Among the late, bin after bin:
"still not paid at its end?" Among the punctual, backwards from the due date: "not earlier than this
bin?" Answers multiply, so the distribution sums to one and its share beyond the due date *is*
P(late). A discrete-time hazard (Singer & Willett 1993) on each side of a nested dichotomy
(Frank & Kramer 2004). One pooled model a side answers all of its questions.

A question is learned from the rows for which it can be answered whatever happened: the bin has
wholly passed by the day of training. Open rows are thus used for as long as they were watched.
"""

import numpy as np

from .book import Book, weekday
from .own import Own, answers
from .trees import logit

#: Features of the row that the sides use beside those of the step.
SHARED = """
    late_own late_20 late_60 late_240 delay_20 delay_60 delay_240 delay_sd n_240
    delay_q10 delay_q25 delay_q50 delay_q75 delay_q90 last_delay_1 last_delay_3
    last_delay_10 since_payment after_paid_due after_paid_issue runs_fixed
    month_before month_after due_weekday issue_weekday due_day due_days_left term
    to_due age overdue overdue_share overdue_longest overdue_mean recent_late
    recent_open same_due near_due near_paid before_paid after_paid delay_weekday
    late_weekday late_term late_company amount amount_relative invoices_month
    sales_share missing_documents missing_days reminders late_stage late_regime
    late_site retention visa_days
""".split()  # noqa: SIM905
STEP = [
    "step_end",
    "step_days",
    "step_ahead",
    "step_runs",
    "step_weekend",
    "step_own",
    "step_next_run",
]


class Steps:
    """Features of the steps of a book's rows."""

    def __init__(self, own: Own, rows):
        """Keep what the steps need.

        :param own: the habits of the book's customers
        :param rows: row numbers of the ledger; steps are described by their positions
        """
        self.own, self.rows = own, rows
        self.shares = own.shares(rows)
        self.answers = {late: answers(self.shares, late) for late in (True, False)}

    def describe(self, spots, step, late: bool) -> np.ndarray:
        """Return (n, len(STEP)) features of step numbers of rows.

        :param spots: (n,) positions among the rows
        :param step: (n,) bin numbers: bin k ends at ``edges[k]``
        """
        book, edges = self.own.book, self.own.edges
        rows = self.rows[spots]
        who, due = book.ledger.customer[rows], book.ledger.due[rows]
        upper = edges[step]
        lower = np.where(step > 0, edges[step - 1], upper - 15)
        # Days of the bin that are already over cannot bring a payment any more.
        lower = np.maximum(lower, book.day - due)
        days = np.maximum(upper - lower, 0)
        start = due + lower + 1
        first = weekday(start)
        short = sum(
            ((first + offset) % 7 >= 5) & (offset < days) for offset in range(6)
        )
        running = self.own.running(who)
        columns = (
            upper,
            days,
            due + lower - book.day,
            self.own.usual(running, due, lower, lower + days),
            np.where(days >= 7, 2 / 7, short / np.maximum(days, 1)),
            logit(self.answers[late][spots, step], 1e-3),
            self.own.usual(running, due, upper, upper + 2),
        )
        return np.column_stack(columns).astype(float)


def questions(book: Book, rows, edges, root: int, late: bool, until: int):
    """Return the (row, step, answer) triples of one side that can be answered by a day.

    :param rows: rows open on the book's day
    :param root: number of the edge that is the due date + grace
    :param until: the day of training; the rows' ledger knows payments up to it
    :return: positions in rows, step numbers, answers (1: paid in this bin)
    """
    ledger = book.ledger
    due = ledger.due[rows]
    delay = np.where(ledger.paid[rows] <= until, ledger.paid[rows], until + 1) - due
    first = book.day + 1 - due
    found = []
    steps = range(root + 1, len(edges)) if late else range(root, 0, -1)
    for step in steps:
        watched = due + edges[step] <= until
        if late:
            ask = watched & (delay > edges[step - 1]) & (first <= edges[step])
            answer = delay <= edges[step]
        else:
            # Asked where an earlier payment was possible at all.
            ask = watched & (delay <= edges[step]) & (first <= edges[step - 1])
            answer = delay > edges[step - 1]
        spots = np.flatnonzero(ask)
        found.append((spots, np.full(len(spots), step), answer[spots]))
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))


def assemble(p_late, late, early, edges, root, first) -> np.ndarray:
    """Multiply the answers into the share of each bin.

    :param p_late: (n,) P(delay > edges[root])
    :param late: (n, m) P(paid in bin | open before it), for the bins after the root
    :param early: (n, m) P(paid in bin | paid by its end), for the bins up to the root
    :param first: (n,) first day past due on which a payment can still come
    :return: (n, m + 1) shares; they sum to one, and are nothing in bins that have passed
    """
    n, m = late.shape
    out = np.zeros((n, m + 1))
    over = first > edges[root]
    left = np.where(over, 1.0, p_late)
    for step in range(root + 1, m):
        open_bin = first <= edges[step]
        out[:, step] = np.where(open_bin, left * late[:, step], 0.0)
        left = left - out[:, step]
    out[:, m] = left
    left = np.where(over, 0.0, 1 - p_late)
    for step in range(root, -1, -1):
        possible = first <= edges[step]
        earlier = (first <= edges[step - 1]) if step > 0 else np.zeros(n, bool)
        share = np.where(earlier, early[:, step], 1.0)
        out[:, step] = np.where(possible, left * share, 0.0)
        left = left - out[:, step]
    return out
