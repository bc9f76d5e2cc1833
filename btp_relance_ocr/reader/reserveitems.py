# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The items of a list of reserves, from under its heading to where it ends."""

import re

from . import marks
from .labelwords import ANY_LABEL
from .reserveheads import column_of, is_column_head, is_head, is_option
from .reservestates import column_status, row_status
from .reservewords import (
    BULLET,
    EMPTY,
    HEAD,
    HEADING,
    NEVER,
    NUMBER_CELL,
    STATUS,
    STOP,
    WORK,
)
from .values import find_dates, plain


def items_under(page, head):
    """The items under a heading: [(text, status or None, segment)]."""
    items, column, last = _of_heading(head), column_of(head), head
    header = head
    for line in page.lines[head.index + 1 :]:
        if column is None and not items and is_column_head(line):
            column, last, header = column_of(line), line, line
            continue
        if not items and is_head(line):
            items, column, last, header = _of_heading(line), column_of(line), line, line
            continue
        both = map(marks.sign_of, (line.text.strip(), head.text.strip()))
        if None not in both or (
            not items and _goes_with_heading(line, head, header, column)
        ):
            last = line
            continue
        if (
            (items and column and _crosses(line, header, column))
            or _ends(line, last, bool(items))
            or _leaves(line, last, head, items)
        ):
            break
        cell, numbered = item_cell(line, column)
        if cell is None and not items:
            break
        if cell is not None:
            status = column_status(header, line) or row_status(page, line, cell)
            if not _take(items, line, last, cell, numbered, status):
                break
        last = line
    return items


def _goes_with_heading(line, head, header, column):
    """Whether a line is the second one of the heading itself, or of the names of a table's columns."""
    if column and _is_rest_of_header(line, header):
        return True
    return (
        marks.sign_of(head.text.strip()) is not False
        and line.index == head.index + 1
        and abs(line.box[0] - head.box[0]) < 20
        and not BULLET.match(line.text)
        and unbulleted(line.text)[:1].islower()
    )


def _crosses(line, header, column):
    """Whether a line runs over the columns of a table: it is the text under it."""
    own = [s.box[0] for s in header.segments if s.box[0] >= column[0]]
    return bool(own) and any(
        segment.box[0] < column[0] - 10 and segment.box[2] > min(own) + 40
        for segment in line.segments
    )


def _is_rest_of_header(line, header):
    """Whether a line goes on with the columns' names right under them: ``Délai / imparti``, ``Local / ou zone``."""
    return line.index <= header.index + 2 and all(
        len(segment.text) < 18
        and segment.text[:1].islower()
        and any(
            segment.box[0] < over.box[2] + 25 and segment.box[2] > over.box[0] - 25
            for over in header.segments
        )
        for segment in line.segments
    )


def _of_heading(head):
    """The items that stand on the heading's own line, after its colon."""
    items, low = [], plain(head.text)
    tail = re.search(r":\s*(?P<rest>\S.*)$", low)
    rest = tail["rest"] if tail else ""
    if len(rest) > 8 and not (
        EMPTY.search(rest) or find_dates(rest) or HEAD.search(rest)
    ):
        for part in re.split(r"\s*;\s*", head.text[tail.start("rest") :]):
            add_item(items, part, head.segments[-1])
    return items


def _leaves(line, last, head, items):
    """Whether a line without a bullet, farther off than the items are, follows items with bullets."""
    if not items or BULLET.match(line.text) or line.index - head.index < 2:
        return False
    text, gap = line.text.strip(), line.box[1] - last.box[3]
    if len(items) == 1:
        led = re.match(r"\d{1,2}\s?[.)]", items[0][2].text.strip())
        return bool(led) and text[:1].isupper() and gap > 1.6 * line.height
    usual = items[-1][2].box[1] - items[-2][2].box[3]
    return (
        text[:1].isupper()
        and gap > 1.3 * max(usual, 2.0)
        and BULLET.match(items[-1][2].text) is not None
    )


