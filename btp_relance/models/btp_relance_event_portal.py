# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpRelanceEvent(models.Model):
    """What customers do on their page, and what becomes of their links, in the journal."""

    _inherit = "btp.relance.event"

    kind = fields.Selection(
        selection_add=[
            ("portal", "Done by the customer on their page"),
            ("portal_refused", "Refused on the customer's page"),
            ("link_revoked", "Link withdrawn"),
            ("link_renewed", "Link sent again"),
            ("contact_changed", "Contact corrected"),
        ],
        ondelete={
            "portal": "cascade",
            "portal_refused": "cascade",
            "link_revoked": "cascade",
            "link_renewed": "cascade",
            "contact_changed": "cascade",
        },
    )
