# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""fit, predict and forecast: rows in, predictions out.

model = learner.fit(train)                       # train: rows of ``ledger``, with ``asof``
p_late, delay, weeks = learner.predict(model, open_rows)

ledger = learner.Ledger(rows, asof="2026-11-28", log=changes)
trained = learner.train(ledger, grace=0)         # a Model, to store with ``learner.dumps``
said = learner.forecast(trained, ledger)         # a Forecast of all open rows
"""

import os
from dataclasses import dataclass

import numpy as np

from . import addup, daily, errors, reasons, stack
from .ledger import NEVER, Ledger, to_dates
from .model import HABITS, LEARNER, NONE, RATE, Model, level_of
from .rival import PRIOR_ON_TIME
from .snapshot import Snapshot
from .training import fit as train

#: How far a score can be trusted.
NO_TRUST, LOW, MEDIUM, HIGH = "none", "low", "medium", "high"
#: Settled invoices of a customer from which its own habits count for more than the others'.
KNOWN_CUSTOMER = 5


@dataclass
class Forecast:
    """What the learner says of rows on one day; every part is read from one distribution.

    ``rows``: (n,) row numbers of the ledger; ``ids``: (n,) their ``invoice_id``
    ``p_late``: (n,) P(paid after due date + grace)
    ``expected``, ``low``, ``high``: (n,) datetime64: median payment day and 80 % interval (a tail
    beyond half a year is cut there)
    ``delay``, ``mean_delay``: (n,) days past due: median, and mean
    ``weeks``: (n, 13) P(paid in each week after the day); ``tail``: (n,) P(later)
    ``confidence``: (n,) none, low, medium, high
    ``flags``: n tuples of codes of ``errors``: why the confidence is not high
    ``by_rule``: (n,) True where the row could not be read and the due date stands in
    ``level``: none, rate, habits or learner; ``enough``: False: "not enough history"
    ``reasons``: n lists (see ``reasons.explain``), or None
    """

    rows: np.ndarray
    ids: np.ndarray
    p_late: np.ndarray
    expected: np.ndarray
    low: np.ndarray
    high: np.ndarray
    delay: np.ndarray
    mean_delay: np.ndarray
    weeks: np.ndarray
    tail: np.ndarray
    confidence: np.ndarray
    flags: list
    by_rule: np.ndarray
    level: str
    enough: bool
    reasons: list | None = None

    def __len__(self):
        return len(self.rows)


@dataclass
class Fitted:
    """A model with the ledger that it was trained on."""

    model: Model
    ledger: Ledger


def fit(train_rows, grace=None, log=(), effort=1.0) -> Fitted:
    """Train on rows as the ledger knew them on their ``asof`` day.

    :param train_rows: dict of arrays, DataFrame or list of dicts (columns: see ``ledger``)
    :param grace: days after the due date that do not count as late; by default the environment's
        BENCH_GRACE, or none
    :param log: later values of changing facts (see ``Ledger``)
    :param effort: see ``train``
    """
    grace = int(os.environ.get("BENCH_GRACE", 0)) if grace is None else int(grace)
    ledger = Ledger(train_rows, log=log)
    return Fitted(train(ledger, grace, effort), ledger)


def predict(fitted: Fitted, rows):
    """Return what the benchmark asks for of open rows.

    The weeks are those to add up amounts with (see ``addup``), drawn to the likeliest where the book
    is small; ``forecast`` gives the probabilities themselves.

    :return: (n,) P(late), (n,) expected delay in days (the median, never in the past), (n, 13)
        share of each amount to expect in week k after the day
    """
    ledger, places = fitted.ledger.join(rows)
    said = forecast(fitted.model, ledger, places)
    weeks = addup.likelier(said.weeks, ledger.amount[places], ledger.customer[places])
    return said.p_late, said.delay, weeks


def forecast(model: Model, ledger: Ledger, rows=None, explain=False) -> Forecast:
    """Return the forecast of open rows on the ledger's day.

    :param model: of ``train`` or ``loads``
    :param ledger: with the history up to its day
    :param rows: row numbers, by default all that are open (unreadable ones included)
    :param explain: also find the reasons
    """
    if rows is None:
        rows = np.flatnonzero(ledger.paid == NEVER)
    rows = np.asarray(rows, np.int64)
    good = ledger.usable[rows]
    found = _by_rule(ledger, rows, model.grace)
    why = [[] for _row in rows]
    flags = [() for _row in rows]
    confidence = np.full(len(rows), NO_TRUST, "U6")
    if good.any():
        snap = Snapshot(ledger, ledger.asof, model.grace, rows[good])
        said = model.read(snap, tuple(found))
        for name, values in said.items():
            found[name][good] = values
        if explain:
            _place(why, good, reasons.explain(model, snap))
        trust, codes = _confidence(model, snap)
        confidence[good] = trust
        _place(flags, good, codes)
    for spot in np.flatnonzero(~good):
        flags[spot] = (str(ledger.trouble[rows[spot]]),)
    due = np.where(ledger.due[rows] == NEVER, ledger.asof, ledger.due[rows])
    return Forecast(
        rows=rows,
        ids=ledger.ids[rows],
        p_late=found["p_late"],
        expected=to_dates(due + found["median"]),
        low=to_dates(due + found["low"]),
        high=to_dates(due + found["high"]),
        delay=found["median"].astype(float),
        mean_delay=found["mean"],
        weeks=found["weeks"],
        tail=found["tail"],
        confidence=confidence,
        flags=flags,
        by_rule=~good,
        level=model.level,
        enough=model.level in (HABITS, LEARNER),
        reasons=why if explain else None,
    )


def _place(whole, good, part):
    """Put a list's items where ``good`` is true."""
    for spot, item in zip(np.flatnonzero(good), part, strict=True):
        whole[spot] = item


