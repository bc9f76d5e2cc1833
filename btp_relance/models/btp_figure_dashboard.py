# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ..engine.figures import dso
from .btp_figure_indicator import INDICATORS
from .btp_figure_mixin import MEASURES, OVERDUE

#: Figures that come first, and months of their trend.
TILES = (
    "dso",
    "overdue_rate",
    "effectiveness",
    "paid10_rate",
    "delay",
    "promise_rate",
    "cost_rate",
    "dispute_age",
)
TREND = 13
#: Rows of each list: what is read at a glance.
ROWS = 8
#: Sums that are read of each customer.
BY_CUSTOMER = ("receivable", "retained", *OVERDUE)
REST = tuple(name for name in MEASURES if name not in BY_CUSTOMER)
#: Choices that a filter lists.
CHOICES = 200


class BtpFigure(models.Model):
    """The dashboard: one call, few queries."""

    _inherit = "btp.figure"

    @api.model
    def get_dashboard(self, month=None, filters=None, company_id=None) -> dict:
        """Return all that the dashboard shows of one company.

        :param month: first day of a closed month, as text; nothing: now
        :param dict filters: ``chantier_id``, ``user_id`` or another dimension
        :param company_id: one of the companies that are chosen; nothing: the first
        """
        self.check_access("read")
        company = self._choose_company(company_id)
        figures = self.with_company(company)
        filters = {name: value for name, value in (filters or {}).items() if value}
        month = figures._to_month(month)
        first, last = figures._get_period(month)
        total, partners = figures._read_partners(company, month, filters)
        earlier = first - relativedelta(months=1)
        before, partners_before = figures._read_partners(company, earlier, filters)
        page = {
            "company_id": company.id,
            "companies": [{"id": c.id, "name": c.name} for c in self.env.companies],
            "currency_id": company.currency_id.id,
            "month": fields.Date.to_string(month) if month else False,
            "day": fields.Date.to_string(last),
            "before": format_date(self.env, earlier, date_format="LLLL yyyy"),
            "choices": figures._get_choices(company),
            "tiles": figures._get_tiles(total, before),
            "trend": figures._get_trend(company, filters, first, total),
            "cause": figures._say_cause(
                earlier,
                before,
                partners_before,
                total,
                partners,
                lambda partner: figures._get_reason(partner, month, filters),
            ),
            "ageing": figures._get_ageing(total),
            "debtors": figures._get_debtors(partners),
        }
        return page if month else {**page, **figures._get_now(company, filters)}

    @api.model
    def _choose_company(self, company_id):
        """Return the company asked for, one of those that the user works in."""
        if not company_id:
            return self.env.company
        company = self.env.companies.filtered(lambda c: c.id == company_id)
        if not company:
            raise AccessError(self.env._("Choose a company that you work in."))
        return company

    @api.model
    def _get_now(self, company, filters) -> dict:
        """Return what concerns this week, whatever the month. Hook."""
        return {
            "cash": self.env["btp.figure.cash"]._get_page(company)
            if not filters
            else None,
            "actions": self._get_actions(company, filters),
            "promises": self._get_promises(company, filters),
        }

    # === SUMS === #

    @api.model
    def _read_partners(self, company, month, filters) -> tuple[dict, dict]:
        """Return the sums of a month, and what each customer owes."""
        first, last = self._get_period(month)
        if month:
            total = self._get_sums(company, month, filters)
            rows = SQL(
                "SELECT partner_id, %s FROM btp_figure_snapshot s"
                " WHERE company_id = %s AND month = %s AND %s",
                self._columns_sql(BY_CUSTOMER),
                company.id,
                month,
                self._where(filters),
            )
            found = self.env.execute_query_dict(self._by_customer_sql(rows))
        else:
            found, sums = self._read_now(company, first, last, filters)
            total = self._complete(sums, company, month, filters)
        return total, {row["partner_id"]: row for row in found}

    @api.model
    def _by_customer_sql(self, rows: SQL) -> SQL:
        return SQL(
            "SELECT partner_id, %s FROM (%s) s GROUP BY partner_id",
            self._sum_sql(BY_CUSTOMER),
            rows,
        )

    @api.model
    def _read_now(self, company, first, last, filters) -> tuple[list[dict], dict]:
        """Return what each customer owes today, and the sums: the ledger is read once."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                WITH now AS MATERIALIZED (%(rows)s)
                SELECT 0 AS whole, partner_id, %(sums)s, %(nothing)s
                  FROM now s GROUP BY partner_id
                 UNION ALL
                SELECT 1, NULL, %(sums)s, %(others)s FROM now s
                 ORDER BY whole
                """,
                rows=self.env["btp.figure.source"]._get_grouped_sql(
                    company, first, last, self._where(filters), keys=("partner_id",)
                ),
                sums=self._sum_sql(BY_CUSTOMER),
                nothing=SQL(", ").join(
                    SQL("NULL::numeric AS %s", SQL.identifier(name)) for name in REST
                ),
                others=self._sum_sql(REST),
            )
        )
        total = rows.pop()
        return rows, total

    # === PARTS === #

    @api.model
    def _get_choices(self, company) -> dict:
        """Return what the filters offer."""
        chantiers = self.env["btp.chantier"].search_read(
            [("company_id", "=", company.id)],
            ["display_name"],
            limit=CHOICES,
            order="name",
        )
        users = self.env["btp.chantier"]._read_group(
            [("company_id", "=", company.id), ("user_id", "!=", False)], ["user_id"]
        )
        months = self.env["btp.figure.snapshot"]._get_months(company)
        return {
            "chantiers": [
                {"id": row["id"], "name": row["display_name"]} for row in chantiers
            ],
            "users": [{"id": user.id, "name": user.name} for (user,) in users],
            "months": [
                {
                    "id": fields.Date.to_string(month),
                    "name": format_date(self.env, month, date_format="LLLL yyyy"),
                }
                for month in reversed(months)
            ],
        }

    @api.model
    def _get_tiles(self, total, before) -> list[dict]:
        """Return the first figures, each with what it was a month before."""
        reckon = {one.code: one for one in INDICATORS}
        tiles = []
        for code in TILES:
            one = reckon[code]
            earlier = one.reckon(before).value
            tiles.append(
                {
                    **self._say(one, total),
                    "before": None if earlier is None else float(earlier),
                }
            )
        return tiles

    @api.model
    def _get_trend(self, company, filters, first, total) -> list[dict]:
        """Return the DSO and the best possible one of the last months, the oldest first."""
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT month, %s, COALESCE(MAX(covered), %s) AS covered"
                " FROM %s s WHERE company_id = %s AND month < %s AND month >= %s AND %s GROUP BY month ORDER BY month",
                self._sum_sql(("receivable", "retained", "not_due", "sales_year")),
                dso.YEAR,
                self.env["btp.figure.snapshot"]._get_kept_sql(filters),
                company.id,
                first,
                first - relativedelta(months=TREND - 1),
                self._where(filters),
            )
        )
        points = []
        for row in [*rows, {**total, "month": first}]:
            owed = row["receivable"] - row["retained"]
            sales, covered = row["sales_year"], row["covered"]
            values = {
                name: dso.over_history(figure, part, sales, covered=covered).value
                for name, figure, part in (
                    ("dso", dso.dso, owed),
                    ("best", dso.best_possible, row["not_due"]),
                )
            }
            points.append(
                {
                    "month": fields.Date.to_string(row["month"]),
                    **{k: None if v is None else float(v) for k, v in values.items()},
                }
            )
        return points

    @api.model
    def _get_ageing(self, total) -> list[dict]:
        """Return what is owed by age, retentions and open credits apart."""
        names = ("not_due", *OVERDUE, "retained", "credit")
        return [
            {
                "code": name,
                "name": self._fields[name].get_description(self.env)["string"],
                "amount": float(total[name]),
            }
            for name in names
        ]

    @api.model
    def _get_debtors(self, partners) -> list[dict]:
        """Return the customers with most overdue."""
        rows = [
            {
                "id": partner,
                "overdue": float(sum(row[name] for name in OVERDUE)),
                "old": float(row["overdue_90"] + row["overdue_more"]),
                "owed": float(row["receivable"] - row["retained"]),
            }
            for partner, row in partners.items()
            if partner
        ]
        rows = sorted(rows, key=lambda row: (-row["overdue"], row["id"]))[:ROWS]
        rows = [row for row in rows if row["overdue"] > 0]
        names = self.env["res.partner"].browse([row["id"] for row in rows])
        for row, partner in zip(rows, names, strict=True):
            row["name"] = partner.sudo().display_name
        return rows

    @api.model
    def _get_promises(self, company, filters) -> list[dict]:
        """Return the open promises, the nearest day first."""
        domain = [("company_id", "=", company.id), ("state", "=", "open")]
        if partner := filters.get("partner_id"):
            domain.append(("partner_id", "=", partner))
        if chantier := filters.get("chantier_id"):
            domain.append(("line_ids.move_id.btp_chantier_id", "=", chantier))
        if user := filters.get("user_id"):
            domain.append(("line_ids.move_id.btp_chantier_id.user_id", "=", user))
        promises = self.env["btp.promise"].search(domain, order="date, id", limit=ROWS)
        today = self.env["btp.echeance"]._get_today()
        return [
            {
                "id": promise.id,
                "name": promise.sudo().partner_id.display_name,
                "date": fields.Date.to_string(promise.date),
                "amount": promise.amount,
                "currency_id": promise.currency_id.id,
                "late": promise.date < today,
            }
            for promise in promises
        ]

    @api.model
    def _get_actions(self, company, filters) -> dict:
        """Return what is to do, what was done in seven days and what that brought in."""
        for name in ("btp.relance", "btp.relance.line", "account.partial.reconcile"):
            self.env[name].flush_model()
        today = self.env["btp.echeance"]._get_today()
        conditions = [SQL("TRUE")]
        if partner := filters.get("partner_id"):
            conditions.append(SQL("r.partner_id = %s", partner))
        for name in ("chantier_id", "user_id"):
            if value := filters.get(name):
                column = SQL(
                    "m.btp_chantier_id" if name == "chantier_id" else "ch.user_id"
                )
                conditions.append(
                    SQL(
                        "EXISTS (SELECT 1 FROM btp_relance_line x"
                        " JOIN account_move m ON m.id = x.move_id"
                        " LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id"
                        " WHERE x.relance_id = r.id AND %s = %s)",
                        column,
                        value,
                    )
                )
        where = SQL(" AND ").join(conditions)
        since = today - timedelta(days=7)
        [row] = self.env.execute_query_dict(
            SQL(
                """
                SELECT COUNT(*) FILTER (WHERE state = 'proposed') AS to_approve,
                       COUNT(*) FILTER (WHERE state = 'assigned' AND channel = 'call')
                           AS to_call,
                       COUNT(*) FILTER (WHERE contacted_on > %(since)s) AS done,
                       COUNT(*) FILTER (WHERE state = 'failed') AS failed
                  FROM btp_relance r
                 WHERE company_id = %(company)s AND %(where)s
                   AND (state IN ('proposed', 'assigned', 'failed')
                        OR contacted_on > %(since)s)
                """,
                company=company.id,
                since=since,
                where=where,
            )
        )
        [(chased, came)] = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(SUM(rl.amount_company), 0), COALESCE(SUM(paid.amount), 0)
                  FROM btp_relance r
                  JOIN btp_relance_line rl ON rl.relance_id = r.id AND rl.kind = 'overdue'
                  LEFT JOIN LATERAL (
                    SELECT SUM(pr.amount) AS amount FROM account_partial_reconcile pr
                      JOIN account_move_line cl ON cl.id = pr.credit_move_id
                      JOIN account_move cm ON cm.id = cl.move_id AND cm.move_type = 'entry'
                     WHERE pr.debit_move_id = rl.move_line_id
                       AND pr.max_date >= r.contacted_on
                  ) paid ON TRUE
                 WHERE r.company_id = %(company)s AND r.contacted_on > %(since)s
                   AND %(where)s
                """,
                company=company.id,
                since=since,
                where=where,
            )
        )
        return {**row, "chased": float(chased), "came": float(came)}
