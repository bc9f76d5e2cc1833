# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payments, registered as the payment wizard does and matched with what they pay."""

from odoo import Command

from .load_company import refresh_statistics
from .records import Payment, Plan


class PaymentLoader:
    def __init__(self, env, setup, partners: dict, moves):
        self.env = env
        self.setup = setup
        self.partners = partners
        self.moves = moves

    def load(self, plan: Plan):
        """Register every payment in one run of the wizard that a user opens.

        Its stages take many payments at once; one wizard a payment would cost ten times
        more. The last one, matching, goes straight to the plan that the wizard makes.
        """
        receivable = self._receivable_lines()
        paid = [self._paid_lines(payment, receivable) for payment in plan.payments]
        to_process = [
            {
                "create_vals": self._values(payment, lines),
                "to_reconcile": lines,
                "batch": {},
            }
            for payment, lines in zip(plan.payments, paid, strict=True)
        ]
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move.line", active_ids=paid[0].ids)
            .create({"journal_id": self.setup.bank.id})
        )
        payments = wizard._init_payments(to_process)
        refresh_statistics(self.env)
        wizard._post_payments(to_process)
        refresh_statistics(self.env)
        self.env["account.move.line"]._reconcile_plan(
            [
                lines + self._receivable(payment.move_id)
                for payment, lines in zip(payments, paid, strict=True)
                if lines
            ]
        )

    def _receivable_lines(self) -> dict:
        """Return the instalments of each invoice, by its key, in order of due date."""
        return {
            key: self._receivable(move).sorted(
                lambda line: (line.btp_is_retention, line.date_maturity)
            )
            for key, move in self.moves.by_key.items()
        }

    def _receivable(self, move):
        return move.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )

    def _values(self, payment: Payment, lines) -> dict:
        partner = self.partners[payment.customer]
        return {
            "date": payment.date,
            "amount": float(payment.amount),
            "payment_type": "inbound",
            "partner_type": "customer",
            "memo": payment.memo,
            "journal_id": self.setup.bank.id,
            "company_id": self.setup.company.id,
            "currency_id": self.setup.company.currency_id.id,
            "partner_id": partner.id,
            "payment_method_line_id": self.setup.bank.inbound_payment_method_line_ids[
                :1
            ].id,
            "destination_account_id": (
                self.setup.company.btp_retention_account_id
                if payment.is_retention
                else partner.property_account_receivable_id
            ).id,
            "invoice_ids": [Command.set(lines.move_id.ids)],
        }

    def _paid_lines(self, payment: Payment, receivable: dict):
        lines = self.env["account.move.line"]
        for part in payment.allocations:
            lines += receivable[part.invoice][part.instalment]
        return lines
