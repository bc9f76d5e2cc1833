# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Late payment interest: what a debt bore, day by day, and at which rate.

Three laws, one reckoning. A period of interest ends where the principal changes (a payment)
or where the rate changes (a half-year, except for a public buyer whose rate is frozen); each
bears ``principal × rate × days / 365``, and only the sum is rounded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
HUNDRED = Decimal(100)
#: Points added to the rate of the ECB (C. com. L441-10 II; CCP R2192-31).
BUSINESS_POINTS = Decimal(10)
PUBLIC_POINTS = Decimal(8)
#: A rate agreed between professionals is at least so many times the legal one (L441-10 II).
FLOOR_TIMES = Decimal(3)

PUBLIC = ("public_30", "public_50", "public_60")
CONSUMER = ("b2c", "nonpro")

#: A half-year: its year and 1 (January to June) or 2 (July to December).
Semester = tuple[int, int]


class MissingRate(LookupError):
    """The rates of a half-year are not known: nothing is ever reckoned with others.

    :param tuple semester: the half-year, as ``(year, half)``
    """

    #: The indemnity needs no rate: it is known all the same.
    indemnity = ZERO

    def __init__(self, semester: Semester):
        super().__init__("{}-{}".format(*semester))
        self.semester = semester


@dataclass(frozen=True)
class Rates:
    """What is published for a half-year, in percent a year.

    :param Decimal ecb: main refinancing rate of the ECB on its first day
    :param Decimal legal: legal rate where the creditor is a professional (“autres cas”)
    """

    ecb: Decimal
    legal: Decimal


@dataclass(frozen=True)
class Agreed:
    """A rate that the contract states between professionals.

    :param str kind: ``fixed`` (percent a year) or ``legal`` (a multiple of the legal rate)
    :param Decimal value: the percentage, or the multiple
    """

    kind: str
    value: Decimal

    def at(self, rates: Rates) -> Decimal:
        """Return the rate agreed for a half-year, in percent a year."""
        return self.value * rates.legal if self.kind == "legal" else self.value


@dataclass(frozen=True)
class Debt:
    """A principal due on a date, and what settled it since.

    :param date due: last day on which it could be paid without being late
    :param Decimal principal: what was due, all taxes included, without the retention
    :param payments: ``(day, amount)`` pairs; the day is that on which we had the money
    """

    due: date
    principal: Decimal
    payments: tuple[tuple[date, Decimal], ...] = ()


@dataclass(frozen=True)
class Terms:
    """What decides of the interest of a claim.

    :param str regime: ``b2b``, ``b2c``, ``nonpro`` or one of the public ones
    :param rates: what is published, by half-year
    :param agreed: the rate of the contract, between professionals only
    :param notice: day on which a consumer received the formal notice
    :param stop: day of the judgment that opens insolvency proceedings (C. com. L622-28)
    :param decided: days already invoiced or waived, as ``(first, last)``: none of them is
        claimed a second time
    :param str imputation: ``principal_first`` or ``interest_first`` (C. civ. 1343-1)
    :param int year_days: days that the yearly rate is divided by, in leap years too
    :param Decimal indemnity: fixed indemnity for recovery costs (C. com. D441-5)
    :param Decimal cent: smallest amount of the currency
    """

    regime: str
    rates: Mapping[Semester, Rates]
    agreed: Agreed | None = None
    notice: date | None = None
    stop: date | None = None
    decided: tuple[tuple[date, date], ...] = ()
    imputation: str = "principal_first"
    year_days: int = 365
    indemnity: Decimal = Decimal(40)
    cent: Decimal = Decimal("0.01")


@dataclass(frozen=True)
class Period:
    """Days during which neither the principal nor the rate changed, both ends included.

    :param bool floored: the contract agreed on less: the legal minimum applies
    :param Decimal amount: unrounded
    """

    start: date
    end: date
    days: int
    principal: Decimal
    rate: Decimal
    amount: Decimal
    floored: bool = False


