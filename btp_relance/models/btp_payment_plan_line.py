# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .btp_payment_plan import LIVE


class BtpPaymentPlanLine(models.Model):
    """An instalment: a day, an amount, and what payments settled of it."""

    _name = "btp.payment.plan.line"
    _description = "Instalment"
    _order = "plan_id, sequence, id"
    _rec_name = "date"
    _check_company_auto = True

    plan_id = fields.Many2one(
        "btp.payment.plan", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    sequence = fields.Integer("No.", readonly=True)
    date = fields.Date(required=True, readonly=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    amount = fields.Monetary(required=True, readonly=True)
    left = fields.Monetary("Left to Pay", readonly=True)
    state = fields.Selection(
        [("coming", "Coming"), ("paid", "Settled in full"), ("late", "Late")],
        default="coming",
        required=True,
        readonly=True,
    )
    paid_on = fields.Date(readonly=True, help="When the ledger showed it.")
    reminded_on = fields.Date("Announced On", readonly=True)

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "An instalment is an amount."
    )
    _sequence_uniq = models.UniqueIndex("(plan_id, sequence)")


class BtpPaymentPlanSource(models.Model):
    """An amount due that a plan covers."""

    _name = "btp.payment.plan.source"
    _description = "Amount in Instalments"
    _inherit = ["btp.agreement.line"]
    _order = "plan_id, id"

    plan_id = fields.Many2one(
        "btp.payment.plan", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    amount = fields.Monetary("In the Plan")
    is_live = fields.Boolean(compute="_compute_is_live", store=True)
    hold_until = fields.Date(related="plan_id.hold_until", store=True)

    _one_live_per_echeance = models.UniqueIndex(
        "(move_line_id) WHERE is_live",
        "This amount due is already paid by instalments.",
    )

    @api.depends("plan_id.state")
    def _compute_is_live(self):
        for line in self:
            line.is_live = line.plan_id.state in LIVE
