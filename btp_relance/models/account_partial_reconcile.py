# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class AccountPartialReconcile(models.Model):
    """A payment stops at once what was planned for what it pays."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS account
        partials = super().create(vals_list)
        due = partials.debit_move_id.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        if due:
            self.env["btp.relance.line"]._on_ledger_change(due)
            paid = due.filtered(
                lambda line: line.reconciled
                and not line.matched_credit_ids.credit_move_id.move_id.filtered(
                    lambda move: move.move_type == "out_refund"
                )
            )
            if paid:
                self.env["btp.relance"].sudo()._plan_thanks(paid)
        return partials

    def unlink(self):
        # EXTENDS account
        lines = (self.debit_move_id + self.credit_move_id).filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        result = super().unlink()
        if lines:
            self.env["btp.relance.line"]._on_ledger_change(lines.exists())
        return result
