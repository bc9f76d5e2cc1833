# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Credit notes made from disputes, to the cent: rates of VAT, retention, situations."""

from odoo import Command
from odoo.tests import tagged

from .dispute_common import DisputeCommon


@tagged("post_install", "-at_install")
class TestDisputeCredit(DisputeCommon):
    def make_retained(self, *prices):
        """Return an invoice of works with VAT of 20 % and a retention of 5 %."""
        self.company.sudo().btp_retention_account_id = self.copy_account(
            self.company_data["default_account_receivable"]
        )
        chantier = self.env["btp.chantier"].create(
            {
                "name": "Lot 3",
                "partner_id": self.customer.id,
                "retention_regime": "retention",
                "retention_rate": 5,
            }
        )
        return self.make_taxed(
            *prices, btp_chantier_id=chantier.id, btp_billing_stage="progress"
        )

    def make_rates(self, *lines, **values):
        """Return an invoice of one line a ``(price, rate of VAT)``."""
        taxes = {
            rate: self.env["account.tax"].create(
                {"name": f"TVA {rate}", "amount": rate, "type_tax_use": "sale"}
            )
            for rate in {rate for _price, rate in lines}
        }
        return self.make_invoice(
            invoice_line_ids=[
                Command.create(
                    {
                        "name": "Works",
                        "quantity": 1,
                        "price_unit": price,
                        "tax_ids": [Command.set(taxes[rate].ids)],
                    }
                )
                for price, rate in lines
            ],
            **values,
        )

    def left(self, move):
        """Return what is left of an invoice: ``{is retention: amount}``."""
        return {due.is_retention: due.residual for due in self.echeances(move)}

    def retention(self, note):
        """Return what a credit note takes off the retention."""
        lines = note.line_ids.filtered("btp_is_retention")
        return -sum(lines.mapped("amount_currency"))

    def accept(self, move, amount, reason="price"):
        """Return the credit note of a dispute, posted."""
        note = self.contest(move, amount=amount, reason=reason).sudo()._accept()
        note.action_post()
        return note

    # === RATES OF VAT === #

    def test_several_rates_keep_their_proportions(self):
        move = self.make_rates((1000, 20), (400, 10), (333.33, 5.5), (-50, 20))
        taxes = {
            line.tax_line_id: -line.amount_currency / move.amount_untaxed
            for line in move.line_ids.filtered("tax_line_id")
        }
        for amount in (0.07, 99.99, 700):
            with self.subTest(amount):
                note = self.accept(move, amount)
                self.assertEqual(note.amount_total, amount)
                for line in note.line_ids.filtered("tax_line_id"):
                    share = taxes[line.tax_line_id] * note.amount_untaxed
                    self.assertAlmostEqual(line.amount_currency, share, delta=0.025)
        left = self.echeances(move).residual
        self.assertAlmostEqual(left, move.amount_total - 800.06, 2)

    def test_in_another_currency(self):
        currency = self.setup_other_currency("GBP", rates=[("2020-01-01", 3.0)])
        move = self.make_rates((100, 20), (33.35, 5.5), currency_id=currency.id)
        note = self.accept(move, 77.77)
        self.assertEqual((note.amount_total, note.currency_id), (77.77, currency))
        self.assertEqual(
            move.amount_residual, currency.round(move.amount_total - 77.77)
        )
        self.assertAlmostEqual(sum(note.line_ids.mapped("balance")), 0, 6)

    # === RETENTION === #

    def test_a_retention_paid_back_is_not_credited_again(self):
        move = self.make_retained(1000, 500)
        kept = move.line_ids.filtered("btp_is_retention")
        self.pay_line(kept)
        self.assertEqual(self.left(move), {False: 1710})
        note = self.accept(move, 600)
        self.assertEqual((self.retention(note), note.btp_retention_amount), (0, 0))
        self.assertEqual(self.left(move), {False: 1110})

    def test_the_retention_alone_is_contested(self):
        move = self.make_retained(1000, 500)
        self.pay_line(move.line_ids.filtered(self.is_net))
        self.assertEqual(self.left(move), {True: 90})
        dispute = self.contest(move, amount=50, reason="quality")
        self.assertEqual(self.left(move), {True: 40})
        note = dispute.sudo()._accept()
        self.assertEqual((self.retention(note), note.btp_retention_amount), (50, 50))
        note.action_post()
        self.assertEqual(self.left(move), {True: 40})
        self.assertFalse(note.amount_residual)

    def test_more_than_the_rest_can_bear(self):
        move = self.make_retained(1000, 500)
        self.pay(move, 1700)
        self.assertEqual(self.left(move), {False: 10, True: 90})
        note = self.accept(move, 70)
        self.assertEqual(self.retention(note), 60)
        self.assertEqual(self.left(move), {True: 30})
        self.assertAlmostEqual(sum(note.line_ids.mapped("balance")), 0, 6)

    def is_net(self, line):
        return line.display_type == "payment_term" and not line.btp_is_retention

    def pay_line(self, line):
        """Pay one journal item."""
        self.env["account.payment.register"].with_context(
            active_model="account.move.line", active_ids=line.ids
        ).create({})._create_payments()

    # === SITUATIONS === #

    def test_a_situation_in_part(self):
        move = self.make_retained(1000)
        chantier = move.btp_chantier_id
        chantier.write({"contract_amount": 10000, "advance_amount": 0})
        situation = self.make_invoice(
            btp_chantier_id=chantier.id,
            btp_billing_stage="situation",
            btp_claimed_cumul=3000,
            invoice_line_ids=[],
        )
        self.assertEqual(situation.btp_month_works, 3000)
        total = situation.amount_total
        note = self.accept(situation, 200)
        self.assertEqual(note.amount_total, 200)
        self.assertEqual(note.invoice_line_ids.btp_kind, "works")
        self.assertEqual(note.btp_retention_amount, 10)
        self.assertFalse(situation.btp_is_credited)
        self.assertEqual(sum(self.left(situation).values()), total - 200)
