# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """Whether answers may be read by what was learned."""

    _inherit = "res.company"

    btp_learned_reader = fields.Boolean(
        "Learned Reader of Answers",
        default=True,
        help="Each month, learn from the answers that people decided; used only where it "
        "is right more often than the rules.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_learned_reader = fields.Boolean(
        related="company_id.btp_learned_reader", readonly=False
    )
