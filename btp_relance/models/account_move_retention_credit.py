# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import fields, models

from ..engine import retention


class AccountMove(models.Model):
    """A credit note lessens the retention by its rate, as far as the invoice still has one,
    and by more where nothing else is left to pay."""

    _inherit = "account.move"

    btp_retention_shift = fields.Monetary(
        "Retention Beside the Rate",
        readonly=True,
        copy=False,
        help="What a credit note takes off the retention beyond its rate; below it where "
        "negative.",
    )

    def _reckon_retention(self, total, currency):
        # EXTENDS btp_relance
        share = super()._reckon_retention(total, currency)
        shift = self.btp_retention_shift
        if not shift:
            return share
        if currency != self.currency_id:
            shift = currency.round(shift / (self.invoice_currency_rate or 1))
        # The entries of a credit note have the other sign.
        shift = Decimal(str(shift)) * (-1 if total < 0 else 1)
        bounds = sorted((Decimal(0), Decimal(str(total))))
        return min(max(share + shift, bounds[0]), bounds[1])

    def _fit_retention(self):
        """Bring the retention of this draft of a credit note in accord with what is left to
        pay of its invoice: 411 and 4117 are each credited with what can be matched there."""
        self.ensure_one()
        if not self.btp_retention_rate:
            return
        currency = self.currency_id
        lines = self.reversed_entry_id.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )
        kept = lines.filtered("btp_is_retention")
        left, left_kept = (
            currency.round(sum(part.mapped("amount_residual_currency")))
            for part in (lines - kept, kept)
        )
        share = retention.fit(
            self.amount_total, self.btp_retention_amount, left, left_kept
        )
        if currency.is_zero(float(share)):
            self.btp_retention_rate = 0.0
        else:
            self.btp_retention_shift = currency.round(
                float(share) - self.btp_retention_amount
            )
