# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class AccountMove(models.Model):
    """What an invoice of works states beside its lines. Amounts are before tax."""

    _inherit = "account.move"

    btp_situation_number = fields.Integer("Situation No.", copy=False)
    btp_previous_id = fields.Many2one(
        "account.move",
        "Previous Situation",
        copy=False,
        check_company=True,
        index="btree_not_null",
    )
    btp_claimed_cumul = fields.Monetary(
        "Works to Date",
        copy=False,
        help="Cumulated works at the prices of the contract, as we claim them.",
    )
    btp_admitted_cumul = fields.Monetary(
        "Admitted to Date",
        copy=False,
        help="Cumulated works that the maître d'œuvre admitted. Empty: no visa yet.",
    )
    btp_difference_reason = fields.Char("Why Less Was Admitted", copy=False)
    btp_visa_on = fields.Date("Visa Given On", copy=False)
    btp_revision_index = fields.Float("Index of the Month", digits=(12, 3), copy=False)
    btp_revision_amount = fields.Monetary("Price Revision", copy=False, readonly=True)
    btp_advance_refund = fields.Monetary(
        "Advance Taken Back", copy=False, readonly=True
    )
    btp_penalties = fields.Monetary("Site Penalties", copy=False)
    btp_reverse_charge = fields.Boolean(
        "Reverse Charge",
        help="Subcontracted works: the customer accounts for VAT (CGI 283-2 nonies).",
    )
    btp_os_id = fields.Many2one(
        "btp.chantier.os", "Ordre de service", check_company=True
    )
    btp_avenant_id = fields.Many2one(
        "btp.chantier.avenant", "Avenant", check_company=True
    )
    btp_purchase_order = fields.Char("Purchase Order")
    btp_engagement_number = fields.Char("Engagement Number")
    btp_service_code = fields.Char("Service Code")
