# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Retention money (retenue de garantie): how much of an invoice, and until when.

Private works: loi 71-584 of 16 July 1971. Public contracts: code de la commande publique,
R2191-32 to R2191-42.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

#: Highest share of each payment, in percent (loi 71-584, art. 1; CCP R2191-33).
MAX_RATE = 5
#: Days that a public buyer has to pay back after the guarantee (CCP R2191-32 to R2191-42).
PUBLIC_DAYS = 30


class Works(NamedTuple):
    """What decides of the release.

    :param bool public: the buyer is a public one
    :param date reception: day of the réception, None before it
    :param date planned: day on which the réception is expected
    :param date guarantee_end: end of the guarantee period
    :param bool reserves: reserves were made
    :param date lifted: day on which they were lifted
    :param date substituted: day on which a bond took the place of the retention
    """

    public: bool = False
    reception: date | None = None
    planned: date | None = None
    guarantee_end: date | None = None
    reserves: bool = False
    lifted: date | None = None
    substituted: date | None = None


def release_on(works: Works, today: date) -> date:
    """Return the day on which the retention is to be paid back, or expected to be.

    Private: one year after the réception, with or without reserves, unless the owner
    opposed it (art. 2). Public: thirty days after the end of the guarantee, or after
    reserves notified before it were lifted. Without a réception the day can only be
    expected: never sooner than if it took place today.

    :param date today: the day on which the question is asked
    """
    if works.substituted:
        return works.substituted
    reception = works.reception or max(works.planned or today, today)
    end = works.guarantee_end if works.reception else None
    end = end or reception + relativedelta(years=1)
    if not works.public:
        return reception + relativedelta(years=1) if works.reception else end
    if works.reserves:
        end = max(end, works.lifted or today)
    return end + timedelta(days=PUBLIC_DAYS)


def amount(total, rate, digits: int = 2) -> Decimal:
    """Return the retention on ``total``, taxes included, at ``rate`` percent."""
    exact = Decimal(str(total)) * Decimal(str(rate)) / 100
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def fit(total, share, left, left_held) -> Decimal:
    """Return what a credit note takes off the retention, so that all of it can be matched.

    Its rate says how much: it falls with the price. No more than is still retained, and as
    much more as the rest of the invoice cannot bear.

    :param total: of the credit note
    :param share: by the rate
    :param left: left to pay of the invoice, beside the retention
    :param left_held: left of the retention
    """
    total, share, left, left_held = (
        Decimal(str(value)) for value in (total, share, left, left_held)
    )
    return max(min(max(share, total - left), left_held), Decimal(0))


def split(parts: Mapping, total, held) -> dict:
    """Take ``held`` off ``parts`` in proportion, so that they still sum to ``total - held``.

    The retention is a share of *each* payment: with several instalments each one bears
    its own. What rounding leaves goes to the last.

    :param parts: ``{key: amount}`` in the order of their dates
    :param total: their sum
    :param held: amount to take off
    :return: ``{key: amount left}``, exact to the cent
    """
    parts = {key: Decimal(str(value)) for key, value in parts.items()}
    total, held = Decimal(str(total)), Decimal(str(held))
    left, taken = {}, Decimal(0)
    for rank, (key, value) in enumerate(parts.items(), 1):
        share = held - taken
        if rank < len(parts):
            share = (held * value / total if total else Decimal(0)).quantize(
                held, ROUND_HALF_UP
            )
        taken += share
        left[key] = value - share
    return left
