# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From words to lines and segments, by their places alone."""

from .model import Line, Segment

#: A gap wider than this many heights of letters parts two segments; wider in pictures, where dashes get lost.
GAP = 1.15
GAP_IN_PICTURES = 1.7


def build_lines(words, page, gap=GAP):
    """Group words of a page by their height on it, then part each line at its wide gaps.

    :param words: in any order
    :param page: the page's number
    :param gap: what parts two segments, in heights of letters
    :return: lines from top to bottom
    """
    rows = []
    for word in sorted(words, key=lambda word: (word.y0 + word.y1) / 2):
        row = next((row for row in reversed(rows[-6:]) if _same_row(row, word)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    rows.sort(key=lambda row: sum(word.y0 + word.y1 for word in row) / len(row))
    lines = []
    for row in rows:
        row.sort(key=lambda word: word.x0)
        segments = [
            Segment(part, page, len(lines)) for part in _split(row, gap) if part
        ]
        if segments:
            lines.append(Line(segments, page, len(lines)))
    return lines


def _same_row(row, word):
    """Whether a word stands on the row, seen from the row's nearest word."""
    near = min(row, key=lambda other: abs(other.x0 - word.x0))
    overlap = min(near.y1, word.y1) - max(near.y0, word.y0)
    if overlap < 0.5 * min(near.height, word.height):
        return False
    # Two words over one another are of two rows.
    across = min(near.x1, word.x1) - max(near.x0, word.x0)
    return across < 0.6 * min(near.x1 - near.x0, word.x1 - word.x0)


def _split(row, widest):
    """Part a row's words at wide gaps and at upright bars."""
    parts, current = [], []
    for word in row:
        if current:
            gap = word.x0 - max(other.x1 for other in current)
            if gap > widest * max(6.0, min(14.0, _letter_height(current, word))):
                parts.append(current)
                current = []
        if word.text in {"|", "¦", "||"}:
            parts.append(current)
            current = []
            continue
        current.append(word)
    return [*parts, current]


def _letter_height(current, word):
    """The height that gaps are compared with."""
    return min(current[-1].height, word.height)


def below(page, segment, reach=4.0):
    """The segments under one that begin at about its left edge or are under it, nearest first.

    :param reach: how far down, in heights of the segment
    """
    x0, _y0, x1, y1 = segment.box
    height = max(6.0, segment.words[0].height)
    found = []
    for line in page.lines[segment.line + 1 :]:
        for other in line.segments:
            ox0, oy0, ox1, _oy1 = other.box
            if oy0 - y1 > reach * height:
                return found
            if oy0 < y1 - height / 2:
                continue
            if abs(ox0 - x0) < 2.5 * height or (
                ox0 < x1 and ox1 > x0 and ox0 > x0 - 8 * height
            ):
                found.append(other)
    return found


def right_of(page, segment):
    """The segments right of one on its line."""
    line = page.lines[segment.line]
    return [
        other
        for other in line.segments
        if other.box[0] > segment.box[0] and other is not segment
    ]
