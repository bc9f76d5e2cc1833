# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How what is contested falls on the amounts due."""

import sys
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.dispute import Due, allocate, reduce  # noqa: E402

pytestmark = pytest.mark.pure

FIRST = Due(1, D("300.00"), date(2025, 1, 31))
SECOND = Due(2, D("300.00"), date(2025, 2, 28))
KEPT = Due(3, D("50.00"), date(2026, 2, 28), is_retention=True)
DUES = [FIRST, SECOND, KEPT]


def test_the_last_due_is_contested_first_and_a_retention_last():
    assert allocate(D("100"), DUES) == {2: D("100")}
    assert allocate(D("300.01"), DUES) == {2: D("300.00"), 1: D("0.01")}
    assert allocate(D("620"), DUES) == {2: D("300"), 1: D("300"), 3: D("20")}


def test_no_more_than_there_is():
    assert sum(allocate(D("9999"), DUES).values()) == D("650.00")
    assert allocate(D("10"), [Due(1, D("0"), date(2025, 1, 1))]) == {}
    assert allocate(D("0"), DUES) == {}


def test_what_stays_held_keeps_the_order():
    parts = allocate(D("400"), DUES)
    assert reduce(D("400"), parts) == {2: D("300"), 1: D("100")}
    assert reduce(D("350"), parts) == {2: D("300"), 1: D("50")}
    assert reduce(D("0"), parts) == {2: D("0"), 1: D("0")}
