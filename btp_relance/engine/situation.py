# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The arithmetic of a situation de travaux: from the cumulative state of the works to the net.

Everything is cumulative: what is due this month is what is due to date less what was due
before. Forget a month, correct the next, and the sum is still right. Money is Decimal and
rounded half up, once per amount that the customer reads.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)
CENT = Decimal("0.01")
#: A firm price is brought up to date beyond them, at conditions as long before the start.
ACTUALISED_AFTER = relativedelta(months=3)


class Terms(NamedTuple):
    """What the contract says. Amounts before tax, rates in percent.

    :param total: contract and signed avenants
    :param fixed_part: part of the price that no index moves; ``None``: firm price
    :param base_index: index at the month of the price
    :param start_index: index three months before the start of the works, where it brings a
        firm price up to date
    :param decimals: decimals to which the coefficient is rounded up
    :param advance: advance received
    :param refund_start: progress at which the advance begins to be taken back
    :param refund_end: progress at which all of it was taken back
    :param unit: smallest amount of the currency
    """

    total: Decimal = ZERO
    fixed_part: Decimal | None = None
    base_index: Decimal = ZERO
    start_index: Decimal = ZERO
    decimals: int = 3
    advance: Decimal = ZERO
    refund_start: Decimal = Decimal(65)
    refund_end: Decimal = Decimal(80)
    unit: Decimal = CENT


class Works(NamedTuple):
    """The state of the works that a situation tells.

    :param cumul: works to date, at the prices of the contract
    :param previous: the same at the situation before
    :param index: index of the month; 0: not published yet, no revision
    :param regularisation: what definitive indexes change in the situations before
    :param penalties: site penalties deducted this month, positive
    :param refunded: advance taken back by the situations before
    :param final: last account of the contract: whatever is left of the advance is due
    """

    cumul: Decimal
    previous: Decimal = ZERO
    index: Decimal = ZERO
    regularisation: Decimal = ZERO
    penalties: Decimal = ZERO
    refunded: Decimal = ZERO
    final: bool = False


class Situation(NamedTuple):
    """What a situation bills before tax; ``refund`` and ``penalties`` are deducted."""

    gross: Decimal
    progress: Decimal
    coefficient: Decimal
    revision: Decimal
    regularisation: Decimal
    refund: Decimal
    penalties: Decimal

    @property
    def untaxed(self) -> Decimal:
        """Amount before tax."""
        moved = self.revision + self.regularisation
        return self.gross + moved - self.refund - self.penalties


class Settlement(NamedTuple):
    """From the amount before tax to the net that is due at the normal date."""

    taxes: dict[Decimal, Decimal]
    total: Decimal
    retention: Decimal
    net: Decimal


def exact(value: float | int | None) -> Decimal:
    """Return the number that a person reads, not its binary neighbour."""
    return Decimal(repr(value or 0))


def rounded(amount: Decimal, unit: Decimal = CENT) -> Decimal:
    """Return an amount in whole units of its currency, halves away from zero."""
    return (amount / unit).quantize(ONE, ROUND_HALF_UP) * unit


def progress(cumul: Decimal, total: Decimal) -> Decimal:
    """Return the progress in percent; 0 when the amount of the contract is not known."""
    return cumul / total * HUNDRED if total else ZERO


def coefficient(
    index: Decimal, base: Decimal, fixed_part: Decimal | None, decimals: int = 3
) -> Decimal:
    """Return the revision coefficient ``fixed + (1 - fixed) × I / I0``, rounded up.

    A firm price (``fixed_part`` is None), an index not published yet or a base that
    nobody entered leave the price as it is.

    :param decimals: 3 is the thousandth of the CCAG Travaux
    """
    if fixed_part is None or not index or not base:
        return ONE
    exact = fixed_part + (ONE - fixed_part) * index / base
    return exact.quantize(ONE.scaleb(-decimals), ROUND_CEILING)


