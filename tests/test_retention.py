# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The release of a retention and its amount, without a database."""

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.retention import Works, amount, fit, release_on, split  # noqa: E402

pytestmark = pytest.mark.pure

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("works", "expected"),
    [
        # Réception 12/06/2025: private 12/06/2026, public refund by 12/07/2026.
        (Works(reception=date(2025, 6, 12)), date(2026, 6, 12)),
        (Works(public=True, reception=date(2025, 6, 12)), date(2026, 7, 12)),
        # Private: unlifted reserves put nothing off (loi 71-584, art. 2).
        (Works(reception=date(2025, 6, 12), reserves=True), date(2026, 6, 12)),
        # A longer guarantee of the contract counts for a public buyer only.
        (
            Works(reception=date(2025, 6, 12), guarantee_end=date(2027, 6, 12)),
            date(2026, 6, 12),
        ),
        (
            Works(True, date(2025, 6, 12), guarantee_end=date(2027, 6, 12)),
            date(2027, 7, 12),
        ),
        # Public: reserves lifted after the guarantee put the release off.
        (
            Works(True, date(2024, 6, 12), reserves=True, lifted=date(2025, 9, 1)),
            date(2025, 10, 1),
        ),
        (
            Works(True, date(2025, 6, 12), reserves=True, lifted=date(2025, 9, 1)),
            date(2026, 7, 12),
        ),
        # Not lifted yet: thirty days from today at the soonest.
        (Works(True, date(2025, 1, 5), reserves=True), date(2026, 4, 9)),
        # No réception: expected, a year from the planned one, never sooner than today's.
        (Works(planned=date(2026, 9, 30)), date(2027, 9, 30)),
        (Works(planned=date(2025, 9, 30)), date(2027, 3, 10)),
        (Works(), date(2027, 3, 10)),
        (Works(public=True), date(2027, 4, 9)),
        # A bond takes its place: what was withheld is paid back.
        (
            Works(reception=date(2025, 6, 12), substituted=date(2025, 12, 1)),
            date(2025, 12, 1),
        ),
        # 29 February.
        (Works(reception=date(2024, 2, 29)), date(2025, 2, 28)),
    ],
)
def test_release(works, expected):
    assert release_on(works, TODAY) == expected


def test_a_public_retention_with_a_guarantee_end_waits_for_a_reception():
    works = Works(True, None, guarantee_end=date(2025, 1, 1))
    assert release_on(works, TODAY) == date(2027, 4, 9)


def test_amounts_of_the_worked_examples():
    assert amount("26419.20", 5) == Decimal("1320.96")
    assert amount("18000.00", 5) == Decimal("900.00")
    assert amount("60000.00", 5) == Decimal("3000.00")


def test_the_parts_and_the_retention_are_the_whole():
    random = Random(7)
    for _ in range(300):
        parts = {
            rank: Decimal(random.randrange(-200_000, 900_000)) / 100
            for rank in range(random.randrange(1, 6))
        }
        total = sum(parts.values())
        held = amount(total, random.choice((1, 2.5, 3, 5)))
        left = split(parts, total, held)
        assert sum(left.values()) + held == total
        assert list(left) == list(parts)


def test_each_payment_bears_its_share():
    left = split({"a": Decimal(300), "b": Decimal(700)}, 1000, Decimal("50.00"))
    assert left == {"a": Decimal("285.00"), "b": Decimal("665.00")}


def test_nothing_to_split():
    assert split({"a": Decimal(0)}, 0, Decimal("0.00")) == {"a": Decimal(0)}


@pytest.mark.parametrize(
    ("total", "share", "left", "left_held", "expected"),
    [
        (600, 30, 1710, 90, 30),
        # Paid back already, or only in part.
        (600, 30, 1710, 0, 0),
        (600, 30, 1710, 12.5, "12.5"),
        # Nothing else is left to pay, or too little.
        (50, "2.50", 0, 90, 50),
        (70, "3.50", 10, 90, 60),
        # More than all that is left: the rest is owed to the customer.
        (200, 10, 10, 90, 90),
    ],
)
def test_a_credit_note_takes_what_is_retained(total, share, left, left_held, expected):
    assert fit(total, share, left, left_held) == Decimal(expected)
