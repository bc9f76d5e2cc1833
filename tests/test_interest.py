# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Late payment interest to the cent: the worked examples, and the traps of the law."""

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.interest import (  # noqa: E402
    Agreed,
    Debt,
    MissingRate,
    Rates,
    Terms,
    floor,
    reckon,
    semester,
)

pytestmark = pytest.mark.pure

D = Decimal
#: ECB and legal rate “autres cas”, as published.
RATES = {
    (2023, 2): Rates(D("4.00"), D("4.22")),
    (2024, 1): Rates(D("4.50"), D("5.07")),
    (2024, 2): Rates(D("4.25"), D("4.92")),
    (2025, 1): Rates(D("3.15"), D("3.71")),
    (2025, 2): Rates(D("2.15"), D("2.76")),
    (2026, 1): Rates(D("2.15"), D("2.62")),
}


def claim(principal, due, until, *payments, regime="b2b", **terms):
    """Reckon one debt; days are ISO strings and amounts strings."""
    for name in ("notice", "stop"):
        if name in terms:
            terms[name] = date.fromisoformat(terms[name])
    terms["decided"] = tuple(
        tuple(map(date.fromisoformat, days)) for days in terms.get("decided", ())
    )
    debt = Debt(
        date.fromisoformat(due),
        D(principal),
        tuple((date.fromisoformat(day), D(amount)) for day, amount in payments),
    )
    return reckon([debt], Terms(regime, RATES, **terms), date.fromisoformat(until))


def cents(amount):
    """Return an amount of the worked examples, which show each period to the cent."""
    return amount.quantize(D("0.01"))


# === THE WORKED EXAMPLES ===


def test_example_a_the_rate_follows_the_half_year():
    result = claim("12000.00", "2025-05-31", "2025-12-31", ("2025-09-15", "12000.00"))
    assert [(p.days, p.rate, cents(p.amount)) for p in result.periods] == [
        (30, D("13.15"), D("129.70")),
        (77, D("12.15"), D("307.58")),
    ]
    assert (result.total, result.indemnity) == (D("437.28"), D("40"))
    assert result.principal_left == 0


def test_example_b_principal_first():
    result = claim("12000.00", "2025-05-31", "2025-09-15", ("2025-07-20", "5000.00"))
    assert [(p.principal, p.days, cents(p.amount)) for p in result.periods] == [
        (D("12000.00"), 30, D("129.70")),
        (D("12000.00"), 20, D("79.89")),
        (D("7000.00"), 57, D("132.82")),
    ]
    assert result.total == result.interest_left == D("342.41")
    assert result.principal_left == D("7000.00")
    # Indivisible: a partial payment does not share it.
    assert result.indemnity == D("40")


def test_example_b_interest_first():
    paid = ("2025-07-20", "5000.00")
    options = {"imputation": "interest_first"}
    # On the day of the payment.
    then = claim("12000.00", "2025-05-31", "2025-07-20", paid, **options)
    assert then.total == D("209.59")
    assert (then.interest_left, then.principal_left) == (0, D("7209.59"))
    # Later.
    result = claim("12000.00", "2025-05-31", "2025-09-15", paid, **options)
    assert result.interest_left == D("136.79")
    assert result.principal_left == D("7209.59")
    assert result.total == D("346.38")


def test_example_c_public_payment_day_included():
    result = claim(
        "57000.00",
        "2025-07-10",
        "2026-06-30",
        ("2025-08-29", "57000.00"),
        regime="public_30",
    )
    (period,) = result.periods
    assert (period.start, period.end) == (date(2025, 7, 11), date(2025, 8, 29))
    assert (period.days, period.rate) == (50, D("10.15"))
    assert (result.total, result.indemnity) == (D("792.53"), D("40"))


def test_example_d_public_rate_is_frozen():
    result = claim(
        "57000.00",
        "2025-06-15",
        "2026-06-30",
        ("2025-07-25", "57000.00"),
        regime="public_30",
    )
    (period,) = result.periods
    assert (period.days, period.rate) == (40, D("11.15"))
    assert result.total == D("696.49")


