# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The dates of a paper, each with the role that the words nearest before it give."""

import re
from dataclasses import dataclass

from .datecues import COMPILED, LOOSE
from .values import find_dates, plain


@dataclass(slots=True)
class Dated:
    """A date, its role, how sure, and where."""

    day: object
    role: str
    confidence: float
    page: object
    segment: object
    before: str
    box: tuple


def collect(doc):
    """All the dates of a document with their roles."""
    found = []
    for page in doc.pages:
        for line in page.lines:
            for day, before, segment in _broken(page, line):
                role, sure = role_of(before)
                found.append(
                    Dated(day, role, 0.95 * sure, page, segment, before, segment.box)
                )
            for segment in line.segments:
                for day, start, end in find_dates(segment.text):
                    before = _before(page, line, segment, start)
                    role, sure = role_of(before)
                    words = segment.part(start, end)
                    low = min((w.confidence for w in words), default=0.5)
                    box = (
                        (
                            min(w.x0 for w in words),
                            min(w.y0 for w in words),
                            max(w.x1 for w in words),
                            max(w.y1 for w in words),
                        )
                        if words
                        else segment.box
                    )
                    found.append(
                        Dated(
                            day,
                            role,
                            sure * (0.6 + 0.4 * min(1.0, low / 0.85)),
                            page,
                            segment,
                            before,
                            box,
                        )
                    )
    return found


def _broken(page, line):
    """Dates that begin at the end of a full line and end on the next: [(day, words before)]."""
    if line.index + 1 >= len(page.lines) or line.box[2] < 0.7 * page.width:
        return
    after = page.lines[line.index + 1].segments[0]
    last = line.segments[-1]
    text = f"{last.text} {after.text}"
    for day, start, end in find_dates(text):
        if start < len(last.text) < end:
            yield day, plain(last.text[:start])[-110:], after


WEEKDAY = re.compile(
    r"\W*\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\W*$"
)


def _before(page, line, segment, start):
    """The words that lead to a date, without the day of the week."""
    return WEEKDAY.sub(" ", _leading(page, line, segment, start)).rstrip()


def _leading(page, line, segment, start):
    """The words that lead to a date: before it on its line, else left of it, else over it."""
    text = WEEKDAY.sub("", plain(segment.text[:start])).strip()
    if re.search(r"[a-z]{3}", text):
        if len(text) < 30 and line.segments[0] is segment and line.index:
            above = page.lines[line.index - 1]
            if (
                len(above.segments) == 1
                and above.box[2] > 0.8 * page.width
                and segment.box[1] - above.box[3] < 1.2 * line.height
            ):
                return f"{plain(above.text)[-80:]} {text}"
        return text[-110:]
    if re.fullmatch(r"\W*le\W*", text):
        return text
    left = [other for other in line.segments if other.box[0] < segment.box[0]]
    if (
        left
        and (re.search(r"[a-z]{3}", plain(left[-1].text)))
        and not find_dates(left[-1].text)
    ):
        return f"{plain(left[-1].text)[-80:]} {text}"
    above = header_of(page, line, segment)
    if above and not re.fullmatch(r"\W*(?:du|le|a|au)?\W*", plain(above.text)):
        return f"{plain(above.text)[-80:]} {text}"
    return text


def header_of(page, line, segment):
    """The text over a date that stands alone: a column's header or a label."""
    x0, y0, x1, _y1 = segment.box
    for other_line in reversed(page.lines[max(0, line.index - 4) : line.index]):
        for other in other_line.segments:
            if min(x1, other.box[2]) - max(x0, other.box[0]) > 0 and y0 - other.box[
                3
            ] < 3.5 * max(8, line.height):
                return other
    return None


def role_of(before):
    """(role, confidence) of a date after these words."""
    best = None
    for rank, (role, pattern) in enumerate(COMPILED):
        if match := pattern.search(before):
            length = match.end() - match.start()
            generic = role == "document" and length < 5
            score = (0 if generic else 1, -rank)
            if best is None or score > best[0]:
                best = (score, role, 0.7 if generic else 0.95)
    if best and best[2] > 0.9:
        return best[1], best[2]
    nearest = None
    for role, pattern in LOOSE[:-1]:
        for match in pattern.finditer(before):
            gap = len(before) - match.end()
            if gap < 45 and (nearest is None or gap < nearest[0]):
                nearest = (gap, role)
    if nearest:
        return nearest[1], 0.85 if nearest[0] < 12 else 0.7
    return (best[1], best[2]) if best else ("none", 0.4)
