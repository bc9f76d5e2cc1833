# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The whole plan of the demo company, from a date and a seed: same input, same plan."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle

from .billing import Biller, plain_invoice
from .chantiers import CHANTIERS
from .customers_business import BUSINESSES
from .customers_others import OTHERS
from .ledger import Ledger
from .records import Chantier, Customer, Invoice, Plan
from .staging import staged_invoices
from .terms import month_end

SEED = 1789
INVOICES = 440

#: How the invoices outside any contract share out among the customers.
PLAIN_WEIGHTS = {
    "ligerien": 8,
    "oph": 9,
    "guerin": 8,
    "atlantique": 5,
    "commune": 4,
    "morvan": 4,
    "hopital": 4,
    "esh": 3,
    "estuaire": 6,
    "acacias": 2,
    "shannon": 2,
    "haddad": 1,
    "pineau": 1,
    "grellier": 1,
}


def build_plan(today: date, seed: int = SEED) -> Plan:
    """Return customers, chantiers, invoices, credit notes and payments as of ``today``."""
    customers = {customer.key: customer for customer in (*BUSINESSES, *OTHERS)}
    chantiers = {chantier.key: chantier for chantier in _with_codes(today)}
    rows, invoices = {}, []
    for row, invoice in staged_invoices(customers, chantiers, today):
        rows[invoice.key] = row
        invoices.append(invoice)
    for chantier in chantiers.values():
        customer = customers[chantier.customer]
        invoices += Biller(chantier, customer, today, seed).invoices()
    missing = INVOICES - len(invoices)
    invoices += _plain_invoices(customers, missing, today, seed)
    invoices.sort(key=lambda invoice: (invoice.date, invoice.key))
    ledger = Ledger(invoices, today, seed)
    return Plan(
        today=today,
        customers=list(customers.values()),
        chantiers=list(chantiers.values()),
        invoices=invoices,
        credits=ledger.credit_notes(),
        payments=ledger.payments(rows),
        echeances=ledger.echeances(),
    )


def _with_codes(today: date) -> Iterator[Chantier]:
    """Yield the chantiers, oldest first, with codes such as ``2025-014``."""
    numbers: Counter[int] = Counter()
    for chantier in sorted(CHANTIERS, key=lambda chantier: -chantier.start):
        year = month_end(today, chantier.start).year
        numbers[year] += 3
        yield replace(chantier, code=f"{year}-{numbers[year]:03d}")


def _plain_invoices(
    customers: dict[str, Customer], count: int, today: date, seed: int
) -> Iterator[Invoice]:
    """Yield ``count`` invoices outside any contract."""
    left = dict(PLAIN_WEIGHTS)
    done: Counter[str] = Counter()
    keys = cycle(PLAIN_WEIGHTS)
    while done.total() < count:
        if not any(left.values()):
            left = dict(PLAIN_WEIGHTS)
        key = next(keys)
        if left[key]:
            left[key] -= 1
            done[key] += 1
            yield plain_invoice(customers[key], done[key], today, seed)
