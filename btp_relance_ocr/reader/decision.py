# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was decided: forms print all options, and one is ticked or the others are struck through.

When the marks are unclear nothing is decided: a person looks.
"""

import re
from dataclasses import dataclass

from . import layout, marks
from .model import Found, Segment
from .values import plain

RECEPTION = [
    (
        "refusee",
        (
            r"refus\w*|n'est pas prononcee|n'a pas ete prononcee|non prononcee|ajourn\w+|differee?|"
            r"ne prononce pas|non[- ]reception|ne peut (?:pas )?etre prononcee|reportee"
        ),
    ),
    (
        "sous_reserve",
        r"sous (?:les? )?(?:seules? )?reserves?\b(?: de| d'| que| des| :)?",
    ),
    (
        "sans_reserve",
        r"sans (?:aucune )?(?:observations? ni )?reserves?|sans observation",
    ),
    (
        "avec_reserves",
        (
            r"(?:avec|assortie? d\w*|moyennant|comporte)(?: les?| des| \d+)? ?(?:\(?\w+\)? )?reserves?|"
            r"des reserves sont (?:emises|formulees)"
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
WHOLE = {"pv_reception": RECEPTION, "pv_opr": RECEPTION, "pv_levee_reserves": LIFTING}


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


def find(doc, kind, reserves):
    """Decide from the marks, else from the sentences, else from the list of reserves.

    :param reserves: what `reserves.find` found, or None
    :return: Found of the decision, or None
    """
    options = _options(doc, WHOLE[kind])
    if options and not any(option.kind_of_mark or option.struck for option in options):
        _mark_right(options)
    for chosen in (_by_boxes(options), _by_strokes(options)):
        if chosen is not None:
            return chosen or None
    if kind == "pv_levee_reserves":
        return None
    return _by_words(options, doc, reserves)


def _options(doc, patterns):
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
                        _mark(option, low, start, found)
                        found.append(option)
    return found


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
    return plain(whole.text), lambda start, end: _words(whole, start, end)


def _names(low, patterns):
    """(option, start, end) in a text, in its order, without overlaps."""
    found = []
    for name, pattern in patterns:
        for match in re.finditer(rf"\b(?:{pattern})", low):
            if not any(s < match.end() and match.start() < e for _n, s, e in found):
                found.append((name, *match.span()))
    return sorted(found, key=lambda item: item[1])


def _words(segment, start, end):
    """The words of a part of a segment."""
    position, found = 0, []
    for word in segment.words:
        if position + len(word.text) > start and position < end:
            found.append(word)
        position += len(word.text) + 1
    return found


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
    for x in _anchors(option, segment, start, limit):
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


def _anchors(option, segment, start, limit):
    """Where a box may end: before the option's own words, before its line's first real word."""
    yield option.words[0].x0
    first = next(
        (
            word
            for word in segment.words
            if len(re.sub(r"[^A-Za-zÀ-ÿ]", "", word.text)) > 1
        ),
        segment.words[0],
    )
    if first is not option.words[0] and first.x0 > limit:
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


def _mark_right(options):
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


def _by_boxes(options):
    """The ticked option: Found; False when boxes are there but unclear; None when there are none."""
    boxed = [option for option in options if option.kind_of_mark]
    if not boxed:
        return None
    signs = [option for option in boxed if option.mark is True]
    names = {option.name for option in signs}
    empty = {option.name for option in boxed if option.mark is False}
    if len(names) == 1 and (empty - names or len(boxed) == 1):
        option = signs[0]
        return _found(
            option,
            0.96 if option.kind_of_mark == "sign" else 0.93 if empty - names else 0.8,
            "ticked",
        )
    if not names or len(names) > 1:
        return _by_contrast(boxed, names)
    # One ticked and no empty sibling: two ways to say one thing, or the others were not seen.
    return _found(signs[0], 0.75, "ticked alone")


def _by_contrast(boxed, names):
    """The box with clearly more ink than its siblings, when levels alone do not tell."""
    inked = sorted(
        (option for option in boxed if option.ink is not None),
        key=lambda option: -option.ink,
    )
    if len(inked) >= 2 and inked[0].name != inked[1].name:
        first, second = inked[0].ink, inked[1].ink
        if first > 0.06 and first > 2.2 * second + 0.02:
            return _found(inked[0], 0.8, "most ink")
    if not names and all(option.mark is False for option in boxed):
        return False
    return False


def _by_strokes(options):
    """Options of which some are struck through: the one that is left; None when nothing is struck."""
    struck = {option.name for option in options if option.struck}
    if not struck:
        return None
    left = {option.name for option in options if option.struck is not True} - struck
    printed = [option for option in options if option.name in left]
    if len(left) == 1:
        return _found(printed[0], 0.9, "others struck")
    line_mates = [
        o
        for o in printed
        if any(
            s.struck and s.page is o.page and abs(s.segment.line - o.segment.line) <= 1
            for s in options
        )
    ]
    names = {option.name for option in line_mates}
    return _found(line_mates[0], 0.85, "others struck") if len(names) == 1 else False


def _by_words(options, doc, reserves):
    """Without marks: the one decision that the sentences name, checked against the list of reserves."""
    text = plain(doc.text)
    sentences = [
        o
        for o in options
        if re.search(
            r"recept|prononc|accept|decid|declar|ouvrage|travaux|refus", o.text
        )
        or len(o.text) < 60
    ]
    names = {option.name for option in sentences} or {option.name for option in options}
    pool = sentences or options
    items = list(reserves.value) if reserves else []
    if len(names) == 1:
        option = pool[0]
        clash = (option.name == "sans_reserve" and items) or (
            option.name == "avec_reserves"
            and re.search(r"reserves?\s*:?\s*(?:neant|aucune)", text)
        )
        if clash:
            return None
        return _found(
            option, 0.9 if option.name != "avec_reserves" or items else 0.85, "said"
        )
    if names and items and "avec_reserves" in names and "refusee" not in names:
        return _found(
            next(o for o in pool if o.name == "avec_reserves"), 0.75, "list of reserves"
        )
    if not names and items:
        return Found(
            "avec_reserves", 0.7, reserves.page, reserves.box, "list of reserves"
        )
    if not names and re.search(
        r"(?:aucune|neant|pas de) (?:\w+ )?reserve|reserves?\s*:\s*(?:neant|aucune)",
        text,
    ):
        return Found("sans_reserve", 0.75, 1, None, "no reserve")
    return None


def _found(option, confidence, why):
    """An option as a value."""
    words = option.words
    sure = min(word.confidence for word in words)
    box = (
        min(w.x0 for w in words),
        min(w.y0 for w in words),
        max(w.x1 for w in words),
        max(w.y1 for w in words),
    )
    return Found(
        option.name,
        confidence * (0.8 + 0.2 * min(1.0, sure / 0.8)),
        option.page.number,
        box,
        why,
    )


def lifting_by_words(doc, listed):
    """Whether all reserves were lifted, from the sentences alone."""
    text = plain(doc.text)
    part = re.search(
        (
            r"levee partielle|(?:reserves? (?:suivantes? )?(?:reste|demeure|sont maintenue|maintenue|"
            r"non levee)|reste\w* a lever|reserves? maintenues?\s*:\s*\w|a l'exception)"
        ),
        text,
    )
    whole = re.search(
        (
            r"(?:toutes les|l'ensemble des|la totalite des|l'integralite des|"
            r"les) (?:\w+ )?reserves?[^.]{0,80}(?:sont|ont ete|est|a ete)? ?(?:integralement |toutes |"
            r"totalement )?(?:lev|solde|repris)|levee totale|levee definitive|levee de l'ensemble|"
            r"levee integrale|leve (?:toutes|l'ensemble|la totalite)"
        ),
        text,
    )
    none_left = re.search(
        (
            r"reserves? (?:maintenues?|restante?s?)\s*:?\s*(?:neant|aucune)|aucune reserve (?:ne subsiste|"
            r"maintenue|ne demeure)"
        ),
        text,
    )
    page = doc.pages[0]
    if part and not whole and not none_left:
        return Found("levee_partielle", 0.85, page.number, None, "said")
    if (whole or none_left) and not part:
        return Found(
            "levee_totale", 0.85 if not listed else 0.75, page.number, None, "said"
        )
    if whole and none_left:
        return Found("levee_totale", 0.8, page.number, None, "said")
    return None
