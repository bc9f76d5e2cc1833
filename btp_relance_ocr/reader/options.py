# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The options that a form prints, each with its box and the stroke through it."""

import re
from dataclasses import dataclass

from . import layout, marks
from .model import Segment
from .values import plain

RECEPTION = [
    (
        "refusee",
        (
            r"refus\w*|n'est pas prononcee|n'a pas ete prononcee|non prononcee|ajourn\w+|differee?|"
            r"ne prononce pas|non[- ]reception|ne peut (?:pas )?etre prononcee|reportee|"
            r"ne pas (?:accepter|recevoir|receptionner|prononcer)|n'accepte pas|n'est pas accepte|"
            r"(?:non|pas) (?:receptionne|accepte|recevable)|reception (?:impossible|differee)"
        ),
    ),
    (
        "sous_reserve",
        (
            r"sous (?:la |les )?(?:seules? )?reserves?\b(?!.{0,12}(?:suivantes|ci-|enumere|listee|mentionnee|"
            r"formulee))"
            r"(?: de| d'| que| des| :)?"
        ),
    ),
    (
        "sans_reserve",
        r"sans (?:aucune )?(?:observations? ni )?reserves?|sans observation",
    ),
    (
        "avec_reserves",
        (
            r"(?:avec|assortie? d\w*|moyennant|comporte)(?: les?| des| \d+)? ?(?:\(?\w+\)? )?reserves?|"
            r"des reserves sont (?:emises|formulees)|assorti(?:r|ssant|e|es)? (?:\w+ )?(?:de |des )?reserves?|"
            r"sous (?:les )?reserves? (?:suivantes|ci-|enumere|listee|mentionnee|formulee)"
        ),
    ),
]


LIFTING = [
    (
        "levee_partielle",
        (
            r"partiel\w*|certaines|a l'exception|(?:sont|reste\w*|demeure\w*) (?:\w+ )?(?:maintenu\w*|"
            r"a lever)|non levees?|ne sont pas (?:toutes )?levees|maintenues?|maintien"
        ),
    ),
    (
        "levee_totale",
        (
            r"(?:total\w*|integral\w*|toutes? les? (?:\w+ )?reserves?|ensemble des (?:\w+ )?reserves?|"
            r"la totalite|definitiv\w*)"
        ),
    ),
    (
        "refus_levee",
        r"ne sont pas levees|refus\w* de (?:la )?levee|aucune reserve (?:n'est|levee)",
    ),
]


#: What the minutes before a reception say of the works.
EXAMINED = [
    *RECEPTION,
    (
        "sans_reserve",
        r"(?:sont|est) conformes?|aucune? (?:imperfection|malfacon|observation|desordre)",
    ),
    (
        "avec_reserves",
        r"imperfections|malfacons|non[- ]conformites|desordres|ne sont pas conformes",
    ),
]


WHOLE = {"pv_reception": RECEPTION, "pv_opr": EXAMINED, "pv_levee_reserves": LIFTING}


@dataclass
class Option:
    """One printed option: its name, words and mark."""

    name: str
    page: object
    segment: object
    words: list
    mark: bool | None = None
    ink: float | None = None
    struck: bool | None = None
    text: str = ""
    kind_of_mark: str = ""


def find(doc, patterns):
    """All places where an option is named, with the box before it and the stroke through it."""
    found = []
    for page in doc.pages:
        for line in page.lines:
            for segment in line.segments:
                low, words_of = _with_next(page, segment)
                for name, start, end in _names(low, patterns):
                    words = words_of(start, end)
                    if words and start < len(segment.text):
                        option = Option(
                            name,
                            page,
                            segment,
                            words,
                            text=low[max(0, start - 60) : end + 60],
                        )
                        if not _answered(option, page, line):
                            _mark(option, low, start, found)
                        found.append(option)
    return found


OPPOSITE = {"avec_reserves": "sans_reserve", "sans_reserve": "avec_reserves"}


