# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.btp_relance.const import SEGMENTS

from ..counting import say_amounts, say_days


class BtpScorePartner(models.Model):
    """How a customer pays one company: what the ledger shows, and which way it goes."""

    _name = "btp.score.partner"
    _description = "Payment Habit"
    _order = "amount_open desc, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    segment = fields.Selection(SEGMENTS, readonly=True)
    known_count = fields.Integer(
        "Amounts Known",
        readonly=True,
        help="Amounts due whose payment or lateness is known.",
    )
    late_rate = fields.Float("Paid Late", digits=(6, 4), readonly=True, aggregator=None)
    delay_mean = fields.Float(
        "Mean Delay (days)", digits=(8, 1), readonly=True, aggregator="avg"
    )
    delay_median = fields.Float(
        "Usual Delay (days)", digits=(8, 1), readonly=True, aggregator="avg"
    )
    delay_recent = fields.Float(
        "Delay of the Last Ones (days)", digits=(8, 1), readonly=True, aggregator="avg"
    )
    trend = fields.Selection(
        [("better", "Pays sooner"), ("steady", "Steady"), ("worse", "Pays later")],
        readonly=True,
    )
    amount_open = fields.Monetary(
        "Left to Pay", currency_field="company_currency_id", readonly=True
    )
    amount_overdue = fields.Monetary(
        "Overdue", currency_field="company_currency_id", readonly=True
    )
    left_out = fields.Monetary(
        "Not Counted",
        currency_field="company_currency_id",
        readonly=True,
        help="What no habit foretells: insolvency, legal file, dispute, retention not "
        "released. It is in no sum of expected cash.",
    )
    delay_expected = fields.Integer(
        "Expected Delay (days)",
        readonly=True,
        aggregator="avg",
        help="Days between due dates and the days on which the money is expected, weighted "
        "by amount.",
    )
    cash = fields.Monetary(
        "Expected in Four Weeks", currency_field="company_currency_id", readonly=True
    )
    p_late = fields.Float(
        "Chance of Being Late",
        digits=(6, 4),
        readonly=True,
        aggregator=None,
        help="Of what is not due yet, weighted by amount. What is late already is late: "
        "see the overdue amount.",
    )
    computed_on = fields.Date(readonly=True)
    words = fields.Char("In Words", compute="_compute_words")

    _partner_company_uniq = models.UniqueIndex("(partner_id, company_id)")

    @api.depends("partner_id")
    def _compute_display_name(self):
        for habit in self:
            habit.display_name = habit.partner_id.display_name

    @api.depends_context("lang")
    @api.depends("segment", "known_count", "delay_mean", "late_rate", "trend")
    def _compute_words(self):
        segments = dict(self._fields["segment"]._description_selection(self.env))
        trends = dict(self._fields["trend"]._description_selection(self.env))
        for habit in self:
            parts = [
                segments.get(habit.segment),
                habit._say_habit(),
                habit.trend != "steady" and trends.get(habit.trend),
            ]
            habit.words = " · ".join(filter(None, parts))

    def _say_habit(self) -> str:
        """Return how the customer pays, empty where nothing is known yet."""
        if not self.known_count:
            return ""
        if self.delay_mean >= 1:
            return self.env._(
                "pays on average %(days)s after the due date (%(count)s)",
                days=say_days(self.env, round(self.delay_mean)),
                count=say_amounts(self.env, self.known_count),
            )
        return self.env._(
            "pays on time as a rule (%(count)s, %(share)s %% late)",
            count=say_amounts(self.env, self.known_count),
            share=round(100 * self.late_rate),
        )

    def action_open_amounts(self):
        """Open what the customer owes."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Amounts Due"),
            "res_model": "btp.echeance",
            "view_mode": "list,kanban,form",
            "domain": [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
            ],
        }
