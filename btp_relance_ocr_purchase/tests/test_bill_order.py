# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A bill that was read is matched to its order, or told apart from it."""

from datetime import date

from odoo import Command
from odoo.tests import tagged

from odoo.addons.btp_relance_ocr.tests.test_paper_bill import BillCommon


@tagged("post_install", "-at_install")
class TestBillOrder(BillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].create(
            {"name": "Cement", "type": "consu", "purchase_method": "purchase"}
        )
        cls.order = cls.make_order(("Cement", 10, 60.0), ("Delivery", 1, 400.0))

    @classmethod
    def make_order(cls, *lines):
        order = cls.env["purchase.order"].create(
            {
                "partner_id": cls.supplier.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.product.id,
                            "name": name,
                            "product_qty": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.set(cls.vat.ids)],
                        }
                    )
                    for name, quantity, price in lines
                ],
            }
        )
        order.button_confirm()
        return order

    def test_a_bill_takes_the_lines_of_its_order(self):
        paper = self.bill(ref_commande=self.order.name)
        bill = paper.move_id
        self.assertEqual(bill.state, "draft")
        self.assertEqual(bill.amount_total, 1200)
        self.assertEqual(bill.line_ids.purchase_order_id, self.order)
        self.assertEqual(bill.invoice_date_due, date(2025, 7, 31))
        self.assertIn(self.order.name, paper.effect_ids[0].label)
        self.assertEqual(self.order.invoice_status, "invoiced")
        paper.action_undo()
        self.assertFalse(bill.exists())
        self.assertEqual(self.order.invoice_status, "to invoice")

    def test_another_amount_is_told_and_not_taken(self):
        paper = self.bill(
            ref_commande=self.order.name,
            montant_ht="900.00",
            montant_tva="180.00",
            montant_ttc="1080.00",
        )
        bill = paper.move_id
        self.assertEqual(bill.amount_total, 1080)
        self.assertFalse(bill.line_ids.purchase_order_id)
        self.assertEqual(bill.invoice_origin, self.order.name)
        self.assertIn("compare", paper.effect_ids[0].label)

    def test_without_a_number_the_only_order_of_the_amount_is_taken(self):
        paper = self.bill()
        self.assertEqual(paper.move_id.line_ids.purchase_order_id, self.order)
        self.make_order(("Cement", 10, 60.0), ("Delivery", 1, 400.0))
        self.make_order(("Cement", 10, 60.0), ("Delivery", 1, 400.0))
        other = self.bill(ref_facture="FC-2")
        self.assertFalse(other.move_id.line_ids.purchase_order_id)

    def test_the_order_of_another_supplier_is_never_taken(self):
        self.order.partner_id = self.make_customer("Autre Fournisseur")
        paper = self.bill(ref_commande=self.order.name)
        self.assertFalse(paper.move_id.line_ids.purchase_order_id)
