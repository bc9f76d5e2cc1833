# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Forms whose labels stand right of their values: ``22.06.2026 | Visite du``. They are turned round, to be read as
others are."""

import re
from dataclasses import replace

from .labels import is_bare_label
from .model import Segment, box_of
from .values import plain

#: How far apart, in points, labels begin that stand in one column.
EDGE = 5
#: How many such lines make a form.
FEW = 3


def turn(doc):
    """Put the labels before their values, in the lines of each page that has such a form."""
    for page in doc.pages:
        halves = [half for line in page.lines if (half := _halves(page, line))]
        for line, value, label in halves:
            mates = [
                other for other in halves if abs(other[2][0].x0 - label[0].x0) < EDGE
            ]
            if len(mates) < FEW or not _is_flush(mates):
                continue
            last = replace(label[-1], text=f"{label[-1].text} :")
            words = [*label[:-1], last, *value]
            line.segments = [Segment(words, page.number, line.index)]
            line._text = line._box = line._height = None


def _halves(page, line):
    """(line, words of the value, words of the label) of a line that ends with a label alone, or None."""
    words = line.words
    for start in range(1, len(words)):
        label = words[start:]
        text = " ".join(word.text for word in label)
        value = plain(" ".join(word.text for word in words[:start]))
        if (
            len(label) < 5
            and label[0].text[:1].isupper()
            and ":" not in text
            and is_bare_label(text)
            and re.search(r"\w{2}", value)
            and not value.rstrip().endswith(":")
            and not is_bare_label(value)
        ):
            return line, words[:start], label
    return None


def _is_flush(halves):
    """Whether the values end in one column, right before their labels, and do not begin in one."""
    ends = sorted(box_of(value)[2] for _line, value, _label in halves)
    starts = sorted(box_of(value)[0] for _line, value, _label in halves)
    return ends[-1] - ends[0] < 2 * EDGE and starts[-1] - starts[0] > 4 * EDGE
