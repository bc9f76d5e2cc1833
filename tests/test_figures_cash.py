# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cash expected from habits, without a database."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.figures.cash import Habits, Open, expect  # noqa: E402

pytestmark = pytest.mark.pure


def test_nothing_known_comes_on_the_due_date():
    weeks = expect([Open("a", 100, -10), Open("a", 50, 3)], Habits({}))
    assert [week.expected for week in weeks[:3]] == [50, 100, 0]


def test_a_payer_pays_as_it_did():
    habits = Habits({"slow": [30] * 95, "prompt": [0] * 95})
    slow = [week.expected for week in expect([Open("slow", 100, -1)], habits)]
    prompt = [week.expected for week in expect([Open("prompt", 100, -1)], habits)]
    assert max(range(13), key=slow.__getitem__) == 4
    assert max(range(13), key=prompt.__getitem__) == 0
    assert slow[4] > 90
    assert prompt[0] > 90
    assert sum(slow) <= 100


def test_what_is_late_goes_on_from_there():
    habits = Habits({"a": [0] * 50 + [40] * 50})
    chances = habits.chances(Open("a", 1, 20))
    assert sum(chances[:2]) == 0
    assert chances[2] > 0.9
    # Later than anything that was ever paid: not expected.
    assert sum(habits.chances(Open("a", 1, 400))) == 0


def test_promises_come_on_their_day_as_far_as_they_are_kept():
    habits = Habits({"a": [3]}, kept=0.8)
    chances = habits.chances(Open("a", 1, 30, promised=8))
    assert chances == [0, 0.8, *[0] * 11]
    assert sum(habits.chances(Open("a", 1, 30, promised=-1))) == 0


def test_the_band_holds_the_expected():
    habits = Habits({"a": [0, 10, 20, 30], "b": [5, 6]})
    one = [Open("a", 100, -3), Open("a", 100, -3)]
    for week in expect(one, habits):
        assert week.low <= week.expected <= week.high
    # Two payers are less alike than two invoices of one.
    two = [Open("a", 100, -3), Open("c", 100, -3)]
    narrow = expect(two, Habits({"a": [0, 10], "c": [0, 10]}))
    wide = expect(one, Habits({"a": [0, 10], "c": [0, 10]}))
    assert narrow[0].high - narrow[0].expected < wide[0].high - wide[0].expected


def test_nothing_open():
    assert {week.expected for week in expect([], Habits({"a": [1]}))} == {0}
