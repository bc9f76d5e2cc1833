# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a customer contests: how it falls on the amounts due, and until when it is answered."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)


class Due(NamedTuple):
    """An amount due of a contested invoice.

    :param int id: database id of the journal item
    :param Decimal free: left to pay and not yet contested
    :param date date_due: when it is due
    :param bool is_retention: kept by the customer until the release
    """

    id: int
    free: Decimal
    date_due: date
    is_retention: bool = False


def allocate(amount: Decimal, dues: Iterable[Due]) -> dict[int, Decimal]:
    """Return which part of each amount due is contested.

    What is due last is contested first: the customer goes on paying what he admits at the
    dates agreed. A retention waits for its release anyway, and answers for what nothing
    else can.

    :param amount: contested, all taxes included
    :param dues: the amounts due of the invoice
    :return: ``{id: part}``, without those of which nothing is contested; less than
        ``amount`` in all where the invoice has less left
    """
    parts = {}
    order = sorted(dues, key=lambda due: (due.date_due, due.id), reverse=True)
    for due in sorted(order, key=lambda due: due.is_retention):
        part = min(amount, due.free)
        if part > ZERO:
            parts[due.id] = part
            amount -= part
    return parts


def reduce(amount: Decimal, parts: dict[int, Decimal]) -> dict[int, Decimal]:
    """Return what stays held of each part once only ``amount`` of them all does.

    The parts keep their order: those of what is due last come first.
    """
    held = {}
    for id_, part in parts.items():
        held[id_] = max(min(amount, part), ZERO)
        amount -= held[id_]
    return held
