# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cases that no event tells, and what the review says of all of them."""

from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import TODAY
from .test_escalation import EscalationCommon


@tagged("post_install", "-at_install")
class TestEscalationDetect(EscalationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules["high_value"].write({"min_amount": 5000, "min_age_days": 60})
        cls.rules["unusual"].min_amount = 100

    # === HIGH VALUE === #

    def test_much_late_for_long_is_one_case_a_debtor(self):
        self.make_invoice(late=70, amount=3000)
        self.make_invoice(late=61, amount=2500)
        recent = self.make_invoice(late=59, amount=9000)
        case = self.cases._detect_high_value()
        self.assertEqual((case.kind, case.partner_id), ("high_value", self.customer))
        self.assertEqual((case.amount, case.age_days), (5500, 70))
        self.assertNotIn(recent, case.line_ids.move_id)
        self.assertIn("late by 60 days or more", case.reason)
        self.assertEqual(case.user_id, self.manager)
        self.assertFalse(self.cases._detect_high_value(), "it is open")

    def test_the_amount_the_age_and_credits_decide(self):
        self.make_invoice(late=70, amount=5000)
        self.make_credit_note(amount=1)
        self.assertFalse(self.cases._detect_high_value(), "4,999 are left")
        self.rules["high_value"].min_amount = 4999
        self.rules["high_value"].active = False
        self.assertFalse(self.cases._detect_high_value())
        self.rules["high_value"].write({"active": True, "min_age_days": 71})
        self.assertFalse(self.cases._detect_high_value())
        self.rules["high_value"].min_age_days = 70
        self.assertTrue(self.cases._detect_high_value())

    def test_what_is_in_other_hands_already_is_no_case(self):
        move = self.make_invoice(late=70, amount=9000)
        move.btp_legal_file = True
        self.assertFalse(self.cases._detect_high_value())
        move.btp_legal_file = False
        self.customer.btp_insolvency_date = TODAY - timedelta(days=3)
        self.assertFalse(self.cases._detect_high_value())
        self.customer.btp_insolvency_date = False
        other = self.setup_other_company()["company"]
        self.assertFalse(self.cases.with_company(other)._detect_high_value())
        self.assertTrue(self.cases._detect_high_value())

    def test_a_closed_case_leaves_in_peace_for_a_while(self):
        self.make_invoice(late=70, amount=9000)
        case = self.cases._detect_high_value()
        case._close("nothing", self.manager)
        self.after(29)
        self.assertFalse(self.cases._detect_high_value())
        self.after(30)
        self.assertTrue(self.cases._detect_high_value())

    # === UNUSUAL CHANGE === #

    def paid(self, delay, ago, amount=500):
        """Return an invoice that was paid ``ago`` days ago, ``delay`` days after its due date."""
        move = self.make_invoice(late=ago + delay, amount=amount)
        self.pay(move, payment_date=TODAY - timedelta(days=ago))
        return move

    def test_a_good_payer_who_pays_much_later_is_told_in_words(self):
        for rank in range(5):
            self.paid(delay=4, ago=200 - 20 * rank)
        self.paid(delay=25, ago=30)
        self.paid(delay=29, ago=10)
        self.make_invoice(late=21, amount=400)
        case = self.cases._detect_unusual()
        self.assertEqual((case.partner_id, case.jump_days), (self.customer, 21))
        self.assertEqual(
            case.reason,
            "Usually pays 4 days after the due date (5 payments); of late, 25 days after "
            "it (mean of the last 3).",
        )
        self.assertEqual(case.amount, 400)
        self.assertFalse(self.cases._detect_unusual(), "it is open")

    def test_too_few_payments_are_no_habit(self):
        for rank in range(4):
            self.paid(delay=4, ago=200 - 20 * rank)
        for late in (40, 41, 42):
            self.make_invoice(late=late)
        self.assertFalse(self.cases._detect_unusual())
        self.rules["unusual"].min_payments = 4
        self.assertTrue(self.cases._detect_unusual())

    def test_who_always_paid_late_is_no_surprise(self):
        for rank in range(5):
            self.paid(delay=20, ago=200 - 20 * rank)
        for late in (40, 41, 42):
            self.make_invoice(late=late)
        self.assertFalse(self.cases._detect_unusual())
        self.rules["unusual"].max_usual_days = 20
        self.assertTrue(self.cases._detect_unusual())

    def test_who_paid_early_and_still_pays_well_is_no_surprise(self):
        for rank in range(5):
            self.paid(delay=-20, ago=200 - 20 * rank)
        for late in (4, 5, 6):
            self.make_invoice(late=late)
        self.assertFalse(self.cases._detect_unusual())
        self.rules["unusual"].max_usual_days = 4
        self.assertTrue(self.cases._detect_unusual())

    def test_a_small_delay_is_no_change(self):
        for rank in range(5):
            self.paid(delay=0, ago=200 - 20 * rank)
        for late in (13, 14, 15):
            self.make_invoice(late=late)
        self.assertFalse(self.cases._detect_unusual())
        self.rules["unusual"].min_jump_days = 14
        self.assertIn("Usually pays on time", self.cases._detect_unusual().reason)

    # === MESSAGES THAT COME BACK === #

    def bounce(self):
        """Let the next reminder come back."""
        relance = (
            self.env["btp.relance"]
            .sudo()
            .search(
                [("partner_id", "=", self.customer.id), ("state", "=", "sent")], limit=1
            )
        )
        relance._message_receive_bounce(self.customer.email, self.customer)

    def test_two_messages_back_are_a_case_once(self):
        answers = self.env["btp.contact.answer"]
        self.make_invoice(late=5)
        self.run_day()
        self.bounce()
        self.assertEqual(
            answers.search([("contact_id", "=", self.customer.id)]).kind, "bounced"
        )
        self.assertFalse(self.cases._detect_bounces())
        answers._add("bounced", self.customer, self.company, "email")
        case = self.cases._detect_bounces()
        self.assertEqual((case.partner_id, case.bounce_count), (self.customer, 2))
        self.assertIn("2 messages to Promoteur Sud came back", case.reason)
        case._close("nothing", self.agent)
        self.after(40)
        self.assertFalse(self.cases._detect_bounces(), "the same are not counted twice")
        for _rank in range(2):
            answers._add("bounced", self.customer, self.company, "email")
        self.assertTrue(self.cases._detect_bounces())

    def test_a_corrected_address_and_who_owes_nothing_are_no_case(self):
        answers = self.env["btp.contact.answer"]
        for _rank in range(2):
            answers._add("bounced", self.customer, self.company, "email")
        self.customer.btp_wrong_email = self.customer.email
        self.assertFalse(self.cases._detect_bounces(), "nothing is owed")
        self.make_invoice()
        self.customer.email = "new@customer.example"
        self.assertFalse(self.cases._detect_bounces(), "the address was corrected")
        self.customer.message_bounce = 2
        self.assertTrue(self.cases._detect_bounces(), "Odoo's own counter")

    # === THE REVIEW === #

    def judge(self, outcome, amount, paid=0, paid_after=5):
        """Open a case, close it two days later, and let part of it be paid."""
        self.after(0)
        move = self.make_invoice(late=70, amount=amount)
        case = self.escalate(record=move, lines=move.line_ids.filtered("date_maturity"))
        self.after(2)
        case.with_user(self.agent).with_context(outcome=outcome).action_close()
        if paid:
            self.pay(move, paid, payment_date=TODAY + timedelta(days=paid_after))
        return case

    def test_collected_is_what_the_ledger_says_of_30_days(self):
        inside = self.judge("promise", 1000, 400, 30)
        outside = self.judge("promise", 1000, 400, 31)
        stats = self.env["btp.escalation.stat"].browse((inside | outside).ids)
        self.assertEqual(stats.mapped("collected"), [400, 0])
        self.assertEqual(stats.mapped("days_to_act"), [2, 2])
        refund = self.judge("credit_note", 1000)
        credit = self.make_credit_note(amount=1000)
        (credit.line_ids | refund.line_ids).filtered("date_maturity").reconcile()
        stat = self.env["btp.escalation.stat"].browse(refund.id)
        self.assertEqual(stat.collected, 0, "a credit note is no payment")

    def test_the_review_says_what_each_kind_was_worth(self):
        self.judge("promise", 1000, 500)
        self.judge("nothing", 300)
        self.judge("threshold_low", 200)
        lines = self.make_invoice().line_ids.filtered("date_maturity")
        self.escalate(lines=lines)
        settled = self.escalate(record=self.company, lines=lines)
        settled._close("settled")
        action = (
            self.env["btp.escalation.rule"].with_user(self.manager).action_open_review()
        )
        rule = (
            self.env[action["res_model"]]
            .with_user(self.manager)
            .search([*action["domain"], ("kind", "=", "broken_promise")])
        )
        self.assertEqual((rule.case_count, rule.open_count), (5, 1))
        self.assertEqual((rule.judged_count, rule.collected), (3, 500))
        self.assertAlmostEqual(rule.useful_share, 1 / 3)
        self.assertEqual(rule.verdict, "mixed")
        self.assertIn("Promise obtained 1", rule.outcomes)
        self.assertEqual(rule.days_acted, 2, "nobody acted on what settled itself")
        with self.assertRaises(AccessError):
            self.env["btp.escalation.rule"].with_user(self.agent).action_open_review()

    def test_a_new_threshold_says_how_many_cases_it_would_have_kept(self):
        for amount in (200, 300, 1000):
            self.judge("nothing", amount)
        rule = self.rules["broken_promise"].with_user(self.manager)
        self.assertEqual(rule.kept, "3 of 3")
        with Form(rule, "btp_relance.btp_escalation_rule_view_form") as form:
            form.min_amount = 300
            self.assertEqual(form.kept, "2 of 3")
            form.min_amount = 2000
            self.assertEqual(form.kept, "0 of 3")
        self.assertEqual(rule.min_amount, 2000)

    def test_a_new_threshold_says_which_useful_cases_and_what_it_opens_today(self):
        self.judge("promise", 1000)
        self.judge("nothing", 200)
        rule = self.rules["broken_promise"].with_user(self.manager)
        self.assertEqual(rule.kept, "2 of 2, useful: 1 of 1")
        self.assertFalse(rule.would_open, "an event tells")
        rule.min_amount = 1001
        self.assertEqual(rule.kept, "0 of 2, useful: 0 of 1")
        self.make_invoice(late=70, amount=300, partner=self.make_customer("Autre"))
        high = self.rules["high_value"].with_user(self.manager)
        self.assertEqual(high.would_open, "0")
        with Form(high, "btp_relance.btp_escalation_rule_view_form") as form:
            form.min_amount = 300
            self.assertEqual(form.would_open, "2")
        self.assertEqual((high.threshold, high.threshold_unit), (60, "high_value"))
        high.threshold = 75
        self.assertEqual((high.min_age_days, high.would_open), (75, "0"))
        high.threshold = 60
        self.assertEqual(len(self.cases._detect_high_value()), 2)

    def test_an_amount_at_stake_in_two_cases_is_collected_once(self):
        move = self.make_invoice(amount=800)
        for kind in ("broken_promise", "distress"):
            self.escalate(kind, lines=move.line_ids.filtered("date_maturity"))
        self.pay(move, 300)
        figures = self.cases._get_figures(TODAY, TODAY + timedelta(days=1))
        self.assertEqual(
            (figures["count"], figures["customers"], figures["collected"]), (2, 1, 300)
        )

    def test_the_manager_is_invited_once_a_month(self):
        self.judge("promise", 1000, 500)
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])

        def invited():
            self.cases._invite_to_review()
            return mails.search([]) - before

        self.today = date(2025, 6, 30)
        self.company.sudo().btp_review_on = date(2025, 6, 1)
        self.assertFalse(invited())
        self.today = date(2025, 7, 1)
        mail = invited()
        self.assertEqual(mail.email_to, self.manager.email_formatted)
        self.assertIn("June 2025", mail.subject)
        self.assertIn("/odoo/escalation-review", mail.body_html)
        self.today = date(2025, 7, 31)
        self.assertEqual(invited(), mail)
        self.today = date(2025, 8, 1)
        self.assertEqual(invited(), mail, "July had no case")

    # === THE DAILY JOB === #

    def test_the_day_is_idempotent_and_one_error_stops_nothing(self):
        self.make_invoice(late=70, amount=9000)
        self.patch(
            self.registry["btp.escalation"],
            "_settle_caught_up",
            lambda _model: self.fail("broken"),
        )
        with self.assertLogs("odoo.addons.btp_relance", "ERROR"):
            self.cases._run_company(self.company)
        found = self.cases.search([("partner_id", "=", self.customer.id)])
        self.assertEqual(found.kind, "high_value")
        with self.assertLogs("odoo.addons.btp_relance", "ERROR"):
            self.cases._run_company(self.company)
        self.assertEqual(
            self.cases.search_count([("partner_id", "=", self.customer.id)]), 1
        )

    def test_the_scheduler_looks_after_each_company(self):
        self.make_invoice(late=70, amount=9000)
        with self.scheduler() as engine:
            engine.env.ref("btp_relance.ir_cron_escalation").method_direct_trigger()
        self.assertTrue(self.cases.search([("partner_id", "=", self.customer.id)]))
