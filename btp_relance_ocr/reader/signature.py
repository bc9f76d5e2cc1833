# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether the party that decides signed: strokes in its place, or the mark of an electronic signature.

A stamp alone is no signature, nor is the other party's.
"""

import re

import cv2
import numpy as np

from . import marks
from .model import Found
from .values import plain

OWNER = (
    r"maitre d.?\s?ouvrage|maitre de l'?\s?ouvrage|maitrise d.?\s?ouvrage|client|acheteur|"
    r"pouvoir adjudicateur|representant du|donneur d.?ordres?|moa\b|personne publique|la collectivite|"
    r"le maire|le president|pour (?:la|le) (?:commune|ville|societe|sci|sccv)|proprietaire|ordonnateur|"
    r"entreprise (?:generale|principale)|entrepreneur principal|le syndic|bailleur|autorite contractante"
)
DESIGNER = (
    r"maitre d.?\s?oe?uvre|maitrise d.?\s?oe?uvre|moe\b|architecte|bureau d'etudes"
)
BUILDER = r"entreprise|entrepreneur|titulaire|fournisseur|sous-traitant|prestataire|constructeur|destinataire"
ISSUER = (
    r"signature|signataire|visa|cachet|bon pour accord|le responsable|la direction|le gerant|service achats?|"
    r"acheteur|pour ordre|emetteur|directeur|directrice|responsable|president|\bmaire\b|adjoint|chef de service|"
    r"conducteur|charge d'|tresori|gestionnaire|secretaire general|le representant|bon pour|signature"
)
#: Kinds that only their issuer signs, as a rule.
ALONE = ("certificat_paiement", "ordre_service", "bon_commande")
#: Who else signs a kind of paper: strokes in their place are not the decider's.
OTHERS = {
    "pv_reception": [BUILDER, DESIGNER],
    "pv_opr": [BUILDER],
    "pv_levee_reserves": [BUILDER],
    "bon_commande": [BUILDER],
    "ordre_service": [BUILDER, r"\brecu\b|accuse|notification"],
    "situation": [BUILDER],
    "certificat_paiement": [BUILDER],
    "doe_bordereau": [
        r"entreprise|entrepreneur|titulaire|emetteur|expediteur|remis par"
    ],
}
RECEIPT = r"recu|reception|destinataire|accuse|remis a|visa|signature du"
#: Ink is looked at so far around a place, in points: a stamp that is cut is no longer a frame.
MARGIN = 90
#: The places where each kind's decider signs, best first.
PLACES = {
    "pv_reception": [
        OWNER,
        r"^(?:le |la |l')?(?:directeur|directrice|maire|president|presidente|adjoint|vice-president|gerant)",
    ],
    "pv_opr": [DESIGNER, ISSUER, OWNER],
    "pv_levee_reserves": [OWNER, DESIGNER],
    "bon_commande": [OWNER, ISSUER],
    "ordre_service": [DESIGNER, OWNER, ISSUER],
    "situation": [
        DESIGNER,
        OWNER,
        r"verifi|visa|vise|bon a payer|valide|controle",
        ISSUER,
    ],
    "certificat_paiement": [
        DESIGNER,
        OWNER,
        r"verifi|certifi|visa|bon a payer",
        ISSUER,
    ],
    "doe_bordereau": [RECEIPT, OWNER],
}
ELECTRONIC = re.compile(
    r"signe(?:e|s)? electroniquement|signature electronique|electronically signed|docusign|yousign|"
    r"universign|signe numeriquement|digitally signed|certificat de signature|signe par voie electronique|"
    r"^\W*signee? par\s?:|e-signature|validation electronique|valide electroniquement|signature eidas|\beidas\b|"
    r"signature avancee"
)
NEGATED = re.compile(
    r"(?:non|pas|a|sera|doit etre|en attente de|peut etre|pourra etre|vaut) (?:\w+ )?(?:signe|signature)|en attente"
)


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
    anchors = _anchor_lines(page)
    zones = _zones(page, anchors, PLACES[kind])
    named = bool(zones)
    rivals = [] if named else _zones(page, anchors, OTHERS[kind], every=True)
    own = _marked(anchors, PLACES[kind], kind)
    others = _others(page, anchors, kind)
    zones = zones or _anywhere(page)
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
        and not _zones(page, anchors, OTHERS[kind], every=True)
    ):
        # The place may be named beside it, or in a stamp; nobody else signs here.
        for other in _anywhere(page):
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


def _marked(anchors, patterns, kind=None):
    """The boxes of the segments that name a signer; the first pattern that names anybody counts."""
    for pattern in patterns:
        found = [
            segment.box
            for _line, segment in anchors
            if re.search(pattern, plain(segment.text))
            and len(segment.text) <= 75
            and not (kind == "doe_bordereau" and SENDER.search(plain(segment.text)))
        ]
        if found:
            return found
    return []


def _others(page, anchors, kind):
    """The boxes of the segments that name who signs beside the decider."""
    if kind == "situation" and not _zones(page, anchors, [DESIGNER, OWNER]):
        # Nobody but the firm that made it out has a place to sign.
        return []
    return _marked(anchors, OTHERS[kind])


SENDER = re.compile(r"emetteur|expediteur|entreprise")


def _is_others(stroke, own, others):
    """Whether a stroke is much nearer to another signer's name than to the decider's."""

    def nearest(boxes):
        x, y = stroke[0], (stroke[1] + stroke[3]) / 2
        return min(
            (
                abs(y - (box[1] + box[3]) / 2)
                + max(0.0, box[0] - stroke[2], x - box[2] - 20)
                for box in boxes
            ),
            default=1e6,
        )

    return nearest(others) < 0.5 * nearest(own)


def _zones(page, anchors, patterns, every=False):
    """Where somebody named by one of the patterns would sign.

    :param patterns: the first that names anybody counts
    :param every: all of them count
    """
    found = []
    for pattern in patterns:
        regex = re.compile(pattern)
        zones = [
            _zone(page, *_cell_to_sign(page, line, segment))
            for line, segment in anchors
            if len(segment.text) <= 75
            and regex.search(plain(segment.text))
            and not (pattern == RECEIPT and SENDER.search(plain(segment.text)))
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
                r"(?:signature|visa|cachet|emargement)\b.{0,12}$", plain(last.text)
            )
        ):
            return other, last
    return line, segment


def _anchor_lines(page):
    """The segments that may name a signer: short, without a value, in the lower part of what is written."""
    if not page.lines:
        return []
    first = page.lines[0].box[1]
    last = max(line.box[3] for line in page.lines)
    start = first + 0.45 * (last - first)
    found = []
    heights = sorted(word.height for word in page.words)
    usual = heights[len(heights) // 2]
    for line in page.lines:
        if line.box[1] < start:
            continue
        for segment in line.segments:
            if is_in_stamp(segment, usual):
                continue
            low = plain(segment.text)
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


def is_in_stamp(segment, usual):
    """Whether a text is as small as that of a stamp."""
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
        and other.box[0] < segment.box[0] + 120
        and other.box[2] > segment.box[0]
    ]
    return len(under) > 1 and len(page.lines) - line.index > 3


def _anywhere(page):
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


def _share_inside(box, zone):
    """How much of a stroke lies in a zone."""
    width = max(0.0, min(box[2], zone[2]) - max(box[0], zone[0]))
    height = max(0.0, min(box[3], zone[3]) - max(box[1], zone[1]))
    return width * height / max(1e-6, (box[2] - box[0]) * (box[3] - box[1]))


def find_strokes(page, upper=0.0, lower=10_000.0):
    """Ink that is neither text nor frame nor stamp: [(box in points, weight)]; 1 is a small signature."""
    whole, scale = marks.coarse_ink(page)
    skipped = int(max(0.0, upper) * scale)
    ink = whole[skipped : int(lower * scale)].copy()
    if min(ink.shape) < 20:
        return []
    # Frames first: where a stamp's text or part of a side is taken out, its frame is no longer whole.
    _erase_frames(ink, scale)
    _erase_lines(ink, scale)
    _erase_words(ink, page, scale, skipped)
    edge = int(8 * scale)
    if skipped < edge:
        ink[:edge] = 0
    ink[:, :edge] = ink[:, -edge:] = 0
    if int(ink.sum()) < 25 * scale:
        return []
    joined = cv2.morphologyEx(
        ink, cv2.MORPH_CLOSE, np.ones((int(2 * scale) | 1,) * 2, np.uint8)
    )
    count, labels, stats, _centres = cv2.connectedComponentsWithStats(
        joined, connectivity=8
    )
    found = []
    wide = np.flatnonzero(stats[:count, 2] >= 22 * scale)
    for index in wide[wide > 0]:
        x, y, width, height, area = stats[index]
        if (
            width < 22 * scale
            or height < 4 * scale
            or area < 25 * scale
            or width > 300 * scale
            or height > 150 * scale
        ):
            continue
        part = (labels[y : y + height, x : x + width] == index).astype(np.uint8)
        weight = _weight(part, scale, ink[y : y + height, x : x + width])
        if weight > 0:
            found.append(
                (
                    (
                        x / scale,
                        (y + skipped) / scale,
                        (x + width) / scale,
                        (y + skipped + height) / scale,
                    ),
                    weight,
                )
            )
    return found


def _erase_words(ink, page, scale, skipped):
    """Take out what was read as text."""
    heights = sorted(word.height for word in page.words) or [10]
    usual = heights[len(heights) // 2]
    for word in page.words:
        if (
            word.y1 * scale <= skipped
            or word.confidence <= 0.55
            or word.height >= 2.2 * usual
            # The second reader makes letters of a signature's loops.
            or (word.confidence <= 0.62 and word.text.isalpha() and len(word.text) < 4)
        ):
            continue
        letters = sum(c.isalnum() for c in word.text)
        if letters > 0.34 * len(word.text) or re.search(r"\.{3}|_{3}|…", word.text):
            x0, y0 = (
                int((word.x0 - 0.6) * scale),
                int((word.y0 - 0.6) * scale) - skipped,
            )
            x1, y1 = (
                int((word.x1 + 0.6) * scale),
                int((word.y1 + 0.6) * scale) - skipped,
            )
            ink[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1] = 0


def _erase_frames(ink, scale):
    """Take out closed outlines of a stamp's size, and leave what is inside."""
    _count, labels, stats, _centres = cv2.connectedComponentsWithStats(
        ink, connectivity=8
    )
    wide, high, areas = stats[:, 2], stats[:, 3], stats[:, 4]
    sized = (wide >= 25 * scale) & (high >= 14 * scale) & (wide <= 260 * scale)
    sized &= areas <= 0.4 * wide * high
    sized[0] = False
    for index in np.flatnonzero(sized):
        x, y, width, height, _area = stats[index]
        part = (labels[y : y + height, x : x + width] == index).astype(np.uint8)
        contours, _tree = cv2.findContours(
            part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
        )
        contour = max(contours, key=cv2.contourArea)
        hull = max(1.0, cv2.contourArea(cv2.convexHull(contour)))
        if cv2.contourArea(contour) > 0.85 * hull:
            ink[y : y + height, x : x + width][part > 0] = 0


