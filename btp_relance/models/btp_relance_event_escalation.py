# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpRelanceEvent(models.Model):
    """Cases handed to a person, in the journal."""

    _inherit = "btp.relance.event"

    kind = fields.Selection(
        selection_add=[
            ("escalated", "Handed to a person to settle"),
            ("escalated_up", "Handed to the manager"),
            ("escalation_done", "Case closed"),
            ("contact_wrong", "Not the right contact"),
            ("contact_right", "The right contact again"),
        ],
        ondelete={
            "escalated": "cascade",
            "escalated_up": "cascade",
            "escalation_done": "cascade",
            "contact_wrong": "cascade",
            "contact_right": "cascade",
        },
    )
