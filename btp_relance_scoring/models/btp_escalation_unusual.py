# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import numpy as np

from odoo import api, fields, models
from odoo.tools import SQL

from ..counting import say_amounts, say_days


class BtpScorePartner(models.Model):
    """Good payers of whom an amount is likely to stay unpaid for long."""

    _inherit = "btp.score.partner"

    alarm_chance = fields.Float(
        "Chance of Being Seriously Late", digits=(6, 4), readonly=True, aggregator=None
    )
    alarm_days = fields.Integer("Overdue Now (days)", readonly=True, aggregator=None)

    @api.model
    def _write_all(self, company, day, ledger, rows, said, out):
        # EXTENDS btp_relance_scoring: the ledger is at hand.
        # pylint: disable=missing-return
        super()._write_all(company, day, ledger, rows, said, out)
        self.env["btp.score.change"]._refresh(company, day, ledger)
        self._mark_alarms(company, ledger)

    @api.model
    def _mark_alarms(self, company, ledger):
        """Mark the customers that the learned alert tells of today.

        As many amounts as the flat rule would tell of, among those it looks at: that is
        how both were compared.

        :param ledger: ``learner.Ledger``
        """
        from ..learner import changes
        from ..learner.book import Book

        book = Book(ledger, ledger.asof, company.btp_score_grace)
        over = ledger.asof - ledger.due[book.open]
        seen = (over > 0) & (over < changes.SERIOUS_DAYS)
        rows, over = book.open[seen], over[seen]
        count = int((over >= changes.FLAT_DAYS).sum())
        chance = changes.score(book, rows)
        marks = {}
        for place in np.argsort(-chance, kind="stable")[:count][::-1]:
            customer = int(ledger.customers[ledger.customer[rows[place]]])
            marks[customer] = float(chance[place]), int(over[place])
        mine = self.search(
            [
                ("company_id", "=", company.id),
                "|",
                ("alarm_days", ">", 0),
                ("partner_id", "in", list(marks)),
            ]
        )
        for habit in mine:
            likely, days = marks.get(habit.partner_id.id, (0.0, 0))
            if habit.alarm_days != days or habit.alarm_chance != likely:
                habit.write({"alarm_chance": likely, "alarm_days": days})


class BtpEscalation(models.Model):
    """Good payers that slip, told by the better of two rules on the company's own past."""

    _inherit = "btp.escalation"

    @api.model
    def _find_unusual(self, rule, partner_ids, today):
        # OVERRIDES btp_relance: where both rules were compared, the better one speaks.
        company = self.env.company
        method = self.env["btp.score.alarm"]._get_method(company)
        if not (method and company.sudo().btp_score_active and partner_ids):
            return super()._find_unusual(rule, partner_ids, today)
        if method == "learned":
            return self._find_learned(rule, partner_ids)
        return self._find_flat(rule, partner_ids, today)

    @api.model
    def _find_learned(self, rule, partner_ids) -> list[dict]:
        """Return the good payers that the learned alert tells of, or whose delay slipped."""
        for model in ("btp.score.partner", "btp.score.change"):
            self.env[model].flush_model()
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT habit.partner_id,
                       COALESCE(change.before, habit.delay_median) AS usual_days,
                       COALESCE(change.cases_before, habit.known_count) AS payments,
                       COALESCE(change.now, habit.alarm_days) AS recent_days,
                       COALESCE(change.cases_now, 1) AS recent,
                       CASE WHEN change.id IS NULL THEN habit.alarm_chance END AS chance,
                       'learned' AS method
                  FROM btp_score_partner habit
                  LEFT JOIN btp_score_change change
                         ON change.company_id = habit.company_id AND change.state = 'open'
                        AND change.kind = 'slips' AND change.partner_id = habit.partner_id
                 WHERE habit.company_id = %(company)s
                   AND habit.partner_id = ANY(%(partners)s)
                   AND (change.id IS NOT NULL
                        OR habit.alarm_days > 0 AND habit.known_count >= %(payments)s
                           AND habit.delay_median <= %(usual)s)
                 ORDER BY habit.partner_id
                """,
                **self._get_bounds(rule, partner_ids),
            )
        )

    @api.model
    def _find_flat(self, rule, partner_ids, today) -> list[dict]:
        """Return the good payers of whom an amount is 8 days overdue or more."""
        from ..learner.changes import FLAT_DAYS

        self.env["btp.score.partner"].flush_model()
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT habit.partner_id, habit.delay_median AS usual_days,
                       habit.known_count AS payments,
                       MAX(%(today)s - l.date_due)::float AS recent_days,
                       COUNT(*) AS recent, NULL::float AS chance, 'flat' AS method
                  FROM btp_score_partner habit
                  JOIN %(lines)s l ON l.partner_id = habit.partner_id
                   AND l.company_id = habit.company_id
                 WHERE habit.company_id = %(company)s
                   AND habit.partner_id = ANY(%(partners)s)
                   AND habit.known_count >= %(payments)s
                   AND habit.delay_median <= %(usual)s
                   AND l.residual_company > 0 AND NOT l.is_retention
                   AND l.date_due <= %(today)s - %(flat)s
                 GROUP BY habit.id
                 ORDER BY habit.partner_id
                """,
                lines=self.env["btp.echeance"]._open_lines(
                    SQL("ap.commercial_partner_id = ANY(%s)", partner_ids)
                ),
                today=today,
                flat=FLAT_DAYS,
                **self._get_bounds(rule, partner_ids),
            )
        )

    @api.model
    def _get_bounds(self, rule, partner_ids) -> dict:
        """Return what makes a good payer, as the rule says."""
        return {
            "company": self.env.company.id,
            "partners": partner_ids,
            "payments": rule.min_payments,
            "usual": rule.max_usual_days,
        }

    @api.model
    def _explain_unusual(self, rule, row):
        # EXTENDS btp_relance: which rule speaks is said too.
        method = row.get("method")
        if not method:
            return super()._explain_unusual(rule, row)
        habit = self._say_habit(row)
        days = say_days(self.env, round(row["recent_days"]))
        if method == "flat":
            return self.env._(
                "%(habit)s; %(days)s overdue now (flat rule: 8 days).",
                habit=habit,
                days=days,
            )
        if row["chance"] is None:
            return self.env._(
                "%(habit)s; for two months, %(days)s after it (%(count)s).",
                habit=habit,
                days=days,
                count=say_amounts(self.env, row["recent"]),
            )
        return self.env._(
            "%(habit)s; %(days)s overdue now, and %(chance)s times in 100 that ends "
            "more than 21 days late.",
            habit=habit,
            days=days,
            chance=round(100 * row["chance"]),
        )

    @api.model
    def _say_habit(self, row) -> str:
        usual = round(row["usual_days"] or 0)
        if usual > 1:
            return self.env._(
                "Usually pays %(days)s days after the due date (%(count)s payments)",
                days=usual,
                count=row["payments"],
            )
        return self.env._("Usually pays on time (%s payments)", row["payments"])
