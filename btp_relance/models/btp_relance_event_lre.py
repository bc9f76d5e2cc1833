# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpRelanceEvent(models.Model):
    """The proofs of electronic registered letters, in the journal."""

    _inherit = "btp.relance.event"

    kind = fields.Selection(
        selection_add=[
            ("proof_refusal", "Proof of refusal kept"),
            ("proof_negligence", "Proof of a letter not claimed kept"),
            ("proof_bounce", "Proof of a wrong address kept"),
        ],
        ondelete={
            "proof_refusal": "cascade",
            "proof_negligence": "cascade",
            "proof_bounce": "cascade",
        },
    )
