# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When a contact answers, and how little a small company can learn of it."""

import sys
from datetime import datetime, time, timedelta
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "btp_relance_scoring"))

from choices import Habit, find_habit, next_moment, simulate_gain  # noqa: E402
from learner import channels  # noqa: E402

pytestmark = pytest.mark.pure

TUESDAY = datetime(2025, 6, 10, 15)
MONDAY = datetime(2025, 6, 16, 10)


def weekdays(day):
    return day.weekday() < 5


def test_five_answers_at_the_same_moment_make_a_habit():
    answers = [TUESDAY - timedelta(weeks=back) for back in range(5)]
    assert find_habit(answers) == Habit(1, "afternoon", 5)
    assert find_habit(answers[:4]) is None


def test_answers_all_over_the_week_make_none():
    answers = [
        TUESDAY - timedelta(days=back, hours=6 * (back % 2)) for back in range(6)
    ]
    assert find_habit(answers) is None


def test_a_half_of_the_day_may_stand_out_alone():
    answers = [TUESDAY - timedelta(days=back) for back in range(7)]
    assert find_habit(answers) == Habit(None, "afternoon", 7)


@pytest.mark.parametrize(
    ("habit", "expected"),
    [
        (Habit(1, "afternoon", 5), datetime(2025, 6, 17, 14)),
        (Habit(1, "morning", 5), datetime(2025, 6, 17, 8, 30)),
        (Habit(None, "afternoon", 5), datetime(2025, 6, 16, 14)),
        # It is Monday morning already: nothing to wait for.
        (Habit(None, "morning", 5), None),
        (Habit(0, None, 5), None),
        # Closed on Sunday, and the one after is too far.
        (Habit(6, None, 5), None),
        (Habit(4, None, 5), datetime(2025, 6, 20, 8, 30)),
    ],
)
def test_the_next_moment_is_near_and_open(habit, expected):
    assert next_moment(MONDAY, habit, weekdays, time(8, 30)) == expected


def test_a_small_company_gains_less_than_a_point():
    assert 0.003 < simulate_gain(300) < 0.01
    assert simulate_gain(0) == 0
    assert simulate_gain(100) < simulate_gain(1000) < simulate_gain(5000) < 0.025


@pytest.mark.parametrize("rate", [0.3, 0.5])
def test_the_number_needed_shows_five_points_four_times_in_five(rate):
    """By simulation, not by the formula that gave the number."""
    needed = channels.reminders_needed(rate)
    assert 1300 <= needed <= 1600
    rng = np.random.default_rng(11)
    first = rng.binomial(needed, rate + 0.05, 600)
    second = rng.binomial(needed, rate, 600)
    shown = [
        channels.verdict((needed, int(a)), (needed, int(b)))["low"] > 0
        for a, b in zip(first, second, strict=True)
    ]
    assert 0.75 < np.mean(shown) < 0.85
