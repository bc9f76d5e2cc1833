# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResPartner(models.Model):
    """The chantiers of a customer."""

    _inherit = "res.partner"

    btp_chantier_count = fields.Integer(
        "Number of Chantiers",
        compute="_compute_btp_chantier_count",
        groups="account.group_account_invoice,account.group_account_readonly",
    )

    def _compute_btp_chantier_count(self):
        groups = self.env["btp.chantier"]._read_group(
            [("partner_id", "child_of", self.commercial_partner_id.ids)],
            ["partner_id"],
            ["__count"],
        )
        counts = {}
        for partner, count in groups:
            customer = partner.commercial_partner_id
            counts[customer] = counts.get(customer, 0) + count
        for partner in self:
            partner.btp_chantier_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_btp_chantiers(self):
        """Open the chantiers of this customer."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "btp_relance.btp_chantier_action"
        )
        customers = self.commercial_partner_id
        return {
            **action,
            "domain": [("partner_id", "child_of", customers.ids)],
            "context": {"default_partner_id": customers[:1].id},
        }