def test_example_e_consumer_from_the_formal_notice_on():
    result = claim(
        "8500.00", "2025-12-15", "2026-03-31", regime="b2c", notice="2026-02-10"
    )
    (period,) = result.periods
    assert (period.start, period.days, period.rate) == (
        date(2026, 2, 11),
        49,
        D("2.62"),
    )
    assert (result.total, result.indemnity) == (D("29.90"), 0)


# === THE TRAPS ===


def test_trap_1_the_floor_binds_agreed_rates_only():
    due, until = "2024-01-31", "2024-03-31"
    assert floor(RATES[2024, 1]) == D("15.21")
    default = claim("10000", due, until)
    assert [(p.rate, p.floored) for p in default.periods] == [(D("14.50"), False)]
    low = claim("10000", due, until, agreed=Agreed("fixed", D("12")))
    assert [(p.rate, p.floored) for p in low.periods] == [(D("15.21"), True)]
    high = claim("10000", due, until, agreed=Agreed("fixed", D("16")))
    assert [(p.rate, p.floored) for p in high.periods] == [(D("16"), False)]


def test_trap_1_the_floor_is_that_of_each_half_year():
    result = claim(
        "10000", "2025-05-31", "2025-07-31", agreed=Agreed("fixed", D("10.00"))
    )
    assert [(p.rate, p.floored) for p in result.periods] == [
        (D("11.13"), True),
        (D("10.00"), False),
    ]


def test_a_multiple_of_the_legal_rate_follows_it():
    agreed = Agreed("legal", D("4"))
    result = claim("10000", "2025-05-31", "2025-07-31", agreed=agreed)
    assert [p.rate for p in result.periods] == [D("14.84"), D("11.04")]
    # Twice is less than the law requires.
    result = claim("10000", "2025-06-30", "2025-07-31", agreed=Agreed("legal", D("2")))
    assert [(p.rate, p.floored) for p in result.periods] == [(D("8.28"), True)]


def test_trap_2_private_changes_public_does_not():
    days = ("1000", "2025-06-15", "2026-01-31")
    assert [p.rate for p in claim(*days).periods] == [
        D("13.15"),
        D("12.15"),
        D("12.15"),
    ]
    for regime in ("public_30", "public_50", "public_60"):
        assert [p.rate for p in claim(*days, regime=regime).periods] == [D("11.15")]


def test_trap_2_interest_began_the_day_after_the_term():
    # Due on the last day of a half-year: the first day of interest is in the next one.
    result = claim("1000", "2025-06-30", "2025-07-31", regime="public_30")
    assert [p.rate for p in result.periods] == [D("10.15")]


def test_trap_2_the_frozen_rate_stays_after_a_first_claim():
    result = claim(
        "57000",
        "2025-06-15",
        "2025-07-25",
        regime="public_30",
        decided=(("2025-06-16", "2025-07-05"),),
    )
    assert [(p.rate, p.days) for p in result.periods] == [(D("11.15"), 20)]


def test_public_buyers_pay_no_agreed_rate():
    result = claim(
        "1000",
        "2025-07-10",
        "2025-08-10",
        regime="public_50",
        agreed=Agreed("fixed", D("5")),
    )
    assert [p.rate for p in result.periods] == [D("10.15")]


@pytest.mark.parametrize("regime", ["b2c", "nonpro"])
def test_traps_3_and_4_consumers(regime):
    days = ("1000", "2025-11-30", "2026-03-31")
    before = claim(*days, regime=regime)
    assert (before.periods, before.total, before.indemnity) == ((), 0, 0)
    # The rate of professional creditors, whatever the contract says, half-year by half-year.
    after = claim(
        *days, regime=regime, notice="2025-12-16", agreed=Agreed("fixed", D("15"))
    )
    assert [(p.days, p.rate) for p in after.periods] == [
        (15, D("2.76")),
        (90, D("2.62")),
    ]
    assert after.indemnity == 0


