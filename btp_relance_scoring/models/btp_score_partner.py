# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.btp_relance.const import SEGMENTS


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
    late_rate = fields.Float(
        "Paid Late", digits=(6, 4), readonly=True, aggregator="avg"
    )
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
    cash = fields.Monetary(
        "Expected in Four Weeks", currency_field="company_currency_id", readonly=True
    )
    p_late = fields.Float(
        "Chance of Being Late",
        digits=(6, 4),
        readonly=True,
        aggregator="avg",
        help="Of what is open, weighted by amount.",
    )
    computed_on = fields.Date(readonly=True)

    _partner_company_uniq = models.UniqueIndex("(partner_id, company_id)")

    @api.depends("partner_id")
    def _compute_display_name(self):
        for habit in self:
            habit.display_name = habit.partner_id.display_name

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
