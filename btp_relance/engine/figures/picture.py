# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Pictures of figures on paper, as SVG: lines, bars, and bars with a band."""

import base64
from collections.abc import Callable, Sequence
from math import ceil, floor, log10
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 680, 172
LEFT, RIGHT, TOP, BOTTOM = 62, 10, 12, 26
#: Room for what stands before a flat bar.
NAMES = 205
MAIN, BEST, CAME, BAND, GRID, INK = (
    "#1f77b4", "#5f9e6e", "#c85f00", "#c9dced", "#dddddd", "#444444",
)  # fmt: skip
AGES = (
    "#5f9e6e", "#e8c547", "#e6a23c", "#dd7f3b", "#cc5a3b", "#a63232", "#8a8f98", "#7a9ab8",
)  # fmt: skip


class Series(NamedTuple):
    """A line: its name, its values (None where there is none), its colour and its dashes."""

    name: str
    values: Sequence
    color: str = MAIN
    dashes: str = ""


def data_url(svg: str) -> str:
    """Return a picture as an address that holds it."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def steps(low: float, high: float, count: int = 4) -> list[float]:
    """Return round marks that hold all values, zero among them."""
    low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        return [0.0, 1.0]
    raw = (high - low) / count
    size = 10 ** floor(log10(raw))
    step = next(size * by for by in (1, 2, 2.5, 5, 10) if size * by >= raw)
    return [step * rank for rank in range(floor(low / step), ceil(high / step) + 1)]


def lines(labels: Sequence[str], series: Sequence[Series], say: Callable) -> str:
    """Return lines over the same labels, with their names at the top."""
    known = [value for one in series for value in one.values if value is not None]
    marks = steps(min(known, default=0), max(known, default=0))
    place = _scale(marks)
    across = _places(len(labels))
    parts = [*_grid(marks, place, say), *_labels(labels, across)]
    for one in series:
        runs, run = [], []
        for x, value in zip(across, one.values, strict=True):
            if value is None:
                runs, run = [*runs, run], []
            else:
                run.append(f"{x:.1f},{place(value):.1f}")
        parts += [
            f'<polyline points="{" ".join(run)}" fill="none" stroke="{one.color}"'
            f' stroke-width="2.2" stroke-dasharray="{one.dashes}"/>'
            for run in [*runs, run]
            if run
        ]
    return _svg([*parts, *_legend([(one.name, one.color) for one in series])])


def bars(
    labels: Sequence[str], values: Sequence[float], say: Callable, colors=AGES
) -> str:
    """Return flat bars with their value in words."""
    left, room = NAMES, 90
    low, high = min([0.0, *values]), max([0.0, *values])
    size = (WIDTH - left - room) / ((high - low) or 1)
    zero = left - low * size
    step = (HEIGHT - 8) / max(len(labels), 1)
    parts = []
    for rank, (label, value) in enumerate(zip(labels, values, strict=True)):
        y = 4 + rank * step
        x, width = min(zero, zero + value * size), abs(value * size)
        middle = y + step / 2 + 4
        parts += [
            _text(cut(label), 0, middle),
            f'<rect x="{x:.1f}" y="{y + 3:.1f}" width="{width:.1f}"'
            f' height="{step - 6:.1f}" fill="{colors[rank % len(colors)]}"/>',
            _text(say(value), zero + max(value * size, 0) + 6, middle),
        ]
    return _svg(parts)


def weeks(labels: Sequence[str], rows: Sequence[dict], say: Callable, names) -> str:
    """Return bars of what is expected, their band, and points for what came.

    :param rows: dicts of ``expected, low, high`` and, where the week is over, ``actual``
    :param names: of what is expected, of the band, of what came
    """
    known = [
        row.get(key) or 0 for row in rows for key in ("expected", "high", "actual")
    ]
    marks = steps(0, max(known, default=0))
    place = _scale(marks)
    across = _places(len(labels))
    half = (WIDTH - LEFT - RIGHT) / max(len(labels), 1) * 0.34
    parts = [*_grid(marks, place, say), *_labels(labels, across)]
    for x, row in zip(across, rows, strict=True):
        top, bottom = place(row["high"] or 0), place(row["low"] or 0)
        parts += [
            f'<rect x="{x - half * 1.35:.1f}" y="{top:.1f}" width="{half * 2.7:.1f}"'
            f' height="{max(bottom - top, 0):.1f}" fill="{BAND}"/>',
            f'<rect x="{x - half:.1f}" y="{place(row["expected"] or 0):.1f}"'
            f' width="{half * 2:.1f}" fill="{MAIN}" fill-opacity="0.75"'
            f' height="{place(0) - place(row["expected"] or 0):.1f}"/>',
        ]
        if row.get("actual") is not None:
            parts.append(
                f'<circle cx="{x:.1f}" cy="{place(row["actual"]):.1f}" r="4" fill="{CAME}"/>'
            )
    return _svg([*parts, *_legend(list(zip(names, (MAIN, BAND, CAME), strict=True)))])


def parts(labels: Sequence[str], rows: Sequence[tuple], say: Callable, names) -> str:
    """Return flat bars, each with a part of it in a warmer colour, and the whole in words.

    :param rows: whole and part of each bar
    :param names: of the whole, of the part
    """
    head, room = 18, 90
    size = (WIDTH - NAMES - room) / (
        max((whole for whole, _part in rows), default=0) or 1
    )
    step = min((HEIGHT - head) / max(len(labels), 1), 26)
    drawn = []
    for rank, (label, (whole, part)) in enumerate(zip(labels, rows, strict=True)):
        y = head + rank * step
        for value, color in ((whole, AGES[2]), (part, AGES[5])):
            drawn.append(
                f'<rect x="{NAMES}" y="{y + 2:.1f}" width="{max(value, 0) * size:.1f}"'
                f' height="{step - 5:.1f}" fill="{color}"/>'
            )
        middle = y + step / 2 + 4
        drawn += [
            _text(cut(label), 0, middle),
            _text(say(whole), NAMES + max(whole, 0) * size + 6, middle),
        ]
    legend = _legend(list(zip(names, (AGES[2], AGES[5]), strict=True)), NAMES)
    return _svg([*drawn, *legend], head + step * len(labels))


def ranges(labels: Sequence[str], rows: Sequence[tuple], say: Callable) -> str:
    """Return a point with its interval for each label, on one scale with zero.

    :param rows: low end, middle and high end of each
    """
    left, foot, room = NAMES + 80, 20, 60
    low = min((row[0] for row in rows), default=0.0)
    high = max((row[2] for row in rows), default=0.0)
    marks = steps(low, high)
    size = (WIDTH - left - room) / (marks[-1] - marks[0])
    step = min((HEIGHT - foot) / max(len(labels), 1), 26)
    height = step * len(labels)

    def place(value):
        return left + (value - marks[0]) * size

    drawn = []
    for mark in marks:
        x, color = place(mark), INK if not mark else GRID
        drawn += [
            f'<line x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{height:.1f}" stroke="{color}"/>',
            _text(say(mark), x, height + 14, "middle"),
        ]
    for rank, (label, (start, middle, end)) in enumerate(
        zip(labels, rows, strict=True)
    ):
        y = (rank + 0.5) * step
        color = BEST if start > 0 else AGES[5] if end < 0 else AGES[6]
        drawn += [
            _text(cut(label, 48), 0, y + 4),
            f'<line x1="{place(start):.1f}" y1="{y:.1f}" x2="{place(end):.1f}"'
            f' y2="{y:.1f}" stroke="{color}" stroke-width="5" stroke-opacity="0.5"/>',
            f'<circle cx="{place(middle):.1f}" cy="{y:.1f}" r="5" fill="{color}"/>',
        ]
    return _svg(drawn, height + foot)


def cut(label: str, most: int = 34) -> str:
    """Return a label that has room beside its bar."""
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def _places(count):
    room = (WIDTH - LEFT - RIGHT) / max(count, 1)
    return [LEFT + room * (rank + 0.5) for rank in range(count)]


def _scale(marks):
    low, high = marks[0], marks[-1]
    size = (HEIGHT - TOP - BOTTOM - 16) / (high - low)
    return lambda value: HEIGHT - BOTTOM - (float(value) - low) * size


def _grid(marks, place, say):
    for mark in marks:
        y = place(mark)
        yield (
            f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"'
            f' stroke="{GRID}"/>'
        )
        yield _text(say(mark), LEFT - 6, y + 4, "end")


def _labels(labels, across):
    every = ceil(len(labels) / 13) or 1
    for rank, (label, x) in enumerate(zip(labels, across, strict=True)):
        if rank % every == 0:
            yield _text(label, x, HEIGHT - 8, "middle")


def _legend(names, x=LEFT):
    for name, color in names:
        yield f'<rect x="{x}" y="2" width="12" height="9" fill="{color}"/>'
        yield _text(name, x + 17, 11)
        x += 40 + 7 * len(name)


def _text(text, x, y, anchor="start"):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{INK}"'
        f' font-size="11" font-family="Lato, Liberation Sans, DejaVu Sans, sans-serif">'
        f"{escape(str(text))}</text>"
    )


def _svg(drawn, height=HEIGHT):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}"'
        f' width="{WIDTH}" height="{height:.0f}">{"".join(drawn)}</svg>'
    )