def _ends(line, last, some):
    """Whether the list is over at a line.

    :param some: whether it has items
    """
    gap, text = line.box[1] - last.box[3], plain(line.text).strip()
    bare, bullet = BULLET.sub("", text), BULLET.match(line.text)
    # A box, as a picture shows it, before an option of the form.
    bare = re.sub(r"^\W{0,2}\w{1,2}\W{0,2} (?=que )", "", bare)
    if (
        some
        and marks.sign_of(line.text.strip()) is not None
        and marks.sign_of(last.text.strip()) is None
    ):
        return True
    if gap > 70 or (some and gap > 3.2 * max(9, line.height)):
        return True
    if not bullet and (EMPTY.search(text) or ANY_LABEL.match(text)):
        return True
    if re.match(r"[A-H]\s?[-–—]\s?[A-ZÀ-Ý]\w+(?: \w+){0,3}\W*$", line.text.strip()):
        # The title of the form's next part.
        return True
    stops = STOP.match(bare) and (not bullet or len(bare) < 12)
    return bool(NEVER.match(bare) or stops or is_option(line))


def _take(items, line, last, cell, numbered, status):
    """Add a line's item, or what goes on of the item before; False when it is no item of the list."""
    if _goes_on(items, line, last, cell, numbered):
        text, state, segment = items[-1]
        items[-1] = (f"{text} {cell.text.strip()}", state or status, segment)
        return True
    return add_item(items, cell.text, cell, status) or not items


def item_cell(line, column):
    """The segment of a line that holds the item, and whether a number leads the line."""
    segments = line.segments
    numbered = bool(BULLET.match(line.text)) or bool(
        NUMBER_CELL.match(segments[0].text.strip())
    )
    if column:
        left, right = column
        inside = [
            s
            for s in segments
            if s.box[0] < right - 4
            and s.box[2] > left + 2
            and not NUMBER_CELL.match(s.text.strip())
        ]
        if inside:
            return max(
                inside, key=lambda s: min(s.box[2], right) - max(s.box[0], left)
            ), numbered
        return None, numbered
    words = [
        s
        for s in segments
        if not NUMBER_CELL.match(s.text.strip())
        and not find_dates(s.text)
        and not STATUS.fullmatch(plain(s.text).strip())
    ]
    words = [s for s in words if sum(c.isalpha() for c in s.text) > 4]
    return (
        (max(words, key=lambda s: len(s.text)), numbered) if words else (None, numbered)
    )


def unbulleted(text):
    """An item's text without what leads it, also what a reader of pictures makes of a bullet."""
    text = BULLET.sub("", BULLET.sub("", text.strip()))
    return re.sub(r"^[eo°»«+*]\s+(?=[A-ZÀ-Ý])", "", text).strip(" .;:–—-")


def _goes_on(items, line, last, cell, numbered):
    """Whether a line is the rest of the item before it."""
    if not items or numbered or BULLET.match(cell.text):
        return False
    before = items[-1][2]
    text = unbulleted(cell.text)
    close = line.box[1] - last.box[3] < 0.75 * max(8, line.height)
    return close and text[:1].islower() and abs(cell.box[0] - before.box[0]) < 25


def add_item(items, text, segment, status=None):
    """Append an item; False when the text is none."""
    text = unbulleted(text)
    low = plain(text)
    if match := STATUS.search(low):
        apart = re.match(r"\s*[:;,(–—-]", low[match.start() :])
        if match.start() > 4 and (apart or not WORK.match(match["status"])):
            status = status or match["status"]
            text = text[: match.start()].strip(" .;:,–—-(")
    if (
        len(text) < 5
        or sum(c.isalpha() for c in text) < 4
        or EMPTY.search(plain(text))
        or STOP.match(plain(text))
    ):
        return False
    if re.search(r"^[^:;]{3,40},? le \d{1,2}(?:er)?\b", low):
        # Where and when the paper was signed.
        return False
    if re.search(r"\S{26,}|\bsiret\b|\bassurance rc\b", plain(text)):
        return False
    if re.search(
        r"\bsignature\b|^\d|€|\b(?:du|le|la|au|de)$|reserves? (?:ci-|suivantes|restent|ont ete|sont)|\b(?:oui|non)$",
        plain(text),
    ) or HEADING.fullmatch(plain(text)):
        return False
    items.append((text, status, segment))
    return True
