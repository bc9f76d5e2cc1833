# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Plain rows: what a paper says, what it could be about, and why."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Clue(NamedTuple):
    """One reason for or against a candidate.

    :param str code: stable name; Odoo has a sentence for each
    :param float weight: what it is worth, below 0 against
    :param dict values: what the sentence needs
    """

    code: str
    weight: float
    values: dict


@dataclass(slots=True)
class Facts:
    """What a paper says, and what is known of how it came.

    :param dict values: as the reader calls them: ``ref_marche``, ``chantier``, ``montant_ht``…
    :param str text: all its words, plain
    :param str raw: all its words, as they stand
    :param set sirens: the SIREN that stand in them
    :param str our_name: name of the company that received it
    :param str our_siren: its 9 digits
    :param set senders: ids of the commercial partner who sent it
    :param asked_chantier: id of the chantier whose paper was asked for, or given by hand
    :param asked_invoice: the same for an invoice
    """

    kind: str
    values: dict = field(default_factory=dict)
    text: str = ""
    raw: str = ""
    sirens: frozenset = frozenset()
    our_name: str = ""
    our_siren: str = ""
    senders: frozenset = frozenset()
    asked_chantier: int | None = None
    asked_invoice: int | None = None
    today: date | None = None

    def get(self, name):
        """Return a value, None where the paper does not say it."""
        value = self.values.get(name)
        return None if value in ("", []) else value

    def day(self, name) -> date | None:
        """Return a date of the paper."""
        value = self.get(name)
        try:
            return date.fromisoformat(value) if value else None
        except (TypeError, ValueError):
            return None

    def amount(self, name) -> Decimal | None:
        """Return an amount of the paper."""
        value = self.get(name)
        try:
            return Decimal(str(value)).quantize(Decimal("0.01")) if value else None
        except ArithmeticError:
            return None


@dataclass(slots=True)
class Chantier:
    """A chantier as the matching sees it."""

    id: int
    name: str = ""
    code: str = ""
    contract: str = ""
    orders: tuple = ()
    city: str = ""
    customer_id: int | None = None
    customer: str = ""
    customer_siren: str = ""
    owner_id: int | None = None
    owner: str = ""
    moe_id: int | None = None
    moe: str = ""
    lots: tuple = ()
    orders_of_service: tuple = ()
    amount: Decimal = Decimal(0)
    contract_date: date | None = None
    start: date | None = None
    reception: date | None = None
    subcontract: bool = False


@dataclass(slots=True)
class Invoice:
    """A customer's invoice as the matching sees it."""

    id: int
    chantier_id: int | None = None
    number: str = ""
    order: str = ""
    situation: int = 0
    untaxed: Decimal = Decimal(0)
    total: Decimal = Decimal(0)
    net: Decimal = Decimal(0)
    day: date | None = None
    customer_id: int | None = None
    customer: str = ""
    open: bool = True


@dataclass(slots=True)
class Supplier:
    """A partner who may have written a bill or a certificate."""

    id: int
    name: str = ""
    siret: str = ""
    vat: str = ""
    ibans: tuple = ()
    bills: int = 0


@dataclass(slots=True)
class Ranked:
    """A candidate with what speaks for and against it."""

    chantier_id: int | None = None
    invoice_id: int | None = None
    supplier_id: int | None = None
    clues: tuple = ()
    #: probability that the paper is about it
    score: float = 0.0
    #: probability of the chantier alone, whatever the invoice
    chantier_score: float = 0.0

    @property
    def weight(self) -> float:
        """What all clues are worth together."""
        return sum(clue.weight for clue in self.clues)

    @property
    def key(self):
        """What it is."""
        return self.chantier_id, self.invoice_id, self.supplier_id
