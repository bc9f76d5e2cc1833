# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A situation: its figures and lines from the cumul, its chain, its refusals and warnings."""

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .situation_common import SituationCommon


@tagged("post_install", "-at_install")
class TestSituation(SituationCommon):
    # === FIGURES AND LINES === #

    def test_the_worked_situation_no_3_to_the_cent(self):
        """domain.md §4: 60 000 - 38 500, revised by 1.024, VAT 20 %."""
        first = self.situation(20000, post=True)
        second = self.situation(38500, post=True)
        third = self.situation(60000, btp_revision_index=133.6)
        self.assertEqual(
            (first | second | third).mapped("btp_situation_number"), [1, 2, 3]
        )
        self.assertEqual(third.btp_previous_id, second)
        self.assertFigures(
            third,
            btp_previous_cumul=38500,
            btp_month_works=21500,
            btp_revision_amount=516,
            amount_untaxed=22016,
            amount_tax=4403.20,
            amount_total=26419.20,
            btp_progress=60,
            btp_prorata_amount=322.50,
        )
        self.assertEqual(third.btp_revision_coefficient, 1.024)
        self.assertLines(third, works=21500, revision=516)
        third.action_post()
        self.assertEqual(third.state, "posted")

    def test_the_lines_bear_the_account_of_the_journal_and_the_tax_of_the_company(self):
        line = self.situation(20000).invoice_line_ids
        self.assertEqual(
            line.account_id,
            self.company_data["default_journal_sale"].default_account_id,
        )
        self.assertEqual(line.tax_ids, self.tax)
        self.assertIn("No. 1", line.name)

    def test_the_lines_follow_account_taxes_and_analytics_of_the_situation_before(self):
        first = self.situation(20000)
        account = self.company_data["default_account_revenue"].copy()
        first.invoice_line_ids.write(
            {"tax_ids": [Command.set(self.reduced.ids)], "account_id": account.id}
        )
        second = self.situation(30000)
        self.assertEqual(second.invoice_line_ids.tax_ids, self.reduced)
        self.assertEqual(second.invoice_line_ids.account_id, account)

    def test_the_advance_is_taken_back_in_proportion_to_the_progress(self):
        """A 12 000, from 65 to 80 %: 5 600.00 at 72 %, and all of it in the end."""
        self.chantier.advance_amount = 12000
        self.situation(60000)
        second = self.situation(72000)
        self.assertLines(second, works=12000, refund=-5600)
        self.assertFigures(second, amount_untaxed=6400, btp_refunded_cumul=5600)
        third = self.situation(90000)
        self.assertLines(third, works=18000, refund=-6400)
        self.assertLines(self.situation(100000), works=10000)

    def test_the_final_account_takes_back_what_is_left_of_the_advance(self):
        self.chantier.advance_amount = 12000
        self.situation(60000)
        final = self.situation(70000, btp_billing_stage="final")
        self.assertLines(final, works=10000, refund=-10000)
        self.assertEqual(final.btp_situation_number, 2)

    def test_works_billed_before_odoo_are_entered_and_their_advance_is_deemed_taken_back(
        self,
    ):
        self.chantier.advance_amount = 12000
        move = self.situation(72000, btp_situation_number=4, btp_previous_cumul=66250)
        self.assertEqual(move.btp_situation_number, 4)
        # 1 000 at 66.25 %, 5 600 at 72 %.
        self.assertLines(move, works=5750, refund=-4600)
        after = self.situation(75000)
        self.assertEqual(
            (after.btp_situation_number, after.btp_previous_cumul), (5, 72000)
        )
        self.assertFigures(after, btp_refunded_cumul=8000, btp_advance_refund=2400)

    def test_site_penalties_are_a_line_of_their_own(self):
        move = self.situation(20000, btp_penalties=350.5)
        self.assertLines(move, works=20000, penalty=-350.5)
        self.assertFigures(move, amount_untaxed=19649.5)

    def test_a_subcontractor_bills_before_tax(self):
        """Reverse charge: 18 000.00 and no VAT."""
        self.chantier.role = "subcontractor"
        move = self.situation(18000)
        self.assertTrue(move.btp_reverse_charge)
        self.assertEqual(move.invoice_line_ids.tax_ids, self.reverse_tax)
        self.assertFigures(move, amount_untaxed=18000, amount_tax=0, amount_total=18000)
        move.btp_reverse_charge = False
        self.assertEqual(move.invoice_line_ids.tax_ids, self.tax)
        self.assertFigures(move, amount_tax=3600)

    def test_the_references_are_those_of_the_chantier(self):
        self.chantier.write(
            {
                "purchase_order": "BC-1",
                "engagement_number": "EJ-1",
                "service_code": "S1",
            }
        )
        move = self.situation(20000)
        self.assertEqual(
            (
                move.btp_purchase_order,
                move.btp_engagement_number,
                move.btp_service_code,
            ),
            ("BC-1", "EJ-1", "S1"),
        )
        move.btp_purchase_order = "BC-2"
        move.action_post()
        self.chantier.purchase_order = "BC-3"
        self.assertEqual(move.btp_purchase_order, "BC-2")

    def test_an_invoice_that_is_no_situation_has_no_figures(self):
        move = self.make_invoice(
            amount=500, btp_chantier_id=self.chantier.id, btp_billing_stage="progress"
        )
        self.assertFigures(
            move, btp_situation_number=0, btp_month_works=0, amount_untaxed=500
        )
        self.assertFalse(
            move.btp_previous_id
            or move.btp_works_warning
            and "Works" in move.btp_works_warning
        )

    def test_a_situation_billed_line_by_line_stays_out_of_the_chain(self):
        old = self.make_invoice(
            amount=5000, btp_chantier_id=self.chantier.id, btp_billing_stage="situation"
        )
        self.assertEqual(old.btp_situation_number, 0)
        first = self.situation(20000)
        self.assertFalse(first.btp_previous_id)
        self.assertEqual(first.btp_situation_number, 1)

    def test_a_posted_situation_of_before_the_upgrade_can_open_the_chain(self):
        old = self.make_invoice(
            amount=38500,
            btp_chantier_id=self.chantier.id,
            btp_billing_stage="situation",
        )
        old.write({"btp_claimed_cumul": 38500, "btp_situation_number": 2})
        self.assertEqual(old.amount_untaxed, 38500)
        third = self.situation(60000)
        self.assertEqual(third.btp_previous_id, old)
        self.assertFigures(third, btp_situation_number=3, btp_month_works=21500)

    def test_a_clerk_types_the_cumul_and_saves(self):
        """The figures follow while typing, the lines when saving."""
        self.situation(38500, post=True)
        invoices = self.env["account.move"].with_context(
            default_move_type="out_invoice"
        )
        with Form(invoices) as form:
            form.partner_id = self.customer
            form.btp_chantier_id = self.chantier
            form.btp_billing_stage = "situation"
            self.assertEqual(form.btp_previous_cumul, 38500)
            form.btp_claimed_cumul = 60000
            self.assertEqual(form.btp_situation_number, 2)
            self.assertEqual(form.btp_month_works, 21500)
            form.btp_revision_index = 133.6
            self.assertEqual(form.btp_revision_amount, 516)
        move = form.record
        self.assertLines(move, works=21500, revision=516)
        with Form(move) as form:
            form.btp_claimed_cumul = 50000
        self.assertLines(move, works=11500, revision=276)
        move.action_post()
        with Form(move) as form:
            form.btp_visa_on = "2025-03-05"
            self.assertEqual(form.btp_admitted_cumul, 50000)
        self.assertFigures(move, amount_untaxed=11776)

    # === LINES FOLLOW THE ENTRIES, UNLESS EDITED === #

    def test_the_lines_follow_the_cumul_of_a_draft(self):
        move = self.situation(20000)
        line = move.invoice_line_ids
        move.write({"btp_claimed_cumul": 25000, "btp_penalties": 100})
        self.assertLines(move, works=25000, penalty=-100)
        self.assertIn(line, move.invoice_line_ids)
        move.btp_penalties = 0
        self.assertLines(move, works=25000)

    def test_the_drafts_that_follow_are_brought_in_accord(self):
        first = self.situation(20000)
        second = self.situation(30000)
        third = self.situation(45000)
        first.btp_claimed_cumul = 22000
        self.assertLines(second, works=8000)
        self.assertLines(third, works=15000)
        second.write(
            {
                "btp_visa_on": "2025-03-05",
                "btp_admitted_cumul": 29000,
                "btp_difference_reason": "Lot 3",
            }
        )
        self.assertLines(third, works=16000)

    def test_posted_with_its_lines_in_one_go_it_has_its_figures(self):
        line = {"name": "Works", "price_unit": 21500.0, "btp_kind": "works"}
        first = self.situation(
            38500,
            post=True,
            invoice_line_ids=[Command.create({**line, "price_unit": 38500.0})],
        )
        second = self.situation(
            60000, post=True, invoice_line_ids=[Command.create(line)]
        )
        self.assertEqual(second.btp_previous_id, first)
        self.assertFigures(second, btp_month_works=21500.0, btp_progress=60.0)

    def test_lines_edited_by_hand_are_left_until_the_button(self):
        move = self.situation(20000)
        move.invoice_line_ids.price_unit = 19000
        self.assertIn("Make the Lines", move.btp_works_warning)
        move.btp_claimed_cumul = 25000
        self.assertLines(move, works=19000)
        move.action_btp_make_lines()
        self.assertLines(move, works=25000)
        self.assertFalse(self.mismatch(move))

    def test_lines_edited_together_with_the_cumul_are_left(self):
        move = self.situation(20000)
        move.write(
            {
                "btp_claimed_cumul": 25000,
                "invoice_line_ids": [
                    Command.update(move.invoice_line_ids.id, {"price_unit": 12000}),
                    Command.create(
                        {"name": "Lot 2", "price_unit": 13000, "btp_kind": "works"}
                    ),
                ],
            }
        )
        self.assertEqual(move.invoice_line_ids.mapped("price_unit"), [12000, 13000])
        self.assertFalse(self.mismatch(move))

    def test_lines_typed_by_hand_are_never_taken_away(self):
        move = self.situation(20000)
        move.invoice_line_ids = [Command.create({"name": "Repair", "price_unit": 70})]
        move.btp_claimed_cumul = 25000
        self.assertEqual(
            sorted(move.invoice_line_ids.mapped("price_unit")), [70, 25000]
        )
        move.action_btp_make_lines()
        self.assertEqual(
            sorted(move.invoice_line_ids.mapped("price_unit")), [70, 25000]
        )

    def test_an_invoice_typed_line_by_line_gets_no_second_line(self):
        lines = [Command.create({"name": "Works", "price_unit": 20000})]
        move = self.situation(20000, invoice_line_ids=lines)
        self.assertEqual(len(move.invoice_line_ids), 1)
        self.assertTrue(self.mismatch(move))

    def test_the_taxes_that_a_person_chose_stay(self):
        move = self.situation(20000)
        move.invoice_line_ids.tax_ids = self.reduced
        move.btp_claimed_cumul = 25000
        self.assertEqual(move.invoice_line_ids.tax_ids, self.reduced)
        self.assertLines(move, works=25000)

    def test_the_duplicate_of_a_situation_is_the_next_one(self):
        first = self.situation(20000, post=True)
        second = first.copy({"invoice_date": "2025-03-01"})
        self.assertEqual(second.btp_previous_id, first)
        second.btp_claimed_cumul = 30000
        self.assertLines(second, works=10000)
        self.assertEqual(second.btp_situation_number, 2)

    def test_the_button_is_for_draft_situations(self):
        posted = self.situation(20000, post=True)
        with self.assertRaisesRegex(UserError, "draft situation"):
            posted.action_btp_make_lines()

    # === VISA === #

    def test_a_draft_is_billed_on_what_was_admitted(self):
        move = self.situation(38500)
        self.assertFalse(move.btp_admitted_cumul)
        move.write(
            {
                "btp_visa_on": "2025-03-05",
                "btp_admitted_cumul": 38000,
                "btp_difference_reason": "Lot 3",
            }
        )
        self.assertFigures(move, btp_difference=500, btp_billed_cumul=38000)
        self.assertLines(move, works=38000)
        self.assertEqual(self.situation(60000).btp_previous_cumul, 38000)

    def test_a_visa_without_amount_admits_all(self):
        move = self.situation(38500)
        move.btp_visa_on = "2025-03-05"
        self.assertFigures(move, btp_admitted_cumul=38500, btp_difference=0)

    def test_a_difference_wants_its_reason(self):
        move = self.situation(38500)
        with self.assertRaisesRegex(ValidationError, "state why"):
            move.write({"btp_visa_on": "2025-03-05", "btp_admitted_cumul": 38000})

    def test_a_visa_after_posting_leaves_the_invoice_and_asks_for_a_credit_note(self):
        first = self.situation(38500, post=True)
        first.write(
            {
                "btp_visa_on": "2025-03-05",
                "btp_admitted_cumul": 38000,
                "btp_difference_reason": "Lot 3",
            }
        )
        self.assertFigures(first, btp_billed_cumul=38500, amount_untaxed=38500)
        second = self.situation(60000)
        self.assertFigures(second, btp_previous_cumul=38000, btp_month_works=22000)
        self.assertIn("billed twice", second.btp_works_warning)
        note = first._reverse_moves([{"invoice_date": first.invoice_date}])
        note.invoice_line_ids.price_unit = 500
        note.action_post()
        second.invalidate_recordset()
        self.assertNotIn("billed twice", second.btp_works_warning or "")
        self.assertFalse(first.btp_is_credited)

    # === ANOTHER CURRENCY, ANOTHER COMPANY === #

    def test_a_situation_is_in_the_currency_of_its_contract(self):
        with (
            self.assertRaisesRegex(ValidationError, "its situations cannot be in"),
            self.cr.savepoint(),
        ):
            self.situation(20000, currency_id=self.other_currency.id)
        plain = self.make_invoice(
            amount=500, currency_id=self.other_currency.id, btp_chantier_id=self.chantier.id,
            btp_billing_stage="plain",
        )  # fmt: skip
        self.assertEqual(plain.state, "posted")

    def test_two_companies_have_chains_of_their_own(self):
        self.situation(20000, post=True)
        other = self.setup_other_company(name="Sud Travaux")["company"]
        self.env.user.company_ids |= other
        chantier = self.env["btp.chantier"].create(
            {
                "name": "Elsewhere",
                "partner_id": self.customer.id,
                "company_id": other.id,
                "contract_amount": 1000,
            }
        )
        theirs = self.situation(700, chantier=chantier, company=other)
        self.assertEqual(theirs.company_id, other)
        self.assertEqual(theirs.btp_situation_number, 1)
        self.assertLines(theirs, works=700)
        self.assertEqual(theirs.invoice_line_ids.account_id.company_ids, other)
        ours = self.situation(30000)
        with self.assertRaises(UserError):
            ours.btp_previous_id = theirs
