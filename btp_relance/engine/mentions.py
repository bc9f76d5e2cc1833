# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compulsory mentions of an invoice: what is missing, and the article that asks for it."""

import re
from datetime import date
from typing import NamedTuple

TRADE = "C. com. L441-9"
TAX = "CGI ann. II, 242 nonies A"
PUBLIC = "CCP D2192-2"
INSURANCE = "C. ass. L243-2"

#: The indemnity is stated as a figure: a reference to the decree is not enough.
FORTY_EUROS = re.compile(r"\b40(?:[.,]00)?\s*(?:€|euros?\b|EUR\b)", re.IGNORECASE)
PENALTY_RATE = re.compile(
    r"(?:p[ée]nalit|int[ée]r[êe]ts?\b|penalt|interest)[^§]{0,200}?(?:\d\s*%|\btaux\b|\brate\b)",
    re.IGNORECASE | re.DOTALL,
)
REVERSE_CHARGE = re.compile(r"autoliquidation|reverse charge", re.IGNORECASE)
EXEMPTION = re.compile(
    r"\bCGI\b|code g[ée]n[ée]ral des imp[ôo]ts|autoliquidation", re.I
)
INSURER = re.compile(r"assur|insur", re.IGNORECASE)


class Facts(NamedTuple):
    """What an invoice states, as far as the check needs it.

    :param regime: regime of the customer
    :param works: it is about a chantier: the insurance duty applies
    :param seller_address: the seller's name and full address are known
    :param buyer_address: so are the buyer's, for billing
    :param seller_number: SIRET of the seller
    :param seller_vat: VAT number of the seller
    :param buyer_number: SIRET of the buyer
    :param executed_on: date of the sale or of the works
    :param lines: ``(label, quantity, has a tax)`` of each line
    :param ordered: the buyer issued a purchase order
    :param order: the invoice states it
    :param engagement: it states the engagement or the contract's number
    :param text: all that is printed around the lines
    """

    regime: str = "b2b"
    works: bool = True
    seller_address: bool = True
    buyer_address: bool = True
    seller_number: bool = True
    seller_vat: bool = True
    buyer_number: bool = True
    executed_on: date | None = None
    due_on: date | None = None
    lines: tuple = ()
    reverse_charge: bool = False
    ordered: bool = False
    order: bool = False
    engagement: bool = False
    service_code: bool = False
    text: str = ""


class Finding(NamedTuple):
    """A mention to complete.

    :param code: stable name of the mention
    :param article: what asks for it
    """

    code: str
    article: str


def missing(facts: Facts) -> list[Finding]:
    """Return the compulsory mentions that the invoice lacks, in the order of the page."""
    return [
        *_parties(facts),
        *_works(facts),
        *_taxes(facts),
        *_late_payment(facts),
        *(_public(facts) if facts.regime.startswith("public") else _order(facts)),
    ]


def _parties(facts):
    article = TRADE if facts.regime == "b2b" else TAX
    if not facts.seller_address:
        yield Finding("seller_address", article)
    if not facts.buyer_address:
        yield Finding("buyer_address", article)


def _works(facts):
    article = TRADE if facts.regime == "b2b" else TAX
    if not facts.executed_on:
        yield Finding("executed_on", article)
    if any(not label or not quantity for label, quantity, _tax in facts.lines):
        yield Finding("quantity", article)
    if facts.regime == "b2b" and not facts.due_on:
        yield Finding("due_on", TRADE)
    if facts.works and not INSURER.search(facts.text):
        yield Finding("insurer", INSURANCE)


def _taxes(facts):
    if facts.reverse_charge:
        if not REVERSE_CHARGE.search(facts.text):
            yield Finding("reverse_charge", TAX)
    elif any(not tax for _label, _quantity, tax in facts.lines):
        if not EXEMPTION.search(facts.text):
            yield Finding("vat", TAX)
    if not facts.seller_vat and any(tax for _label, _quantity, tax in facts.lines):
        yield Finding("seller_vat", TAX)


def _late_payment(facts):
    """The rate and the 40 € between businesses; never the 40 € to a consumer."""
    forty = FORTY_EUROS.search(facts.text)
    if facts.regime == "b2b":
        if not PENALTY_RATE.search(facts.text):
            yield Finding("penalty_rate", TRADE)
        if not forty:
            yield Finding("forty_euros", TRADE)
    elif facts.regime in ("b2c", "nonpro") and forty:
        yield Finding("forty_euros_consumer", "C. com. D441-5")


def _order(facts):
    """A purchase order is compulsory only where the buyer issued one (CEPC 19-11)."""
    if facts.regime == "b2b" and facts.ordered and not facts.order:
        yield Finding("purchase_order", TRADE)


def _public(facts):
    for code in ("seller_number", "buyer_number", "engagement", "service_code"):
        if not getattr(facts, code):
            yield Finding(code, PUBLIC)
