# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a step passes over by chance: always the same, of about the share asked for."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.holdout import draw  # noqa: E402

pytestmark = pytest.mark.pure


def test_the_draw_is_stable():
    # Written down: another version must not draw anew what was drawn.
    assert draw(7, 3, "2025-05-11") == 42
    assert draw(7, 3, "2025-05-12") != draw(7, 3, "2025-05-11")


def test_nothing_is_held_out_by_default_and_the_share_is_kept():
    cases = [
        (partner, 4, f"2025-05-{day:02}")
        for partner in range(200)
        for day in range(1, 29)
    ]
    assert not any(draw(*case) < 0 for case in cases)
    for share in (5, 20, 50):
        held = sum(draw(*case) < share for case in cases) / len(cases)
        assert abs(held - share / 100) < 0.015


def test_a_debtor_is_not_always_the_one():
    held = [draw(12, 4, f"2025-05-{day:02}") < 50 for day in range(1, 29)]
    assert 4 < sum(held) < 24