def _erase_lines(ink, scale):
    """Take out the frames of tables and the lines to write on."""
    for axis, length in ((1, int(55 * scale)), (0, int(38 * scale))):
        # Only rows (or columns) with ink enough can hold a line.
        full = np.flatnonzero(ink.sum(axis=axis, dtype=np.int32) >= length)
        if not full.size:
            continue
        part = np.ascontiguousarray(ink[full] if axis else ink[:, full])
        kernel = np.ones((1, length) if axis else (length, 1), np.uint8)
        lines = np.zeros_like(ink)
        found = cv2.morphologyEx(part, cv2.MORPH_OPEN, kernel)
        if axis:
            lines[full] = found
        else:
            lines[:, full] = found
        ink[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 0


def _weight(part, scale, ink):
    """How much a component looks like a signature: 0 for frames, stamps and blots."""
    height, width = part.shape
    contours, _tree = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    contour = max(contours, key=cv2.contourArea)
    hull = cv2.convexHull(contour)
    area = max(1.0, cv2.contourArea(hull))
    sides = cv2.minAreaRect(contour)[1]
    thin = min(sides)
    if thin < 5 * scale:
        # A flat stroke tells too little, a line nothing.
        return 0.5 if thin > 2.2 * scale and width > 30 * scale else 0.0
    fill = float((part * ink).sum()) / area
    if fill > 0.55:
        return 0.0
    shell = np.zeros_like(part)
    cv2.drawContours(shell, [hull], -1, 1, max(2, int(1.6 * scale)))
    on_shell = float((shell * part).sum()) / max(1, int(part.sum()))
    # A frame or ring is closed; one that a scan broke is still all edge and no inside.
    if cv2.contourArea(contour) > 0.7 * area or (
        on_shell > 0.7 and area > 0.75 * max(1.0, sides[0] * sides[1])
    ):
        return 0.0
    if height / scale < 11:
        # As high as a line of letters: a word misread, dots to write on.
        return 0.8
    size = (width / scale / 45) * min(1.5, height / scale / 16)
    return float(min(4.0, 1.6 * size * (1.0 - 0.4 * on_shell)))
