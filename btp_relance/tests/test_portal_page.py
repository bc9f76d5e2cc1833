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
        page = self.see()
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
            "Our messages and yours",
            "Reminder from Martin Bâtiment",
        ):
            self.assertIn(words, page)
        self.assertIn("100.00", page.split("Retention, not due yet")[1][:40])
        self.assertIn(retained.name, page)
        self.assertNotIn(self.foreign.name, page)
        self.assertNotIn("777", page)
        self.assertNotIn("Autre Client", page)

    def test_what_comes_is_in_the_order_of_its_days(self):
        """An instalment stands at its day, whatever that of its invoice."""
        plan = self.env["btp.payment.plan"]._request(
            self.customer, self.company, self.line(self.first), 2,
            TODAY + timedelta(days=25), source="agent",
        )  # fmt: skip
        plan.sudo().state = "active"
        sooner = self.make_invoice(-10, 300)
        self.env.invalidate_all()
        (account,) = self.relance._get_accounts()
        self.assertEqual(
            [row.line.move_id for row in account.get_later()], [sooner, self.first]
        )

    def test_what_comes_before_what_was_announced_is_asked_for_with_it(self):
        coming = [self.make_invoice(-days, 100 * days) for days in (3, 6, 9)]
        announced = self.registry["btp.relance"]
        self.patch(announced, "_get_announced", lambda _relance: self.line(coming[1]))
        (account,) = self.relance._get_accounts()
        asked = [row.line.move_id for row in account.get_payable()]
        self.assertEqual(asked, [self.first, self.second, *coming[:2]])
        self.assertEqual([row.line.move_id for row in account.get_later()], coming[2:])

    def test_a_subsidiary_is_another_customer(self):
        subsidiary = self.make_customer("Filiale Sud", parent_id=self.customer.id)
        theirs = self.make_invoice(9, 4321, subsidiary)
        self.make_credit_note(77, subsidiary)
        self.pay(theirs, 321)
        self.assertEqual(subsidiary.commercial_partner_id, subsidiary)
        page = self.see()
        for words in (theirs.name, "4,000.00", "321.00", "77.00"):
            self.assertNotIn(words, page)
        self.assertIn("1,500.00 € left to pay", page)

    # === HISTORY === #

    def history(self):
        return [(row["amount"], row["kind"]) for row in self.relance._get_payments()]

    def test_payments_are_what_was_paid_once_each(self):
        journal = self.company_data["default_journal_bank"]
        both = self.pay(self.first + self.second, group_payment=True)
        self.assertEqual(self.history(), [(1500, "payment")])
        # One bounced: taken back by a reversal.
        both.move_id._reverse_moves([{"date": self.today}], cancel=True)
        self.assertEqual(
            sorted(self.history()), [(-1500, "returned"), (1500, "payment")]
        )
        # A difference written off is no payment.
        third = self.make_invoice(1, 1000)
        self.pay(
            third,
            990,
            payment_difference_handling="reconcile",
            writeoff_account_id=self.company_data["default_account_expense"].id,
        )
        self.assertIn((990, "payment"), self.history())
        self.assertNotIn((1000, "payment"), self.history())
        # A part of one, and money sent back.
        self.pay(self.make_invoice(1, 800), 300)
        self.assertIn((300, "payment"), self.history())
        refund = self.env["account.payment"].create(
            {
                "payment_type": "outbound",
                "partner_type": "customer",
                "partner_id": self.customer.id,
                "amount": 40,
                "journal_id": journal.id,
            }
        )
        refund.action_post()
        self.assertIn((-40, "refund"), self.history())
        # One that was cancelled never was.
        refund.action_draft()
        refund.action_cancel()
        self.assertNotIn((-40, "refund"), self.history())
        self.assertIn("Payment returned", self.see())

    def test_the_bank_says_what_came(self):
        journal = self.company_data["default_journal_bank"]
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "date": self.today,
                "payment_ref": "VIR SUD",
                "partner_id": self.customer.id,
                "amount": 700,
            }
        )
        self.assertFalse(self.history())
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = self.line(self.first).account_id
        self.assertEqual(self.history(), [(700, "payment")])
        self.assertIn("VIR SUD", self.see())

    def test_the_page_speaks_the_language_of_whoever_reads(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["btp_relance"], ["fr_FR"])
        self.customer.lang = "fr_FR"
        french = self.see()
        self.assertIn("restent à régler", french)
        self.assertIn("Promettre une date", french)
        self.assertIn("left to pay", self.see(lang="en_US"))
        self.assertIn("restent à régler", self.see(lang="<script>"))

    def test_nothing_due_is_said_at_once(self):
        self.pay(self.first + self.second)
        page = self.see()
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
        page = self.see("/pay", row=one)
        self.assertIn("are deducted when you pay everything", page)
        self.assertIn("1,000.00", page.split("To pay")[1][:30])

    def test_whoever_unticks_everything_finds_nothing_ticked(self):
        page = self.see("/pay", picked=1)
        self.assertIn("Tick what you pay.", page)
        self.assertNotIn("To pay", page)
        self.assertIn("1,500.00", self.see("/pay").split("To pay")[1][:30])

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
        page = self.see()
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
        tx = self.pay_online(dues)
        self.assertEqual(
            [move.amount_residual for move in (self.first, self.second, third)],
            [200, 50, 0],
        )
        self.assertEqual(tx.payment_id.amount, 1650)
        self.assertTrue(all(tx.payment_id.move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).mapped("reconciled")))  # fmt: skip

    def pay_online(self, dues):
        """Return the transaction that paid what was chosen, booked."""
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
        return tx

    def test_parts_alone_are_booked_on_their_own_invoices(self):
        """With nothing paid whole, the contested parts stay due all the same."""
        for move, amount in ((self.first, 820.5), (self.second, 250)):
            self.env["btp.dispute"]._open(move, "quality", "Cracks", amount=amount)
        tx = self.pay_online(self.dues(*self.key(self.first, self.second)))
        self.assertEqual(tx.payment_id.amount, 179.5 + 250)
        self.assertEqual(
            [move.amount_residual for move in (self.first, self.second)], [820.5, 250]
        )

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

    def test_a_customer_never_written_to_has_the_same_page(self):
        quiet = self.make_customer("Client Tranquille")
        due = self.make_invoice(2, 640, quiet)
        self.make_portal_user("zoe", quiet)
        self.authenticate("zoe", "zoe")
        page = self.url_open("/my/relances")
        link = f"/my/relances/of/{self.company.id}"
        self.assertIn(link, page.text)
        page = self.url_open(link)
        self.assertIn("640.00 € left to pay", self.words(page))
        self.assertNotIn(self.first.name, page.text)
        self.assertIn("1 amount due", self.words(self.url_open("/my/relances/of/0")))
        standing = self.env["btp.relance"].search([("partner_id", "=", quiet.id)])
        self.assertEqual((standing.kind, standing.state), ("page", "page"))
        self.assertEqual(standing.contact_id, quiet)
        # Whoever follows it up reads it as any other.
        self.assertTrue(standing.with_user(self.clerk).read())
        self.assertIn("logged in", standing._get_why()[0][1])
        # Opened again it is the same, and what is done there is done.
        self.url_open(link)
        self.relance = standing
        self.assertIn("expect", self.act("/promise", {
            "day": self.days(7), "row": self.key(due),
        }))  # fmt: skip
        self.assertEqual(
            self.env["btp.promise"].search([("partner_id", "=", quiet.id)]).amount, 640
        )
        # It is no message: the first reminder comes as if it were not there.
        self.env["btp.promise"].search([("partner_id", "=", quiet.id)]).action_cancel()
        reminded = self.run_day(3).filtered(lambda one: one.partner_id == quiet)
        self.env.invalidate_all()
        self.assertEqual(reminded.state, "sent")
        owed = self.env["btp.relance"]._get_owed(
            self.env["res.users"].search([("login", "=", "zoe")])
        )
        self.assertEqual(owed[0]["relance"], reminded)

    def test_nobody_opens_the_page_of_a_company_that_is_not_theirs(self):
        other = self.env["res.company"].create({"name": "Autre Bâtiment"})
        user = self.make_portal_user("max", self.make_customer("Sans Dette"))
        relances = self.env["btp.relance"]
        for company in (other, self.company, other.browse()):
            self.assertFalse(relances._open_page(user, company))
        self.assertFalse(relances._open_page(self.clerk, self.company))

    # === CURRENCIES === #

    def test_each_currency_has_a_promise_of_its_own(self):
        pounds = self.setup_other_currency("GBP")
        foreign = self.make_invoice(5, 60, currency_id=pounds.id)
        page = self.see("/promise")
        self.assertIn("about what is due in EUR alone", page)
        self.assertNotIn(foreign.name, page)
        page = self.see("/promise", currency="GBP")
        self.assertIn(foreign.name, page)
        self.assertNotIn(self.first.name, page)
        mixed = self.key(self.first, foreign)
        data = {"day": self.days(7), "count": "2", "row": mixed}
        for form in ("/promise", "/plan"):
            self.assertIn("one currency", self.refused(form, data))
        preview = self.send("/plan", {**data, "preview": "1"})
        self.assertIn("one currency", self.words(preview))
        self.act("/promise", {**data, "row": self.key(foreign), "currency": "GBP"})
        self.assertIn("£", self.see())

    def test_no_number_of_queries_grows_with_the_account(self):
        self.see()
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
