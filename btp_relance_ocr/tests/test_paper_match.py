# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From a paper's values to the chantier, the invoice or the supplier that it is about."""

import inspect
import re

from odoo import Command
from odoo.tests import tagged

from ..matching import chantiers, invoices, suppliers
from ..models.btp_paper_evidence import SENTENCES
from .matching_common import SIRET, SUPPLIER_SIRET, MatchingCommon

NAME = "Réhabilitation du groupe scolaire Jean Moulin"


@tagged("post_install", "-at_install")
class TestPaperMatch(MatchingCommon):
    def match(self, kind, values, **others):
        paper = self.make_paper(kind, values, **others)
        paper._match()
        return paper

    def test_a_contract_number_with_misread_letters(self):
        paper = self.match(
            "pv_reception", {"ref_marche": "MP 2O25/I38", "siret": SIRET}
        )
        self.assertEqual(paper.chantier_id, self.chantier)
        self.assertEqual(paper.partner_id, self.customer)
        self.assertGreaterEqual(paper.match_confidence, 0.9)
        self.assertIn("MP-2025-138", paper.match_evidence)
        self.assertFalse(paper.candidate_ids or paper.matched_by_hand)

    def test_two_chantiers_that_look_alike_are_proposed(self):
        twin = self.make_chantier(NAME, code="CH-2025-099")
        paper = self.match(
            "pv_reception", {"chantier": NAME, "donneur_ordre": self.customer.name}
        )
        self.assertFalse(paper.chantier_id)
        self.assertLess(paper.match_confidence, 0.9)
        self.assertEqual(
            paper.candidate_ids.chantier_id & (self.chantier + twin),
            self.chantier + twin,
        )
        self.assertLessEqual(len(paper.candidate_ids), 3)
        paper.candidate_ids.filtered(
            lambda one: one.chantier_id == twin
        ).action_choose()
        self.assertEqual(paper.chantier_id, twin)
        self.assertTrue(paper.matched_by_hand)
        paper._match()
        self.assertEqual(paper.chantier_id, twin, "What a person chose stays")

    def test_the_chantier_of_another_company_is_never_found(self):
        other = self.setup_other_company(name="Other")["company"]
        paper = self.match("pv_reception", {"ref_marche": "MP-2025-138"}, company=other)
        self.assertFalse(paper.chantier_id or paper.candidate_ids)

    def test_where_it_was_dropped_outweighs(self):
        paper = self.match("pv_reception", {}, chantier_id=self.other.id)
        self.assertEqual(paper.chantier_id, self.other)
        self.assertGreaterEqual(paper.match_confidence, 0.9)
        again = self.match(
            "pv_reception",
            {"ref_marche": "MP-2025-138", "chantier": NAME},
            chantier_id=self.other.id,
        )
        self.assertLess(again.match_confidence, 0.9)
        self.assertEqual(again.candidate_ids[0].chantier_id, self.chantier)
        again._match()
        self.assertLess(again.match_confidence, 0.9, "It stays what it came for")

    def test_a_situation_finds_its_invoice(self):
        values = {"btp_chantier_id": self.chantier.id, "btp_billing_stage": "situation"}
        first = self.make_invoice(amount=9000, **values)
        second = self.make_invoice(amount=22016, **values)
        facts = {
            "ref_marche": "MP-2025-138",
            "chantier": NAME,
            "montant_ht": "22016.00",
            "montant_ttc": "22016.00",
        }
        paper = self.match("situation", facts)
        self.assertEqual(paper.move_id, second)
        self.assertEqual(paper.chantier_id, self.chantier)
        twin = self.make_invoice(amount=22016, **values)
        paper = self.match("situation", facts)
        self.assertFalse(paper.move_id, "Two invoices of the same amount")
        self.assertEqual(paper.chantier_id, self.chantier)
        self.assertLess(paper.match_confidence, 0.9)
        self.assertEqual(paper.candidate_ids.move_id, second + twin)
        self.assertNotIn(first, paper.candidate_ids.move_id)

    def test_a_bill_finds_its_supplier(self):
        supplier = self.make_customer(
            "Énergie Sanvoie", company_registry=SUPPLIER_SIRET
        )
        self.make_customer("Énergie Sanvoie Sud")
        paper = self.match(
            "facture",
            {
                "siret": "404 833 048 00022",
                "entreprise": "Energie Sanvoie SAS",
                "chantier": NAME,
                "ref_marche": "MP-2025-138",
            },
        )
        self.assertEqual(paper.partner_id, supplier)
        self.assertEqual(paper.chantier_id, self.chantier)
        self.assertGreaterEqual(paper.match_confidence, 0.9)

    def test_a_bill_names_its_chantier_by_its_name_alone(self):
        supplier = self.make_customer(
            "Énergie Sanvoie", company_registry=SUPPLIER_SIRET
        )
        values = {"siret": SUPPLIER_SIRET, "entreprise": "Énergie Sanvoie"}
        paper = self.match("facture", {**values, "chantier": NAME})
        self.assertEqual(paper.partner_id, supplier)
        self.assertEqual(paper.chantier_id, self.chantier)
        self.assertIn(NAME, paper.match_evidence)
        # Of two that are called alike, neither.
        self.chantier.copy({"name": self.chantier.name, "code": "CH-2025-016"})
        paper = self.match("facture", {**values, "chantier": NAME})
        self.assertEqual(paper.partner_id, supplier)
        self.assertFalse(paper.chantier_id)

    def test_our_own_invoice_that_came_back_is_no_bill(self):
        move = self.make_invoice(amount=777)
        paper = self.match(
            "facture",
            {
                "siret": SIRET,
                "ref_facture": move.name,
                "montant_ttc": "777.00",
                "donneur_ordre": self.customer.name,
            },
        )
        self.assertEqual(paper.move_id, move)

    def test_the_sender_counts(self):
        values = {"chantier": NAME}
        paper = self.match("pv_reception", values)
        self.assertLess(paper.match_confidence, 0.9)
        contact = self.env["res.partner"].create(
            {"name": "Anne", "parent_id": self.customer.id}
        )
        paper = self.match("pv_reception", values, sender_id=contact.id)
        self.assertEqual(paper.chantier_id, self.chantier)

    def test_words_of_evidence_are_french_for_french_people(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.company.partner_id.lang = "fr_FR"
        self.company.btp_relance_user_id = False
        paper = self.match("pv_reception", {"ref_marche": "MP-2025-138"})
        self.assertIn("Marché n° MP-2025-138", paper.match_evidence)

    def test_a_paper_whose_words_name_the_customer_by_its_number(self):
        self.customer.company_registry = SUPPLIER_SIRET
        self.other.partner_id = self.make_customer("Autre Client")
        paper = self.match(
            "pv_reception",
            {"chantier": NAME},
            text="Maître d'ouvrage SIREN 404 833 048",
        )
        self.assertEqual(paper.chantier_id, self.chantier)

    def test_a_choice_in_the_form_is_by_hand(self):
        paper = self.match("pv_reception", {})
        paper.write({"chantier_id": self.other.id})
        self.assertTrue(paper.matched_by_hand)
        paper.candidate_ids = [Command.clear()]
        paper._match()
        self.assertEqual(paper.chantier_id, self.other)

    def test_each_clue_has_its_sentence(self):
        source = "".join(map(inspect.getsource, (chantiers, invoices, suppliers)))
        codes = set(re.findall(r'Clue\(\s*"(\w+)"', source))
        codes |= {
            f"{what}_{how}"
            for what in ("contract", "code", "order", "invoice")
            for how in chantiers.REFERENCE
        }
        codes |= {"contract_other", "order_other"}
        self.assertGreater(len(codes), 50)
        self.assertLessEqual(codes, SENTENCES.keys())
