# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The invoices (or amounts due) of one company, as its ledger knows them on a day.

Columns that are needed: ``invoice_id`` (unique), ``customer_id``, ``issue_date``, ``due_date``,
``amount``; with ``paid_date`` (empty while open) and ``asof`` (one day for all rows; else the day
is given apart). Amounts are in one currency, the company's: give NaN where a rate is missing, and the
rule takes over for that row. Known when present, missing values allowed (see ``FACTS``): the facts of the
building trade. Columns that are not named here are ignored.
"""

import copy

import numpy as np

from . import errors
from .errors import LearnerError

#: A day that never comes, as days since 1970.
NEVER = 10**7
NEEDED = ("invoice_id", "customer_id", "issue_date", "due_date", "amount")
#: Names whose own late rate is learned: each value gets a shrunk rate as of the day.
NAMES = ("segment", "stage", "regime", "site", "site_state")
#: Figures that stand on the day of issue and do not change afterwards.
FIGURES = ("retention", "price_revision", "subcontract", "visa_days")
#: Figures that change while an invoice is open. A column holds the value of the day of issue; what
#: came later is read from the log, each entry from its own day on only.
CHANGING = ("missing_documents", "reminders")
#: Days between which a document was missing (the second empty while it still is).
MISSING = ("missing_since", "missing_until")
FACTS = NAMES + FIGURES + CHANGING + MISSING


def to_days(values) -> np.ndarray:
    """Return days since 1970 as integers, NEVER for what is empty or unreadable.

    :param values: datetime64 of any unit, dates, or ISO texts
    """
    array = np.asarray(values)
    if array.dtype.kind != "M":
        texts = [str(value or "NaT")[:10] for value in array.tolist()]
        array = np.array([_one_day(text) for text in texts], dtype="datetime64[D]")
    array = array.astype("datetime64[D]")
    return np.where(np.isnat(array), NEVER, array.astype(np.int64))


def _one_day(text):
    try:
        return np.datetime64(text, "D")
    except ValueError:
        return np.datetime64("NaT", "D")


def to_dates(days) -> np.ndarray:
    """Return ``datetime64[D]`` for days since 1970."""
    return np.asarray(days, np.int64).astype("datetime64[D]")


def to_figures(values) -> np.ndarray:
    """Return floats, NaN for what is empty or no number."""
    array = np.asarray(values)
    if array.dtype.kind in "fiub":
        return array.astype(float)
    return np.array([_one_figure(value) for value in array.tolist()], float)


def _one_figure(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return np.nan


def _texts(values):
    """Return texts, empty for None and NaN."""
    array = np.asarray(values)
    if array.dtype.kind in "US":
        return array.astype(str)
    return np.array(
        [
            "" if value is None or value is False or value != value else str(value)
            for value in array.tolist()
        ],
        dtype=str,
    )


def columns_of(rows) -> dict:
    """Return a dict of arrays from a dict of arrays, a DataFrame, or a list of dicts."""
    if isinstance(rows, list | tuple):
        names = {name for row in rows for name in row}
        return {name: [row.get(name) for row in rows] for name in names}
    names = getattr(rows, "columns", None)
    names = rows.keys() if names is None or callable(names) else names
    return {str(name): np.asarray(rows[name]) for name in names}


class Ledger:
    """Rows of one company, checked and turned into arrays.

    ``issue``, ``due``, ``paid``: (n,) days since 1970, ``paid`` NEVER while open; ``amount``: (n,);
    ``customer``: (n,) numbers into ``customers``; ``codes[name]``, ``figures[name]``: facts;
    ``trouble``: (n,) texts, empty for a row that can be used; ``asof``: the day.
    """

    def __init__(self, rows, asof=None, log=()):
        """Read the rows.

        :param rows: dict of arrays, DataFrame, or list of dicts
        :param asof: the day (date, text or datetime64); by default the column ``asof``
        :param log: later values of changing facts, ``(invoice_id, name, day, value)`` each
        :raise LearnerError: a needed column or the day is missing, or a number is there twice
        """
        table = columns_of(rows)
        for name in NEEDED:
            if name not in table:
                raise LearnerError("missing_column", name)
        self.ids = _texts(table["invoice_id"])
        if len(np.unique(self.ids)) != len(self.ids):
            raise LearnerError("duplicate_id", "invoice_id")
        self.asof = self._read_asof(table, asof)
        self.issue, self.due = to_days(table["issue_date"]), to_days(table["due_date"])
        paid = table.get("paid_date")
        self.paid = np.full(len(self), NEVER) if paid is None else to_days(paid)
        # What is dated after the day is not known on it.
        self.paid = np.where(self.paid <= self.asof, self.paid, NEVER)
        self.amount = to_figures(table["amount"])
        self.names = {"customer": _texts(table["customer_id"])}
        self.names |= {name: _texts(table[name]) for name in NAMES if name in table}
        self._number_names()
        self.figures = {
            name: to_figures(table[name])
            for name in FIGURES + CHANGING
            if name in table and len(table[name])
        }
        self.missing = {name: to_days(table[name]) for name in MISSING if name in table}
        self.log = self._read_log(log)
        self.trouble = self._find_trouble()
        self.usable = self.trouble == ""

    def __len__(self):
        return len(self.ids)

    def _read_asof(self, table, asof):
        """The one day on which all of this is known."""
        days = to_days(table.get("asof", []) if asof is None else [asof])
        if len(days) == 0 or days.max() == NEVER:
            raise LearnerError("missing_column", "asof")
        if days.min() != days.max():
            raise LearnerError("several_days", "asof")
        return int(days[0])

    def _number_names(self):
        """Give each customer, segment… a number."""
        self.codes, self.sizes = {}, {}
        for name, texts in self.names.items():
            values, codes = np.unique(texts, return_inverse=True)
            self.codes[name], self.sizes[name] = codes, len(values)
            if name == "customer":
                self.customers, self.customer = values, codes

    def _read_log(self, log):
        """Return by name: row numbers, days and values, sorted by day."""
        place = {number: index for index, number in enumerate(self.ids.tolist())}
        entries = {}
        for number, name, day, value in log:
            if name in CHANGING and str(number) in place:
                entries.setdefault(name, []).append(
                    (to_days([day])[0], place[str(number)], _one_figure(value))
                )
        return {
            name: tuple(np.array(part) for part in zip(*sorted(found), strict=True))
            for name, found in entries.items()
        }

    def _find_trouble(self):
        """Return for each row the code of what is wrong with it, or an empty text."""
        trouble = np.full(len(self), "", dtype="U24")
        with np.errstate(invalid="ignore"):
            checks = (
                (self.paid < self.issue, errors.PAID_BEFORE_ISSUE),
                (self.due < self.issue, errors.DUE_BEFORE_ISSUE),
                (self.amount < 0, errors.NEGATIVE_AMOUNT),
                (~np.isfinite(self.amount), errors.BAD_AMOUNT),
                (self.names["customer"] == "", errors.NO_CUSTOMER),
                ((self.issue == NEVER) | (self.due == NEVER), errors.BAD_DATE),
            )
        for found, code in checks:
            trouble[found] = code
        return trouble

    def at(self, day: int):
        """Return the ledger as it stood on an earlier day: later payments are not in it.

        Rows issued later stay, so that row numbers are the same; no book of the day shows them.
        """
        then = copy.copy(self)
        then.asof = int(day)
        then.paid = np.where(self.paid <= day, self.paid, NEVER)
        return then

    def figure(self, name: str, rows: np.ndarray, day: int) -> np.ndarray:
        """Return a changing figure of rows as it was known on a day, NaN where unknown."""
        values = self.figures.get(name, np.full(len(self), np.nan)).copy()
        if name in self.log:
            days, places, later = self.log[name]
            known = days <= day
            # Entries are sorted by day: the last one stays.
            values[places[known].astype(int)] = later[known]
        return values[rows]

    def join(self, rows):
        """Return the ledger with open rows that it does not have yet, and where all of them stand.

        :param rows: open rows in any shape that a ledger is made from
        :return: (ledger, (n,) row numbers in it)
        """
        return join(self, rows)


def join(ledger: Ledger, rows) -> tuple[Ledger, np.ndarray]:
    """Return a ledger with rows added, those with a known number found again."""
    table = columns_of(rows)
    for name in NEEDED:
        if name not in table:
            raise LearnerError("missing_column", name)
    ids = _texts(table["invoice_id"])
    order = np.argsort(ledger.ids, kind="stable")
    spot = np.minimum(np.searchsorted(ledger.ids[order], ids), max(len(ledger) - 1, 0))
    found = ledger.ids[order][spot] == ids if len(ledger) else np.zeros(len(ids), bool)
    if found.all():
        return ledger, order[spot]
    new = Ledger({k: v[~found] for k, v in table.items()}, asof=to_dates(ledger.asof))
    whole = object.__new__(Ledger)
    whole.asof, whole.log = ledger.asof, ledger.log
    for name in ("ids", "issue", "due", "paid", "amount", "trouble", "usable"):
        setattr(
            whole, name, np.concatenate([getattr(ledger, name), getattr(new, name)])
        )
    _join_facts(whole, ledger, new)
    places = np.empty(len(ids), np.int64)
    places[found] = order[spot[found]]
    places[~found] = len(ledger) + np.arange((~found).sum())
    return whole, places


def _join_facts(whole, old, new):
    """Put names, figures and missing days of two ledgers one after the other."""
    for kind, empty in (("names", ""), ("figures", np.nan), ("missing", NEVER)):
        ours, theirs = getattr(old, kind), getattr(new, kind)
        setattr(
            whole,
            kind,
            {
                name: np.concatenate(
                    [
                        ours.get(name, np.full(len(old), empty)),
                        theirs.get(name, np.full(len(new), empty)),
                    ]
                )
                for name in {**ours, **theirs}
            },
        )
    whole._number_names()
