# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Expected cash: sums of distributions, and a band that knows that invoices move together."""

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "btp_relance_scoring"))
sys.path.append(str(ROOT / "tests"))

from invented import frames  # noqa: E402
from learner import Ledger, cash  # noqa: E402

pytestmark = pytest.mark.pure

WEEKS = 13


def past(rng, common, own, invoices=150, customers=25):
    """One origin whose payments move together as given, and what its true distributions are."""
    from scipy.special import ndtr

    chances = rng.dirichlet(
        np.array([8, 6, 4, 3, 2, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1]), invoices
    )
    who = rng.integers(0, customers, invoices)
    place = (
        np.sqrt(common) * rng.normal() + np.sqrt(own) * rng.normal(size=customers)[who]
    )
    place = ndtr(place + np.sqrt(1 - common - own) * rng.normal(size=invoices))
    week = (place[:, None] > np.cumsum(chances, axis=1)[:, :WEEKS]).sum(axis=1)
    return {
        "weeks": chances[:, :WEEKS],
        "amounts": np.exp(rng.normal(8, 1, invoices)),
        "customers": who,
        "week": week,
        "over": WEEKS,
    }


def covered(dependence, tests):
    shares = []
    for one in tests:
        said = cash.expect(one["weeks"], one["amounts"], one["customers"], dependence)
        came = np.array([one["amounts"][one["week"] == k].sum() for k in range(WEEKS)])
        shares.append(cash.coverage(said, came))
    return np.mean(shares)


def test_the_middle_is_the_sum_of_the_distributions():
    one = past(np.random.default_rng(1), 0.0, 0.3)
    said = cash.expect(one["weeks"], one["amounts"], one["customers"])
    assert said.expected[0] == pytest.approx(one["amounts"] @ one["weeks"])
    assert (said.low <= said.expected + 1e-9).all()
    assert (said.high >= said.expected - 1e-9).all()
    assert (said.low >= 0).all()


def test_the_band_holds_four_of_five_weeks_when_payments_move_together():
    rng = np.random.default_rng(2)
    learned = cash.learn([past(rng, 0.15, 0.5) for _origin in range(8)])
    tests = [past(rng, 0.15, 0.5) for _origin in range(12)]
    assert 0.72 < covered(learned, tests) < 0.90
    # Drawn one by one, the band is far too narrow.
    assert covered(cash.Dependence(0.0, 0.0, 1.0), tests) < 0.70


def test_what_moves_together_is_found():
    rng = np.random.default_rng(3)
    together = cash.learn([past(rng, 0.02, 0.6) for _origin in range(6)])
    alone = cash.learn([past(rng, 0.0, 0.0) for _origin in range(6)])
    assert together.customer > alone.customer + 0.2
    assert together.weeks == 6 * WEEKS


def test_groups_have_bands_of_their_own():
    one = past(np.random.default_rng(4), 0.05, 0.5)
    site = np.array(["A", "B", "C"])[one["customers"] % 3]
    said = cash.expect(one["weeks"], one["amounts"], one["customers"], by=site)
    assert said.names.tolist() == ["A", "B", "C"]
    whole = cash.expect(one["weeks"], one["amounts"], one["customers"])
    assert said.expected.sum(axis=0) == pytest.approx(whole.expected[0])
    width = (said.high - said.low).sum(axis=0)
    assert (width > 0.9 * (whole.high - whole.low)[0]).mean() > 0.8


def test_the_same_question_has_the_same_answer():
    one = past(np.random.default_rng(5), 0.05, 0.5)
    first, second = (
        cash.expect(one["weeks"], one["amounts"], one["customers"])
        for _time in range(2)
    )
    assert (first.low == second.low).all()


def test_nothing_open_is_no_cash():
    said = cash.expect(np.zeros((0, WEEKS)), np.zeros(0), np.zeros(0))
    assert said.expected.sum() == 0


def test_little_past_leaves_the_band_as_it_is():
    one = past(np.random.default_rng(6), 0.05, 0.5)
    assert cash.learn([one]).scale == 1.0
    assert cash.learn([]) == cash.Dependence()


def test_the_past_of_a_ledger_teaches_it_too():
    train, _rows, _truth = frames(np.datetime64("2025-06-30"), invoices=600)
    learned = cash.learn_from_habits(Ledger(train), count=6)
    assert learned.weeks >= cash.LEAST_WEEKS
    assert 0.5 <= learned.scale <= 4.0
    assert 0 <= learned.common + learned.customer < 1
