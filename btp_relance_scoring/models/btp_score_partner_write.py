# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ..staging import upsert

#: Days by which the delay must have moved to be called a trend.
TREND_DAYS = 5


class BtpScorePartner(models.Model):
    """Habits are written for all customers at once, each night."""

    _inherit = "btp.score.partner"

    _written = {
        "partner_id": "int",
        "segment": "varchar",
        "known_count": "int",
        "late_rate": "float8",
        "delay_mean": "float8",
        "delay_median": "float8",
        "delay_recent": "float8",
        "trend": "varchar",
        "amount_open": "numeric",
        "amount_overdue": "numeric",
        "left_out": "numeric",
        "delay_expected": "int",
        "cash": "numeric",
        "p_late": "float8",
    }

    @api.model
    def _write_all(self, company, day, ledger, rows, said, out):
        """Write how each customer pays, in one statement; who left the ledger is dropped.

        :param company: the ``res.company``
        :param date day: the scoring day
        :param ledger: ``learner.Ledger``; :param rows: its columns
        :param said: ``learner.Forecast`` of what is open
        :param out: what no habit foretells of it: ``(amounts, codes)``
        """
        now = SQL("NOW() AT TIME ZONE 'UTC'")
        upsert(
            self.env.cr,
            self._table,
            self._written,
            self._to_columns(company, ledger, rows, said, out),
            key=("partner_id", "company_id"),
            given={
                "company_id": company.id,
                "computed_on": SQL("%s::date", day),
                "write_uid": self.env.uid,
                "write_date": now,
            },
            insert={"create_uid": self.env.uid, "create_date": now},
            update={},
        )
        self.invalidate_model()
        self.search(
            [("company_id", "=", company.id), ("computed_on", "<", day)]
        ).unlink()

    @api.model
    def _to_columns(self, company, ledger, rows, said, out) -> dict[str, list]:
        """Return the habits as columns, one row a customer."""
        from ..learner import segments
        from ..learner.book import Book

        found = segments.find(ledger, grace=company.btp_score_grace)
        book = Book(ledger, ledger.asof, company.btp_score_grace)
        size = len(found.names)
        who = ledger.customer[said.rows]
        owed = rows["open_amount"][said.rows]
        counted = owed - out[0]
        late = ledger.due[said.rows] < ledger.asof

        def total(values):
            return np.bincount(who, values, minlength=size)

        soon = said.weeks[:, :4].sum(axis=1)
        precision = company.currency_id.decimal_places
        everything, coming, sure = total(owed), total(counted * ~late), total(counted)
        # A risk is of what is not due yet: what is late is late.
        chance = total(counted * said.p_late * ~late) / np.maximum(coming, 0.01)
        delay = total(counted * said.delay) / np.maximum(sure, 0.01)
        settled = ledger.customer[book.settled]
        medians, recents = _delays(settled, book.delay, book.since, size)
        columns = {
            "partner_id": [int(name) for name in found.names],
            "segment": found.segment,
            "known_count": found.cases.astype(int),
            "late_rate": found.late,
            "delay_mean": found.delay,
            "delay_median": medians,
            "delay_recent": recents,
            "trend": [_trend(days) for days in found.trend],
            "amount_open": everything.round(precision),
            "amount_overdue": total(owed * late).round(precision),
            "left_out": total(out[0]).round(precision),
            "delay_expected": [
                round(days) if some else None
                for days, some in zip(delay.tolist(), sure > 0.005, strict=True)
            ],
            "cash": total(counted * soon).round(precision),
            "p_late": np.where(coming > 0.005, chance, np.nan),
        }
        return {name: _to_list(column) for name, column in columns.items()}


def _to_list(column) -> list:
    """Return plain values, ``None`` for what is not known."""
    values = column.tolist() if isinstance(column, np.ndarray) else column
    return [None if value != value else value for value in values]


def _trend(days) -> str | None:
    """Return which way a habit goes, by how many days the delay moved."""
    if days != days:
        return None
    if abs(days) < TREND_DAYS:
        return "steady"
    return "worse" if days > 0 else "better"


def _delays(who, delay, since, size, last=3):
    """Return each customer's median delay, and the mean of the last ones, NaN if unknown.

    :param who: (n,) customers' numbers; :param delay: (n,) days past due
    :param since: (n,) days since the due date, to find the last ones
    """
    medians, recents = np.full(size, np.nan), np.full(size, np.nan)
    order = np.lexsort((since, who))
    bounds = np.searchsorted(who[order], np.arange(size + 1))
    for customer in range(size):
        mine = delay[order[bounds[customer] : bounds[customer + 1]]]
        if len(mine):
            medians[customer] = np.median(mine)
            recents[customer] = mine[:last].mean()
    return medians, recents
