# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import format_date, formatLang

from .btp_relance_hold import Hold


class BtpRelanceHold(models.AbstractModel):
    """What is contested in full is held; what is contested in part is chased for the rest."""

    _inherit = "btp.relance.hold"

    @api.model
    def _get_payment_holds(self, today) -> list[Hold]:
        # EXTENDS btp_relance: before what speaks of the amount left, which is nothing.
        holds = super()._get_payment_holds(today)
        place = [hold.code for hold in holds].index("paying") + 1
        return [*holds[:place], self._get_dispute_hold(), *holds[place:]]

    @api.model
    def _get_dispute_hold(self) -> Hold:
        return Hold(
            "dispute",
            self.env._("In dispute: all that is left is contested"),
            self.env._("The owner of the dispute accepts, rejects or cancels it."),
            SQL("(l.contested > 0 AND l.residual_company <= 0)"),
            listed=False,
        )


class BtpEcheance(models.Model):
    _inherit = "btp.echeance"

    def _get_why(self) -> list[tuple[str, str]]:
        # EXTENDS btp_relance
        answers = super()._get_why()
        if self.contested:
            answers.append(
                (
                    self.env._("What is contested?"),
                    " ".join([self._why_contested(), *self._why_disputes()]),
                )
            )
        return answers

    def _why_contested(self) -> str:
        return self.env._(
            "%s: it is not claimed until the dispute is settled.",
            formatLang(self.env, self.contested, currency_obj=self.currency_id),
        )

    def _why_disputes(self) -> list[str]:
        """Return what is contested and who answers it, a sentence each."""
        parts = self.env["btp.dispute.line"].search(
            [("move_line_id", "=", self.id), ("held", ">", 0)]
        )
        reasons = dict(
            self.env["btp.dispute"]._fields["reason"]._description_selection(self.env)
        )
        return [
            self.env._(
                "%(reason)s: accepted, its credit note is to be posted.",
                reason=reasons[dispute.reason],
            )
            if dispute.state == "accepted"
            else self.env._(
                "%(reason)s: %(owner)s answers before %(date)s.",
                reason=reasons[dispute.reason],
                owner=dispute.user_id.name or self.env._("somebody"),
                date=format_date(self.env, dispute.date_deadline),
            )
            for dispute in parts.dispute_id
        ]
