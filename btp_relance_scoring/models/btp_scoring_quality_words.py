# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools.misc import format_date

#: Weeks compared, or cases, below which figures are said to be too few.
ENOUGH_WEEKS = 20
#: The share of the reliability curve that is told in a sentence.
TOLD = 0.7


class BtpScoringModel(models.Model):
    """How good a model is, in sentences."""

    _inherit = "btp.scoring.model"

    def _say_charge(self) -> str:
        """Say who is in charge."""
        if not self:
            return self.env._(
                "No model yet: amounts are expected on their due date, by the simple rule."
            )
        return {
            "rule": self.env._("The simple rule is in charge: paid on the due date."),
            "delays": self.env._("The customers' own delays are in charge."),
            "learner": self.env._("The learned model is in charge."),
        }[self.method]

    def _say_history(self, figures) -> str:
        """Say what it was learned from."""
        if not self:
            return ""
        facts = {
            "count": self.row_count,
            "customers": self.customer_count,
            "first": format_date(self.env, self.date_from),
            "last": format_date(self.env, self.date_to),
            "trained": format_date(self.env, self.trained_on),
        }
        return self.env._(
            "%(count)s amounts due of %(customers)s customers, from %(first)s to %(last)s. "
            "Trained on %(trained)s.",
            **facts,
        )

    def _say_confidence(self, figures) -> str:
        """Say how far this can be trusted, from how much it was tried on."""
        table = figures.get("table", {})
        if not table:
            return self.env._(
                "Not enough history yet to compare: the figures come by themselves as "
                "payments do."
            )
        one = table.get(self.method) or next(iter(table.values()))
        facts = {"cases": one["n"], "days": len(one["by_origin"])}
        if one["n"] < 100 or facts["days"] < 3:
            return self.env._(
                "Low confidence: tried on %(cases)s amounts at %(days)s past dates only.",
                **facts,
            )
        if one["n"] < 400:
            return self.env._(
                "Medium confidence: tried on %(cases)s amounts at %(days)s past dates.",
                **facts,
            )
        return self.env._(
            "Good confidence: tried on %(cases)s amounts at %(days)s past dates.",
            **facts,
        )

    def _say_against_rule(self, figures) -> str:
        """Say whether it beats the rule, and that nothing was shown where nothing was."""
        gained = figures.get("intervals", {}).get(self.method, {}).get("gained")
        table = figures.get("table", {})
        if not gained or gained[1] is None or self.method == "rule":
            return ""
        facts = {
            "ours": self._float(table[self.method]["mae"]),
            "rule": self._float(table["rule"]["mae"]),
            "low": self._float(abs(gained[1] if gained[0] >= 0 else gained[2])),
            "high": self._float(abs(gained[2] if gained[0] >= 0 else gained[1])),
        }
        if gained[1] <= 0 <= gained[2]:
            return self.env._(
                "Its dates are wrong by %(ours)s days on average, the rule's by %(rule)s: no "
                "difference is shown yet.",
                **facts,
            )
        if gained[0] < 0:
            return self.env._(
                "Its dates are wrong by %(ours)s days on average, the rule's by %(rule)s: "
                "%(low)s to %(high)s days worse.",
                **facts,
            )
        return self.env._(
            "Its dates are wrong by %(ours)s days on average, the rule's by %(rule)s: "
            "%(low)s to %(high)s days nearer.",
            **facts,
        )

    def _say_contender(self, one, band=None) -> str:
        """Say one contender's errors in plain words.

        :param one: its figures; :param band: how its weeks of cash did, where it has bands
        """
        words = []
        if one.get("mae") is not None:
            words.append(
                self.env._("wrong by %s days on average", self._float(one["mae"]))
            )
        if one.get("auc") is not None:
            words.append(
                self.env._(
                    "ranks the late one first %s times in 100", round(100 * one["auc"])
                )
            )
        if one.get("wape") is not None:
            words.append(
                self.env._(
                    "misses the cash of a week by %s %%", round(100 * one["wape"])
                )
            )
        if band and band["weeks"] >= ENOUGH_WEEKS and band["coverage"] is not None:
            words.append(
                self.env._(
                    "its band of 80 %% held %(held)s weeks in 100 (%(low)s to %(high)s, "
                    "%(weeks)s weeks)",
                    held=round(100 * band["coverage"]),
                    low=round(100 * band["coverage_low"]),
                    high=round(100 * band["coverage_high"]),
                    weeks=band["weeks"],
                )
            )
        return ", ".join(words)

    def _say_reliability(self, figures) -> list[str]:
        """Say each point of the reliability curve, the most telling one first."""
        curve = figures.get("reliability", {}).get(self.method, [])
        told = sorted(curve, key=lambda part: abs(part["said"] - TOLD))
        return [
            self.env._(
                "Of 100 amounts said to be late at %(said)s %%, %(seen)s were (from %(low)s "
                "to %(high)s, over %(count)s cases).",
                said=round(100 * part["said"]),
                seen=round(100 * part["seen"]),
                low=round(100 * part["low"]),
                high=round(100 * part["high"]),
                count=part["n"],
            )
            for part in told
        ]

    def _say_drift(self) -> str:
        """Say what the weekly watch found last."""
        found = (self and self.drift or {}).get("brier") or []
        if not found:
            return self.env._(
                "Not enough yet: the weekly watch needs 30 amounts whose lateness was "
                "foretold and is known."
            )
        last = found[-1]
        facts = {
            "count": last["n"],
            "date": format_date(self.env, last["day"]),
            "error": self._float(last["brier"], 3),
            "base": self._float(last["base"], 3),
        }
        if last["brier"] < last["base"]:
            return self.env._(
                "In the eight weeks to %(date)s, over %(count)s amounts, its chances missed "
                "by %(error)s; saying the same to everybody would have missed by %(base)s.",
                **facts,
            )
        return self.env._(
            "Warning: in the eight weeks to %(date)s, over %(count)s amounts, its chances "
            "missed by %(error)s; saying the same to everybody would have missed by only "
            "%(base)s. Run the test again.",
            **facts,
        )

    def _say_cash(self, figures) -> dict:
        """Say how the cash of each week was foretold: frozen forecasts, and replayed ones."""
        frozen = self.env["btp.cash.forecast"]._get_accuracy(self.env.company)
        replayed = figures.get("cash") or {"weeks": 0}
        return {
            "frozen": self._say_weeks(frozen),
            "replayed": self._say_weeks(replayed) if replayed["weeks"] else "",
        }

    @api.model
    def _say_weeks(self, one) -> str:
        """Say how so many weeks of cash were foretold."""
        if not one["weeks"]:
            return self.env._("No week that was foretold is over yet.")
        if one["weeks"] < ENOUGH_WEEKS or one["wape"] is None:
            return self.env._(
                "Not enough yet: %(weeks)s weeks that were foretold are over, %(least)s are "
                "needed.",
                weeks=one["weeks"],
                least=ENOUGH_WEEKS,
            )
        facts = {"weeks": one["weeks"], "wape": round(100 * one["wape"])}
        if one["coverage"] is None:
            return self.env._(
                "Over %(weeks)s weeks, the forecast missed what came by %(wape)s %%; the "
                "rule gives no band.",
                **facts,
            )
        return self.env._(
            "Over %(weeks)s weeks, the forecast missed what came by %(wape)s %%; %(held)s "
            "weeks in 100 lay in the band (80 are meant to; from %(low)s to %(high)s).",
            held=round(100 * one["coverage"]),
            low=round(100 * one["coverage_low"]),
            high=round(100 * one["coverage_high"]),
            **facts,
        )

    @api.model
    def _get_costliest(self, company) -> list[dict]:
        """Return the three documents whose absence costs most, in words."""
        found = self.env["btp.document.delay"].search(
            [("company_id", "=", company.id), ("state", "=", "enough")], limit=3
        )
        return [
            {"id": one.id, "name": one.type_id.name, "words": one.sentence}
            for one in found
        ]

    @api.model
    def _float(self, value, digits=1) -> str:
        """Return a figure as the reader's language writes it."""
        lang = self.env["res.lang"]._get_data(code=self.env.lang or "en_US")
        text = f"{value:.{digits}f}"
        return text.replace(".", lang.decimal_point) if lang else text
