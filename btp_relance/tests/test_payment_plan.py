# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Instalments: asked for, approved, signed, followed in a ledger that nobody changes."""

import base64
from datetime import date

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine.chain import sha256
from .daily_job import TODAY
from .test_promise import AgreedCommon

#: A white dot.
PNG = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAA"
    b"AABJRU5ErkJggg=="
)


def row_day(move):
    """Return the due date of an invoice in one instalment."""
    return move.line_ids.filtered(lambda line: line.date_maturity).date_maturity


class PlanCommon(AgreedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager.plan", "btp_relance.group_manager")

    def request(self, moves, count=3, day=10, **values):
        """Return a plan asked for by the customer."""
        return self.env["btp.payment.plan"]._request(
            moves.commercial_partner_id,
            moves.company_id,
            self.lines(moves),
            count,
            self.days_later(day),
            **values,
        )

    def sign(self, plan, **values):
        plan._sign("Paul Martin", PNG.decode(), "192.0.2.7", **values)
        return plan

    def signed(self, moves, **values):
        """Return a plan under way: 26 June, 26 July, 26 August."""
        return self.sign(self.request(moves, **values))

    def told(self, plan):
        return (
            self.env["btp.confirmation"]
            .search([("plan_id", "=", plan.id)], order="id")
            .mapped("kind")
        )


@tagged("post_install", "-at_install")
class TestPaymentPlan(PlanCommon):
    # === ASKING === #

    def test_within_the_limits_it_goes_to_signature(self):
        move = self.make_invoice()
        plan = self.request(move)
        self.assertEqual(plan.state, "to_sign")
        self.assertEqual(
            [(part.date, part.amount) for part in plan.instalment_ids],
            [
                (date(2025, 6, 26), 333.33),
                (date(2025, 7, 26), 333.33),
                (date(2025, 8, 26), 333.34),
            ],
        )
        self.assertEqual(self.hold(move), ["plan"])
        self.assertEqual(self.told(plan), ["plan_to_sign"])

    def test_beyond_the_limits_a_customer_is_told(self):
        move = self.make_invoice()
        for values, words in (
            ({"count": 5}, "At most 4"),
            ({"day": 31}, "within 30 days"),
            ({"count": 1}, "two instalments"),
            ({"day": -1}, "day to come"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.request(move, **values)
        with self.assertRaisesRegex(UserError, "at least"):
            self.request(self.make_invoice(amount=250), count=3)
        with self.assertRaisesRegex(UserError, "up to"):
            self.request(self.make_invoice(amount=15000.01), count=3)
        self.company.sudo().btp_plan_max_months = 2
        with self.assertRaisesRegex(UserError, "2 months"):
            self.request(move)

    def test_the_customer_s_page_asks_for_the_next_instalment_alone(self):
        move = self.make_invoice()
        relance = self.plan()
        plan = self.signed(move)
        [account] = relance.sudo()._get_accounts()
        self.assertCountEqual(
            [(row.amount, row.due_on, row.state) for row in account.rows],
            [(333.33, date(2025, 6, 26), "coming"), (666.67, row_day(move), "plan")],
        )
        self.assertFalse(account.get_overdue())
        [first] = account.get_rows("coming")
        dues = relance.sudo()._select_dues(move.currency_id, [first.key])
        self.assertEqual((dues.amount, dues.parts), (333.33, {first.line.id: 333.33}))
        # Its day has come: it is due, late by the days of the plan, not of the invoice.
        plan.sudo().instalment_ids[0].date = self.days_later(-1)
        [account] = relance.sudo()._get_accounts()
        self.assertEqual(
            [(row.amount, row.late) for row in account.get_payable()], [(333.33, 1)]
        )

    def test_above_an_amount_a_manager_approves(self):
        move = self.make_invoice(amount=3000.01)
        plan = self.request(move)
        self.assertEqual(plan.state, "requested")
        self.assertIn("3,000.00", plan.approval_reason)
        self.assertEqual(self.hold(move), ["plan"])
        with self.assertRaisesRegex(UserError, "manager"):
            plan.with_user(self.agent).action_approve()
        plan.with_user(self.manager).action_approve()
        self.assertEqual((plan.state, plan.approved_by_id), ("to_sign", self.manager))

    def test_refused_the_scenario_goes_on_and_requests_are_counted(self):
        move = self.make_invoice(amount=4000)
        for _time in range(2):
            plan = self.request(move)
            plan.answer = "Two instalments would be possible."
            plan.with_user(self.manager).action_refuse()
            self.assertEqual(plan.state, "refused")
            self.assertEqual(self.hold(move), [False])
        self.assertEqual(self.told(plan), ["plan_refused"])
        with self.assertRaisesRegex(UserError, "already asked for 2 times"):
            self.request(move)

    def test_an_agent_goes_beyond_and_a_manager_approves(self):
        move = self.make_invoice()
        plan = self.request(move, count=10, source="agent")
        self.assertEqual(plan.state, "requested")
        self.assertIn("At most 4", plan.approval_reason)
        other = self.request(move, count=2, source="agent")
        self.assertEqual((plan.state, other.state), ("cancelled", "to_sign"))

    def test_instalments_of_unequal_amounts_make_the_total(self):
        move = self.make_invoice()
        days = [(self.days_later(5), 700), (self.days_later(20), 300)]
        plan = self.request(move, source="agent", instalments=days)
        self.assertEqual(plan.instalment_ids.mapped("amount"), [700, 300])
        days[1] = (self.days_later(20), 299.99)
        with self.assertRaisesRegex(UserError, "in all"):
            self.request(move, source="agent", instalments=days)

    def test_only_where_the_scenario_allows(self):
        move = self.make_invoice()
        self.scenario.allow_plan = False
        limits = self.env["btp.payment.plan"]._get_limits(
            self.customer, self.company, self.lines(move)
        )
        self.assertFalse(limits["allowed"])
        self.assertIn("call us", limits["reason"])
        with self.assertRaisesRegex(UserError, "call us"):
            self.request(move)
        self.scenario.allow_plan = True
        limits = self.env["btp.payment.plan"]._get_limits(
            self.customer, self.company, self.lines(move)
        )
        self.assertTrue(limits["allowed"])
        self.assertEqual((limits["max_count"], limits["min_amount"]), (4, 100))

    def test_one_live_plan_for_an_amount_due(self):
        move = self.make_invoice()
        plan = self.signed(move)
        for source in ("customer", "agent"):
            with self.assertRaisesRegex(UserError, "already covers"):
                self.request(move, source=source)
        with self.assertRaisesRegex(UserError, "already covers"):
            self.env["btp.promise"]._make(
                self.customer, self.company, self.days_later(3), self.lines(move)
            )
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            plan.sudo().copy(
                {"source_line_ids": [(0, 0, {"move_line_id": self.lines(move).id})]}
            ).flush_recordset()

    # === SIGNATURE === #

    def test_signed_it_is_archived_and_limitation_begins_anew(self):
        move = self.make_invoice()
        plan = self.request(move)
        mention = plan._get_mention()
        self.assertIn("one thousand", mention)
        self.sign(plan, mention=mention.upper(), digest=plan._get_digest())
        self.assertEqual((plan.state, plan.signer_name), ("active", "Paul Martin"))
        self.assertEqual(plan.signer_ip, "192.0.2.7")
        agreement = plan._get_agreement()
        self.assertEqual(agreement, plan.agreement_id)
        self.assertEqual(plan.agreement_sha256, sha256(agreement.raw))
        self.assertTrue(agreement.raw.startswith(b"%PDF"))
        self.assertEqual(move.btp_limitation_interrupted_on, TODAY)
        self.assertEqual(move.btp_limitation_cause, "acknowledgement")
        self.assertEqual(move.btp_limitation_on, date(2030, 6, 16))
        event = self.env["btp.relance.event"].search([("kind", "=", "plan_signed")])[:1]
        self.assertIn(plan.agreement_sha256, event.documents)

    def test_what_cannot_be_signed(self):
        move = self.make_invoice()
        plan = self.request(move)
        for name, drawing, values, words in (
            (" ", PNG, {}, "name"),
            ("Paul", b"", {}, "Draw"),
            ("Paul", base64.b64encode(b"<svg onload=''/>"), {}, "Draw"),
            ("Paul", b"not base64!", {}, "Draw"),
            ("Paul", PNG, {"mention": "Good for 10 euros"}, "exactly"),
            ("Paul", PNG, {"digest": "0"}, "has changed"),
        ):
            with self.assertRaisesRegex(UserError, words):
                plan._sign(name, drawing, "192.0.2.7", **values)
        self.after(11)
        with self.assertRaisesRegex(UserError, "no longer"):
            self.sign(plan)
        self.run_jobs()
        self.assertEqual(
            (plan.state, plan.end_reason), ("cancelled", "Not signed in time")
        )
        self.assertEqual(self.hold(move), [False])

    def test_paid_before_the_signature_it_is_shorter(self):
        move = self.make_invoice()
        plan = self.request(move)
        digest = plan._get_digest()
        self.pay(move, 400)
        self.assertEqual(plan.instalment_ids.mapped("amount"), [333.33, 266.67])
        with self.assertRaisesRegex(UserError, "has changed"):
            self.sign(plan, digest=digest)
        self.pay(move)
        self.assertEqual(plan.state, "cancelled")

    # === THE LEDGER === #

    def test_payments_settle_the_instalments_in_order(self):
        move, other = self.make_invoice(late=9), self.make_invoice(late=4)
        before = move.line_ids.read(["balance", "date_maturity"])
        plan = self.signed(move | other, count=4)
        self.assertEqual(plan.instalment_ids.mapped("amount"), [500] * 4)
        self.after(5)
        self.pay(other, 700)
        states = plan.instalment_ids.mapped("state")
        self.assertEqual(states, ["paid", "coming", "coming", "coming"])
        self.assertEqual((plan.next_amount, plan.paid_amount), (300, 700))
        self.pay(other)
        self.pay(move)
        self.assertEqual((plan.state, plan.paid_amount), ("done", 2000))
        self.assertIn("plan_done", self.kinds(plan))
        self.assertEqual(move.line_ids.read(["balance", "date_maturity"]), before)

    def test_a_payment_undone_begins_the_plan_again(self):
        move = self.make_invoice()
        plan = self.signed(move)
        self.pay(move)
        self.assertEqual(plan.state, "done")
        self.undo(move)
        self.assertEqual(plan.state, "active")
        self.assertEqual(set(plan.instalment_ids.mapped("state")), {"coming"})
        self.assertTrue(plan.source_line_ids.is_live)

    def test_a_credit_note_shortens_the_plan_from_its_end(self):
        move = self.make_invoice()
        plan = self.signed(move)
        credit = self.make_credit_note(400)
        (self.lines(move) | self.lines(credit)).reconcile()
        self.assertEqual(
            [(part.state, part.left) for part in plan.instalment_ids],
            [("coming", 333.33), ("coming", 266.67), ("paid", 0)],
        )
        self.assertEqual(plan.paid_amount, 0)
        self.pay(move)
        self.assertEqual((plan.state, plan.paid_amount), ("done", 600))

    def test_all_credited_it_ends(self):
        move = self.make_invoice()
        plan = self.signed(move)
        credit = self.make_credit_note(1000)
        (self.lines(move) | self.lines(credit)).reconcile()
        self.assertEqual(plan.state, "cancelled")

    # === REMINDED AND CHASED === #

    def test_announced_warned_then_void(self):
        move = self.make_invoice()
        plan = self.signed(move)
        self.run_jobs(4)
        self.assertNotIn("plan_coming", self.told(plan))
        self.run_jobs(5)
        self.run_jobs(6)
        self.assertEqual(self.told(plan).count("plan_coming"), 1)
        # Due on Thursday 26 June; Monday 30 is in time.
        self.run_jobs(14)
        self.assertFalse(plan.is_late)
        self.run_jobs(15)
        self.assertTrue(plan.is_late)
        self.assertEqual(plan.warned_until, date(2025, 7, 9))
        self.dispatch()
        warning = self.env["btp.confirmation"].search([("kind", "=", "plan_warning")])
        self.assertEqual(warning.state, "sent", warning.reason)
        self.assertIn("333.33", warning.mail_id.sudo().body_html)
        case = self.env["btp.escalation"].search([("kind", "=", "plan_default")])
        self.assertEqual(case.res_id, plan.id)
        self.assertEqual(self.hold(move), ["plan"])
        self.run_jobs(23)
        self.assertEqual(plan.state, "active")
        self.run_jobs(24)
        self.assertEqual(plan.state, "void")
        self.assertEqual(self.hold(move), [False])
        self.assertEqual(self.plan().line_ids.move_id, move)
        self.assertEqual(self.told(plan)[-1], "plan_void")
        self.assertEqual(move.btp_limitation_interrupted_on, TODAY)
        with self.assertRaisesRegex(UserError, "was not kept"):
            self.request(move, day=30)

    def test_paid_within_the_warning_the_plan_goes_on(self):
        move = self.make_invoice()
        plan = self.signed(move)
        self.run_jobs(15)
        self.pay(move, 333.33)
        self.assertFalse(plan.warned_until)
        self.assertIn("plan_resumed", self.kinds(plan))
        self.run_jobs(30)
        self.assertEqual(plan.state, "active")

    def test_no_warning_reached_a_person_decides(self):
        move = self.make_invoice()
        plan = self.signed(move)
        self.customer.email = False
        self.run_jobs(15)
        self.dispatch()
        self.run_jobs(60)
        self.assertEqual(plan.state, "active")
        self.assertFalse(plan.hold_until)
        self.assertEqual(self.hold(move), ["plan"])
        plan.with_user(self.manager).action_void()
        self.assertEqual(plan.state, "void")

    def test_more_time_after_a_warning(self):
        plan = self.signed(self.make_invoice())
        self.run_jobs(15)
        plan.with_user(self.agent).action_more_time()
        self.assertEqual(plan.warned_until, date(2025, 7, 17))
        self.assertEqual(plan.hold_until, date(2025, 7, 17))

    def test_under_a_stronger_hold_nobody_is_warned(self):
        move = self.make_invoice()
        plan = self.signed(move)
        move.btp_legal_file = True
        self.run_jobs(15)
        self.assertFalse(plan.warned_on)
        case = self.env["btp.escalation"].search([("kind", "=", "plan_default")])
        self.assertIn("Legal file", case.reason)

    def test_insolvency_ends_the_plan(self):
        plan = self.signed(self.make_invoice())
        self.customer.btp_insolvency_date = self.days_later(3)
        self.run_jobs(3)
        self.assertEqual(plan.state, "cancelled")
        self.assertIn("Insolvency", plan.end_reason)
        self.assertNotIn("plan_coming", self.told(plan))

    def test_a_promise_makes_way_for_a_plan(self):
        move = self.make_invoice()
        promise = self.env["btp.promise"]._make(
            self.customer, self.company, self.days_later(3), self.lines(move)
        )
        self.request(move)
        self.assertEqual(promise.state, "cancelled")

    # === SECURITY === #

    def test_a_state_is_never_typed_in(self):
        plan = self.request(self.make_invoice()).with_user(self.agent)
        plan.answer = "…"
        with self.assertRaisesRegex(AccessError, "Use the buttons"):
            plan.state = "active"
        plan.action_cancel()
        active = self.signed(self.make_invoice()).with_user(self.agent)
        with self.assertRaisesRegex(UserError, "manager"):
            active.action_cancel()

    def test_companies_never_mix(self):
        other = self.setup_other_company()["company"]
        self.switch_on(other)
        plan = self.request(self.make_invoice(company=other))
        self.assertEqual(plan.company_id, other)
        with self.assertRaises(AccessError):
            plan.with_user(self.agent).amount  # noqa: B018
