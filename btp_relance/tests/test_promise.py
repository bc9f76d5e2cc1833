# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Promises: they hold, the ledger judges them, and nobody pauses for ever."""

from datetime import date

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RelanceCommon
from .daily_job import TODAY


class AgreedCommon(RelanceCommon):
    """What promises and plans have in common: lines, payments, verdicts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Europe/Paris"
        cls.agent = cls.make_user("agent.promise", "btp_relance.group_agent")
        cls.company.sudo().btp_relance_user_id = cls.agent

    def lines(self, moves):
        return moves.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )

    def run_jobs(self, day=None):
        """Run the jobs of the morning as the scheduler does."""
        if day is not None:
            self.after(day)
        with self.scheduler() as engine:
            engine.env["btp.promise"]._cron_judge()
            engine.env["btp.payment.plan"]._cron_follow()
        self.env.invalidate_all()

    def kinds(self, record):
        """Return the journal's kinds about the debtor, in order."""
        events = self.env["btp.relance.event"].search(
            [("debtor_ref", "=", record.partner_id.id)], order="id"
        )
        return events.mapped("kind")

    def undo(self, move):
        """Undo the matching of an invoice, as an accountant does."""
        self.lines(move).remove_move_reconcile()

    def hold(self, move):
        return self.echeances(move).mapped("hold_code")


class PromiseCommon(AgreedCommon):
    def promise(self, moves, day=4, **values):
        """Return a promise of all that is due of invoices, ``day`` days after `TODAY`."""
        return self.env["btp.promise"]._make(
            moves.commercial_partner_id,
            moves.company_id,
            self.days_later(day),
            self.lines(moves),
            **{"source": "customer", **values},
        )


