# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..models.btp_dispute import REASONS


class BtpDisputeOpening(models.TransientModel):
    """A person writes down what a customer contests."""

    _name = "btp.dispute.opening"
    _description = "Opening of a Dispute"

    move_id = fields.Many2one(
        "account.move",
        "Invoice",
        required=True,
        domain="[('state', '=', 'posted'), ('payment_state', 'not in', ('paid', 'reversed')),"
        " ('move_type', 'in', ('out_invoice', 'out_receipt'))]",
    )
    relance_id = fields.Many2one("btp.relance", "Reminder")
    contact_id = fields.Many2one(
        "res.partner",
        "Contested By",
        domain="[('commercial_partner_id', '=', partner_id)]",
    )
    partner_id = fields.Many2one(related="move_id.commercial_partner_id")
    reason = fields.Selection(REASONS, required=True)
    description = fields.Text("In the Customer's Words")
    scope = fields.Selection(
        [
            ("all", "All that is left to pay"),
            ("lines", "Some lines"),
            ("amount", "An amount"),
        ],
        "What Is Contested",
        default="all",
        required=True,
    )
    invoice_line_ids = fields.Many2many(
        "account.move.line",
        string="Contested Lines",
        domain="[('move_id', '=', move_id), ('display_type', '=', 'product')]",
    )
    currency_id = fields.Many2one(related="move_id.currency_id")
    left = fields.Monetary("Can Be Contested", compute="_compute_left")
    amount = fields.Monetary("Contested", help="All taxes included.")
    attachment_ids = fields.Many2many("ir.attachment", string="Files")

    @api.depends("move_id")
    def _compute_left(self):
        for wizard in self:
            dues = self.env["btp.dispute"].sudo()._get_dues(wizard.move_id)
            wizard.left = float(sum(due.free for due in dues))

    def action_confirm(self):
        """Open the dispute, and show it."""
        self.ensure_one()
        self.move_id.check_access("read")
        self.attachment_ids.check_access("read")
        self.env["btp.dispute"].check_access("write")
        dispute = self.env["btp.dispute"]._open(
            self.move_id,
            self.reason,
            self.description,
            amount=self.amount if self.scope == "amount" else None,
            invoice_lines=self.invoice_line_ids if self.scope == "lines" else None,
            attachments=self.attachment_ids,
            source="call" if self.env.context.get("btp_call") else "agent",
            relance=self.relance_id,
            contact=self.contact_id,
        )
        return dispute.get_formview_action()
