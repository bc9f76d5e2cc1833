# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What speaks for and against an invoice of a chantier."""

from .model import Clue
from .names import likeness, plain
from .references import REFERENCE, compare, telling

#: Against several clues it is asked again.
ASKED_INVOICE = 4.0
#: Kinds that are about one invoice.
OF_INVOICE = ("situation", "certificat_paiement")


def of_invoice(facts, invoice) -> list[Clue]:
    """Return what speaks for and against an invoice, beside its chantier."""
    return [
        *_invoice_asked(facts, invoice),
        *_invoice_number(facts, invoice),
        *_situation(facts, invoice),
        *_amounts(facts, invoice),
        *_month(facts, invoice),
    ]


def _invoice_asked(facts, invoice):
    if facts.asked_invoice == invoice.id:
        yield Clue("asked_invoice", ASKED_INVOICE, {"known": invoice.number})


def _invoice_number(facts, invoice):
    read = facts.get("ref_facture")
    how = compare(read, invoice.number)
    values = {"read": read, "known": invoice.number}
    if how in REFERENCE:
        yield Clue(f"invoice_{how}", REFERENCE[how] * telling(read), values)
    elif how == "different":
        yield Clue("invoice_other", -3.0, values)
    elif facts.text and telling(invoice.number) >= 1.0:
        needle = plain(invoice.number)
        if needle and f" {needle} " in f" {facts.text} ":
            yield Clue("invoice_text", 4.0, {"known": invoice.number})


def _situation(facts, invoice):
    read = str(facts.get("ref_situation") or "").strip().lstrip("0")
    if not read.isdigit() or not invoice.situation:
        return
    values = {"read": read, "known": invoice.situation}
    if int(read) == invoice.situation:
        yield Clue("situation_same", 3.0, values)
    else:
        yield Clue("situation_other", -3.0, values)


def _amounts(facts, invoice):
    """To the cent, or admitted for less; a certificat never admits more."""
    total, untaxed = facts.amount("montant_ttc"), facts.amount("montant_ht")
    same = []
    if total and total in (invoice.total, invoice.net):
        same.append(total)
    if untaxed and untaxed == invoice.untaxed:
        same.append(untaxed)
    if same:
        yield Clue("amount_same", 2.5 + 0.5 * len(same), {"amount": str(same[0])})
    elif facts.kind in OF_INVOICE and untaxed and invoice.untaxed > 0:
        values = {"amount": str(untaxed), "known": str(invoice.untaxed)}
        if untaxed > invoice.untaxed:
            yield Clue("amount_more", -2.5, values)
        elif untaxed < invoice.untaxed / 2:
            yield Clue("amount_less", -1.0, values)
        else:
            yield Clue("amount_admitted", 0.5, values)


def _month(facts, invoice):
    read = str(facts.get("periode") or "")
    if len(read) != 7 or not invoice.day:
        return
    year, month = read.split("-")
    months = (invoice.day.year - int(year)) * 12 + invoice.day.month - int(month)
    values = {"read": read, "known": invoice.day.isoformat()}
    if months in (0, 1):
        yield Clue("month_same", 1.0, values)
    elif abs(months) > 2:
        yield Clue("month_other", -2.5, values)


def customer_of(facts, invoice):
    """Return what speaks for an invoice without a chantier: its customer and the sender."""
    if invoice.customer_id in facts.senders:
        yield Clue("sender_customer", 2.0, {"name": invoice.customer})
    read = facts.get("donneur_ordre")
    alike = likeness(read, invoice.customer) if read else 0
    values = {"read": read, "known": invoice.customer}
    if alike >= 88:
        yield Clue("customer_same", 2.5, values)
    elif read and alike < 50:
        yield Clue("customer_other", -2.0, values)