def test_trap_4_a_notice_before_the_due_date_waits_for_it():
    result = claim(
        "1000", "2026-01-31", "2026-02-28", regime="b2c", notice="2026-01-10"
    )
    assert [p.start for p in result.periods] == [date(2026, 2, 1)]


def test_trap_5_nothing_runs_before_the_due_date():
    result = claim("3000", "2026-06-12", "2026-06-12")
    assert (result.total, result.indemnity, result.is_late) == (0, 0, False)
    assert claim("3000", "2026-06-12", "2026-06-13").indemnity == 40


@pytest.mark.parametrize("regime", ["b2b", "public_30"])
def test_trap_10_the_judgment_stops_interest(regime):
    result = claim(
        "10000", "2025-07-10", "2025-12-31", regime=regime, stop="2025-08-01"
    )
    assert [(p.end, p.days) for p in result.periods] == [(date(2025, 8, 1), 22)]
    # Not due yet when payment became forbidden: neither interest nor indemnity.
    result = claim(
        "10000", "2025-08-10", "2025-12-31", regime=regime, stop="2025-08-01"
    )
    assert (result.total, result.indemnity) == (0, 0)


# === RATES THAT ARE NOT KNOWN ===


def test_a_half_year_not_known_refuses_and_names_it():
    with pytest.raises(MissingRate) as error:
        claim("1000", "2026-05-31", "2026-07-01")
    assert error.value.semester == (2026, 2)
    assert str(error.value) == "2026-2"
    # It needs no rate.
    assert error.value.indemnity == D("40")
    # The day before, it is not needed.
    assert claim("1000", "2026-05-31", "2026-06-30").total == D("9.99")


def test_a_half_year_not_needed_is_not_asked_for():
    # Frozen in the half-year before.
    assert claim("1000", "2026-05-31", "2026-07-31", regime="public_30").total == D(
        "16.96"
    )
    # Paid before it.
    assert claim("1000", "2026-05-31", "2026-09-30", ("2026-06-10", "1000")).total == D(
        "3.33"
    )
    # No notice yet.
    assert claim("1000", "2026-05-31", "2026-09-30", regime="b2c").total == 0


def test_the_floor_needs_the_half_year_too():
    with pytest.raises(MissingRate):
        claim("1000", "2026-07-01", "2026-07-31", agreed=Agreed("fixed", D("20")))


# === PAYMENTS ===


def test_paid_on_time_bears_nothing():
    for day in ("2025-05-02", "2025-05-31"):
        result = claim("1000", "2025-05-31", "2025-12-31", (day, "1000"))
        assert (result.total, result.indemnity) == (0, 0)


def test_paid_before_the_due_date_in_part():
    result = claim("1000", "2025-06-30", "2025-07-10", ("2025-06-10", "400"))
    assert [(p.principal, p.days) for p in result.periods] == [(D("600"), 10)]


def test_payments_of_one_day_count_together():
    result = claim(
        "1000", "2025-06-30", "2025-07-20", ("2025-07-10", "300"), ("2025-07-10", "200")
    )
    assert [(p.principal, p.days) for p in result.periods] == [
        (D("1000"), 10),
        (D("500"), 10),
    ]


def test_paid_later_than_asked_about_is_not_paid_yet():
    result = claim("1000", "2025-06-30", "2025-07-10", ("2025-07-20", "1000"))
    assert [(p.principal, p.days) for p in result.periods] == [(D("1000"), 10)]
    assert result.principal_left == D("1000")


def test_interest_first_takes_what_the_payment_holds():
    result = claim(
        "12000",
        "2025-05-31",
        "2025-07-20",
        ("2025-07-20", "100.00"),
        imputation="interest_first",
    )
    assert result.total == D("209.59")
    assert (result.interest_left, result.principal_left) == (D("109.59"), D("12000"))


