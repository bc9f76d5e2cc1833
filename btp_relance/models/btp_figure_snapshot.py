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
    """A link that the database does not check: sixty thousand rows are written at once.

    Two checks a row take as long as all sums: `btp_figure_link.py` follows what is merged
    or deleted instead.
    """

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
    partner_id = Kept("res.partner", "Customer", readonly=True)
    chantier_id = Kept("btp.chantier", readonly=True)
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

    # What was said once is said once by `btp.figure.total`, in the same statement: a unique
    # index of sixty thousand keys takes as long as their sums.
    _month_idx = models.Index("(company_id, month)")

    # === CRUD === #

    def init(self):
        """Drop what earlier versions checked, row by row."""
        self.env.cr.execute(
            """
            DROP INDEX IF EXISTS btp_figure_snapshot_once;
            ALTER TABLE btp_figure_snapshot
                DROP CONSTRAINT IF EXISTS btp_figure_snapshot_partner_id_fkey,
                DROP CONSTRAINT IF EXISTS btp_figure_snapshot_chantier_id_fkey
            """
        )

    def write(self, vals):  # pylint: disable=method-required-super
        """What was said stays as it was said."""
        raise UserError(
            self.env._(
                "A month that was said is not written again: it is corrected beside."
            )
        )

    @api.model
    def _forget(self, name, ids):
        """Let sums of what was deleted be those of nobody, as a foreign key would.

        :param str name: a link, such as ``chantier_id``
        """
        if ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE btp_figure_snapshot SET %(name)s = NULL"
                    " WHERE %(name)s = ANY(%(ids)s)",
                    name=SQL.identifier(name),
                    ids=list(ids),
                )
            )
            self.invalidate_model([name])

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
        oldest = self.env["btp.figure.source"]._get_first_sale(company)
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
        version = self._get_last_version(company, month) + 1
        self.flush_model()
        if version == 1:
            rows = self._get_first_sql(company, month)
        else:
            rows = self._get_changes_sql(company, month)
        keys, names = self._columns_sql(DIMENSIONS), self._columns_sql(MEASURES)
        last = self.env["btp.figure.source"]._get_month_end(month)
        covered = self.env["btp.figure.source"]._get_covered(company, last)
        self.env.cr.execute(
            SQL(
                """
                WITH said AS (
                INSERT INTO btp_figure_snapshot (
                    company_id, month, version, said_on, covered, key, %(keys)s, %(names)s)
                SELECT %(company)s, %(month)s, %(version)s, %(today)s, %(covered)s,
                       CONCAT_WS('/', source, %(key)s), %(keys)s, %(names)s
                  FROM (%(rows)s) s
                RETURNING %(names)s
                )
                INSERT INTO btp_figure_total (
                    company_id, month, version, covered, rows, %(names)s)
                SELECT %(company)s, %(month)s, %(version)s, %(covered)s, COUNT(*), %(sums)s
                  FROM said s HAVING COUNT(*) > 0 OR %(version)s = 1
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
                covered=covered,
                sums=self._sum_sql(),
                rows=rows,
            )
        )
        found = self.env.cr.fetchone()
        self.invalidate_model()
        if found and version == 1:
            self._keep_words(company, month)
        return found[0] if found else 0

    @api.model
    def _keep_words(self, company, month):
        """Keep what a month says beside its sums, as it stood when it was first said."""
        total = (
            self.env["btp.figure.total"]
            .sudo()
            .search([("company_id", "=", company.id), ("month", "=", month)], limit=1)
        )
        total.kept = self.env["btp.figure"]._make_words(company, month)

    @api.model
    def _get_first_sql(self, company, month) -> SQL:
        """Return the sums of a month nothing of which was said yet, whatever there is."""
        source = self.env["btp.figure.source"]
        return source._get_grouped_sql(company, month, source._get_month_end(month))

    @api.model
    def _get_changes_sql(self, company, month) -> SQL:
        """Return what the sums of a month differ by from all that was said of them."""
        keys = self._columns_sql(DIMENSIONS)
        return SQL(
            """
            SELECT 'c' AS source, %(keys)s, %(sums)s
              FROM (SELECT %(keys)s, %(names)s FROM (%(rows)s) x %(said)s) s
             GROUP BY %(keys)s
            HAVING %(changed)s
            """,
            keys=keys,
            names=self._columns_sql(MEASURES),
            sums=self._sum_sql(),
            rows=self._get_first_sql(company, month),
            said=self._get_said_sql(company, month),
            changed=SQL(" OR ").join(
                SQL("SUM(%s) <> 0", SQL.identifier("s", name)) for name in MEASURES
            ),
        )

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
    kept = fields.Json(
        readonly=True,
        help="What does not add up, as it was first said: reasons, a median.",
    )

    _once = models.UniqueIndex(
        "(company_id, month, version)", "These sums were already kept."
    )

    @api.model
    def _get_kept(self, company, month) -> dict:
        """Return what was kept of a month beside its sums, empty where nothing was said.

        :return: ``covered, dispute_median, reasons``
        """
        self.flush_model(["covered", "kept"])
        rows = self.env.execute_query(
            SQL(
                "SELECT covered, kept FROM btp_figure_total"
                " WHERE company_id = %s AND month = %s ORDER BY version",
                company.id,
                month,
            )
        )
        if not rows or not rows[0][1]:
            return {}
        covered = max(days or 0 for days, _kept in rows)
        return {**rows[0][1], "covered": covered}
