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
            r"ne (?:prononce|receptionne|recoit) pas|non[- ]reception|ne peut (?:pas )?etre prononcee|reportee|"
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
        r"sans (?:aucune )?(?:observations? ni )?reserves?|sans observation|reception pure et simple",
    ),
    (
        "avec_reserves",
        (
            r"(?:avec|assortie? d\w*|moyennant|comporte)(?: les?| des| \d+)? ?(?:\(?\w+\)? )?(?:seules? )?reserves?|"
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
        r"(?:sont|est) conformes?|(?:aucune?|absence d'|absence de|pas d'|sans|ni) ?"
        r"(?:imperfections?|malfacons?|observations?|desordres?|reserves?)"
        r"(?:,? (?:et|ni|ou) (?:de |d')?(?:imperfections?|malfacons?|observations?|desordres?|reserves?))*",
    ),
    (
        "avec_reserves",
        r"imperfections(?: (?:et|ou|ni) malfacons)?|malfacons|non[- ]conformites|desordres|ne sont pas conformes",
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
    #: The words before it.
    lead: str = ""


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
                            lead=low[max(0, start - 60) : start],
                        )
                        if not _answered(option, page, line):
                            _mark(option, low, start, found)
                        found.append(option)
    _flip_lone_no(found)
    _by_columns(found)
    return found


YES_OR_NO = re.compile(r"(?:(?:yes|no)\s?/\s?)?(?P<word>oui|non)\W*")
TICK = re.compile(r"[xX×✓✔✗✘✕✖☒☑■●⬤]")


def _by_columns(found):
    """Crosses in columns headed ``Oui`` and ``Non``, beside options that have no box of their own."""
    for option in found:
        if option.kind_of_mark or option.text == NO:
            continue
        line = option.page.lines[option.segment.line]
        ticks = [other for other in line.segments if TICK.fullmatch(other.text.strip())]
        columns = _answer_columns(option.page, line.index) if ticks else {}
        for word, (left, right) in columns.items():
            middle = (ticks[0].box[0] + ticks[0].box[2]) / 2
            if len(ticks) == 1 and left - 12 < middle < right + 12:
                option.mark, option.kind_of_mark = word == "oui", "sign"


def _answer_columns(page, index):
    """Where the columns of the nearest header with ``Oui`` and ``Non`` stand: {word: (left, right)}."""
    for line in reversed(page.lines[max(0, index - 12) : index]):
        found = {
            match["word"]: (segment.box[0], segment.box[2])
            for segment in line.segments
            if (match := YES_OR_NO.fullmatch(plain(segment.text).strip()))
        }
        if len(found) == 2:
            return found
    return {}


LABEL_OF_RESERVES = re.compile(
    r"(?:les )?reserves?(?: (?:eventuelles?|emises?|formulees?))?\s?:?"
)
#: What forms print beside the label ``Réserves``.
BESIDE_RESERVES = (
    ("sans_reserve", r"\b(?:aucune|neant|non|sans)\b"),
    ("avec_reserves", r"\b(?:oui|avec|lesquelles|suivantes|ci-\w+)\b"),
)


def beside_label(doc):
    """The options beside the label ``Réserves``: ``☒ aucune ☐ oui, lesquelles :``."""
    found = []
    for page in doc.pages:
        for line in page.lines:
            first = line.segments[0]
            if LABEL_OF_RESERVES.fullmatch(plain(first.text).strip()):
                for near in page.lines[max(0, line.index - 1) : line.index + 2]:
                    for segment in near.segments:
                        if segment.box[0] > first.box[2] and segment.box[1] < (
                            first.box[3] + 12
                        ):
                            found += _beside(page, segment, found)
    return found if len({option.name for option in found}) > 1 else []


def _beside(page, segment, others):
    """As `beside_label`, of one segment."""
    found, low = [], plain(segment.text)
    for name, pattern in BESIDE_RESERVES:
        if match := re.search(pattern, low):
            words = segment.part(*match.span())
            option = Option(name, page, segment, words, text=low)
            _mark(option, low, match.start(), [*others, *found])
            found.append(option)
    return found


def _flip_lone_no(found):
    """The answer no to the only question asked: ``avec réserves : ☐ oui ☒ non`` is without any."""
    asked = [option for option in found if option.text == NO]
    if len({option.name for option in asked}) == 1 and not any(
        option.mark for option in found
    ):
        for option in asked:
            if option.name in OPPOSITE:
                option.name, option.mark = OPPOSITE[option.name], True


OPPOSITE = {"avec_reserves": "sans_reserve", "sans_reserve": "avec_reserves"}


def _answered(option, page, line):
    """A question with boxes for yes and no: ``avec réserves : ☐ oui ☒ non``; whether it is one."""
    low = plain(line.text)
    if not (re.search(r"\boui\b", low) and re.search(r"\bnon\b", low)):
        return False
    yes, no = answers(page, line)
    if yes is True and no is not True:
        option.mark, option.kind_of_mark = True, "sign"
    elif no is True and yes is not True:
        option.mark, option.kind_of_mark, option.text = False, "sign", NO
    return True


#: What stands for the text of an option to which the answer was no.
NO = "non"
SIGN = re.compile(
    r"(?P<word>\b(?:oui|non)\b)|(?P<ticked>[\[(]\s?[x×✓✗✘v]\s?[\])]|[☑☒✓✔✗✘✕✖■●⬤◉⊠⬛🗹🗵þý])|"
    r"(?P<empty>[\[(]\s{0,3}[\])]|[☐□◻○◯⬜¨▢❏❐❑❒])"
)


def answers(page, line):
    """Whether ``oui`` and ``non`` of a line are ticked, each True, False or None; boxes stand before or after."""
    told = [
        (match["word"] or bool(match["ticked"]))
        for match in SIGN.finditer(plain(line.text))
    ]
    signs = [sign for sign in told if isinstance(sign, bool)]
    if len(signs) >= 2:
        first = next(index for index, item in enumerate(told) if item in ("oui", "non"))
        follow = first == 0 or not isinstance(told[first - 1], bool)
        found = {}
        for index, item in enumerate(told):
            if item in ("oui", "non"):
                at = index + 1 if follow else index - 1
                if 0 <= at < len(told) and isinstance(told[at], bool):
                    found[item] = told[at]
        return found.get("oui"), found.get("non")
    if len(signs) == 1 and True in signs:
        at = told.index(True)
        near = told[at - 1] if at and at == len(told) - 1 else None
        near = near or (told[at + 1] if at + 1 < len(told) else None)
        return near == "oui" or None, near == "non" or None
    boxes = {"before": {}, "after": {}}
    for word in line.words:
        bare = plain(word.text).strip(" .:;,[]()")
        if bare in ("oui", "non"):
            for side, x, limit in (
                ("before", word.x0, 0.0),
                ("after", word.x1 + 26, word.x1 - 1),
            ):
                mark = marks.box_left_of(
                    page,
                    x,
                    word.y0,
                    word.y1,
                    reach=22.0 if not limit else 27.0,
                    limit=limit,
                )
                if mark:
                    boxes[side][bare] = mark.ticked
    best = max(boxes.values(), key=len)
    return best.get("oui"), best.get("non")


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
            option.ink, option.kind_of_mark, option.mark = mark.ink, "box", mark.ticked
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
        if _names(plain(other.text), EXAMINED + LIFTING):
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
