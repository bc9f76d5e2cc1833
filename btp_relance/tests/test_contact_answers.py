# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who answers is written to; who does not leaves the place to somebody else."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TODAY, RelanceCommon


@tagged("post_install", "-at_install")
class TestContactAnswers(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sudo().btp_max_silent = 2
        cls.answers = cls.env["btp.contact.answer"].sudo()
        cls.petit = cls.make_contact("Petit", "accounting")
        cls.durand = cls.make_contact("Durand", "accounting")

    @classmethod
    def make_contact(cls, name, role=False, **values):
        """Return a contact of the customer."""
        return cls.env["res.partner"].create(
            {
                "name": name,
                "parent_id": cls.customer.id,
                "type": "contact",
                "email": f"{name.lower()}@customer.example",
                "btp_contact_role": role,
                **values,
            }
        )

    def planned(self):
        """Return the recipient of the reminder planned now, which is then cancelled."""
        relance = self.plan()
        relance.sudo()._cancel("test")
        return relance.contact_id

    def ask(self, contact, times=1, ago=20):
        """Let messages have left to a contact, one a day from ``ago`` days ago."""
        for rank in range(times):
            self.env["btp.relance"].sudo().create(
                {
                    "company_id": self.company.id,
                    "partner_id": self.customer.id,
                    "contact_id": contact.id,
                    "step_id": self.step(3).id,
                    "tone": "factual",
                    "channel": "email",
                    "state": "sent",
                    "contacted_on": TODAY - timedelta(days=ago - rank),
                }
            )

    def stat(self, contact):
        """Return what planning knows of a contact."""
        self.env["btp.contact.stat"].sudo()._refresh(self.company)
        return self.env["btp.contact.stat"].search([("contact_id", "=", contact.id)])

    # === WHO ANSWERED === #

    def test_of_the_same_role_whoever_answered_last_is_written_to(self):
        self.make_invoice()
        self.assertEqual(self.planned(), self.petit)
        self.answers._add("answered", self.durand, self.company, "email")
        self.assertEqual(self.planned(), self.durand)
        self.after(2)
        self.answers._add("answered", self.petit, self.company, "email")
        self.assertEqual(self.planned(), self.petit)

    def test_the_channel_of_the_answer_comes_first(self):
        self.make_invoice()
        self.answers._add("answered", self.durand, self.company, "email")
        self.after(1)
        self.answers._add("answered", self.petit, self.company, "call")
        self.assertEqual(self.planned(), self.durand)
        self.step(3).channel = "call"
        (self.petit | self.durand).phone = "+33 1 44 00 00 01"
        self.assertEqual(self.planned(), self.petit)

    def test_an_answer_does_not_beat_the_role_nor_last_for_ever(self):
        invoice = self.make_contact("Factures", type="invoice")
        self.make_invoice()
        self.answers._add("answered", invoice, self.company, "email")
        self.assertEqual(self.planned(), self.petit)
        old = self.answers._add("answered", self.durand, self.company, "email")
        old.day = TODAY - timedelta(days=366)
        self.assertEqual(self.planned(), self.petit)

    def test_mails_calls_and_bounces_are_noted(self):
        self.make_invoice()
        relance = self.run_day().sudo()
        relance.message_update(
            {"author_id": self.durand.id, "email_from": "durand@customer.example"}
        )
        answer = self.answers.search([("relance_id", "=", relance.id)])
        self.assertEqual(
            (answer.kind, answer.contact_id, answer.channel),
            ("answered", self.durand, "email"),
        )
        relance.message_update({"author_id": False, "email_from": "x@else.example"})
        answers = self.answers.search([("relance_id", "=", relance.id)])
        self.assertIn(self.petit, answers.contact_id, "the message was passed on")
        count = len(answers)
        relance.message_update({"author_id": self.env.user.partner_id.id})
        # Out of office: a machine answers, the person was not reached.
        relance.with_context(btp_automatic="reply").message_update(
            {"author_id": self.durand.id, "email_from": "durand@customer.example"}
        )
        self.assertEqual(
            self.answers.search_count([("relance_id", "=", relance.id)]), count
        )
        relance._record_call("no_answer")
        relance._record_call("promise")
        calls = self.answers.search(
            [("relance_id", "=", relance.id), ("channel", "=", "call")]
        )
        self.assertEqual(calls.contact_id, self.petit)
        self.assertEqual(len(calls), 1)

    # === WHO IS ASKED NEXT === #

    def test_after_two_messages_without_answer_the_next_contact_is_asked(self):
        self.make_invoice()
        self.ask(self.petit)
        self.assertEqual(self.planned(), self.petit)
        self.ask(self.petit, ago=19)
        self.assertEqual(self.planned(), self.durand)
        self.assertTrue(self.stat(self.petit).silent)
        self.ask(self.durand, times=2, ago=10)
        self.assertEqual(self.planned(), self.customer, "no manager is known")
        manager = self.make_contact(
            "Gérant", "management", email="gerant@customer.example"
        )
        self.assertEqual(self.planned(), manager)

    def test_the_site_is_asked_about_situations_and_retentions_only(self):
        site = self.make_contact("Chantier", "site")
        move = self.make_invoice(btp_billing_stage="plain")
        for contact in (self.petit, self.durand):
            self.ask(contact, times=2)
        self.assertEqual(self.planned(), self.customer)
        move.btp_billing_stage = "situation"
        self.assertEqual(self.planned(), site)
        on_site = self.make_contact("Lefort")
        self.env["btp.chantier"].create(
            {
                "name": "Quai",
                "partner_id": self.customer.id,
                "site_contact_id": on_site.id,
            }
        )
        self.assertEqual(
            self.planned(), on_site, "who is on the chantier is asked first"
        )

    def test_where_everybody_is_silent_the_least_asked_is(self):
        self.make_invoice()
        self.ask(self.petit, times=3)
        self.ask(self.durand, times=2)
        self.ask(self.customer, times=4)
        self.assertEqual(self.planned(), self.durand)

    def test_an_answer_or_a_payment_ends_the_silence(self):
        self.make_invoice()
        paid = self.make_invoice(amount=50)
        self.ask(self.petit, times=2)
        self.assertEqual(self.planned(), self.durand)
        self.pay(paid, payment_date=TODAY - timedelta(days=18))
        self.assertEqual(self.stat(self.petit).unanswered, 0)
        self.assertEqual(self.planned(), self.petit)
        self.ask(self.petit, times=2, ago=10)
        self.assertEqual(self.planned(), self.durand)
        self.answers._add("answered", self.petit, self.company, "email")
        self.assertEqual(self.planned(), self.petit)

    def test_what_waits_for_no_answer_is_no_silence(self):
        self.make_invoice()
        self.ask(self.petit, times=2)
        sent = self.env["btp.relance"].search([("contact_id", "=", self.petit.id)])
        sent.sudo().write({"tone": "preventive"})
        self.assertFalse(self.stat(self.petit))
        sent.sudo().write({"tone": "factual", "channel": "registered"})
        self.assertFalse(self.stat(self.petit))
        sent.sudo().write({"channel": "sms"})
        self.assertTrue(self.stat(self.petit).silent)
        self.company.sudo().btp_max_silent = 0
        self.assertEqual(self.planned(), self.petit, "0: the same contact always")

    def test_nobody_is_added_who_refused_or_whose_mails_come_back(self):
        manager = self.make_contact(
            "Gérant", "management", email="gerant@customer.example"
        )
        self.make_invoice()
        for contact in (self.petit, self.durand):
            self.ask(contact, times=2)
        self.assertEqual(self.planned(), manager)
        refusal = self.env["btp.contact.optout"].create(
            {
                "partner_id": manager.id,
                "channel": "email",
                "reason": "Said so",
                "company_id": self.company.id,
            }
        )
        self.assertEqual(self.planned(), self.customer)
        refusal.active = False
        manager.btp_wrong_email = manager.email
        self.assertEqual(self.planned(), self.customer)
        manager.btp_wrong_email = False
        manager.message_bounce = 1
        self.assertEqual(self.planned(), self.customer)

    # === NOT THE RIGHT PERSON === #

    def test_who_is_not_the_right_person_is_not_asked_again(self):
        self.make_invoice()
        self.customer.btp_relance_contact_id = self.petit
        self.assertEqual(self.planned(), self.petit)
        self.answers._add("wrong", self.petit, self.company, "email")
        self.assertEqual(self.planned(), self.durand, "even chosen by hand")
        self.answers._lift(self.petit, self.company)
        self.assertEqual(self.planned(), self.petit)
        kinds = self.env["btp.relance.event"].search(
            [("debtor_ref", "=", self.customer.id)], order="id"
        )
        self.assertLessEqual(
            {"contact_wrong", "contact_right"}, set(kinds.mapped("kind"))
        )

    def test_a_reminder_planned_before_looks_for_another_recipient(self):
        self.make_invoice()
        relance = self.plan()
        self.answers._add("wrong", self.petit, self.company, "email")
        self.dispatch()
        self.assertEqual((relance.state, relance.contact_id), ("sent", self.durand))

    def test_what_one_company_learned_says_nothing_to_another(self):
        other = self.setup_other_company()["company"]
        self.make_invoice()
        self.answers._add("wrong", self.petit, other, "email")
        self.answers._add("answered", self.durand, other, "email")
        self.assertEqual(self.planned(), self.petit)
        stranger = self.make_user(
            "stranger",
            "btp_relance.group_agent",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.ask(self.petit, times=2)
        self.stat(self.petit)
        for model in ("btp.contact.answer", "btp.contact.stat"):
            found = self.env[model].with_user(stranger).search([])
            self.assertLessEqual(set(found.company_id.ids), {other.id})

    # === THE SQL === #

    def test_refreshing_again_writes_nothing(self):
        self.ask(self.petit, times=2)
        self.answers._add("answered", self.durand, self.company, "call")
        self.stat(self.petit)
        query = (
            "SELECT contact_id, xmin::text FROM btp_contact_stat WHERE company_id = %s"
        )
        self.env.cr.execute(query, [self.company.id])
        before = sorted(self.env.cr.fetchall())
        self.assertEqual(len(before), 2)
        self.env["btp.contact.stat"].sudo()._refresh(self.company)
        self.env.cr.execute(query, [self.company.id])
        self.assertEqual(sorted(self.env.cr.fetchall()), before)
        self.answers.search([]).unlink()
        self.assertFalse(self.stat(self.durand), "what is over goes")

    # === IN WORDS === #

    def test_why_names_who_answered_and_who_did_not(self):
        self.make_invoice()
        self.ask(self.petit, times=2)
        answer = self.answers._add("answered", self.durand, self.company, "email")
        answer.day = TODAY - timedelta(days=35)
        relance = self.plan()
        self.assertEqual(
            dict(relance._get_why())["Why this contact?"],
            "Writes to Durand, who answered on 05/12/2025; Petit did not answer 2 messages.",
        )
        self.after(3)
        self.answers._add("answered", self.petit, self.company, "email")
        self.assertIn(
            "Petit did not answer",
            dict(relance._get_why())["Why this contact?"],
            "as it was when it was planned",
        )

    def test_who_answers_is_listed_on_the_customer_and_one_can_be_chosen(self):
        agent = self.make_user(
            "agent", "btp_relance.group_agent", "base.group_partner_manager"
        )
        self.ask(self.petit, times=2)
        self.answers._add("answered", self.durand, self.company, "call")
        self.answers._add("bounced", self.petit, self.company, "email")
        self.env["btp.contact.habit"].invalidate_model()
        habits = self.customer.with_user(agent).btp_contact_habit_ids.grouped(
            "contact_id"
        )
        self.assertEqual(set(habits), {self.customer, self.petit, self.durand})
        petit, durand = habits[self.petit], habits[self.durand]
        self.assertEqual((petit.asked, petit.answered, petit.unanswered), (2, 0, 2))
        self.assertEqual((petit.bounced, durand.answered), (1, 1))
        self.assertEqual(durand.answered_on, TODAY)
        durand.action_choose()
        self.assertEqual(self.customer.btp_relance_contact_id, self.durand)
        durand.action_wrong()
        self.env["btp.contact.habit"].invalidate_model()
        self.assertTrue(durand.wrong)
        durand.action_wrong()
        said = self.answers.search([("contact_id", "=", self.durand.id)])
        self.assertEqual(said.mapped("kind").count("wrong"), 1)
        with self.assertRaisesRegex(UserError, "not the right person"):
            durand.action_choose()
        durand.action_right()
        self.env["btp.contact.habit"].invalidate_model()
        self.assertFalse(durand.wrong)
        reader = self.make_user("reader", "account.group_account_readonly")
        with self.assertRaises(AccessError):
            durand.with_user(reader).action_wrong()
