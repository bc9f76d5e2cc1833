# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine.interest import MissingRate


class BtpRelanceStep(models.Model):
    _inherit = "btp.relance.step"

    show_interest = fields.Boolean(
        help="State the interest of each overdue invoice, reckoned to the day on which the "
        "message leaves.",
    )


class BtpRelance(models.Model):
    """What a message claims beside the principal."""

    _inherit = "btp.relance"

    received_on = fields.Date(
        tracking=True,
        help="Day on the acknowledgement of receipt. A consumer owes interest from the day "
        "on which the formal notice was received.",
    )

    @api.constrains("received_on", "contacted_on")
    def _check_received_on(self):
        for relance in self:
            sent = relance.contacted_on
            if relance.received_on and (not sent or relance.received_on < sent):
                raise ValidationError(
                    self.env._(
                        "A letter is received once it is sent, not before: correct the day."
                    )
                )

    def _get_interest_claim(self) -> dict:
        """Return the interest and the indemnities that this message claims, to the day on
        which it leaves.

        Interest is stated where the step says so. A half-year that is not known leaves the
        figures out: a message that must state them is stopped by :meth:`_check_interest`.

        :return: ``{"day", "rows": what :meth:`_get_interest_row` gives of each invoice,
            "totals": {currency: interest}, "indemnity": euros, "count": invoices that owe
            the indemnity, "missing": why a formal notice cannot leave}``
        """
        self.ensure_one()
        day = self.contacted_on or self.env["btp.echeance"]._get_today()
        lines = self.overdue_line_ids
        only = lines.move_line_id if all(lines.mapped("is_retention")) else None
        claims = lines.move_id._reckon_interest(day, drafts=False, only=only)
        missing = [claim for claim in claims.values() if isinstance(claim, MissingRate)]
        shown = self.step_id.show_interest and not missing
        rows, totals = [], {}
        for move, claim in claims.items():
            if shown and claim.total:
                rows.append(move._get_interest_row(claim))
                currency = move.currency_id
                totals[currency] = totals.get(currency, 0) + claim.total
        owing = [claim for claim in claims.values() if claim.indemnity]
        return {
            "day": day,
            "rows": rows,
            "totals": {currency: float(total) for currency, total in totals.items()},
            "indemnity": float(sum(claim.indemnity for claim in owing)),
            "count": len(owing),
            "missing": self._needs_interest()
            and missing
            and self.env["btp.legal.rate"]._explain_missing(missing[0]),
        }

    def _needs_interest(self) -> bool:
        """Return whether the message may not leave without the figures."""
        self.ensure_one()
        return self.tone == "formal" and self.step_id.show_interest

    def _check_interest(self):
        """Refuse to send a formal notice that cannot state what it claims.

        Other messages leave without the figures: the rates of the law stand in their words.

        :raise UserError: a half-year that a formal notice needs is not known
        """
        day = self.env["btp.echeance"]._get_today()
        formal = self.filtered(lambda relance: relance._needs_interest())
        moves = formal.overdue_line_ids.move_id
        for claim in moves._reckon_interest(day, drafts=False).values():
            if isinstance(claim, MissingRate):
                raise UserError(self.env["btp.legal.rate"]._explain_missing(claim))
