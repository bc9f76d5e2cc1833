# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpRelanceEvent(models.Model):
    """Disputes and what is asked of the site, in the journal."""

    _inherit = "btp.relance.event"

    kind = fields.Selection(
        selection_add=[
            ("dispute_opened", "Dispute opened"),
            ("dispute_accepted", "Dispute accepted"),
            ("dispute_rejected", "Dispute rejected"),
            ("dispute_cancelled", "Dispute withdrawn"),
            ("site_asked", "Site asked"),
            ("site_answered", "Site answered"),
        ],
        ondelete={
            "dispute_opened": "cascade",
            "dispute_accepted": "cascade",
            "dispute_rejected": "cascade",
            "dispute_cancelled": "cascade",
            "site_asked": "cascade",
            "site_answered": "cascade",
        },
    )
