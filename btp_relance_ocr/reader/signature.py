# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether the party that decides signed: strokes in its place, or the mark of an electronic signature.

A stamp alone is no signature, nor is the other party's.
"""

from .model import Found
from .signers import ALONE, EITHER, ELECTRONIC, NEGATED, OTHERS, PLACES, names
from .signplaces import anchor_lines, anywhere, find_zones
from .strokes import find_strokes
from .values import plain

#: Ink is looked at so far around a place, in points: a stamp that is cut is no longer a frame.
MARGIN = 90


def find(doc, kind):
    """Whether it is signed.

    :return: Found of True or False, or None when unclear
    """
    if kind not in PLACES:
        return None
    if doc.signed_electronically:
        return Found(True, 0.95, 1, None, "signature field")
    for page in doc.pages:
        for line in page.lines:
            low = plain(line.text)
            if ELECTRONIC.search(low) and not NEGATED.search(low):
                return Found(True, 0.88, page.number, line.box, "electronic mark")
    verdicts = [_on_page(page, kind) for page in doc.pages if page.image is not None]
    verdicts = [verdict for verdict in verdicts if verdict is not None]
    signed = [verdict for verdict in verdicts if verdict.value]
    if signed:
        return max(signed, key=lambda verdict: verdict.confidence)
    return min(verdicts, key=lambda verdict: -verdict.confidence) if verdicts else None


def _on_page(page, kind):
    """The verdict of one page, or None when nobody signs there."""
    anchors = anchor_lines(page)
    zones = find_zones(page, anchors, kind, PLACES[kind], kind in EITHER)
    named = bool(zones)
    rivals = [] if named else find_zones(page, anchors, kind, OTHERS[kind], True)
    own = _marked(anchors, kind, PLACES[kind])
    others = _marked(anchors, kind, OTHERS[kind])
    zones = zones or anywhere(page)
    if not zones:
        return None
    strokes = find_strokes(
        page,
        min(zone[1] for zone in zones) - MARGIN,
        max(zone[3] for zone in zones) + MARGIN,
    )
    best = None
    for zone in zones:
        inside = [
            stroke
            for stroke in strokes
            if _share_inside(stroke[0], zone) > 0.5
            and not any(_share_inside(stroke[0], rival) > 0.5 for rival in rivals)
            and not (named and _is_others(stroke[0], own, others))
        ]
        amount = sum(stroke[1] for stroke in inside)
        if best is None or amount > best[0]:
            best = (amount, zone, inside)
    amount, zone, inside = best
    if (
        kind in ALONE
        and amount <= 0.3
        and named
        and not find_zones(page, anchors, kind, OTHERS[kind], True)
    ):
        # The place may be named beside it, or in a stamp; nobody else signs here.
        for other in anywhere(page):
            inside = [s for s in strokes if _share_inside(s[0], other) > 0.5]
            elsewhere = sum(stroke[1] for stroke in inside)
            if 2.0 < elsewhere < 6.0:
                box = max(inside, key=lambda stroke: stroke[1])[0]
                return Found(True, 0.7, page.number, box, f"strokes {elsewhere:.1f}")
            if elsewhere > 0.3:
                return None
    if inside and amount > 1.0:
        box = max(inside, key=lambda stroke: stroke[1])[0]
        return Found(
            True,
            (0.88 if amount > 2.0 else 0.75) - (0.0 if named else 0.06),
            page.number,
            box,
            f"strokes {amount:.1f}",
        )
    if amount > 0.3:
        return None
    beside = _beside(page, strokes, own, others)
    return beside or Found(
        False,
        0.92 if page.source == "text" else 0.85,
        page.number,
        zone,
        f"no stroke {amount:.1f}",
    )


def _beside(page, strokes, own, others):
    """Whether strokes are right of the words that name the signer, on their line: Found, or None."""
    found = [
        stroke
        for stroke in strokes
        if not _is_others(stroke[0], own, others)
        and any(
            0 <= stroke[0][0] - box[2] < 40
            and stroke[0][1] < box[3] + 6
            and stroke[0][3] > box[1] - 6
            for box in own
        )
    ]
    if sum(stroke[1] for stroke in found) <= 1.0:
        return None
    box = max(found, key=lambda stroke: stroke[1])[0]
    return Found(True, 0.72, page.number, box, "strokes beside")


def _marked(anchors, kind, patterns):
    """The boxes of the segments that name a signer; the first pattern that names anybody counts."""
    for pattern in patterns:
        found = [
            segment.box
            for _line, segment in anchors
            if names(plain(segment.text), pattern, kind)
        ]
        if found:
            return found
    return []


def _is_others(stroke, own, others):
    """Whether a stroke is much nearer to another signer's name than to the decider's."""

    def nearest(boxes):
        x, y = stroke[0], (stroke[1] + stroke[3]) / 2
        return min(
            (
                # People sign under a name: what is all above it is more likely another's.
                abs(y - (box[1] + box[3]) / 2) * (3 if stroke[3] < box[1] - 6 else 1)
                + max(0.0, box[0] - stroke[2], x - box[2] - 20)
                for box in boxes
            ),
            default=1e6,
        )

    return nearest(others) < 0.5 * nearest(own)


def _share_inside(box, zone):
    """How much of a stroke lies in a zone."""
    width = max(0.0, min(box[2], zone[2]) - max(box[0], zone[0]))
    height = max(0.0, min(box[3], zone[3]) - max(box[1], zone[1]))
    return width * height / max(1e-6, (box[2] - box[0]) * (box[3] - box[1]))
