# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What came of a call leads to what comes next, and its time is counted."""

from datetime import date, datetime, time, timedelta

from markupsafe import escape

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import RelanceCommon
from .daily_job import TODAY


class CallCommon(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Europe/Paris"
        cls.agent = cls.make_user("agent.call", "btp_relance.group_agent")
        cls.company.sudo().btp_relance_user_id = cls.agent
        cls.scenario.step_ids.filtered(lambda step: step.days == 3).channel = "call"

    def call(self, **values):
        """Return a call on the desk, and its invoice."""
        move = self.make_invoice(**values)
        relance = self.plan()
        self.dispatch()
        self.assertEqual(relance.state, "assigned")
        return relance, move

    def press(self, relance, outcome, **values):
        """Press the button of an outcome on the screen of the call."""
        wizard = (
            self.env["btp.relance.outcome"]
            .with_user(self.agent)
            .with_context(outcome=outcome)
            .create({"relance_id": relance.id, **values})
        )
        return wizard.action_outcome()


@tagged("post_install", "-at_install")
class TestCall(CallCommon):
    def assertPaused(self, move, until, words):
        self.assertTrue(move.btp_no_reminder)
        self.assertEqual(move.btp_no_reminder_until, until)
        self.assertIn(words, move.btp_no_reminder_reason)

    def test_a_promise_holds_the_invoices_two_working_days_more(self):
        relance, move = self.call()
        # Friday 20 June, then Monday and Tuesday.
        self.press(relance, "promise", promise_date=date(2025, 6, 20))
        self.assertEqual((relance.state, relance.desk), ("sent", False))
        self.assertEqual(relance.promise_date, date(2025, 6, 20))
        promise = self.env["btp.promise"].search([("relance_id", "=", relance.id)])
        self.assertEqual(promise.hold_until, date(2025, 6, 24))
        self.assertEqual((promise.source, promise.amount), ("agent", 1000))
        self.assertFalse(move.btp_no_reminder)
        self.assertTrue(self.events(relance, "promise").detail)
        self.after(8)
        self.assertEqual(self.echeances(move).hold_code, "promise")
        self.after(9)
        self.assertFalse(self.echeances(move).hold_code)

    def test_a_promise_is_for_a_day_to_come(self):
        relance, _move = self.call()
        with self.assertRaisesRegex(UserError, "day to come"):
            self.press(relance, "promise", promise_date=TODAY - timedelta(days=1))
        with self.assertRaisesRegex(UserError, "Type the day"):
            self.press(relance, "promise", promise_date=False)
        self.assertEqual(relance.state, "assigned")

    def test_a_payment_on_its_way_has_five_working_days(self):
        relance, move = self.call()
        self.press(relance, "cheque")
        self.assertPaused(move, date(2025, 6, 23), "on its way")

    def test_already_paid_asks_the_agent_to_find_it(self):
        relance, move = self.call()
        self.press(relance, "already_paid", note="Transfer of 12 June")
        self.assertPaused(move, date(2025, 6, 23), "paid")
        task = move.activity_ids
        self.assertEqual(task.user_id, self.agent)
        self.assertIn("Find the payment", task.summary)
        self.assertIn("12 June", task.note)

    def test_a_dispute_holds_until_somebody_decides(self):
        relance, move = self.call()
        with self.assertRaisesRegex(UserError, "what the customer disputes"):
            self.press(relance, "dispute")
        action = self.press(
            relance, "dispute", note="Two windows missing", dispute_reason="quantity"
        )
        dispute = self.env["btp.dispute"].search(action["domain"])
        self.assertEqual(
            (dispute.move_id, dispute.reason, dispute.source, dispute.description),
            (move, "quantity", "call", "Two windows missing"),
        )
        self.assertFalse(move.btp_no_reminder)
        self.assertEqual(relance.state, "sent")
        self.after(300)
        self.assertEqual(self.echeances(move).hold_code, "dispute")

    def test_nobody_answered_another_half_day(self):
        relance, _move = self.call()
        self.press(relance, "no_answer")
        self.assertEqual(
            relance.call_at, self.company._btp_to_utc(datetime(2025, 6, 17, 14))
        )
        self.assertEqual(relance.activity_ids.date_deadline, date(2025, 6, 17))
        self.after(1)
        self.hour = time(15)
        self.press(relance, "no_answer")
        self.assertEqual(
            relance.call_at, self.company._btp_to_utc(datetime(2025, 6, 18, 8, 30))
        )
        self.press(relance, "no_answer")
        self.assertEqual((relance.state, relance.attempts), ("sent", 3))

    def test_on_friday_the_next_try_is_on_monday(self):
        self.after(4)
        relance, _move = self.call()
        self.press(relance, "no_answer")
        self.assertEqual(relance.activity_ids.date_deadline, date(2025, 6, 23))

    def test_the_number_of_tries_is_a_setting(self):
        self.company.sudo().btp_max_unanswered = 1
        relance, _move = self.call()
        self.press(relance, "no_answer")
        self.assertEqual(relance.state, "sent")

    def test_a_consumer_is_not_called_beyond_the_cap(self):
        self.customer.write({"btp_regime": "b2c", "btp_scenario_id": self.scenario.id})
        self.company.sudo().btp_max_contacts_consumer = 2
        relance, _move = self.call()
        self.press(relance, "no_answer")
        self.assertEqual(relance.state, "assigned")
        self.press(relance, "no_answer")
        self.assertEqual((relance.state, relance.attempts), ("sent", 2))
        move = self.make_invoice(late=4)
        self.assertEqual(self.echeances(move).hold_code, "cap")

    def test_call_back_when_asked(self):
        relance, _move = self.call()
        asked = datetime(2025, 6, 19, 7, 15)
        self.press(relance, "callback", callback_on=asked)
        self.assertEqual((relance.state, relance.desk), ("assigned", "call"))
        self.assertEqual(relance.call_at, asked)
        self.assertEqual(relance.activity_ids.date_deadline, date(2025, 6, 19))

    def test_a_wrong_number_is_flagged_and_somebody_else_proposed(self):
        other = self.env["res.partner"].create(
            {
                "name": "Accounts",
                "parent_id": self.customer.id,
                "btp_contact_role": "accounting",
                "phone": "+33 1 55 55 55 55",
            }
        )
        self.customer.btp_relance_contact_id = self.customer
        relance, _move = self.call()
        self.customer.btp_relance_contact_id = False
        wrong = self.customer.phone
        self.press(relance, "wrong_number")
        self.assertEqual(self.customer.btp_wrong_phone, wrong)
        self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
        self.assertIn("Accounts", relance.failure_reason)
        self.assertEqual(relance.call_contact_id, other)
        relance.with_user(self.agent).action_call_instead()
        self.dispatch()
        self.assertEqual((relance.state, relance.phone), ("assigned", other.phone))
        # Correcting the number is enough: the flag names the wrong one.
        self.customer.phone = "+33 1 66 66 66 66"
        self.assertEqual(self.customer._btp_get_phone(), "+33 1 66 66 66 66")

    def test_a_missing_document_opens_its_request(self):
        relance, move = self.call()
        action = self.press(relance, "document")
        self.assertEqual(action["res_model"], "btp.document")
        self.assertEqual(action["context"]["default_move_id"], move.id)
        kind = self.env["btp.document.type"].search(
            [("scope", "=", "invoice")], limit=1
        )
        document = self.env["btp.document"].create(
            {
                "type_id": kind.id,
                "move_id": move.id,
                "owed_by": "customer",
                "blocking": True,
            }
        )
        relance.sudo().state = "assigned"
        action = self.press(relance, "document")
        self.assertEqual(action["res_model"], "btp.document.request")
        request = self.env["btp.document.request"].browse(action["res_id"])
        self.assertEqual(request.document_ids, document)
        self.assertEqual(request.partner_id, document.owner_partner_id)

    # === TIME AND COST === #

    def test_the_time_is_counted_and_may_be_corrected(self):
        relance, _move = self.call()
        started = fields.Datetime.now() - timedelta(minutes=4, seconds=10)
        self.press(relance, "no_answer", started_at=started)
        self.assertEqual(relance.minutes, 5)
        self.press(relance, "cheque", started_at=started, minutes=12)
        self.assertEqual(relance.minutes, 17)

    def test_the_cost_is_that_of_the_day(self):
        company = self.company.sudo()
        company.write({"btp_hourly_rate": 40, "btp_fee_call": 0.10})
        relance, _move = self.call()
        self.press(relance, "no_answer", minutes=3)
        company.btp_hourly_rate = 80
        self.press(relance, "cheque", minutes=6)
        self.assertEqual(relance.cost_time, 10.0)
        self.assertAlmostEqual(relance.cost_fees, 0.20, 2)
        self.assertAlmostEqual(relance.cost_total, 10.20, 2)

    def test_cost_to_collect(self):
        company = self.company.sudo()
        company.write(
            {"btp_hourly_rate": 60, "btp_fee_email": 0.5, "btp_fee_registered": 7}
        )
        relance, move = self.call()
        self.press(relance, "no_answer", minutes=10)
        self.press(relance, "cheque", minutes=10)
        month = {"date_from": date(2025, 6, 1), "date_to": date(2025, 6, 30)}
        self.assertEqual(company._get_btp_cost_to_collect(**month)["ratio"], None)
        self.pay(move, payment_date=TODAY)
        # Not overdue when it was paid: it is not collected.
        self.pay(self.make_invoice(late=-10, amount=500), payment_date=TODAY)
        figures = company._get_btp_cost_to_collect(**month)
        self.assertEqual((figures["minutes"], figures["time"]), (20, 20))
        self.assertEqual(figures["collected"], 1000)
        self.assertEqual(str(figures["ratio"]), "0.02")

    # === CONFIRMATIONS === #

    def send_queued(self):
        with self.scheduler() as engine, self.mock_mail_gateway():
            engine._after_dispatch()
        self.env.invalidate_all()

    def confirmations(self):
        return self.env["btp.confirmation"].sudo().search([])

    def test_a_promise_is_confirmed_once(self):
        before = self.confirmations()
        relance, _move = self.call()
        self.press(relance, "promise", promise_date=date(2025, 6, 20))
        confirmation = self.confirmations() - before
        self.assertEqual((confirmation.state, confirmation.amount), ("queued", 1000))
        for _again in range(2):
            self.send_queued()
        self.assertEqual(confirmation.state, "sent")
        mail = confirmation.mail_id
        self.assertIn("06/20/2025", mail.subject)
        self.assertIn("1,000.00", mail.body_html)
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertEqual(len(self.events(relance, "confirmed")), 1)
        self.env["btp.confirmation"]._confirm_promise(relance)
        self.assertEqual(self.confirmations() - before, confirmation)

    def test_who_refuses_e_mails_gets_none(self):
        relance, _move = self.call()
        self.env["btp.contact.optout"].create(
            {
                "partner_id": self.customer.id,
                "channel": "email",
                "reason": "Asked",
                "company_id": self.company.id,
            }
        )
        self.press(relance, "promise", promise_date=date(2025, 6, 20))
        self.send_queued()
        confirmation = self.confirmations()[:1]
        self.assertEqual(confirmation.state, "skipped")
        self.assertIn("No e-mail", confirmation.reason)

    def test_off_is_off(self):
        self.company.sudo().btp_confirm_promise = False
        before = self.confirmations()
        relance, _move = self.call()
        self.press(relance, "promise", promise_date=date(2025, 6, 20))
        self.assertEqual(self.confirmations(), before)

    def test_one_word_for_all_the_documents_that_arrived(self):
        before = self.confirmations()
        kinds = self.env["btp.document.type"].search(
            [("scope", "=", "invoice")], limit=2
        )
        move = self.make_invoice()
        documents = self.env["btp.document"].create(
            [
                {"type_id": kind.id, "move_id": move.id, "owed_by": "customer"}
                for kind in kinds
            ]
        )
        self.assertTrue(documents.owner_partner_id)
        documents.action_receive()
        self.assertEqual(self.confirmations(), before, "Nobody had asked for them.")
        documents.write({"state": "expected"})
        self.env["btp.document.request"].sudo().create(
            {
                "company_id": self.company.id,
                "partner_id": self.customer.id,
                "contact_id": self.customer.id,
                "document_ids": documents.ids,
                "sent_on": self.today,
            }
        )
        documents.action_receive()
        confirmation = self.confirmations() - before
        self.assertEqual(confirmation.document_ids, documents)
        self.send_queued()
        self.assertEqual(confirmation.state, "sent")
        for document in documents:
            self.assertIn(escape(document.type_id.name), confirmation.mail_id.body_html)
        # Refused, and sent again: they were told once.
        documents.write({"state": "expected"})
        documents.action_receive()
        self.assertEqual(self.confirmations() - before, confirmation)
