# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpRelanceEvent(models.Model):
    """What people make of answers, in the journal."""

    _inherit = "btp.relance.event"

    kind = fields.Selection(
        selection_add=[
            ("answer_read", "Answer read"),
            ("answer_reopened", "Answer to be read again"),
            ("reading_applied", "Answer acted on"),
            ("reading_dismissed", "Reading dismissed"),
            ("reading_corrected", "Reading corrected"),
        ],
        ondelete={
            "answer_read": "cascade",
            "answer_reopened": "cascade",
            "reading_applied": "cascade",
            "reading_dismissed": "cascade",
            "reading_corrected": "cascade",
        },
    )
