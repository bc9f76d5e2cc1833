# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests of disputes share."""

from odoo import Command

from .common import RelanceCommon


class DisputeCommon(RelanceCommon):
    """An invoice of 1,000, five days late, and a way to contest it."""

    def setUp(self):
        super().setUp()
        self.move = self.make_invoice(late=5, amount=1000)

    def contest(self, move=None, reason="quantity", amount=None, **values):
        """Return a dispute."""
        return self.env["btp.dispute"]._open(
            move or self.move, reason, "We count less.", amount=amount, **values
        )

    def seen(self, move=None):
        """Return what people see of an invoice: ``[(left, contested, hold)]``."""
        return [
            (due.residual, due.contested, due.hold_code)
            for due in self.echeances(move or self.move)
        ]

    def make_taxed(self, *prices, rate=20.0, **values):
        """Return a posted invoice of one line a price, with a tax of ``rate`` percent."""
        tax = self.env["account.tax"].create(
            {
                "name": f"TVA {rate} {self.env['account.tax'].search_count([])}",
                "amount": rate,
                "amount_type": "percent",
                "type_tax_use": "sale",
            }
        )
        return self.make_invoice(
            invoice_line_ids=[
                Command.create(
                    {
                        "name": f"Works {rank}",
                        "quantity": 1,
                        "price_unit": price,
                        "tax_ids": [Command.set(tax.ids)],
                    }
                )
                for rank, price in enumerate(prices)
            ],
            **values,
        )
