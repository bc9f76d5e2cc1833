# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_score_active = fields.Boolean(
        related="company_id.btp_score_active", readonly=False
    )
    btp_score_persons = fields.Boolean(
        related="company_id.btp_score_persons", readonly=False
    )
    btp_score_grace = fields.Integer(
        related="company_id.btp_score_grace", readonly=False
    )
