# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The dates of the law: every example of the reference, and the edges of each rule."""

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine import deadlines as law  # noqa: E402

pytestmark = pytest.mark.pure

TERMS = [
    (date(2026, 1, 15), date(2026, 3, 16), date(2026, 3, 17), date(2026, 3, 31)),
    (date(2026, 1, 31), date(2026, 4, 1), date(2026, 3, 17), date(2026, 3, 31)),
    (date(2026, 2, 15), date(2026, 4, 16), date(2026, 4, 14), date(2026, 4, 30)),
    (date(2026, 3, 16), date(2026, 5, 15), date(2026, 5, 15), date(2026, 4, 30)),
]


@pytest.mark.parametrize(("day", "net", "fm_plus", "plus_fm"), TERMS)
def test_terms_to_the_day(day, net, fm_plus, plus_fm):
    assert law.due(day, 60) == net
    assert law.due(day, 45, law.FM_PLUS_N) == fm_plus
    assert law.due(day, 45, law.N_PLUS_FM) == plus_fm


def test_end_of_month_of_the_last_day_and_of_february():
    assert law.due(date(2024, 1, 31), 30, law.N_PLUS_FM) == date(2024, 3, 31)
    assert law.due(date(2024, 1, 30), 30, law.N_PLUS_FM) == date(2024, 2, 29)
    assert law.due(date(2024, 2, 29), 0, law.FM_PLUS_N) == date(2024, 2, 29)


# === LEGAL MAXIMUM === #


def test_business_sixty_days_or_forty_five_end_of_month_in_both_readings():
    day = date(2026, 1, 15)
    assert law.legal_maximum("b2b", day, law.NET).date == date(2026, 3, 16)
    assert law.legal_maximum("b2b", day, law.FM_PLUS_N).date == date(2026, 3, 17)
    assert law.legal_maximum("b2b", day, law.N_PLUS_FM).date == date(2026, 3, 31)
    assert law.legal_maximum("b2b", day).date == date(2026, 3, 31)
    # Sixty days net may go beyond the end of the month.
    late = law.legal_maximum("b2b", date(2026, 3, 16), law.N_PLUS_FM)
    assert late == law.Limit(date(2026, 5, 15), "C. com. L441-10 I")


def test_a_silent_contract_gives_thirty_days_from_execution():
    limit = law.legal_maximum(
        "b2b", date(2026, 1, 15), agreed=False, start=date(2026, 1, 20)
    )
    assert limit.date == date(2026, 2, 19)


def test_a_periodic_invoice_gives_forty_five_days():
    limit = law.legal_maximum("b2b", date(2026, 1, 15), law.N_PLUS_FM, periodic=True)
    assert limit.date == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("regime", "days", "article"),
    [
        ("public_30", 30, "CCP R2192-10"),
        ("public_50", 50, "CCP R2192-11"),
        ("public_60", 60, "CCP R2192-11"),
    ],
)
def test_a_public_buyer_from_the_start_of_its_term(regime, days, article):
    start = date(2026, 6, 1)
    limit = law.legal_maximum(regime, date(2026, 5, 20), start=start)
    assert limit == law.Limit(start + timedelta(days), article)


@pytest.mark.parametrize("regime", ["b2c", "nonpro"])
def test_no_maximum_where_the_quote_gives_the_date(regime):
    assert law.legal_maximum(regime, date(2026, 1, 15)) is None


# === PUBLIC CLOCK === #

ASKED = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("facts", "start"),
    [
        ({"received_on": date(2026, 6, 3)}, (date(2026, 6, 3), "CCP R2192-12")),
        (
            {"received_on": date(2026, 6, 3), "executed_on": date(2026, 6, 9)},
            (date(2026, 6, 9), "CCP R2192-13"),
        ),
        ({}, (date(2026, 6, 3), "CCP R2192-14")),
        ({"executed_on": date(2026, 6, 9)}, (date(2026, 6, 9), "CCP R2192-13")),
        (
            {"received_on": date(2026, 6, 2), "by_portal": True},
            (date(2026, 6, 2), "CCP R2192-15"),
        ),
        (
            {"received_on": date(2026, 6, 2), "executed_on": date(2026, 6, 2)},
            (date(2026, 6, 2), "CCP R2192-12"),
        ),
        (
            {
                "received_on": date(2026, 6, 2),
                "final": True,
                "dgd_on": date(2026, 7, 4),
            },
            (date(2026, 7, 4), "CCP R2192-16"),
        ),
    ],
)
def test_where_the_public_term_starts(facts, start):
    assert law.public_start(ASKED, **facts) == start


def test_the_term_of_the_solde_does_not_run_before_the_dgd():
    assert law.public_start(ASKED, received_on=ASKED, final=True) is None


def test_nothing_starts_without_a_request():
    assert law.public_start(None) is None


@pytest.mark.parametrize(
    ("days", "expiry", "after"),
    [
        (30, date(2026, 7, 1), date(2026, 7, 25)),
        (50, date(2026, 7, 21), date(2026, 8, 4)),
    ],
)
def test_one_interruption_gives_what_was_left_at_least_thirty_days(days, expiry, after):
    stopped, complete = date(2026, 6, 11), date(2026, 6, 25)
    assert law.public_due(ASKED, days) == expiry
    assert law.public_due(ASKED, days, stopped) is None
    assert law.public_due(ASKED, days, stopped, complete) == after


