# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tests drive the daily job, day after day, without touching the clock."""

from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields

#: Every test starts on this Monday.
TODAY = date(2025, 6, 16)
#: A moment at which everybody may be contacted.
TEN = time(10)


class DailyJob:
    """Plan, approve, dispatch, send; and read what became of it."""

    def setUp(self):
        super().setUp()
        self.today = TODAY
        self.patch(
            self.registry["btp.echeance"], "_get_today", lambda _model: self.today
        )
        self.hour = TEN
        self.patch(
            self.registry["btp.echeance"],
            "_get_now",
            lambda _model: datetime.combine(self.today, self.hour),
        )

    # === THE DAILY JOB === #

    @classmethod
    def run_first_day(cls):
        """Plan, approve and dispatch on `TODAY` for all tests of a class; return the reminders.

        Its set-up must be in the registry's test mode, as that of a browser test is.
        """
        echeances, moment = cls.registry["btp.echeance"], datetime.combine(TODAY, TEN)
        with (
            patch.object(echeances, "_get_today", lambda _model: TODAY),
            patch.object(echeances, "_get_now", lambda _model: moment),
        ):
            relances = cls().run_day()
        cls.env.invalidate_all()
        return relances

    @property
    def engine(self):
        """The engine as the scheduler runs it: superuser, no language, no company."""
        return api.Environment(self.env.cr, SUPERUSER_ID, {})["btp.relance.engine"]

    def after(self, days):
        """Make it ``days`` days after `TODAY` and return that day."""
        self.today = TODAY + timedelta(days=days)
        return self.today

    def plan(self, day=None):
        """Plan, on day ``day`` after `TODAY` if given; return the new reminders."""
        if day is not None:
            self.after(day)
        relances = self.engine.plan(companies=self.active_companies())
        return self.env["btp.relance"].browse(relances.ids)

    def active_companies(self):
        """Return the companies of the tests where reminders are switched on."""
        return (
            self.env["res.company"].sudo().search([("btp_relance_active", "=", True)])
        )

    @contextmanager
    def scheduler(self):
        """Give the engine in a transaction of its own, that it may commit."""
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})["btp.relance.engine"]

    def dispatch(self, **options):
        """Dispatch as the scheduler does; return what was reached."""
        with self.scheduler() as engine:
            return engine.dispatch(**options)

    def send_mails(self):
        """Let Odoo's mail queue talk to the (mocked) server; return the mails."""
        domain = [("state", "=", "outgoing"), ("model", "=", "btp.relance")]
        mails = self.env["mail.mail"].sudo().search(domain)
        mails.send()
        return mails

    def run_day(self, day=None, approve=True):
        """Plan, approve and dispatch a day; return the reminders planned."""
        relances = self.plan(day)
        if approve:
            self.approve_all()
        self.dispatch()
        return relances

    def approve_all(self):
        """Approve what waits for it."""
        proposed = self.env["btp.relance"].search([("state", "=", "proposed")])
        if proposed:
            proposed.action_approve()

    def plan_many(self, count):
        """Plan ``count`` reminders to as many customers, in the order of their ids."""
        for rank in range(count):
            partner = self.make_customer(f"Client {rank}")
            self.make_invoice(partner=partner)
        return self.plan().sorted("id")

    # === READING === #

    def echeances(self, moves):
        """Return the échéances of invoices, freshly read."""
        self.env.flush_all()
        self.env["btp.echeance"].invalidate_model()
        return self.env["btp.echeance"].search(
            [("move_id", "in", moves.ids)], order="date_due, id"
        )

    @classmethod
    def step(cls, days, scenario=None):
        """Return the step of a day."""
        return (scenario or cls.scenario).step_ids.filtered(
            lambda step: step.days == days and step.kind == "reminder"
        )

    def events(self, relance, kind=None):
        """Return the journal's rows on a reminder."""
        domain = [("relance_id", "=", relance.id)]
        if kind:
            domain.append(("kind", "=", kind))
        return self.env["btp.relance.event"].search(domain, order="id")

    def mails_of(self, relances):
        """Return the mails of reminders, sent or not."""
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("model", "=", "btp.relance"), ("res_id", "in", relances.ids)])
        )

    def days_later(self, days):
        """Return a date ``days`` days after `TODAY`."""
        return fields.Date.add(TODAY, days=days)

    def listed(self, relance):
        """Return what a reminder lists: ``{invoice: (kind, residual, step day)}``."""
        return {
            line.move_id: (
                line.kind,
                line.amount_residual,
                line.step_id.days if line.step_id else None,
            )
            for line in relance.line_ids
        }
