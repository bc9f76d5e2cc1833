# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class BtpRelance(models.Model):
    """What a person reports: the posting of a letter."""

    _inherit = "btp.relance"

    def _record_posting(self, tracking_number: str):
        """Note that the registered letter was posted, with its number."""
        self.ensure_one()
        self._ensure_letters()
        self.tracking_number = tracking_number
        self.posted_on = self.env["btp.echeance"]._get_today()
        self.activity_feedback(
            ["mail.mail_activity_data_todo"], feedback=tracking_number
        )
        self._done()
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "posted",
                    "relance_id": self.id,
                    "recipient": self._get_postal_contact()._display_address(),
                    "message_id": tracking_number,
                    "documents": self.env["btp.relance.event"]._documents(
                        self.letter_id
                    ),
                }
            ]
        )

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
