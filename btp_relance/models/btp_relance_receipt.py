# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class BtpDocument(models.Model):
    _inherit = "btp.document"

    def _write_state(self, vals):
        # EXTENDS btp_relance: whoever sent it is told that it arrived.
        waiting = self.filtered(lambda document: document.state != "received")
        result = super()._write_state(vals)
        if vals["state"] == "received":
            self.env["btp.confirmation"]._confirm_documents(waiting.sudo())
        return result


class BtpRelanceEngine(models.AbstractModel):
    _inherit = "btp.relance.engine"

    @api.model
    def _after_dispatch(self):
        # EXTENDS btp_relance
        # pylint: disable=missing-return
        self.env["btp.confirmation"]._send_queued()
        super()._after_dispatch()