def test_what_the_ledger_shows_paid_bears_no_more_interest():
    result = claim(
        "12000",
        "2025-05-31",
        "2025-12-31",
        ("2025-07-20", "12000"),
        imputation="interest_first",
    )
    assert result.periods[-1].end == date(2025, 7, 20)
    assert result.total == D("209.59")
    assert result.principal_left == D("209.59")


def test_what_was_claimed_up_to_a_day_starts_anew_after_it():
    whole = claim("12000", "2025-05-31", "2025-09-15", ("2025-07-20", "5000"))
    for imputation in ("principal_first", "interest_first"):
        rest = claim(
            "12000",
            "2025-05-31",
            "2025-09-15",
            ("2025-07-20", "5000"),
            decided=(("2025-06-01", "2025-07-31"),),
            imputation=imputation,
        )
        assert [(p.start, p.principal) for p in rest.periods] == [
            (date(2025, 8, 1), D("7000"))
        ]
        assert rest.total == D("107.19")
    first = claim("12000", "2025-05-31", "2025-07-31", ("2025-07-20", "5000"))
    assert first.total + rest.total == whole.total


def test_days_given_back_between_two_decisions_are_claimed_alone():
    days = ("2025-06-21", "2025-07-20"), ("2025-08-01", "2025-08-31")
    rest = claim("12000", "2025-05-31", "2025-09-15", decided=days)
    assert [(p.start, p.end) for p in rest.periods] == [
        (date(2025, 6, 1), date(2025, 6, 20)),
        (date(2025, 7, 21), date(2025, 7, 31)),
        (date(2025, 9, 1), date(2025, 9, 15)),
    ]
    # 12 000 × (20 × 13.15 % + 26 × 12.15 %) / 365.
    assert rest.total == D("190.32")
    assert [(s.start, s.end, s.amount) for s in rest.stretches] == [
        (date(2025, 6, 1), date(2025, 6, 20), D("86.47")),
        (date(2025, 7, 21), date(2025, 7, 31), D("43.94")),
        (date(2025, 9, 1), date(2025, 9, 15), D("59.91")),
    ]
    every = claim(
        "12000", "2025-05-31", "2025-09-15", decided=[("2025-06-01", "2025-09-15")]
    )
    assert (every.total, every.stretches) == (0, ())


# === THE CLAIM ===


def test_instalments_are_rounded_together_with_one_indemnity():
    days = date(2025, 7, 31), date(2025, 8, 31)
    debts = [Debt(day, D("100.00")) for day in days]
    result = reckon(debts, Terms("b2b", RATES), date(2025, 9, 30))
    assert [p.days for p in result.periods] == [61, 30]
    assert result.total == D("3.03")
    assert result.indemnity == D("40")


def test_rounded_once_and_halves_away_from_zero():
    rates = {(2025, 2): Rates(D("2.15"), D("2.76"))}
    debts = [Debt(date(2025, 7, 31), D("10.00")) for _each in range(4)]
    result = reckon(debts, Terms("b2b", rates), date(2025, 8, 2))
    # Each bears 0.00666 in two days: 0.03 together, 0.04 if each were rounded.
    assert result.total == D("0.03")
    debts = [Debt(date(2025, 7, 31), D("36.50"))]
    terms = Terms("b2b", {(2025, 2): Rates(D("40"), D("1"))})
    assert reckon(debts, terms, date(2025, 8, 1)).total == D("0.05")
    # 0.005 a day at 5 %.
    terms = Terms("b2c", {(2025, 2): Rates(D("0"), D("5"))}, notice=date(2025, 7, 31))
    assert reckon(debts, terms, date(2025, 8, 1)).total == D("0.01")


def test_the_days_of_the_year_are_a_convention():
    leap = ("36600.00", "2024-01-31", "2024-02-29")
    assert claim(*leap).total == D("421.65")
    assert claim(*leap, year_days=366).total == D("420.50")


def test_the_half_year_of_a_day():
    assert semester(date(2025, 6, 30)) == (2025, 1)
    assert semester(date(2025, 7, 1)) == (2025, 2)
    assert semester(date(2025, 12, 31)) == (2025, 2)
