# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_relance_active = fields.Boolean(related="company_id.btp_relance_active")
    btp_default_scenario_id = fields.Many2one(
        related="company_id.btp_default_scenario_id", readonly=False
    )
    btp_relance_user_id = fields.Many2one(
        related="company_id.btp_relance_user_id", readonly=False
    )
    btp_retention_account_id = fields.Many2one(
        related="company_id.btp_retention_account_id", readonly=False
    )
    btp_retention_scenario_id = fields.Many2one(
        related="company_id.btp_retention_scenario_id", readonly=False
    )
    btp_min_contact_gap = fields.Integer(
        related="company_id.btp_min_contact_gap", readonly=False
    )
    btp_min_amount = fields.Monetary(
        related="company_id.btp_min_amount", readonly=False
    )
    btp_reverse_charge_tax_id = fields.Many2one(
        related="company_id.btp_reverse_charge_tax_id", readonly=False
    )
