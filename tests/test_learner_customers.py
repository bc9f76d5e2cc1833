# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Kinds of payers, habits that change, and what goes with a missing document."""

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "btp_relance_scoring"))
sys.path.append(str(ROOT / "tests"))

from learner import Ledger, changes, documents, segments  # noqa: E402

pytestmark = pytest.mark.pure

DAY = np.datetime64("2025-06-30")


def ledger_of(habits, count=20, step=14):
    """A ledger in which each customer pays with the delays of a function of (rng, number)."""
    rng = np.random.default_rng(1)
    rows = []
    for name, delay in habits.items():
        for number in range(count):
            issue = DAY - 45 - step * (count - 1 - number)
            due = issue + 30
            paid = due + int(delay(rng, number))
            rows.append((f"{name}-{number}", name, issue, due, paid))
    names = ("invoice_id", "customer_id", "issue_date", "due_date", "paid_date")
    table = {
        name: np.array(column, object if index < 2 else "datetime64[D]")
        for index, (name, column) in enumerate(
            zip(names, zip(*rows, strict=True), strict=True)
        )
    }
    table["amount"] = np.full(len(rows), 1000.0)
    return Ledger(table, asof=DAY)


def test_each_kind_of_payer():
    ledger = ledger_of(
        {
            "prompt": lambda rng, n: rng.integers(-3, 3),
            "slow": lambda rng, n: rng.integers(15, 25),
            "erratic": lambda rng, n: rng.choice([-5, 40]),
            "failing": lambda rng, n: 1 if n < 12 else 400,
        }
    )
    found = segments.find(ledger)
    kinds = dict(zip(found.names.tolist(), found.segment.tolist(), strict=True))
    assert kinds == {name: name for name in kinds}
    assert found.trend[found.names == "prompt"] == pytest.approx(0, abs=2)


def test_the_trend_of_who_buys_seldom_is_seen_and_chance_is_not():
    """One amount each two months: the last three of a year are the latest."""
    ledger = ledger_of(
        {
            "slips": lambda rng, n: 4 if n < 9 else 35,
            "better": lambda rng, n: 30 if n < 9 else 2,
            "chance": lambda rng, n: (0, 60, 10, 50)[n % 4],
        },
        count=12,
        step=61,
    )
    found = segments.find(ledger)
    trend = dict(zip(found.names.tolist(), found.trend.tolist(), strict=True))
    # The last one is open still: 16 days so far.
    assert trend["slips"] == pytest.approx((35 + 35 + 16) / 3 - 4)
    assert trend["better"] == pytest.approx(-28)
    assert trend["chance"] == 0


def test_a_customer_with_few_invoices_is_new():
    found = segments.find(ledger_of({"x": lambda rng, n: 0}, count=3))
    assert found.segment.tolist() == ["new"]


def test_a_segment_only_knows_its_day():
    ledger = ledger_of({"x": lambda rng, n: 0 if n < 10 else 300})
    early = ledger.asof - 14 * 12
    assert segments.find(ledger).segment.tolist() == ["failing"]
    assert segments.find(ledger, day=early).segment.tolist() == ["prompt"]


def test_a_reliable_payer_that_slips_is_found():
    ledger = ledger_of(
        {
            "slips": lambda rng, n: rng.integers(-2, 2) if n < 15 else 25,
            "same": lambda rng, n: rng.integers(-2, 2),
            "slow": lambda rng, n: rng.integers(20, 30),
        }
    )
    found = changes.find(ledger)
    assert [(one.customer, one.kind) for one in found] == [("slips", "slips")]
    assert found[0].before < 2 < 10 < found[0].now
    assert found[0].cases_now >= 3


def many(reliable, count=40):
    """Habits of customers of which some always take 12 days and then pay, others slip from zero."""
    habits = {}
    for number in range(count):
        late = 12 if number % 2 else 0

        def delay(rng, n, late=late):
            serious = rng.random() < (0.15 if late == 0 or not reliable else 0.0)
            return 35 if serious else late + rng.integers(-1, 2)

        habits[f"c{number:02d}"] = delay
    return habits


def test_own_limits_are_an_alert_only_where_they_beat_the_flat_rule():
    better = changes.compare(ledger_of(many(True), count=25))
    assert better.smart
    assert better.own_precision > better.flat_precision
    assert better.days[0] < better.days[1]
    same = changes.compare(
        ledger_of({f"c{n}": lambda rng, n: rng.choice([0, 12, 35]) for n in range(20)})
    )
    assert not same.smart
    assert not changes.compare(ledger_of({"x": lambda rng, n: 0})).smart


def cases(rng, kind, count, effect, share=0.4):
    missing = rng.random(count) < share
    cell = rng.integers(0, 3, count)
    delay = rng.normal(10, 12, count) + 8 * cell + effect * missing
    return kind, missing, delay, cell


def test_the_costliest_missing_document_comes_first():
    rng = np.random.default_rng(3)
    parts = [
        cases(rng, "pv", 300, 15),
        cases(rng, "order", 300, 7),
        cases(rng, "plan", 300, 0),
        cases(rng, "rare", 50, 40),
    ]
    kind = np.repeat([part[0] for part in parts], [len(part[1]) for part in parts])
    missing, delay, cell = (
        np.concatenate([part[i] for part in parts]) for i in (1, 2, 3)
    )
    found = documents.associate(
        kind, np.full(len(kind), "situation"), missing, delay, cell
    )
    assert [one.kind for one in found] == ["pv", "order", "plan", "rare"]
    first, plan, rare = found[0], found[2], found[3]
    assert first.low < 15 < first.high
    assert plan.low < 0 < plan.high
    assert (rare.state, rare.days) == ("too_few", None)
    assert first.missing >= 30
    # Shrunk toward the others, never beyond them.
    assert min(one.plain for one in found[:3]) <= first.days <= first.plain


def test_cells_take_away_what_is_only_size():
    rng = np.random.default_rng(3)
    cell = rng.integers(0, 2, 800)
    # Large works lack documents more often and are slower anyway.
    missing = rng.random(800) < np.where(cell, 0.7, 0.2)
    delay = rng.normal(5, 5, 800) + 30 * cell
    plain = delay[missing].mean() - delay[~missing].mean()
    assert plain > 10
    assert abs(documents.difference(missing, delay, cell)) < 1.5
