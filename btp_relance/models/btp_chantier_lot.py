# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpChantierLot(models.Model):
    """A part of the contract that bears its own rate of VAT.

    Situations are split by rate in the proportion of the lots.
    """

    _name = "btp.chantier.lot"
    _inherit = "btp.chantier.detail"
    _description = "Lot of a Contract"
    _order = "chantier_id, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char("Lot", required=True)
    amount = fields.Monetary(
        required=True, help="Before tax, with what signed avenants add to it."
    )
    tax_id = fields.Many2one(
        "account.tax",
        "VAT",
        required=True,
        check_company=True,
        domain="[('type_tax_use', '=', 'sale')]",
    )

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)",
        "The amount of a lot is positive: what an avenant takes off is deducted from it.",
    )
