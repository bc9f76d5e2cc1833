# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is contested is held, and nothing else of the debtor."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TODAY
from .dispute_common import DisputeCommon


@tagged("post_install", "-at_install")
class TestDispute(DisputeCommon):
    # === WHAT IS HELD === #

    def test_the_rest_of_the_invoice_is_chased(self):
        self.contest(amount=300)
        self.assertEqual(self.seen(), [(700, 300, False)])
        relance = self.plan()
        self.assertEqual(self.listed(relance), {self.move: ("overdue", 700, 3)})
        self.assertEqual(
            (relance.amount_due, relance.line_ids.contested), (700.0, 300.0)
        )

    def test_an_invoice_contested_in_full_waits_and_the_others_are_chased(self):
        other = self.make_invoice(late=6, amount=50)
        self.contest()
        self.assertEqual(self.seen(), [(0, 1000, "dispute")])
        self.assertEqual(self.listed(self.plan()), {other: ("overdue", 50, 3)})

    def test_the_last_due_is_contested_first(self):
        terms = self.make_terms(30, 30, 40)
        move = self.make_invoice(
            late=0, invoice_payment_term_id=terms.id, invoice_date_due=False
        )
        self.contest(move, amount=500)
        self.assertEqual(
            [due[:2] for due in self.seen(move)], [(300, 0), (200, 100), (0, 400)]
        )

    def test_a_payment_comes_off_what_is_not_contested(self):
        self.contest(amount=300)
        self.pay(self.move, 500)
        self.assertEqual(self.seen(), [(200, 300, False)])
        self.pay(self.move, 300)
        self.assertEqual(self.seen(), [(0, 200, "dispute")])
        self.assertEqual(
            self.env["btp.dispute"]._get_contested(self.move.line_ids),
            {self.echeances(self.move).id: 200.0},
        )

    def test_what_is_in_another_currency_keeps_its_rate(self):
        currency = self.setup_other_currency("GBP", rates=[("2020-01-01", 2.0)])
        move = self.make_invoice(amount=100, currency_id=currency.id)
        self.contest(move, amount=33.33)
        due = self.echeances(move)
        self.assertEqual((due.residual, due.contested), (66.67, 33.33))
        self.assertAlmostEqual(due.residual_company, 33.34, 2)

    # === REMINDERS ALREADY PREPARED === #

    def test_a_reminder_prepared_is_looked_at_again(self):
        relance = self.plan()
        dispute = self.contest(amount=400)
        self.assertEqual((relance.amount_due, relance.line_ids.contested), (600, 400))
        dispute.sudo()._release()
        self.assertEqual((relance.amount_due, relance.line_ids.contested), (1000, 0))

    def test_a_reminder_about_what_is_contested_does_not_leave(self):
        relance = self.plan()
        self.contest()
        self.assertEqual(relance.state, "cancelled")
        self.assertIn("In dispute", relance.cancel_reason)

    def test_it_is_looked_at_again_before_it_leaves(self):
        relance = self.plan()
        self.patch(
            self.registry["btp.relance.line"], "_on_ledger_change", lambda *_args: None
        )
        self.contest()
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertEqual(relance.state, "cancelled")
        # The customer reads that the dispute was received, and nothing else.
        self.assertEqual(self._new_mails.mapped("model"), ["btp.confirmation"])

    # === WHAT IS REFUSED === #

    def test_never_more_than_what_is_left(self):
        self.pay(self.move, 400)
        with self.assertRaisesRegex(UserError, "No more than"):
            self.contest(amount=600.01)
        dispute = self.contest(amount=500)
        with self.assertRaisesRegex(UserError, "No more than"):
            self.contest(amount=100.01, reason="price")
        self.contest(amount=100, reason="price")
        with self.assertRaisesRegex(UserError, "already contested"):
            self.contest(reason="quality")
        self.assertEqual(dispute.amount, 500)

    def test_what_cannot_be_contested(self):
        paid = self.make_invoice()
        self.pay(paid)
        draft = self.move.copy()
        other = self.make_invoice()
        for move, values, words in (
            (paid, {}, "is paid"),
            (draft, {}, "Only an invoice"),
            (self.move, {"amount": -5}, "Type the amount"),
            (self.move, {"amount": 0}, "Type the amount"),
            (self.move, {"reason": "whatever"}, "Choose why"),
            (self.move, {"invoice_lines": other.invoice_line_ids}, "not lines of"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.contest(move, **values)

    def test_the_same_form_sent_twice_is_one_dispute(self):
        first = self.contest(amount=300)
        self.assertEqual(self.contest(amount=300), first)
        self.assertNotEqual(self.contest(amount=200), first)
        whole = self.make_invoice(late=7)
        self.assertEqual(self.contest(whole), self.contest(whole))

    # === LINES === #

    def test_contested_lines_with_their_taxes(self):
        move = self.make_taxed(100, 200)
        line = move.invoice_line_ids[1]
        dispute = self.contest(move, invoice_lines=line)
        self.assertEqual(dispute.amount, 240)
        with self.assertRaisesRegex(UserError, "No more than"):
            self.contest(move, amount=121, invoice_lines=move.invoice_line_ids[0])

    # === PEOPLE === #

    def test_owner_deadline_and_journal(self):
        user = self.make_user("nadia", "btp_relance.group_agent")
        self.customer.btp_relance_user_id = user
        dispute = self.contest(reason="duplicate", amount=10)
        self.assertEqual(dispute.user_id, user)
        # Two working days after a Monday.
        self.assertEqual((dispute.date_deadline - TODAY).days, 2)
        event = self.env["btp.relance.event"].search(
            [("kind", "=", "dispute_opened"), ("debtor_ref", "=", self.customer.id)]
        )
        self.assertIn(self.move.name, event.detail)

    def test_a_state_is_never_typed_in(self):
        user = self.make_user("nadia", "btp_relance.group_agent")
        dispute = self.contest(amount=10).with_user(user)
        dispute.user_id = user
        for values in ({"state": "accepted"}, {"amount": 5}, {"reason": "price"}):
            with self.subTest(values), self.assertRaises(AccessError):
                dispute.write(values)

    def test_companies_do_not_mix(self):
        other = self.setup_other_company()["company"]
        dispute = self.contest(amount=10)
        user = self.make_user(
            "omar",
            "btp_relance.group_agent",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(self.env["btp.dispute"].with_user(user).search([]))
        with self.assertRaises(AccessError):
            dispute.with_user(user).read(["amount"])
