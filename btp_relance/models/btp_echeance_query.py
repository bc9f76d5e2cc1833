# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import api, models
from odoo.tools import SQL

from ..engine.routing import NEVER


class BtpEcheance(models.Model):
    """One query gives the list that people read and the rows that the engine plans: what a
    person sees is what is decided."""

    _inherit = "btp.echeance"

    @property
    def _table_query(self) -> SQL:
        return self._relation(self._get_today())

    @api.model
    def _relation(self, today, planning=True, debtors: SQL | None = None) -> SQL:
        """Return the query of every échéance with its scenario, steps and hold.

        :param date today: the day for which to decide
        :param bool planning: also apply the holds that only stop new reminders, and count
            the steps being prepared as taken
        :param SQL debtors: condition on ``ap.commercial_partner_id`` (default: all)
        """
        self._flush_relation()
        rules = self.env["btp.relance.rule"]
        rule_id, rule_scenario_id = rules._get_rules_sql()
        retention_rule_id, retention_rule_scenario_id = rules._get_rules_sql(
            "retention"
        )
        chosen = self.env["btp.relance.hold"]._company_value(
            "p", "btp_scenario_id", "int4"
        )
        return SQL(
            """
            WITH route (scenario_id, step_id, last_from, last_to, age_from, age_to)
                AS %(routes)s
            SELECT l.id, l.company_id, l.partner_id, l.move_id, l.date_due,
                   m.btp_chantier_id AS chantier_id, p.btp_regime AS regime,
                   %(stage)s AS billing_stage,
                   %(today)s - l.date_due AS days_overdue,
                   l.currency_id, l.company_currency_id,
                   l.residual, l.residual_company, l.contested, l.is_retention,
                   x.scenario_id, x.scenario_source,
                   CASE WHEN x.scenario_source <> 'rule' THEN NULL
                        WHEN l.is_retention THEN %(retention_rule_id)s
                        ELSE %(rule_id)s END AS rule_id,
                   h.step_id AS last_step_id, h.done_on AS last_step_on,
                   h.state AS last_step_state,
                   s.id AS next_step_id, s.rank AS next_rank, s.days AS next_days,
                   %(next_date)s AS next_date,
                   %(hold)s AS hold_code
              FROM (
                -- A window, not a join: it stays linear where the planner guesses wrong.
                SELECT o.*,
                       COALESCE(SUM(residual_company) FILTER (
                           WHERE residual_company > 0 AND date_due < %(today)s
                       ) OVER debtor, 0) AS debtor_overdue,
                       COALESCE(-SUM(residual_company) FILTER (
                           WHERE residual_company < 0 AND NOT is_retention
                       ) OVER debtor, 0) AS debtor_credit
                  FROM %(open_lines)s o
                WINDOW debtor AS (PARTITION BY company_id, partner_id)
              ) l
              JOIN account_move m ON m.id = l.move_id
              JOIN res_partner p ON p.id = l.partner_id
              JOIN res_company c ON c.id = l.company_id
              LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
              CROSS JOIN LATERAL (
                SELECT CASE WHEN l.is_retention THEN COALESCE(
                           %(retention_rule_scenario_id)s, c.btp_retention_scenario_id
                       ) ELSE COALESCE(
                           m.btp_scenario_id, ch.scenario_id, %(chosen)s,
                           %(rule_scenario_id)s, c.btp_default_scenario_id
                       ) END AS scenario_id,
                       CASE WHEN l.is_retention
                                 AND %(retention_rule_scenario_id)s IS NOT NULL
                            THEN 'rule'
                            WHEN l.is_retention THEN 'default'
                            WHEN m.btp_scenario_id IS NOT NULL THEN 'invoice'
                            WHEN ch.scenario_id IS NOT NULL THEN 'chantier'
                            WHEN %(chosen)s IS NOT NULL THEN 'customer'
                            WHEN %(rule_scenario_id)s IS NOT NULL THEN 'rule'
                            WHEN c.btp_default_scenario_id IS NOT NULL THEN 'default'
                       END AS scenario_source
              ) x
              LEFT JOIN LATERAL (
                SELECT rl.step_id, rl.step_days, rl.done_on, rl.state,
                       rl.relance_id IS NULL AND rl.holdout IS NOT TRUE AS placed,
                       rl.holdout
                  FROM btp_relance_line rl
                 WHERE rl.move_line_id = l.id
                   AND rl.step_days IS NOT NULL AND rl.state <> 'dropped'
                   AND %(history)s
                 ORDER BY rl.step_days DESC
                 LIMIT 1
              ) h ON TRUE
              LEFT JOIN route ON route.scenario_id = x.scenario_id
                   AND COALESCE(h.step_days, %(never)s) >= route.last_from
                   AND COALESCE(h.step_days, %(never)s) < route.last_to
                   AND %(today)s - l.date_due >= route.age_from
                   AND %(today)s - l.date_due < route.age_to
              LEFT JOIN btp_relance_step s ON s.id = route.step_id
             WHERE l.residual_company > 0 OR l.contested > 0
            """,
            open_lines=self._open_lines(debtors),
            routes=self._routes(),
            today=today,
            never=NEVER,
            rule_id=rule_id,
            rule_scenario_id=rule_scenario_id,
            retention_rule_id=retention_rule_id,
            retention_rule_scenario_id=retention_rule_scenario_id,
            chosen=chosen,
            stage=self.env["btp.relance.hold"]._get_stage_sql(),
            hold=self._hold_expression(today, planning),
            # Looked at again, a reminder must not find its own step already taken.
            history=SQL("TRUE") if planning else SQL("rl.state <> 'planned'"),
            # Python knows no date outside the years 1 to 9999.
            next_date=SQL(
                """CASE WHEN s.id IS NOT NULL THEN LEAST(%s, GREATEST(
                    %s, l.date_due + s.days, h.done_on + s.min_gap_days
                )) END""",
                date.max,
                date.min,
            ),
        )

    @api.model
    def _open_lines(self, debtors: SQL | None = None) -> SQL:
        """Return the subquery of open receivable lines, credits included.

        What is in dispute is not in ``residual`` and ``residual_company``, but apart in
        ``contested`` (in the currency of the line).
        """
        accounts = self.env["account.account"].sudo().with_context(active_test=False)
        accounts = accounts.search(
            [("account_type", "=", "asset_receivable"), ("non_trade", "=", False)]
        )
        retentions = self.env["res.company"].sudo().search([]).btp_retention_account_id
        return SQL(
            """(
            SELECT aml.id, aml.company_id, ap.commercial_partner_id AS partner_id,
                   aml.move_id, COALESCE(aml.date_maturity, aml.date) AS date_due,
                   aml.currency_id, aml.company_currency_id, aml.no_followup,
                   COALESCE(dis.residual, aml.amount_residual_currency) AS residual,
                   COALESCE(dis.residual_company, aml.amount_residual)
                       AS residual_company,
                   COALESCE(dis.contested, 0) AS contested,
                   aml.account_id IN %s AS is_retention
              FROM account_move_line aml
              JOIN res_partner ap ON ap.id = aml.partner_id
              LEFT JOIN %s dis ON dis.id = aml.id
             WHERE aml.account_id IN %s
               AND aml.reconciled IS NOT TRUE AND aml.parent_state = 'posted'
               AND aml.amount_residual <> 0 AND %s
            )""",
            tuple(retentions.ids) or (0,),
            self._disputed_lines(),
            # By their ids, so that the planner knows how many lines they have.
            tuple((accounts | retentions).ids) or (0,),
            debtors or SQL("TRUE"),
        )

    @api.model
    def _disputed_lines(self) -> SQL:
        """Return the subquery of the journal items in dispute: what of each is contested,
        and what is left beside it. Apart, so that the others cost nothing more."""
        return SQL(
            """(
            SELECT d.id, d.contested, d.amount_residual_currency - d.contested AS residual,
                   CASE WHEN d.contested = 0 THEN d.amount_residual
                        WHEN d.contested = d.amount_residual_currency THEN 0
                        WHEN d.currency_id = d.company_currency_id
                        THEN d.amount_residual - d.contested
                        ELSE ROUND(d.amount_residual * (
                            1 - d.contested / d.amount_residual_currency), (
                            SELECT decimal_places FROM res_currency
                             WHERE id = d.company_currency_id))
                   END AS residual_company
              FROM (
                -- Payments come off what is not contested first.
                SELECT a.id, a.currency_id, a.company_currency_id, a.amount_residual,
                       a.amount_residual_currency,
                       GREATEST(LEAST(held.amount, a.amount_residual_currency), 0)
                           AS contested
                  FROM %s held
                  JOIN account_move_line a ON a.id = held.move_line_id
                 WHERE a.amount_residual <> 0
              ) d
            )""",
            self._contested_parts(),
        )

    @api.model
    def _contested_parts(self) -> SQL:
        """Return the subquery of what open disputes hold of each journal item."""
        return SQL(
            """(
            SELECT move_line_id, SUM(held) AS amount
              FROM btp_dispute_line WHERE held > 0
             GROUP BY move_line_id
            )"""
        )

    @api.model
    def _routes(self) -> SQL:
        """Return the routes of every scenario as a VALUES list."""
        rows = [
            SQL("(%s, %s, %s, %s, %s, %s)", scenario_id, *route)
            for scenario_id, table in self.env["btp.relance.scenario"]
            .sudo()
            .search([])
            ._get_routes()
            .items()
            for route in table
        ]
        return SQL(
            "(VALUES %s)",
            SQL(", ").join(rows or [SQL("(NULL::int, NULL::int, 0, 0, 0, 0)")]),
        )

    @api.model
    def _hold_expression(self, today, planning: bool) -> SQL:
        """Return the code of the first hold that applies, as SQL."""
        holds = self.env["btp.relance.hold"]._get_holds(today)
        return SQL(
            "CASE %s END",
            SQL(" ").join(
                SQL("WHEN %s THEN %s", hold.sql, hold.code)
                for hold in holds
                if planning or not hold.planning
            ),
        )

    @api.model
    def _flush_relation(self):
        """Write pending changes of the tables that the relation reads, and do not compile it."""
        for model in (
            "account.move.line",
            "account.move",
            "account.account",
            "account.payment",
            "payment.transaction",
            "res.partner",
            "res.company",
            "btp.chantier",
            "btp.relance",
            "btp.relance.line",
            "btp.relance.rule",
            "btp.relance.scenario",
            "btp.relance.step",
            "btp.contact.optout",
            "btp.dispute.line",
            "mail.blacklist",
            "phone.blacklist",
        ):
            self.env[model].flush_model()
        # Compiling so large a query takes PostgreSQL longer than running it: by far, above
        # a cost that a ledger of some 40,000 invoices reaches.
        self.env.cr.execute("SET LOCAL jit = off")
