# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reasons: true to the model, true to the facts."""

import sys
import time
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "btp_relance_scoring"))
sys.path.append(str(ROOT / "tests"))

from invented import frames, model_of  # noqa: E402
from learner import Ledger, reasons, train  # noqa: E402
from learner.snapshot import Snapshot  # noqa: E402

pytestmark = pytest.mark.pure

DAY = np.datetime64("2025-06-30")


@pytest.fixture(scope="module")
def case():
    fitted, _rows, _truth = model_of(DAY, 1500)
    snap = Snapshot(fitted.ledger, fitted.ledger.asof, 0)
    return fitted.model, snap, reasons.explain(fitted.model, snap)


def probability(model, snap):
    part = slice(None)
    return model.mix.probability(*model.parts_of(snap, part))


def test_a_fact_taken_away_moves_the_score_the_way_that_was_said(case):
    """The fact is removed from the features, and the whole model is read again."""
    model, snap, said = case
    before = probability(model, snap)
    whole = snap.values
    checked = 0
    for group in set(model.groups.values()):
        names = [name for name in model.names if model.groups[name] == group]
        usual = {
            name: np.full(
                len(snap), np.nan if (v := model.reference[name]) is None else v
            )
            for name in names
        }
        snap.values = whole | usual
        after = probability(model, snap)
        snap.values = whole
        for row, found in enumerate(said):
            for one in found:
                if one["group"] == group:
                    checked += 1
                    moved = before[row] - after[row]
                    assert moved * one["effect"] > 0
                    assert moved == pytest.approx(one["effect"], abs=0.03)
    assert checked > 50


def test_sign_and_fact_agree(case):
    _model, _snap, said = case
    seen = set()
    for found in said:
        assert len(found) <= 3
        strengths = [abs(one["effect"]) for one in found]
        assert strengths == sorted(strengths, reverse=True)
        for one in found:
            keys, sign = reasons.FACTS.get(one["group"], ((), 0))
            if sign:
                seen.add(one["group"])
                key = next(key for key in keys if key in one["facts"])
                usual = one["usual"][key] or 0.0
                assert sign * (one["facts"][key] - usual) * one["effect"] > 0
    assert {"habit", "documents"} <= seen


def test_what_is_overdue_says_so(case):
    _model, snap, said = case
    over = np.flatnonzero(snap.to_due < 0)
    for row in over:
        assert said[row][0]["group"] == "overdue"
        assert said[row][0]["facts"]["days"] == -snap.to_due[row]


def test_a_missing_document_is_named(case):
    _model, snap, said = case
    missing = snap.values["missing_documents"] == 1
    named = [
        any(one["group"] == "documents" and one["effect"] > 0 for one in found)
        for found in said
    ]
    coming = snap.to_due > 0
    assert np.mean(np.array(named)[missing & coming]) > 0.3
    assert not np.array(named)[~missing].any()


@pytest.mark.parametrize("count", [80, 150])
def test_small_companies_have_reasons_too(count):
    table, _rows, _truth = frames(DAY, invoices=count)
    ledger = Ledger(table)
    model = train(ledger)
    said = reasons.explain(model, Snapshot(ledger, ledger.asof, 0))
    assert any(found for found in said)


def test_reasons_of_many_rows_are_fast(case):
    """Two thousand rows, measured in time of this process alone: a machine may do other work."""
    model, snap, _said = case
    many = np.resize(snap.rows, 2000)
    ledger = snap.book.ledger
    large = Snapshot(ledger, ledger.asof, 0, many)
    start = time.process_time()
    reasons.explain(model, large)
    assert time.process_time() - start < 4