def is_actualised(priced_on: date | None, start: date | None) -> bool:
    """Return whether a firm price is brought up to date: the works start late (CCP R2112-11).

    :param priced_on: date of the price
    :param start: start of the works
    """
    return bool(priced_on and start and start > priced_on + ACTUALISED_AFTER)


def revise(gross: Decimal, terms: Terms, index: Decimal) -> tuple[Decimal, Decimal]:
    """Return the coefficient of the price, and what it adds to works of this amount.

    A revised price follows the index of the month; a firm one is brought up to date once and
    for all by ``I(start - 3 months) / I0``.
    """
    if terms.fixed_part is None:
        moved = (terms.start_index, terms.base_index, ZERO)
    else:
        moved = (index, terms.base_index, terms.fixed_part)
    factor = coefficient(*moved, terms.decimals)
    return factor, rounded(gross * (factor - ONE), terms.unit)


def refund_to_date(
    advance: Decimal, done: Decimal, start: Decimal, end: Decimal, unit: Decimal = CENT
) -> Decimal:
    """Return the advance to be taken back in all once ``done`` percent is executed.

    :param start: progress at which it begins; 65 where a public contract is silent
    :param end: progress at which all is back; not after ``start``: all at once
    """
    if end <= start:
        return advance if done >= start else ZERO
    share = min(max((done - start) / (end - start), ZERO), ONE)
    return rounded(advance * share, unit)


def bill(terms: Terms, works: Works) -> Situation:
    """Return what a situation bills, from the state of the works.

    The advance is never taken back beyond what the month brings in: the rest waits for
    the next situation, since the refund is cumulative too.

    :raise ValueError: the works went down, or penalties are negative: a credit note and
        a claim are not situations
    """
    if works.cumul < works.previous:
        raise ValueError("The works to date went down.")
    if works.penalties < ZERO:
        raise ValueError("Penalties are deducted: give them as a positive amount.")
    gross = rounded(works.cumul - works.previous, terms.unit)
    factor, revision = revise(gross, terms, works.index)
    done = progress(works.cumul, terms.total)
    due = terms.advance
    if not works.final:
        due = refund_to_date(
            terms.advance, done, terms.refund_start, terms.refund_end, terms.unit
        )
    available = gross + revision + works.regularisation - works.penalties
    refund = max(min(due - works.refunded, available), ZERO)
    return Situation(
        gross, done, factor, revision, works.regularisation, refund, works.penalties
    )


def split(amount: Decimal, weights: Sequence[Decimal], unit: Decimal = CENT):
    """Return the shares of an amount in the proportion of the weights; their sum is the amount.

    :param weights: amounts of the lots of the contract, all positive
    """
    total, before, done = sum(weights, ZERO), ZERO, ZERO
    shares = []
    for weight in weights:
        done += weight
        to_date = rounded(amount * done / total, unit)
        shares.append(to_date - before)
        before = to_date
    return shares


def settle(
    bases: Mapping[Decimal, Decimal],
    retention_rate: Decimal = ZERO,
    reverse_charge: bool = False,
    unit: Decimal = CENT,
) -> Settlement:
    """Return taxes, total, retention and net of a situation.

    The retention is withheld from the payment, thus from the total with tax (loi
    n° 71-584); under reverse charge (CGI 283-2 nonies) there is no tax and that total is
    the amount before tax.

    :param bases: amount before tax by rate of tax, in percent
    :param retention_rate: in percent
    """
    taxes = {
        rate: ZERO if reverse_charge else rounded(base * rate / HUNDRED, unit)
        for rate, base in bases.items()
    }
    total = sum(bases.values(), ZERO) + sum(taxes.values(), ZERO)
    retention = rounded(total * retention_rate / HUNDRED, unit)
    return Settlement(taxes, total, retention, total - retention)


def prorata(gross: Decimal, rate: Decimal, unit: Decimal = CENT) -> Decimal:
    """Return the share of the site's common expenses, owed to the manager of the account.

    :param rate: in percent of the works of the month
    """
    return rounded(gross * rate / HUNDRED, unit)
