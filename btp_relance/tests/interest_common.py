# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Late invoices of 2025, in euros, and what there is to say of their interest."""

from datetime import date

from odoo import Command

from .common import RelanceCommon


class InterestCommon(RelanceCommon):
    """A company in euros, asked on 15 September 2025 unless the test says otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls.env.ref("base.EUR")
        cls.euro.active = True
        cls.company.sudo().write(
            {
                "currency_id": cls.euro.id,
                "country_id": cls.env.ref("base.fr").id,
                "city": "Nantes",
            }
        )
        cls.income = cls.make_account("763199", "Penalties", "income_other")

    def setUp(self):
        super().setUp()
        self.today = date(2025, 9, 15)

    @classmethod
    def make_account(cls, code, name, account_type, **values):
        """Return an account of the company."""
        return (
            cls.env["account.account"]
            .sudo()
            .create(
                {
                    "code": code,
                    "name": name,
                    "account_type": account_type,
                    "company_ids": [Command.set(cls.company.ids)],
                    **values,
                }
            )
        )

    @classmethod
    def make_late(cls, amount=12000.0, due="2025-05-31", partner=None, **values):
        """Return a posted invoice due on a day."""
        return cls.make_invoice(
            0,
            amount,
            partner,
            **{"invoice_date": "2025-05-01", "invoice_date_due": due, **values},
        )

    @classmethod
    def make_debtor(cls, regime, name=None, **values):
        """Return a customer of a regime."""
        return cls.make_customer(
            name or f"Debtor {regime}", btp_regime=regime, **values
        )

    def pay_on(self, move, day, amount=None):
        """Register a payment on a day."""
        return self.pay(move, amount, payment_date=day)

    def claim(self, move, until=None, **options):
        """Return the claim of one invoice."""
        return move._get_interest(
            date.fromisoformat(until) if until else self.today, **options
        )[move]

    def assert_claim(self, move, interest, indemnity=40.0, until=None):
        """Interest to the cent, and the indemnity."""
        claim = self.claim(move, until)
        self.assertEqual(f"{claim.total:.2f}", f"{interest:.2f}")
        self.assertEqual(float(claim.indemnity), indemnity)
