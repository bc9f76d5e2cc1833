# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from ..engine.figures.work import LONG_DISPUTE
from .btp_escalation_outcome import BY_ITSELF, NOT_USEFUL
from .btp_figure_cash import HORIZON
from .btp_figure_mixin import WORK


class BtpFigureSource(models.AbstractModel):
    """What following up cost and brought, by the amounts due that it was about."""

    _inherit = "btp.figure.source"

    @api.model
    def _get_sources(self, company, first, last) -> list[tuple]:
        # EXTENDS btp_relance
        period = {"company": company.id, "first": first, "last": last}
        return [
            *super()._get_sources(company, first, last),
            self._get_reminder_source(period),
            self._get_case_cost_source(period),
            self._get_case_source(period),
            self._get_complaint_source(period),
            self._get_promise_source(period),
            self._get_dispute_source(period),
            self._get_document_source(period),
            self._get_forecast_source(period),
        ]

    @api.model
    def _flush_sources(self):
        # pylint: disable=missing-return
        super()._flush_sources()
        for name in (
            "btp.answer",
            "btp.answer.reading",
            "btp.dispute",
            "btp.document",
            "btp.escalation",
            "btp.figure.cash",
            "btp.promise",
            "btp.promise.line",
            "btp.relance",
        ):
            self.env[name].flush_model()

    @api.model
    def _dimensions_sql(self, partner, scenario=None, line=False) -> SQL:
        """Return the dimensions of invoice ``m`` of chantier ``ch`` and debtor ``cp``."""
        stage = SQL("COALESCE(m.btp_billing_stage, 'plain')")
        if line:
            stage = SQL(
                "CASE WHEN l.account_id = c.btp_retention_account_id"
                " THEN 'retention_release' ELSE %s END",
                stage,
            )
        return SQL(
            "%s AS partner_id, COALESCE(m.btp_chantier_id, ch.id) AS chantier_id,"
            " ch.user_id, CASE WHEN m.id IS NOT NULL THEN %s END AS billing_stage,"
            " cp.btp_regime AS regime, %s AS scenario_id",
            partner,
            stage,
            scenario or SQL("COALESCE(m.btp_scenario_id, ch.scenario_id)"),
        )

    @api.model
    def _share_sql(self, value: str) -> SQL:
        """Return the part of a cost that falls on one amount due, to the cent.

        The parts of one cost add up to it: each is what the sum rises by.
        """
        return SQL(
            "ROUND(%(value)s::numeric * upto / total, 2)"
            " - ROUND(%(value)s::numeric * (upto - weight) / total, 2) AS %(value)s",
            value=SQL.identifier(value),
        )

    @api.model
    def _weights_sql(self, amount: SQL, key: SQL, order: SQL) -> SQL:
        """Return the columns by which a cost is shared out: a cent more, so that none is nothing."""
        weight = SQL("GREATEST(COALESCE(%s, 0), 0) + 0.01", amount)
        return SQL(
            "%(weight)s AS weight, SUM(%(weight)s) OVER (PARTITION BY %(key)s) AS total,"
            " SUM(%(weight)s) OVER (PARTITION BY %(key)s ORDER BY %(order)s) AS upto,"
            " ROW_NUMBER() OVER (PARTITION BY %(key)s ORDER BY %(weight)s DESC, %(order)s)"
            " AS rank",
            weight=weight,
            key=key,
            order=order,
        )

    @api.model
    def _get_reminder_source(self, period) -> tuple:
        """Cost of reminders of the period, by the amounts due that each listed."""
        names = ("cost_time", "cost_postage", "cost_fees", "minutes")
        return (*names, "reminder_count"), SQL(
            """
            SELECT id, partner_id, chantier_id, user_id, billing_stage, regime,
                   scenario_id, %(shares)s, (rank = 1)::int AS reminder_count
              FROM (
                SELECT r.id, %(dimensions)s, r.cost_time, r.cost_postage, r.cost_fees,
                       r.minutes, %(weights)s
                  FROM btp_relance r
                  JOIN res_company c ON c.id = r.company_id
                  LEFT JOIN btp_relance_line rl
                         ON rl.relance_id = r.id AND rl.kind <> 'credit'
                  LEFT JOIN account_move_line l ON l.id = rl.move_line_id
                  LEFT JOIN account_move m ON m.id = l.move_id
                  LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
                  LEFT JOIN res_partner cp ON cp.id = r.partner_id
                 WHERE r.company_id = %(company)s
                   AND r.contacted_on BETWEEN %(first)s AND %(last)s
              ) s
            """,
            dimensions=self._dimensions_sql(
                SQL("r.partner_id"), SQL("rl.scenario_id"), line=True
            ),
            weights=self._weights_sql(
                SQL("rl.amount_company"), SQL("r.id"), SQL("rl.id")
            ),
            shares=SQL(", ").join(self._share_sql(name) for name in names),
            **period,
        )

    @api.model
    def _get_case_cost_source(self, period) -> tuple:
        """Cost of the time that cases took, on the day of the first act."""
        return ("cost_time", "minutes"), SQL(
            """
            SELECT id, partner_id, chantier_id, user_id, billing_stage, regime,
                   scenario_id, %(shares)s
              FROM (
                SELECT e.id, %(dimensions)s, COALESCE(e.cost_time, 0) AS cost_time,
                       COALESCE(e.minutes, 0) AS minutes, %(weights)s
                  FROM btp_escalation e
                  JOIN res_company c ON c.id = e.company_id
                  LEFT JOIN btp_escalation_line_rel rel ON rel.escalation_id = e.id
                  LEFT JOIN account_move_line l ON l.id = rel.line_id
                  LEFT JOIN account_move m ON m.id = l.move_id
                  LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
                  LEFT JOIN res_partner cp ON cp.id = e.partner_id
                 WHERE e.company_id = %(company)s
                   AND e.acted_on BETWEEN %(first)s AND %(last)s
              ) s
            """,
            dimensions=self._dimensions_sql(SQL("e.partner_id"), line=True),
            weights=self._weights_sql(SQL("l.balance"), SQL("e.id"), SQL("l.id")),
            shares=SQL(", ").join(self._share_sql(n) for n in ("cost_time", "minutes")),
            **period,
        )

    @api.model
    def _get_case_source(self, period) -> tuple:
        """Cases closed by a person in the period, who thereby said what they were worth.

        A case is one: that of the largest of the amounts due that it was about.
        """
        return ("case_judged", "case_useful"), SQL(
            """
            SELECT e.id, %(dimensions)s, 1 AS case_judged,
                   (e.outcome NOT IN %(not_useful)s)::int AS case_useful
              FROM btp_escalation e
              JOIN res_company c ON c.id = e.company_id
              LEFT JOIN LATERAL (
                SELECT x.* FROM btp_escalation_line_rel rel
                  JOIN account_move_line x ON x.id = rel.line_id
                 WHERE rel.escalation_id = e.id ORDER BY x.balance DESC, x.id LIMIT 1
              ) l ON TRUE
              LEFT JOIN account_move m ON m.id = l.move_id
              LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
              LEFT JOIN res_partner cp ON cp.id = e.partner_id
             WHERE e.company_id = %(company)s AND e.state = 'done'
               AND e.closed_on BETWEEN %(first)s AND %(last)s
               AND e.outcome IS NOT NULL AND e.outcome <> %(by_itself)s
            """,
            dimensions=self._dimensions_sql(SQL("e.partner_id"), line=True),
            by_itself=BY_ITSELF,
            not_useful=NOT_USEFUL,
            **period,
        )

    @api.model
    def _get_complaint_source(self, period) -> tuple:
        """Complaints about our tone received in the period, as a person confirmed them.

        Each belongs where the largest amount due of the reminder that it answers belongs.
        """
        return ("complaint_count",), SQL(
            """
            SELECT a.id, %(dimensions)s, 1 AS complaint_count
              FROM btp_answer a
              JOIN res_company c ON c.id = a.company_id
              LEFT JOIN LATERAL (
                SELECT x.move_line_id, x.scenario_id FROM btp_relance_line x
                 WHERE x.relance_id = a.relance_id AND x.kind <> 'credit'
                 ORDER BY x.amount_company DESC NULLS LAST, x.id LIMIT 1
              ) rl ON TRUE
              LEFT JOIN account_move_line l ON l.id = rl.move_line_id
              LEFT JOIN account_move m ON m.id = l.move_id
              LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
              LEFT JOIN res_partner cp ON cp.id = a.partner_id
             WHERE a.company_id = %(company)s
               AND a.received_on::date BETWEEN %(first)s AND %(last)s
               AND EXISTS (
                SELECT 1 FROM btp_answer_reading r
                 WHERE r.answer_id = a.id AND r.kind = 'complaint' AND r.state = 'applied')
            """,
            dimensions=self._dimensions_sql(
                SQL("a.partner_id"), SQL("rl.scenario_id"), line=True
            ),
            **period,
        )

    @api.model
    def _get_forecast_source(self, period) -> tuple:
        """Forecasts of the weeks that ended in the period, as said weeks before, frozen.

        They are of a company as a whole: a customer or a chantier has none.
        """
        names = ("forecast_actual", "forecast_expected", "forecast_missed")
        return names, SQL(
            """
            SELECT f.id, NULL::int AS partner_id, NULL::int AS chantier_id,
                   NULL::int AS user_id, NULL AS billing_stage, NULL AS regime,
                   NULL::int AS scenario_id, f.actual AS forecast_actual,
                   f.expected AS forecast_expected,
                   ABS(f.actual - f.expected) AS forecast_missed
              FROM btp_figure_cash f
             WHERE f.company_id = %(company)s AND f.settled AND f.week = %(horizon)s
               AND f.date_to BETWEEN %(first)s AND %(last)s
            """,
            horizon=HORIZON,
            **period,
        )

    @api.model
    def _get_promise_source(self, period) -> tuple:
        """Promises of a day of the period, in the company's currency, by amount due."""
        return ("promised", "promise_kept"), SQL(
            """
            SELECT pr.id, %(dimensions)s,
                   ROUND(pl.amount * rate.value, places.value) AS promised,
                   ROUND(pl.amount * rate.value * COALESCE(pr.kept_amount, 0)
                         / pr.amount, places.value) AS promise_kept
              FROM btp_promise pr
              JOIN btp_promise_line pl ON pl.promise_id = pr.id AND pl.amount > 0
              JOIN res_company c ON c.id = pr.company_id
              JOIN account_move_line l ON l.id = pl.move_line_id
              JOIN account_move m ON m.id = l.move_id
              LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
              LEFT JOIN res_partner cp ON cp.id = pr.partner_id
              CROSS JOIN LATERAL (
                SELECT CASE WHEN l.currency_id = l.company_currency_id THEN 1
                       ELSE COALESCE(l.balance / NULLIF(l.amount_currency, 0), 0) END
                       AS value
              ) rate
              CROSS JOIN LATERAL (SELECT %(places)s AS value) places
             WHERE pr.company_id = %(company)s
               AND pr.date BETWEEN %(first)s AND %(last)s
               AND pr.state IN ('open', 'kept', 'partly', 'broken')
            """,
            dimensions=self._dimensions_sql(SQL("pr.partner_id"), line=True),
            places=self.env["res.company"]
            .browse(period["company"])
            .currency_id.decimal_places,
            **period,
        )

    @api.model
    def _get_dispute_source(self, period) -> tuple:
        """Disputes settled in the period, and the age of those open at its end."""
        names = [name for name in WORK if name.startswith("dispute_")]
        return tuple(names), SQL(
            """
            SELECT d.id, %(dimensions)s,
                   closed::int AS dispute_closed_count,
                   CASE WHEN closed THEN d.closed_on - d.opened_on END
                       AS dispute_closed_days,
                   (closed AND d.closed_on - d.opened_on > %(long)s)::int
                       AS dispute_long_count,
                   (NOT closed)::int AS dispute_open_count,
                   CASE WHEN NOT closed THEN %(last)s - d.opened_on END
                       AS dispute_open_days
              FROM btp_dispute d
              JOIN account_move m ON m.id = d.move_id
              LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
              LEFT JOIN res_partner cp ON cp.id = d.partner_id
              CROSS JOIN LATERAL (
                SELECT COALESCE(d.state IN ('accepted', 'rejected') AND d.closed_on
                       BETWEEN %(first)s AND %(last)s, FALSE) AS closed
              ) x
             WHERE d.company_id = %(company)s AND d.opened_on <= %(last)s
               AND (closed OR COALESCE(d.closed_on, 'infinity') > %(last)s)
            """,
            dimensions=self._dimensions_sql(SQL("d.partner_id")),
            long=LONG_DISPUTE,
            **period,
        )

    @api.model
    def _get_dispute_median(self, company, first, last, where) -> float | None:
        """Return the median of days of the disputes settled in a period, None without one.

        :param where: condition on the dimensions of ``s``
        """
        self.env["btp.dispute"].flush_model()
        _names, query = self._get_dispute_source(
            {"company": company.id, "first": first, "last": last}
        )
        [(median,)] = self.env.execute_query(
            SQL(
                "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY dispute_closed_days)"
                " FROM (SELECT *, NULL::int AS document_type_id, NULL AS owed_by"
                " FROM (%s) x) s WHERE dispute_closed_days IS NOT NULL AND %s",
                query,
                where,
            )
        )
        return median

    @api.model
    def _get_document_source(self, period) -> tuple:
        """Documents received in the period, and the days for which money waited for them."""
        return ("document_count", "document_days"), SQL(
            """
            SELECT d.id, %(dimensions)s, d.type_id AS document_type_id, d.owed_by,
                   1 AS document_count, d.days_lost AS document_days
              FROM btp_document d
              LEFT JOIN account_move m ON m.id = d.move_id
              LEFT JOIN btp_chantier ch
                     ON ch.id = COALESCE(d.chantier_id, m.btp_chantier_id)
              LEFT JOIN res_partner p ON p.id = COALESCE(m.partner_id, ch.partner_id)
              LEFT JOIN res_partner cp ON cp.id = p.commercial_partner_id
             WHERE d.company_id = %(company)s AND d.state = 'received'
               AND d.received_on BETWEEN %(first)s AND %(last)s AND d.days_lost > 0
            """,
            dimensions=self._dimensions_sql(SQL("cp.id")),
            **period,
        )
