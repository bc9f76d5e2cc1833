# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pictures of figures are sound XML whatever they show."""

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.figures.picture import (  # noqa: E402
    HEIGHT,
    Series,
    bars,
    cut,
    data_url,
    lines,
    parts,
    ranges,
    steps,
    weeks,
)

pytestmark = pytest.mark.pure
SVG = "{http://www.w3.org/2000/svg}"


def test_marks_hold_every_value():
    assert steps(0, 87) == [0, 25, 50, 75, 100]
    assert steps(-30, 60) == [-50, -25, 0, 25, 50, 75]
    assert steps(0, 0) == [0, 1]


def test_lines_break_where_nothing_is_known():
    svg = lines(["a", "b", "c", "<d>"], [Series("x & y", [1, None, 3, 4])], str)
    root = ElementTree.fromstring(svg)
    assert len(root.findall(f"{SVG}polyline")) == 2
    assert data_url(svg).startswith("data:image/svg+xml;base64,")
    assert ElementTree.fromstring(lines([], [], str)) is not None


def test_bars_go_both_ways():
    root = ElementTree.fromstring(bars(["debts", "credits"], [100.0, -50.0], str))
    first, second = root.findall(f"{SVG}rect")
    assert float(first.get("width")) == pytest.approx(
        2 * float(second.get("width")), abs=0.2
    )
    assert float(second.get("x")) < float(first.get("x"))


def test_weeks():
    rows = [
        {"expected": 10, "low": 5, "high": 20, "actual": 12},
        {"expected": 0, "low": 0, "high": 0},
    ]
    root = ElementTree.fromstring(weeks(["w1", "w2"], rows, str, ("e", "b", "c")))
    assert len(root.findall(f"{SVG}circle")) == 1
    heights = [float(item.get("height")) for item in root.findall(f"{SVG}rect")]
    assert min(heights) >= 0


def test_parts_stand_in_their_whole():
    names = [f"Syndicat des copropriétaires {rank} & fils" for rank in range(8)]
    svg = parts(names, [(100.0, 40.0)] * 8, str, ("all", "old"))
    root = ElementTree.fromstring(svg)
    whole, part = root.findall(f"{SVG}rect")[:2]
    assert float(part.get("width")) == pytest.approx(0.4 * float(whole.get("width")))
    assert float(root.get("height")) <= HEIGHT
    assert ElementTree.fromstring(parts([], [], str, ("all", "old"))) is not None


def test_ranges_share_one_scale():
    svg = ranges(["a", "b"], [(-0.1, 0.1, 0.3), (0.2, 0.3, 0.4)], str)
    root = ElementTree.fromstring(svg)
    first, second = root.findall(f"{SVG}circle")
    assert float(first.get("cx")) < float(second.get("cx"))
    # Sure of itself or not: another colour.
    assert first.get("fill") != second.get("fill")


def test_labels_are_cut_where_they_would_run_into_the_bars():
    assert cut("short") == "short"
    assert cut("x" * 50) == "x" * 33 + "…"
