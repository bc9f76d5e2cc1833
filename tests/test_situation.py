# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The arithmetic of a situation: worked examples to the cent, and what holds for any chantier."""

import sys
from datetime import date
from decimal import Decimal as D
from pathlib import Path
from random import Random

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.situation import (  # noqa: E402
    Terms,
    Works,
    bill,
    coefficient,
    is_actualised,
    progress,
    prorata,
    refund_to_date,
    rounded,
    settle,
    split,
)

pytestmark = pytest.mark.pure

REVISED = Terms(total=D(100000), fixed_part=D("0.15"), base_index=D("130.0"))
THIRD = Works(cumul=D(60000), previous=D(38500), index=D("133.6"))


def test_the_worked_situation_no_3_to_the_cent():
    billed = bill(REVISED, THIRD)
    assert billed.gross == D("21500.00")
    assert billed.coefficient == D("1.024")
    assert billed.revision == D("516.00")
    assert billed.untaxed == D("22016.00")
    paid = settle({D(20): billed.untaxed}, retention_rate=D(5))
    assert paid.taxes == {D(20): D("4403.20")}
    assert paid.total == D("26419.20")
    assert paid.retention == D("1320.96")
    assert paid.net == D("25098.24")
    assert prorata(billed.gross, D("1.5")) == D("322.50")


def test_under_reverse_charge_the_retention_is_on_the_amount_before_tax():
    paid = settle({D(20): D(18000)}, retention_rate=D(5), reverse_charge=True)
    assert paid.taxes == {D(20): D(0)}
    assert (paid.total, paid.retention, paid.net) == (
        D(18000),
        D("900.00"),
        D("17100.00"),
    )


def test_two_rates_of_tax_are_rounded_each():
    paid = settle({D(20): D("100.03"), D("5.5"): D("100.05")})
    assert paid.taxes == {D(20): D("20.01"), D("5.5"): D("5.50")}
    assert paid.total == D("225.59")


@pytest.mark.parametrize(
    ("advance", "expected"), [(12000, "5600.00"), (72000, "33600.00")]
)
def test_the_advance_taken_back_at_72_percent(advance, expected):
    assert refund_to_date(D(advance), D(72), D(65), D(80)) == D(expected)


@pytest.mark.parametrize(
    ("done", "expected"),
    [(0, 0), (65, 0), (80, 12000), (100, 12000), (130, 12000), ("66.25", 1000)],
)
def test_the_advance_is_taken_back_between_the_two_bounds_only(done, expected):
    assert refund_to_date(D(12000), D(done), D(65), D(80)) == D(expected)


def test_bounds_that_meet_take_the_advance_back_at_once():
    assert refund_to_date(D(12000), D("64.9"), D(65), D(65)) == 0
    assert refund_to_date(D(12000), D(65), D(65), D(65)) == 12000
    assert refund_to_date(D(12000), D(0), D(0), D(0)) == 12000


@pytest.mark.parametrize(
    ("index", "decimals", "expected"),
    [
        ("133.6", 3, "1.024"),  # 1.02354 up, not to the nearest
        ("130.0", 3, "1"),
        ("130.01", 3, "1.001"),  # the least rise counts for a thousandth
        ("133.6", 5, "1.02354"),
        ("126.4", 3, "0.977"),  # 0.97646: up is in the contractor's favour here too
    ],
)
def test_the_coefficient_is_rounded_up(index, decimals, expected):
    assert coefficient(D(index), D("130.0"), D("0.15"), decimals) == D(expected)


@pytest.mark.parametrize(
    ("index", "base", "fixed"),
    [(D(0), D(130), D("0.15")), (D(133), D(0), D("0.15")), (D(133), D(130), None)],
)
def test_no_index_no_base_or_a_firm_price_leave_the_price(index, base, fixed):
    assert coefficient(index, base, fixed) == 1


@pytest.mark.parametrize(
    ("priced_on", "start", "expected"),
    [
        (date(2025, 1, 31), date(2025, 4, 30), False),
        (date(2025, 1, 31), date(2025, 5, 1), True),
        (date(2025, 1, 31), None, False),
        (None, date(2025, 5, 1), False),
    ],
)
def test_a_firm_price_is_brought_up_to_date_beyond_three_months(
    priced_on, start, expected
):
    """CCP R2112-11."""
    assert is_actualised(priced_on, start) is expected


def test_a_firm_price_is_brought_up_to_date_by_the_bare_ratio():
    terms = Terms(base_index=D("130.0"), start_index=D("133.6"))
    billed = bill(terms, Works(cumul=D(20000), index=D(150)))
    assert billed.coefficient == D("1.028")  # 1.02769, rounded up
    assert (billed.revision, billed.untaxed) == (560, 20560)
    silent = bill(terms._replace(start_index=D(0)), Works(cumul=D(20000)))
    assert (silent.coefficient, silent.revision) == (1, 0)


def test_a_regularisation_is_billed_and_bears_the_advance():
    terms = Terms(total=D(1000), advance=D(300), refund_start=D(0), refund_end=D(1))
    works = Works(cumul=D(100), regularisation=D("-25.50"))
    billed = bill(terms, works)
    assert (billed.refund, billed.untaxed) == (D("74.50"), 0)


