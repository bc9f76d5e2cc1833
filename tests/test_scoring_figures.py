# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Figures that people read of a backtest: intervals, replayed cash, coverage."""

import importlib.util
import sys
import types
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent / "btp_relance_scoring"


def load():
    """Import ``figures`` without Odoo: its package stands for the addon."""
    package = types.ModuleType("addon_alone")
    package.__path__ = [str(ROOT)]
    sys.modules["addon_alone"] = package
    spec = importlib.util.spec_from_file_location(
        "addon_alone.figures", ROOT / "figures.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


figures = load()

pytestmark = pytest.mark.pure

TODAY = 20200


def one_past(day, rng, customers=20, count=120):
    """An origin where a contender knows the delay to a day, and the rule knows nothing."""
    due = day + rng.integers(1, 20, count)
    delay = rng.integers(-2, 30, count)
    paid = due + np.maximum(delay, day + 1 - due)
    weeks = np.zeros((count, 13))
    week = (paid - day - 1) // 7
    weeks[np.arange(count), np.minimum(week, 12)] = 1
    late = (paid > due).astype(float)
    return {
        "day": day,
        "due": due,
        "paid": paid,
        "customer": rng.integers(0, customers, count),
        "amount": np.full(count, 100.0),
        "said": {
            "rule": {"p_late": np.full(count, 0.5), "delay": np.zeros(count), "weeks": weeks},
            "learner": {"p_late": late, "delay": paid - due + 1, "weeks": weeks},
        },
    }  # fmt: skip


def test_weeks_compared_by_hand():
    rows = [
        {"expected": 100, "low": 50, "high": 150, "actual": 120},
        {"expected": 100, "low": 90, "high": 110, "actual": 60},
        {"expected": 0, "low": 0, "high": 0, "actual": 20},
        {"expected": 40, "low": 0, "high": 100, "actual": 0},
    ]
    found = figures.compare(rows)
    assert found["weeks"] == 4
    assert found["wape"] == pytest.approx((20 + 40 + 20 + 40) / 200)
    assert found["coverage"] == 0.5
    assert found["coverage_low"] < 0.5 < found["coverage_high"]


def test_nothing_compared_claims_nothing():
    found = figures.compare([])
    assert (found["weeks"], found["wape"], found["coverage"]) == (0, None, None)
    assert (found["coverage_low"], found["coverage_high"]) == (0, 1)


def test_intervals_hold_the_figures_and_what_was_gained():
    rng = np.random.default_rng(3)
    past = [one_past(TODAY - 28 * k, rng) for k in range(2, 5)]
    found = figures.intervals(past, ["rule", "learner"], TODAY)
    assert found["learner"]["brier"] == [0, 0]
    assert found["rule"]["brier"] == [0.25, 0.25]
    # Its date is a day off, always.
    assert found["learner"]["mae"] == [1, 1]
    days = np.concatenate([np.abs(one["paid"] - one["due"]) for one in past])
    low, high = found["rule"]["mae"]
    assert low < days.mean() < high
    gained = found["learner"]["gained"]
    assert gained[0] == pytest.approx(days.mean() - 1)
    assert 0 < gained[1] < gained[0] < gained[2]
    assert "gained" not in found["rule"]


def test_no_past_has_no_intervals():
    assert figures.intervals([], ["rule"], TODAY) == {}


def test_replayed_cash_is_what_was_said_and_what_came():
    rng = np.random.default_rng(4)
    past = [one_past(TODAY - 28 * k, rng) for k in range(2, 6)]
    found = figures.replay({"past": past}, "learner", TODAY)
    # Weeks that are over: 8, 12, then all 13.
    assert found["weeks"] == 8 + 12 + 13 + 13
    assert found["wape"] == 0
    assert found["coverage"] == 1
    assert len(found["rows"]) == 4 * 4
    first = found["rows"][0]
    paid = past[0]["paid"]
    day = past[0]["day"]
    assert first["actual"] == 100 * ((paid > day) & (paid <= day + 7)).sum()
    assert first["date"] == str(np.datetime64(day + 1, "D"))
