# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import api, fields, models

_logger = logging.getLogger(__name__)


class BtpEscalation(models.Model):
    """The daily job: finds, settles, hands over, and reminds each owner once."""

    _inherit = "btp.escalation"

    raised_on = fields.Date(
        "Handed to the Manager", readonly=True, help="Nobody settled it in time."
    )

    @api.model
    def _cron_daily(self):
        """Look after the cases of every company, each in a transaction of its own."""
        companies = self.env["res.company"].search([])
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        engine = self.env["btp.relance.engine"]
        for company in companies:
            engine._retry(lambda company=company: self._run_company(company))
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _run_company(self, company):
        """Do all that a day asks for in one company; one step in error stops no other."""
        reader = company.btp_relance_user_id or company._get_btp_manager()
        cases = (
            self.sudo()
            .with_company(company)
            .with_context(
                lang=reader.lang or self.env.lang, mail_auto_subscribe_no_notify=True
            )
        )
        for step in (
            cases._settle_caught_up,
            *(
                (cases._detect_high_value, cases._detect_unusual, cases._detect_bounces)
                if company.btp_relance_active
                else ()
            ),
            cases._raise_overdue,
            cases._remind_owners,
            cases._invite_to_review,
        ):
            try:
                with self.env.cr.savepoint():
                    step()
            except psycopg2.extensions.TransactionRollbackError:
                raise
            except Exception:
                _logger.exception("%s failed for company %s", step.__name__, company.id)

    @api.model
    def _raise_overdue(self):
        """Hand to the manager what nobody settled in time, once, with a new deadline."""
        company = self.env.company
        today = self._get_today()
        manager = company._get_btp_manager()
        late = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "open"),
                ("raised_on", "=", False),
                ("date_deadline", "<", today),
                # What the manager has already stays late: nobody is above.
                ("user_id", "!=", manager.id),
            ]
        )
        if not late or not manager:
            return
        for rule, group in late.grouped("rule_id").items():
            group.write(
                {
                    "user_id": manager.id,
                    "raised_on": today,
                    "date_deadline": company._get_btp_pause(
                        today, rule.days_to_act or 2
                    ),
                }
            )
        late._note("escalated_up")

    @api.model
    def _remind_owners(self):
        """Give each owner of open cases of the current company an activity, if none waits."""
        self.search(
            [("company_id", "=", self.env.company.id), ("state", "=", "open")]
        )._tell_owners()

    def _tell_owners(self):
        """Give each owner one activity for all their cases: an activity is dear.

        It stands on the case that is due first. Where one waits already, nothing is added.
        """
        open_cases = self.filtered(lambda case: case.state == "open" and case.user_id)
        if not open_cases:
            return
        told = dict(
            self.env["mail.activity"]
            .sudo()
            ._read_group(
                [
                    ("res_model", "=", self._name),
                    ("user_id", "in", open_cases.user_id.ids),
                ],
                ["user_id"],
                ["__count"],
            )
        )
        for user, cases in open_cases.grouped("user_id").items():
            if told.get(user):
                continue
            first = cases.sorted(lambda case: (case.date_deadline, case.id))[0]
            first = first.with_context(
                lang=user.lang or self.env.lang, mail_activity_quick_update=True
            )
            first.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=first.date_deadline,
                summary=first.env._("Settle: %s", first.display_name)
                if len(cases) == 1
                else first.env._(
                    "Settle %(count)s cases, first of all: %(case)s",
                    count=len(cases),
                    case=first.display_name,
                ),
                note=first.reason,
                user_id=user.id,
            )
