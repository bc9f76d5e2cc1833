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


def paragraphs(page):
    """The segments of a page, those of one sentence that runs over several lines put together."""
    widest = max((line.box[2] for line in page.lines), default=0)
    joined, last = [], None
    for line in page.lines:
        first = line.segments[-1]
        before = last.segments[-1] if last else None
        alone = last and len(line.segments) == len(last.segments) == 1
        goes_on = (
            last is not None
            and last.box[2] > 0.85 * widest
            and abs(first.box[0] - before.box[0]) < (14 if alone else 3)
            # Beside a narrow column, as of a letter's references.
            and (alone or before.box[2] - before.box[0] > 0.4 * page.width)
            and line.box[1] - last.box[3] < 1.1 * max(6.0, last.height)
        )
        if goes_on:
            start = joined.pop()
            joined += line.segments[:-1]
            joined.append(Segment([*start.words, *first.words], start.page, start.line))
        else:
            joined += line.segments
        last = line
    return joined


#: The letters of a caption are this much smaller than those of what it stands under.
CAPTION = 0.8


def captioned(page, label):
    """The value right over a label in smaller letters, as on forms with captions; or None."""
    if not label.line:
        return None
    x0, y0, _x1, _y1 = label.box
    small = min(_median_height(label), page.lines[label.line].height)
    for line in reversed(page.lines[max(0, label.line - 2) : label.line]):
        for other in line.segments:
            tall = _median_height(other)
            if (
                abs(other.box[0] - x0) < 12
                and -2 < y0 - other.box[3] < 1.6 * tall
                and small < CAPTION * tall
                and _is_nearer(page, label, y0 - other.box[3])
            ):
                return other
    return None


def _is_nearer(page, label, above):
    """Whether a label is nearer to what is over it than to what is under it."""
    under = below(page, label, 5.0)[:1]
    return not under or above < 0.85 * (under[0].box[1] - label.box[3])


def straddling(page, label):
    """A value of two lines right of a label that stands at their middle: [Segment] or nothing."""
    if not 0 < label.line < len(page.lines) - 1 or right_of(page, label):
        return []
    for upper in page.lines[label.line - 1].segments:
        for lower in page.lines[label.line + 1].segments:
            if (
                upper.box[0] > label.box[2]
                and abs(upper.box[0] - lower.box[0]) < 4
                and lower.box[1] - upper.box[3] < 0.9 * upper.words[0].height
                and upper.box[3] > label.box[1] - 2
                and lower.box[1] < label.box[3] + 2
            ):
                return [Segment([*upper.words, *lower.words], upper.page, upper.line)]
    return []


def caption_of(page, value):
    """The label in smaller letters right under a value, or None."""
    for line in page.lines[value.line + 1 : value.line + 3]:
        for other in line.segments:
            if captioned(page, other) is value:
                return other
    return None


def _median_height(segment):
    """The usual height of a segment's words."""
    heights = sorted(word.height for word in segment.words)
    return heights[len(heights) // 2]


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
