# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_dispute_days_quantity = fields.Integer(
        related="company_id.btp_dispute_days_quantity", readonly=False
    )
    btp_dispute_days_quality = fields.Integer(
        related="company_id.btp_dispute_days_quality", readonly=False
    )
    btp_dispute_days_price = fields.Integer(
        related="company_id.btp_dispute_days_price", readonly=False
    )
    btp_dispute_days_missing_order = fields.Integer(
        related="company_id.btp_dispute_days_missing_order", readonly=False
    )
    btp_dispute_days_missing_document = fields.Integer(
        related="company_id.btp_dispute_days_missing_document", readonly=False
    )
    btp_dispute_days_not_delivered = fields.Integer(
        related="company_id.btp_dispute_days_not_delivered", readonly=False
    )
    btp_dispute_days_duplicate = fields.Integer(
        related="company_id.btp_dispute_days_duplicate", readonly=False
    )
    btp_dispute_days_already_paid = fields.Integer(
        related="company_id.btp_dispute_days_already_paid", readonly=False
    )
    btp_dispute_days_other = fields.Integer(
        related="company_id.btp_dispute_days_other", readonly=False
    )
    btp_confirm_dispute = fields.Boolean(
        related="company_id.btp_confirm_dispute", readonly=False
    )
    btp_ask_site = fields.Boolean(related="company_id.btp_ask_site", readonly=False)
    btp_site_link_days = fields.Integer(
        related="company_id.btp_site_link_days", readonly=False
    )
    btp_upload_limit = fields.Integer(
        related="company_id.btp_upload_limit", readonly=False
    )
