# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from ..const import SALE_TYPES
from ..engine.figures.receivables import BUCKETS
from .account_move_line_followed import MONEY_ACCOUNTS, MONEY_JOURNALS
from .btp_figure_mixin import DEBT_DIMENSIONS, DIMENSIONS, LEDGER, MEASURES, OVERDUE

#: Days after the due date by which an amount is hoped to be paid.
HOPED = 10


class BtpFigureSource(models.AbstractModel):
    """The sums of a period, read from the ledger as it stood when the period ended.

    What was left to pay on a day is what is left now, and what was matched after that day:
    a recent month asks for few matches, whatever the ledger holds.
    """

    _name = "btp.figure.source"
    _description = "Sums Read From the Ledger"

    @api.model
    def _get_month_end(self, month):
        """Return the last day of the month that begins on a day."""
        return month + relativedelta(months=1) - timedelta(days=1)

    @api.model
    def _get_sources(self, company, first, last) -> list[tuple]:
        """Return ``(measures, query)`` of all that is summed up. Hook: an addon adds its own.

        Each query gives the dimensions, its measures, and the ``id`` of what it counts.
        """
        return [(LEDGER, self._get_lines_sql(company, first, last))]

    @api.model
    def _get_whole_sources(self, company, first, last) -> list[tuple]:
        """Return the sources, each with every dimension: nothing in those it has not."""
        return [
            (
                measures,
                source
                if "document_count" in measures
                else SQL(
                    "SELECT *, NULL::int AS document_type_id, NULL AS owed_by FROM (%s) x",
                    source,
                ),
            )
            for measures, source in self._get_sources(company, first, last)
        ]

    @api.model
    def _get_grouped_sql(
        self, company, first, last, where: SQL | None = None, keys=DIMENSIONS
    ) -> SQL:
        """Return the query of the sums of a period by some dimensions, source after source.

        Each source is summed up by its own measures before it meets the others: most
        columns of a row are another source's. A key may come once from each of them.

        :param company: the creditor
        :param date first: first day of the period
        :param date last: last day, as of which debts are read
        :param where: condition on the dimensions of ``s``
        :param keys: dimensions; none: one row for each source
        :return: columns ``source``, the keys, every measure (nothing in those of others)
        """
        self._flush_sources()
        columns = self.env["btp.figure.mixin"]._columns_sql(keys)
        return SQL(" UNION ALL ").join(
            SQL(
                "SELECT %s AS source%s%s, %s FROM (%s) s WHERE %s%s%s",
                rank,
                SQL(", ") if keys else SQL(""),
                columns,
                self._pad(measures),
                source,
                where or SQL("TRUE"),
                SQL(" GROUP BY ") if keys else SQL(""),
                columns,
            )
            for rank, (measures, source) in enumerate(
                self._get_whole_sources(company, first, last)
            )
        )

    @api.model
    def _pad(self, measures) -> SQL:
        """Return the sums of measures of ``s``, nothing in those it has not."""
        return SQL(", ").join(
            SQL(
                "%s AS %s",
                SQL("COALESCE(SUM(%s), 0)::numeric", SQL.identifier("s", name))
                if name in measures
                else SQL("NULL::numeric"),
                SQL.identifier(name),
            )
            for name in MEASURES
        )

    @api.model
    def _get_first_sale(self, company):
        """Return the date of the first posted invoice of a company, None where there is none."""
        self.env["account.move"].flush_model(["date", "state", "move_type"])
        rows = self.env.execute_query(
            SQL(
                "SELECT date FROM account_move WHERE company_id = %s AND state = 'posted'"
                " AND move_type IN %s ORDER BY date LIMIT 1",
                company.id,
                SALE_TYPES,
            )
        )
        return rows[0][0] if rows else None

    @api.model
    def _get_covered(self, company, last) -> int:
        """Return for how many days before the end of a day the ledger holds invoices."""
        first = self._get_first_sale(company)
        return max((last - first).days + 1, 0) if first else 0

    @api.model
    def _flush_sources(self):
        """Write pending changes of what the queries read."""
        for name in (
            "account.move",
            "account.move.line",
            "account.partial.reconcile",
            "btp.chantier",
            "btp.relance.line",
            "res.company",
            "res.partner",
        ):
            self.env[name].flush_model()
        # Compiling the query takes longer than running it, and sums of a ledger on disk too.
        self.env.cr.execute("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")

    @api.model
    def _get_account_ids(self) -> tuple:
        """Return the accounts on which customers owe, those of retentions too."""
        accounts = self.env["account.account"].sudo().with_context(active_test=False)
        accounts = accounts.search(
            [("account_type", "=", "asset_receivable"), ("non_trade", "=", False)]
        )
        companies = self.env["res.company"].sudo().search([])
        return tuple((accounts | companies.btp_retention_account_id).ids) or (0,)

    @api.model
    def _get_lines_sql(self, company, first, last) -> SQL:
        """Return the query of what each journal item gives to the sums of a period.

        Columns: ``id, move_id``, the dimensions, the measures of the ledger.
        """
        buckets = [
            SQL(
                "CASE WHEN state = 'overdue' AND late BETWEEN %s AND %s THEN residual END AS %s",
                after + 1,
                until,
                SQL.identifier(name),
            )
            for after, until, name in zip(
                (0, *BUCKETS), (*BUCKETS, 10**6), OVERDUE, strict=True
            )
        ]
        return SQL(
            """
            SELECT id, move_id, %(dimensions)s, residual AS receivable,
                   CASE WHEN state = 'retained' THEN residual END AS retained,
                   CASE WHEN state = 'not_due' THEN residual END AS not_due,
                   CASE WHEN state = 'credit' THEN residual END AS credit,
                   %(buckets)s,
                   opening,
                   CASE WHEN is_sale AND date >= %(first)s THEN balance END AS sales,
                   CASE WHEN is_sale AND date > %(year)s THEN balance END AS sales_year,
                   paid, late_days_amount, collected_overdue, due10,
                   CASE WHEN due10 > 0 THEN LEAST(COALESCE(paid10, 0), due10) END AS paid10,
                   (state IN ('not_due', 'overdue'))::int AS open_count,
                   (state = 'overdue')::int AS overdue_count,
                   (due10 > 0)::int AS due10_count,
                   (due10 > 0 AND paid10 >= due10)::int AS paid10_count
              FROM (%(states)s) l
            """,
            dimensions=self.env["btp.figure.mixin"]._columns_sql(DEBT_DIMENSIONS),
            buckets=SQL(", ").join(buckets),
            first=first,
            year=last - relativedelta(years=1),
            states=self._get_states_sql(company, first, last),
        )

    @api.model
    def _get_states_sql(self, company, first, last) -> SQL:
        """Return the query of what is left of each journal item, and how it stands."""
        retention = company.btp_retention_account_id.id or 0
        return SQL(
            """
            SELECT l.*, %(last)s - l.due AS late,
                   CASE WHEN residual = 0 THEN 'paid'
                        WHEN is_retention AND due >= %(last)s THEN 'retained'
                        WHEN residual < 0 THEN 'credit'
                        WHEN due >= %(last)s THEN 'not_due'
                        ELSE 'overdue' END AS state,
                   -- What money was to pay of it by the tenth day.
                   CASE WHEN is_sale AND balance > 0 AND due + %(hoped)s
                             BETWEEN %(first)s AND %(last)s
                        THEN GREATEST(balance - COALESCE(other10, 0), 0) END AS due10
              FROM (
                SELECT l.id, l.move_id, l.date, l.balance,
                       COALESCE(l.date_maturity, l.date) AS due,
                       l.account_id = %(retention)s AS is_retention,
                       m.move_type IN %(sale_types)s AS is_sale,
                       l.amount_residual + COALESCE(later.after, 0) AS residual,
                       CASE WHEN l.date < %(first)s
                            THEN l.amount_residual + COALESCE(later.since, 0) END AS opening,
                       match.paid, match.late_days_amount, match.collected_overdue,
                       match.paid10, match.other10,
                       p.commercial_partner_id AS partner_id,
                       m.btp_chantier_id AS chantier_id, ch.user_id,
                       CASE WHEN m.move_type NOT IN %(sale_types)s THEN NULL
                            WHEN l.account_id = %(retention)s THEN 'retention_release'
                            ELSE COALESCE(m.btp_billing_stage, 'plain') END AS billing_stage,
                       cp.btp_regime AS regime,
                       COALESCE(
                           step.scenario_id, m.btp_scenario_id, ch.scenario_id
                       ) AS scenario_id
                  FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id
                  LEFT JOIN res_partner p ON p.id = l.partner_id
                  LEFT JOIN res_partner cp ON cp.id = p.commercial_partner_id
                  LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
                  LEFT JOIN (%(later)s) later ON later.line_id = l.id
                  LEFT JOIN (%(matches)s) match ON match.line_id = l.id
                  LEFT JOIN (%(steps)s) step ON step.move_line_id = l.id
                 WHERE l.company_id = %(company)s AND l.parent_state = 'posted'
                   AND l.account_id IN %(accounts)s AND l.date <= %(last)s
                   AND (l.amount_residual <> 0
                        OR l.date > %(year)s AND m.move_type IN %(sale_types)s
                        OR later.line_id IS NOT NULL OR match.line_id IS NOT NULL
                        OR COALESCE(l.date_maturity, l.date) + %(hoped)s
                           BETWEEN %(first)s AND %(last)s)
              ) l
            -- How an entry stands is found out once, not for each sum.
            OFFSET 0
            """,
            first=first,
            last=last,
            year=last - relativedelta(years=1),
            hoped=HOPED,
            retention=retention,
            sale_types=SALE_TYPES,
            company=company.id,
            accounts=self._get_account_ids(),
            later=self._get_later_sql(first, last),
            matches=self._get_matches_sql(company, first, last),
            steps=self._get_steps_sql(company, last),
        )

    @api.model
    def _get_later_sql(self, first, last) -> SQL:
        """Return the query of what was matched since the period began, and after its end."""
        return SQL(
            """
            SELECT line_id, SUM(amount) AS since,
                   SUM(amount) FILTER (WHERE day > %(last)s) AS after
              FROM (
                SELECT debit_move_id AS line_id, amount, max_date AS day
                  FROM account_partial_reconcile WHERE max_date >= %(first)s
                 UNION ALL
                SELECT credit_move_id, -amount, max_date
                  FROM account_partial_reconcile WHERE max_date >= %(first)s
              ) part
             GROUP BY line_id
            """,
            first=first,
            last=last,
        )

    @api.model
    def _get_matches_sql(self, company, first, last) -> SQL:
        """Return the query of what paid each invoice's amounts in the period, and by J+10.

        Only money pays: credit notes, write-offs and exchange differences make the debt
        smaller, no more.
        """
        return SQL(
            """
            SELECT line_id, SUM(money) FILTER (WHERE inside) AS paid,
                   SUM(money * GREATEST(day - due, 0)) FILTER (WHERE inside)
                       AS late_days_amount,
                   SUM(money) FILTER (WHERE inside AND day > due) AS collected_overdue,
                   SUM(money) FILTER (WHERE day <= due + %(hoped)s) AS paid10,
                   SUM(amount - money) FILTER (WHERE day <= due + %(hoped)s) AS other10
              FROM (
                SELECT pr.debit_move_id AS line_id, pr.max_date AS day, pr.amount,
                       COALESCE(d.date_maturity, d.date) AS due,
                       pr.max_date BETWEEN %(first)s AND %(last)s AS inside,
                       CASE WHEN pm.move_type <> 'entry' THEN 0
                            WHEN j.type IN %(journals)s OR EXISTS (
                                SELECT 1 FROM account_move_line cash
                                  JOIN account_account a ON a.id = cash.account_id
                                 WHERE cash.move_id = pm.id AND a.account_type IN %(cash)s
                            ) THEN CASE
                                WHEN pm.origin_payment_id IS NULL THEN pr.amount
                                ELSE ROUND(pr.amount * (%(share)s), %(places)s) END
                            ELSE 0 END AS money
                  FROM account_partial_reconcile pr
                  JOIN account_move_line d ON d.id = pr.debit_move_id
                  JOIN account_move dm ON dm.id = d.move_id
                  JOIN account_move_line c ON c.id = pr.credit_move_id
                  JOIN account_move pm ON pm.id = c.move_id
                  JOIN account_journal j ON j.id = pm.journal_id
                 WHERE d.company_id = %(company)s AND d.account_id IN %(accounts)s
                   AND dm.move_type IN %(sale_types)s AND pr.max_date <= %(last)s
                   AND (pr.max_date >= %(first)s
                        OR COALESCE(d.date_maturity, d.date) + %(hoped)s
                           BETWEEN %(first)s AND %(last)s)
                -- Which part is money is looked up once, not for each sum.
                OFFSET 0
              ) part
             GROUP BY line_id
            """,
            first=first,
            last=last,
            hoped=HOPED,
            company=company.id,
            accounts=self._get_account_ids(),
            sale_types=SALE_TYPES,
            journals=MONEY_JOURNALS,
            cash=MONEY_ACCOUNTS,
            places=company.currency_id.decimal_places,
            share=self._get_share_sql(),
        )

    @api.model
    def _get_share_sql(self) -> SQL:
        """Return which part of payment ``pm`` is money: all but what it wrote off."""
        return SQL(
            """
            SELECT COALESCE(LEAST(ABS(SUM(w.balance) FILTER (
                       WHERE a.account_type NOT IN ('asset_receivable', 'liability_payable')
                         AND LEFT(a.account_type, 6) <> 'income'
                         AND LEFT(a.account_type, 7) <> 'expense'
                   )) / NULLIF(ABS(SUM(w.balance) FILTER (
                       WHERE a.account_type IN ('asset_receivable', 'liability_payable')
                   )), 0), 1), 0)
              FROM account_move_line w JOIN account_account a ON a.id = w.account_id
             WHERE w.move_id = pm.id
            """
        )

    @api.model
    def _get_steps_sql(self, company, last) -> SQL:
        """Return the query of the scenario by which each amount was last reminded."""
        return SQL(
            """
            SELECT DISTINCT ON (move_line_id) move_line_id, scenario_id
              FROM btp_relance_line
             WHERE company_id = %s AND state = 'done' AND done_on <= %s
               AND scenario_id IS NOT NULL
             ORDER BY move_line_id, done_on DESC, id DESC
            """,
            company.id,
            last,
        )