@tagged("post_install", "-at_install")
class TestPromise(PromiseCommon):
    def test_it_holds_until_two_working_days_after_its_day(self):
        move = self.make_invoice()
        promise = self.promise(move)
        # Friday 20 June, then Monday and Tuesday.
        self.assertEqual(promise.hold_until, date(2025, 6, 24))
        self.assertEqual(promise.amount, 1000)
        self.after(8)
        self.assertEqual(self.hold(move), ["promise"])
        self.after(9)
        self.assertEqual(self.hold(move), [False])

    def test_kept_at_once_when_the_money_arrives(self):
        move = self.make_invoice()
        promise = self.promise(move)
        self.after(2)
        self.pay(move)
        self.assertEqual((promise.state, promise.kept_amount), ("kept", 1000))
        self.assertIn("promise_kept", self.kinds(promise))

    def test_broken_goes_to_a_person_and_the_scenario_goes_on(self):
        move = self.make_invoice()
        promise = self.promise(move)
        self.run_jobs(8)
        self.assertEqual(promise.state, "open")
        self.run_jobs(9)
        self.assertEqual((promise.state, promise.kept_amount), ("broken", 0))
        case = self.env["btp.escalation"].search([("res_id", "=", promise.id)])
        self.assertEqual((case.kind, case.user_id), ("broken_promise", self.agent))
        self.assertIn("Next: J+3", case.reason)
        self.assertEqual(self.plan().line_ids.move_id, move)
        self.run_jobs(10)
        self.assertEqual(self.kinds(promise).count("promise_broken"), 1)

    def test_partly_kept(self):
        move = self.make_invoice()
        promise = self.promise(move)
        self.after(3)
        self.pay(move, 400)
        self.assertEqual((promise.state, promise.kept_amount), ("open", 400))
        self.run_jobs(9)
        self.assertEqual((promise.state, promise.kept_amount), ("partly", 400))
        self.assertTrue(
            self.env["btp.escalation"].search_count([("res_id", "=", promise.id)])
        )

    def test_part_of_the_amount_holds_the_oldest_and_any_payment_counts(self):
        old, new = self.make_invoice(late=9), self.make_invoice(late=4)
        promise = self.promise(old | new, amount=600)
        self.assertEqual(promise.line_ids.mapped("amount"), [600, 0])
        self.assertEqual(self.hold(old), ["promise"])
        self.assertEqual(self.hold(new), [False])
        self.pay(new, 600)
        self.assertEqual(promise.state, "kept")

    def test_the_rest_may_be_promised_apart(self):
        old, new = self.make_invoice(late=9), self.make_invoice(late=4)
        first = self.promise(old | new, amount=600)
        second = self.promise(new, 7)
        self.assertEqual((first.state, second.state), ("open", "open"))
        self.assertEqual(first.line_ids.move_id, old)

    def test_a_credit_note_is_no_payment_but_makes_the_debt_smaller(self):
        move = self.make_invoice()
        promise = self.promise(move)
        credit = self.make_credit_note(300)
        (self.lines(move) | self.lines(credit)).reconcile()
        self.assertEqual((promise.state, promise.kept_amount), ("open", 0))
        self.pay(move)
        self.assertEqual((promise.state, promise.kept_amount), ("kept", 700))

    def test_nothing_left_to_pay_is_no_broken_promise(self):
        move = self.make_invoice()
        promise = self.promise(move)
        credit = self.make_credit_note(1000)
        (self.lines(move) | self.lines(credit)).reconcile()
        self.assertEqual(promise.state, "cancelled")
        self.undo(move)
        self.assertEqual(promise.state, "open")
        self.assertTrue(promise.line_ids.is_open)

    def test_an_invoice_back_to_draft_is_no_broken_promise(self):
        move = self.make_invoice()
        promise = self.promise(move)
        move.button_draft()
        self.run_jobs(9)
        self.assertEqual(promise.state, "cancelled")

    def test_a_payment_undone_reopens_then_breaks(self):
        move = self.make_invoice()
        promise = self.promise(move)
        self.pay(move)
        self.assertEqual(promise.state, "kept")
        self.undo(move)
        self.assertEqual(promise.state, "open")
        self.pay(move)
        self.after(20)
        self.undo(move)
        self.assertEqual(promise.state, "broken")
        self.assertTrue(
            self.env["btp.escalation"].search_count([("res_id", "=", promise.id)])
        )

    def test_what_was_paid_before_does_not_count(self):
        move = self.make_invoice()
        self.pay(move, 250)
        promise = self.promise(move)
        self.assertEqual(promise.amount, 750)
        self.undo(move)
        self.assertEqual(promise.kept_amount, 0)

    def test_a_late_payment_keeps_nothing_whenever_it_is_asked(self):
        move = self.make_invoice()
        promise = self.promise(move)
        self.run_jobs(9)
        self.after(12)
        self.pay(move)
        self.assertEqual(promise.state, "broken")
        judged = [promise._get_verdict(self.days_later(n)).state for n in (0, 8, 9, 30)]
        self.assertEqual(judged, ["open", "open", "broken", "broken"])

    def test_entered_late_but_paid_in_time(self):
        move = self.make_invoice()
        promise = self.promise(move)
        self.run_jobs(9)
        self.assertEqual(promise.state, "broken")
        self.pay(move, payment_date=self.days_later(8))
        self.assertEqual(promise.state, "kept")

    def test_in_the_currency_of_the_invoice(self):
        euro = self.setup_other_currency("EUR", rates=[("2020-01-01", 2.0)])
        move = self.make_invoice(currency_id=euro.id)
        promise = self.promise(move)
        self.assertEqual((promise.currency_id, promise.amount), (euro, 1000))
        self.after(2)
        self.pay(move, currency_id=euro.id)
        self.assertEqual((promise.state, promise.kept_amount), ("kept", 1000))
        with self.assertRaisesRegex(UserError, "one currency"):
            self.promise(self.make_invoice() | self.make_invoice(currency_id=euro.id))

    # === ONE WORD === #

    def test_a_new_promise_takes_the_place_of_the_old_one(self):
        move = self.make_invoice()
        first = self.promise(move)
        second = self.promise(move, 7)
        self.assertEqual((first.state, second.state), ("cancelled", "open"))
        self.assertIn("Replaced", first.cancel_reason)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            first.sudo().state = "open"
            first.line_ids.flush_recordset()

    def test_read_in_an_answer_it_waits_for_a_person(self):
        move = self.make_invoice()
        quote = "Nous réglons vendredi."
        promise = self.promise(move, source="answer", quote=quote, state="proposed")
        self.assertEqual(self.hold(move), [False])
        promise.with_user(self.agent).action_accept()
        self.assertEqual((promise.state, promise.quote), ("open", quote))
        self.assertEqual(self.hold(move), ["promise"])
        other = self.promise(move, source="answer", quote="Demain", state="proposed")
        other.with_user(self.agent).action_refuse()
        self.assertEqual((promise.state, other.state), ("open", "cancelled"))

    # === LIMITS === #

    def test_a_customer_cannot_pause_for_ever(self):
        move = self.make_invoice()
        with self.assertRaisesRegex(UserError, "last day"):
            self.promise(move, 31)
        self.promise(move, 3)
        self.run_jobs(9)
        self.promise(move, 12)
        self.run_jobs(20)
        limits = self.env["btp.promise"]._get_limits(
            self.customer, self.company, self.lines(move)
        )
        self.assertEqual(limits["left"], 0)
        self.assertIn("already made", limits["reason"])
        with self.assertRaisesRegex(UserError, "already made"):
            self.promise(move, 22)
        with self.assertRaisesRegex(UserError, "type the reason"):
            self.promise(move, 22, source="agent")
        beyond = self.promise(move, 22, source="agent", reason="Sale of a building")
        self.assertEqual(beyond.reason, "Sale of a building")

    def test_days_of_pause_are_counted_together(self):
        self.company.sudo().write(
            {"btp_promise_max_count": 0, "btp_promise_max_pause": 12}
        )
        move = self.make_invoice()
        lines = self.lines(move)
        Promise = self.env["btp.promise"]
        limits = Promise._get_limits(self.customer, self.company, lines)
        # 12 days from Monday 16 to Friday 27; two working days before it.
        self.assertEqual(limits["last"], date(2025, 6, 25))
        self.promise(move, 3)
        self.run_jobs(8)
        limits = Promise._get_limits(self.customer, self.company, lines)
        # The first one took eight days: four are left from Tuesday 24.
        self.assertEqual(limits["last"], date(2025, 6, 25))
        kept = self.make_invoice()
        self.promise(kept, 20 - 8)
        self.pay(kept, 500)
        self.promise(kept, 12, amount=100)

    def test_what_cannot_be_promised(self):
        move = self.make_invoice()
        with self.assertRaisesRegex(UserError, "day to come"):
            self.promise(move, -1)
        with self.assertRaisesRegex(UserError, "promise no more"):
            self.promise(move, amount=1000.01)
        with self.assertRaisesRegex(UserError, "amount that is promised"):
            self.promise(move, amount=0)
        self.customer.btp_insolvency_date = TODAY
        with self.assertRaisesRegex(UserError, "Insolvency"):
            self.promise(move)
        self.customer.btp_insolvency_date = False
        self.pay(move)
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            self.promise(move)

    # === SCREENS AND SECURITY === #

    def test_a_state_is_never_typed_in(self):
        promise = self.promise(self.make_invoice()).with_user(self.agent)
        promise.note = "Called by Mrs Martin"
        with self.assertRaisesRegex(AccessError, "Use the buttons"):
            promise.state = "kept"
        with self.assertRaises(AccessError):
            self.env["btp.promise"].with_user(self.agent).create({})

    def test_companies_never_mix(self):
        other = self.setup_other_company()["company"]
        self.switch_on(other)
        foreign = self.make_invoice(company=other)
        promise = self.promise(foreign)
        self.assertEqual(promise.company_id, other)
        with self.assertRaises(AccessError):
            promise.with_user(self.agent).amount  # noqa: B018
        with self.assertRaisesRegex(UserError, "one company"):
            self.env["btp.promise"]._make(
                self.customer, self.company, self.days_later(4), self.lines(foreign)
            )

    def test_confirmed_once(self):
        promise = self.promise(self.make_invoice())
        confirmation = self.env["btp.confirmation"].search(
            [("promise_id", "=", promise.id)]
        )
        self.assertEqual(confirmation.kind, "promise_noted")
        self.env["btp.confirmation"]._confirm_made(promise)
        self.dispatch()
        self.assertEqual(confirmation.state, "sent", confirmation.reason)
        self.assertIn("1,000.00", confirmation.mail_id.sudo().body_html)
        self.assertEqual(
            self.env["btp.confirmation"].search_count(
                [("promise_id", "=", promise.id)]
            ),
            1,
        )
