# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..const import BATCH


class BtpAnswer(models.Model):
    """Answers that never found their reminder do not stay for ever either."""

    _inherit = "btp.answer"

    @api.autovacuum
    def _gc_unplaced(self):
        """Delete read answers without a reminder once messages are past their time."""
        rule = self.env["btp.privacy.rule"].search(
            [("kind", "=", "message"), ("action", "!=", "keep")]
        )
        cutoff = rule and rule._get_cutoff(self.env["btp.echeance"]._get_today())
        if not cutoff:
            return
        old = self.search(
            [
                ("relance_id", "=", False),
                ("state", "=", "read"),
                ("received_on", "<", cutoff),
            ],
            limit=BATCH,
        )
        old = old.filtered(
            lambda answer: (
                not answer.partner_id.btp_privacy_restricted
                and not answer.partner_id.with_company(answer.company_id).btp_legal_file
            )
        )
        self.env["btp.privacy"]._forget_messages(old)
        old.unlink()


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
