# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import format_date, formatLang

#: A habit is read from the payments of two years.
HABIT_DAYS = 730


class BtpEscalation(models.Model):
    """Cases that no event tells: found each day in a fixed number of queries a company."""

    _inherit = "btp.escalation"

    @api.model
    def _detect(self, kind: str, explain):
        """Open the cases of one kind that are there today.

        :param explain: function of a rule and a row, the sentence that says why
        :return: the new cases
        """
        rule = self.env["btp.escalation.rule"]._for(kind, self.env.company)
        if not rule:
            return self.browse()
        return self._open_for_debtors(
            rule, self._find_debtors(rule), lambda row: explain(rule, row)
        )

    @api.model
    def _find_debtors(self, rule) -> list[dict]:
        """Return the debtors for whom a rule, as it stands, would open a case today.

        :param rule: ``btp.escalation.rule``, perhaps not saved yet
        :return: what :meth:`_open_for_debtors` takes; nothing for kinds that an event tells
        """
        finders = {
            "high_value": self._find_high_value,
            "unusual": self._find_unusual_debtors,
            "bounces": self._find_bounces,
        }
        return finders[rule.kind](rule) if rule.kind in finders else []

    # === HIGH VALUE === #

    @api.model
    def _detect_high_value(self):
        """Open a case for each debtor who owes much for long. Returns the new cases."""
        return self._detect("high_value", self._explain_high_value)

    @api.model
    def _find_high_value(self, rule) -> list[dict]:
        today = self._get_today()
        first = today - timedelta(days=max(rule.min_age_days, 1))
        return self._read_debtors(rule, SQL("l.date_due <= %s", first), today)

    @api.model
    def _explain_high_value(self, rule, row: dict) -> str:
        since = self._get_today() - timedelta(days=row["age_days"])
        return self.env._(
            "%(amount)s late by %(days)s days or more, the oldest since %(day)s.",
            amount=self._say_amount(row["amount"]),
            days=max(rule.min_age_days, 1),
            day=format_date(self.env, since),
        )

    @api.model
    def _read_debtors(self, rule, due: SQL, today) -> list[dict]:
        """Return debtors of the current company who owe enough, no such case being open.

        What they have in credit is deducted. Claims in proceedings or in a legal file are
        in other hands already, and what was promised or is paid by instalments is agreed.

        :param rule: ``btp.escalation.rule``
        :param SQL due: condition on the amounts due ``l`` that count
        """
        self.env["btp.echeance"]._flush_relation()
        holds = self.env["btp.relance.hold"]
        agreed = [
            hold.sql
            for hold in holds._get_document_holds(today)
            if hold.code in ("promise", "plan")
        ]
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT l.partner_id,
                       SUM(l.residual_company) AS amount,
                       MAX(%(today)s - l.date_due) FILTER (WHERE l.residual_company > 0)
                           AS age_days,
                       ARRAY_AGG(l.id) FILTER (WHERE l.residual_company > 0) AS line_ids
                  FROM %(lines)s l
                  JOIN account_move m ON m.id = l.move_id
                  JOIN res_partner p ON p.id = l.partner_id
                 WHERE l.company_id = %(company)s
                   AND (l.residual_company < 0 AND NOT l.is_retention
                        OR l.residual_company > 0 AND %(due)s AND NOT (%(agreed)s))
                   AND m.btp_legal_file IS NOT TRUE
                   AND %(legal)s IS NOT TRUE
                   AND COALESCE(p.btp_insolvency_date > %(today)s, TRUE)
                   AND %(free)s
                 GROUP BY l.partner_id
                HAVING SUM(l.residual_company) >= %(amount)s
                   AND SUM(l.residual_company) > 0
                   AND COUNT(*) FILTER (WHERE l.residual_company > 0) > 0
                 ORDER BY l.partner_id
                """,
                lines=self.env["btp.echeance"]._open_lines(),
                company=self.env.company.id,
                due=due,
                agreed=SQL(" OR ").join([SQL("FALSE"), *agreed]),
                today=today,
                legal=holds._company_value("p", "btp_legal_file", "bool"),
                free=self._get_free_sql(rule, SQL("l.partner_id"), today),
                amount=rule.min_amount,
            )
        )

    @api.model
    def _get_free_sql(self, rule, partner: SQL, today) -> SQL:
        """Return whether a debtor has no case of a rule's kind open, nor closed of late."""
        return SQL(
            """%(partner)s NOT IN (
                SELECT e.partner_id FROM btp_escalation e
                 WHERE e.company_id = %(company)s AND e.kind = %(kind)s
                   AND (e.state = 'open' OR e.closed_on > %(since)s))""",
            partner=partner,
            company=self.env.company.id,
            kind=rule.kind,
            since=today - timedelta(days=rule.quiet_days),
        )

    @api.model
    def _open_for_debtors(self, rule, rows: list[dict], reason):
        """Open one case a row.

        :param rows: ``partner_id, amount, age_days, line_ids``, and further facts
        :param reason: function of a row, the sentence that says why
        """
        today = self._get_today()
        currency = self.env.company.currency_id
        return self._open(
            rule,
            [
                {
                    "kind": rule.kind,
                    "res_model": "res.partner",
                    "res_id": row.get("contact_id") or row["partner_id"],
                    "partner_id": row["partner_id"],
                    "company_id": self.env.company.id,
                    "reason": reason(row),
                    "line_ids": row["line_ids"],
                    "amount": currency.round(row["amount"]),
                    "age_days": max(row["age_days"] or 0, 0),
                    "bounce_count": row.get("bounce_count", 0),
                    "jump_days": row.get("jump_days", 0),
                    "opened_on": today,
                }
                for row in rows
            ],
        )

    @api.model
    def _say_amount(self, amount) -> str:
        currency = self.env.company.currency_id
        return formatLang(self.env, currency.round(amount), currency_obj=currency)

    # === UNUSUAL CHANGE === #

    @api.model
    def _detect_unusual(self):
        """Open a case for each good payer who pays much later than before.

        :return: the new cases
        """
        return self._detect("unusual", self._explain_unusual)

    @api.model
    def _find_unusual_debtors(self, rule) -> list[dict]:
        today = self._get_today()
        owing = {
            row["partner_id"]: row
            for row in self._read_debtors(rule, SQL("TRUE"), today)
        }
        rows = [
            {**owing[habit["partner_id"]], **habit}
            for habit in self._find_unusual(rule, list(owing), today)
        ]
        for row in rows:
            row["jump_days"] = round(row["recent_days"] - row["usual_days"])
        return rows

    @api.model
    def _find_unusual(self, rule, partner_ids: list[int], today) -> list[dict]:
        """Return the good payers among debtors whose last payments came unusually late.

        Hook: a model that learns may find them another way. Here: what was paid in two
        years, by its last payment, and what is late today at the lateness of today. The
        mean of the last ones is compared with the median of those before. Who paid early
        and still pays as a good payer does is no surprise.

        :param rule: ``btp.escalation.rule``
        :param partner_ids: debtors looked at
        :return: ``[{"partner_id", "usual_days", "payments", "recent_days", "recent"}]``
        """
        if not partner_ids:
            return []
        return self.env.execute_query_dict(
            SQL(
                """
                WITH dues AS (
                    SELECT ap.commercial_partner_id AS partner_id, aml.id, TRUE AS paid,
                           MAX(pay.date) AS day,
                           MAX(pay.date) - COALESCE(aml.date_maturity, aml.date) AS delay
                      FROM res_partner ap
                      JOIN account_move_line aml ON aml.partner_id = ap.id
                      JOIN account_partial_reconcile pr ON pr.debit_move_id = aml.id
                      JOIN account_move_line pay ON pay.id = pr.credit_move_id
                      JOIN account_move pm ON pm.id = pay.move_id
                     WHERE ap.commercial_partner_id = ANY(%(partners)s)
                       AND aml.company_id = %(company)s AND aml.account_id IN %(accounts)s
                       AND aml.parent_state = 'posted' AND aml.reconciled
                       AND aml.balance > 0 AND pm.move_type = 'entry'
                       AND pay.date > %(since)s
                     GROUP BY 1, aml.id
                     UNION ALL
                    SELECT l.partner_id, l.id, FALSE, %(today)s, %(today)s - l.date_due
                      FROM %(lines)s l
                     WHERE l.company_id = %(company)s AND l.residual_company > 0
                       AND NOT l.is_retention AND l.date_due < %(today)s
                ), ranked AS (
                    SELECT *, ROW_NUMBER() OVER (
                               PARTITION BY partner_id ORDER BY day DESC, delay DESC, id
                           ) <= %(recent)s AS last
                      FROM dues
                ), habits AS (
                    SELECT partner_id,
                           PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY delay)
                               FILTER (WHERE paid AND NOT last) AS usual_days,
                           COUNT(*) FILTER (WHERE paid AND NOT last) AS payments,
                           AVG(delay) FILTER (WHERE last)::float AS recent_days,
                           COUNT(*) FILTER (WHERE last) AS recent
                      FROM ranked
                     GROUP BY partner_id
                )
                SELECT * FROM habits
                 WHERE payments >= %(payments)s AND recent = %(recent)s
                   AND usual_days <= %(usual)s AND recent_days > %(usual)s
                   AND recent_days - usual_days >= %(jump)s
                 ORDER BY partner_id
                """,
                partners=partner_ids,
                company=self.env.company.id,
                accounts=self._get_trade_accounts(),
                lines=self.env["btp.echeance"]._open_lines(
                    SQL("ap.commercial_partner_id = ANY(%s)", partner_ids)
                ),
                since=today - timedelta(days=HABIT_DAYS),
                today=today,
                recent=rule.recent_payments,
                payments=rule.min_payments,
                usual=rule.max_usual_days,
                jump=rule.min_jump_days,
            )
        )

    @api.model
    def _get_trade_accounts(self) -> tuple[int, ...]:
        """Return the accounts of customers, that of retentions apart."""
        accounts = (
            self.env["account.account"]
            .sudo()
            .with_context(active_test=False)
            .search(
                [("account_type", "=", "asset_receivable"), ("non_trade", "=", False)]
            )
        )
        kept = accounts - self.env.company.sudo().btp_retention_account_id
        return tuple(kept.ids) or (0,)

    @api.model
    def _explain_unusual(self, _rule, row: dict) -> str:
        """Return one sentence on a habit and what changed, with the numbers it rests on."""
        usual, recent = round(row["usual_days"]), round(row["recent_days"])
        if usual > 0:
            habit = self.env._(
                "Usually pays %(days)s days after the due date (%(count)s payments)",
                days=usual,
                count=row["payments"],
            )
        else:
            habit = self.env._("Usually pays on time (%s payments)", row["payments"])
        return self.env._(
            "%(habit)s; of late, %(days)s days after it (mean of the last %(count)s).",
            habit=habit,
            days=recent,
            count=row["recent"],
        )
