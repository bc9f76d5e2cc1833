# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..const import CONFIDENCES, FRESH, METHODS, SMALL_REST


class BtpEcheance(models.Model):
    """Amounts due with what is expected of them: sorted and filtered by it."""

    _inherit = "btp.echeance"

    score_id = fields.Many2one("btp.score", readonly=True)
    p_late = fields.Float(
        "Chance of Being Late", digits=(6, 4), readonly=True, aggregator=None
    )
    date_expected = fields.Date("Expected On", readonly=True)
    date_low = fields.Date("Not Before", readonly=True)
    date_high = fields.Date("Not After", readonly=True)
    cash = fields.Monetary(
        "Expected in Four Weeks",
        currency_field="company_currency_id",
        readonly=True,
    )
    left_out = fields.Monetary(
        "Not Counted",
        currency_field="company_currency_id",
        readonly=True,
        help="What no habit foretells: insolvency, legal file, dispute, retention not "
        "released. It is in no sum of expected cash.",
    )
    gain = fields.Monetary(
        "Expected Gain",
        currency_field="company_currency_id",
        readonly=True,
        help="What is left to pay times the chance that acting now changes something.",
    )
    score_since = fields.Date(
        "Expected So Since",
        readonly=True,
        help="The day from which this amount has been expected so.",
    )
    score_method = fields.Selection(METHODS, "Expected By", readonly=True)
    score_confidence = fields.Selection(CONFIDENCES, "Confidence", readonly=True)
    score_reason = fields.Char("Why Expected So", compute="_compute_score_reason")

    @property
    def _table_query(self) -> SQL:
        # EXTENDS btp_relance: the engine's own query stays as it is, and as fast.
        return SQL(
            """
            SELECT e.*, score.id AS score_id, score.p_late, score.date_expected,
                   score.date_low, score.date_high, score.cash, score.gain,
                   score.left_out,
                   score.since AS score_since,
                   score.method AS score_method, score.confidence AS score_confidence
              FROM (%s) e
              LEFT JOIN btp_score score ON score.move_line_id = e.id
                   -- A small rest counts as paid: what was said of the whole is over.
                   AND NOT (e.contested = 0
                            AND e.residual_company <= LEAST(score.amount / 100, %s))
                   AND score.scored_on > %s AND %s
            """,
            super()._table_query,
            SMALL_REST,
            self._get_today() - timedelta(days=FRESH),
            self._get_score_wanted_sql(),
        )

    @api.model
    def _get_score_wanted_sql(self) -> SQL:
        """Return whether ``score`` may be used: the company wants scores, and the customer
        did not ask to restrict what is done with their data (GDPR art. 18)."""
        return SQL(
            """
            score.company_id IN (SELECT id FROM res_company WHERE btp_score_active)
            AND score.partner_id NOT IN (
                SELECT id FROM res_partner WHERE btp_privacy_restricted)
            """
        )

    @api.model
    def _flush_relation(self):
        # EXTENDS btp_relance
        # pylint: disable=missing-return
        super()._flush_relation()
        self.env["btp.score"].flush_model()
        self.env["btp.score.partner"].flush_model()
        self.env["res.company"].flush_model(["btp_score_active"])
        self.env["res.partner"].flush_model(["btp_privacy_restricted"])

    @api.depends_context("lang")
    def _compute_score_reason(self):
        for echeance in self:
            score = echeance.score_id
            echeance.score_reason = score and score._get_reason()

    def _get_why(self):
        # EXTENDS btp_relance
        facts = super()._get_why()
        score = self.score_id
        if score:
            facts.append((self.env._("When is it expected?"), score._get_expectation()))
            reason = score.date_expected and score._get_reason()
            if reason:
                facts.append((self.env._("Why then?"), reason))
        return facts
