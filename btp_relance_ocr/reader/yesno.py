# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Questions with boxes for yes and no, and crosses in columns headed so."""

import re

from . import marks
from .values import plain

YES_OR_NO = re.compile(r"(?:(?:yes|no)\s?/\s?)?(?P<word>oui|non)\W*")
TICK = re.compile(r"[xX×✓✔✗✘✕✖☒☑■●⬤]")


def mark_by_columns(found):
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


def mark_under_heads(found):
    """A cross in a table's row under the one of the options that its columns are named after."""
    heads = [option for option in found if len(option.segment.text) < 40]
    for option in heads:
        row = [
            other
            for other in heads
            if other.page is option.page
            and abs(other.segment.line - option.segment.line) <= 2
        ]
        apart = {id(other.segment) for other in row}
        if len({other.name for other in row}) < 2 or len(apart) < len(row):
            continue
        crossed = [other for other in row if _cross_under(other, row)]
        if len(crossed) == 1:
            for other in row:
                other.mark, other.kind_of_mark = other is crossed[0], "sign"
            return


def _cross_under(option, row):
    """Whether the one cross in the rows under columns is under this one's name."""
    last = max(other.segment.line for other in row)
    crosses = [
        segment
        for line in option.page.lines[last + 1 : last + 6]
        for segment in line.segments
        if TICK.fullmatch(segment.text.strip())
    ]
    if len(crosses) != 1:
        return False
    middle = (crosses[0].box[0] + crosses[0].box[2]) / 2
    left, _top, right, _bottom = option.segment.box
    return left - 12 < middle < right + 12


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


def is_answered(option, page, line):
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


#: Questions that forms ask apart: whether the works are received, and whether there are reserves.
RECEIVED = re.compile(
    r"(?:la )?reception(?: (?:est|des (?:travaux|ouvrages)))*(?: prononcee| acceptee| accordee)?|"
    r"(?:les )?(?:travaux|ouvrages)(?: (?:sont|est))? (?:recus|receptionnes|acceptes)"
)
RESERVED = re.compile(
    r"(?:(?:avec|presence de|existence de|y a-t-il des) )?(?:des )?reserves?(?: eventuelles| emises| formulees)?"
)


def asked(doc):
    """What forms ask in two questions: {"received" or "reserved": (answer or None, page, line)}."""
    told = {}
    for page in doc.pages:
        for line in page.lines:
            low = plain(line.text).strip()
            first = SIGN.search(low) or re.search(r"oui\W*non", low)
            if not first or not re.search(r"oui.*non", low):
                continue
            question = low[: first.start()].strip(" :?.-")
            for name, pattern in (("received", RECEIVED), ("reserved", RESERVED)):
                if pattern.fullmatch(question):
                    yes, no = answers(page, line)
                    clear = (yes is True) != (no is True)
                    told[name] = (yes is True if clear else None, page, line)
    return told


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
