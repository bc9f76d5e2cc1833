# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The list of reserves, item by item, with what became of each; and the deadline to lift them."""

import re

from . import layout, marks
from .model import Found
from .reserveheads import head_status, is_column_head, is_head, state_of
from .reserveitems import add_item, item_cell, items_under
from .reservestates import row_status
from .reservewords import BULLET, HEAD, OPEN, SAID, STATUS, TABLED
from .values import find_dates, plain


def find(doc, kind):
    """The list and the state of its items.

    :return: (Found of the open items or None, {"lifted": n, "open": n}, deadline Found or None)
    """
    states = {"lifted": 0, "open": 0}
    best, where = _under_headings(doc, kind)
    if not best and kind == "pv_levee_reserves":
        best, where = _tabled(doc)
        if not any(status for _text, status, _segment in best):
            best, where = _with_status(doc)
    if not best and kind == "pv_reception":
        best, where = _bulleted(doc)
    if not best:
        best, where = _tabled(doc)
    if not best and kind == "pv_reception":
        best, where = _in_sentence(doc)
    kept = []
    for text, status, segment in best:
        if status is None or OPEN.match(status):
            kept.append((text, segment))
            states["open"] += status is not None
        else:
            states["lifted"] += 1
    states["unknown"] = sum(status is None for _text, status, _segment in best)
    if not kept:
        return None, states, _deadline(doc)
    sure = min(
        1.0, sum(segment.confidence for _text, segment in kept) / len(kept) / 0.9
    )
    box = kept[0][1].box
    found = Found(
        [text for text, _segment in kept],
        (0.55 if states["unknown"] and states["lifted"] else 0.9) * (0.6 + 0.4 * sure),
        where[0].number,
        box,
        "list",
    )
    return found, states, _deadline(doc)


def _under_headings(doc, kind):
    """The longest list under a heading; those that their headings call lifted or open go together."""
    best, parted, where = [], [], None
    for page in doc.pages:
        heads = [
            line
            for line in page.lines
            if is_head(line) or _is_condition(page, line) or _is_ticked(page, line)
        ]
        for line in heads:
            if kind == "pv_levee_reserves" and (apart := _side_by_side(page, line)):
                parted += apart
                where = where or (page, line)
                continue
            items = items_under(page, line)
            if kind == "pv_levee_reserves" and (told := head_status(line)):
                parted += [
                    (text, state or told, segment) for text, state, segment in items
                ]
                where = where or (page, line)
            elif len(items) > len(best):
                best, where = items, (page, line)
    open_ = any(OPEN.match(status) for _text, status, _segment in parted)
    return (parted if open_ or not best else best), where


def _is_condition(page, line):
    """Whether a line ends what a reception is subject to: ``sous réserve de l'exécution des / prestations :``."""
    before = page.lines[line.index - 1] if line.index else None
    return bool(
        before
        and re.search(r"\bsous reserve\b", plain(before.text))
        and re.match(
            r"(?:de |des |les )?(?:travaux|prestations|epreuves|essais)\b.{0,50}:$",
            plain(line.text).strip(),
        )
    )


def _is_ticked(page, line):
    """Whether a list follows an option whose cross a picture shows as an empty box: what is listed was found."""
    low, after = plain(line.text).strip(), page.lines[line.index + 1 : line.index + 2]
    return bool(
        page.source == "ocr"
        and low.endswith(":")
        and marks.sign_of(line.text.strip()) is False
        and HEAD.search(low)
        and after
        and BULLET.match(after[0].text)
    )


def _bulleted(doc):
    """Items with bullets after any line that ends with a colon, once a reception with reserves was told."""
    told = False
    for page in doc.pages:
        for line, after in zip(page.lines, page.lines[1:], strict=False):
            low = plain(line.text).strip()
            told = told or bool(
                re.search(r"(?:avec|assorti\w*|sous) (?:\w+ ){0,2}reserves?", low)
            )
            if told and low.endswith(":") and BULLET.match(after.text):
                if items := items_under(page, line):
                    return items, (page, line)
    return [], None


def _side_by_side(page, head):
    """The items of lists side by side, each under what its heading calls them; empty without."""
    states = [state_of(segment.text) for segment in head.segments]
    if len(states) < 2 or None in states or len(set(states)) < 2:
        return []
    items, last = [], head
    for line in page.lines[head.index + 1 :]:
        if line.box[1] - last.box[3] > 3.2 * max(9, line.height):
            break
        for segment in line.segments:
            starts = [segment.box[0] > one.box[0] - 30 for one in head.segments]
            if True in starts:
                at = len(starts) - 1 - starts[::-1].index(True)
                add_item(items, segment.text, segment, states[at])
        last = line
    return items


def _tabled(doc):
    """The rows of a table whose header says that it lists what is wrong."""
    for page in doc.pages:
        for line in page.lines:
            texts = [plain(segment.text).strip() for segment in line.segments]
            states = sum(bool(STATUS.fullmatch(text)) for text in texts)
            told = any(TABLED.search(text) and len(text) < 40 for text in texts)
            if len(texts) > 2 and (told or states > 1) and is_column_head(line):
                if items := items_under(page, line):
                    return items, (page, line)
    return [], None


def _in_sentence(doc):
    """The reserves that a sentence tells after its colon: ``avec une seule réserve : …``."""
    for page in doc.pages:
        for segment in layout.paragraphs(page):
            if match := SAID.search(plain(segment.text)):
                items = []
                told = segment.text[slice(*match.span("items"))]
                for part in re.split(r"\s*;\s*", told):
                    add_item(items, part, segment)
                if items:
                    return items, (page, page.lines[segment.line])
    return [], None


def _with_status(doc):
    """Items told apart by the state written after each, when no heading announces them."""
    items, where = [], (None, None)
    for page in doc.pages:
        for line in page.lines:
            cell, numbered = item_cell(line, None)
            if cell is None:
                continue
            low = plain(line.text)
            status = row_status(page, line, cell)
            if (
                STATUS.search(low)
                and (numbered or re.search(r"[:;(–-]\s*[a-z ]+\W*$", low))
            ) or status:
                before = len(items)
                add_item(items, cell.text, cell, status)
                if len(items) > before and where[0] is None:
                    where = (page, line)
    return items, where if where[0] else (
        doc.pages[0],
        doc.pages[0].lines[0] if doc.pages[0].lines else None,
    )


def _deadline(doc):
    """By when the reserves are to be lifted."""
    for page in doc.pages:
        for line in page.lines:
            low = plain(line.text)
            if re.search(r"reserve|imperfection|malfacon|lever|remedier", low):
                for day, start, _end in find_dates(line.text):
                    if re.search(
                        r"(?:avant le|au plus tard|d'ici|jusqu'au|pour le|delai)\W*(?:le)?\W*$",
                        low[:start],
                    ):
                        return Found(
                            day.isoformat(), 0.9, page.number, line.box, "deadline"
                        )
    return None
