# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ..engine.figures import effect

#: Days after a reminder within which a payment is held to be its effect.
WITHIN = (7, 14)
#: Months before the last day that are counted.
MONTHS = 6


class BtpFigure(models.Model):
    """What worked: amounts reminded at a step, beside comparable ones not reminded yet."""

    _inherit = "btp.figure"

    @api.model
    def get_effects(self, company_id=None) -> list[dict]:
        """Return for each step and channel what was paid soon after, and beside it what
        comparable amounts paid without a reminder, with numbers of cases and an interval.

        First, where a step holds some out by chance (``held``), what those paid: the honest
        comparison.

        :param company_id: one of the companies that are chosen; nothing: the first
        """
        self.check_access("read")
        company = self._choose_company(company_id)
        return self.with_company(company)._get_effects(company)

    @api.model
    def _get_effects(self, company, month=None) -> list[dict]:
        """Return the effects of the half-year that ends today, or with a month."""
        last = self._get_period(month)[1]
        first = last - timedelta(days=30 * MONTHS)
        for name in ("btp.relance", "btp.relance.line", "account.partial.reconcile"):
            self.env[name].flush_model()
        self.env["btp.figure.source"]._flush_sources()
        found = []
        for row in [
            *({**row, "held": True} for row in self._read_held(company, first, last)),
            *self._read_effects(company, first, last),
        ]:
            for days in WITHIN:
                one = effect.difference(
                    row[f"hits_{days}"],
                    row["cases"],
                    row[f"other_hits_{days}"],
                    row["others"],
                )
                said = {
                    name: None if part.value is None else float(part.value)
                    for name, part in (
                        ("reminded", one.reminded),
                        ("compared", one.compared),
                        ("difference", one.difference),
                    )
                }
                found.append(
                    {
                        "step_id": row["step_id"],
                        "held": row.get("held", False),
                        "channel": row["channel"],
                        "days": days,
                        "cases": one.cases,
                        "others": one.others,
                        "low": one.low,
                        "high": one.high,
                        "paid": float(row[f"paid_{days}"]),
                        "words": self._say_cases(one),
                        **said,
                    }
                )
        names = dict(
            self.env["btp.relance"]._fields["channel"]._description_selection(self.env)
        )
        steps = self.env["btp.relance.step"].sudo()
        for row in found:
            row["channel_name"] = names.get(row["channel"], row["channel"])
            row["step"] = steps.browse(row["step_id"]).name
        return found

    @api.model
    def _read_held(self, company, first, last) -> list[dict]:
        """Return the same of what steps held out by chance. Hook."""
        return []

    @api.model
    def _say_cases(self, one) -> str:
        """Return why a step is not compared, empty where it is."""
        if one.low is not None:
            return ""
        if not one.others:
            return self.env._("No comparable amount due")
        return self.env._("Too few cases to say")

    @api.model
    def _read_effects(self, company, first, last) -> list[dict]:
        """Return, by step and channel, how many amounts were paid soon after.

        Comparable: an amount of the same customer regime that was still open at the same age
        in the same half-year, and was not reminded then nor in the fourteen days before or
        after; it is watched from the day on which it reached that age.
        """
        seven, fourteen = WITHIN
        return self.env.execute_query_dict(
            SQL(
                """
                WITH due AS (
                    SELECT l.id, cp.btp_regime AS regime, l.balance,
                           COALESCE(l.date_maturity, l.date) AS day,
                           CASE WHEN l.amount_residual = 0 THEN paid.last END AS paid_on
                      FROM account_move_line l
                      JOIN account_move m ON m.id = l.move_id AND m.move_type = 'out_invoice'
                      JOIN res_partner p ON p.id = l.partner_id
                      JOIN res_partner cp ON cp.id = p.commercial_partner_id
                      LEFT JOIN LATERAL (
                        SELECT MAX(pr.max_date) AS last FROM account_partial_reconcile pr
                         WHERE pr.debit_move_id = l.id
                      ) paid ON TRUE
                     WHERE l.company_id = %(company)s AND l.parent_state = 'posted'
                       AND l.account_id IN %(accounts)s AND l.balance > 0
                       AND COALESCE(l.date_maturity, l.date) > %(first)s - 400
                ), reminded AS (
                    SELECT rl.move_line_id, rl.step_id, r.channel, r.contacted_on AS day,
                           due.regime, due.balance, due.paid_on,
                           r.contacted_on - due.day AS age
                      FROM btp_relance r
                      JOIN btp_relance_line rl ON rl.relance_id = r.id
                           AND rl.kind = 'overdue' AND rl.step_id IS NOT NULL
                      JOIN due ON due.id = rl.move_line_id
                     WHERE r.company_id = %(company)s
                       AND r.contacted_on BETWEEN %(first)s AND %(last)s - %(fourteen)s
                ), mine AS (
                    SELECT step_id, channel, COUNT(*) AS cases,
                           COUNT(*) FILTER (WHERE paid_on BETWEEN day AND day + %(seven)s)
                               AS hits_7,
                           COUNT(*) FILTER (WHERE paid_on BETWEEN day AND day + %(fourteen)s)
                               AS hits_14,
                           COALESCE(SUM(balance) FILTER (
                               WHERE paid_on BETWEEN day AND day + %(seven)s), 0) AS paid_7,
                           COALESCE(SUM(balance) FILTER (
                               WHERE paid_on BETWEEN day AND day + %(fourteen)s), 0) AS paid_14,
                           ROUND(AVG(age))::int AS age
                      FROM reminded GROUP BY step_id, channel
                ), kinds AS (
                    SELECT DISTINCT step_id, channel, regime FROM reminded
                ), others AS (
                    SELECT mine.step_id, mine.channel, COUNT(*) AS others,
                           COUNT(*) FILTER (
                               WHERE due.paid_on <= due.day + mine.age + %(seven)s)
                               AS other_hits_7,
                           COUNT(*) FILTER (
                               WHERE due.paid_on <= due.day + mine.age + %(fourteen)s)
                               AS other_hits_14
                      FROM mine
                      JOIN kinds ON kinds.step_id = mine.step_id
                           AND kinds.channel IS NOT DISTINCT FROM mine.channel
                      JOIN due ON due.regime IS NOT DISTINCT FROM kinds.regime
                           AND due.day + mine.age BETWEEN %(first)s AND %(last)s - %(fourteen)s
                           AND COALESCE(due.paid_on, 'infinity') >= due.day + mine.age
                     WHERE NOT EXISTS (
                        SELECT 1 FROM btp_relance_line x
                          JOIN btp_relance xr ON xr.id = x.relance_id
                         WHERE x.move_line_id = due.id AND x.kind = 'overdue'
                           AND xr.contacted_on BETWEEN due.day + mine.age - %(fourteen)s
                               AND due.day + mine.age + %(fourteen)s)
                     GROUP BY mine.step_id, mine.channel
                )
                SELECT mine.*, s.name AS step, COALESCE(others.others, 0) AS others,
                       COALESCE(other_hits_7, 0) AS other_hits_7,
                       COALESCE(other_hits_14, 0) AS other_hits_14
                  FROM mine
                  JOIN btp_relance_step s ON s.id = mine.step_id
                  LEFT JOIN others ON others.step_id = mine.step_id
                       AND others.channel IS NOT DISTINCT FROM mine.channel
                 ORDER BY s.days, mine.channel, mine.step_id
                """,
                company=company.id,
                accounts=self.env["btp.figure.source"]._get_account_ids(),
                first=first,
                last=last,
                seven=seven,
                fourteen=fourteen,
            )
        )
