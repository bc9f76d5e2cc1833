# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who gets what, by which channel, and what bars it."""

from odoo import Command
from odoo.tests import tagged

from .common import RelanceCommon
from .daily_job import TODAY


@tagged("post_install", "-at_install")
class TestContact(RelanceCommon):
    def make_contact(self, name, **values):
        """Return a contact of the customer."""
        return self.env["res.partner"].create(
            {
                "name": name,
                "parent_id": self.customer.id,
                "type": "contact",
                "email": f"{name.lower()}@customer.example",
                **values,
            }
        )

    def route(self, stage, role, company=None):
        """Say who is reminded of a billing stage."""
        return self.env["btp.contact.route"].create(
            {
                "billing_stage": stage,
                "role": role,
                "company_id": (company or self.company).id,
            }
        )

    def planned_contact(self):
        """Return the recipient of the reminder planned now, which is then cancelled."""
        relance = self.plan()
        contact = relance.contact_id
        relance.sudo()._cancel("test")
        return contact

    # === WHO === #

    def test_the_contact_is_chosen_by_the_billing_stage(self):
        site = self.make_contact("Site", btp_contact_role="site")
        accounts = self.make_contact("Accounts", btp_contact_role="accounting")
        invoice = self.make_contact("Invoices", type="invoice")
        self.route("situation", "site")
        move = self.make_invoice(btp_billing_stage="situation")
        self.assertEqual(self.echeances(move).billing_stage, "situation")
        self.assertEqual(self.planned_contact(), site)
        move.btp_billing_stage = "final"
        self.assertEqual(self.planned_contact(), accounts)
        accounts.btp_contact_role = False
        self.assertEqual(self.planned_contact(), invoice)
        invoice.type = "contact"
        self.assertEqual(self.planned_contact(), self.customer)
        self.customer.btp_relance_contact_id = invoice
        self.assertEqual(self.planned_contact(), invoice)

    def test_several_stages_in_one_message_go_to_the_accounts(self):
        self.make_contact("Site", btp_contact_role="site")
        accounts = self.make_contact("Accounts", btp_contact_role="accounting")
        self.route("situation", "site")
        self.make_invoice(btp_billing_stage="situation")
        self.make_invoice(btp_billing_stage="final")
        relance = self.plan()
        self.assertEqual(len(relance), 1)
        self.assertEqual(len(relance.line_ids), 2)
        self.assertEqual(relance.contact_id, accounts)

    def test_a_contact_of_another_stage_is_never_written_to(self):
        self.make_contact("Site", btp_contact_role="site")
        self.route("situation", "site")
        self.make_invoice(btp_billing_stage="plain")
        self.assertEqual(self.plan().contact_id, self.customer)

    def test_whom_the_channel_does_not_reach_is_passed_over(self):
        self.make_contact("Accounts", btp_contact_role="accounting", email=False)
        invoice = self.make_contact("Invoices", type="invoice")
        self.make_invoice()
        self.assertEqual(self.plan().contact_id, invoice)

    def test_another_company_s_routes_do_not_count(self):
        site = self.make_contact("Site", btp_contact_role="site")
        other = self.setup_other_company()["company"]
        self.route("situation", "site", other)
        self.make_invoice(btp_billing_stage="situation")
        self.assertEqual(self.planned_contact(), self.customer)
        self.env["btp.contact.route"].create(
            {"billing_stage": "situation", "role": "site", "company_id": False}
        )
        self.assertEqual(self.planned_contact(), site)

    # === WHAT BARS IT === #

    def assertHeld(self, move, code):
        self.assertEqual(self.echeances(move).hold_code, code)
        self.assertFalse(self.plan())

    def test_a_lawyer_a_death_and_a_vulnerable_person_stop_everything(self):
        move = self.make_invoice()
        for values, code in (
            ({"btp_lawyer": True}, "lawyer"),
            ({"btp_vulnerable": "deceased"}, "vulnerable"),
            ({"btp_vulnerable": "vulnerable"}, "vulnerable"),
        ):
            with self.subTest(values):
                self.customer.write(values)
                self.assertHeld(move, code)
                self.customer.write(dict.fromkeys(values, False))
        self.assertTrue(self.plan())

    def test_a_lawyer_known_since_planning_stops_the_reminder(self):
        self.make_invoice()
        relance = self.plan()
        self.customer.btp_lawyer = True
        self.dispatch()
        self.assertEqual(relance.state, "cancelled")
        self.assertIn("lawyer", relance.cancel_reason)

    def refuse(self, partner=None, channel="email", **values):
        return self.env["btp.contact.optout"].create(
            {
                "partner_id": (partner or self.customer).id,
                "channel": channel,
                "reason": "Wrote so on 3 June",
                "company_id": self.company.id,
                **values,
            }
        )

    def test_a_refused_channel_is_not_used_and_the_journal_says_so(self):
        move = self.make_invoice()
        refusal = self.refuse()
        event = self.env["btp.relance.event"].search([("kind", "=", "optout")])
        self.assertEqual(event.debtor_ref, self.customer.id)
        self.assertIn("Wrote so on 3 June", event.detail)
        self.assertHeld(move, "no_contact")
        refusal.active = False
        self.assertTrue(
            self.env["btp.relance.event"].search_count([("kind", "=", "optout_lifted")])
        )
        self.assertTrue(self.plan())

    def test_what_is_refused_to_one_company_is_open_to_another(self):
        other = self.setup_other_company()["company"]
        self.refuse(company_id=other.id)
        self.make_invoice()
        self.assertTrue(self.plan())

    def test_a_blacklisted_address_is_no_address(self):
        move = self.make_invoice()
        self.env["mail.blacklist"].sudo()._add(self.customer.email)
        self.assertHeld(move, "no_contact")

    def test_another_address_is_another_matter(self):
        move = self.make_invoice()
        self.customer._btp_flag_email(self.customer.email)
        self.assertHeld(move, "no_contact")
        self.customer.email = "new@customer.example"
        self.assertFalse(self.echeances(move).hold_code)

    # === NEVER A SILENT QUEUE === #

    def tell_unreachable(self):
        engine = self.engine.with_company(self.company)
        return self.env["btp.relance"].browse(engine._tell_unreachable().ids)

    def test_whom_nothing_reaches_becomes_a_task_in_one_sentence(self):
        move = self.make_invoice()
        self.customer.email = False
        self.assertFalse(self.plan())
        relance = self.tell_unreachable()
        self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
        self.assertIn("No usable address", relance.failure_reason)
        self.assertEqual(relance.line_ids.move_id, move)
        self.assertEqual(relance.amount_due, 1000)
        self.assertEqual(self.events(relance, "failed").detail, relance.failure_reason)
        # Once, and it stays from night to night.
        self.assertFalse(self.tell_unreachable())
        with self.scheduler() as engine:
            engine._cron_plan()
        self.assertEqual(relance.state, "failed")
        self.assertEqual(len(self.events(relance)), 1)

    def test_an_address_completed_since_lets_it_leave(self):
        self.make_invoice()
        self.customer.email = False
        relance = self.tell_unreachable()
        self.customer.email = "found@customer.example"
        with self.scheduler() as engine:
            engine._cron_plan()
        self.assertEqual(relance.state, "approved")
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertEqual(relance.state, "sent")
        self.assertEqual(
            self.events(relance, "sent").recipient,
            ('"Promoteur Sud" <found@customer.example>'),
        )

    def test_what_a_person_must_approve_is_not_sent_by_a_corrected_address(self):
        self.step(3).write({"approval": "manual", "channel": "registered"})
        self.make_invoice()
        self.customer.city = False
        relance = self.tell_unreachable()
        self.assertEqual(relance.state, "failed")
        self.customer.city = "Marseille"
        relance.action_retry()
        self.assertEqual(relance.state, "proposed")

    def test_a_word_before_the_due_date_is_not_worth_a_task(self):
        self.make_invoice(late=-5)
        self.customer.email = False
        self.assertFalse(self.tell_unreachable())

    def test_a_bounce_flags_the_address_and_a_person_may_call_instead(self):
        self.make_invoice()
        relance = self.plan()
        with self.mock_mail_gateway():
            self.dispatch()
        relance._message_receive_bounce(self.customer.email, self.customer)
        self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
        self.assertEqual(self.customer.btp_wrong_email, self.customer.email_normalized)
        self.assertEqual(relance.call_contact_id, self.customer)
        relance.action_call_instead()
        self.dispatch()
        self.assertEqual((relance.state, relance.channel), ("assigned", "call"))
        self.assertIn(self.customer.phone, relance.activity_ids.summary)
        self.assertIn("Call", self.events(relance, "rerouted").detail)

    def test_trying_again_trusts_the_address_again(self):
        self.make_invoice()
        relance = self.plan()
        with self.mock_mail_gateway():
            self.dispatch()
        relance._message_receive_bounce(self.customer.email, self.customer)
        with self.mock_mail_gateway():
            relance.action_retry()
            self.dispatch()
        self.assertEqual(relance.state, "sent")

    def test_thanks_that_reach_nobody_are_nobody_s_task(self):
        self.add_thanks()
        for values in ({"email": False}, {"btp_vulnerable": "deceased"}):
            with self.subTest(values), self.mock_mail_gateway():
                move = self.make_invoice()
                self.run_day()
                self.pay(move)
                thanks = self.env["btp.relance"].search(
                    [("kind", "=", "thanks"), ("state", "=", "approved")]
                )
                self.assertEqual(len(thanks), 1)
                self.customer.write(values)
                self.dispatch()
                self.assertEqual((thanks.state, thanks.desk), ("cancelled", False))
                self.customer.write({"email": "x@customer.example"})

    # === HOW OFTEN === #

    def test_the_cap_counts_all_channels_over_thirty_days(self):
        self.company.sudo().btp_max_contacts = 2
        for rank, day in enumerate((0, 5)):
            self.after(day)
            self.make_invoice(late=5 - day + rank)
            with self.mock_mail_gateway():
                self.assertTrue(self.run_day())
        self.after(6)
        move = self.make_invoice(late=0)
        self.after(12)
        self.assertEqual(self.echeances(move).hold_code, "cap")
        why = dict(self.echeances(move)._get_why())
        self.assertIn("often enough", why["Why does it wait?"])
        self.assertFalse(self.plan())
        self.after(30)
        self.assertNotEqual(self.echeances(move).hold_code, "cap")

    def test_consumers_have_a_cap_of_their_own(self):
        self.company.sudo().write(
            {"btp_max_contacts": 0, "btp_max_contacts_consumer": 1}
        )
        self.make_invoice()
        with self.mock_mail_gateway():
            self.run_day()
        move = self.make_invoice(late=4)
        self.assertFalse(self.echeances(move).hold_code)
        self.customer.btp_regime = "b2c"
        self.assertEqual(self.echeances(move).hold_code, "cap")

    # === PREFERRED CHANNEL === #

    def test_who_prefers_a_call_is_called(self):
        self.customer.btp_preferred_channel = "call"
        self.make_invoice()
        relance = self.plan()
        self.assertEqual(relance.channel, "call")
        self.dispatch()
        self.assertEqual((relance.state, relance.desk), ("assigned", "call"))

    def test_a_script_is_never_sent_by_e_mail(self):
        self.step(3).channel = "call"
        self.customer.btp_preferred_channel = "email"
        self.make_invoice()
        self.assertEqual(self.plan().channel, "call")

    def test_a_last_reminder_keeps_its_channel(self):
        self.customer.btp_preferred_channel = "call"
        self.scenario.step_ids.filtered(lambda step: step.days < 20).active = False
        self.step(20).channel = "email"
        self.make_invoice(late=25)
        self.assertEqual(self.plan().channel, "email")

    # === ACCESS === #

    def test_who_may_note_what(self):
        agent = self.make_user("agent.contact", "btp_relance.group_agent")
        clerk = self.make_user("clerk.contact", "account.group_account_invoice")
        self.assertTrue(
            self.env["btp.contact.optout"].with_user(agent).has_access("create")
        )
        for model in ("btp.contact.optout", "btp.confirmation", "btp.closure"):
            self.assertFalse(self.env[model].with_user(clerk).has_access("read"))
        for model in ("btp.closure", "btp.contact.route"):
            self.assertFalse(self.env[model].with_user(agent).has_access("write"))

    def test_companies_do_not_mix(self):
        other = self.setup_other_company()["company"]
        theirs = self.refuse(company_id=other.id)
        agent = self.make_user(
            "agent.mine",
            "btp_relance.group_agent",
            company_ids=[Command.set(self.company.ids)],
        )
        found = self.env["btp.contact.optout"].with_user(agent).search([])
        self.assertNotIn(theirs, found)
        self.assertEqual(TODAY, self.today)
