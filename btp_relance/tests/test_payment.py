# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A payment in the ledger cancels at once, and is thanked for where the scenario says so."""

from odoo import fields
from odoo.tests import tagged

from .common import TODAY, RelanceCommon


@tagged("post_install", "-at_install")
class TestPayment(RelanceCommon):
    def setUp(self):
        super().setUp()
        self.move = self.make_invoice(late=5, amount=1000)

    def thanks(self):
        """Return the thank-you messages of the customer."""
        return self.env["btp.relance"].search(
            [("partner_id", "=", self.customer.id), ("kind", "=", "thanks")]
        )

    def remind(self):
        """Send the reminder that is due."""
        relance = self.run_day()
        self.assertEqual(relance.state, "sent")
        return relance

    def set_rate(self, currency, rate):
        """Set the rate of a currency from today on."""
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "name": TODAY,
                "rate": rate,
                "company_id": self.company.id,
            }
        )

    # === CANCELS AT ONCE === #

    def test_a_payment_cancels_at_once_what_was_planned(self):
        relance = self.plan()
        self.pay(self.move)
        self.assertEqual(relance.state, "cancelled")
        self.assertIn("Paid", relance.cancel_reason)
        self.assertEqual(self.events(relance).mapped("kind"), ["cancelled"])
        self.assertEqual(relance.line_ids.state, "dropped")

    def test_a_payment_takes_the_call_off_the_desk(self):
        self.step(3).channel = "call"
        relance = self.plan()
        self.dispatch()
        self.assertTrue(relance.activity_ids)
        self.pay(self.move)
        self.assertEqual((relance.state, relance.desk), ("cancelled", False))
        self.assertFalse(relance.activity_ids)

    def test_a_part_payment_leaves_the_reminder_at_the_residual_at_once(self):
        relance = self.plan()
        self.pay(self.move, 400)
        self.assertEqual((relance.state, relance.amount_due), ("approved", 600))

    def test_a_credit_note_that_settles_cancels_at_once(self):
        relance = self.plan()
        self.settle_by_credit_note(self.move)
        self.assertEqual(relance.state, "cancelled")

    def settle_by_credit_note(self, move):
        credit = self.make_credit_note(move.amount_residual)
        lines = (move | credit).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        lines.reconcile()

    def test_a_payment_in_another_currency_cancels_at_once_whatever_the_rate(self):
        for rate in (1.0, 4.0):  # two euros for one of the company's when invoiced
            with self.subTest(rate=rate):
                euro = self.setup_other_currency("EUR")
                customer = self.make_customer(f"Export {rate}")
                move = self.make_invoice(
                    late=5, amount=1000, currency_id=euro.id, partner=customer
                )
                relance = self.plan().filtered(lambda r, c=customer: r.partner_id == c)
                self.set_rate(euro, rate)
                self.pay(move, currency_id=euro.id)
                self.assertEqual(relance.state, "cancelled")
                self.assertFalse(self.echeances(move))

    def test_a_payment_of_one_of_two_leaves_the_other(self):
        other = self.make_invoice(late=6, amount=200)
        relance = self.plan()
        self.pay(other)
        self.assertEqual((relance.state, relance.amount_due), ("approved", 1000))
        self.assertEqual(relance.overdue_line_ids.move_id, self.move)

    def test_one_payment_for_many_invoices_cancels_once(self):
        moves = self.move | self.make_invoice(late=6) | self.make_invoice(late=7)
        relance = self.plan()
        self.pay(moves, group_payment=True)
        self.assertEqual(relance.state, "cancelled")
        self.assertEqual(len(self.events(relance, "cancelled")), 1)

    def test_who_books_payments_needs_no_right_on_reminders(self):
        self.add_thanks()
        self.remind()
        clerk = self.make_user("clerk", "account.group_account_invoice")
        wizard = (
            self.env["account.payment.register"]
            .with_user(clerk)
            .with_context(active_model="account.move", active_ids=self.move.ids)
            .create({"payment_date": TODAY})
        )
        wizard.action_create_payments()
        self.assertEqual(len(self.thanks()), 1)
        self.move.with_user(clerk).line_ids.remove_move_reconcile()
        self.assertEqual(self.thanks().state, "cancelled")

    # === UNDONE === #

    def undo(self, payment):
        """Take a payment back: unmatched, then cancelled."""
        self.move.line_ids.remove_move_reconcile()
        payment.action_draft()
        payment.action_cancel()

    def test_a_payment_undone_frees_the_step_that_was_never_sent(self):
        relance = self.plan()
        self.undo(self.pay(self.move))
        self.assertEqual(relance.state, "cancelled")
        again = self.plan()
        self.assertEqual(again.line_ids.step_id, self.step(3))
        self.assertEqual(again.amount_due, 1000)

    def test_a_payment_undone_does_not_send_again_what_was_sent(self):
        self.remind()
        self.undo(self.pay(self.move))
        self.assertEqual(self.echeances(self.move).last_step_id, self.step(3))
        self.assertFalse(self.plan())
        self.assertEqual(self.plan(5).step_id, self.step(10))

    # === THANKS === #

    def test_a_payment_is_thanked_for_once(self):
        step = self.add_thanks()
        relance = self.remind()
        self.pay(self.move)
        thanks = self.thanks()
        self.assertEqual(
            (thanks.state, thanks.step_id, thanks.contact_id),
            ("approved", step, relance.contact_id),
        )
        self.assertEqual(thanks.line_ids.amount_residual, 1000)
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertEqual((thanks.state, thanks.line_ids.state), ("sent", "done"))
        self.assertEqual(len(self._new_mails), 1)
        self.move.line_ids.remove_move_reconcile()
        self.pay(self.move)
        self.assertEqual(self.thanks(), thanks)

    def test_what_is_paid_together_is_thanked_for_together(self):
        self.add_thanks()
        other = self.make_invoice(late=6)
        self.remind()
        self.pay(self.move)
        self.pay(other)
        self.assertEqual(self.thanks().line_ids.move_id, self.move | other)

    def test_no_thanks_where_the_scenario_says_nothing(self):
        self.remind()
        self.pay(self.move)
        self.assertFalse(self.thanks())

    def test_no_thanks_for_what_was_never_reminded(self):
        self.add_thanks()
        self.pay(self.move)
        early = self.make_invoice(late=-2)
        self.run_day()
        self.assertEqual(self.echeances(early).last_step_id, self.step(-7))
        self.pay(early)
        self.assertFalse(self.thanks())

    def test_no_thanks_for_a_reminder_that_was_skipped(self):
        self.add_thanks()
        self.plan().action_skip()
        self.pay(self.move)
        self.assertFalse(self.thanks())

    def test_no_thanks_for_a_credit_note(self):
        self.add_thanks()
        self.remind()
        self.settle_by_credit_note(self.move)
        self.assertFalse(self.thanks())

    def test_no_thanks_for_a_part_payment(self):
        self.add_thanks()
        self.remind()
        self.pay(self.move, 400)
        self.assertFalse(self.thanks())
        self.pay(self.move)
        self.assertEqual(len(self.thanks()), 1)

    def test_a_payment_undone_takes_the_thanks_back_and_a_new_one_is_thanked_for(self):
        self.add_thanks()
        self.remind()
        payment = self.pay(self.move)
        first = self.thanks()
        self.undo(payment)
        self.assertEqual(first.state, "cancelled")
        self.assertIn("undone", first.cancel_reason)
        self.pay(self.move)
        second = self.thanks() - first
        self.assertEqual(second.state, "approved")

    def test_a_thank_you_in_foreign_currency_whatever_the_rate(self):
        self.add_thanks()
        euro = self.setup_other_currency("EUR")
        move = self.make_invoice(late=6, currency_id=euro.id)
        self.remind()
        self.set_rate(euro, 4.0)
        self.pay(move, currency_id=euro.id)
        self.assertEqual(self.thanks().line_ids.move_id, move)

    def test_thanks_neither_wait_for_a_reminder_nor_count_as_one(self):
        self.add_thanks()
        self.company.sudo().btp_min_contact_gap = 5
        other = self.make_invoice(late=6)
        self.remind()
        self.pay(self.move)
        self.dispatch()
        self.assertEqual(self.thanks().state, "sent")
        self.assertFalse(self.plan(4))
        self.assertEqual(self.plan(5).line_ids.move_id, other)
        self.pay(other)
        self.assertEqual(len(self.thanks()), 2)

    def test_thanks_that_wait_for_approval_wait(self):
        self.add_thanks(approval="manual")
        self.remind()
        self.pay(self.move)
        self.dispatch()
        self.assertEqual(
            (self.thanks().state, self.thanks().desk), ("proposed", "approve")
        )

    def test_the_day_of_thanks_is_noted(self):
        self.add_thanks()
        self.remind()
        self.after(2)
        self.pay(self.move)
        self.dispatch()
        self.assertEqual(self.thanks().contacted_on, self.days_later(2))
        self.assertLessEqual(self.thanks().sent_on, fields.Datetime.now())
