# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cases whose cause is gone: closed with the reason, once, or proposed to their owner."""

from datetime import timedelta

from odoo.tests import tagged

from .common import TODAY
from .test_escalation import EscalationCommon


@tagged("post_install", "-at_install")
class TestEscalationSettle(EscalationCommon):
    def lines(self, moves):
        return moves.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )

    def settled(self, case):
        """Run what the job does, and return what it made of a case."""
        self.cases._settle_caught_up()
        return (case.state, case.outcome, case.caught_up)

    OPEN = ("open", False, False)

    # === ONE RULE A KIND === #

    def test_a_promise_kept_after_all(self):
        move = self.make_invoice()
        promise = self.env["btp.promise"]._make(
            self.customer,
            self.company,
            self.days_later(4),
            self.lines(move),
            amount=400,
        )
        self.after(12)
        promise.sudo()._judge()
        case = self.cases.search([("res_id", "=", promise.id)])
        self.assertEqual(self.settled(case), self.OPEN)
        # The bank shows it late: it was paid on the day.
        self.pay(move, 400, payment_date=promise.date)
        self.assertEqual(promise.state, "kept")
        self.assertEqual(self.settled(case), ("done", "settled", "kept"))
        self.assertIn("kept after all", self.journal("escalation_done").detail)

    def test_a_new_promise_is_proposed_to_the_owner(self):
        move = self.make_invoice()
        case = self.escalate(lines=self.lines(move))
        promise = self.env["btp.promise"]._make(
            self.customer, self.company, self.days_later(4), self.lines(move)
        )
        self.assertEqual(self.settled(case), ("open", False, "promised"))
        promise.sudo()._cancel("Noted by mistake")
        self.assertEqual(self.settled(case), self.OPEN)

    def test_instalments_paid_again_in_time(self):
        move = self.make_invoice()
        plan = (
            self.env["btp.payment.plan"]
            .sudo()
            .create(
                {
                    "company_id": self.company.id,
                    "partner_id": self.customer.id,
                    "source": "agent",
                    "state": "active",
                    "currency_id": self.company.currency_id.id,
                    "amount": 1000,
                    "instalment_ids": [
                        (
                            0,
                            0,
                            {
                                "sequence": 1,
                                "date": TODAY,
                                "amount": 1000,
                                "left": 1000,
                            },
                        )
                    ],
                }
            )
        )
        plan.instalment_ids.state = "late"
        case = self.escalate("plan_default", plan, lines=self.lines(move))
        self.assertEqual(self.settled(case), self.OPEN)
        plan.instalment_ids.state = "coming"
        self.assertEqual(self.settled(case), ("done", "settled", "resumed"))

    def test_a_plan_that_is_void_is_the_same_case_with_its_own_words(self):
        case = self.escalate("plan_default", self.make_invoice())
        again = self.env["btp.escalation"]._escalate(
            "plan_default",
            case._get_origin(),
            self.customer,
            self.company,
            "The plan is void",
        )
        self.assertEqual((again, case.reason), (case, "The plan is void"))
        self.assertEqual(len(self.journal("escalated")), 2)

    def test_a_dispute_closed(self):
        move = self.make_invoice()
        dispute = self.env["btp.dispute"]._open(move, "price", "Too dear")
        dispute.date_deadline = TODAY - timedelta(days=1)
        engine = self.env["btp.relance.engine"].sudo()
        engine._escalate_disputes()
        case = self.cases.search([("res_id", "=", dispute.id)])
        self.assertEqual(self.settled(case), self.OPEN)
        # Closed by a person while the dispute is still open: left in peace for a while.
        case._close("nothing", self.agent)
        engine._escalate_disputes()
        self.assertEqual(self.cases.search([("res_id", "=", dispute.id)]), case)
        self.after(30)
        engine._escalate_disputes()
        second = self.cases.search([("res_id", "=", dispute.id)]) - case
        self.assertEqual(second.state, "open")
        dispute.sudo()._settle("Found the order")
        self.assertEqual(self.settled(second), ("done", "settled", "closed"))

    def test_less_than_the_threshold_is_left(self):
        self.rules["high_value"].write({"min_amount": 5000, "min_age_days": 60})
        move = self.make_invoice(late=70, amount=9000)
        case = self.cases._detect_high_value()
        self.pay(move, 4000)
        self.assertEqual(self.settled(case), self.OPEN, "5,000 are left")
        self.rules["high_value"].min_amount = 20000
        self.pay(move, 1)
        self.assertEqual(self.settled(case)[2], "low")

    def test_a_threshold_raised_since_closes_nothing(self):
        self.rules["high_value"].write({"min_amount": 5000, "min_age_days": 60})
        self.make_invoice(late=70, amount=9000)
        case = self.cases._detect_high_value()
        self.rules["high_value"].min_amount = 20000
        self.assertEqual(self.settled(case), self.OPEN)

    def test_what_was_late_is_paid(self):
        late, coming = self.make_invoice(late=20), self.make_invoice(late=-20)
        case = self.escalate("unusual", lines=self.lines(late | coming), jump_days=20)
        self.assertEqual(self.settled(case), self.OPEN)
        self.pay(late)
        self.assertEqual(self.settled(case), ("done", "settled", "on_time"))

    def test_a_contact_who_can_be_reached_again(self):
        self.make_invoice()
        self.customer.btp_wrong_email = self.customer.email
        case = self.escalate("bounces", bounce_count=2)
        self.assertEqual(self.settled(case), self.OPEN)
        self.customer.email = "new@customer.example"
        self.assertEqual(self.settled(case), ("done", "settled", "reached"))

    def test_a_complaint_is_never_settled_by_itself(self):
        move = self.make_invoice()
        case = self.escalate("complaint")
        self.pay(move)
        self.assertEqual(self.settled(case), self.OPEN)

    # === WHO DECIDES === #

    def test_paid_after_somebody_acted_was_worth_it(self):
        move = self.make_invoice()
        case = self.escalate()
        case.with_user(self.agent).note = "Called: pays today"
        self.assertEqual(case.acted_on, TODAY)
        self.pay(move)
        self.assertEqual(self.settled(case), ("done", "paid", "paid"))
        stat = self.env["btp.escalation.stat"].browse(case.id)
        self.assertEqual((stat.judged, stat.useful), (1, 1))

    def test_nobody_acted_on_what_settled_itself(self):
        move = self.make_invoice()
        case = self.escalate()
        self.pay(move)
        self.assertEqual(self.settled(case), ("done", "settled", "paid"))
        self.assertFalse(case.acted_on)

    def test_a_rule_may_leave_it_to_the_owner(self):
        self.rules["broken_promise"].settles = False
        move = self.make_invoice()
        case = self.escalate()
        self.pay(move)
        self.assertEqual(self.settled(case), ("open", False, "paid"))
        self.assertEqual(len(self.activities(self.agent)), 1)

    def test_whoever_opens_a_case_again_is_not_contradicted(self):
        move = self.make_invoice()
        self.rules["broken_promise"].holds = True
        case = self.escalate()
        self.pay(move)
        self.settled(case)
        self.rules["broken_promise"].holds = False
        self.after(10)
        case.with_user(self.agent).action_reopen()
        self.assertGreater(case.date_deadline, self.today)
        self.assertFalse(case.holds_sending)
        self.assertEqual(self.settled(case), ("open", False, "paid"))
        # The payment is undone, then made again: that is new.
        self.lines(move).remove_move_reconcile()
        self.assertEqual(self.settled(case), self.OPEN)
        self.pay(move)
        self.assertEqual(self.settled(case)[0], "done")

    # === COMPANIES, DOUBLES === #

    def test_nothing_of_another_company_is_settled(self):
        other = self.setup_other_company()["company"]
        move = self.make_invoice()
        case = self.escalate()
        theirs = self.env["btp.escalation"]._escalate(
            "complaint", move, self.customer, other, "Theirs", lines=self.lines(move)
        )
        self.assertFalse(theirs.line_ids, "what is owed to us is not at stake there")
        self.pay(move)
        self.cases.with_company(other)._settle_caught_up()
        self.assertEqual(case.state, "open")

    def test_what_was_agreed_is_no_high_value(self):
        self.rules["high_value"].write({"min_amount": 5000, "min_age_days": 60})
        move = self.make_invoice(late=70, amount=9000)
        self.env["btp.promise"]._make(
            self.customer, self.company, self.days_later(4), self.lines(move)
        )
        self.assertFalse(self.cases._detect_high_value())
        self.make_invoice(late=70, amount=5000)
        self.assertEqual(self.cases._detect_high_value().amount, 5000)

    def test_two_customers_that_become_one_have_one_case_and_every_refusal(self):
        twin = self.make_customer("Promoteur Sud bis")
        self.rules["high_value"].write({"min_amount": 100, "min_age_days": 60})
        for partner in (self.customer, twin):
            self.make_invoice(late=70, partner=partner)
        self.assertEqual(len(self.cases._detect_high_value()), 2)
        refusals = self.env["btp.contact.optout"]
        for partner, channel in (
            (self.customer, "email"),
            (twin, "email"),
            (twin, "sms"),
        ):
            refusals.create(
                {
                    "partner_id": partner.id,
                    "channel": channel,
                    "reason": "Said so",
                    "company_id": self.company.id,
                }
            )
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (self.customer | twin).ids, self.customer
        )
        self.env.invalidate_all()
        cases = self.cases.search([("partner_id", "=", self.customer.id)])
        self.assertEqual(sorted(cases.mapped("state")), ["done", "open"])
        self.assertEqual(
            sorted(self.customer.btp_optout_ids.mapped("channel")), ["email", "sms"]
        )
