# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

#: Entries of a situation that the invoice made in its place takes over.
ENTRIES = (
    "btp_claimed_cumul",
    "btp_revision_index",
    "btp_definitive_index",
    "btp_penalties",
    "btp_visa_on",
    "btp_admitted_cumul",
    "btp_difference_reason",
)


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    def modify_moves(self):
        """Refuse to replace a penalty invoice: its copy would claim the days a second time."""
        if self.move_ids.filtered("btp_is_penalty"):
            raise UserError(
                self.env._(
                    "Credit this penalty invoice, then make a new one from the late "
                    "invoices: a corrected copy would claim the same days twice."
                )
            )
        return super().modify_moves()

    def _modify_default_reverse_values(self, origin_move):
        """Let the invoice that replaces a situation take its place in the chain."""
        values = super()._modify_default_reverse_values(origin_move)
        if not origin_move._is_btp_driven():
            return values
        values |= {name: origin_move[name] for name in ENTRIES}
        if not origin_move.btp_previous_id:
            values["btp_previous_cumul"] = origin_move.btp_previous_cumul
            values["btp_situation_number"] = origin_move.btp_situation_number
        return values
