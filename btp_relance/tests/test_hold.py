# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each reason not to send: applies, says its words, is lifted."""

from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..models.btp_relance_hold import Hold
from .common import TODAY, RelanceCommon

#: The stop list of the trade, in the order in which it speaks.
ORDER = [
    *("insolvency", "legal_file"),
    *("paying", "credit", "below_minimum"),
    *("retention_opposed", "retention_waiting", "retention_reserves"),
    *("inactive", "customer_excluded", "invoice_excluded", "odd_date"),
    *("no_scenario", "left_out", "finished"),
    *("pending", "frequency", "no_contact"),
]


@tagged("post_install", "-at_install")
class TestHold(RelanceCommon):
    def setUp(self):
        super().setUp()
        self.move = self.make_invoice(late=5, amount=1000)

    def assertHeld(self, code, words, move=None):
        """The échéance is held, says why and by whom it is lifted; nothing is planned."""
        found = self.echeances(move or self.move)
        self.assertEqual(found.mapped("hold_code"), [code])
        why = dict(found._get_why())
        self.assertIn(words, why["Why does it wait?"])
        self.assertTrue(why["Who can change that?"])
        self.assertFalse(self.plan())

    def assertFree(self, move=None):
        """Nothing holds the échéance: it is planned."""
        self.assertFalse(self.echeances(move or self.move).hold_code)
        self.assertIn(move or self.move, self.plan().line_ids.move_id)

    # === LAW === #

    def test_insolvency_from_the_day_of_the_judgment(self):
        self.customer.btp_insolvency_date = TODAY
        self.assertHeld("insolvency", "Insolvency")
        self.customer.btp_insolvency_date = self.days_later(1)
        self.assertFree()

    def test_insolvency_of_the_company_counts_for_invoices_to_its_contacts(self):
        contact = self.make_customer("Service", parent_id=self.customer.id)
        contact.is_company = False
        move = self.make_invoice(partner=contact)
        self.customer.btp_insolvency_date = TODAY
        self.assertHeld("insolvency", "Insolvency", move)

    def test_a_legal_file_on_the_invoice_or_the_customer(self):
        self.move.btp_legal_file = True
        self.assertHeld("legal_file", "Legal file")
        self.move.btp_legal_file = False
        self.customer.btp_legal_file = True
        self.assertHeld("legal_file", "Legal file")
        self.customer.btp_legal_file = False
        self.assertFree()

    # === MONEY ON ITS WAY === #

    def test_a_payment_in_progress_without_a_ledger_entry(self):
        self.inbound_payment_method_line.payment_account_id = False
        # As Enterprise does: the payment has no entry until the bank confirms it.
        move_class = self.registry["account.move"]
        with patch.object(
            move_class, "_get_invoice_in_payment_state", lambda _moves: "in_payment"
        ):
            payment = self.pay(self.move)
        self.assertFalse(payment.move_id)
        self.assertHeld("paying", "Payment in progress")
        payment.action_cancel()
        self.assertFree()

    def test_an_online_payment_that_is_pending(self):
        provider = self.env["payment.provider"].sudo().create({"name": "Test bank"})
        method = self.env.ref("payment.payment_method_unknown")
        transaction = (
            self.env["payment.transaction"]
            .sudo()
            .create(
                {
                    "provider_id": provider.id,
                    "payment_method_id": method.id,
                    "reference": "TX-BTP-1",
                    "amount": 1000,
                    "currency_id": self.move.currency_id.id,
                    "partner_id": self.customer.id,
                    "invoice_ids": [Command.set(self.move.ids)],
                }
            )
        )
        for state in ("pending", "authorized"):
            provider.support_manual_capture = "full_only"
            transaction.state = state
            self.assertHeld("paying", "Payment in progress")
        transaction.state = "cancel"
        self.assertFree()

    def test_unallocated_credit_that_covers_what_is_due(self):
        self.make_credit_note(999.99)
        self.assertFalse(self.echeances(self.move).hold_code)
        self.make_credit_note(0.01)
        self.assertHeld("credit", "credit covers")

    def test_credit_is_weighed_against_everything_overdue(self):
        self.make_credit_note(1000)
        self.make_invoice(late=2, amount=0.01)
        self.assertFree()

    def test_below_the_amount_worth_a_reminder(self):
        self.company.sudo().btp_min_amount = 1000.01
        self.assertHeld("below_minimum", "Below")
        self.company.sudo().btp_min_amount = 1000
        self.assertFree()

    def test_small_amounts_of_a_customer_add_up(self):
        self.company.sudo().btp_min_amount = 1500
        self.assertHeld("below_minimum", "Below")
        self.make_invoice(late=4, amount=500)
        self.assertFree()

    # === EXCLUSIONS === #

    def test_reminders_that_are_not_switched_on(self):
        self.company.sudo().btp_relance_active = False
        self.assertHeld("inactive", "not switched on")
        self.company.sudo().btp_relance_active = True
        self.assertFree()

    def test_a_customer_or_an_invoice_in_peace_until_the_last_day_included(self):
        for record, code, words in (
            (self.customer, "customer_excluded", "this customer"),
            (self.move, "invoice_excluded", "this invoice"),
        ):
            for until in (False, TODAY):
                record.write({"btp_no_reminder": True, "btp_no_reminder_until": until})
                self.assertHeld(code, words)
            record.btp_no_reminder_until = self.days_later(-1)
            self.assertFalse(self.echeances(self.move).hold_code)
        self.assertFree()

    def test_a_due_date_more_than_ten_years_away(self):
        for day, code in ((18, "odd_date"), (1, False)):
            due = date(2035, 6, day)
            move = self.make_invoice(invoice_date=TODAY, invoice_date_due=due)
            self.assertEqual(self.echeances(move).hold_code, code)

    def test_no_scenario(self):
        self.company.sudo().btp_default_scenario_id = False
        self.assertHeld("no_scenario", "No scenario")
        self.company.sudo().btp_default_scenario_id = self.scenario
        self.assertFree()

    def test_finished_once_every_step_was_done(self):
        self.company.sudo().btp_default_scenario_id = self.make_scenario([(3, {})])
        self.run_day()
        self.assertHeld("finished", "a person decides")
        self.company.sudo().btp_default_scenario_id = self.scenario
        self.after(7)
        self.assertFree()

    # === CONTACT === #

    def test_another_reminder_under_way_until_it_left_or_was_skipped(self):
        for late in (21, 12):
            self.make_invoice(late=late)
        first = self.plan()
        self.assertEqual(len(first), 1)
        other = self.make_invoice(late=4)
        self.assertHeld("pending", "under way", other)
        first.action_skip()
        self.assertFree(other)

    def test_the_days_between_contacts(self):
        self.company.sudo().btp_min_contact_gap = 5
        self.run_day()
        other = self.make_invoice(late=4)
        for day in (0, 1, 4):
            self.after(day)
            self.assertHeld("frequency", "short while", other)
        self.after(5)
        self.assertFree(other)

    def test_a_contact_that_the_channel_of_the_step_cannot_reach(self):
        for channel, values, back in (
            ("email", {"email": "no address"}, {"email": "a@customer.example"}),
            ("email", {"email": False}, {"email": "a@customer.example"}),
            ("call", {"phone": False}, {"phone": "+33 1 23 45 67 89"}),
            ("registered", {"city": False}, {"city": "Marseille"}),
            ("registered", {"street": ""}, {"street": "1 rue du Port"}),
            ("registered", {"zip": False}, {"zip": "13002"}),
        ):
            with self.subTest(channel=channel, **values):
                self.step(3).channel = channel
                self.customer.write(values)
                self.assertHeld("no_contact", "no usable address")
                self.customer.write(back)
                self.assertFalse(self.echeances(self.move).hold_code)
        self.assertFree()

    # === BETWEEN HOLDS === #

    def test_the_order_of_the_holds(self):
        holds = self.env["btp.relance.hold"]._get_holds(TODAY)
        self.assertEqual([hold.code for hold in holds if hold.code in ORDER], ORDER)

    def test_the_first_hold_speaks_and_lifting_it_gives_the_word_to_the_next(self):
        self.make_credit_note(2000)
        self.customer.write(
            {
                "btp_insolvency_date": TODAY,
                "btp_legal_file": True,
                "btp_no_reminder": True,
                "email": False,
            }
        )
        self.company.sudo().write({"btp_min_amount": 9999, "btp_relance_active": False})
        self.move.btp_no_reminder = True
        lift = {
            "insolvency": lambda: self.customer.write({"btp_insolvency_date": False}),
            "legal_file": lambda: self.customer.write({"btp_legal_file": False}),
            "credit": lambda: self.env["account.move"]
            .search(
                [("move_type", "=", "out_refund"), ("company_id", "=", self.company.id)]
            )
            .button_draft(),
            "below_minimum": lambda: self.company.sudo().write({"btp_min_amount": 0}),
            "inactive": lambda: self.company.sudo().write({"btp_relance_active": True}),
            "customer_excluded": lambda: self.customer.write(
                {"btp_no_reminder": False}
            ),
            "invoice_excluded": lambda: self.move.write({"btp_no_reminder": False}),
            "no_contact": lambda: self.customer.write({"email": "a@customer.example"}),
        }
        for code, lift_it in lift.items():
            self.assertEqual(self.echeances(self.move).hold_code, code)
            lift_it()
        self.assertFree()

    def test_holding_one_invoice_does_not_silence_the_customer_s_others(self):
        other = self.make_invoice(late=5)
        self.move.btp_no_reminder = True
        relance = self.plan()
        self.assertEqual(relance.line_ids.move_id, other)

    def test_an_exclusion_in_one_company_is_not_one_in_another(self):
        other = self.setup_other_company()["company"]
        self.customer.with_company(other).write(
            {"btp_no_reminder": True, "btp_legal_file": True}
        )
        self.assertFree()

    def test_holds_on_planning_only_let_the_reminder_already_made_leave(self):
        self.run_day()
        self.make_invoice(late=4, amount=100)
        relance = self.plan(1)
        self.company.sudo().write({"btp_min_amount": 9999, "btp_min_contact_gap": 30})
        self.dispatch()
        self.assertEqual(relance.state, "sent")

    # === HOOK === #

    def test_a_hold_that_an_addon_adds_works_in_planning_list_and_why(self):
        Holds = self.registry["btp.relance.hold"]
        origin = Holds._get_holds

        def with_strike(holds, today):
            strike = Hold(
                "strike",
                "The site is on strike",
                "The conducteur de travaux ends it.",
                SQL("m.ref = %s", "on strike"),
            )
            return [strike, *origin(holds, today)]

        relance = self.plan()
        client = self.make_customer("A")
        other = self.make_invoice(late=5, ref="on strike", partner=client)
        with patch.object(Holds, "_get_holds", with_strike):
            self.move.ref = "on strike"
            self.assertHeld("strike", "on strike", other)
            self.assertEqual(
                self.env["btp.echeance"].search([("hold_code", "=", "strike")]).move_id,
                self.move | other,
            )
            self.dispatch()
            self.assertEqual(relance.state, "cancelled")
            self.assertEqual(relance.cancel_reason, "The site is on strike")
        self.move.ref = False
        self.assertFree()
