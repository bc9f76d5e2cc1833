# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What credit notes and payments leave open, counted without a database."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from ..engine import retention
from .contracts import RELEASE_UNPAID_DAYS
from .payers import payment_date
from .records import Allocation, Credit, Echeance, Invoice, Payment, money, with_tax
from .staging import Staged
from .terms import instalments

#: Credit notes: invoice, share of it (None cancels it), days after it, reason, and
#: whether it is set against the invoice or stays on the customer's account.
CREDITS = (
    ("quais_a/sit04", 6, 12, "Quantités rectifiées après métré contradictoire", True),
    ("jules_verne/sit07", 4, 15, "Moins-value : banches fournies par vos soins", True),
    ("charmilles/sit09", 3, 20, "Pénalités de retard acceptées", True),
    ("ponts_de_ce/extra2", None, 5, "Facturé à tort : compris dans le marché", True),
    ("pornic/sit06", 5, 10, "Quantités rectifiées après métré contradictoire", True),
    ("urgences/sit05", 2, 18, "Nettoyage de chantier repris par nos soins", True),
    ("polyvalente/extra1", None, 7, "Erreur d'engagement juridique, refacturé", True),
    ("belvedere/sit03", 4, 14, "Moins-value sur évacuation des terres", True),
    ("cold_store/sit04", 2, 16, "Damaged joints replaced by others", True),
    ("brivet/sit03", 3, 95, "Moins-value : armatures non posées", False),
    ("quais_b/sit02", 2, 120, "Geste commercial – nettoyage des abords", False),
    ("polyvalente/sit09", 4, 130, "Moins-value au décompte général", False),
)

#: Money that came without saying what it pays: customer, days ago, and either an amount
#: or the staged invoice that it would settle.
UNALLOCATED = (
    (
        "pineau",
        2,
        "Virement sans référence",
        "Réfection d'un mur de clôture en pierre",
        0,
    ),
    ("atlantique", 6, "VIR ATLANTIQUE BATISSEURS", "", 7_500),
    ("ligerien", 9, "VIR GLC doublon", "", 4_200),
    ("acacias", 16, "CHQ 4410027 Cabinet Kerdrel", "", 1_500),
)

#: What the last payment of a customer lacks: bank fees from abroad, a typing error.
SHORT = {"shannon": Decimal("18.00"), "oph": Decimal("8.40")}


class Ledger:
    """Applies credit notes, then payments, to the instalments of the invoices."""

    def __init__(self, invoices: list[Invoice], today: date, seed: int):
        self.today = today
        self.seed = seed
        self.by_key = {invoice.key: invoice for invoice in invoices}
        self.parts = {invoice.key: instalments(invoice) for invoice in invoices}
        self.residual = {
            (key, index): amount
            for key, parts in self.parts.items()
            for index, (_due, amount) in enumerate(parts)
        }

    def credit_notes(self) -> list[Credit]:
        """Return the credit notes, those on account taking nothing off an invoice."""
        result = []
        for key, percent, days, reason, reconciled in CREDITS:
            invoice = self.by_key[key]
            amount = money(invoice.untaxed * percent / 100) if percent else None
            credit_date = min(invoice.date + timedelta(days=days), self.today)
            total = with_tax(amount, invoice.tax) if percent else invoice.total
            held = retention.amount(total, invoice.retention)
            if held:
                self.residual[key, self._retention_index(invoice)] -= held
            if reconciled:
                self.residual[key, 0] -= total - held
            applied = total if reconciled else held
            result.append(Credit(key, credit_date, reason, amount, reconciled, applied))
        return sorted(result, key=lambda credit: (credit.date, credit.invoice))

    def _retention_index(self, invoice: Invoice) -> int:
        """Return the rank of the retention among the instalments, -1 without one."""
        return len(self.parts[invoice.key]) - 1 if invoice.retention else -1

    def payments(self, staged: dict[str, Staged]) -> list[Payment]:
        """Return the payments received, one per customer and day."""
        # A retention is paid apart: it is owed on another account.
        runs: dict[tuple[str, date, bool], list[Allocation]] = defaultdict(list)
        partial: list[Payment] = []
        for invoice in self.by_key.values():
            row = staged.get(invoice.key)
            for index, (due, _amount) in enumerate(self.parts[invoice.key]):
                residual = self.residual[invoice.key, index]
                if not residual:
                    continue
                paid_on = self._paid_on(invoice, index, due, row)
                if paid_on:
                    allocation = Allocation(invoice.key, index, residual)
                    held = index == self._retention_index(invoice)
                    runs[invoice.customer.key, paid_on, held].append(allocation)
                elif row and row.paid and index == row.instalment:
                    partial.append(self._partial(invoice, index, due, row))
        payments = [
            Payment(customer, day, self._memo(customer, day), tuple(allocations), held)
            for (customer, day, held), allocations in runs.items()
        ]
        for customer in SHORT:
            payments = self._shorten(payments, customer)
        payments += partial
        for payment in payments:
            for part in payment.allocations:
                self.residual[part.invoice, part.instalment] -= part.amount
        return sorted(
            [*payments, *self._unallocated()],
            key=lambda item: (item.date, item.customer),
        )

    def _paid_on(self, invoice: Invoice, index: int, due: date, row: Staged | None):
        if row:
            return due if index < row.instalment else None
        held = index == self._retention_index(invoice)
        if held and due > self.today - timedelta(days=RELEASE_UNPAID_DAYS):
            return None
        random = Random(f"{self.seed}/paid/{invoice.key}/{index}")
        return payment_date(invoice, due, held, random, self.today)

    def _partial(self, invoice: Invoice, index: int, due: date, row: Staged) -> Payment:
        amount = money(self.residual[invoice.key, index] * row.paid / 100)
        day = min(due + timedelta(days=max(row.late // 3, 1)), self.today)
        memo = f"Règlement partiel {invoice.customer.name}"
        part = Allocation(invoice.key, index, amount)
        return Payment(invoice.customer.key, day, memo, (part,))

    def _memo(self, customer: str, day: date) -> str:
        return f"VIR {customer.upper()} {day:%d%m%y}"

    def _shorten(self, payments: list[Payment], customer: str) -> list[Payment]:
        """Take a few euros off the last transfer of a customer."""
        last = max(
            (payment for payment in payments if payment.customer == customer),
            key=lambda payment: payment.date,
        )
        *others, final = last.allocations
        part = replace(final, amount=final.amount - SHORT[customer])
        kept = [payment for payment in payments if payment is not last]
        if others:
            kept.append(replace(last, allocations=tuple(others)))
        return [*kept, replace(last, allocations=(part,))]

    def _unallocated(self) -> list[Payment]:
        result = []
        for customer, days, memo, text, amount in UNALLOCATED:
            settles = [
                invoice.total
                for invoice in self.by_key.values()
                if text and invoice.staged and invoice.lines[0].text == text
            ]
            total = sum(settles, Decimal(amount))
            day = self.today - timedelta(days=days)
            result.append(Payment(customer, day, memo, unallocated=total))
        return result

    def echeances(self) -> list[Echeance]:
        """Return what is left to pay, oldest first."""
        return sorted(
            (
                Echeance(
                    self.by_key[key],
                    index,
                    due,
                    amount,
                    self.residual[key, index],
                    index == self._retention_index(self.by_key[key]),
                )
                for key, parts in self.parts.items()
                for index, (due, amount) in enumerate(parts)
                if self.residual[key, index]
            ),
            key=lambda item: (item.due, item.invoice.key),
        )
