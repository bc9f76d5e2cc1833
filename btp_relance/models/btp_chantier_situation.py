# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine import situation
from ..engine.situation import exact
from .account_move_works import SITUATION_STAGES

#: Beyond it a coefficient is more exact than any index.
MAX_DECIMALS = 8


class BtpChantier(models.Model):
    """What situations take from their contract."""

    _inherit = "btp.chantier"

    def _get_situation_terms(self) -> situation.Terms:
        """Return what the contract says of its situations."""
        self.ensure_one()
        return situation.Terms(
            total=exact(self.amount_total),
            fixed_part=exact(self.revision_fixed_part) if self.is_revised else None,
            base_index=exact(self.revision_index_base),
            start_index=exact(self.start_index)
            if self.is_actualised
            else situation.ZERO,
            decimals=min(max(self.revision_decimals, 0), MAX_DECIMALS),
            advance=exact(self.advance_amount),
            refund_start=exact(self.advance_refund_start),
            refund_end=exact(self.advance_refund_end),
            unit=exact(self.currency_id.rounding or 0.01),
        )

    def _get_live_situations(self, excluded=None):
        """Return the situations that count, in the order of their numbers.

        Neither cancelled nor taken back by credit notes, and their cumul is known: those billed
        line by line tell nothing of the state of the works.

        :param excluded: ``account.move`` to leave out
        :return: dict of chantier to ``account.move``
        """
        moves = (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("btp_chantier_id", "in", self.ids),
                    ("move_type", "=", "out_invoice"),
                    ("btp_billing_stage", "in", SITUATION_STAGES),
                    ("state", "in", ("draft", "posted")),
                    ("btp_claimed_cumul", ">", 0),
                    ("id", "not in", excluded.ids if excluded else []),
                ],
                order="id",
            )
            .filtered(lambda move: not move.btp_is_credited)
            .sorted("btp_situation_number")
        )
        none = self.env["account.move"]
        groups = moves.grouped("btp_chantier_id") if moves else {}
        return {chantier: groups.get(chantier, none) for chantier in self}
