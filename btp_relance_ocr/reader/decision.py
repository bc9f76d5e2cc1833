# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was decided: forms print all options, and one is ticked or the others are struck through.

When the marks are unclear nothing is decided: a person looks.
"""

import re

from . import marks, yesno
from . import options as printed
from .model import Found
from .optionmarks import mark_right
from .optionwords import WHOLE
from .values import plain


def find(doc, kind, reserves):
    """Decide from the marks, else from the sentences, else from the list of reserves.

    :param reserves: what `reserves.find` found, or None
    :return: Found of the decision, or None
    """
    if kind == "pv_reception":
        asked = yesno.asked(doc)
        answer = _by_questions(**asked)
        if answer or asked.get("received", (True,))[0] is None:
            return answer
    return _of_options(doc, kind, reserves)


def _of_options(doc, kind, reserves):
    """As `find`, from the options that are printed one by one."""
    options = printed.find(doc, WHOLE[kind])
    options = _decided(options)
    if kind == "pv_reception" and not any(option.kind_of_mark for option in options):
        beside = printed.beside_label(doc)
        if any(option.kind_of_mark for option in beside):
            options = beside
    if options and not any(option.kind_of_mark or option.struck for option in options):
        mark_right(options)
    ways = [_by_boxes(options), _by_strokes(options)]
    if STRIKE.search(plain(doc.text)) and ways[1]:
        # Where options are to be struck through, what looks like a box is a letter or a table's frame.
        return ways[1]
    for chosen in ways:
        if chosen is not None:
            return chosen or _by_rest(options, reserves)
    if kind == "pv_reception" and (chosen := _by_pen(options)):
        return chosen
    if kind == "pv_levee_reserves":
        return None
    return _by_words(options, doc, reserves)


#: What forms say whose options are to be struck through.
STRIKE = re.compile(r"\b(?:ray|barr|biff)(?:er|ez)|mentions? ?inutiles?")
PROPOSING = re.compile(r"\bpropos\w+")
DECIDING = re.compile(r"\b(?:decid\w+|decision du|declare|prononce\b)")


def _by_questions(received=None, reserved=None):
    """What forms ask one after the other: whether the works are received, and whether there are reserves.

    :return: Found, or None where an answer cannot be seen
    """
    if received and received[0] is False:
        name, (_yes, page, line) = "refusee", received
    elif reserved and None not in (reserved[0], received[0] if received else True):
        name = "avec_reserves" if reserved[0] else "sans_reserve"
        _yes, page, line = reserved
    else:
        return None
    return Found(name, 0.93 if received else 0.8, page.number, line.box, "asked")


def _by_pen(options):
    """The one of several printed options that is underlined or has a stroke around it, or None."""
    if len({option.name for option in options}) < 2:
        return None
    for test in (marks.is_underlined, marks.is_circled):
        chosen = [option for option in options if test(option.page, option.words)]
        if len({option.name for option in chosen}) == 1 and len(chosen) < len(options):
            return _found(chosen[0], 0.85, "marked with a pen")
    return None


def _decided(options):
    """The options of a decision, without those that a paper before it only proposes."""
    verbs = {id(option): _verb(option) for option in options}
    if not {True, False} <= set(verbs.values()):
        return options
    return [option for option in options if verbs[id(option)] is not False]


def _verb(option):
    """What the lines before an option say: True for decided, False for proposed, None for neither."""
    own = plain(option.segment.text)
    if not option.kind_of_mark and len(own) > 60:
        # A sentence has its own verb.
        if PROPOSED.search(option.lead):
            return False
        if DECIDING.search(option.lead) or re.search(r"\brefuse\b", own):
            return True
    lines = option.page.lines
    for line in reversed(lines[max(0, option.segment.line - 10) : option.segment.line]):
        low = plain(" ".join(_same_column(line, option.segment)))
        deciding, proposing = DECIDING.search(low), PROPOSING.search(low)
        if deciding and not proposing:
            return True
        if proposing and not deciding:
            return False
    return None


def _same_column(line, segment):
    """The texts of a line that stand over a segment, where columns stand side by side."""
    if len(line.segments) == 1:
        return [line.text]
    x0, _y0, x1, _y1 = segment.box
    return [
        other.text for other in line.segments if other.box[0] < x1 and other.box[2] > x0
    ]


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
    printed = [o for o in boxed if o.kind_of_mark == "sign" and o.mark]
    if len({option.name for option in printed}) == 1 and len(names) > 1:
        return _found(printed[0], 0.75, "ticked")
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


def _by_rest(options, reserves):
    """The box of ``sans réserve`` is empty and reserves are listed: the other box was not seen."""
    empty = {option.name for option in options if option.mark is False}
    boxed = [option for option in options if option.kind_of_mark]
    unread = [
        option
        for option in options
        if option.mark is None
        and any(
            other.page is option.page
            and (
                abs(other.segment.box[0] - option.segment.box[0]) < 40
                or other.segment.line == option.segment.line
            )
            and abs(other.segment.line - option.segment.line) < 9
            for other in boxed
        )
    ]
    if (len(empty) > 1 or len(options) == 2) and len(
        {option.name for option in unread} - empty
    ) == 1:
        # Every other box is empty, and there is ink where this one's would be.
        for option in unread:
            if option.name not in empty and marks.ink_left_of(
                option.page, option.words[0]
            ):
                return _found(option, 0.72, "ticked, the others are empty")
    ticked = {option.name for option in options if option.mark is True}
    if empty == {"sans_reserve"} and not ticked and reserves and len(reserves.value):
        return Found(
            "avec_reserves", 0.72, reserves.page, reserves.box, "list of reserves"
        )
    return None


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


#: What was proposed and is told again by whoever decides.
PROPOSED = re.compile(r"\b(?:propos|preconis|envisag|demand|sollicit)\w+[^.;:]*$")


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
    pool = [o for o in sentences if not PROPOSED.search(o.lead)] or sentences or options
    names = {option.name for option in pool}
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
            r"non levee)|reste\w* a lever|reserves? maintenues?\s*:\s*\w|a l'exception|"
            r"(?P<done>\d+) (?:reserves? |points? )?(?:levee?s? |repris |soldee?s? )?sur (?!(?P=done)\b)\d+\b)"
        ),
        text,
    )
    whole = re.search(
        (
            r"(?:toutes les|l'ensemble des|la totalite des|l'integralite des|"
            r"les) (?:\w+ )?reserves?[^.]{0,80}(?:sont|ont ete|est|a ete)? ?(?:integralement |toutes |"
            r"totalement )?(?:lev|solde|repris)|levee (?:totale|definitive|complete|de l'ensemble|de la totalite|"
            r"de toutes)|"
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
