# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a table says became of each reserve: in words, by a cross in a column, by boxes."""

import re

from . import marks
from .optionmarks import sign_before
from .reservewords import STATUS
from .values import plain
from .yesno import TICK

#: What a box beside a word may be read as.
BOX = re.compile(r"^[][()xX☐☒☑✓✗■□. ]+(?=[a-z]{3})|[][()☐☒☑✓✗■□. ]+$")


def row_status(page, line, cell):
    """What a table's row says of its item's state."""
    named = []
    for segment in line.segments:
        if segment is not cell and segment.box[0] > cell.box[0]:
            low = plain(segment.text).strip()
            bare = BOX.sub("", low)
            if match := STATUS.fullmatch(bare):
                named.append((match["status"], segment))
    if len(named) == 1:
        return named[0][0]
    return _ticked_status(page, line, cell) if len(named) != 1 else None


def column_status(header, line):
    """The state whose column a row's cross stands in, under a header such as ``Levée | Maintenue``; or None."""
    columns = [
        (match["status"], segment)
        for segment in header.segments
        if (match := STATUS.fullmatch(plain(segment.text).strip()))
    ]
    ticks = [s for s in line.segments if TICK.fullmatch(s.text.strip())]
    if len(columns) < 2 or len(ticks) != 1:
        return None
    middle = (ticks[0].box[0] + ticks[0].box[2]) / 2
    for status, segment in columns:
        if segment.box[0] - 12 < middle < segment.box[2] + 12:
            return status
    return None


def _ticked_status(page, line, cell):
    """Which of ``☐ oui ☐ non`` is ticked in a row, or None."""
    ticked, last, text = [], cell.box[2], ""
    for word in line.words:
        if word.x0 < cell.box[2]:
            continue
        bare = plain(word.text).strip(" .:;,[]()☐☒☑✓✗■□")
        if not STATUS.fullmatch(bare) or len(bare) < 2:
            text += word.text + " "
            continue
        sign = sign_before((text + word.text)[-10:])
        if sign is None:
            mark = marks.box_left_of(page, word.x0, word.y0, word.y1, limit=last)
            sign = mark.ticked if mark else None
        if sign:
            ticked.append(bare)
        last, text = word.x1, ""
    return ticked[0] if len(ticked) == 1 else None
