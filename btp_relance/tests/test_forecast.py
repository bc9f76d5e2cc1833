# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The dry run: predicts what planning does day by day, and changes nothing."""

from datetime import timedelta

from odoo.tests import tagged

from .common import TODAY, RelanceCommon

TABLES = (
    "btp_relance",
    "btp_relance_line",
    "btp_relance_event",
    "mail_mail",
    "mail_message",
    "mail_activity",
    "account_move",
    "account_move_line",
    "res_company",
    "res_partner",
    "ir_cron_trigger",
)


@tagged("post_install", "-at_install")
class TestForecast(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.step(20).channel = "email"
        cls.step(35).channel = "email"
        cls.step(10).write({"channel": "call", "min_gap_days": 5})

    def make_ledger(self):
        """Invoices of several customers and ages, instalments, a credit, a hold."""
        self.company.sudo().btp_min_contact_gap = 4
        terms = self.make_terms(30, 30, 40, every=12)
        for rank, lates in enumerate([(-25, -3, 8), (2, 45), (-12,), (12, 13, 300)]):
            partner = self.make_customer(f"Client {rank}")
            for late in lates:
                self.make_invoice(late=late, amount=100 + late, partner=partner)
        partner = self.make_customer("Echeancier")
        self.make_invoice(
            partner=partner,
            invoice_date=TODAY - timedelta(days=10),
            invoice_payment_term_id=terms.id,
        )
        self.make_credit_note(20, partner=partner)
        self.make_invoice(partner=self.make_customer("Exclu"), btp_no_reminder=True)

    def foresee(self):
        forecast = self.env["btp.relance.forecast"].create({})
        forecast._simulate()
        return forecast

    def snapshot(self):
        """Return the content of the tables that a run writes to."""
        self.env.flush_all()
        content = {}
        for table in TABLES:
            self.env.cr.execute(
                f"SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM {table} t"
            )
            content[table] = self.env.cr.fetchone()[0]
        return content

    def test_a_dry_run_changes_nothing(self):
        self.make_ledger()
        self.run_day()
        before = self.snapshot()
        with self.mock_mail_gateway():
            self.assertTrue(self.foresee().line_ids)
        self.assertFalse(self._new_mails)
        self.assertEqual(self.snapshot(), before)

    def test_it_predicts_what_planning_then_does_day_by_day(self):
        self.make_ledger()
        lines = self.foresee().line_ids
        predicted = sorted(
            (
                line.day,
                line.partner_id.name,
                line.step_id.days,
                line.echeance_count,
                line.amount,
            )
            for line in lines
        )
        done = []
        for day in range(31):
            for relance in self.run_day(day):
                done.append(
                    (
                        relance,
                        relance.partner_id.name,
                        relance.step_id.days,
                        relance.line_count,
                        relance.amount_due,
                    )
                )
            self.make_calls()
        # A call that falls on a week-end is made on Monday.
        done = [(relance.contacted_on, *facts) for relance, *facts in done]
        self.assertEqual(predicted, sorted(done))
        self.assertGreater(len(done), 15)

    def make_calls(self):
        for relance in self.env["btp.relance"].search([("state", "=", "assigned")]):
            self.env["btp.relance.outcome"].create(
                {"relance_id": relance.id, "outcome": "document"}
            ).action_confirm()

    def test_what_already_waits_is_shown_today(self):
        self.step(3).approval = "manual"
        self.make_invoice()
        relance = self.plan()
        today = self.foresee().line_ids.filtered(lambda line: line.day == TODAY)
        self.assertEqual(today.partner_id, relance.partner_id)
        self.assertEqual(today.approval, "manual")

    def test_it_may_be_run_before_activation_and_leaves_reminders_off(self):
        self.company.sudo().btp_relance_active = False
        self.make_invoice()
        self.assertTrue(self.foresee().line_ids)
        self.assertFalse(self.company.btp_relance_active)
        self.assertFalse(self.plan())

    def test_an_agent_opens_it_as_a_calendar_of_their_company(self):
        agent = self.make_user("agent", "btp_relance.group_agent")
        self.make_invoice()
        action = self.env["btp.relance.forecast"].with_user(agent).action_open()
        lines = (
            self.env["btp.relance.forecast.line"]
            .with_user(agent)
            .search(action["domain"])
        )
        self.assertEqual(lines.partner_id, self.customer)
        self.assertTrue(action["view_mode"].startswith("calendar"))
        self.assertIn("J+3", lines.sorted("day")[0].display_name)

    def test_nothing_due_says_so(self):
        self.assertFalse(self.foresee().line_ids)
        self.assertTrue(self.env["btp.relance.forecast"].action_open()["help"])