def test_halves_are_rounded_away_from_zero_as_odoo_does():
    assert rounded(D("0.125")) == D("0.13")
    assert rounded(D("-0.125")) == D("-0.13")
    assert rounded(D("2.5"), D(1)) == 3


def test_the_refund_is_what_is_due_to_date_less_what_was_taken_before():
    terms = Terms(total=D(100000), advance=D(12000))
    works = Works(cumul=D(72000), previous=D(60000))
    assert bill(terms, works).refund == D("5600.00")
    assert bill(terms, works._replace(refunded=D(5000))).refund == D("600.00")
    assert bill(terms, works._replace(refunded=D(9000))).refund == 0


def test_the_refund_waits_when_the_month_brings_too_little():
    terms = Terms(total=D(100000), advance=D(30000))
    first = bill(terms, Works(cumul=D(80000), previous=D(79000), penalties=D(200)))
    assert (first.refund, first.untaxed) == (D(800), 0)
    second = bill(
        terms, Works(cumul=D(100000), previous=D(80000), refunded=first.refund)
    )
    assert second.refund == D(20000)


def test_the_final_account_takes_back_what_is_left_even_below_the_bound():
    terms = Terms(total=D(100000), advance=D(12000))
    works = Works(cumul=D(72000), previous=D(40000), refunded=D(1000), final=True)
    assert bill(terms, works).refund == D(11000)


def test_works_that_go_down_and_negative_penalties_are_refused():
    with pytest.raises(ValueError, match="went down"):
        bill(REVISED, Works(cumul=D(38000), previous=D(38500)))
    with pytest.raises(ValueError, match="positive"):
        bill(REVISED, THIRD._replace(penalties=D(-1)))


def test_progress_without_a_contract_amount_is_zero_and_takes_nothing_back():
    assert progress(D(5000), D(0)) == 0
    assert bill(Terms(advance=D(1000)), Works(cumul=D(5000))).refund == 0


def chantiers(count=300):
    """Contracts and the cumuls of their situations, drawn at random."""
    random = Random(19)
    for _rank in range(count):
        total = D(random.randrange(1_000_000, 90_000_000)) / 100
        terms = Terms(
            total=total,
            fixed_part=random.choice([None, D("0.15"), D("0.125")]),
            base_index=D(random.randrange(9000, 13500)) / 100,
            advance=rounded(total * random.choice([0, 5, 10, 20, 30]) / 100),
            refund_start=D(random.choice([0, 30, 65])),
            refund_end=D(random.choice([65, 80, 100])),
        )
        shares = sorted(random.random() for _month in range(random.randrange(1, 25)))
        yield (
            terms,
            [rounded(total * D(share)) for share in shares[:-1]] + [total],
            random,
        )


def test_whatever_the_months_the_sums_are_those_of_the_contract():
    for terms, cumuls, random in chantiers():
        previous = refunded = gross = revision = penalties = untaxed = D(0)
        for rank, cumul in enumerate(cumuls):
            index = random.choice([D(0), terms.base_index * D("1.03")])
            month = cumul - previous
            fine = rounded(month * D(random.choice([0, 0, 1])) / 100)
            works = Works(
                cumul,
                previous,
                index,
                penalties=fine,
                refunded=refunded,
                final=rank == len(cumuls) - 1,
            )
            billed = bill(terms, works)
            assert billed.untaxed >= 0
            assert billed.refund >= 0
            assert all(
                amount == rounded(amount) for amount in (*billed[3:], billed.untaxed)
            )
            previous, refunded = cumul, refunded + billed.refund
            gross, revision = gross + billed.gross, revision + billed.revision
            penalties, untaxed = penalties + fine, untaxed + billed.untaxed
            assert refunded <= terms.advance
        assert gross == cumuls[-1] == terms.total
        assert untaxed == terms.total + revision - penalties - refunded
        if billed.untaxed:
            assert refunded == terms.advance


def test_one_month_or_twenty_take_the_same_advance_back():
    terms = Terms(total=D(240000), advance=D(24000), refund_end=D(100))
    for months in (1, 2, 7, 24):
        previous = refunded = D(0)
        for month in range(1, months + 1):
            cumul = rounded(terms.total * month / months)
            refunded += bill(terms, Works(cumul, previous, refunded=refunded)).refund
            previous = cumul
        assert refunded == D(24000)


def test_a_total_split_between_net_and_retention_loses_no_cent():
    random = Random(7)
    for _rank in range(2000):
        base = D(random.randrange(1, 10_000_000)) / 100
        rate = D(random.choice([0, 3, 5]))
        paid = settle({D(20): base, D(10): base / 2}, retention_rate=rate)
        assert paid.net + paid.retention == paid.total
        assert paid.retention == rounded(paid.retention)


def test_the_shares_of_an_amount_are_the_amount():
    random = Random(4)
    for _case in range(500):
        amount = D(random.randrange(-900_000, 9_000_000)) / 100
        weights = [D(random.randrange(1, 10**7)) / 100 for _lot in range(3)]
        shares = split(amount, weights)
        assert sum(shares) == amount
        for share, weight in zip(shares, weights, strict=True):
            assert abs(share - amount * weight / sum(weights)) <= D("0.01")
            assert share == rounded(share)
    assert split(D(100), [D(1), D(1), D(1)]) == [D("33.33"), D("33.34"), D("33.33")]
