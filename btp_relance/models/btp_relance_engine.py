# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ..const import BATCH, CONFLICTS, OPEN_STATES

#: First key of the advisory locks: one planner at a time for a company.
PLAN_LOCK = 0x627471


class BtpRelanceEngine(models.AbstractModel):
    """Planning: from amounts due to reminders, in a fixed number of queries."""

    _name = "btp.relance.engine"
    _description = "Reminder Engine"

    @api.model
    @api.private
    def run_daily(self, today=None) -> dict:
        """Plan and dispatch now, and say what happened.

        Commits as it goes when it runs outside a test.

        :param date today: the day to plan for (default: today)
        :return: ``{"found": échéances read, "held": {label: count}, "planned": reminders
            made, "proposed": waiting for approval, "sent", "assigned", "failed",
            "cancelled": what dispatch did}``
        """
        report = self._count_echeances(today)
        planned = self.plan(today)
        report["planned"] = len(planned)
        report.update(self.dispatch())
        report["proposed"] = self.env["btp.relance"].search_count(
            [("state", "=", "proposed")]
        )
        return report

    @api.model
    @api.private
    def plan(self, today=None, companies=None):
        """Make the reminders that are due, for every company switched on.

        :param date today: the day to plan for (default: today in each company's zone)
        :param companies: ``res.company`` records (default: all)
        :return: the new ``btp.relance`` records
        """
        companies = companies or self.env["res.company"].sudo().search([])
        planned = self.env["btp.relance"]
        for company in companies.filtered("btp_relance_active"):
            planned |= self.with_company(company)._plan_company(company, today)
        return planned

    @api.model
    def _cron_plan(self):
        """Bring what waits up to date, then plan, each in transactions of its own."""
        self.env["btp.chantier"]._push_releases()
        self._refresh_open()
        companies = self.env["res.company"].search([("btp_relance_active", "=", True)])
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for company in companies:
            self._retry(lambda company=company: self.plan(companies=company))
            self._retry(
                lambda company=company: self.with_company(company)._tell_unreachable()
            )
            self.env["ir.cron"]._commit_progress(1)
        self._trigger_dispatch()

    @api.model
    def _refresh_open(self):
        """Show people the amounts of today, and take off their desk what is settled."""
        waiting = self.env["btp.relance"].search([("state", "in", OPEN_STATES)])
        for ids in split_every(BATCH, waiting.ids):
            self._retry(lambda ids=ids: self._refresh_chunk(ids))
            self.env["ir.cron"]._commit_progress()

    @api.model
    def _refresh_chunk(self, ids: list[int]):
        """Look again at those of ``ids`` that nobody else is working on."""
        locked = self.env["btp.relance"].browse(ids).try_lock_for_update()
        for group in locked.grouped("company_id").values():
            group._in_company()._recheck()

    @api.model
    def _retry(self, work):
        """Do the first work of a transaction, again when another one got in its way.

        :param work: a function without arguments
        """
        for tries_left in reversed(range(CONFLICTS)):
            try:
                work()
                self.env.flush_all()
                return
            except psycopg2.extensions.TransactionRollbackError:
                self.env.cr.rollback()
                if not tries_left:
                    raise

    @api.model
    def _trigger_dispatch(self):
        """Ask for a dispatch as soon as this transaction is committed."""
        self.env.ref("btp_relance.ir_cron_dispatch").sudo()._trigger()

    # === PLANNING === #

    @api.model
    def _plan_company(self, company, today=None):
        """Make the reminders of one company. Returns the new ``btp.relance`` records."""
        cr = self.env.cr
        cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [PLAN_LOCK, company.id])
        if not cr.fetchone()[0]:
            return self.env["btp.relance"]
        return self._make_relances(today)

    @api.model
    def _make_relances(self, today=None):
        """Make the reminders of the current company: a dry run does so and undoes it."""
        today = today or self.env["btp.echeance"]._get_today()
        return self._insert(
            self._insert_relances(today), lambda ids: self._insert_lines(ids, today)
        )

    # === REPORT === #

    @api.model
    def _count_echeances(self, today=None) -> dict:
        """Return how many échéances there are, and what holds those that are due."""
        companies = self.env["res.company"].sudo().search([])
        today = today or self.env["btp.echeance"]._get_today()
        rows = self.env.execute_query(
            SQL(
                "SELECT e.hold_code, COUNT(*) FROM (%s) e WHERE e.company_id IN %s"
                " GROUP BY e.hold_code",
                self.env["btp.echeance"]._relation(today),
                tuple(companies.filtered("btp_relance_active").ids) or (0,),
            )
        )
        labels = {
            hold.code: hold.label
            for hold in self.env["btp.relance.hold"]._get_holds(fields.Date.today())
        }
        return {
            "found": sum(count for _code, count in rows),
            "held": {labels[code]: count for code, count in rows if code},
        }
