# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Costs, promises, disputes, forecasts and effects, without a database."""

import sys
from decimal import Decimal as D
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.figures import effect, forecast, work  # noqa: E402

pytestmark = pytest.mark.pure


def test_cost():
    assert work.cost(30, 10, 5, 900).value == D("0.05")
    assert work.cost(30, 10, 5, 0).reason == "nothing_collected"


def test_time_without_a_rate_costs_no_zero():
    assert work.cost(0, 10, 5, 900, minutes=12, rate=0).reason == "rate_missing"
    assert work.cost(0, 0, 0, 900, minutes=0, rate=0).reason == "rate_missing"
    # The rate was given after the time was spent.
    assert work.cost(0, 0, 0, 900, minutes=12, rate=40).reason == "rate_missing"
    assert work.cost(0, 0, 0, 900, minutes=0, rate=40).value == 0
    # What was counted at a rate stays, even where there is none any more.
    assert work.cost(9, 0, 0, 900, minutes=12, rate=0).value == D("0.01")
    assert work.cost(0, 0, 0, 0, minutes=12, rate=0).reason == "nothing_collected"


def test_promises():
    assert work.promises_kept(800, 1000).value == D("0.8")
    assert work.promises_kept(0, 0).reason == "nothing_promised"


def test_disputes():
    found = work.dispute_time([2, 10, 30, 58])
    assert [figure.value for figure in found] == [25, 20, D("0.25")]
    assert {figure.reason for figure in work.dispute_time([])} == {"no_dispute"}


def test_shares():
    assert work.days_per_document(30, 4).value == D("7.5")
    assert work.days_per_document(0, 0).reason == "no_document"
    assert work.complaint_rate(1, 200).value == D("0.005")
    assert work.complaint_rate(0, 0).reason == "no_reminder"
    assert work.cases_worth(3, 4).value == D("0.75")
    assert work.cases_worth(0, 0).reason == "no_case"


def test_forecasts():
    weeks = [(100, 120), (0, 10), (200, 150)]
    assert forecast.wape(weeks).value == D(80) / 300
    assert forecast.bias(weeks).value == D(-20) / 300
    # The week without cash is left out of a MAPE, not of a WAPE.
    assert forecast.mape(weeks).value == (D("0.2") + D("0.25")) / 2
    for figure in (forecast.wape, forecast.bias, forecast.mape):
        assert figure([]).reason == "no_forecast"
        assert figure([(0, 5)]).reason == "nothing_came"
    # The same from their sums, as months keep them.
    assert forecast.missed_share(80, 300, 280) == forecast.wape(weeks)
    assert forecast.bias_share(300, 280) == forecast.bias(weeks)
    for figure in (forecast.missed_share(0, 0, 0), forecast.bias_share(0, 0)):
        assert figure.reason == "no_forecast"
    assert forecast.bias_share(0, 5).reason == "nothing_came"


def test_effect():
    # Newcombe's own example: 56/70 against 48/80 is 0.20, from 0.0524 to 0.3339.
    found = effect.difference(56, 70, 48, 80)
    assert found.difference.value == D("0.2")
    assert round(found.low, 4) == 0.0524
    assert round(found.high, 4) == 0.3339
    few = effect.difference(9, 9, 0, 100)
    assert few.difference.reason == "few_cases"
    assert few.low is None
    assert effect.difference(0, 0, 0, 0).reminded.reason == "few_cases"


def test_wilson():
    low, high = effect.wilson(0, 20)
    assert low == 0
    assert 0.16 < high < 0.17
    assert effect.wilson(0, 0) == (0, 1)
