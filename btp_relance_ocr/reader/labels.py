# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether a text is a label, and what of the page is named by it."""

import functools
import re

from . import layout
from .labelwords import ABBREVIATED, ANY_LABEL, GENERIC_LABEL, WHOLE_LABEL
from .meanings import meaning
from .names import nature
from .values import plain


@functools.lru_cache(maxsize=4096)
def is_label(text):
    """Whether a text is a label and nothing else, or begins with one and its colon."""
    return bool(
        ANY_LABEL.match(plain(text).strip()) or ABBREVIATED.match(text)
    ) or is_bare_label(text)


@functools.lru_cache(maxsize=4096)
def is_bare_label(text):
    """Whether a text is a label and nothing else."""
    low = re.sub(r"\s*(?:n\s?°|code)?\s*:?\s*\d{4,}$", "", plain(text).strip())
    if WHOLE_LABEL.fullmatch(low) or re.fullmatch(r"\D{0,28}\bn ?°", low):
        return True
    if len(low) < 45 and re.fullmatch(r"[a-z][a-z' ]+ (?:le|du|au)", low):
        # A name that goes on below may end so too.
        return nature(text) is None
    if len(low) < 55 and meaning(low.rstrip(" :."), True):
        return True
    if low.endswith(":") and len(low) < 48 and not re.search(r"\d", low):
        return True
    parts = re.split(r"\s?/\s?| et ", low)
    if len(parts) == 2 and all(WHOLE_LABEL.fullmatch(part) for part in parts):
        return True
    if (
        "/" in low
        and len(parts) == 2
        and len(low) < 45
        and not re.search(r"\d", low)
        and any(WHOLE_LABEL.fullmatch(part.strip()) for part in parts)
    ):
        # In two languages.
        return True
    return bool(GENERIC_LABEL.fullmatch(low))


def cut_at_label(text, start=0):
    """The text up to the next label that has a colon."""
    low = plain(text)
    match = ANY_LABEL.search(low, start)
    while match and match.start() == 0:
        match = ANY_LABEL.search(low, match.end())
    return text[: match.start()] if match else text


def is_header(page, segment):
    """Whether a segment is in a row of labels: each of them has its own value right under it."""
    row = page.lines[segment.line].segments
    if len(row) < 2 or segment.line + 1 >= len(page.lines):
        return False
    under = layout.below(page, segment, 2.5)[:1]
    if not under or is_label(under[0].text):
        return False
    aligned = [
        other
        for other in row
        if any(
            abs(o.box[0] - other.box[0]) < 14
            for o in layout.below(page, other, 2.5)[:2]
        )
    ]
    right = layout.right_of(page, segment)
    if len(row) >= 3 and _heads_columns(page, row):
        return True
    if len(row) >= 3:
        left = [other for other in row if other.box[0] < segment.box[0]]
        mate = right[0] if right else left[-1]
        return is_label(mate.text) and len(aligned) >= len(row) - 1
    if right and is_label(right[0].text):
        return True
    # Small letters over large ones, side by side: labels over values.
    return (
        bool(right)
        and len(aligned) == len(row)
        and under[0].words[0].height > 1.12 * segment.words[0].height
        and right[0].words[0].height < 1.08 * segment.words[0].height
    )


def _heads_columns(page, row):
    """Whether each cell of a row has its own value under it, two of them being labels and no value being one."""
    if sum(is_label(other.text) for other in row) < 2:
        return False
    for other in row:
        under = layout.below(page, other, 2.5)[:1]
        if (
            not under
            or abs(under[0].box[0] - other.box[0]) > 14
            or is_label(under[0].text)
            or re.search(r"\d", other.text)
        ):
            return False
    return True


def is_numbering(page, segment):
    """Whether a cell numbers the label right of it: ``4 | SIRET``."""
    row, right = page.lines[segment.line].segments, layout.right_of(page, segment)[:1]
    return bool(
        right
        and all(
            re.fullmatch(r"\d{1,2}[a-z]?\W?", other.text.strip())
            for other in (row[0], segment)
        )
        and is_label(right[0].text)
    )


def name_over(page, segment, sure=False):
    """The name over a role, in a letterhead: nearer above than anything is below, and larger or as large; or None.

    :param sure: whether it must be there, as what follows the role is no name
    """
    if not 0 < segment.line < 6 or segment.text.rstrip().endswith(":"):
        return None
    if re.match(r"[A-H]\s?[-–.)]\s", segment.text):
        return None
    x0, y0, _x1, y1 = segment.box
    above = [
        other
        for other in page.lines[segment.line - 1].segments
        if abs(other.box[0] - x0) < 6
    ]
    below = layout.below(page, segment)[:1]
    if not above or is_label(above[0].text) or ":" in above[0].text:
        return None
    gap = y0 - above[0].box[3]
    if sure:
        return above[0] if gap < 2 * segment.words[0].height else None
    return above[0] if not below or below[0].box[1] - y1 > 1.6 * max(gap, 2.0) else None


def begun_above(page, segment):
    """The first line of a label that takes two: ``Lieu des`` over ``travaux``; or None."""
    if not segment.line:
        return None
    for other in page.lines[segment.line - 1].segments:
        if (
            abs(other.box[0] - segment.box[0]) < 4
            and segment.box[1] - other.box[3] < 0.8 * segment.words[0].height
            and not is_label(other.text)
            and WHOLE_LABEL.fullmatch(plain(f"{other.text} {segment.text}").strip())
        ):
            return other
    return None


def section_over(page, segment):
    """The heading of the section that a neutral label stands in: plain text, empty without."""
    for line in reversed(page.lines[max(0, segment.line - 2) : segment.line]):
        if len(line.segments) == 1 and is_label(line.text):
            return plain(line.text).strip()
    return ""
