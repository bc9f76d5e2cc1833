# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class BtpPrivacy(models.AbstractModel):
    """What was read of answers goes with the reminders that they answer."""

    _inherit = "btp.privacy"

    @api.model
    def _erase_details(self, relances):
        # EXTENDS btp_relance
        result = super()._erase_details(relances)
        readings = (
            self.env["btp.answer.reading"]
            .sudo()
            .search([("answer_id.relance_id", "in", relances.ids)])
        )
        self._empty_texts(readings)
        readings.write({"details": False, "move_ids": [(5, 0, 0)]})
        return result
