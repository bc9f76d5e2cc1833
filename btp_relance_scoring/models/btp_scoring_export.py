# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import numpy as np

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from .btp_scoring_columns import FACTS, FEATURES, OUTCOMES, find_words


class BtpScoringExport(models.AbstractModel):
    """Features and outcomes for an auditor: numbers in place of names, no objector in it."""

    _name = "btp.scoring.export"
    _description = "Export of the Learner's Rows"

    @api.model
    def _check_manager(self, company):
        if not self.env.user.has_group("btp_relance.group_manager"):
            raise AccessError(
                self.env._(
                    "Only a manager of reminders can export what was learned from."
                )
            )
        if company not in self.env.user.company_ids:
            raise AccessError(self.env._("Choose one of your own companies."))

    @api.model
    def _read(self, company):
        """Return the names of the columns, and the rows one after the other.

        Everything is read from the database before the first row is given: the stream goes
        on after the request's cursor is closed.

        :param company: the ``res.company``
        :return: (names, iterator of rows)
        """
        self._check_manager(company)
        sudo = self.sudo().with_company(company)
        day = sudo.env["btp.echeance"]._get_today()
        rows, ledger = sudo.env["btp.scoring.job"]._read_ledger(company, day)
        scores = sudo._read_scores(company)
        features = _get_feature_names(ledger)
        names = [*FACTS, *OUTCOMES, *(f"feature_{name}" for name in features)]
        lines = _walk(rows, ledger, scores, features, company.btp_score_grace)
        return names, lines

    @api.model
    def _read_scores(self, company) -> dict:
        """Return what was foretold, by échéance."""
        self.env["btp.score"].flush_model()
        return {
            line: said
            for line, *said in self.env.execute_query(
                SQL(
                    """
                    SELECT move_line_id, first_on, p_first, scored_on, p_late,
                           date_expected, method, confidence
                      FROM btp_score WHERE company_id = %s
                    """,
                    company.id,
                )
            )
        }

    @api.model
    def _describe(self, company):
        """Return what each column means, in the reader's language."""
        self._check_manager(company)
        sudo = self.sudo().with_company(company)
        day = sudo.env["btp.echeance"]._get_today()
        _rows, ledger = sudo.env["btp.scoring.job"]._read_ledger(company, day)
        words = [
            *FACTS.items(),
            *OUTCOMES.items(),
            *(
                (f"feature_{name}", find_words(name, FEATURES))
                for name in _get_feature_names(ledger)
            ),
        ]
        lines = [(name, self.env._(text)) for name, text in words]
        return (self.env._("Column"), self.env._("Meaning")), iter(lines)


def _get_feature_names(ledger) -> list[str]:
    """Return the features that this ledger has, in a fixed order."""
    from ..learner import features
    from ..learner.book import Book

    nobody = np.zeros(0, np.int64)
    values, _groups = features.make(Book(ledger, ledger.asof, 0), nobody)
    return sorted(values)


def _walk(rows, ledger, scores, features, grace):
    """Yield one row an amount due: its facts, its outcome, and its features as first seen.

    Features are those of the first weekly day on which the amount was open, from the ledger
    as it stood then; the columns stay empty where it was settled before such a day.
    """
    from ..learner.book import Book
    from ..learner.features import make, matrix
    from ..learner.snapshot import past_days

    days = sorted({*past_days(ledger, ledger.asof, grace), int(ledger.asof)})
    first = np.searchsorted(days, ledger.issue)
    for place in range(len(days) + 1):
        here = np.flatnonzero(first == place)
        found, known = {}, None
        if place < len(days) and len(here):
            known = days[place]
            book = Book(ledger.at(known), known, grace)
            seen = here[np.isin(here, book.open)]
            if len(seen):
                table = matrix(make(book, seen)[0], features)
                found = dict(zip(seen.tolist(), table, strict=True))
        for row in here.tolist():
            yield [
                *_facts_of(rows, row),
                *_outcome_of(rows, ledger, scores, row, grace),
                str(np.datetime64(known, "D")) if row in found else "",
                *(map(_figure, found[row]) if row in found else [""] * len(features)),
            ]


def _facts_of(rows, row):
    """Return the facts of an amount as it was issued."""
    names = (*FACTS,)
    return [_text(rows[name][row]) for name in names]


def _outcome_of(rows, ledger, scores, row, grace):
    """Return what came, and what had been said; empty while it is not known."""
    paid, due = rows["paid_date"][row], rows["due_date"][row]
    late = "" if np.isnat(paid) else (paid - due).astype(int)
    over = int(ledger.due[row]) + grace
    known = not np.isnat(paid) or over < ledger.asof
    said = scores.get(int(rows["invoice_id"][row]), [None] * 7)
    return [
        _text(paid),
        late,
        int(ledger.paid[row] > over) if known else "",
        ledger.trouble[row],
        *("" if value is None else value for value in said),
    ]


def _text(value):
    """Return a cell: empty for what is not known."""
    if value is None or value != value:
        return ""
    return str(value) if isinstance(value, np.datetime64) else value


def _figure(value):
    return "" if not np.isfinite(value) else float(f"{value:.6g}")
