# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A contract of 100 000 before tax, revised from an index of 130, and its situations."""

from .common import RelanceCommon


class SituationCommon(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax, cls.reduced, cls.reverse_tax = cls.env["account.tax"].create(
            [
                {"name": f"VAT {rate}", "amount": rate, "type_tax_use": "sale"}
                for rate in (20, 10, 0)
            ]
        )
        cls.company.account_sale_tax_id = cls.tax
        cls.company.btp_reverse_charge_tax_id = cls.reverse_tax
        cls.company_data["default_journal_sale"].default_account_id.tax_ids = False
        cls.company.sudo().btp_retention_account_id = cls.env["account.account"].create(
            {
                "code": "411799",
                "name": "Retentions",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        cls.other_currency = cls.setup_other_currency("CHF")
        cls.chantier = cls.make_chantier("School")

    @classmethod
    def make_chantier(cls, name, **values):
        """Return a contract of 100 000, its price revised."""
        return cls.env["btp.chantier"].create(
            {
                "name": name,
                "partner_id": cls.customer.id,
                "contract_reference": "M-2025-7",
                "contract_amount": 100000,
                "is_revised": True,
                "revision_fixed_part": 0.15,
                "revision_index_name": "BT01",
                "revision_index_base": 130.0,
                "prorata_rate": 1.5,
                **values,
            }
        )

    def situation(self, cumul, post=False, chantier=None, company=None, **values):
        """Return a situation: only its cumul is entered."""
        move = (
            self.env["account.move"]
            .with_company(company or self.company)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "invoice_date": "2025-02-28",
                    "btp_chantier_id": (chantier or self.chantier).id,
                    "btp_billing_stage": "situation",
                    "btp_claimed_cumul": cumul,
                    **values,
                }
            )
        )
        if post:
            move.action_post()
        return move

    def credit(self, move):
        """Credit all of an invoice, as the button does. Returns the credit note."""
        return move._reverse_moves([{"invoice_date": move.invoice_date}], cancel=True)

    def assertFigures(self, move, **expected):
        """Compare amounts to the cent."""
        found = {name: move[name] for name in expected}
        for name, value in expected.items():
            self.assertAlmostEqual(found[name], value, places=2, msg=name)

    def assertLines(self, move, **expected):
        """Compare the amounts of the lines that the situation made, and see no other."""
        found = {line.btp_kind: line.price_subtotal for line in move.invoice_line_ids}
        self.assertEqual(len(move.invoice_line_ids), len(expected))
        self.assertEqual(found.keys(), expected.keys())
        for kind, amount in expected.items():
            self.assertAlmostEqual(found[kind], amount, places=2, msg=kind)

    def vat_of(self, move):
        """Return ``{(kind, rate of VAT): amount}`` of the lines."""
        return {
            (line.btp_kind, line.tax_ids.amount): line.price_subtotal
            for line in move.invoice_line_ids
        }

    def mismatch(self, move):
        """Return whether the invoice says that its lines are not those of its figures."""
        return "the lines say" in (move.btp_works_warning or "")
