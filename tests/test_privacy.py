# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How long personal data is kept, and what the chain keeps of what was erased."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.chain import commitment, read_spans, spans  # noqa: E402
from engine.privacy import cutoff  # noqa: E402

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("today", "months", "last"),
    [
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2028, 5, 31), 3, date(2028, 2, 29)),
        (date(2026, 1, 15), 60, date(2021, 1, 15)),
        (date(2026, 1, 15), 120, date(2016, 1, 15)),
    ],
)
def test_the_last_day_past_its_time(today, months, last):
    assert cutoff(today, months) == last


@pytest.mark.parametrize("months", [0, -1])
def test_nothing_is_kept_for_no_time(months):
    with pytest.raises(ValueError, match="at least one month"):
        cutoff(date(2026, 1, 1), months)


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([3], "3"), ([9, 7, 8, 3, 7], "3, 7-9"), ([1, 2], "1-2")],
)
def test_numbers_in_short_and_back(numbers, text):
    assert spans(numbers) == text
    assert read_spans(text) == set(numbers)


def test_text_that_is_no_number_says_nothing():
    assert read_spans("about 12 rows") == set()
    assert read_spans(None) == set()


def test_a_commitment_holds_values_and_salt():
    values = {"name": "Zoe", "detail": None}
    assert commitment("a", values) == commitment("a", dict(reversed(values.items())))
    assert commitment("a", values) != commitment("b", values)
    assert commitment("a", values) != commitment("a", values | {"name": "Zoé"})
