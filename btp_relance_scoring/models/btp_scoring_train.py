# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class BtpScoringJob(models.AbstractModel):
    """Champion and challenger: decided by figures on the company's own past."""

    _inherit = "btp.scoring.job"

    @api.model
    def _train(self, company, day=None):
        """Train a challenger, hold it against its rivals, and say who is in charge.

        The learner speaks only where its chances were better than the customers' own late
        rate at several past dates; else their own delays do, else the simple rule.

        :param company: the ``res.company``
        :param date day: the day of training (default: today of the company)
        :return: the ``btp.scoring.model`` that is in charge now
        """
        # Whoever trains, its page is read by the company's people.
        lang = company.partner_id.lang or self.env.lang
        self = self.with_company(company).with_context(lang=lang)
        day = day or self.env["btp.echeance"]._get_today()
        rows, ledger = self._read_ledger(company, day)
        return self._train_on(company, day, rows, ledger)

    @api.model
    def _train_on(self, company, day, rows, ledger):
        """Train and compare on a ledger that was read.

        :param rows: its columns, as the ledger gives them; :param ledger: ``learner.Ledger``
        :return: the ``btp.scoring.model`` that is in charge now
        """
        from ..learner import LearnerError, backtest
        from ..learner.training import went_the_same_way

        try:
            found = backtest.run(
                ledger, company.btp_score_grace, **backtest.pace(ledger)
            )
        except LearnerError:
            return self._fall_back(company, ledger)
        figures = self._keep_figures(found)
        winner = self._choose(found["table"], found["promote"])
        same_way = went_the_same_way(ledger, company.btp_score_grace)
        if same_way and winner == "learner":
            winner = "delays"
        challenger = self._make(company, ledger, "learner", figures)
        if winner == "learner":
            challenger._crown(self.env._("Better than the customers' own late rate."))
            return challenger
        code = "one_class" if same_way else found["promote"]["why"].get("learner")
        challenger.reason = self._explain(code)
        stand_in = self._make(company, ledger, winner, figures)
        stand_in._crown(challenger.reason)
        return stand_in

    @api.model
    def _choose(self, table, decision) -> str:
        """Return the method in charge. The bare late rate tells no day: the delays do."""
        if decision["champion"] == "learner":
            return "learner"
        rule, delays = table.get("rule"), table.get("delays")
        if delays and (not rule or delays["brier"] < rule["brier"]):
            return "delays"
        return "rule"

    @api.model
    def _fall_back(self, company, ledger):
        """Put in charge what a company without enough history can have."""
        from ..learner.model import MIN_RATE, level_of

        _level, settled, _days = level_of(ledger, company.btp_score_grace)
        method = "delays" if settled >= MIN_RATE else "rule"
        model = self._make(company, ledger, method, {})
        model._crown(
            self.env._(
                "Not enough history to compare: %(count)s amounts whose lateness is known.",
                count=settled,
            )
        )
        return model

    @api.model
    def _make(self, company, ledger, method, figures):
        """Return a new, trained and stored model, not yet in charge."""
        from ..learner import digest, dumps, stamp, train
        from ..learner.alone import habits_alone

        grace = company.btp_score_grace
        mine = figures.get("table", {}).get(method, {})
        trained = (train if method == "learner" else habits_alone)(ledger, grace)
        stamp(trained, ledger)
        usable = ledger.usable
        model = self.env["btp.scoring.model"].create(
            {
                "company_id": company.id,
                "method": method,
                "state": "refused",
                "trained_on": fields.Datetime.now(),
                "date_from": trained.info["first_issue"],
                "date_to": trained.info["cutoff"],
                "row_count": int(usable.sum()),
                "customer_count": len(set(ledger.customer[usable].tolist())),
                "figures": figures,
                **{
                    name: mine.get(name)
                    for name in ("auc", "brier", "ece", "mae", "wape")
                },
            }
        )
        if method != "rule":
            text = dumps(trained)
            model._store(text, digest(text))
        return model

    @api.model
    def _keep_figures(self, found) -> dict:
        """Return a backtest as JSON: its figures, and how payments move together."""
        from ..learner import cash
        from ..learner.ledger import to_days

        today = int(to_days([found["until"]])[0])
        best = found["promote"]["champion"]
        best = best if best in ("learner", "delays") else "delays"
        past = [cash.past_of(one, best, today) for one in found["past"]]
        dependence = cash.learn(past)
        return {
            **{name: value for name, value in found.items() if name != "past"},
            "dependence": dependence.__dict__,
        }

    @api.model
    def _explain(self, code) -> str:
        """Return why the learner is not in charge, in one sentence."""
        return {
            "one_class": self.env._(
                "All your amounts went the same way, all late or all on time: there is "
                "nothing to tell apart, a simpler way is used."
            ),
            "few_origins": self.env._(
                "Not enough past months to compare: the customers' own delays are used."
            ),
            "not_better": self.env._(
                "The learned model was not better than the customers' own late rate on "
                "your past: it steps aside."
            ),
            "not_calibrated": self.env._(
                "Its chances were too far from what happened on your past: it steps aside."
            ),
        }.get(code, self.env._("It could not be compared: the simpler way is used."))

    # === WATCH === #

    @api.model
    def _watch(self, company, day=None) -> dict:
        """Hold what was said against what came, and keep it.

        :return: ``{"brier": [{"day", "n", "brier", "base"}], "on": day}``
        """
        self = self.with_company(company)
        day = day or self.env["btp.echeance"]._get_today()
        return self._watch_on(company, day, *self._read_ledger(company, day))

    @api.model
    def _watch_on(self, company, day, rows, ledger) -> dict:
        """Hold what was first said of each amount against what came, on a ledger read."""
        import numpy as np

        from ..learner import metrics

        champion = self.env["btp.scoring.model"]._get_champion(company)
        if not champion:
            return {}
        self.env["btp.score"].flush_model()
        self.env.cr.execute(
            "SELECT move_line_id, p_first FROM btp_score WHERE company_id = %s",
            [company.id],
        )
        first = dict(self.env.cr.fetchall())
        p = np.array([first.get(id_, np.nan) for id_ in rows["invoice_id"].tolist()])
        last = ledger.due + company.btp_score_grace
        known = np.isfinite(p) & (last < ledger.asof) & ledger.usable
        brier = metrics.rolling_brier(
            last[known].astype("datetime64[D]"),
            (ledger.paid > last)[known].astype(int),
            p[known],
        )
        champion.drift = {"brier": brier, "on": str(day)}
        return champion.drift
