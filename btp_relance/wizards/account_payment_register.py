# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, models


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    @api.model
    def default_get(self, fields):
        """Propose what is to be paid now: not the retention that is to be paid in a year."""
        values = super().default_get(fields)
        lines = self.env["account.move.line"].browse(
            [id_ for _op, _zero, ids in values.get("line_ids", []) for id_ in ids]
        )
        today = self.env["btp.echeance"]._get_today()
        later = lines.filtered(
            lambda line: line.btp_is_retention and line.date_maturity > today
        )
        if later and later != lines:
            values["line_ids"] = [Command.set((lines - later).ids)]
        return values
