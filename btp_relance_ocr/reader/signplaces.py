# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The places of a page where somebody would sign."""

import re

from .signers import names
from .values import plain


def find_zones(page, anchors, kind, patterns, every=False):
    """Where somebody named by one of the patterns would sign a kind of paper.

    :param patterns: the first that names anybody counts
    :param every: all of them count
    """
    found = []
    for pattern in patterns:
        zones = [
            _zone(page, *_cell_to_sign(page, line, segment))
            for line, segment in anchors
            if names(plain(segment.text), pattern, kind)
            and not _is_crowded(page, line, segment)
        ]
        if zones and not every:
            return zones[-2:]
        found += zones
    return found


def _cell_to_sign(page, line, segment):
    """(line, cell) of a row where its signer signs: ``Reçu par …  |  Date :  |  Signature :``."""
    for other in page.lines[line.index : line.index + 3]:
        last = other.segments[-1]
        if (
            last.box[0] > segment.box[2]
            and other.box[1] - line.box[1] < 26
            and re.match(
                r"(?:(?:et |/ ?)?(?:signature|visa|cachet|emargement)\W*)+$",
                plain(last.text),
            )
        ):
            return other, last
    return line, segment


def anchor_lines(page):
    """The segments that may name a signer: short, without a value, in the lower part of what is written."""
    if not page.lines:
        return []
    first = page.lines[0].box[1]
    last = max(line.box[3] for line in page.lines)
    start = first + 0.45 * (last - first)
    found = []
    for line in page.lines:
        if line.box[1] < start:
            continue
        for segment in line.segments:
            low = plain(segment.text)
            if is_in_stamp(page, segment) and not CAPTION.search(low):
                continue
            if re.match(r"[a-h]\s?[-.)–]\s|identification|objet", low):
                continue
            value = re.search(r":\s*\w{3}", low)
            if (
                not value or re.search(r"sign|visa|cachet|nom|date|\ble\b", low)
            ) and not re.search(
                r"\b(?:est|sont|doit|devra|decide|declare|ont|sera|refuse|prononce|accepte|propose|peut|certifie|atteste|constate)\b",
                low,
            ):
                found.append((line, segment))
    return found


#: What forms print in small letters where somebody signs.
CAPTION = re.compile(
    r"signature|\bvisa\b|\bcachet\b|^pour (?:le |la |l')|"
    r"^(?:le |la |l')?(?:maitre d(?:e l)?'(?:ouvrage|oeuvre)|entreprise|entrepreneur|client|acheteur|titulaire)\W*$"
)


def is_in_stamp(page, segment):
    """Whether a text is as small as that of a stamp."""
    heights = sorted(word.height for word in page.words)
    usual = heights[len(heights) // 2]
    highest = max(
        segment.words, key=lambda word: min(word.height, word.x1 - word.x0)
    ).height
    return highest < 0.8 * usual


def _zone(page, line, segment):
    """The place of a signature: under its label, or beside it, up to the next label."""
    x0, y0, x1, y1 = segment.box
    right = min(
        (o.box[0] - 4 for o in line.segments if o.box[0] > x1 + 2), default=page.width
    )
    left = max((o.box[2] for o in line.segments if o.box[2] < x0 - 2), default=0.0)
    lower = page.height
    for other in page.lines[line.index + 1 :]:
        if (
            other.box[1] > y1 + 25
            and any(o.box[0] < x0 + 60 and o.box[2] > x0 - 20 for o in other.segments)
            and _is_text(other)
        ):
            lower = other.box[1]
            break
    return (
        max(left - 2, x0 - 40),
        y0 - 48,
        min(right, max(x0 + 260, x1 + 160)),
        min(lower + 6, y1 + 140),
    )


def _is_text(line):
    """Whether a line is read text rather than what a reader made of a signature."""
    return sum(len(w.text) for w in line.words if w.confidence > 0.6) > 6


def _is_crowded(page, line, segment):
    """Whether text goes on under a label, so that nobody can sign there."""
    _x0, _y0, _x1, y1 = segment.box
    under = [
        other
        for other in page.lines[line.index + 1 :]
        if other.box[1] < y1 + 48
        and _is_text(other)
        and any(
            one.box[0] < segment.box[0] + 120
            and one.box[2] > segment.box[0]
            and sum(len(word.text) for word in one.words) > 3
            and not is_in_stamp(page, one)
            for one in other.segments
        )
    ]
    return len(under) > 1 and len(page.lines) - line.index > 3


def anywhere(page):
    """Without a label: from where the text is at its middle to under its last lines."""
    lines = [line for line in page.lines if _is_text(line)]
    if not lines:
        return []
    first, last = lines[0].box[1], lines[-1].box[3]
    for line in reversed(lines[-8:]):
        if re.search(
            r"\b(?:le|date|signe|fait|verifie|vise|etabli)\b", plain(line.text)
        ) and re.search(r"\d", line.text):
            return [(0.0, line.box[1] - 20, page.width, last + 130)]
    return [(0.0, first + 0.5 * (last - first), page.width, last + 130)]
