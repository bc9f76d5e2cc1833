# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _action_send_mail(self, auto_commit=False):
        # EXTENDS mail: what was asked for has left.
        result = super()._action_send_mail(auto_commit=auto_commit)
        reading = self.env["btp.answer.reading"].browse(
            self.env.context.get("btp_answer_reading_id") or []
        )
        if reading.exists() and reading.state == "proposed":
            reading.answer_id.check_access("write")
            reading._done(self.env._("Documents sent."))
            reading.answer_id.sudo()._settle()
        return result
