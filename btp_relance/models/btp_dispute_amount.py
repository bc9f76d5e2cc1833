# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..engine import dispute as engine


def _exact(currency, amount: float) -> Decimal:
    """Return an amount as it is written, to the cent of its currency."""
    return Decimal(f"{currency.round(amount):.{currency.decimal_places}f}")


class BtpDispute(models.Model):
    """What is contested of an invoice, and what that holds of each amount due."""

    _inherit = "btp.dispute"

    @api.model
    def _get_dues(self, move) -> list[engine.Due]:
        """Return what of an invoice is left to pay and not yet contested."""
        lines = move.line_ids.filtered(
            lambda line: (
                (
                    line.account_id.account_type == "asset_receivable"
                    or line.btp_is_retention
                )
                and line.amount_residual_currency > 0
            )
        )
        contested = self._get_contested(lines)
        currency = move.currency_id
        return [
            engine.Due(
                line.id,
                _exact(currency, line.amount_residual_currency)
                - _exact(currency, contested.get(line.id, 0.0)),
                line.date_maturity or line.date,
                line.btp_is_retention,
            )
            for line in lines
        ]

    @api.model
    def _get_claimed(self, claim, free: Decimal) -> Decimal:
        """Return the amount that a claim is about.

        :param Decimal free: left to pay of the invoice and not yet contested
        :raise UserError: it is nothing, or more than there is
        """
        move, currency = claim.move, claim.move.currency_id
        of_lines = _exact(currency, sum(claim.invoice_lines.mapped("price_total")))
        if not free:
            if currency.is_zero(move.amount_residual):
                raise UserError(
                    self.env._(
                        "%s is paid: nothing is left to contest. Write to us for a refund.",
                        move.name,
                    )
                )
            raise UserError(
                self.env._("All that is left of %s is already contested.", move.name)
            )
        if claim.amount is None or claim.amount is False:
            # Payments came off what is not contested.
            return min(of_lines, free) if claim.invoice_lines else free
        amount = _exact(currency, claim.amount)
        most = min(of_lines, free) if claim.invoice_lines else free
        if amount <= 0:
            raise UserError(self.env._("Type the amount that is contested."))
        if amount > most:
            raise UserError(
                self.env._(
                    "No more than %(amount)s can be contested on %(invoice)s.",
                    amount=formatLang(self.env, float(most), currency_obj=currency),
                    invoice=move.name,
                )
            )
        return amount

    @api.model
    def _get_contested(self, lines) -> dict[int, float]:
        """Return what open disputes hold of journal items, in the currency of each.

        :param lines: ``account.move.line`` records
        :return: ``{line id: amount}``, never more than what is left to pay, without those
            of which nothing is contested
        """
        groups = (
            self.env["btp.dispute.line"]
            .sudo()
            ._read_group(
                [("move_line_id", "in", lines.ids), ("held", ">", 0)],
                ["move_line_id"],
                ["held:sum"],
            )
        )
        contested = {}
        for line, held in groups:
            amount = line.currency_id.round(
                min(held, max(line.amount_residual_currency, 0))
            )
            if line.currency_id.compare_amounts(amount, 0) > 0:
                contested[line.id] = amount
        return contested

    def _hold_only(self, amount: float):
        """Keep ``amount`` of this dispute held, and let go of the rest."""
        self.ensure_one()
        parts = {
            line.id: _exact(line.currency_id, line.amount) for line in self.line_ids
        }
        held = engine.reduce(_exact(self.currency_id, amount), parts)
        for line in self.line_ids:
            line.held = float(held[line.id])