@dataclass(frozen=True)
class Claim:
    """What a late payment entails.

    :param Decimal total: interest of all periods, rounded once
    :param Decimal indemnity: 0 where the law grants none
    :param Decimal interest_left: interest that no payment was imputed to
    :param Decimal principal_left: principal that no payment was imputed to
    """

    periods: tuple[Period, ...] = ()
    total: Decimal = ZERO
    indemnity: Decimal = ZERO
    interest_left: Decimal = ZERO
    principal_left: Decimal = ZERO

    @property
    def is_late(self) -> bool:
        """Whether at least one day of delay counts."""
        return bool(self.periods)

    @property
    def stretches(self) -> tuple["Stretch", ...]:
        """The days claimed without a break, in order; their amounts add up to the total.

        Several where days in between were already decided.
        """
        runs: list[list[Period]] = []
        last = None
        for period in sorted(self.periods, key=lambda known: known.start):
            if not runs or period.start > last + timedelta(days=1):
                runs.append([])
                last = period.end
            runs[-1].append(period)
            last = max(last, period.end)
        cents = -self.total.as_tuple().exponent if self.total else 2
        stretches, left = [], self.total
        for rank, run in enumerate(runs, 1):
            amount = left
            if rank < len(runs):
                amount = round(sum((period.amount for period in run), ZERO), cents)
            left -= amount
            end = max(period.end for period in run)
            stretches.append(Stretch(run[0].start, end, amount))
        return tuple(stretches)


@dataclass(frozen=True)
class Stretch:
    """Days of a claim without a break, both ends included, and their interest."""

    start: date
    end: date
    amount: Decimal


@dataclass
class _Reckoning:
    """One debt on its way through its payments."""

    terms: Terms
    began: date
    principal: Decimal
    interest: Decimal = ZERO
    paid_interest: Decimal = ZERO
    periods: list[Period] = field(default_factory=list)

    def run(self, after: date, until: date):
        """Add the interest of the days after ``after``, up to ``until`` included."""
        if self.principal <= ZERO:
            return
        for half in split(after, until, frozen=self.terms.regime in PUBLIC):
            for start, end in undecided(*half, self.terms.decided):
                self._bear(start, end)

    def _bear(self, start: date, end: date):
        """Add the interest of days during which nothing changes."""
        days = (end - start).days + 1
        rate, floored = rate_on(self.terms, start, self.began)
        amount = (
            self.principal * rate * days / (HUNDRED * Decimal(self.terms.year_days))
        )
        self.interest += amount
        self.periods.append(
            Period(start, end, days, self.principal, rate, amount, floored)
        )

    def pay(self, amount: Decimal):
        """Impute a payment."""
        if self.terms.imputation == "interest_first":
            # Interest that a payment settles is settled to the cent.
            settled = min(amount, round_to(self.interest, self.terms.cent))
            if settled:
                amount -= settled
                self.paid_interest += settled
                left = round_to(self.interest, self.terms.cent) - settled
                self.interest = left
        self.principal = max(self.principal - amount, ZERO)


def semester(day: date) -> Semester:
    """Return the half-year of a day."""
    return day.year, 1 if day.month <= 6 else 2


def semester_end(day: date) -> date:
    """Return the last day of the half-year of ``day``."""
    return date(day.year, 6, 30) if day.month <= 6 else date(day.year, 12, 31)


def split(after: date, until: date, frozen: bool = False) -> Iterable[tuple]:
    """Yield the days after ``after`` up to ``until`` as ``(first, last)``, one half-year at
    a time unless the rate is ``frozen``."""
    start = after + timedelta(days=1)
    while start <= until:
        end = until if frozen else min(until, semester_end(start))
        yield start, end
        start = end + timedelta(days=1)


def undecided(start: date, end: date, decided: Iterable[tuple]) -> Iterable[tuple]:
    """Yield the days from ``start`` to ``end`` that no pair of ``decided`` covers, as
    ``(first, last)``."""
    for first, last in sorted(decided):
        if start < first:
            yield start, min(end, first - timedelta(days=1))
        start = max(start, last + timedelta(days=1))
        if start > end:
            return
    yield start, end


