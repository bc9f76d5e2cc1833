# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payment terms of the demo company, and the calendar that goes with them."""

import calendar
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ..engine import retention
from .records import CENT, Invoice


class Part(NamedTuple):
    """One instalment: share in percent, days, and whether they count from month end."""

    percent: int
    days: int
    end_of_month: bool = False


class Term(NamedTuple):
    name: str
    parts: tuple[Part, ...]


TERMS = {
    "now": Term("À réception de facture", (Part(100, 0),)),
    "net30": Term("30 jours nets", (Part(100, 30),)),
    "eom45": Term("45 jours fin de mois", (Part(100, 45, True),)),
    "net50": Term("50 jours (établissement public de santé)", (Part(100, 50),)),
    "net60": Term("60 jours date de facture", (Part(100, 60),)),
    "thirds": Term(
        "30 % à la commande, 30 % à 30 jours, 40 % à 60 jours",
        (Part(30, 0), Part(30, 30), Part(40, 60)),
    ),
}


def month_end(day: date, months_ago: int = 0) -> date:
    """Return the last day of the month that lies ``months_ago`` before ``day``'s."""
    year, month = divmod(day.year * 12 + day.month - 1 - months_ago, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def working_day(day: date, forward: bool = False) -> date:
    """Return ``day``, moved off the week-end."""
    while day.weekday() > 4:
        day += timedelta(days=1 if forward else -1)
    return day


def instalments(invoice: Invoice) -> list[tuple[date, Decimal]]:
    """Return what is due when for an invoice, its retention last if it bears one."""
    parts = schedule(invoice.term, invoice.date, invoice.total)
    if not invoice.retention:
        return parts
    amounts = dict(enumerate(amount for _due, amount in parts))
    left = retention.split(amounts, invoice.total, invoice.held)
    return [
        *((due, left[index]) for index, (due, _amount) in enumerate(parts)),
        (invoice.release, invoice.held),
    ]


def schedule(term: str, day: date, total: Decimal) -> list[tuple[date, Decimal]]:
    """Return what is due when for an invoice, the last part taking the rest."""
    parts = TERMS[term].parts
    result, rest = [], total
    for part in parts:
        start = month_end(day) if part.end_of_month else day
        share = (total * part.percent / 100).quantize(CENT, ROUND_HALF_UP)
        amount = rest if part is parts[-1] else share
        rest -= amount
        result.append((start + timedelta(days=part.days), amount))
    return result
