# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """When, how often and at what cost customers are contacted."""

    _inherit = "res.config.settings"

    btp_business_from = fields.Float(
        related="company_id.btp_business_from", readonly=False
    )
    btp_business_to = fields.Float(related="company_id.btp_business_to", readonly=False)
    btp_consumer_from = fields.Float(
        related="company_id.btp_consumer_from", readonly=False
    )
    btp_consumer_noon = fields.Float(
        related="company_id.btp_consumer_noon", readonly=False
    )
    btp_consumer_afternoon = fields.Float(
        related="company_id.btp_consumer_afternoon", readonly=False
    )
    btp_consumer_to = fields.Float(related="company_id.btp_consumer_to", readonly=False)
    btp_email_any_time = fields.Boolean(
        related="company_id.btp_email_any_time", readonly=False
    )
    btp_consumer_email_any_time = fields.Boolean(
        related="company_id.btp_consumer_email_any_time", readonly=False
    )
    btp_max_contacts = fields.Integer(
        related="company_id.btp_max_contacts", readonly=False
    )
    btp_max_contacts_consumer = fields.Integer(
        related="company_id.btp_max_contacts_consumer", readonly=False
    )
    btp_max_unanswered = fields.Integer(
        related="company_id.btp_max_unanswered", readonly=False
    )
    btp_hourly_rate = fields.Monetary(
        related="company_id.btp_hourly_rate", readonly=False
    )
    btp_fee_email = fields.Monetary(related="company_id.btp_fee_email", readonly=False)
    btp_fee_sms = fields.Monetary(related="company_id.btp_fee_sms", readonly=False)
    btp_fee_call = fields.Monetary(related="company_id.btp_fee_call", readonly=False)
    btp_fee_letter = fields.Monetary(
        related="company_id.btp_fee_letter", readonly=False
    )
    btp_fee_registered = fields.Monetary(
        related="company_id.btp_fee_registered", readonly=False
    )
    btp_confirm_promise = fields.Boolean(
        related="company_id.btp_confirm_promise", readonly=False
    )
    btp_confirm_document = fields.Boolean(
        related="company_id.btp_confirm_document", readonly=False
    )
