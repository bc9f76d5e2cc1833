# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class BtpScoringJob(models.AbstractModel):
    """Each night too: what came of the choices, and whether there is enough to learn."""

    _inherit = "btp.scoring.job"

    @api.model
    def _score(self, company, day=None):
        # EXTENDS btp_relance_scoring
        count = super()._score(company, day)
        here = self.with_company(company).env
        day = day or here["btp.echeance"]._get_today()
        here["btp.choice"]._judge(company, day)
        company._refresh_btp_choice(day)
        here["btp.score.partner"]._choose_tones(company, day)
        return count

    @api.model
    def _watch_on(self, company, day, rows, ledger):
        # EXTENDS btp_relance_scoring: each week, which alert is the better one.
        drift = super()._watch_on(company, day, rows, ledger)
        self.env["btp.score.alarm"]._compare(company, day, ledger)
        return drift
