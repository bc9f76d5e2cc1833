# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a situation cannot be, and a chain that holds whatever is posted, credited or deleted."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .situation_common import SituationCommon


@tagged("post_install", "-at_install")
class TestSituationChain(SituationCommon):
    # === REFUSALS === #

    def test_a_cumul_that_goes_down_is_refused_and_nothing_is_written(self):
        self.situation(38500, post=True)
        before = self.env["account.move"].search_count([])
        with (
            self.assertRaisesRegex(ValidationError, "go down.*credit note"),
            self.cr.savepoint(),
        ):
            self.situation(38000)
        self.assertEqual(self.env["account.move"].search_count([]), before)
        draft = self.situation(40000)
        with self.assertRaisesRegex(ValidationError, "go down"), self.cr.savepoint():
            draft.btp_claimed_cumul = 1000
        draft.invalidate_recordset()
        self.assertLines(draft, works=1500)
        self.assertFigures(draft, btp_claimed_cumul=40000)

    def test_a_final_account_cannot_go_down_either(self):
        self.situation(38500)
        with self.assertRaisesRegex(ValidationError, "credit note"):
            self.situation(38000, btp_billing_stage="final")

    def test_a_circle_of_situations_is_refused(self):
        first, second = self.situation(10000), self.situation(20000)
        third = self.situation(30000)
        for previous in (first, second, third):
            with (
                self.assertRaisesRegex(ValidationError, "in circles"),
                self.cr.savepoint(),
            ):
                first.btp_previous_id = previous
        self.env.invalidate_all()
        self.assertFalse(first.btp_previous_id)
        self.assertEqual(third.btp_previous_id, second)

    def test_the_previous_situation_is_one_of_the_same_chantier(self):
        other = self.situation(10000, chantier=self.make_chantier("Pool"))
        plain = self.make_invoice(
            btp_chantier_id=self.chantier.id, btp_billing_stage="plain"
        )
        with (
            self.assertRaisesRegex(ValidationError, "of its own chantier"),
            self.cr.savepoint(),
        ):
            self.situation(20000, btp_previous_id=other.id)
        with (
            self.assertRaisesRegex(ValidationError, "is not a situation"),
            self.cr.savepoint(),
        ):
            self.situation(20000, btp_previous_id=plain.id)

    def test_a_gap_in_the_numbering_is_refused(self):
        first = self.situation(10000)
        with (
            self.assertRaisesRegex(ValidationError, "gap in the numbering.*No. 2"),
            self.cr.savepoint(),
        ):
            self.situation(20000, btp_situation_number=3)
        second = self.situation(20000)
        with (
            self.assertRaisesRegex(ValidationError, "gap in the numbering"),
            self.cr.savepoint(),
        ):
            second.write({"btp_previous_id": False, "btp_situation_number": 5})
        with (
            self.assertRaisesRegex(ValidationError, "must follow|gap"),
            self.cr.savepoint(),
        ):
            second.btp_previous_id = False
        self.assertEqual(second.btp_previous_id, first)

    def test_two_situations_cannot_have_the_same_number(self):
        first = self.situation(10000)
        self.situation(20000)
        with self.assertRaisesRegex(
            ValidationError, "No. 2 of this chantier exists already"
        ):
            self.situation(25000, btp_previous_id=first.id)

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_two_posted_situations_from_the_same_number(self):
        """Two clerks at once: neither transaction sees the other's situation."""
        first, second = (
            self.situation(10000, post=True),
            self.situation(20000, post=True),
        )
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.cr.execute(
                "UPDATE account_move SET btp_situation_number = %s WHERE id = %s",
                (first.btp_situation_number, second.id),
            )

    def test_amounts_below_zero_are_refused(self):
        with (
            self.assertRaisesRegex(ValidationError, "positive amount"),
            self.cr.savepoint(),
        ):
            self.situation(10000, btp_penalties=-1)
        with (
            self.assertRaisesRegex(ValidationError, "cannot be negative"),
            self.cr.savepoint(),
        ):
            self.situation(-10000)
        with (
            self.assertRaisesRegex(ValidationError, "index of the month"),
            self.cr.savepoint(),
        ):
            self.situation(10000, btp_revision_index=-2)

    def test_what_no_contract_reaches_is_refused_in_words(self):
        for values in (
            {"cumul": 1e300},
            {"cumul": 1, "btp_revision_index": 1e300},
            {"cumul": 1, "btp_previous_cumul": -1e15},
            {"cumul": 1, "btp_penalties": 1e20},
        ):
            with (
                self.assertRaisesRegex(ValidationError, "Check what was typed"),
                self.cr.savepoint(),
            ):
                self.situation(**values)

    def test_an_order_of_another_chantier_is_refused(self):
        other = self.make_chantier("Pool")
        order = self.env["btp.chantier.os"].create(
            {"chantier_id": other.id, "number": "1", "issued_on": "2025-01-05"}
        )
        with self.assertRaisesRegex(ValidationError, "belongs to the chantier"):
            self.situation(10000, btp_os_id=order.id)

    def test_penalties_above_the_works_are_refused_when_posting(self):
        move = self.situation(10000, btp_penalties=10001)
        with self.assertRaisesRegex(UserError, "less than nothing"):
            move.action_post()

    def test_a_situation_that_another_follows_does_not_leave_the_chain(self):
        first, second = self.situation(10000), self.situation(20000)
        for values in (
            {"btp_billing_stage": "plain"},
            {"btp_chantier_id": self.make_chantier("Pool").id},
            {"btp_claimed_cumul": 0},
        ):
            with self.assertRaisesRegex(UserError, "follows"), self.cr.savepoint():
                first.write(values)
        second.btp_billing_stage = "plain"
        self.assertFalse(second.btp_previous_id or second.btp_situation_number)
        first.btp_claimed_cumul = 0
        self.assertFigures(first, btp_month_works=0)

    def test_situations_made_at_once_follow_each_other(self):
        values = {
            "move_type": "out_invoice",
            "partner_id": self.customer.id,
            "btp_chantier_id": self.chantier.id,
            "btp_billing_stage": "situation",
        }
        moves = self.env["account.move"].create(
            [{**values, "btp_claimed_cumul": cumul} for cumul in (10000, 25000, 27000)]
        )
        self.assertEqual(moves.mapped("btp_situation_number"), [1, 2, 3])
        self.assertEqual(moves.mapped("amount_untaxed"), [10000, 15000, 2000])
        moves.action_post()

    # === POSTING, RESETTING === #

    def test_situations_are_posted_in_their_order(self):
        first, second = self.situation(10000), self.situation(20000)
        with (
            self.assertRaisesRegex(UserError, "first: .*stands on it"),
            self.cr.savepoint(),
        ):
            second.action_post()
        (second | first).action_post()
        self.assertEqual(set((first | second).mapped("state")), {"posted"})

    def test_what_was_issued_does_not_change(self):
        move = self.situation(10000, post=True)
        for values in (
            {"btp_claimed_cumul": 11000},
            {"btp_penalties": 5},
            {"btp_billing_stage": "plain"},
        ):
            with (
                self.assertRaisesRegex(UserError, "figures cannot change"),
                self.cr.savepoint(),
            ):
                move.write(values)
        move.write({"btp_claimed_cumul": 10000.001, "btp_billing_stage": "situation"})
        self.chantier.write(
            {
                "contract_amount": 50000,
                "advance_amount": 3000,
                "advance_refund_start": 0,
            }
        )
        self.env.flush_all()
        self.assertFigures(move, btp_progress=10, btp_advance_refund=0)

    def test_reset_to_draft_and_post_again_keep_the_chain(self):
        first, second = (
            self.situation(10000, post=True),
            self.situation(20000, post=True),
        )
        first.button_draft()
        with (
            self.assertRaisesRegex(UserError, "is posted and stands on"),
            self.cr.savepoint(),
        ):
            first.btp_claimed_cumul = 12000
        with self.assertRaisesRegex(UserError, "follows"), self.cr.savepoint():
            first.button_cancel()
        first.action_post()
        self.assertEqual(first.btp_situation_number, 1)
        self.assertEqual(second.btp_previous_id, first)
        second.button_draft()
        self.assertLines(second, works=10000)
        second.btp_claimed_cumul = 21000
        second.action_post()
        self.assertFigures(second, amount_untaxed=11000)

    def test_a_situation_is_not_taken_out_of_the_middle(self):
        first, second = self.situation(10000), self.situation(20000)
        with self.assertRaisesRegex(UserError, "follows"), self.cr.savepoint():
            first.unlink()
        with self.assertRaisesRegex(UserError, "follows"), self.cr.savepoint():
            first.button_cancel()
        second.button_cancel()
        third = self.situation(30000)
        self.assertEqual(
            (third.btp_previous_id, third.btp_situation_number), (first, 2)
        )
        second.button_draft()
        with self.assertRaisesRegex(UserError, "exists already"), self.cr.savepoint():
            second.action_post()
        (first | second | third).unlink()
        self.assertFalse((first | second | third).exists())

    # === CREDIT NOTES === #

    def test_a_credited_situation_is_skipped(self):
        first, second = (
            self.situation(10000, post=True),
            self.situation(20000, post=True),
        )
        note = self.credit(second)
        self.assertTrue(second.btp_is_credited)
        self.assertFalse(note.btp_situation_number or note.btp_claimed_cumul)
        replaced = self.situation(24000, post=True)
        self.assertEqual(
            (replaced.btp_previous_id, replaced.btp_situation_number), (first, 2)
        )
        self.assertFigures(replaced, amount_untaxed=14000)

    def test_the_drafts_that_follow_a_credited_situation_follow_the_one_before(self):
        first, second = (
            self.situation(10000, post=True),
            self.situation(20000, post=True),
        )
        third = self.situation(45000)
        self.credit(second)
        self.assertEqual(
            (third.btp_previous_id, third.btp_situation_number), (first, 2)
        )
        self.assertLines(third, works=35000)
        third.action_post()

    def test_crediting_the_first_gives_back_what_was_billed_before_odoo(self):
        first = self.situation(
            38500, post=True, btp_situation_number=3, btp_previous_cumul=30000
        )
        second = self.situation(45000)
        self.credit(first)
        self.assertFalse(second.btp_previous_id)
        self.assertEqual(second.btp_situation_number, 3)
        self.assertLines(second, works=15000)

    def test_a_situation_that_a_posted_one_stands_on_is_not_credited_in_full(self):
        first, second = (
            self.situation(10000, post=True),
            self.situation(20000, post=True),
        )
        with (
            self.assertRaisesRegex(UserError, "credit the last situation first"),
            self.cr.savepoint(),
        ):
            self.credit(first)
        part = first._reverse_moves([{"invoice_date": first.invoice_date}])
        part.invoice_line_ids.price_unit = 300
        part.action_post()
        self.assertFalse(first.btp_is_credited)
        self.credit(second)
        self.assertTrue(second.btp_is_credited)

    def test_reverse_and_create_invoice_makes_the_one_that_takes_its_place(self):
        self.situation(10000, post=True)
        second = self.situation(20000, post=True, btp_penalties=100)
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=second.ids)
            .create({"journal_id": second.journal_id.id, "date": second.date})
        )
        new = self.env["account.move"].browse(wizard.modify_moves()["res_id"])
        self.assertEqual((new.state, new.btp_situation_number), ("draft", 2))
        self.assertLines(new, works=10000, penalty=-100)
        new.btp_claimed_cumul = 21000
        self.assertLines(new, works=11000, penalty=-100)

    # === WARNINGS === #

    def warning(self, move):
        return move.btp_works_warning or ""

    def test_a_cumul_above_the_contract_and_its_signed_avenants_warns(self):
        move = self.situation(104000, btp_revision_index=130)
        self.assertIn("above the contract", self.warning(move))
        self.chantier.avenant_ids = [Command.create({"name": "Ramp", "amount": 5000})]
        self.assertIn("above the contract", self.warning(move))
        self.chantier.avenant_ids.signed_on = "2025-01-10"
        self.env.invalidate_all()
        self.assertNotIn("above the contract", self.warning(move))
        self.assertFigures(move, btp_progress=99.05)

    def test_extras_without_a_signed_avenant_warn(self):
        order = self.env["btp.chantier.os"].create(
            {
                "chantier_id": self.chantier.id,
                "number": "2",
                "kind": "extra",
                "issued_on": "2025-01-05",
            }
        )
        avenant = self.env["btp.chantier.avenant"].create(
            {"chantier_id": self.chantier.id, "name": "Ramp", "amount": 900}
        )
        move = self.make_invoice(
            btp_chantier_id=self.chantier.id,
            btp_billing_stage="plain",
            btp_os_id=order.id,
        )
        self.assertIn("1793", self.warning(move))
        move.btp_avenant_id = avenant
        self.assertIn("1793", self.warning(move))
        avenant.signed_on = "2025-01-10"
        self.assertNotIn("1793", self.warning(move))

    def test_a_missing_order_warns(self):
        move = self.situation(10000)
        self.assertNotIn("No order", self.warning(move))
        self.chantier.contract_reference = False
        move.invalidate_recordset(["btp_works_warning"])
        self.assertIn("No order", self.warning(move))
        self.customer.btp_regime = "public_30"
        move.invalidate_recordset(["btp_works_warning"])
        self.assertIn("No engagement number", self.warning(move))
        move.btp_engagement_number = "EJ-7"
        self.assertNotIn("No engagement", self.warning(move))

    def test_what_changes_on_the_chantier_is_said_on_its_draft(self):
        self.situation(60000, post=True)
        draft = self.situation(72000)
        self.assertFalse(self.mismatch(draft))
        self.chantier.advance_amount = 12000
        self.assertFigures(draft, btp_advance_refund=5600)
        self.assertTrue(self.mismatch(draft))
        draft.action_btp_make_lines()
        self.assertLines(draft, works=12000, refund=-5600)
        self.assertFalse(self.mismatch(draft))

    def test_several_rates_of_vat_at_the_situation_before_warn(self):
        first = self.situation(10000)
        first.invoice_line_ids = [
            Command.update(first.invoice_line_ids.id, {"price_unit": 6000}),
            Command.create(
                {
                    "name": "Lot 2",
                    "price_unit": 4000,
                    "btp_kind": "works",
                    "tax_ids": self.reduced.ids,
                }
            ),
        ]
        self.assertFalse(self.mismatch(first))
        self.assertFigures(first, amount_tax=1600)
        self.assertIn("several rates", self.warning(self.situation(20000)))

    def test_works_after_the_final_account_warn(self):
        self.situation(90000, btp_billing_stage="final", post=True)
        self.assertIn("final account", self.warning(self.situation(95000)))

    def test_a_missing_index_warns(self):
        move = self.situation(10000)
        self.assertIn("an index is missing", self.warning(move))
        move.btp_revision_index = 131
        self.assertNotIn("an index is missing", self.warning(move))

    def test_vat_under_reverse_charge_warns(self):
        self.chantier.role = "subcontractor"
        move = self.situation(10000)
        self.assertNotIn("bear VAT", self.warning(move))
        move.invoice_line_ids.tax_ids = self.tax
        self.assertIn("bear VAT", self.warning(move))
        self.company.btp_reverse_charge_tax_id = False
        move.invoice_line_ids.tax_ids = False
        self.assertIn("choose the tax", self.warning(move))
