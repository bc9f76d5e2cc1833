# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The box of a printed option: a sign in the text, or a square in the picture."""

import re

from . import layout, marks
from .optionwords import EXAMINED, LIFTING, named_in
from .values import plain


def find_mark(option, low, start, others):
    """Find the option's box: a sign in the text, else a square in the picture; and strokes through it."""
    raw = option.segment.text
    lead = raw[:start].rstrip()
    option.struck = marks.is_struck(option.page, option.words)
    if option.struck is None and not any(o.segment is option.segment for o in others):
        # Alone on its line, an option is struck with all of it.
        option.struck = marks.is_struck(option.page, option.segment.words, 0.75)
    before = sign_before(lead)
    if before is not None:
        option.mark, option.kind_of_mark = before, "sign"
        if option.page.source == "text":
            return
    page, segment = option.page, option.segment
    limit = max(
        [o.words[-1].x1 for o in others if o.segment is segment]
        + [_left_neighbour(page, segment)]
    )
    alone = not any(o.segment is segment for o in others)
    for x in _anchors(option, segment, limit, alone):
        mark = marks.box_left_of(
            page, x, option.words[0].y0, option.words[0].y1, limit=limit
        )
        if mark is not None:
            option.take_box(mark)
            return
    if before is None:
        _mark_above(option)


def sign_before(lead):
    """The box sign that leads an option in the text, if any: the last one before it on its line."""
    sign = None
    for match in re.finditer(
        r"[\[(]\s{0,3}[xX×✓✗✘vV]?\s{0,3}[\])]|[☑☒✓✔✗✘✕✖■●⬤◉⊠⬛🗹🗵þý☐□◻○◯⬜¨▢❏❐❑❒]", lead
    ):
        sign = marks.sign_of(match[0])
    if sign is None and re.fullmatch(r"[xX×]\s+.{0,60}|[xX×]", lead.strip()):
        return True
    return sign


def _left_neighbour(page, segment):
    """Where the segment to the left ends."""
    line = page.lines[segment.line]
    return max(
        (
            other.box[2]
            for other in line.segments
            if other.box[0] < segment.box[0] and len(other.text) > 3
        ),
        default=0.0,
    )


def _anchors(option, segment, limit, alone):
    """Where a box may end: before its line's first real word, before the option's own words.

    :param alone: whether no other option is on the line before it
    """
    own = option.words[0]
    first = _first_word(segment, page_is_text=option.page.source == "text")
    ahead = first is not own and first.x0 > limit
    if ahead and alone:
        yield first.x0
    yield own.x0
    if ahead and not alone:
        yield first.x0
    if segment.words[0] is not first and segment.words[0].x0 > limit:
        yield segment.words[0].x0 + 1


def _first_word(segment, page_is_text=False):
    """The first word of a segment that is no sign.

    :param page_is_text: whether a number or letter before an option is one, rather than a box misread
    """
    return next(
        (
            word
            for word in segment.words
            if len(re.sub(r"[^A-Za-zÀ-ÿ]", "", word.text)) > 1
            or (page_is_text and re.fullmatch(r"\d+|[a-h][).]", word.text))
        ),
        segment.words[0],
    )


def _mark_above(option):
    """An option that runs over two lines has its box on the first."""
    page, segment = option.page, option.segment
    for up in (1, 2):
        index = segment.line - up
        if index < 0:
            return
        line = page.lines[index]
        other = min(line.segments, key=lambda s: abs(s.box[0] - segment.box[0]))
        if (
            abs(other.box[0] - segment.box[0]) > 30
            or segment.box[1] - other.box[3] > 1.3 * up * max(9, line.height) + up * 6
        ):
            return
        if named_in(plain(other.text), EXAMINED + LIFTING):
            return
        sign = marks.sign_of(other.text)
        if sign is not None and page.source == "text":
            option.mark, option.kind_of_mark = sign, "sign"
            return
        first = _first_word(other)
        mark = marks.box_left_of(page, first.x0, first.y0, first.y1)
        if mark is not None:
            option.take_box(mark)
            return


def _is_last(page, segment):
    """Whether nothing but what may be a box stands right of a segment."""
    return all(len(other.text) <= 3 for other in layout.right_of(page, segment))


def mark_right(options):
    """Boxes in a column at the right: one for each of several options on lines of their own."""
    marked = []
    for option in options:
        segment = option.segment
        if len(option.text) < 90 and _is_last(option.page, segment):
            mark = marks.box_right_of(
                option.page, segment.box[2] + 2, segment.box[1], segment.box[3]
            )
            if mark is not None:
                marked.append((option, mark))
    lefts = [mark.box[0] for _option, mark in marked]
    if (
        len({option.name for option, find_mark in marked}) > 1
        and max(lefts) - min(lefts) < 12
    ):
        for option, mark in marked:
            option.take_box(mark)