def _answered(option, page, line):
    """A question with boxes for yes and no: ``avec réserves : ☐ oui ☒ non``; whether it is one."""
    low = plain(line.text)
    if not (re.search(r"\boui\b", low) and re.search(r"\bnon\b", low)):
        return False
    ticked = {}
    words, text = line.words, ""
    for word in words:
        bare = plain(word.text).strip(" .:;,[]()")
        if bare in ("oui", "non"):
            sign = _sign_before(text[-8:])
            if sign is None:
                mark = marks.box_left_of(page, word.x0, word.y0, word.y1, reach=22.0)
                sign = mark.ticked if mark else None
            ticked[bare] = sign
            text = ""
        text += word.text + " "
    yes, no = ticked.get("oui"), ticked.get("non")
    if yes is True and no is not True:
        option.mark, option.kind_of_mark = True, "sign"
    elif no is True and yes is not True and option.name in OPPOSITE:
        option.name = OPPOSITE[option.name]
        option.mark, option.kind_of_mark = True, "sign"
    return True


def _with_next(page, segment):
    """A segment's text and what goes on right under it: (plain text, function that gives the words of a part)."""
    under = next(
        (
            other
            for other in layout.below(page, segment, 1.2)[:1]
            if abs(other.box[0] - segment.box[0]) < 30
            and marks.sign_of(other.text) is None
        ),
        None,
    )
    words = [*segment.words, *(under.words if under else [])]
    whole = Segment(words, segment.page, segment.line)
    return plain(whole.text), lambda start, end: whole.part(start, end)


def _names(low, patterns):
    """(option, start, end) in a text, in its order, without overlaps."""
    found = []
    for name, pattern in patterns:
        for match in re.finditer(rf"\b(?:{pattern})", low):
            if not any(s < match.end() and match.start() < e for _n, s, e in found):
                found.append((name, *match.span()))
    return sorted(found, key=lambda item: item[1])


def _mark(option, low, start, others):
    """Find the option's box: a sign in the text, else a square in the picture; and strokes through it."""
    raw = option.segment.text
    lead = raw[:start].rstrip()
    option.struck = marks.is_struck(option.page, option.words)
    before = _sign_before(lead)
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
            option.ink, option.kind_of_mark, option.mark = mark.ink, "box", mark.ticked
            return
    if before is None:
        _mark_above(option)


def _sign_before(lead):
    """The box sign that leads an option in the text, if any: the last one before it on its line."""
    sign = None
    for match in re.finditer(
        r"[\[(]\s{0,3}[xX×✓✗✘vV]?\s{0,3}[\])]|[☑☒✓✔✗✘✕✖■●◉⊠⬛🗹🗵þý☐□◻○◯⬜¨▢❏❐❑❒]", lead
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
    first = next(
        (
            word
            for word in segment.words
            if len(re.sub(r"[^A-Za-zÀ-ÿ]", "", word.text)) > 1
        ),
        segment.words[0],
    )
    ahead = first is not own and first.x0 > limit
    if ahead and alone:
        yield first.x0
    yield own.x0
    if ahead and not alone:
        yield first.x0
    if segment.words[0] is not first and segment.words[0].x0 > limit:
        yield segment.words[0].x0 + 1


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
        if _names(plain(other.text), RECEPTION + LIFTING):
            return
        sign = marks.sign_of(other.text)
        if sign is not None and page.source == "text":
            option.mark, option.kind_of_mark = sign, "sign"
            return
        first = next(
            (
                word
                for word in other.words
                if len(re.sub(r"[^A-Za-zÀ-ÿ]", "", word.text)) > 1
            ),
            other.words[0],
        )
        mark = marks.box_left_of(page, first.x0, first.y0, first.y1)
        if mark is not None:
            option.ink, option.kind_of_mark, option.mark = mark.ink, "box", mark.ticked
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
        len({option.name for option, _mark in marked}) > 1
        and max(lefts) - min(lefts) < 12
    ):
        for option, mark in marked:
            option.ink, option.kind_of_mark, option.mark = mark.ink, "box", mark.ticked
