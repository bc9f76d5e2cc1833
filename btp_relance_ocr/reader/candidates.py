# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The values beside or under labels."""

import re
from dataclasses import dataclass

from . import layout
from .blocks import STREET
from .labels import (
    begun_above,
    cut_at_label,
    is_header,
    is_label,
    is_numbering,
    name_over,
)
from .labelwords import (
    ABBREVIATED,
    FOREIGN_VALUE,
    NEUTRAL,
    SEPARATOR,
    STRICT,
    WHOLE_LABEL,
)
from .names import nature
from .values import plain

#: A label in capitals and its value in small letters, without a colon: ``PROJET Extension de l'école``.
CAPITALS = re.compile(r"(?P<label>(?:[A-ZÀ-Ý'’.]{4,}\s){1,3})(?=\d|[A-ZÀ-Ý][a-zà-ÿ'’])")


@dataclass(slots=True)
class Candidate:
    """A text that stands where the value of a label is expected."""

    text: str
    segment: object
    page: object
    how: str
    label: str
    label_segment: object
    start: int = 0

    @property
    def words(self):
        """The words of the segment that the text covers."""
        position, found = 0, []
        end = self.start + len(self.text)
        for word in self.segment.words:
            if position + len(word.text) > self.start and position < end:
                found.append(word)
            position += len(word.text) + 1
        return found or self.segment.words


def strict_candidates(doc, field):
    """Values of a field's labels, where the label has a colon or stands alone: beside first, else below."""
    pattern = STRICT[field]
    for page in doc.pages:
        for line in page.lines:
            for segment in line.segments:
                yield from _of_segment(page, segment, pattern)


def _is_place(value):
    """Whether a value is an address without a name."""
    low = plain(value)
    town = re.search(r"(?:^|[,\s])\d{5}\s+[a-z]", low)
    return STREET.match(low) or (town and nature(re.split(r"[,(]", value)[0]) is None)


def _starts(low, pattern):
    """Where the pattern matches as a label: at the start, or after a separator inside."""
    if match := pattern.match(low):
        yield match
    for gap in re.finditer(r"(?:\s[-|/·•]\s|[,;.]\s|\s{2,}|\)\s|(?<=\d)\s)", low):
        match = pattern.match(low, gap.end())
        if match and re.match(r"\s*[:=]", low[match.end() :]):
            yield match


def _of_segment(page, segment, pattern):
    """The candidates of one segment."""
    text = segment.text
    low = plain(text)
    for match in _starts(low, pattern):
        gap = SEPARATOR.match(low, match.end())
        start = gap.end() if gap else match.end()
        value = cut_at_label(text[start:]).rstrip()
        label = match["label"]
        over = _is_place(value) and ":" not in text and name_over(page, segment, True)
        if over:
            # The address follows the role, the name is over both.
            yield Candidate(over.text, over, page, "right", label, segment)
            continue
        if len(value.strip(" .:_-")) > 1 and not WHOLE_LABEL.fullmatch(
            plain(value).strip()
        ):
            yield Candidate(value, segment, page, "inline", label, segment, start)
            continue
        yield from around(page, segment, label)
    match = CAPITALS.match(text)
    if match and pattern.fullmatch(plain(match["label"]).strip()):
        start = match.end()
        value = cut_at_label(text[start:]).rstrip()
        yield Candidate(
            value, segment, page, "inline", plain(match["label"]), segment, start
        )
    match = ABBREVIATED.match(text)
    if match and segment.line > 2 and not is_header(page, segment):
        if match.lastgroup and STRICT[match.lastgroup] is pattern:
            start = match.end()
            yield Candidate(
                cut_at_label(text[start:]).rstrip(),
                *(segment, page, "inline", low[:start].strip(), segment, start),
            )


def around(page, segment, label):
    """The value of a label that stands alone: over it in a letterhead, right of it, else below it."""
    value = layout.captioned(page, segment)
    if value and not is_label(value.text):
        yield Candidate(value.text, value, page, "right", label, segment)
        return
    for both in layout.straddling(page, segment):
        yield Candidate(both.text, both, page, "right", label, segment)
        return
    if above := begun_above(page, segment):
        for other in layout.right_of(page, above)[:1]:
            yield Candidate(other.text, other, page, "right", label, above)
        return
    if over := name_over(page, segment):
        yield Candidate(over.text, over, page, "right", label, segment)
        return
    if found := _beside(page, segment, label) or _below(page, segment, label):
        yield found


def _is_value(text):
    """Whether a text may be the value of a label beside or over it."""
    return not is_label(text) and not FOREIGN_VALUE.match(plain(text))


def _beside(page, segment, label):
    """The value right of a label, or None; labels side by side have theirs below."""
    beside = [] if is_header(page, segment) else layout.right_of(page, segment)[:1]
    if beside and (
        is_numbering(page, beside[0]) or _is_nearer_below(page, segment, beside[0])
    ):
        return None
    for other in beside:
        if _is_value(other.text) and other.text.strip(" .:_-"):
            text = cut_at_label(other.text)
            return Candidate(text, other, page, "right", label, segment)
    return None


def _is_nearer_below(page, segment, beside):
    """Whether a value stands right under a label, and what is beside it is of another column."""
    x0, _y0, x1, y1 = segment.box
    if beside.box[0] - x1 < 0.15 * page.width or segment.text.rstrip().endswith(":"):
        return False
    for other in layout.below(page, segment, 1.0)[:1]:
        near = abs(other.box[0] - x0) < 3 and other.box[1] - y1 < 0.7 * (
            segment.words[0].height
        )
        alone = len(page.lines[other.line].segments) == 1 or (
            other.line != segment.line + 1
        )
        return near and alone and _is_value(other.text)
    return False


def _below(page, segment, label):
    """The value under a label, or None."""
    for other in layout.below(page, segment)[:2]:
        beside = layout.right_of(page, other)[:1]
        if beside and NEUTRAL.fullmatch(plain(other.text).strip()):
            # ``Destinataire`` over ``Raison sociale   Métropole``
            return Candidate(beside[0].text, beside[0], page, "right", label, segment)
        if not _is_value(other.text):
            return None
        if other.text.strip(" .:_-"):
            text = cut_at_label(other.text)
            return Candidate(text, other, page, "below", label, segment)
    return None
