# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person does: approve, call, post, skip."""

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TODAY, RelanceCommon


@tagged("post_install", "-at_install")
class TestByHand(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent", "btp_relance.group_agent")
        cls.company.sudo().btp_relance_user_id = cls.agent

    def assign(self, channel):
        """Return a reminder in the agent's hands, and its invoice."""
        self.step(3).write({"channel": channel})
        move = self.make_invoice(late=5)
        relance = self.plan()
        self.dispatch()
        return relance.with_user(self.agent), move

    def report(self, relance, **values):
        """Fill in the agent's wizard and confirm it."""
        self.env["btp.relance.outcome"].with_user(self.agent).with_context(
            active_id=relance.id
        ).create(values).action_confirm()

    # === APPROVE === #

    def propose(self):
        self.step(3).approval = "manual"
        self.make_invoice()
        return self.plan().with_user(self.agent)

    def test_approving_says_by_whom_and_when_in_the_journal(self):
        relance = self.propose()
        relance.action_approve()
        self.assertEqual((relance.state, relance.desk), ("approved", False))
        self.assertEqual(relance.approved_by_id, self.agent)
        self.assertTrue(relance.approved_on)
        self.assertEqual(self.events(relance, "approved").author, self.agent.name)
        self.dispatch()
        self.assertEqual(relance.state, "sent")

    def test_many_are_approved_at_once_and_those_that_do_not_wait_are_left(self):
        self.step(3).approval = "manual"
        for rank in range(3):
            self.make_invoice(partner=self.make_customer(f"Client {rank}"))
        relances = self.plan()
        relances[0].action_skip()
        relances.with_user(self.agent).action_approve()
        self.assertEqual(
            sorted(relances.mapped("state")), ["approved", "approved", "cancelled"]
        )
        with self.assertRaisesRegex(UserError, "wait for approval"):
            relances.action_approve()

    def test_approving_asks_for_a_dispatch(self):
        relance = self.propose()
        cron = self.env.ref("btp_relance.ir_cron_dispatch").sudo()
        triggers = self.env["ir.cron.trigger"].sudo()
        before = triggers.search_count([("cron_id", "=", cron.id)])
        relance.action_approve()
        self.assertEqual(triggers.search_count([("cron_id", "=", cron.id)]), before + 1)

    def test_a_formal_notice_leaves_a_human_hand_only(self):
        formal = self.make_scenario(
            [(3, {"tone": "formal", "approval": "manual"})], name="Formal"
        )
        self.make_invoice(btp_scenario_id=formal.id)
        relance = self.plan()
        for day in range(5):
            self.run_day(day, approve=False)
        self.assertEqual(relance.state, "proposed")
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            formal.step_ids.approval = "auto"
            self.env.flush_all()

    # === SKIP === #

    def test_skipping_sends_nothing_and_counts_the_steps_as_done(self):
        move = self.make_invoice(late=5)
        relance = self.plan().with_user(self.agent)
        relance.action_skip()
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertFalse(self._new_mails)
        self.assertEqual(relance.state, "cancelled")
        self.assertIn(self.agent.name, relance.cancel_reason)
        self.assertEqual(self.events(relance, "cancelled").author, self.agent.name)
        line = relance.line_ids
        self.assertEqual((line.state, line.done_on), ("skipped", TODAY))
        found = self.echeances(move)
        self.assertEqual(found.last_step_state, "skipped")
        self.assertEqual(found.next_step_id, self.step(10))

    def test_skipping_takes_the_call_off_the_desk(self):
        relance, _move = self.assign("call")
        relance.action_skip()
        self.assertFalse(relance.activity_ids)
        self.assertFalse(relance.desk)

    def test_what_was_sent_cannot_be_skipped(self):
        self.make_invoice()
        relance = self.run_day()
        with self.assertRaisesRegex(UserError, "not yet sent"):
            relance.action_skip()

    # === CALLS === #

    def test_a_call_is_an_activity_with_number_script_and_agent(self):
        self.template.body_html = "<p>Ask for <t t-out='object.amount_due'/></p>"
        with self.mock_mail_gateway():
            relance, _move = self.assign("call")
        self.assertEqual((relance.state, relance.desk), ("assigned", "call"))
        activity = relance.activity_ids
        self.assertEqual(activity.user_id, self.agent)
        self.assertEqual(
            activity.activity_type_id, self.env.ref("mail.mail_activity_data_call")
        )
        self.assertIn(self.customer.phone, activity.summary)
        self.assertIn("Ask for 1000.0", activity.note)
        self.assertIn("Ask for 1000.0", relance.body)
        event = self.events(relance, "assigned")
        self.assertEqual((event.channel, event.detail), ("call", activity.summary))
        self.assertFalse(self.events(relance, "sent"))
        self.assertEqual(relance.line_ids.state, "planned")

    def test_every_outcome_but_three_makes_the_step_done(self):
        outcomes = [
            code
            for code, _label in self.env["btp.relance.outcome"]
            ._fields["outcome"]
            .selection
        ]
        for outcome in set(outcomes) - {"no_answer", "wrong_number", "callback"}:
            with self.subTest(outcome):
                relance, move = self.assign("call")
                self.report(relance, outcome=outcome, note="On Friday")
                self.assertEqual((relance.state, relance.desk), ("sent", False))
                self.assertEqual(
                    (relance.call_outcome, relance.call_note), (outcome, "On Friday")
                )
                self.assertEqual(relance.contacted_on, TODAY)
                self.assertEqual(relance.line_ids.mapped("state"), ["done"])
                self.assertFalse(relance.activity_ids)
                event = self.events(relance, "call")
                label = dict(
                    relance._fields["call_outcome"]._description_selection(self.env)
                )[outcome]
                self.assertEqual(event.detail, f"{label} – On Friday")
                self.assertEqual(event.recipient, self.customer.phone)
                self.assertEqual(event.author, self.agent.name)
                self.assertEqual(self.echeances(move).next_step_id, self.step(10))
                self.pay(move)

    def test_nobody_answers_the_call_comes_back_twice_then_the_scenario_goes_on(self):
        relance, _move = self.assign("call")
        deadline = relance.activity_ids.date_deadline
        for days in (1, 2):
            self.report(relance, outcome="no_answer")
            self.assertEqual(relance.state, "assigned")
            self.assertEqual((relance.activity_ids.date_deadline - deadline).days, days)
        self.report(relance, outcome="no_answer")
        self.assertEqual((relance.state, relance.desk), ("sent", False))
        self.assertEqual(len(self.events(relance, "call")), 3)

    def test_a_wrong_number_fails_until_it_is_corrected(self):
        relance, _move = self.assign("call")
        self.report(relance, outcome="wrong_number")
        self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
        self.assertIn(self.customer.name, relance.failure_reason)
        self.assertFalse(relance.retry_at)
        self.assertFalse(relance.activity_ids)
        self.customer.phone = "+33 1 98 76 54 32"
        relance.action_retry()
        self.dispatch()
        self.assertEqual(relance.state, "assigned")
        self.assertIn("98 76 54 32", relance.activity_ids.summary)

    def test_a_call_may_leave_its_invoices_in_peace_until_a_day(self):
        relance, move = self.assign("call")
        other = self.make_invoice(late=1)
        self.report(relance, outcome="promise", pause_until=self.days_later(10))
        self.assertTrue(move.btp_no_reminder)
        self.assertIn("Promises", move.btp_no_reminder_reason)
        self.assertFalse(other.btp_no_reminder)
        self.assertFalse(self.plan(10).line_ids.move_id & move)
        relances = self.env["btp.relance"].search(
            [("state", "in", ("proposed", "approved"))]
        )
        relances.sudo()._cancel("test")
        self.assertIn(move, self.plan(11).line_ids.move_id)

    def test_an_outcome_must_be_chosen(self):
        relance, _move = self.assign("call")
        with self.assertRaisesRegex(UserError, "what came of the call"):
            self.report(relance, note="Nice chat")

    def test_an_outcome_is_reported_once(self):
        relance, _move = self.assign("call")
        self.report(relance, outcome="cheque")
        with self.assertRaisesRegex(UserError, "no longer waiting"):
            self.report(relance, outcome="cheque")

    # === REGISTERED LETTERS === #

    def test_a_registered_letter_is_posted_by_a_person_with_its_number(self):
        relance, move = self.assign("registered")
        self.assertEqual((relance.state, relance.desk), ("assigned", "post"))
        self.assertIn("registered letter", relance.activity_ids.summary)
        for number in (False, "", "   "):
            with self.assertRaisesRegex(UserError, "number of the registered letter"):
                self.report(relance, tracking_number=number)
        self.assertEqual(relance.state, "assigned")
        self.report(relance, tracking_number=" 1A 009 158 2038 0 ")
        self.assertEqual(relance.state, "sent")
        self.assertEqual(relance.tracking_number, "1A00915820380")
        self.assertFalse(relance.activity_ids)
        event = self.events(relance, "posted")
        self.assertEqual(event.message_id, "1A00915820380")
        self.assertIn("MARSEILLE", event.recipient)
        self.assertEqual(self.echeances(move).last_step_id, self.step(3))
