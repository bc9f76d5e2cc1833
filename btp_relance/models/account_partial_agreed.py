# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class AccountPartialReconcile(models.Model):
    """A payment, or one undone, tells at once what was promised and agreed."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS account
        partials = super().create(vals_list)
        partials.debit_move_id._note_btp_agreed()
        return partials

    def unlink(self):
        # EXTENDS account
        lines = self.debit_move_id
        result = super().unlink()
        lines.exists()._note_btp_agreed()
        return result


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _note_btp_agreed(self):
        """Look again at the promises and plans about these amounts due."""
        due = self.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        if due:
            self.env["btp.promise"]._on_ledger_change(due)
            self.env["btp.payment.plan"]._on_ledger_change(due)
