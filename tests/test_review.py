# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which cases were worth a person's time."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.review import share, verdict  # noqa: E402


@pytest.mark.parametrize(
    ("judged", "useful", "expected"),
    [
        (0, 0, None),
        (1, 1, "few"),
        (2, 0, "few"),
        (3, 0, "raise"),
        (3, 1, "mixed"),
        (4, 1, "raise"),
        (4, 2, "worth"),
        (5, 2, "mixed"),
        (100, 50, "worth"),
    ],
)
def test_those_who_handled_the_cases_decide(judged, useful, expected):
    assert verdict(judged, useful) == expected


def test_a_share_of_nothing_is_nothing():
    assert share(3, 4) == 0.75
    assert share(3, 0) == 0.0
