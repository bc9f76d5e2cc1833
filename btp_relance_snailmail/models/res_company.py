# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """Who posts a company's ordinary letters."""

    _inherit = "res.company"

    btp_letter_carrier = fields.Selection(
        [("print", "We print and post them"), ("snailmail", "Odoo's Snailmail")],
        "Ordinary Letters",
        default="print",
        required=True,
        help="Snailmail prints and posts them, paid with Odoo's credits.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_letter_carrier = fields.Selection(
        related="company_id.btp_letter_carrier", readonly=False
    )
