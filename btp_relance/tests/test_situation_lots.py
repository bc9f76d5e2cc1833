# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A contract that bears several rates of VAT: its situations are split by rate."""

from odoo import Command
from odoo.tests import Form, tagged

from .situation_common import SituationCommon


@tagged("post_install", "-at_install")
class TestSituationLots(SituationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chantier.lot_ids = [
            Command.create({"name": name, "amount": amount, "tax_id": tax.id})
            for name, amount, tax in (
                ("Kitchen", 20000, cls.tax),
                ("Insulation", 40000, cls.reduced),
                ("Painting", 40000, cls.tax),
            )
        ]

    def test_each_kind_of_line_is_split_by_rate_in_the_proportion_of_the_lots(self):
        move = self.situation(10000, btp_revision_index=133.6, btp_penalties=100.01)
        self.assertEqual(
            self.vat_of(move),
            {
                ("works", 20): 6000,
                ("works", 10): 4000,
                ("revision", 20): 144,
                ("revision", 10): 96,
                ("penalty", 20): -60.01,
                ("penalty", 10): -40,
            },
        )
        self.assertFigures(move, amount_untaxed=10139.99, amount_tax=1622.40)
        self.assertIn("– Kitchen, Painting", move.invoice_line_ids[0].name)
        self.assertFalse(self.mismatch(move))

    def test_the_shares_follow_the_cumul_and_the_next_situation_too(self):
        move = self.situation(10000)
        kept = move.invoice_line_ids
        move.btp_claimed_cumul = 20000
        self.assertEqual(move.invoice_line_ids, kept)
        self.assertEqual(self.vat_of(move), {("works", 20): 12000, ("works", 10): 8000})
        move.action_post()
        second = self.situation(30000)
        self.assertEqual(
            self.vat_of(second), {("works", 20): 6000, ("works", 10): 4000}
        )
        self.assertNotIn("several rates", second.btp_works_warning or "")

    def test_lots_entered_late_are_said_on_the_draft_and_not_on_what_was_issued(self):
        lots = self.chantier.lot_ids
        lots[1].tax_id = self.tax
        issued, draft = self.situation(10000, post=True), self.situation(20000)
        self.assertEqual(self.vat_of(draft), {("works", 20): 10000})
        lots[1].tax_id = self.reduced
        self.assertTrue(self.mismatch(draft))
        self.assertFalse(self.mismatch(issued))
        draft.action_btp_make_lines()
        self.assertEqual(self.vat_of(draft), {("works", 20): 6000, ("works", 10): 4000})

    def test_a_tax_changed_by_hand_is_left_until_the_button(self):
        move = self.situation(10000)
        line = move.invoice_line_ids.filtered(lambda li: li.tax_ids == self.reduced)
        line.tax_ids = self.reverse_tax
        move.btp_claimed_cumul = 20000
        self.assertEqual(self.vat_of(move), {("works", 20): 6000, ("works", 0): 4000})
        self.assertTrue(self.mismatch(move))
        move.action_btp_make_lines()
        self.assertEqual(self.vat_of(move), {("works", 20): 12000, ("works", 10): 8000})

    def test_a_subcontractor_bills_one_line_whatever_the_lots(self):
        move = self.situation(10000)
        move.btp_reverse_charge = True
        self.assertEqual(self.vat_of(move), {("works", 0): 10000})
        move.btp_reverse_charge = False
        self.assertEqual(self.vat_of(move), {("works", 20): 6000, ("works", 10): 4000})

    def test_lots_that_are_not_the_contract_deserve_a_second_look(self):
        self.assertNotIn("lots by VAT", self.chantier.notice or "")
        self.chantier.lot_ids[0].amount = 25000
        self.assertIn("lots by VAT rate are", self.chantier.notice)

    def test_a_clerk_types_the_lots_on_the_chantier(self):
        chantier = self.make_chantier("Two rates")
        with Form(chantier) as form:
            for name, tax in (("New", self.tax), ("Old", self.reduced)):
                with form.lot_ids.new() as lot:
                    lot.name, lot.amount, lot.tax_id = name, 50000, tax
        move = self.situation(333.33, chantier=chantier)
        self.assertEqual(
            self.vat_of(move), {("works", 20): 166.67, ("works", 10): 166.66}
        )
