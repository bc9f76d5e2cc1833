# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import formatLang

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
                    self.env._(
                        "%s: it is not claimed until the dispute is settled.",
                        formatLang(
                            self.env, self.contested, currency_obj=self.currency_id
                        ),
                    ),
                )
            )
        return answers
