# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo import fields, models
from odoo.exceptions import UserError


class BtpPaymentPlanPaper(models.TransientModel):
    """The agreement that came back signed on paper."""

    _name = "btp.payment.plan.paper"
    _description = "Agreement Signed on Paper"

    plan_id = fields.Many2one(
        "btp.payment.plan", "Instalment Plan", required=True, readonly=True
    )
    currency_id = fields.Many2one(related="plan_id.currency_id")
    amount = fields.Monetary(related="plan_id.amount")
    instalment_ids = fields.One2many(related="plan_id.instalment_ids")
    signer_name = fields.Char("Signed By", required=True)
    signed_day = fields.Date("Signed On", required=True)
    content = fields.Binary("Signed Agreement", required=True, attachment=False)
    content_name = fields.Char()
    same_terms = fields.Boolean(
        "The paper says the same sums and days",
        help="What was paid since it was printed changes them: then propose a new plan.",
    )

    def action_confirm(self):
        """File the paper: the plan holds as if it was signed on the page."""
        self.ensure_one()
        self.plan_id._check_manager()
        if not self.same_terms:
            raise UserError(
                self.env._(
                    "Compare the paper with the instalments below and tick the box; where "
                    "they differ, propose a new plan."
                )
            )
        self.plan_id._sign_on_paper(
            self.signer_name,
            self.signed_day,
            self.content_name,
            base64.b64decode(self.content or b""),
            self.env.user,
        )
        return {"type": "ir.actions.act_window_close"}