def round_to(amount: Decimal, cent: Decimal) -> Decimal:
    """Return ``amount`` rounded to the currency, halves away from zero."""
    return (amount / cent).quantize(Decimal(1), rounding=ROUND_HALF_UP) * cent


def floor(rates: Rates) -> Decimal:
    """Return the lowest rate that professionals may agree on (C. com. L441-10 II)."""
    return FLOOR_TIMES * rates.legal


def rates_of(rates: Mapping[Semester, Rates], wanted: Semester) -> Rates:
    """Return the rates of a half-year.

    :raise MissingRate: they are not known; those of another one are never used
    """
    if wanted not in rates:
        raise MissingRate(wanted)
    return rates[wanted]


def rate_on(terms: Terms, day: date, began: date) -> tuple[Decimal, bool]:
    """Return the rate of a day in percent a year, and whether the floor replaced it.

    The floor binds a rate that was agreed, not the default one: the ECB's rate plus ten
    points may be below it (L441-10 II).

    :param date began: first day of interest, whose half-year decides for a public buyer
    """
    if terms.regime in PUBLIC:
        # R2192-31: the rate in force on the first day of the half-year of its start.
        return rates_of(terms.rates, semester(began)).ecb + PUBLIC_POINTS, False
    rates = rates_of(terms.rates, semester(day))
    if terms.regime in CONSUMER:
        return rates.legal, False
    if terms.agreed is None:
        return rates.ecb + BUSINESS_POINTS, False
    agreed, least = terms.agreed.at(rates), floor(rates)
    return max(agreed, least), agreed < least


def starts_after(terms: Terms, due: date) -> date | None:
    """Return the day after which a debt bears interest, if it ever does.

    A consumer, or who the law treats alike, owes interest from the day on which the formal
    notice was received (C. civ. 1231-6, 1344-1); others from the due date, without any.
    """
    if terms.regime not in CONSUMER:
        return due
    return terms.notice and max(due, terms.notice)


def reckon(debts: Sequence[Debt], terms: Terms, until: date) -> Claim:
    """Return what the late payment of ``debts`` entails up to ``until`` included.

    The debts are the instalments of one invoice: their interest is rounded together, and the
    indemnity is due once. What was paid in full stops bearing interest that day, whatever
    the imputation: the rest is claimed as interest.

    :param Terms terms: regime, rates and what else decides
    :param date until: last day to reckon
    :raise MissingRate: a half-year that is needed is not known
    """
    if terms.stop:
        until = min(until, terms.stop)
    professional = terms.regime not in CONSUMER
    indemnity = terms.indemnity if professional and any_late(debts, until) else ZERO
    try:
        runs = [_reckon_one(debt, terms, until) for debt in debts]
    except MissingRate as error:
        error.indemnity = indemnity
        raise
    paid = sum((run.paid_interest for run in runs), ZERO)
    left = round_to(sum((run.interest for run in runs), ZERO), terms.cent)
    return Claim(
        periods=tuple(period for run in runs for period in run.periods),
        total=paid + left,
        indemnity=indemnity,
        interest_left=left,
        principal_left=sum((run.principal for run in runs), ZERO),
    )


def any_late(debts: Iterable[Debt], until: date) -> bool:
    """Return whether something was still owed the day after it was due."""
    return any(
        until > debt.due
        and debt.principal
        > sum(amount for day, amount in debt.payments if day <= debt.due)
        for debt in debts
    )


def _reckon_one(debt: Debt, terms: Terms, until: date) -> _Reckoning:
    payments = sorted(debt.payments)
    if payments and sum(amount for _day, amount in payments) >= debt.principal:
        until = min(until, payments[-1][0])
    start = starts_after(terms, debt.due)
    run = _Reckoning(
        terms,
        began=start + timedelta(days=1) if start else debt.due,
        principal=debt.principal,
    )
    for day, amount in payments:
        if day > until:
            break
        if start and day > start:
            run.run(start, day)
            start = day
        run.pay(amount)
    if start:
        run.run(start, until)
    return run
