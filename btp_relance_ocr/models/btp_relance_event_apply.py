# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .btp_relance_event import _keep


class BtpRelanceEvent(models.Model):
    """What papers changed, and what people took back, in the journal."""

    _inherit = "btp.relance.event"

    kind = fields.Selection(
        selection_add=[
            ("paper_applied", "Paper applied"),
            ("paper_undone", "Paper undone"),
        ],
        ondelete={"paper_applied": _keep, "paper_undone": _keep},
    )
