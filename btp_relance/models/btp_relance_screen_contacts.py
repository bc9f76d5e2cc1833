# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class BtpRelance(models.Model):
    """Corrections that wait, on *My Day*."""

    _inherit = "btp.relance"

    contact_proposal_ids = fields.One2many(
        "btp.contact.proposal",
        "relance_id",
        "Contact to Check",
        domain=[("state", "=", "open")],
        readonly=True,
    )

    @api.model
    @api.readonly
    def get_my_day(self) -> list[dict]:
        # EXTENDS btp_relance
        figures = super().get_my_day()
        waiting = self.env["btp.contact.proposal"].search_count(
            [("company_id", "=", self.env.company.id), ("state", "=", "open")]
        )
        if waiting:
            figures.append(
                {
                    "label": self.env._("Contacts to check"),
                    "value": str(waiting),
                    "action": "btp_relance.btp_contact_proposal_action",
                    "context": {},
                }
            )
        return figures
