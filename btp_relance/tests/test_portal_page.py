# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The customer's page: everything due, each thing in its place, and its payment."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TODAY
from .portal_common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalPage(PortalCommon):
    def test_everything_is_there_in_its_place(self):
        self.make_invoice(-40, 300)
        retained = self.make_invoice(
            3,
            2000,
            btp_retention_rate=5,
            btp_retention_release_on=TODAY + timedelta(days=200),
        )
        self.make_credit_note(100)
        self.pay(self.first, 250)
        page = self.read()
        # 750 + 500 + 1900 - 100, the retention and what is coming apart.
        self.assertIn("3,050.00 € left to pay, overdue", page)
        for words in (
            "École Jules Ferry",
            "Other invoices",
            "12 days late",
            "Retention, not due yet",
            "The works have not been accepted (réception) yet.",
            "Coming due",
            "To deduct",
            "Your payments",
            "Our messages to you",
            "Reminder from Martin Bâtiment",
        ):
            self.assertIn(words, page)
        self.assertIn("100.00", page.split("Retention, not due yet")[1][:40])
        self.assertIn(retained.name, page)
        self.assertNotIn(self.foreign.name, page)
        self.assertNotIn("777", page)
        self.assertNotIn("Autre Client", page)

    def test_the_page_speaks_the_language_of_whoever_reads(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["btp_relance"], ["fr_FR"])
        self.customer.lang = "fr_FR"
        french = self.read()
        self.assertIn("restent à régler", french)
        self.assertIn("Promettre une date", french)
        self.assertIn("left to pay", self.read(lang="en_US"))
        self.assertIn("restent à régler", self.read(lang="<script>"))

    def test_nothing_due_is_said_at_once(self):
        self.pay(self.first + self.second)
        page = self.read()
        self.assertIn("Nothing is due today. Thank you.", page)
        self.assertNotIn("Promise a date", page)

    # === A SELECTION === #

    def dues(self, *keys):
        return self.relance._select_dues(self.company.currency_id, list(keys))

    def test_a_selection_is_paid_at_its_residual_credits_only_with_everything(self):
        self.make_credit_note(100)
        one, two = self.key(self.first, self.second)
        self.assertEqual(self.dues(one).amount, 1000)
        self.assertFalse(self.dues(one).credits)
        everything = self.dues(one, two)
        self.assertEqual(everything.amount, 1400)
        self.assertTrue(everything.credits)
        page = self.read("/pay", row=one)
        self.assertIn("are deducted when you pay everything", page)
        self.assertIn("1,000.00", page.split("To pay")[1][:30])

    def test_what_is_not_of_this_page_is_not_payable(self):
        for keys in (
            [],
            self.key(self.foreign),
            ["0"],
            ["x"],
            [*self.key(self.first), "7"],
        ):
            with self.assertRaises(UserError):
                self.dues(*keys)

    def test_a_contested_part_is_apart_and_may_still_be_paid(self):
        self.env["btp.dispute"]._open(self.first, "quality", "Cracks", amount=200)
        page = self.read()
        self.assertIn("Contested, being looked at", page)
        self.assertIn("1,300.00", page)
        one, two = self.key(self.first, self.second)
        self.assertEqual(self.dues(one).amount, 800)
        self.assertEqual(self.dues(one).parts, {int(one): 800})
        both = self.dues(one, f"{one}c", two)
        self.assertEqual((both.amount, both.parts), (1500, {}))

    def test_parts_are_booked_on_their_own_invoices(self):
        third = self.make_invoice(3, 400)
        for move, amount in ((self.first, 200), (self.second, 50)):
            self.env["btp.dispute"]._open(move, "quality", "Cracks", amount=amount)
        dues = self.dues(*self.key(self.first, self.second, third))
        self.assertEqual(dues.amount, 800 + 450 + 400)
        provider = self.env.ref("payment.payment_provider_demo").sudo()
        provider = provider.copy({"company_id": self.company.id, "state": "test"})
        provider.journal_id = self.company_data["default_journal_bank"]
        tx = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": provider.payment_method_ids[:1].id,
                "reference": "T",
                "amount": dues.amount,
                "currency_id": dues.currency.id,
                "partner_id": self.customer.id,
                "btp_relance_id": self.relance.id,
                "invoice_ids": dues.lines.move_id.ids,
                "btp_line_ids": dues.lines.ids,
                "btp_parts": dues.parts,
            }
        )
        tx._set_done()
        tx._post_process()
        self.assertEqual(
            [move.amount_residual for move in (self.first, self.second, third)],
            [200, 50, 0],
        )
        self.assertEqual(tx.payment_id.amount, 1650)
        self.assertTrue(all(tx.payment_id.move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).mapped("reconciled")))  # fmt: skip

    # === WITH AN ACCOUNT === #

    def test_a_customer_with_an_account_finds_what_they_owe(self):
        self.make_portal_user("paul", self.customer)
        self.authenticate("paul", "paul")
        self.assertIn("What I owe", self.url_open("/my/home").text)
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["btp_due_count"]}
        )
        self.assertEqual(counters["btp_due_count"], 2)
        page = self.words(self.url_open("/my/relances"))
        self.assertIn("Martin Bâtiment 2 amounts due", page)
        self.assertIn("1,500.00", page)
        page = self.words(self.url_open(f"/my/relances/{self.relance.id}"))
        self.assertIn("1,500.00", page)
        self.assertNotIn(self.foreign.name, page)

    def test_no_number_of_queries_grows_with_the_account(self):
        self.read()
        few = self.count(self.relance)
        for _rank in range(10):
            self.make_invoice(9, 10)
        self.assertLessEqual(self.count(self.relance), few + 3)

    def count(self, relance):
        """Return how many queries an account takes, from a cold cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        relance._get_accounts()
        return self.env.cr.sql_log_count - before
