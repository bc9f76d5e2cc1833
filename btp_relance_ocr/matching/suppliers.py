# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who wrote a bill or a certificate."""

from .ids import iban_of, siren_of, siret_of
from .model import Clue, Ranked
from .names import likeness
from .ranking import weigh


def rank_suppliers(facts, suppliers):
    """Rank who may have written a paper.

    :param Facts facts: what the paper says
    :param suppliers: rows of ``Supplier``
    :return: list of ``Ranked``, the likeliest first
    """
    return weigh(
        [
            Ranked(supplier_id=one.id, clues=tuple(of_supplier(facts, one)))
            for one in suppliers
        ]
    )


def of_supplier(facts, supplier) -> list[Clue]:
    """Return what speaks for and against a supplier."""
    return [
        *_numbers(facts, supplier),
        *_name(facts, supplier),
        *_bank(facts, supplier),
    ]


def _numbers(facts, supplier):
    """SIRET, else the SIREN that it shares with the VAT number."""
    read = facts.get("siret") or facts.get("tva_intracom")
    number = siren_of(read)
    known = siren_of(supplier.siret) or siren_of(supplier.vat)
    if not number or not known:
        return
    values = {"read": read, "known": supplier.siret or supplier.vat}
    if siret_of(read) and siret_of(read) == siret_of(supplier.siret):
        yield Clue("siret_same", 7.0, values)
    elif number == known:
        yield Clue("siren_same", 5.5, values)
    else:
        yield Clue("siret_other", -5.0, values)


def _name(facts, supplier):
    read = facts.get("entreprise")
    if not read:
        return
    alike = likeness(read, supplier.name)
    values = {"read": read, "known": supplier.name}
    if alike >= 92:
        yield Clue("supplier_same", 3.5, values)
    elif alike >= 82:
        yield Clue("supplier_like", 2.0, values)
    elif alike < 45:
        yield Clue("supplier_other", -2.0, values)


def _bank(facts, supplier):
    if supplier.id in facts.senders:
        yield Clue("sender_supplier", 2.0, {"name": supplier.name})
    read = iban_of(facts.get("iban"))
    if read and read in map(iban_of, supplier.ibans):
        yield Clue("iban_same", 3.0, {"read": read})
    if supplier.bills:
        yield Clue("billed_before", 0.5, {"name": supplier.name})