def test_direct_payment_starts_at_the_agreement_or_after_fifteen_days():
    agreed = law.direct_payment_start(ASKED, date(2026, 6, 5))
    assert agreed == (date(2026, 6, 5), "CCP R2192-23")
    assert law.direct_payment_start(ASKED).date == date(2026, 6, 16)
    assert law.direct_payment_start(None) is None


# === LIMITATION === #


@pytest.mark.parametrize(
    ("regime", "end"),
    [
        ("b2b", date(2029, 3, 15)),
        ("b2c", date(2026, 3, 15)),
        ("nonpro", date(2029, 3, 15)),
        ("public_30", date(2028, 12, 31)),
        ("public_50", date(2028, 12, 31)),
        ("public_60", date(2028, 12, 31)),
    ],
)
def test_limitation_runs_from_completion(regime, end):
    assert law.limitation(regime, date(2024, 3, 15)) == end


def test_limitation_begins_anew_at_an_interruption_and_never_goes_back():
    done = date(2024, 3, 15)
    assert law.limitation("b2c", done, date(2025, 1, 31)) == date(2027, 1, 31)
    assert law.limitation("public_30", done, date(2025, 1, 31)) == date(2029, 12, 31)
    assert law.limitation("b2b", done, date(2023, 1, 1)) == date(2029, 3, 15)


def test_limitation_from_a_leap_day():
    assert law.limitation("b2c", date(2024, 2, 29)) == date(2026, 2, 28)


# === INSOLVENCY === #


def test_two_months_after_the_bodacc_and_two_more_from_overseas():
    assert law.claim_deadline(date(2026, 4, 10)) == date(2026, 6, 10)
    assert law.claim_deadline(date(2025, 12, 31)) == date(2026, 2, 28)
    assert law.claim_deadline(date(2026, 4, 10), True) == date(2026, 8, 10)


JUDGED = date(2026, 5, 12)


@pytest.mark.parametrize(
    ("facts", "prior"),
    [
        ((date(2026, 5, 12),), True),
        ((date(2026, 5, 13),), False),
        ((date(2026, 5, 31), date(2026, 5, 1), date(2026, 5, 31)), True),
        ((date(2026, 6, 30), None, date(2026, 4, 30)), True),
        ((date(2026, 6, 30), date(2026, 5, 31), date(2026, 6, 30)), False),
        ((None,), True),
    ],
)
def test_a_claim_is_prior_by_its_works(facts, prior):
    assert law.is_prior_claim(JUDGED, *facts) is prior


# === FINAL ACCOUNT AND PROCEEDINGS === #


def test_silence_of_the_titulaire_counts_whatever_he_answers_later():
    requested = date(2026, 6, 1)
    assert law.direct_payment_start(requested, date(2026, 6, 30)).date == date(
        2026, 6, 16
    )
    assert law.direct_payment_start(requested, date(2026, 6, 5)).date == date(
        2026, 6, 5
    )
    assert law.direct_payment_start(None) is None


def test_uncertain_periods_may_be_changed():
    day = date(2024, 3, 15)
    assert law.limitation("nonpro", day) == date(2029, 3, 15)
    assert law.limitation("nonpro", day, nonpro_years=2) == date(2026, 3, 15)
    assert law.limitation("b2b", day, nonpro_years=2) == date(2029, 3, 15)
    account = law.public_final_account(date(2026, 3, 2), decompte_days=45)
    assert account.decompte_due == date(2026, 4, 16)
    account = law.private_final_account(day, day, decompte_days=30)
    assert account.decompte_due == date(2024, 4, 14)


def test_public_final_account_and_tacit_dgd():
    assert law.public_final_account(date(2026, 3, 2)) == (date(2026, 4, 1), None)
    silent = law.public_final_account(date(2026, 3, 2), date(2026, 4, 2))
    assert silent.tacit_after == date(2026, 4, 12)


def test_private_final_account_of_the_norm():
    assert law.private_final_account(date(2026, 2, 16), notice_on=date(2026, 6, 2)) == (
        date(2026, 4, 17),
        date(2026, 6, 1),
        date(2026, 6, 17),
    )
    early = law.private_final_account(date(2026, 2, 16), date(2026, 4, 1))
    assert early.decompte_due == date(2026, 5, 16)


def test_direct_action_one_month_after_the_notice():
    assert law.direct_action_from(date(2026, 1, 31)) == date(2026, 2, 28)
    assert law.direct_action_from(date(2026, 6, 16)) == date(2026, 7, 16)


def test_works_stop_fifteen_days_after_the_notice():
    assert law.suspension_from(date(2026, 6, 2)) == date(2026, 6, 17)


def test_an_injunction_is_served_within_three_months_from_september_2026():
    assert law.injunction_served_by(date(2026, 8, 31)) == date(2027, 2, 28)
    assert law.injunction_served_by(date(2026, 9, 1)) == date(2026, 12, 1)
