# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from functools import cache
from unittest.mock import patch

from weasyprint import HTML

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .paper_common import PaperCommon

#: A supplier who calls things by names of its own.
BILL = """<style>@page {{ size: A4; margin: 18mm }} body {{ font-family: 'DejaVu Sans'; font-size: 10pt }}
table {{ width: 100% }} td {{ width: 50% }}</style><h1>{title}</h1>
<p>Négoce du Lac – 4 quai des Brumes, 74000 Annecy</p><p>SIRET 732 829 320 00074</p>
<p>Facture adressée à Martin Bâtiment, 12 quai du Lazaret, 13002 Marseille</p>
<table><tr><td>Pièce comptable {number}</td><td>Votre repère chantier {order}</td></tr></table>
<p>Éditée le {day}</p>
<table><tr><td>Parpaings creux, palette</td><td>{amount} €</td></tr></table>
<p>Total HT {amount} €</p><p>Solde de la pièce {total} €</p>
<p>Conditions de règlement : trente jours</p><p>Merci de votre confiance, à bientôt</p>"""
FIRST, SECOND, THIRD = (
    ("88123", "VX-7741", "3 février 2026", "1 250,00", "1 500,00"),
    ("88977", "QR-9082", "17 mars 2026", "980,50", "1 176,60"),
    ("90210", "ZT-1203", "2 avril 2026", "2 040,00", "2 448,00"),
)


@cache
def make_bill(number, order, day, amount, total, title="FACTURE") -> bytes:
    """Return a bill as a PDF with a text layer."""
    facts = {"number": number, "order": order, "day": day, "title": title}
    return HTML(string=BILL.format(amount=amount, total=total, **facts)).write_pdf()


@tagged("post_install", "-at_install")
class TestLayout(PaperCommon):
    """What people correct on a paper is known on the next one of its layout."""

    def setUp(self):
        super().setUp()
        self.startPatcher(
            patch.object(
                self.registry["btp.paper"],
                "_apply",
                lambda papers: papers.write({"state": "done"}),
            )
        )
        self.layouts = self.env["btp.paper.layout"]

    def take(self, facts, kind="facture"):
        paper = self.receive(make_bill(*facts, kind.upper()), f"{facts[0]}.pdf")
        paper._read()
        self.assertEqual((paper.kind, paper.state), (kind, "to_check"))
        return paper

    def confirm(self, paper, kind=None, **values):
        told = {name: {"value": value} for name, value in values.items()}
        told |= {"kind": kind} if kind else {}
        self.assertFalse(
            self.papers.save_review(paper.id, told, confirm=True)["conflict"]
        )

    def value(self, paper, name):
        return paper.value_ids.filtered(lambda value: value.name == name)

    def test_one_corrected_paper_reads_the_second_one_right(self):
        first = self.take(FIRST)
        self.assertFalse(self.value(first, "ref_facture"))
        self.confirm(
            first,
            ref_facture="88123",
            ref_commande="VX-7741",
            montant_ht="1500.00",
        )
        layout = self.layouts.search([])
        self.assertEqual(
            set(layout.fields_learned), {"ref_facture", "ref_commande", "montant_ht"}
        )
        self.assertEqual(layout.sender, "73282932000074")
        # Once is a proposal: it is filled in, and a person looks.
        second = self.take(SECOND)
        number = self.value(second, "ref_facture")
        self.assertEqual((number.value, number.learned), ("88977", True))
        self.assertLess(number.confidence, 0.9)
        self.assertEqual(number.page, 1)
        self.assertEqual(self.value(second, "ref_commande").value, "QR-9082")
        # An amount is never changed, only doubted and proposed.
        amount = self.value(second, "montant_ht")
        self.assertEqual(amount.value, "980.50")
        self.assertLess(amount.confidence, 0.9)
        told = self.papers.get_review(second.id)["paper"]
        self.assertEqual(told["proposals"]["montant_ht"]["value"], "1176.60")
        self.assertIsNone(told["values"]["ref_facture"]["read"])
        # Twice the same is known.
        self.confirm(second)
        third = self.take(THIRD)
        number = self.value(third, "ref_facture")
        self.assertEqual((number.value, number.confidence), ("90210", 0.9))
        self.assertEqual(layout.papers, 1)
        # Forgotten, it is read as the first one was.
        layout.action_forget()
        third.action_read_again()
        third._read()
        self.assertFalse(self.value(third, "ref_facture"))

    def test_a_learned_value_that_is_corrected_begins_anew(self):
        self.confirm(self.take(FIRST), ref_facture="88123")
        second = self.take(SECOND)
        self.confirm(second, ref_facture="QR-9082")
        number = self.value(second, "ref_facture")
        self.assertTrue(number.corrected)
        self.assertFalse(number.read_value)
        spot = self.layouts.search([]).fields_learned["ref_facture"]
        self.assertEqual(spot["agreed"], 1)
        self.assertIn("repere", spot["label"])

    def test_a_credit_note_is_not_learned_with_bills(self):
        self.confirm(self.take(FIRST, "avoir"), ref_facture="88123")
        self.assertEqual(self.layouts.search([]).read_kind, "autre")
        self.assertFalse(self.value(self.take(SECOND), "ref_facture"))
        third = self.take(THIRD, "avoir")
        self.assertEqual(self.value(third, "ref_facture").value, "90210")
        self.assertEqual(self.value(third, "montant_ht").value, "2040.00")
        self.assertEqual(self.value(third, "entreprise").value, "Négoce du Lac")

    def test_a_kind_that_people_corrected_is_proposed(self):
        self.confirm(self.take(FIRST), kind="bon_commande", ref_commande="VX-7741")
        second = self.receive(make_bill(*SECOND))
        second._read()
        self.assertEqual((second.kind, second.read_kind), ("bon_commande", "facture"))
        self.assertEqual(second.state, "to_check")
        self.assertLess(second._get_facts().kind_confidence, 0.9)

    def test_a_company_learns_for_itself_and_a_manager_forgets(self):
        self.confirm(self.take(FIRST), ref_facture="88123")
        other = self.env["res.company"].create({"name": "Autre"})
        paper = self.papers._receive("x.pdf", make_bill(*SECOND), "upload", other)
        paper._read()
        self.assertFalse(self.value(paper, "ref_facture"))
        agent = new_test_user(self.env, "clerk", groups="btp_relance.group_agent")
        with self.assertRaises(AccessError):
            self.layouts.search([]).with_user(agent).action_forget()
