# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Penalties claimed once, or waived with a reason; never twice."""

from datetime import date

import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .interest_common import InterestCommon


@tagged("post_install", "-at_install")
class TestPenalty(InterestCommon):
    def bill(self, moves):
        """Click; return the draft penalty invoices."""
        before = moves.btp_penalty_ids.penalty_move_id
        moves.action_btp_penalty_invoice()
        return moves.btp_penalty_ids.penalty_move_id - before

    def waive(self, moves, reason="Our delay", **values):
        """Waive the penalties of invoices as people do."""
        action = moves.action_btp_waive_penalties()
        wizard = (
            self.env["btp.penalty.waiver"]
            .with_context(**action["context"])
            .create({"reason": reason, **values})
        )
        return wizard.action_confirm()

    # === THE INVOICE === #

    def test_one_click_makes_the_invoice(self):
        move = self.make_late()
        self.pay_on(move, "2025-09-15")
        invoice = self.bill(move)
        self.assertEqual(len(invoice), 1)
        self.assertEqual(
            (invoice.state, invoice.move_type, invoice.partner_id),
            ("draft", "out_invoice", self.customer),
        )
        interest, indemnity = invoice.invoice_line_ids
        self.assertEqual(
            [(line.price_unit, line.quantity) for line in (interest, indemnity)],
            [(437.28, 1), (40.0, 1)],
        )
        self.assertEqual(
            interest.name,
            f"Late payment penalties on invoice {move.name}, from 06/01/2025 to "
            "09/15/2025, rate 13.15\N{NO-BREAK SPACE}%, 12.15\N{NO-BREAK SPACE}%",
        )
        self.assertIn("D441-5", indemnity.name)
        self.assertIn(move.name, indemnity.name)
        self.assertFalse(invoice.invoice_line_ids.tax_ids)
        self.assertEqual(invoice.invoice_line_ids.account_id, self.income)
        self.assertIn("L441-10", invoice.narration)
        self.assertEqual(invoice.btp_penalty_of_ids, move)
        invoice.action_post()
        self.assertEqual((invoice.amount_total, invoice.amount_tax), (477.28, 0))

    def test_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        invoice = self.bill(self.make_late())
        self.assertIn("01/06/2025", invoice.invoice_line_ids[0].name)
        self.assertIn("12,15", invoice.invoice_line_ids[0].name)

    def test_one_invoice_a_customer(self):
        other = self.make_debtor("public_30", "Town")
        moves = self.make_late() + self.make_late(1000.0)
        moves += self.make_late(57000.0, "2025-07-10", other)
        invoices = self.bill(moves)
        self.assertEqual(len(invoices), 2)
        ours = invoices.filtered(lambda move: move.partner_id == self.customer)
        # 437.28 + 36.44 and 40 twice.
        self.assertEqual(ours.amount_total, 553.72)
        town = invoices - ours
        # 57 000 × 10.15 % × 67 / 365.
        self.assertEqual(town.amount_total, 1062.00 + 40)
        self.assertIn("intérêts moratoires", town.invoice_line_ids[0].name)
        self.assertIn("D2192-35", town.invoice_line_ids[1].name)
        self.assertIn("R2192-31", town.narration)

    def test_a_consumer_owes_no_indemnity(self):
        person = self.make_debtor("b2c", is_company=False)
        move = self.make_late(
            36500.0, "2025-07-15", person, btp_formal_notice_on="2025-08-15"
        )
        invoice = self.bill(move)
        self.assertEqual(invoice.invoice_line_ids.mapped("price_unit"), [85.56])
        self.assertIn("legal rate", invoice.invoice_line_ids.name)
        self.assertNotIn("L441", invoice.narration)

    def test_from_the_customer(self):
        move = self.make_late()
        self.make_late(due="2025-12-31")
        action = self.customer.action_btp_penalty_invoice()
        invoice = self.env["account.move"].browse(action["res_id"])
        self.assertEqual(invoice.btp_penalty_of_ids, move)

    def test_another_currency(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        move = self.make_late(currency_id=dollar.id)
        invoices = self.bill(move)
        self.assertEqual(
            {(bill.currency_id.name, bill.amount_total) for bill in invoices},
            # The law states the indemnity in euros.
            {("USD", 437.28), ("EUR", 40.0)},
        )

    def test_a_public_buyer_has_45_days_from_the_principal(self):
        town = self.make_debtor("public_30", "Town")
        move = self.make_late(57000.0, "2025-07-10", town)
        self.pay_on(move, "2025-08-29")
        invoice = self.bill(move)
        self.assertEqual(invoice.amount_total, 832.53)
        self.assertEqual(invoice.invoice_date_due, date(2025, 10, 13))
        other = self.bill(self.make_late())
        self.assertEqual(other.invoice_date_due, date(2025, 9, 15))

    def test_without_an_account_it_says_so(self):
        self.income.sudo().code = "758000"
        self.env["account.account"].sudo().search([("code", "=like", "763%")]).unlink()
        move = self.make_late()
        with self.assertRaisesRegex(UserError, "choose one in Accounting"):
            self.bill(move)
        self.company.btp_penalty_account_id = self.income
        self.assertEqual(self.bill(move).invoice_line_ids.account_id, self.income)

    def test_account_7631_comes_before_its_neighbours(self):
        self.income.sudo().code = "763800"
        self.assertEqual(self.company._get_btp_penalty_account(), self.income)
        right = self.make_account("763100", "Commercial debts", "income")
        self.assertEqual(self.company._get_btp_penalty_account(), right)

    def test_a_penalty_invoice_bears_nothing(self):
        invoice = self.bill(self.make_late())
        invoice.action_post()
        self.today = date(2025, 12, 15)
        self.assert_claim(invoice, 0, 0)
        self.assertFalse(invoice.btp_interest_due)
        with self.assertRaisesRegex(UserError, "no penalty to claim"):
            self.bill(invoice)
        # It is an amount due as any other.
        self.env.invalidate_all()
        self.assertEqual(invoice.btp_echeance_ids.residual, 477.28)

    # === NEVER TWICE === #

    def test_the_next_invoice_starts_after_the_last(self):
        move = self.make_late()
        self.pay_on(move, "2025-07-20", 5000)
        self.today = date(2025, 7, 31)
        first = self.bill(move)
        self.assertEqual(first.amount_total, 235.22 + 40)
        self.assertEqual(move.btp_interest_amount, 0)
        with self.assertRaisesRegex(UserError, "no penalty to claim"):
            self.bill(move)
        self.today = date(2025, 9, 15)
        self.env.invalidate_all()
        second = self.bill(move)
        # 7 000 × 12.15 % × 46 / 365, and no second indemnity.
        self.assertEqual(second.invoice_line_ids.mapped("price_unit"), [107.19])
        # Together what example B claims at once: 342.41.
        spans = move.btp_penalty_ids.filtered("date_from").sorted("date_from")
        self.assertEqual(
            [(span.date_from, span.date_to) for span in spans],
            [
                (date(2025, 6, 1), date(2025, 7, 31)),
                (date(2025, 8, 1), date(2025, 9, 15)),
            ],
        )

    def test_interest_first_starts_anew_too(self):
        self.company.btp_interest_imputation = "interest_first"
        move = self.make_late()
        self.pay_on(move, "2025-07-20", 5000)
        self.today = date(2025, 7, 31)
        first = self.bill(move)
        # 209.59, and 11 days on 7 209.59.
        self.assertEqual(first.invoice_line_ids[0].price_unit, 235.99)
        self.today = date(2025, 9, 15)
        self.env.invalidate_all()
        # What was invoiced is owed by that invoice: the rest runs on what this one owes.
        self.assertEqual(self.bill(move).invoice_line_ids.price_unit, 107.19)

    def test_the_database_refuses_the_same_days_and_a_second_indemnity(self):
        move, other = self.make_late(), self.make_late()
        self.bill(move)
        interest = move.btp_penalty_ids.filtered(lambda p: p.kind == "interest")
        shared = {
            "company_id": self.company.id,
            "move_id": move.id,
            "currency_id": self.euro.id,
            "state": "waived",
            "reason": "x",
        }
        for constraint, values in (
            (
                "btp_penalty_days_once",
                {
                    "kind": "interest",
                    "date_from": interest.date_to,
                    "date_to": "2025-10-31",
                },
            ),
            ("btp_penalty_indemnity_once", {"kind": "indemnity"}),
            ("btp_penalty_interest_has_days", {"kind": "interest"}),
            (
                "btp_penalty_decision_complete",
                {"kind": "indemnity", "move_id": other.id, "reason": False},
            ),
        ):
            with (
                self.subTest(constraint),
                self.assertRaisesRegex(psycopg2.IntegrityError, constraint),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env["btp.penalty"].sudo().create({**shared, **values})

    def test_deleting_the_draft_frees_the_days(self):
        move = self.make_late()
        invoice = self.bill(move)
        self.assertFalse(move.btp_interest_due)
        invoice.unlink()
        self.env.invalidate_all()
        event = self.env["btp.relance.event"].search([], limit=1)
        self.assertEqual(event.detail, f"Penalty invoice deleted – {move.name}")
        self.assertTrue(move.btp_interest_due)
        self.assertEqual(self.bill(move).amount_total, 477.28)

    def test_cancelling_frees_the_days_for_good(self):
        move = self.make_late()
        invoice = self.bill(move)
        invoice.action_post()
        invoice.button_cancel()
        self.assert_claim(move, 437.28)
        again = self.bill(move)
        self.assertEqual(again.amount_total, 477.28)
        # Brought back to life, the first one would claim the same days.
        invoice.button_draft()
        with self.assertRaisesRegex(UserError, "make a new one"):
            invoice.action_post()

    # === CREDIT NOTES === #

    def credit(self, invoice, amount=None):
        """Post a credit note of a penalty invoice, of a part of it if an amount is given."""
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"date": self.today, "journal_id": invoice.journal_id.id})
        )
        wizard.refund_moves()
        refund = wizard.new_move_ids
        if amount:
            refund.invoice_line_ids[1:].unlink()
            refund.invoice_line_ids.price_unit = amount
        refund.action_post()
        return refund

    def test_a_credit_note_frees_the_days(self):
        move = self.make_late()
        invoice = self.bill(move)
        invoice.action_post()
        self.assert_claim(move, 0, 0)
        self.credit(invoice)
        self.assertEqual(set(move.btp_penalty_ids.mapped("state")), {"credited"})
        self.assert_claim(move, 437.28)
        self.env.invalidate_all()
        self.assertTrue(move.btp_interest_due)
        event = self.env["btp.relance.event"].search([], limit=1)
        self.assertEqual(event.detail, f"Penalty invoice credited – {move.name}")
        self.assertEqual(self.bill(move).amount_total, 477.28)
        self.assert_claim(move, 0, 0)

    def test_a_credit_note_of_a_part_is_a_discount(self):
        move = self.make_late()
        invoice = self.bill(move)
        invoice.action_post()
        self.credit(invoice, 40)
        self.assert_claim(move, 0, 0)
        # The rest of it, and nothing is claimed any more.
        self.credit(invoice, 437.28)
        self.assert_claim(move, 437.28)

    def test_a_credit_note_withdrawn_claims_the_days_again(self):
        move = self.make_late()
        invoice = self.bill(move)
        invoice.action_post()
        refund = self.credit(invoice)
        refund.button_draft()
        self.assertEqual(set(move.btp_penalty_ids.mapped("state")), {"billed"})
        self.assert_claim(move, 0, 0)
        refund.action_post()
        again = self.bill(move)
        # Both invoices would claim the same days.
        with (
            self.assertRaisesRegex(UserError, "undo that first"),
            self.env.cr.savepoint(),
        ):
            refund.button_draft()
        again.unlink()
        refund.button_draft()
        self.assert_claim(move, 0, 0)

    def test_a_credited_invoice_is_not_posted_again(self):
        invoice = self.bill(self.make_late())
        invoice.action_post()
        self.credit(invoice)
        invoice.button_draft()
        with self.assertRaisesRegex(UserError, "make a new one"):
            invoice.action_post()

    def test_a_penalty_invoice_is_not_replaced_by_a_copy(self):
        invoice = self.bill(self.make_late())
        invoice.action_post()
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"date": self.today, "journal_id": invoice.journal_id.id})
        )
        with self.assertRaisesRegex(UserError, "twice"):
            wizard.modify_moves()

    def test_days_given_back_before_later_ones_are_claimed_alone(self):
        self.today = date(2025, 6, 30)
        move = self.make_late()
        first = self.bill(move)
        first.action_post()
        self.today = date(2025, 7, 31)
        second = self.bill(move)
        self.assertEqual(second.amount_total, 123.83)
        second.action_post()
        self.pay_on(move, "2025-07-31")
        self.today = date(2025, 9, 15)
        self.env.invalidate_all()
        self.assertFalse(move.btp_interest_due)
        self.credit(first)
        self.env.invalidate_all()
        self.assertTrue(move.btp_interest_due)
        # June alone, and the indemnity that came with it.
        self.assert_claim(move, 129.70)
        self.assertEqual(self.bill(move).amount_total, 169.70)
        self.env.invalidate_all()
        self.assertFalse(move.btp_interest_due)

    def test_stretches_are_named_in_the_line(self):
        move = self.make_late()
        for day in (date(2025, 6, 30), date(2025, 7, 31)):
            self.today = day
            self.bill(move).action_post()
        self.today = date(2025, 8, 31)
        self.credit(move.btp_penalty_ids.penalty_move_id.sorted("id")[0])
        invoice = self.bill(move)
        self.assertIn(
            "from 06/01/2025 to 06/30/2025, from 08/01/2025 to 08/31/2025, rate",
            invoice.invoice_line_ids[0].name,
        )
        days = move.btp_penalty_ids.filtered(
            lambda p: p.kind == "interest" and p.penalty_move_id == invoice
        )
        self.assertEqual(days.sorted("date_from").mapped("amount"), [129.7, 123.83])

    def test_a_copy_is_no_penalty_invoice(self):
        copied = self.bill(self.make_late()).copy()
        self.assertFalse(copied.btp_is_penalty)
        self.assertFalse(copied.btp_penalized_ids)

    def test_a_draft_still_shows_in_what_is_claimed_from_the_customer(self):
        move = self.make_late()
        invoice = self.bill(move)
        self.assertEqual(float(self.claim(move, drafts=False).total), 437.28)
        self.assertEqual(float(self.claim(move, drafts=False).indemnity), 40)
        invoice.action_post()
        self.assertEqual(float(self.claim(move, drafts=False).total), 0)
        self.assertEqual(float(self.claim(move, drafts=False).indemnity), 0)

    # === WAIVED === #

    def test_waived_with_a_reason(self):
        move = self.make_late()
        with self.assertRaisesRegex(UserError, "why"):
            self.waive(move, reason="  ")
        self.waive(move)
        self.assertEqual(
            [(row.kind, row.state, row.amount, row.reason) for row in self.rows(move)],
            [
                ("indemnity", "waived", 40.0, "Our delay"),
                ("interest", "waived", 437.28, "Our delay"),
            ],
        )
        self.assertEqual(move.btp_penalty_ids.user_id, self.env.user)
        self.assertEqual(
            set(move.btp_penalty_ids.mapped("decided_on")), {date(2025, 9, 15)}
        )
        self.assert_claim(move, 0, 0)
        self.assertFalse(move.btp_interest_due)
        with self.assertRaisesRegex(UserError, "nothing to waive"):
            self.waive(move)
        # What is still unpaid goes on bearing interest.
        self.assert_claim(move, 39.95, 0, until="2025-09-25")

    def rows(self, move):
        return move.btp_penalty_ids.sorted("kind")

    def test_the_indemnity_alone(self):
        move = self.make_late()
        self.waive(move, waive_interest=False)
        self.assert_claim(move, 437.28, 0)
        invoice = self.bill(move)
        self.assertEqual(invoice.amount_total, 437.28)

    def test_a_waiver_is_taken_back_by_a_manager(self):
        move = self.make_late()
        self.waive(move)
        agent = self.make_user("agent", "btp_relance.group_agent")
        with self.assertRaises(AccessError):
            move.btp_penalty_ids.with_user(agent).action_withdraw_waiver()
        manager = self.make_user("manager", "btp_relance.group_manager")
        move.btp_penalty_ids.with_user(manager).action_withdraw_waiver()
        self.assert_claim(move, 437.28)
        self.bill(move)
        with self.assertRaisesRegex(UserError, "Cancel the penalty invoice"):
            move.btp_penalty_ids.with_user(manager).action_withdraw_waiver()

    def test_the_journal_says_what_was_decided(self):
        Event = self.env["btp.relance.event"]
        last = Event.search([], limit=1).id or 0
        billed, waived = self.make_late(), self.make_late()
        self.bill(billed)
        self.waive(waived)
        events = Event.search([("id", ">", last)], order="id")
        self.assertEqual(
            [(event.kind, event.debtor_name, event.detail) for event in events],
            [
                ("penalty", "Promoteur Sud", f"Penalty invoice made – {billed.name}"),
                ("waived", "Promoteur Sud", f"Our delay – {waived.name}"),
            ],
        )
        self.assertEqual(events.company_id, self.company)

    # === WHO MAY NOT === #

    def test_an_insolvent_customer_is_not_invoiced(self):
        move = self.make_late()
        self.customer.btp_insolvency_date = "2025-09-01"
        with self.assertRaisesRegex(UserError, "declare the interest"):
            self.bill(move)

    def test_an_agent_does_it_and_a_reader_does_not(self):
        move = self.make_late()
        agent = self.make_user("agent", "btp_relance.group_agent")
        reader = self.make_user("reader", "account.group_account_readonly")
        with self.assertRaises(AccessError):
            move.with_user(reader).action_btp_penalty_invoice()
        with self.assertRaises(AccessError):
            self.env["btp.penalty"].with_user(agent).create({"move_id": move.id})
        self.assertEqual(move.with_user(reader).btp_interest_amount, 437.28)
        move.with_user(agent).action_btp_penalty_invoice()
        self.assertEqual(move.btp_penalty_ids.user_id, agent)

    def test_each_company_its_own(self):
        other = self.setup_other_company(name="Other Works")["company"]
        user = self.make_user(
            "other",
            "btp_relance.group_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        move = self.make_late()
        with self.assertRaises(AccessError):
            move.with_user(user).action_btp_penalty_invoice()
        self.bill(move)
        self.assertFalse(self.env["btp.penalty"].with_user(user).search([]))
