# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """How long the link of a message leads to the customer's page."""

    _inherit = "res.company"

    btp_link_days = fields.Integer(
        "Days of a Link",
        default=180,
        required=True,
        help="After so many days the link of a message opens nothing: the customer asks "
        "for a new one, which leaves for the address on file.",
    )

    _btp_link_days_positive = models.Constraint(
        "CHECK(btp_link_days BETWEEN 1 AND 3650)",
        "A link lasts from 1 to 3650 days.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_link_days = fields.Integer(related="company_id.btp_link_days", readonly=False)
