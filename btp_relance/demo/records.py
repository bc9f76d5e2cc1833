# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the plan is made of. Plain values: no database, no Odoo."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ..engine import retention

#: Amounts that nobody reckons are multiples of it: they look like those of a quotation.
QUANTUM = Decimal("0.10")
CENT = Decimal("0.01")
#: Rates of the taxes that the plan uses: normal, reduced (renovation of dwellings), and
#: the reverse charge of subcontracted works (CGI 283-2 nonies).
TAX_RATES = {"v20": Decimal("0.20"), "v10": Decimal("0.10"), "reverse": Decimal(0)}


def money(amount) -> Decimal:
    """Round an amount before tax to the quantum of the plan."""
    steps = (Decimal(amount) / QUANTUM).quantize(Decimal(1), ROUND_HALF_UP)
    return (steps * QUANTUM).quantize(CENT)


def with_tax(amount: Decimal, tax: str) -> Decimal:
    """Return an amount with its tax, rounded as Odoo does for a whole invoice."""
    return amount + (amount * TAX_RATES[tax]).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Contact:
    """Somebody at the customer's; ``kind`` is Odoo's type of address."""

    name: str
    email: str = ""
    phone: str = ""
    function: str = ""
    kind: str = "contact"


@dataclass(frozen=True)
class Customer:
    key: str
    name: str
    regime: str
    payer: str
    street: str
    zip: str
    city: str
    term: str
    tag: str
    tax: str = "v20"
    email: str = ""
    phone: str = ""
    serial: int = 0
    vat: bool = True
    country: str = "FR"
    lang: str = "fr_FR"
    contacts: tuple[Contact, ...] = ()
    note: str = ""

    @property
    def is_person(self) -> bool:
        return self.regime == "b2c"


def family(customer: Customer) -> str:
    """Return ``public`` for the three public regimes, else the regime."""
    return "public" if customer.regime.startswith("public") else customer.regime


@dataclass(frozen=True)
class Chantier:
    """A contract.

    :ivar int start: months ago of its first situation
    :ivar int situations: how many were issued, one a month
    :ivar Decimal progress: share of the contract that they reach, in percent
    :ivar int advance: advance before the works, in percent of the contract
    """

    key: str
    customer: str
    name: str
    city: str
    manager: str
    amount: Decimal
    start: int
    situations: int
    progress: Decimal
    advance: int = 0
    extras: tuple[str, ...] = ()
    final: bool = False
    code: str = ""


@dataclass(frozen=True)
class Line:
    text: str
    amount: Decimal
    account: str = "works"
    kind: str = ""


@dataclass(frozen=True)
class Invoice:
    key: str
    customer: Customer
    date: date
    stage: str
    lines: tuple[Line, ...]
    term: str
    tax: str
    chantier: Chantier | None = None
    ref: str = ""
    staged: bool = False
    legal_file: bool = False
    number: int = 0
    cumul: Decimal = Decimal(0)
    index: Decimal = Decimal(0)
    visa: date | None = None
    papers: tuple[tuple[str, date], ...] = ()
    retention: int = 0
    release: date | None = None

    @property
    def untaxed(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def total(self) -> Decimal:
        return with_tax(self.untaxed, self.tax)

    @property
    def held(self) -> Decimal:
        """What the customer keeps until the release."""
        return retention.amount(self.total, self.retention)


@dataclass(frozen=True)
class Allocation:
    """Part of a payment that goes to one instalment of one invoice."""

    invoice: str
    instalment: int
    amount: Decimal


@dataclass(frozen=True)
class Payment:
    """Money received; without allocation it stays on the customer's account."""

    customer: str
    date: date
    memo: str
    allocations: tuple[Allocation, ...] = ()
    is_retention: bool = False
    unallocated: Decimal = Decimal(0)

    @property
    def amount(self) -> Decimal:
        return sum((part.amount for part in self.allocations), self.unallocated)


@dataclass(frozen=True)
class Credit:
    """A credit note. ``amount`` is before tax; None cancels the whole invoice.

    ``applied``, with tax, is what Odoo sets against the invoice: all of it when that is
    still open, else only the share of a retention still held.
    """

    invoice: str
    date: date
    reason: str
    amount: Decimal | None = None
    reconciled: bool = True
    applied: Decimal = Decimal(0)


@dataclass(frozen=True)
class Echeance:
    """What is left to pay today of one instalment."""

    invoice: Invoice
    instalment: int
    due: date
    amount: Decimal
    residual: Decimal
    is_retention: bool = False


@dataclass
class Plan:
    today: date
    customers: list[Customer]
    chantiers: list[Chantier]
    invoices: list[Invoice]
    credits: list[Credit] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    echeances: list[Echeance] = field(default_factory=list)