def _by_rule(ledger, rows, grace) -> dict:
    """The rule: paid on the due date, or on the first day to come when that has passed."""
    n = len(rows)
    due = np.where(ledger.due[rows] == NEVER, ledger.asof, ledger.due[rows])
    ahead = np.maximum(due - ledger.asof, 1)
    weeks = np.zeros((n, daily.WEEKS))
    week = (ahead - 1) // 7
    inside = week < daily.WEEKS
    weeks[np.flatnonzero(inside), week[inside]] = 1.0
    delay = (ahead + ledger.asof - due).astype(float)
    over = due + grace <= ledger.asof
    return {
        "p_late": np.where(over, 1.0, 1 - PRIOR_ON_TIME),
        "median": delay.copy(),
        "low": delay.copy(),
        "high": delay.copy(),
        "mean": delay.copy(),
        "weeks": weeks,
        "tail": 1.0 - weeks.sum(axis=1),
    }


def by_rule(ledger: Ledger, rows, grace=0) -> dict:
    """Return the due-date rule's forecast: the champion before there is any other.

    :return: ``p_late``, ``median`` … ``weeks``, ``tail`` as ``daily.read`` names them
    """
    return _by_rule(ledger, np.asarray(rows, np.int64), grace)


def _confidence(model, snap):
    """Return (n,) trust and n tuples of codes for the rows of a snapshot."""
    own = np.bincount(
        snap.book.ledger.customer[snap.book.settled],
        minlength=snap.book.ledger.sizes["customer"],
    )[snap.book.ledger.customer[snap.rows]]
    known = own >= KNOWN_CUSTOMER
    company = company_flags(model)
    if model.level == NONE:
        trust = np.full(len(snap), NO_TRUST)
    elif company or model.level == RATE:
        trust = np.full(len(snap), LOW)
    else:
        full = HIGH if model.settled >= stack.HALF_TREES else MEDIUM
        trust = np.where(known, full, LOW)
    new = (*company, errors.NEW_CUSTOMER)
    return trust, [company if one else new for one in known]


def company_flags(model: Model) -> tuple:
    """Return the codes of why the company's history is not enough, none when it is."""
    codes = []
    if model.level == NONE:
        codes.append(errors.NO_HISTORY)
    elif model.level == RATE or model.settled < 200:
        codes.append(errors.FEW_RESOLVED)
    elif model.level == HABITS:
        codes.append(errors.SHORT_HISTORY)
    if model.info.get("one_class"):
        codes.append(errors.ONE_CLASS)
    return tuple(codes)


__all__ = [
    "Fitted",
    "Forecast",
    "by_rule",
    "company_flags",
    "fit",
    "forecast",
    "level_of",
    "predict",
    "train",
]
