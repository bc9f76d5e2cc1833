# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from ..const import FRESH, WEEK

#: Groups that the page lists, those who owe most first.
MOST = 40
#: Past weeks that the page shows.
PAST = 26


class BtpCashForecast(models.Model):
    """Expected cash as a page: the weeks to come, and those that are over."""

    _inherit = "btp.cash.forecast"

    @api.model
    def get_page(self, kind="all", group_id=False) -> dict:
        """Return the last forecast of the current company, and how earlier ones did.

        :param str kind: all, customer or chantier
        :param group_id: one customer or chantier of that kind
        """
        self.check_access("read")
        company = self.env.company
        mine = [("company_id", "=", company.id)]
        last = self.search(mine, order="made_on desc", limit=1)
        chosen = [*mine, *self._get_group(kind, group_id)]
        figures = self.env["btp.scoring.model"]._get_champion(company)._get_figures()
        past = self._get_past(chosen)
        replayed = not past and kind == "all"
        if replayed:
            past = figures.get("cash", {}).get("rows", [])
        return {
            "currency_id": company.currency_id.id,
            "made_on": fields.Date.to_string(last.made_on),
            "method": last.method or "rule",
            "band": bool(last) and last.method != "rule",
            "weeks": self._get_weeks(chosen, last.made_on),
            "groups": self._get_groups(mine, last.made_on, kind),
            "past": past,
            "replayed": replayed and bool(past),
            "words": self._say_accuracy(company, kind, figures),
            "left_out": self._say_left_out(mine, last.made_on),
            "can_freeze": self.env["btp.scoring.model"].has_access("write"),
        }

    @api.model
    def _is_fresh(self, company) -> bool:
        """Return whether forecasts are wanted, and the last one is no older than it may be."""
        if not company.sudo().btp_score_active:
            return False
        first = self.env["btp.echeance"].with_company(company)._get_today()
        first -= timedelta(days=WEEK + FRESH)
        fresh = [("company_id", "=", company.id), ("made_on", ">", first)]
        return bool(self.search_count(fresh, limit=1))

    @api.model
    def _say_left_out(self, mine, made_on) -> str:
        """Return in one sentence what the whole does not count, and why."""
        first = self.search(
            [*mine, ("made_on", "=", made_on), ("kind", "=", "all"), ("week", "=", 1)]
        )
        return self.env["btp.figure.cash"]._say_left_out(
            first.company_id, first.left_out
        )

    @api.model
    def _get_group(self, kind, group_id) -> list:
        if kind in ("customer", "chantier") and group_id:
            name = "partner_id" if kind == "customer" else "chantier_id"
            return [("kind", "=", kind), (name, "=", int(group_id))]
        return [("kind", "=", "all")]

    @api.model
    def _get_weeks(self, chosen, made_on) -> list[dict]:
        """Return the weeks of one forecast."""
        rows = self.search([*chosen, ("made_on", "=", made_on)], order="week")
        return [
            {
                "date": fields.Date.to_string(row.date_from),
                "until": fields.Date.to_string(row.date_to),
                "expected": row.expected,
                "low": row.low,
                "high": row.high,
            }
            for row in rows
        ]

    @api.model
    def _get_groups(self, mine, made_on, kind) -> list[dict]:
        """Return the customers or chantiers of a forecast, the largest sums first."""
        if kind not in ("customer", "chantier"):
            return []
        name = "partner_id" if kind == "customer" else "chantier_id"
        these = [*mine, ("made_on", "=", made_on), ("kind", "=", kind)]
        whole = self._read_group(
            these, [name], ["expected:sum"], order="expected:sum desc", limit=MOST
        )
        ids = [group.id for group, _sum in whole]
        soon = dict(
            self._read_group(
                [*these, ("week", "<=", 4), (name, "in", ids)], [name], ["expected:sum"]
            )
        )
        return [
            {
                "id": group.id,
                "name": group.display_name,
                "soon": soon.get(group, 0),
                "whole": total,
            }
            for group, total in whole
        ]

    @api.model
    def _get_past(self, chosen) -> list[dict]:
        """Return the weeks that are over, each as it was said the shortest time before."""
        rows = self.search(
            [*chosen, ("settled", "=", True)],
            order="date_from desc, week",
            limit=PAST * 13,
        )
        found = {}
        for row in rows:
            found.setdefault(row.date_from, row)
        return [
            {
                "date": fields.Date.to_string(row.date_from),
                "expected": row.expected,
                "low": row.low,
                "high": row.high,
                "actual": row.actual,
            }
            for row in reversed(list(found.values())[:PAST])
        ]

    @api.model
    def _say_accuracy(self, company, kind, figures) -> dict:
        """Return in words how frozen and replayed forecasts did."""
        say = self.env["btp.scoring.model"]._say_weeks
        replayed = figures.get("cash") or {"weeks": 0}
        return {
            "frozen": say(self._get_accuracy(company, kind)),
            "replayed": say(replayed) if kind == "all" and replayed["weeks"] else "",
        }

    @api.model
    def action_freeze(self) -> str:
        """Score the current company and keep today's forecast, at most once a day.

        :return: why there is no new one, in one sentence; empty where it was made
        """
        self.env["btp.scoring.model"].check_access("write")
        company, day = self.env.company, self.env["btp.echeance"]._get_today()
        company._check_btp_scores_wanted()
        mine = [("company_id", "=", company.id), ("made_on", "=", day)]
        there = self.search_count(mine, limit=1)
        self.env["btp.scoring.job"].sudo()._score(company)
        self.sudo()._freeze(company, day)
        if there:
            return self.env._(
                "Amounts due were scored again. Today's forecast of cash stays as it was "
                "said; the next one can be made tomorrow."
            )
        if not self.search_count(mine, limit=1):
            return self.env._("Nobody owes anything: there is nothing to forecast.")
        return ""
