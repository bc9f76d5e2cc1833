# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_choice_mode = fields.Selection(
        related="company_id.btp_choice_mode", readonly=False
    )
    btp_choice_since = fields.Date(related="company_id.btp_choice_since")
