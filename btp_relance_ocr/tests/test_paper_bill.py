# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A supplier's bill becomes a draft that adds up, once, and its bank account is looked at."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .matching_common import SUPPLIER_SIRET
from .test_paper_apply import ApplyCommon

IBAN, OTHER_IBAN = "FR7630001007941234567890185", "FR7630006000011234567890189"


class BillCommon(ApplyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.supplier = cls.make_customer(
            "Énergie Sanvoie", company_registry=SUPPLIER_SIRET
        )
        cls.vat = cls.env["account.tax"].create(
            {
                "name": "20 % purchases",
                "amount": 20,
                "type_tax_use": "purchase",
                "company_id": cls.company.id,
            }
        )
        cls.company.account_purchase_tax_id = cls.vat
        cls.reduced = cls.vat.copy({"name": "10 % purchases", "amount": 10})
        cls.supplier.bank_ids = [Command.create({"acc_number": IBAN})]

    def bill(self, others=None, **values):
        return self.apply(
            "facture",
            {
                "ref_facture": "FC-2025-0454",
                "date_document": "2025-06-02",
                "date_echeance": "2025-07-31",
                "siret": SUPPLIER_SIRET,
                "entreprise": "Énergie Sanvoie SAS",
                "montant_ht": "1000.00",
                "montant_tva": "200.00",
                "montant_ttc": "1200.00",
                **values,
            },
            **{"partner_id": self.supplier.id, "chantier_id": False, **(others or {})},
        )


MIXED = {"montant_ht": "1500.00", "montant_tva": "200.00", "montant_ttc": "1700.00"}


@tagged("post_install", "-at_install")
class TestPaperBill(BillCommon):
    def test_a_bill_is_drafted_as_it_says(self):
        paper = self.bill(iban=IBAN)
        bill = paper.move_id
        self.assertEqual(paper.state, "done", paper.why)
        self.assertEqual((bill.move_type, bill.state), ("in_invoice", "draft"))
        self.assertEqual(bill.partner_id, self.supplier)
        self.assertEqual(bill.ref, "FC-2025-0454")
        self.assertEqual(bill.invoice_date, date(2025, 6, 2))
        self.assertEqual(bill.invoice_date_due, date(2025, 7, 31))
        self.assertEqual((bill.amount_untaxed, bill.amount_total), (1000, 1200))
        self.assertEqual(bill.invoice_line_ids.tax_ids, self.vat)
        self.assertEqual(
            bill.message_main_attachment_id.checksum, paper.attachment_id.checksum
        )
        self.assertFalse(bill.btp_iban_alert)
        bill.action_post()
        self.assertEqual(bill.state, "posted")

    def test_the_same_bill_is_refused(self):
        self.bill()
        again = self.bill(ref_facture="FC 2O25/0454")
        self.assertEqual(again.state, "to_check")
        self.assertIn("nothing is booked twice", again.why)
        self.assertFalse(again.effect_ids)
        again.reviewer_id = self.env.user
        with self.assertRaisesRegex(UserError, "booked twice"):
            again._apply()

    def test_amounts_that_do_not_add_up_are_refused(self):
        for values, words in (
            ({"montant_ttc": "1210.00"}, "do not add up"),
            (
                {"montant_ht": "0.00", "montant_tva": "0.00", "montant_ttc": "0.00"},
                "A bill of nothing",
            ),
            ({"montant_tva": "137.00", "montant_ttc": "1137.00"}, "No purchase tax"),
            ({"montant_ttc": None}, "Fill in the amounts"),
        ):
            paper = self.bill(**values)
            self.assertEqual(paper.state, "to_check")
            self.assertIn(words, paper.why)
            self.assertFalse(paper.move_id)

    def test_the_cents_of_the_supplier_are_taken(self):
        paper = self.bill(
            montant_ht="1000.03", montant_tva="200.00", montant_ttc="1200.03"
        )
        self.assertEqual(paper.move_id.amount_total, 1200.03)
        self.assertEqual(paper.move_id.amount_tax, 200.00)
        paper.move_id.action_post()

    def test_a_supplier_that_is_not_known_is_asked_for(self):
        paper = self.bill({"partner_id": False})
        self.assertEqual(paper.state, "to_check")
        self.assertIn(SUPPLIER_SIRET, paper.why)

    def test_another_bank_account_is_an_alert_and_never_taken(self):
        paper = self.bill(iban="FR76 3000 6000 0112 3456 7890 189")
        bill = paper.move_id
        self.assertIn(OTHER_IBAN, bill.btp_iban_alert)
        self.assertEqual(self.supplier.bank_ids.sanitized_acc_number, IBAN)
        self.assertNotEqual(bill.partner_bank_id.sanitized_acc_number, OTHER_IBAN)
        alert = self.env["btp.alert"].search([("kind", "=", "paper_iban")])
        self.assertEqual(alert.res_id, bill.id)
        self.assertEqual(bill.activity_ids.user_id, self.clerk)
        self.assertIn("alert", self.kinds(paper))
        bill.action_btp_iban_checked()
        self.assertFalse(bill.btp_iban_alert or bill.activity_ids)

    def test_a_bill_is_taken_back_until_it_is_posted(self):
        paper = self.bill(iban=OTHER_IBAN)
        bill = paper.move_id
        paper.action_undo()
        self.assertFalse(bill.exists() or paper.move_id)
        paper._apply()
        self.assertTrue(paper.move_id)
        paper.move_id.action_post()
        with self.assertRaisesRegex(UserError, "was changed since"):
            paper.action_undo()
        self.assertEqual(paper.move_id.state, "posted")

    def test_a_subcontractor_asks_the_public_owner(self):
        self.customer.btp_regime = "public_30"
        amounts = {
            "montant_ht": "1000.00",
            "montant_tva": "0.00",
            "montant_ttc": "1000.00",
        }
        about = {
            "chantier_id": self.chantier.id,
            "text": "TVA : autoliquidation, art. 283-2 nonies du CGI",
        }
        paper = self.bill(about, **amounts)
        self.assertEqual(paper.state, "done", paper.why)
        request = self.env["btp.direct.payment"].search(
            [("move_id", "=", paper.move_id.id)]
        )
        self.assertEqual(request.partner_id, self.supplier)
        self.assertEqual(request.amount, 1000)
        self.assertEqual(request.agree_until, request.received_on + timedelta(days=15))
        with self.assertRaisesRegex(UserError, "Say why"):
            request.action_refuse()
        self.assertTrue(request.activity_ids)
        paper.action_undo()
        self.assertFalse(request.exists())
        again = self.bill(about, **amounts).effect_ids.filtered(
            lambda effect: effect.kind == "direct"
        )
        request = request.browse(again.res_id)
        request.action_agree()
        self.assertEqual(request.state, "agreed")
        self.assertFalse(request.activity_ids, "Answered, nothing is left to do")
        again.paper_id.action_set_aside()
        self.customer.btp_regime = "b2b"
        self.assertNotIn("direct", self.kinds(self.bill(about, **amounts)))

    def test_our_own_invoice_that_came_back_is_not_booked(self):
        move = self.make_invoice(amount=1000)
        paper = self.bill({"move_id": move.id})
        self.assertEqual(paper.state, "done")
        self.assertFalse(
            self.env["account.move"].search([("ref", "=", "FC-2025-0454")])
        )

    # === SEVERAL RATES, CREDIT NOTES === #

    def lines(self, bill):
        return [
            (line.price_unit, line.tax_ids.mapped("amount"))
            for line in bill.invoice_line_ids
        ]

    def confirm(self, paper):
        """Apply a paper as who confirms it does."""
        paper.reviewer_id = self.env.user
        paper._apply()
        return paper.move_id

    def test_several_rates_that_the_page_shows_are_drafted(self):
        text = "10 % base 1 000,00 TVA 100,00 ; 20 % base 500,00 TVA 100,00"
        bill = self.bill({"text": text}, **MIXED).move_id
        self.assertEqual(self.lines(bill), [(1000, [10]), (500, [20])])
        self.assertEqual((bill.amount_tax, bill.amount_total), (200, 1700))
        bill.action_post()

    def test_rates_that_a_person_wrote_are_drafted_where_they_add_up(self):
        paper = self.bill(tva_detail=["10 % : 900,00", "20 % : 600,00"], **MIXED)
        self.assertIn("The rates make", paper.why)
        self.assertFalse(paper.move_id)
        rates = ["10 % : 1 000,00", "20 % : 500,00"]
        bill = self.bill(tva_detail=rates, **MIXED).move_id
        self.assertEqual(self.lines(bill), [(1000, [10]), (500, [20])])
        wrong = self.bill(ref_facture="F-9", tva_detail=["7 % : 1 500,00"], **MIXED)
        self.assertIn("no rate of yours", wrong.why)

    def test_without_rates_a_draft_is_completed_before_it_is_posted(self):
        paper = self.bill(**MIXED)
        self.assertIn("VAT by rate", paper.why)
        bill = self.confirm(paper)
        self.assertEqual((bill.amount_total, bill.btp_read_total), (1500, 1700))
        self.assertIn("to be completed", paper.effect_ids[0].label)
        with self.assertRaisesRegex(UserError, "complete the VAT"):
            bill.action_post()
        bill.invoice_line_ids.write(
            {"price_unit": 1000, "tax_ids": [Command.set(self.reduced.ids)]}
        )
        more = {"name": "20", "price_unit": 500, "tax_ids": [Command.set(self.vat.ids)]}
        bill.invoice_line_ids = [Command.create(more)]
        bill.action_post()
        self.assertEqual(bill.state, "posted")

    def test_a_credit_note_is_drafted_on_its_bill(self):
        bill = self.bill(ref_facture="FC-2025-0454").move_id
        bill.action_post()
        credit = self.apply(
            "avoir",
            {
                "ref_facture": "AV-77",
                "date_document": "2025-06-09",
                "montant_ht": "100.00",
                "montant_tva": "20.00",
                "montant_ttc": "120.00",
            },
            text="Avoir AV-77 sur facture FC-2025-0454",
            partner_id=self.supplier.id,
            chantier_id=False,
        )
        refund = credit.move_id
        self.assertEqual((refund.move_type, refund.state), ("in_refund", "draft"))
        self.assertEqual(refund.reversed_entry_id, bill)
        self.assertEqual((refund.amount_untaxed, refund.amount_total), (100, 120))
        refund.action_post()
        negative = {name: f"-{value}" for name, value in MIXED.items()}
        negative["montant_tva"], negative["montant_ttc"] = "-300.00", "-1800.00"
        other = self.bill(ref_facture="AV-78", **negative).move_id
        self.assertEqual((other.move_type, other.amount_total), ("in_refund", 1800))
        self.assertFalse(other.reversed_entry_id)

    def test_an_unknown_supplier_is_created_by_a_person_once(self):
        values = {"siret": "55208131766522", "entreprise": "Négoce Inconnu"}
        number = "FR03552081317"
        paper = self.bill({"partner_id": False, "text": f"TVA {number}"}, **values)
        self.assertFalse(paper.partner_id)
        self.assertEqual(paper.create_supplier(paper.id), "Négoce Inconnu")
        partner = paper.partner_id
        self.assertEqual(
            (partner.company_registry, partner.vat), (values["siret"], number)
        )
        self.assertFalse(partner.bank_ids)
        other = self.bill({"partner_id": False}, ref_facture="FC-2", **values)
        other.create_supplier(other.id)
        self.assertEqual(other.partner_id, partner)
        with self.assertRaisesRegex(UserError, "has its supplier"):
            other.create_supplier(other.id)
