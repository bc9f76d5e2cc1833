# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When somebody may be contacted, what a text message may say, what collecting costs."""

import sys
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.calendar import (  # noqa: E402
    Agenda,
    Closed,
    add_working_days,
    closed_day,
    is_alsace_moselle,
    next_opening,
    other_half_day,
    public_holidays,
    why_closed,
    yearly,
)
from engine.cost import cost_to_collect, time_cost  # noqa: E402
from engine.sms import (  # noqa: E402
    count_parts,
    find_forbidden,
    find_threat,
    to_gsm,
)

pytestmark = pytest.mark.pure

BUSINESS = Agenda(((time(8, 30), time(18, 30)),))
CONSUMER = Agenda(((time(10), time(13)), (time(14), time(20))))
AUGUST = (date(2026, 8, 3), date(2026, 8, 23), "Congés")


def at(text):
    return datetime.fromisoformat(text)


# === HOURS === #


@pytest.mark.parametrize(
    ("agenda", "moment", "expected"),
    [
        # Thursday 19 November 2026.
        (BUSINESS, "2026-11-19 08:29", "2026-11-19 08:30"),
        (BUSINESS, "2026-11-19 08:30", "2026-11-19 08:30"),
        (BUSINESS, "2026-11-19 18:29", "2026-11-19 18:29"),
        (BUSINESS, "2026-11-19 18:30", "2026-11-20 08:30"),
        (CONSUMER, "2026-11-19 09:00", "2026-11-19 10:00"),
        (CONSUMER, "2026-11-19 12:59", "2026-11-19 12:59"),
        (CONSUMER, "2026-11-19 13:00", "2026-11-19 14:00"),
        (CONSUMER, "2026-11-19 20:00", "2026-11-20 10:00"),
        # Friday evening, Saturday and Sunday: Monday.
        (BUSINESS, "2026-11-20 19:00", "2026-11-23 08:30"),
        (CONSUMER, "2026-11-21 11:00", "2026-11-23 10:00"),
        (BUSINESS, "2026-11-22 23:30", "2026-11-23 08:30"),
        # 25 December is a Friday: the week-end follows.
        (BUSINESS, "2026-12-25 10:00", "2026-12-28 08:30"),
        # New Year's Eve after hours: 1 January is a Friday.
        (BUSINESS, "2026-12-31 18:31", "2027-01-04 08:30"),
        # Any hour of an open day.
        (Agenda(), "2026-11-19 00:01", "2026-11-19 00:01"),
        (Agenda(), "2026-11-21 00:01", "2026-11-23 00:00"),
    ],
)
def test_a_closed_moment_moves_to_the_next_open_one(agenda, moment, expected):
    assert next_opening(at(moment), agenda) == at(expected)


def test_an_open_moment_does_not_move():
    moment = at("2026-11-19 11:11")
    assert why_closed(moment, CONSUMER) is None
    assert next_opening(moment, CONSUMER) == moment


def test_each_moment_says_why_it_is_closed():
    agenda = BUSINESS._replace(closures=frozenset([AUGUST]))
    assert why_closed(at("2026-11-19 07:00"), agenda) == Closed("hours")
    assert why_closed(at("2026-11-21 10:00"), agenda) == Closed("weekend")
    assert why_closed(at("2026-11-11 10:00"), agenda) == Closed("holiday")
    assert why_closed(at("2026-08-10 10:00"), agenda) == Closed("closure", "Congés")


def test_a_closure_moves_to_its_end():
    agenda = BUSINESS._replace(closures=frozenset([AUGUST]))
    assert next_opening(at("2026-08-03 09:00"), agenda) == at("2026-08-24 08:30")
    # The Friday before is open.
    assert next_opening(at("2026-07-31 09:00"), agenda) == at("2026-07-31 09:00")


def test_a_company_closed_for_ever_is_told_and_not_waited_for():
    closed = frozenset([(date(2026, 1, 1), date(2099, 1, 1), "x")])
    assert (
        next_opening(at("2026-08-03 09:00"), BUSINESS._replace(closures=closed)) is None
    )


def test_a_yearly_closure_that_began_last_year_still_counts():
    spans = yearly(date(2020, 12, 24), date(2021, 1, 2), (2025, 2026))
    assert spans == [
        (date(2025, 12, 24), date(2026, 1, 2)),
        (date(2026, 12, 24), date(2027, 1, 2)),
    ]
    assert yearly(date(2024, 2, 29), date(2024, 3, 1), [2025]) == [
        (date(2025, 2, 28), date(2025, 3, 1))
    ]


