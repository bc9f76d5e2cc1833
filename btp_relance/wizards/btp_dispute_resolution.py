# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class BtpDisputeResolution(models.TransientModel):
    """A decision on a dispute, and what the customer is told."""

    _name = "btp.dispute.resolution"
    _description = "Decision on a Dispute"

    dispute_id = fields.Many2one("btp.dispute", required=True)
    decision = fields.Selection(
        [
            ("accept", "Accept, and credit"),
            ("settle", "Put right: due again"),
            ("reject", "Reject"),
        ],
        required=True,
        default="accept",
    )
    currency_id = fields.Many2one(related="dispute_id.currency_id")
    contested = fields.Monetary(related="dispute_id.amount", string="Contested")
    amount = fields.Monetary(
        "Amount Credited",
        compute="_compute_amount",
        store=True,
        readonly=False,
        help="All taxes included. Less than what is contested: the rest is due again.",
    )
    rest = fields.Monetary("Due Again", compute="_compute_rest")
    resolution = fields.Text(
        "What the Customer Is Told",
        help="In the customer's language: it stands in the message as it is here.",
    )
    tell = fields.Boolean(
        "Tell the Customer",
        compute="_compute_tell",
        store=True,
        readonly=False,
    )

    @api.depends("dispute_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.dispute_id.amount

    @api.depends("amount", "contested")
    def _compute_rest(self):
        for wizard in self:
            rest = wizard.contested - wizard.amount
            wizard.rest = wizard.currency_id.round(rest) if wizard.currency_id else rest

    @api.depends("dispute_id")
    def _compute_tell(self):
        for wizard in self:
            company = wizard.dispute_id.company_id or self.env.company
            wizard.tell = company.sudo().btp_confirm_dispute

    def action_confirm(self):
        """Write the decision, and open the draft of the credit note where there is one."""
        self.ensure_one()
        self.dispute_id.check_access("write")
        dispute = self.dispute_id.sudo().with_context(btp_tell=self.tell)
        if self.decision == "reject":
            dispute._reject(self.resolution)
        elif self.decision == "settle":
            dispute._settle(self.resolution)
        else:
            note = dispute._accept(self.amount, self.resolution)
            return {
                "type": "ir.actions.act_window",
                "res_model": "account.move",
                "res_id": note.id,
                "view_mode": "form",
            }
        return {"type": "ir.actions.act_window_close"}
