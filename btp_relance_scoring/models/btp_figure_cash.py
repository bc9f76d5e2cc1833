# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

#: Weeks that are over and shown before those to come.
PAST = 13


class BtpFigureCash(models.Model):
    """On the dashboard, the learned forecast takes the place of the habit's."""

    _inherit = "btp.figure.cash"

    @api.model
    def _get_page(self, company) -> dict:
        # EXTENDS btp_relance: where there is a forecast; the habit's is kept beside it.
        page = super()._get_page(company)
        forecasts = self.env["btp.cash.forecast"].with_company(company)
        if not forecasts.has_access("read"):
            return page
        learned = forecasts.get_page()
        if not (learned["weeks"] and forecasts._is_fresh(company)):
            return page
        past = [] if learned["replayed"] else learned["past"][-PAST:]
        return {
            "method": learned["method"],
            "weeks": learned["weeks"],
            "past": past,
            "words": " ".join(
                filter(
                    None,
                    [
                        learned["words"]["frozen"] or learned["words"]["replayed"],
                        learned["left_out"],
                    ],
                )
            ),
        }

    @api.model
    def _name_out(self, code):
        # EXTENDS btp_relance: what is left out here alone.
        words = {
            "unscored": self.env._("customers without a forecast: objection, persons"),
            "rest": self.env._("small remainders"),
        }
        return words.get(code) or super()._name_out(code)

    @api.model
    def _read_habits(self, company, day):
        # EXTENDS btp_relance: nobody's habit counts who objected to being foretold.
        habits = super()._read_habits(company, day)
        partners = self.env["res.partner"].browse(habits.delays)
        scored = self.env["btp.scoring.ledger"]._filter_scored(company, partners)
        return type(habits)(
            {payer: habits.delays[payer] for payer in scored.ids}, habits.kept
        )
