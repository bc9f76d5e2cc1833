# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The printed situation, and its entry in the French chart."""

from lxml import html

from odoo import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .situation_common import SituationCommon


class PrintCommon(SituationCommon):
    def printed(self, move):
        """Return the printed invoice."""
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "account.account_invoices", move.ids
        )
        return html.fromstring(content)

    def recap(self, move):
        """Return the rows of the table of the situation: amounts by name."""
        return {
            row.get("name"): self.amount(row.xpath("td[2]")[0].text_content())
            for row in self.printed(move).xpath(
                "//div[@name='btp_situation']//tbody/tr"
            )
        }

    @staticmethod
    def amount(text):
        kept = "".join(char for char in text if char in "0123456789.-")
        return float(kept)


@tagged("post_install", "-at_install")
class TestSituationPrint(PrintCommon):
    def test_the_table_goes_from_the_contract_to_the_net(self):
        self.chantier.write(
            {
                "advance_amount": 12000,
                "avenant_ids": [
                    Command.create(
                        {"name": "Ramp", "amount": 5000, "signed_on": "2025-01-10"}
                    ),
                    Command.create({"name": "Wall", "amount": 9000}),
                ],
                "contract_amount": 95000,
            }
        )
        self.situation(60000, post=True)
        move = self.situation(72000, btp_penalties=300, btp_revision_index=133.6)
        move.invoice_line_ids = [
            Command.create(
                {"name": "Repair", "price_unit": 100, "tax_ids": self.reduced.ids}
            )
        ]
        rows = self.recap(move)
        self.assertEqual(
            {name: amount for name, amount in rows.items() if name != "tax"},
            {
                "contract": 95000,
                "avenants": 5000,
                "cumul": 72000,
                "previous": -60000,
                "month": 12000,
                "revision": 288,
                "refund": -5600,
                "penalties": -300,
                "others": 100,
                "untaxed": 6488,
                "total": 7775.60,  # 6 388 at 20 %, 100 at 10 %
                "net": 7775.60,
            },
        )

    def test_what_is_nought_is_not_printed(self):
        rows = self.recap(self.situation(20000))
        self.assertEqual(
            list(rows),
            [
                "contract",
                "cumul",
                "previous",
                "month",
                "untaxed",
                "tax",
                "total",
                "net",
            ],
        )

    def test_the_retention_is_withheld_from_the_total(self):
        """Worked situation n° 3: 26 419.20, retention 1 320.96, net 25 098.24."""
        self.chantier.write({"retention_regime": "retention", "retention_rate": 5})
        self.situation(38500, post=True)
        rows = self.recap(self.situation(60000, btp_revision_index=133.6))
        self.assertEqual(rows["untaxed"], 22016.00)
        self.assertEqual(rows["tax"], 4403.20)
        self.assertEqual(rows["total"], 26419.20)
        self.assertEqual(rows["retention"], -1320.96)
        self.assertEqual(rows["net"], 25098.24)

    def test_the_retention_of_a_subcontractor_is_on_the_amount_before_tax(self):
        self.chantier.write(
            {
                "role": "subcontractor",
                "retention_regime": "retention",
                "retention_rate": 5,
            }
        )
        rows = self.recap(self.situation(18000))
        self.assertEqual((rows["retention"], rows["net"]), (-900, 17100))

    def test_the_retention_of_a_down_payment_is_printed_too(self):
        self.chantier.write({"retention_regime": "retention", "retention_rate": 5})
        values = {"btp_chantier_id": self.chantier.id, "btp_billing_stage": "progress"}
        move = self.make_invoice(amount=1000, **values)
        self.assertEqual(
            self.recap(move),
            {"untaxed": 1000, "total": 1000, "retention": -50, "net": 950},
        )

    def test_the_references_that_the_customer_looks_for(self):
        order = self.env["btp.chantier.os"].create(
            {
                "chantier_id": self.chantier.id,
                "number": "OS-4",
                "issued_on": "2025-01-05",
            }
        )
        self.chantier.write(
            {"engagement_number": "EJ-1", "contract_date": "2025-01-02"}
        )
        page = self.printed(self.situation(20000, btp_os_id=order.id))
        found = {
            div.get("name"): div.xpath("div")[0].text_content().strip()
            for div in page.xpath("//div[@name='btp_references']/div")
        }
        self.assertEqual(
            found,
            {
                "chantier": "School",
                "contract": "M-2025-7 of 01/02/2025",
                "engagement": "EJ-1",
                "os": "OS-4 of 01/05/2025",
            },
        )

    def test_reverse_charge_is_mentioned_with_its_article(self):
        self.chantier.role = "subcontractor"
        text = self.printed(self.situation(18000)).text_content()
        self.assertIn("283-2 nonies", text)
        self.chantier.role = "titulaire"
        self.assertNotIn(
            "283-2 nonies", self.printed(self.situation(20000)).text_content()
        )

    def test_an_invoice_without_chantier_prints_as_before(self):
        page = self.printed(self.make_invoice(amount=500))
        self.assertFalse(page.xpath("//div[starts-with(@name, 'btp_')]"))


@tagged("post_install", "post_install_l10n", "-at_install")
class TestSituationFrance(PrintCommon):
    @classmethod
    @AccountTestInvoicingCommon.setup_country("fr")
    @AccountTestInvoicingCommon.setup_chart_template("fr")
    def setUpClass(cls):
        super().setUpClass()
        chart = cls.env["account.chart.template"].with_company(cls.company)
        cls.company.account_sale_tax_id = chart.ref("tva_normale")

    def test_works_are_services_whose_vat_is_due_on_payment(self):
        """Worked situation n° 3: C 704 22 016.00, C VAT pending 4 403.20."""
        self.situation(38500, post=True)
        move = self.situation(60000, post=True, btp_revision_index=133.6)
        entry = {}
        for line in move.line_ids:
            code = line.account_id.code[:4]
            entry[code] = round(entry.get(code, 0) + line.balance, 2)
        self.assertEqual(entry["7040"], -22016.00)
        self.assertEqual(entry["4457"], -4403.20)
        self.assertEqual(
            sum(v for k, v in entry.items() if k.startswith("411")), 26419.20
        )
        self.assertEqual(
            set(move.invoice_line_ids.tax_ids.mapped("tax_scope")), {"service"}
        )
