# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..const import WEEK


class BtpScoringJob(models.AbstractModel):
    """What follows the scores: cash of each week, what waits for documents."""

    _inherit = "btp.scoring.job"

    @api.model
    def _score(self, company, day=None):
        # EXTENDS btp_relance_scoring
        count = super()._score(company, day)
        self = self.with_company(company)
        day = day or self.env["btp.echeance"]._get_today()
        self._keep_cash(company, day)
        self.env["btp.document.delay"]._refresh_cost(company)
        return count

    @api.model
    def _keep_cash(self, company, day):
        """Freeze a forecast where the last is a week old, and settle the weeks that ended."""
        forecasts = self.env["btp.cash.forecast"]
        last = forecasts.search(
            [("company_id", "=", company.id), ("made_on", "<=", day)],
            order="made_on desc",
            limit=1,
        )
        if not last or (day - last.made_on).days >= WEEK:
            forecasts._freeze(company, day)
        forecasts._settle(company, day)

    @api.model
    def _train_on(self, company, day, rows, ledger):
        # EXTENDS btp_relance_scoring
        champion = super()._train_on(company, day, rows, ledger)
        self.env["btp.document.delay"]._measure(company, day, rows)
        return champion

    @api.model
    def _keep_figures(self, found):
        # EXTENDS btp_relance_scoring: what people read of a backtest.
        from ..figures import intervals, replay
        from ..learner.ledger import to_days

        figures = super()._keep_figures(found)
        until = int(to_days([found["until"]])[0])
        best = self._choose(found["table"], found["promote"])
        names = list(found["table"])
        # The simple ones tell no distribution: their band would hold nothing.
        bands = {
            name: replay(found, name, until)
            for name in names
            if name in ("learner", "delays", best)
        }
        rows = {name: band.pop("rows") for name, band in bands.items()}
        return {
            **figures,
            "intervals": intervals(found["past"], names, until, found["grace"]),
            "cash": {**bands[best], "rows": rows[best]},
            "bands": bands,
        }
