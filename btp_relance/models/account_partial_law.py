# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class AccountPartialReconcile(models.Model):
    """A part payment makes limitation begin anew, where the company has it count."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS account
        partials = super().create(vals_list)
        partials.debit_move_id.move_id._note_btp_part_payment()
        return partials

    def unlink(self):
        # EXTENDS account
        moves = self.debit_move_id.move_id
        result = super().unlink()
        moves.exists()._note_btp_part_payment()
        return result
