# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .btp_figure_mixin import DIMENSIONS, MEASURES

#: Months before the first night that are reckoned from the ledger: two years to compare.
PAST = 24
#: Closed months that are looked at again for late entries.
AGAIN = 3


class Kept(fields.Many2one):
    """A link that the database does not check: sixty thousand rows are written at once."""

    def update_db_foreign_key(self, model, column):
        """Leave the column without a foreign key."""


class BtpFigureSnapshot(models.Model):
    """The sums of a month as they were said, and each later correction beside them.

    The first version is what the month was worth when it was closed. Where the ledger says
    something else later, a further version holds the difference: all versions together are
    what the ledger says now, and nothing that was said is lost.
    """

    _name = "btp.figure.snapshot"
    _description = "Sums of a Month as They Were Said"
    _inherit = ["btp.figure.mixin"]
    _order = "month desc, version, id"
    _rec_name = "month"
    _log_access = False

    company_id = Kept("res.company", required=True, readonly=True)
    user_id = Kept("res.users", "Conducteur de travaux", readonly=True)
    scenario_id = Kept("btp.relance.scenario", readonly=True)
    month = fields.Date(required=True)
    version = fields.Integer(
        required=True,
        readonly=True,
        aggregator=None,
        help="1: as first said; the others are later corrections, as differences.",
    )
    said_on = fields.Date(required=True, readonly=True)

    key = fields.Char(
        required=True,
        readonly=True,
        help="What the sums were kept by when they were said, even where a customer was "
        "merged or a chantier deleted since.",
    )

    _once = models.UniqueIndex(
        "(company_id, month, version, key)", "These sums were already kept."
    )

    # === CRUD === #

    def write(self, vals):  # pylint: disable=method-required-super
        """What was said stays as it was said."""
        raise UserError(
            self.env._(
                "A month that was said is not written again: it is corrected beside."
            )
        )

    # === JOB === #

    @api.model
    def _cron_close(self):
        """Keep the months that ended; once a week look for late entries in the last ones."""
        companies = self.env["res.company"].search([("btp_relance_active", "=", True)])
        work = [
            (company, month)
            for company in companies
            for month in self._get_months_to_close(company)
        ]
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(work))
        for company, month in work:
            self.with_company(company)._compute_month(company, month)
            cron._commit_progress(1)

    @api.model
    def _get_months_to_close(self, company) -> list[date]:
        """Return the months that have no sums yet, and on Mondays the last ones again."""
        today = self.env["btp.echeance"].with_company(company)._get_today()
        this = today.replace(day=1)
        [(oldest,)] = self.env.execute_query(
            SQL(
                "SELECT MIN(date) FROM account_move WHERE company_id = %s"
                " AND state = 'posted' AND move_type = 'out_invoice'",
                company.id,
            )
        )
        if not oldest:
            return []
        known = set(self._get_months(company))
        last = [this - relativedelta(months=ago) for ago in range(PAST, 0, -1)]
        return [
            month
            for month in last
            if month >= oldest.replace(day=1)
            and (month not in known or (not today.weekday() and month in last[-AGAIN:]))
        ]

    @api.model
    def _get_months(self, company) -> list[date]:
        """Return the months that are kept, the oldest first."""
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT month FROM btp_figure_total WHERE company_id = %s"
                " ORDER BY month",
                company.id,
            )
        )
        return [month for (month,) in rows]

    @api.model
    def _get_kept_sql(self, filters) -> SQL:
        """Return the table to read months from: the wholes where nothing is filtered."""
        name = "btp_figure_snapshot" if filters else "btp_figure_total"
        return SQL.identifier(name)

    # === BUSINESS === #

    @api.model
    def _compute_month(self, company, month) -> int:
        """Keep the sums of a month, or what changed in them since they were kept.

        The same ledger gives the same sums whenever it is asked: nothing is written twice.

        :param company: the creditor
        :param date month: any day of the month
        :return: how many rows were written
        """
        month = month.replace(day=1)
        source = self.env["btp.figure.source"]
        keys = self._columns_sql(DIMENSIONS)
        names = self._columns_sql(MEASURES)
        self.flush_model()
        version = self._get_last_version(company, month) + 1
        self.env.cr.execute(
            SQL(
                """
                WITH said AS (
                INSERT INTO btp_figure_snapshot (
                    company_id, month, version, said_on, key, %(keys)s, %(names)s)
                SELECT %(company)s, %(month)s, %(version)s, %(today)s,
                       CONCAT_WS('/', %(key)s), %(keys)s, %(sums)s
                  FROM (%(rows)s %(said)s) s
                 GROUP BY %(keys)s
                HAVING %(changed)s
                RETURNING %(names)s
                )
                INSERT INTO btp_figure_total (company_id, month, version, rows, %(names)s)
                SELECT %(company)s, %(month)s, %(version)s, COUNT(*), %(sums)s
                  FROM said s HAVING COUNT(*) > 0
                RETURNING rows
                """,
                key=SQL(", ").join(
                    SQL("COALESCE(%s::text, '')", SQL.identifier(name))
                    for name in DIMENSIONS
                ),
                keys=keys,
                names=names,
                company=company.id,
                month=month,
                version=version,
                today=self.env["btp.echeance"].with_company(company)._get_today(),
                sums=self._sum_sql(),
                rows=source._get_rows_sql(company, month, source._get_month_end(month)),
                said=self._get_said_sql(company, month) if version > 1 else SQL(""),
                # First said, whatever there is; then nothing but what differs.
                changed=SQL(" OR ").join(
                    SQL("SUM(%s) <> 0", SQL.identifier("s", name)) for name in MEASURES
                )
                if version > 1
                else SQL("TRUE"),
            )
        )
        found = self.env.cr.fetchone()
        self.invalidate_model()
        return found[0] if found else 0

    @api.model
    def _get_last_version(self, company, month) -> int:
        """Return the number of the last version of a month, 0 where there is none."""
        [(version,)] = self.env.execute_query(
            SQL(
                "SELECT COALESCE(MAX(version), 0) FROM btp_figure_total"
                " WHERE company_id = %s AND month = %s",
                company.id,
                month,
            )
        )
        return version

    @api.model
    def _get_said_sql(self, company, month) -> SQL:
        """Return the part of a union that takes off what was said of a month."""
        return SQL(
            "UNION ALL SELECT %s, %s FROM btp_figure_snapshot"
            " WHERE company_id = %s AND month = %s",
            self._columns_sql(DIMENSIONS),
            SQL(", ").join(SQL("-%s", SQL.identifier(name)) for name in MEASURES),
            company.id,
            month,
        )


class BtpFigureTotal(models.Model):
    """The whole of each version of a month: what a trend reads, however many parts there are."""

    _name = "btp.figure.total"
    _description = "Whole of a Month"
    _inherit = ["btp.figure.mixin"]
    _order = "month desc, version"
    _rec_name = "month"
    _log_access = False

    company_id = Kept("res.company", required=True, readonly=True)
    month = fields.Date(required=True)
    version = fields.Integer(required=True, readonly=True, aggregator=None)
    rows = fields.Integer("Number of Parts", readonly=True)

    _once = models.UniqueIndex(
        "(company_id, month, version)", "These sums were already kept."
    )
