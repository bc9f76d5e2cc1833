# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo import api, fields, models
from odoo.tools import SQL

from ..const import CONFIDENCES, METHODS
from ..staging import upsert

#: Columns that a nightly run writes as JSON.
JSON = ("weeks", "reasons")


class BtpScore(models.Model):
    """What is expected of one amount due: lateness, day, cash, and why.

    A score orders and suggests; it decides nothing by itself (CJEU C-634/21).
    """

    _name = "btp.score"
    _description = "Score of an Amount Due"
    _order = "gain desc, id"
    _rec_name = "move_line_id"
    # Days stand on it; who ran the job tells nothing, and costs two checks a row.
    _log_access = False

    move_line_id = fields.Many2one(
        "account.move.line",
        "Amount Due",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    chantier_id = fields.Many2one(
        "btp.chantier", readonly=True, ondelete="set null", index="btree_not_null"
    )
    scored_on = fields.Date(required=True, readonly=True)
    since = fields.Date(
        readonly=True, help="The day from which this amount has been expected so."
    )
    model_id = fields.Many2one("btp.scoring.model", readonly=True, ondelete="set null")
    method = fields.Selection(METHODS, required=True, readonly=True)
    confidence = fields.Selection(CONFIDENCES, required=True, readonly=True)
    p_late = fields.Float(
        "Chance of Being Late", digits=(6, 4), readonly=True, aggregator="avg"
    )
    p_first = fields.Float(
        "First Chance of Being Late",
        digits=(6, 4),
        readonly=True,
        aggregator=None,
        help="As it was said the first time, to be held against what came.",
    )
    first_on = fields.Date("First Scored On", readonly=True)
    date_expected = fields.Date("Expected On", readonly=True)
    date_low = fields.Date(
        "Not Before", readonly=True, help="One chance in ten that it comes earlier."
    )
    date_high = fields.Date(
        "Not After", readonly=True, help="One chance in ten that it comes later."
    )
    amount = fields.Monetary(
        "Left to Pay", currency_field="company_currency_id", readonly=True
    )
    left_out = fields.Monetary(
        "Not Counted",
        currency_field="company_currency_id",
        readonly=True,
        help="What no habit foretells: insolvency, legal file, dispute, retention not "
        "released. It is in no sum of expected cash.",
    )
    left_out_code = fields.Char("Why Not Counted", readonly=True)
    trouble = fields.Char(
        readonly=True, help="Why the amount could not be scored, as a code."
    )
    cash = fields.Monetary(
        "Expected in Four Weeks",
        currency_field="company_currency_id",
        readonly=True,
        help="What is left to pay times its chance to come within four weeks.",
    )
    gain = fields.Monetary(
        "Expected Gain",
        currency_field="company_currency_id",
        readonly=True,
        help="What is left to pay times the chance that acting now changes something.",
    )
    weeks = fields.Json(
        readonly=True, help="Chance that it comes in each of the next 13 weeks."
    )
    reasons = fields.Json(readonly=True)

    _line_uniq = models.UniqueIndex("(move_line_id)")
    _company_idx = models.Index("(company_id, scored_on)")

    #: What a nightly run writes, with the type of each column.
    _written = {
        "move_line_id": "int",
        "partner_id": "int",
        "chantier_id": "int",
        "method": "varchar",
        "confidence": "varchar",
        "p_late": "float8",
        "date_expected": "date",
        "date_low": "date",
        "date_high": "date",
        "amount": "numeric",
        "left_out": "numeric",
        "left_out_code": "varchar",
        "trouble": "varchar",
        "cash": "numeric",
        "gain": "numeric",
        "weeks": "jsonb",
        "reasons": "jsonb",
    }

    @api.model
    def _write_all(self, company, day, model, columns: dict[str, list]):
        """Write the scores of a day in one statement.

        What was said the first time is kept; ``since`` moves only where the expected
        day or the chance really changed. Scores of amounts settled since stay as they
        were: they are the proof of what was foretold, until the privacy rule ends them.

        :param company: the ``res.company``
        :param date day: the scoring day
        :param model: the ``btp.scoring.model`` that spoke, may be empty
        :param columns: lists of equal length by name of `_written`; dates as ``date``,
            JSON as Python values
        :return: how many scores were written
        """
        upsert(
            self.env.cr,
            self._table,
            self._written,
            {
                name: list(map(json.dumps, column)) if name in JSON else column
                for name, column in columns.items()
            },
            key=("move_line_id",),
            given={
                "company_id": company.id,
                "model_id": SQL("%s::int", model.id or None),
                "scored_on": SQL("%s::date", day),
            },
            insert={
                "since": SQL("%s::date", day),
                "p_first": SQL("p_late"),
                "first_on": SQL("%s::date", day),
            },
            update={
                "since": SQL(
                    """
                    CASE WHEN btp_score.date_expected IS NOT DISTINCT FROM EXCLUDED.date_expected
                              AND ABS(btp_score.p_late - EXCLUDED.p_late) < 0.1
                         THEN btp_score.since ELSE EXCLUDED.since END"""
                )
            },
        )
        self.invalidate_model()
        return len(columns["move_line_id"])

    @api.model
    def _forget(self, partners, company=None):
        """Erase all that was computed of customers, at once.

        :param company: only what this company computed (default: every company)
        :return: how many records
        """
        mine = self._get_theirs(partners, company)
        count = 0
        for name in (
            "btp.score",
            "btp.score.partner",
            "btp.choice",
            "btp.score.change",
        ):
            records = self.env[name].sudo().search(mine)
            count += len(records)
            records.unlink()
        return count

    @api.model
    def _get_theirs(self, partners, company=None) -> list:
        """Return the domain of what was computed of customers."""
        mine = [("partner_id", "in", partners.ids)]
        return [*mine, ("company_id", "=", company.id)] if company else mine
