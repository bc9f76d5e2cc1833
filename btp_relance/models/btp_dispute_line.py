# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpDisputeLine(models.Model):
    """The part of an amount due that a dispute holds."""

    _name = "btp.dispute.line"
    _description = "Contested Part of an Amount Due"
    _order = "dispute_id, id"
    _rec_name = "move_line_id"
    _check_company_auto = True

    dispute_id = fields.Many2one(
        "btp.dispute", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="dispute_id.company_id", store=True, precompute=True
    )
    move_line_id = fields.Many2one(
        "account.move.line",
        "Journal Item",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    date_due = fields.Date(related="move_line_id.date_maturity", string="Due Date")
    currency_id = fields.Many2one(related="move_line_id.currency_id")
    amount = fields.Monetary("Contested", readonly=True)
    held = fields.Monetary(
        readonly=True,
        help="What is not claimed now: nothing once the dispute is settled; until the "
        "credit note is posted, what it will credit.",
    )

    # Serves the one question that the engine asks.
    _held_idx = models.Index("(move_line_id) INCLUDE (held) WHERE held > 0")
    _positive = models.Constraint(
        "CHECK(amount > 0 AND held >= 0 AND held <= amount)",
        "A dispute holds no more than what is contested.",
    )
