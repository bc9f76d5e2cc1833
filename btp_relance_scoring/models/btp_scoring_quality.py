# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class BtpScoringModel(models.Model):
    """Is the model any good? What a manager reads of it, in figures and in words."""

    _inherit = "btp.scoring.model"

    @api.model
    def get_quality(self) -> dict:
        """Return what the page *Is the model good?* shows of the current company."""
        self.check_access("read")
        company = self.env.company
        champion = self.search(
            [("company_id", "=", company.id), ("state", "=", "champion")], limit=1
        )
        figures = champion._get_figures()
        contenders = champion._get_contenders(figures)
        return {
            "company": company.display_name,
            "can_run": self.has_access("write"),
            "model_id": champion.id,
            "method": champion.method or "rule",
            "headline": champion._say_charge(),
            "reason": champion.reason or "",
            "trouble": champion.trouble or "",
            "history": champion._say_history(figures),
            "confidence": champion._say_confidence(figures),
            "against_rule": champion._say_against_rule(figures),
            "contenders": contenders,
            "reliability": figures.get("reliability", {}).get(champion.method, []),
            "reliability_words": champion._say_reliability(figures),
            "origins": champion._get_origins(figures),
            "drift": (champion.drift or {}).get("brier", []),
            "drift_words": champion._say_drift(),
            "cash": champion._say_cash(figures),
            "documents": champion._get_costliest(company),
        }

    def _get_figures(self) -> dict:
        """Return the backtest that put this model in its place, empty where there was none."""
        return (self and self.figures) or {}

    def _get_dependence(self):
        """Return how payments moved together on the past, the learner's start without one."""
        from ..learner.cash import Dependence

        return Dependence(**self._get_figures().get("dependence", {}))

    # === PICTURES === #

    @api.model
    def _get_methods(self) -> dict:
        return {
            **dict(self._fields["method"]._description_selection(self.env)),
            "rate": self.env._("The customer's own late rate"),
        }

    def _get_contenders(self, figures) -> list[dict]:
        """Return each contender's figures, with the interval where it was measured."""
        labels = self._get_methods()
        intervals = figures.get("intervals", {})
        return [
            {
                "name": name,
                "label": labels.get(name, name),
                "charge": name == self.method,
                **{
                    key: one.get(key)
                    for key in ("n", "auc", "brier", "ece", "mae", "wape")
                },
                "brier_interval": intervals.get(name, {}).get("brier"),
                "mae_interval": intervals.get(name, {}).get("mae"),
                "words": self._say_contender(one, figures.get("bands", {}).get(name)),
            }
            for name, one in figures.get("table", {}).items()
        ]

    def _get_origins(self, figures) -> dict:
        """Return the Brier score of each contender at each past day."""
        table = figures.get("table", {})
        labels = self._get_methods()
        days = sorted(
            {one["origin"] for item in table.values() for one in item["by_origin"]}
        )
        series = []
        for name, item in table.items():
            found = {one["origin"]: one["brier"] for one in item["by_origin"]}
            values = [found.get(day) for day in days]
            series.append({"name": name, "label": labels[name], "values": values})
        return {"days": days, "series": series}
