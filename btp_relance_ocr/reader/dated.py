# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The dates of a paper, each with the role that the words nearest before it give."""

import functools
import re
from dataclasses import dataclass

from . import layout
from .datecues import COMPILED, LOOSE
from .values import find_dates, is_plain_date, plain


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
                    before = _logged(segment, before, end)
                    role, sure = role_of(before)
                    words = segment.part(start, end)
                    low = min((w.confidence for w in words), default=0.5)
                    if not is_plain_date(segment.text[start:end]):
                        low = min(low, 0.4)
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


#: What happened at the time before it, in a journal: ``11/03/2026 17:20 — signé électroniquement par …``.
LOGGED = re.compile(
    r"\s*(?:a\s)?(?:\d{1,2}\s?[:h]\s?\d{2}(?::\d{2})?)?(?:\s?utc)?\s*[-:.,]?\s*(?P<done>signe|notifi|accus|recu|lu par|"
    r"visa|vise|valid|transmis|emis|cree)\w*(?P<rest>.{0,30})"
)


def _logged(segment, before, end):
    """The words before a date, or those after it in a journal, where the time comes first."""
    if before and re.search(r"[a-z]{3}", plain(segment.text[: max(0, end - 10)])):
        return before
    match = LOGGED.match(plain(segment.text[end:]))
    return f"{match[0].strip(' -:.,0123456789h')} le" if match else before


WEEKDAY = re.compile(
    r"\W*\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\W*$"
)


def _before(page, line, segment, start):
    """The words that lead to a date, without the day of the week."""
    return WEEKDAY.sub(" ", _leading(page, line, segment, start)).rstrip()


#: Who signs, over the day on which it was done.
SIGNER = re.compile(
    r"^(?:pour |signature (?:de |du )?|visa (?:de |du )?|recu par |bon pour accord )?(?:le |la |"
    r"l'? ?)?(?:maitre d|maitrise|"
    r"entrepr|titulaire|client|architecte|acheteur|representant|sous-traitant|fournisseur|directeur|maire|president)"
)


def _right_over(page, segment):
    """The header of a cell, where it tells what the date under it is: plain text, or None."""
    if not segment.line:
        return None
    for other in page.lines[segment.line - 1].segments:
        low = plain(other.text)
        near = segment.box[1] - other.box[3] < 1.5 * segment.words[0].height
        if (
            abs(other.box[0] - segment.box[0]) < 6
            and near
            and len(low) < 50
            and not find_dates(other.text)
            and (role_of(low)[1] > 0.9 or re.search(r"\bdate\b", low))
        ):
            return low
    return None


def _leading(page, line, segment, start):
    """The words that lead to a date: before it on its line, else left of it, else over it."""
    text = WEEKDAY.sub("", plain(segment.text[:start])).strip()
    if not text and (over := _right_over(page, segment)):
        return over
    if re.search(r"[a-z]{3}", text) and not re.fullmatch(r"date\W*(?:le\W*)?", text):
        return _with_line_above(page, line, segment, text)
    if told := _captioned(page, segment, text) or _signer(page, line, segment, text):
        return told
    if re.fullmatch(r"le\W*", text) and len(line.segments) == 1:
        # A sentence that goes on: ``… interrompus depuis le 3 mai 2026,`` over ``le 30 mai 2026.``
        return _with_line_above(page, line, segment, text)
    if re.search(r"[a-z]{3}", text):
        return text
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


def _with_line_above(page, line, segment, text):
    """Words before a date, with the full line that they go on from."""
    if len(text) < 30 and line.segments[0] is segment and line.index:
        above = page.lines[line.index - 1]
        if (
            len(above.segments) == 1
            and above.box[2] > 0.8 * page.width
            and segment.box[1] - above.box[3] < 1.2 * line.height
        ):
            return f"{plain(above.text)[-80:]} {text}"
    return text[-110:]


def _captioned(page, segment, text):
    """The words in smaller letters under a date that stands alone, or None."""
    if not re.fullmatch(r"\W*(?:le\W*)?", text):
        return None
    caption = layout.caption_of(page, segment)
    low = plain(caption.text) if caption else ""
    return low if re.search(r"[a-z]{3}", low) else None


def _signer(page, line, segment, text):
    """Who signs where a date has but ``le`` or ``Date :`` before it: left of it or over it; None without."""
    if not re.fullmatch(r"\W*(?:date\W*)?(?:le\W*)?", text):
        return None
    above = page.lines[line.index - 1] if line.index else None
    if above and re.match(
        r"\W*(?:signe|vise|valide)e?(?: \w+){0,2} par\b", plain(above.text)
    ):
        return "signe le"
    left = [other for other in line.segments if other.box[0] < segment.box[0]]
    over = header_of(page, line, segment)
    for other in (*left[-1:], over):
        if (
            other
            and len(other.text) < 60
            and ":" not in other.text.rstrip(" :")
            and SIGNER.search(plain(other.text))
        ):
            return f"{plain(other.text)} le"
    return None


def header_of(page, line, segment):
    """The text over a date that stands alone: a column's header or a label."""
    x0, y0, x1, _y1 = segment.box
    for other_line in reversed(page.lines[max(0, line.index - 4) : line.index]):
        for other in other_line.segments:
            near = y0 - other.box[3] < 3.5 * max(8, line.height)
            across = min(x1, other.box[2]) - max(x0, other.box[0]) > 0
            if near and across and re.search(r"[a-z]{2}", plain(other.text)):
                return other
    return None


@functools.lru_cache(maxsize=2048)
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
