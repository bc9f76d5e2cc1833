# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

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
        cr = self.env.cr
        today = today or self.env["btp.echeance"]._get_today()
        ids = [id_ for (id_,) in self.env.execute_query(self._insert_relances(today))]
        if ids:
            for query in (
                self._insert_lines(ids, today),
                self._insert_credits(ids),
                self._update_amounts(ids),
            ):
                cr.execute(query)
            self.env.invalidate_all()
        return self.env["btp.relance"].browse(ids)

    @api.model
    def _insert_relances(self, today) -> SQL:
        """Return the query that makes one reminder a debtor at the highest level due.

        Its contact and channel are the best for what it asks for: several billing stages
        in one message are for the accounts.
        """
        holds = self.env["btp.relance.hold"]
        return SQL(
            """
            INSERT INTO btp_relance (
                company_id, partner_id, contact_id, user_id, kind, step_id, tone, channel,
                state, desk, planned_on, retry_count, answer_unread,
                create_uid, create_date, write_uid, write_date
            )
            SELECT l.company_id, l.partner_id, COALESCE(way.contact_id, l.partner_id),
                   COALESCE(%(agent)s, c.btp_relance_user_id), 'reminder',
                   s.id, s.tone, COALESCE(way.channel, s.channel),
                   CASE s.approval WHEN 'auto' THEN 'approved' ELSE 'proposed' END,
                   CASE s.approval WHEN 'manual' THEN 'approve' END,
                   %(today)s, 0, FALSE, %(uid)s, NOW() AT TIME ZONE 'UTC',
                   %(uid)s, NOW() AT TIME ZONE 'UTC'
              FROM (
                SELECT DISTINCT ON (e.partner_id)
                       e.company_id, e.partner_id, e.next_step_id,
                       CASE WHEN MIN(e.billing_stage) OVER debtor
                                 = MAX(e.billing_stage) OVER debtor
                            THEN e.billing_stage END AS billing_stage
                  FROM (%(relation)s) e
                 WHERE e.next_date <= %(today)s AND e.company_id = %(company)s
                   AND e.hold_code IS NULL
                WINDOW debtor AS (PARTITION BY e.partner_id)
                 ORDER BY e.partner_id, e.next_rank DESC, e.next_days DESC
              ) l
              JOIN res_partner p ON p.id = l.partner_id
              JOIN res_company c ON c.id = l.company_id
              JOIN btp_relance_step s ON s.id = l.next_step_id
              LEFT JOIN LATERAL (%(ways)s) way ON TRUE
             ORDER BY l.partner_id
            ON CONFLICT DO NOTHING
            RETURNING id
            """,
            ways=holds._get_ways_sql(SQL("l.billing_stage")),
            agent=holds._company_value("p", "btp_relance_user_id", "int4"),
            relation=self.env["btp.echeance"]._relation(
                today, debtors=self._free_debtors(today)
            ),
            today=today,
            company=self.env.company.id,
            uid=self.env.uid,
        )

    @api.model
    def _insert_lines(self, ids: list[int], today) -> SQL:
        """Return the query that lists, on new reminders, what is due and overdue.

        An échéance whose step is due carries it; the debtor's other overdue échéances are
        listed for information, unless their hold says that they may not be.
        """
        relation = self.env["btp.echeance"]._relation(
            today, planning=False, debtors=self._debtors(ids)
        )
        due = SQL("e.next_date <= %s AND e.hold_code IS NULL", today)
        return SQL(
            """
            INSERT INTO btp_relance_line (
                relance_id, company_id, partner_id, move_line_id, move_id, scenario_id,
                step_id, step_days, state, kind, date_due, currency_id,
                amount_residual, amount_company, contested,
                create_uid, create_date, write_uid, write_date
            )
            SELECT %(relance)s, e.company_id, e.partner_id, e.id, e.move_id, e.scenario_id,
                   CASE WHEN %(due)s THEN e.next_step_id END,
                   CASE WHEN %(due)s THEN e.next_days END,
                   'planned', CASE WHEN e.days_overdue > 0 THEN 'overdue' ELSE 'due' END,
                   e.date_due, e.currency_id, e.residual, e.residual_company, e.contested,
                   %(uid)s, NOW() AT TIME ZONE 'UTC', %(uid)s, NOW() AT TIME ZONE 'UTC'
              FROM (%(relation)s) e
             WHERE e.company_id = %(company)s
               AND (%(due)s OR e.days_overdue > 0
                    AND (e.hold_code IS NULL OR e.hold_code IN %(listed)s))
             -- The sort ends all reading of the lines before the first is written.
             ORDER BY e.partner_id, e.date_due, e.id
            ON CONFLICT DO NOTHING
            """,
            relation=relation,
            relance=self._open_relance("e"),
            due=due,
            company=self.env.company.id,
            listed=self._listed_holds(today),
            uid=self.env.uid,
        )

    @api.model
    def _insert_credits(self, ids: list[int]) -> SQL:
        """Return the query that shows open credit notes and unallocated payments."""
        return SQL(
            """
            INSERT INTO btp_relance_line (
                relance_id, company_id, partner_id, move_line_id, move_id, state, kind,
                date_due, currency_id, amount_residual, amount_company,
                create_uid, create_date, write_uid, write_date
            )
            SELECT %(relance)s, l.company_id, l.partner_id, l.id, l.move_id, 'planned',
                   'credit', l.date_due, l.currency_id, l.residual, l.residual_company,
                   %(uid)s, NOW() AT TIME ZONE 'UTC', %(uid)s, NOW() AT TIME ZONE 'UTC'
              FROM %(open_lines)s l
             WHERE l.company_id = %(company)s AND l.residual_company < 0
               AND NOT l.is_retention
            """,
            open_lines=self.env["btp.echeance"]._open_lines(self._debtors(ids)),
            relance=self._open_relance("l"),
            company=self.env.company.id,
            uid=self.env.uid,
        )

    @api.model
    def _open_relance(self, alias: str) -> SQL:
        """Return the open reminder of the debtor of ``alias``, by its unique index.

        A subquery and not a join: a planner that takes the new table for a small one would
        compare every pair.
        """
        return SQL(
            """(SELECT r.id FROM btp_relance r
                 WHERE r.company_id = %(alias)s.company_id
                   AND r.partner_id = %(alias)s.partner_id
                   AND r.kind = 'reminder' AND r.state IN %(states)s)""",
            alias=SQL.identifier(alias),
            states=OPEN_STATES,
        )

    @api.model
    def _update_amounts(self, ids: list[int]) -> SQL:
        """Return the query that sums the lines of reminders."""
        return SQL(
            """
            UPDATE btp_relance SET amount_due = (
                       SELECT SUM(amount_company) FROM btp_relance_line
                        WHERE relance_id = btp_relance.id AND state <> 'dropped')
             WHERE id = ANY(%(ids)s)
            """,
            ids=ids,
        )

    @api.model
    def _debtors(self, ids: list[int]) -> SQL:
        """Return the condition that keeps the debtors of these reminders."""
        return SQL(
            "ap.commercial_partner_id IN"
            " (SELECT partner_id FROM btp_relance WHERE id = ANY(%s))",
            list(ids),
        )

    @api.model
    def _free_debtors(self, today) -> SQL:
        """Return the condition that leaves out whom no reminder may reach today.

        The holds say the same in words; left out at once, most debtors cost nothing on a
        day on which little is new.
        """
        company = self.env.company
        return SQL(
            """NOT EXISTS (SELECT FROM (
                SELECT partner_id FROM btp_relance
                 WHERE company_id = %(company)s AND kind = 'reminder' AND state IN %(open)s
                 UNION ALL
                SELECT partner_id FROM btp_relance
                 WHERE company_id = %(company)s AND kind = 'reminder' AND state = 'sent'
                   AND contacted_on > %(since)s
            ) busy WHERE busy.partner_id = ap.commercial_partner_id)""",
            company=company.id,
            open=OPEN_STATES,
            since=today - timedelta(days=company.btp_min_contact_gap),
        )

    @api.model
    def _listed_holds(self, today) -> tuple[str, ...]:
        """Return the holds under which an échéance may be listed for information."""
        holds = self.env["btp.relance.hold"]._get_holds(today)
        return tuple(hold.code for hold in holds if hold.listed)

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
