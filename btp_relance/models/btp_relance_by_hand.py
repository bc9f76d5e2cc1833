# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class BtpRelance(models.Model):
    """What a dry run says of a reminder."""

    _inherit = "btp.relance"

    def _prepare_forecast(self, day) -> dict:
        """Return what a dry run says of this reminder on ``day``."""
        return {
            "day": day,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "step_id": self.step_id.id,
            "tone": self.tone,
            "channel": self.channel,
            "echeance_count": self.line_count,
            "amount": self.amount_due,
        }
