# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Looked at again just before it leaves: nothing is sent that no longer holds."""

from unittest.mock import patch

from odoo.tests import tagged

from .common import TODAY, RelanceCommon


@tagged("post_install", "-at_install")
class TestRecheck(RelanceCommon):
    def setUp(self):
        super().setUp()
        # The look at payments as they come is tested apart: here it must not help.
        self.patch(
            self.registry["btp.relance.line"], "_on_ledger_change", lambda *_args: None
        )
        self.move = self.make_invoice(late=5, amount=1000)

    def assertCancelled(self, relance, words):
        """Nothing left, the reminder and the journal say why, the step is free."""
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertFalse(self._new_mails)
        self.assertEqual(relance.state, "cancelled")
        self.assertIn(words, relance.cancel_reason)
        self.assertIn(words, self.events(relance, "cancelled").detail)
        self.assertFalse(self.events(relance, "sent"))
        self.assertEqual(set(relance.line_ids.mapped("state")), {"dropped"})
        self.assertIn(words, dict(relance._get_why())["Why was it not sent?"])

    def assertSent(self, relance):
        """The reminder left by one mail, which is returned."""
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertEqual((relance.state, len(self._new_mails)), ("sent", 1))
        return self.env["mail.mail"].sudo().browse(self._new_mails.ids)

    # === WHAT CANCELS === #

    def test_paid_since_planning(self):
        relance = self.plan()
        self.pay(self.move)
        self.assertCancelled(relance, "Paid")

    def test_invoice_cancelled_since_planning(self):
        relance = self.plan()
        self.move.button_draft()
        self.move.button_cancel()
        self.assertCancelled(relance, "no longer due")

    def test_held_since_planning(self):
        for values, words in (
            ({"btp_insolvency_date": TODAY}, "Insolvency"),
            ({"btp_legal_file": True}, "Legal file"),
            ({"btp_no_reminder": True}, "No reminders for this customer"),
        ):
            with self.subTest(words):
                relance = self.plan()
                before = {name: self.customer[name] for name in values}
                self.customer.write(values)
                self.assertCancelled(relance, words)
                self.customer.write(before)

    def test_an_address_lost_since_planning_is_told_to_a_person(self):
        relance = self.plan()
        self.customer.email = False
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertFalse(self._new_mails)
        self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
        self.assertIn("No usable address", relance.failure_reason)
        self.assertEqual(relance.line_ids.state, "planned")

    def test_a_credit_note_that_covers_it_since_planning(self):
        relance = self.plan()
        self.make_credit_note(1000)
        self.assertCancelled(relance, "credit covers")

    def test_company_switched_off_since_planning(self):
        relance = self.plan()
        self.company.sudo().btp_relance_active = False
        self.assertCancelled(relance, "not switched on")

    def test_another_scenario_since_planning(self):
        relance = self.plan()
        other = self.make_scenario([(4, {})], name="Other")
        self.move.btp_scenario_id = other
        self.assertCancelled(relance, "planned anew")
        self.assertEqual(self.plan().step_id, self.step(4, other))

    def test_the_step_was_archived_since_planning(self):
        relance = self.plan()
        self.step(3).active = False
        self.assertCancelled(relance, "planned anew")

    def test_a_preventive_message_does_not_leave_after_the_date(self):
        self.pay(self.move)
        self.make_invoice(late=-2)
        relance = self.plan()
        self.assertEqual(relance.tone, "preventive")
        self.after(3)
        self.assertCancelled(relance, "planned anew")

    def test_what_gave_the_level_is_settled_the_rest_is_planned_anew(self):
        self.scenario.first_contact = "age"
        high = self.make_invoice(late=12)
        relance = self.plan()
        self.assertEqual(relance.step_id, self.step(10))
        self.pay(high)
        self.assertCancelled(relance, "planned anew")
        again = self.plan()
        self.assertEqual(again.step_id, self.step(3))
        self.assertEqual(again.line_ids.move_id, self.move)

    # === WHAT CHANGES === #

    def test_partly_paid_since_planning_tells_the_residual(self):
        relance = self.plan()
        self.pay(self.move, 400)
        mail = self.assertSent(relance)
        self.assertEqual(relance.line_ids.amount_residual, 600)
        self.assertEqual(relance.line_ids.amount_company, 600)
        self.assertEqual(relance.amount_due, 600)
        self.assertIn("600.0", mail.body_html)

    def test_one_of_two_is_held_the_other_leaves(self):
        other = self.make_invoice(late=6, amount=200)
        relance = self.plan()
        other.btp_no_reminder = True
        self.assertSent(relance)
        states = {line.move_id: line.state for line in relance.line_ids}
        self.assertEqual(states, {self.move: "done", other: "dropped"})
        self.assertEqual(relance.amount_due, 1000)
        self.assertEqual(relance.overdue_line_ids.move_id, self.move)
        self.assertIn("this invoice", dict(relance._get_why())[other.name])

    def test_what_is_listed_for_information_is_that_of_now(self):
        gone = self.make_invoice(late=1, amount=100)
        relance = self.plan()
        self.assertIn(gone, relance.line_ids.move_id)
        self.pay(gone)
        new = self.make_invoice(late=2, amount=30)
        credit = self.make_credit_note(7)
        self.assertSent(relance)
        self.assertEqual(relance.overdue_line_ids.move_id, self.move | new)
        self.assertEqual(relance.credit_line_ids.move_id, credit)
        self.assertEqual(relance.amount_due, 1023)

    def test_what_comes_due_while_the_message_waits_is_overdue_in_it(self):
        self.pay(self.move)
        self.step(-7).write({"approval": "manual", "tone": "courteous"})
        self.make_invoice(late=-1)
        relance = self.plan()
        self.assertTrue(relance.coming_line_ids)
        relance.action_approve()
        self.after(2)
        self.assertSent(relance)
        self.assertEqual(len(relance.overdue_line_ids), 1)
        self.assertEqual(relance.oldest_days, 1)

    def test_a_payment_undone_brings_the_amount_back(self):
        self.pay(self.move, 400)
        relance = self.plan()
        self.assertEqual(relance.amount_due, 600)
        self.move.line_ids.remove_move_reconcile()
        self.assertSent(relance)
        # The payment is still there, unallocated.
        self.assertEqual(relance.line_ids.mapped("amount_residual"), [1000, -400])

    # === WHAT DOES NOT CANCEL === #

    def test_the_last_step_of_a_scenario_leaves(self):
        self.move.btp_scenario_id = self.make_scenario([(3, {})], name="Short")
        self.assertSent(self.plan())

    def test_the_channel_of_the_step_after_does_not_matter(self):
        self.step(10).channel = "registered"
        self.customer.city = False
        self.assertSent(self.plan())

    def test_a_call_already_on_a_desk_stays_there_as_the_debt_grows_older(self):
        self.scenario.first_contact = "age"
        self.step(3).channel = "call"
        relance = self.plan()
        self.dispatch()
        self.assertEqual(relance.state, "assigned")
        self.after(6)
        relance.sudo()._recheck()
        self.assertEqual(relance.state, "assigned")

    def test_looking_twice_changes_nothing(self):
        self.make_credit_note(100)
        self.make_invoice(late=1)
        relance = self.plan()

        def snapshot():
            return relance.line_ids.read(
                ["state", "amount_residual", "kind", "step_id"]
            )

        before = snapshot()
        self.assertEqual(relance.sudo()._recheck(), relance)
        self.assertEqual(relance.sudo()._recheck(), relance)
        self.assertEqual(snapshot(), before)

    def test_the_daily_job_brings_what_waits_up_to_date(self):
        self.step(3).approval = "manual"
        relance = self.plan()
        settled = self.make_customer("Regle")
        paid = self.make_invoice(partner=settled)
        other = self.plan()
        self.pay(self.move, 400)
        self.pay(paid)
        with self.scheduler() as engine:
            engine._cron_plan()
        self.assertEqual((relance.state, relance.amount_due), ("proposed", 600))
        self.assertEqual(other.state, "cancelled")

    def test_dispatch_looks_again_even_if_nothing_changed(self):
        relance = self.plan()
        looked = []
        origin = self.registry["btp.relance"]._recheck

        def recheck(relances):
            looked.extend(relances.ids)
            return origin(relances)

        with patch.object(self.registry["btp.relance"], "_recheck", recheck):
            self.assertSent(relance)
        self.assertEqual(looked, relance.ids)
