# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A price that moves: firm and brought up to date, or revised by an index known later."""

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .situation_common import SituationCommon


@tagged("post_install", "-at_install")
class TestActualisation(SituationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chantier.write(
            {
                "is_revised": False,
                "price_date": "2024-09-30",
                "date_start": "2025-01-02",
                "start_index": 133.6,
            }
        )

    def test_a_firm_price_is_brought_up_to_date_once_and_for_all(self):
        """133.6 / 130.0 = 1.02769, rounded up to 1.028 (CCP R2112-11)."""
        self.assertTrue(self.chantier.is_actualised)
        first = self.situation(20000, post=True)
        self.assertLines(first, works=20000, revision=560)
        name = first.invoice_line_ids.filtered(
            lambda line: line.btp_kind == "revision"
        ).name
        self.assertIn("actualisation: coefficient 1.028, index BT01 133.6", name)
        second = self.situation(30000, btp_revision_index=150)
        self.assertLines(second, works=10000, revision=280)
        self.assertIn(
            "Price actualisation (coefficient 1.028)",
            [label for _name, label, *_rest in second._get_btp_recap()],
        )

    def test_works_that_start_within_three_months_keep_their_price(self):
        self.chantier.date_start = "2024-12-30"
        self.assertLines(self.situation(20000), works=20000)

    def test_the_os_of_start_tells_the_start(self):
        self.chantier.date_start = False
        self.assertFalse(self.chantier.is_actualised)
        self.chantier.os_ids = [
            Command.create({"number": "1", "kind": "start", "issued_on": "2025-02-03"})
        ]
        self.assertTrue(self.chantier.is_actualised)

    def test_an_index_entered_late_is_billed_for_the_situations_before_too(self):
        self.chantier.start_index = 0
        self.situation(20000, post=True)
        self.chantier.start_index = 133.6
        second = self.situation(30000)
        self.assertLines(second, works=10000, revision=280, regularisation=560)

    def test_a_public_contract_without_the_index_warns(self):
        self.chantier.start_index = 0
        move = self.situation(20000)
        self.assertNotIn("R2112-11", move.btp_works_warning or "")
        self.customer.btp_regime = "public_30"
        move.invalidate_recordset()
        self.assertIn("R2112-11", move.btp_works_warning)

    def test_a_negative_index_is_refused(self):
        for name in ("start_index", "revision_index_base"):
            with self.assertRaisesRegex(ValidationError, "cannot be negative"):
                self.chantier[name] = -1


@tagged("post_install", "-at_install")
class TestRegularisation(SituationCommon):
    def test_the_next_situation_bills_what_the_definitive_index_changes(self):
        """Provisional 131.3: 1.009; definitive 133.6: 1.024."""
        first = self.situation(20000, post=True, btp_revision_index=131.3)
        self.assertLines(first, works=20000, revision=180)
        first.btp_definitive_index = 133.6
        self.assertFigures(first, btp_regularisation_left=300, amount_untaxed=20180)
        second = self.situation(30000, btp_revision_index=133.6, post=True)
        self.assertLines(second, works=10000, revision=240, regularisation=300)
        self.assertIn("(BT01)", second.invoice_line_ids[-1].name)
        self.assertIn(
            ("regularisation", 300),
            [
                (name, amount)
                for name, _label, amount, _total in second._get_btp_recap()
            ],
        )
        self.assertFigures(second, amount_untaxed=10540, btp_regularisation_left=0)
        self.assertLines(self.situation(40000), works=10000)

    def test_a_situation_issued_without_an_index_is_revised_by_the_next(self):
        first = self.situation(20000, post=True)
        self.assertIn("index is missing", first.btp_works_warning)
        draft = self.situation(30000)
        first.btp_definitive_index = 133.6
        self.assertNotIn("index is missing", first.btp_works_warning or "")
        self.assertLines(draft, works=10000, regularisation=480)
        self.assertFalse(self.mismatch(draft))

    def test_an_index_corrected_again_is_regularised_again(self):
        first = self.situation(20000, post=True, btp_revision_index=133.6)
        first.btp_definitive_index = 131.3
        second = self.situation(30000, post=True)
        self.assertLines(second, works=10000, regularisation=-300)
        first.btp_definitive_index = 132.0
        third = self.situation(40000)
        # 1.014 in the end: 280 instead of 480 in all.
        self.assertLines(third, works=10000, regularisation=100)

    def test_a_draft_far_behind_follows_through_posted_ones(self):
        first = self.situation(20000, post=True, btp_revision_index=131.3)
        self.situation(30000, post=True)
        third = self.situation(40000)
        first.btp_definitive_index = 133.6
        self.assertLines(third, works=10000, regularisation=300)

    def test_taken_back_by_a_credit_note_it_is_billed_again(self):
        first = self.situation(20000, post=True, btp_revision_index=131.3)
        first.btp_definitive_index = 133.6
        self.credit(self.situation(30000, post=True))
        again = self.situation(35000)
        self.assertEqual(again.btp_previous_id, first)
        self.assertLines(again, works=15000, regularisation=300)

    def test_the_invoice_that_replaces_it_is_regularised_as_well(self):
        self.situation(10000, post=True, btp_revision_index=130)
        second = self.situation(20000, post=True, btp_revision_index=131.3)
        second.btp_definitive_index = 133.6
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=second.ids)
            .create({"journal_id": second.journal_id.id, "date": second.date})
        )
        new = self.env["account.move"].browse(wizard.modify_moves()["res_id"])
        self.assertLines(new, works=10000, revision=90)
        self.assertFalse(self.mismatch(new))
        new.btp_claimed_cumul = 30000
        self.assertLines(new, works=20000, revision=180)
        new.action_post()
        self.assertLines(self.situation(35000), works=5000, regularisation=300)

    def test_the_advance_takes_what_a_regularisation_leaves(self):
        self.chantier.write({"advance_amount": 20000, "advance_refund_end": 66})
        first = self.situation(60000, post=True, btp_revision_index=131.3)
        first.btp_definitive_index = 133.6
        second = self.situation(66000)
        self.assertLines(second, works=6000, regularisation=900, refund=-6900)

    def test_a_negative_or_senseless_index_is_refused(self):
        first = self.situation(20000, post=True)
        with self.assertRaisesRegex(ValidationError, "cannot be negative"):
            first.btp_definitive_index = -1
        with self.assertRaisesRegex(ValidationError, "more than any contract"):
            first.btp_definitive_index = 1e13

    def test_a_clerk_enters_it_on_the_posted_invoice(self):
        first = self.situation(20000, post=True, btp_revision_index=131.3)
        with Form(first) as form:
            form.btp_definitive_index = 133.6
        self.assertFigures(first, btp_regularisation_left=300)