# === HOLIDAYS === #


def test_the_eleven_holidays_of_2026():
    assert sorted(public_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 14),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    ]


def test_alsace_moselle_has_two_more():
    assert public_holidays(2026, True) - public_holidays(2026) == {
        date(2026, 4, 3),
        date(2026, 12, 26),
    }


@pytest.mark.parametrize(
    ("zips", "expected"),
    [
        (["57000"], True),
        (["67 000"], True),
        ([" 68100"], True),
        (["13002", "67000"], True),
        (["75057"], False),
        ([None, False, ""], False),
    ],
)
def test_alsace_moselle_by_postcode(zips, expected):
    assert is_alsace_moselle(*zips) is expected


def test_good_friday_is_open_in_marseille_and_closed_in_metz():
    day = date(2026, 4, 3)
    assert closed_day(day, BUSINESS) is None
    assert closed_day(day, BUSINESS._replace(alsace=True)) == Closed("holiday")


# === WORKING DAYS === #


def test_two_working_days_after_a_promise():
    # Promised for Thursday 12 November 2026: Friday, Monday.
    assert add_working_days(date(2026, 11, 12), 2, Agenda()) == date(2026, 11, 16)
    # For Friday 6: Monday 9, Tuesday 10; the 11th is not needed.
    assert add_working_days(date(2026, 11, 6), 2, Agenda()) == date(2026, 11, 10)
    # For Monday 9: Tuesday 10, not Wednesday 11, Thursday 12.
    assert add_working_days(date(2026, 11, 9), 2, Agenda()) == date(2026, 11, 12)
    # For a Saturday the count begins on Monday.
    assert add_working_days(date(2026, 11, 14), 2, Agenda()) == date(2026, 11, 18)


def test_nobody_answered_in_the_morning_so_the_afternoon_of_the_next_open_day():
    morning, afternoon = at("2026-11-19 10:15"), at("2026-11-20 15:00")
    assert other_half_day(morning, CONSUMER) == at("2026-11-20 14:00")
    assert other_half_day(morning, BUSINESS) == at("2026-11-20 14:00")
    assert other_half_day(afternoon, CONSUMER) == at("2026-11-23 10:00")
    assert other_half_day(afternoon, BUSINESS) == at("2026-11-23 08:30")


# === TEXT MESSAGES === #


def test_accents_stay_where_the_alphabet_has_them():
    assert to_gsm("réglé à Orléans, où ?") == "réglé à Orléans, où ?"
    assert to_gsm("forêt, œuvre, ça, l’été…") == "foret, oeuvre, ca, l'été..."
    assert to_gsm("1\u202f234,50\u00a0€") == "1 234,50 €"


def test_what_no_letter_replaces_stays_and_costs_more():
    assert to_gsm("Привет") == "Привет"
    assert count_parts("Привет" * 11) == 1
    assert count_parts("Привет" * 12) == 2


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ê" * 70, 1),
        ("ê" * 71, 2),
    ],
)
def test_parts(text, parts):
    assert count_parts(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Sans paiement, nous saisirons le tribunal",
        "Dernier avis avant huissier",
        "MISE EN DEMEURE",
        "We will inform your employer",
        "legal action follows",
    ],
)
def test_a_threat_is_found(text):
    assert find_threat(text)


def test_a_plain_reminder_is_no_threat():
    text = (
        "{{ object.company_id.name }} : sauf erreur, il reste {{ object.sms_amount }}"
    )
    assert find_threat(text) is None
    assert find_forbidden(text) is None


def test_a_placeholder_that_tells_more_is_found():
    assert find_forbidden("Bonjour {{ object.partner_id.name }}") == (
        "object.partner_id.name"
    )
    assert find_forbidden("{{object.sms_link}} {{ object.env }}") == "object.env"


# === COST === #


def test_cost_to_collect():
    # 90 minutes at 40 €/h, 6.20 of postage, 0.16 of fees, on 6 616 collected.
    time_ = time_cost(Decimal(90), Decimal(40))
    assert time_ == Decimal("60.00")
    ratio = cost_to_collect(time_, Decimal("6.00"), Decimal("0.16"), Decimal(6616))
    assert ratio == Decimal("0.01")


def test_nothing_collected_has_no_ratio():
    assert cost_to_collect(Decimal(10), Decimal(0), Decimal(0), Decimal(0)) is None


def test_time_is_rounded_half_up():
    assert time_cost(Decimal("0.9"), Decimal("35")) == Decimal("0.53")
    assert time_cost(Decimal(3), Decimal("0.10")) == Decimal("0.01")
