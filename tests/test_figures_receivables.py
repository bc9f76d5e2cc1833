# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each figure on the worked examples of credit management, and where it has no answer."""

import sys
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.figures import answer, cause, dso, receivables  # noqa: E402

pytestmark = pytest.mark.pure

MONTHS = [(90_000, 30), (80_000, 31), (100_000, 30)]


def test_dso():
    assert dso.dso(300_000, 1_825_000) == (D(60), None)
    assert dso.dso(0, 10) == (0, None)
    assert dso.dso(10, 0) == (None, "no_sales")
    assert dso.dso(10, D("-0.01")) == (None, "no_sales")
    assert dso.dso(-10, 100) == (None, "negative_balance")
    # A float is what it shows.
    assert dso.dso(0.1, 0.2, 3).value == D("1.5")


def test_best_possible_and_days_delinquent():
    assert dso.best_possible(180_000, 1_825_000).value == 36
    assert dso.average_days_delinquent(300_000, 180_000, 1_825_000).value == 24
    assert dso.average_days_delinquent(1, 1, 0).reason == "no_sales"
    # More open credits than overdue: better than the best.
    assert dso.average_days_delinquent(90, 100, 365).value == -10


def test_count_back():
    assert dso.count_back(210_000, MONTHS).value == 73
    assert dso.count_back(90_000, MONTHS).value == 30
    assert dso.count_back(45_000, MONTHS).value == 15
    assert dso.count_back(0, []).value == 0
    assert dso.count_back(270_001, MONTHS).reason == "history_too_short"
    assert dso.count_back(1, []).reason == "history_too_short"
    assert dso.count_back(-1, MONTHS).reason == "negative_balance"


def test_count_back_through_odd_months():
    # Nothing sold in August: its days count. More credits than invoices: looked for before.
    assert dso.count_back(100, [(0, 31), (200, 30)]).value == 31 + 15
    assert dso.count_back(100, [(-100, 31), (400, 30)]).value == 31 + 15


def test_collection_effectiveness():
    assert receivables.collection_effectiveness(280, 150, 300, 180).value == D("0.52")
    # Nothing was to be collected: all that is owed is not due.
    assert receivables.collection_effectiveness(0, 50, 50, 50).reason == "nothing_due"
    assert receivables.collection_effectiveness(0, 0, 0, 0).reason == "nothing_due"


def test_overdue_rate():
    assert receivables.overdue_rate(120_000, 300_000).value == D("0.4")
    assert receivables.overdue_rate(0, 0).reason == "nothing_owed"
    assert receivables.overdue_rate(10, -5).reason == "negative_balance"


def test_ageing():
    days = [-3, 0, 1, 10, 11, 30, 31, 60, 61, 90, 91, 400]
    assert receivables.ageing((day, 1) for day in days) == [2, 2, 2, 2, 2]
    assert receivables.ageing([]) == [0] * 5
    late = date(2026, 3, 10) - date(2026, 2, 8)
    assert receivables.bucket(late.days) == 1


def test_average_delay():
    # 1 000 paid 10 days late, 3 000 in time: 2.5 days.
    assert receivables.average_delay(10_000, 4_000).value == D("2.5")
    assert receivables.average_delay(0, 0).reason == "nothing_paid"


def test_paid_before():
    assert receivables.paid_before(750, 1000).value == D("0.75")
    assert receivables.paid_before(0, 0).reason == "nothing_due"


def test_cause_adds_up():
    before = {"town": 100_000, "promoter": 200_000}
    after = {"town": 115_000, "promoter": 190_000, "syndic": 15_000}
    found = cause.explain(before, after, 1_825_000, 1_825_000)
    assert found.change == 4
    assert found.parts == [("syndic", 3), ("town", 3), ("promoter", -2)]
    assert found.sales == 0
    fewer = cause.explain(before, before, 1_825_000, 912_500)
    assert fewer.change == 60 == fewer.sales
    assert cause.explain(before, after, 0, 1).change is None
    # Down: what took most off comes first.
    better = cause.explain(after, before, 1_825_000, 1_825_000)
    assert better.parts[0] == ("syndic", -3)
    assert better.parts[-1][1] == 2


def test_every_reason_is_known():
    figures = [
        dso.dso(1, 0),
        dso.dso(-1, 1),
        dso.count_back(1, []),
        receivables.overdue_rate(0, 0),
        receivables.average_delay(0, 0),
        receivables.paid_before(0, 0),
    ]
    assert {figure.reason for figure in figures} <= set(answer.REASONS)
