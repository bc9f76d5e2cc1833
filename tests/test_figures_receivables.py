# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each figure on the worked examples of credit management, and where it has no answer."""

import sys
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_open_credits_make_no_negative_days():
    # All that is owed is set off by a payment that nobody matched.
    assert dso.average_days_delinquent(0, 365, 365).reason == "credits_over_overdue"
    assert dso.average_days_delinquent(90, 100, 365).reason == "credits_over_overdue"
    assert dso.average_days_delinquent(-1, 100, 365).reason == "negative_balance"
    assert dso.average_days_delinquent(100, 100, 365).value == 0


def test_days_without_measure():
    # Old debts of a company that hardly invoices any more.
    assert dso.dso(1000, 100).value == 3650
    assert dso.dso(1000.01, 100).reason == "beyond_measure"
    assert dso.best_possible(1000.01, 100).reason == "beyond_measure"


def test_days_of_a_short_history():
    # Four months of sales, one of them owed: 30 days, not 91.
    whole = (100_000, 400_000)
    assert dso.over_history(dso.dso, *whole, covered=120).value == 30
    assert dso.over_history(dso.dso, *whole, covered=365).value == D("91.25")
    assert dso.over_history(dso.dso, *whole, covered=4000).value == D("91.25")
    assert dso.over_history(dso.dso, *whole, covered=89).reason == "little_history"
    assert dso.over_history(dso.dso, *whole, covered=90).value == D("22.5")
    # Nothing invoiced at all says more than a short history.
    assert dso.over_history(dso.dso, 0, 0, covered=0).reason == "no_sales"
    late = dso.over_history(dso.average_days_delinquent, 30, 10, 100, covered=100)
    assert late.value == 20


def test_what_is_asked_for():
    assert receivables.asked(1000, -34.5) == (D("965.5"), D("34.5"))
    # Never less than nothing: the rest of a credit waits for the next invoice.
    assert receivables.asked(1000, -1500) == (0, 1000)
    assert receivables.asked(0, -10) == (0, 0)
    assert receivables.asked(10, 0) == (10, 0)


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


@given(
    st.dictionaries(st.sampled_from([None, *range(5)]), st.integers(0, 10**7)),
    st.dictionaries(st.sampled_from([None, *range(5)]), st.integers(0, 10**7)),
    st.integers(10**7, 10**9),
    st.integers(10**7, 10**9),
    st.integers(90, 500),
)
@settings(derandomize=True, database=None, max_examples=150)
def test_the_parts_that_are_shown_add_up_to_the_change(old, new, sold, sells, covered):
    found = cause.explain(old, new, sold, sells, covered, covered + 30)
    if found.change is None:
        return
    assert sum(days for _key, days in found.parts) + found.sales == pytest.approx(
        found.change
    )
    change, parts = cause.shown(found)
    assert sum(days for _key, days in parts) == change
    assert change == round(found.change, 1)
    assert None not in dict(parts)


def test_the_cause_names_the_rest():
    before = {"town": 100_000, None: 50_000}
    after = {"town": 130_000, "a": 10_000, "b": 6_000, None: 40_000}
    change, parts = cause.shown(cause.explain(before, after, 3_650_000, 3_650_000))
    assert change == D("3.6")
    # "b" is not named, nor is what belongs to nobody: 0.6 − 1.0.
    assert parts == [("town", D("3.0")), ("a", D("1.0")), (cause.OTHERS, D("-0.4"))]
    # Less invoiced is a part of its own, whatever its way.
    change, parts = cause.shown(cause.explain(before, before, 3_650_000, 3_000_000))
    assert parts == [(cause.SALES, change)]


def test_every_reason_is_known():
    figures = [
        dso.dso(11, 1),
        dso.average_days_delinquent(0, 1, 1),
        dso.over_history(dso.dso, 1, 1, covered=1),
        dso.dso(1, 0),
        dso.dso(-1, 1),
        dso.count_back(1, []),
        receivables.overdue_rate(0, 0),
        receivables.average_delay(0, 0),
        receivables.paid_before(0, 0),
    ]
    assert {figure.reason for figure in figures} <= set(answer.REASONS)
