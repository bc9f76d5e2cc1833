# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which date is which: each date takes the role of the words nearest before it."""

import re
from dataclasses import dataclass

from .datecues import COMPILED, LOOSE, WANTED
from .model import Found
from .values import find_dates, find_period, plain


@dataclass(slots=True)
class Dated:
    """A date, its role, how sure, and where."""

    day: object
    role: str
    confidence: float
    page: object
    segment: object
    before: str
    box: tuple


def collect(doc):
    """All the dates of a document with their roles."""
    found = []
    for page in doc.pages:
        for line in page.lines:
            for day, before, segment in _broken(page, line):
                role, sure = role_of(before)
                found.append(
                    Dated(day, role, 0.95 * sure, page, segment, before, segment.box)
                )
            for segment in line.segments:
                for day, start, end in find_dates(segment.text):
                    before = _before(page, line, segment, start)
                    role, sure = role_of(before)
                    words = _words(segment, start, end)
                    low = min((w.confidence for w in words), default=0.5)
                    box = (
                        (
                            min(w.x0 for w in words),
                            min(w.y0 for w in words),
                            max(w.x1 for w in words),
                            max(w.y1 for w in words),
                        )
                        if words
                        else segment.box
                    )
                    found.append(
                        Dated(
                            day,
                            role,
                            sure * (0.6 + 0.4 * min(1.0, low / 0.85)),
                            page,
                            segment,
                            before,
                            box,
                        )
                    )
    return found


def _broken(page, line):
    """Dates that begin at the end of a full line and end on the next: [(day, words before)]."""
    if line.index + 1 >= len(page.lines) or line.box[2] < 0.7 * page.width:
        return
    after = page.lines[line.index + 1].segments[0]
    last = line.segments[-1]
    text = f"{last.text} {after.text}"
    for day, start, end in find_dates(text):
        if start < len(last.text) < end:
            yield day, plain(last.text[:start])[-110:], after


def _words(segment, start, end):
    """The words of a part of a segment."""
    position, found = 0, []
    for word in segment.words:
        if position + len(word.text) > start and position < end:
            found.append(word)
        position += len(word.text) + 1
    return found


def _before(page, line, segment, start):
    """The words that lead to a date: before it on its line, else left of it, else over it."""
    text = plain(segment.text[:start]).strip()
    if re.search(r"[a-z]{3}", text):
        if len(text) < 30 and line.segments[0] is segment and line.index:
            above = page.lines[line.index - 1]
            if (
                len(above.segments) == 1
                and above.box[2] > 0.8 * page.width
                and segment.box[1] - above.box[3] < 1.2 * line.height
            ):
                return f"{plain(above.text)[-80:]} {text}"
        return text[-110:]
    if re.fullmatch(r"\W*le\W*", text):
        return text
    left = [other for other in line.segments if other.box[0] < segment.box[0]]
    if (
        left
        and (re.search(r"[a-z]{3}", plain(left[-1].text)))
        and not find_dates(left[-1].text)
    ):
        return f"{plain(left[-1].text)[-80:]} {text}"
    above = _header(page, line, segment)
    if above and not re.fullmatch(r"\W*(?:du|le|a|au)?\W*", plain(above.text)):
        return f"{plain(above.text)[-80:]} {text}"
    return text


def _header(page, line, segment):
    """The text over a date that stands alone: a column's header or a label."""
    x0, y0, x1, _y1 = segment.box
    for other_line in reversed(page.lines[max(0, line.index - 4) : line.index]):
        for other in other_line.segments:
            if min(x1, other.box[2]) - max(x0, other.box[0]) > 0 and y0 - other.box[
                3
            ] < 3.5 * max(8, line.height):
                return other
    return None


def role_of(before):
    """(role, confidence) of a date after these words."""
    best = None
    for rank, (role, pattern) in enumerate(COMPILED):
        if match := pattern.search(before):
            length = match.end() - match.start()
            generic = role == "document" and length < 5
            score = (0 if generic else 1, -rank)
            if best is None or score > best[0]:
                best = (score, role, 0.7 if generic else 0.95)
    if best and best[2] > 0.9:
        return best[1], best[2]
    nearest = None
    for role, pattern in LOOSE[:-1]:
        for match in pattern.finditer(before):
            gap = len(before) - match.end()
            if gap < 45 and (nearest is None or gap < nearest[0]):
                nearest = (gap, role)
    if nearest:
        return nearest[1], 0.85 if nearest[0] < 12 else 0.7
    return (best[1], best[2]) if best else ("none", 0.4)


def find(doc, kind):
    """{field: Found} of the dates that a kind has."""
    dates = collect(doc)
    _resettle(dates, kind)
    found = {}
    for field, roles in WANTED.get(kind, {}).items():
        options = [
            (item.confidence * factor, item)
            for item in dates
            for role, factor in roles
            if item.role == role
        ]
        if options:
            best = _best(field, options)
            found[field] = _found(best[1], best[0])
            rivals = {item.day for score, item in options if score > best[0] - 0.1}
            if len(rivals) > 1:
                found[field].confidence = min(found[field].confidence, 0.86)
    _fallbacks(found, dates, kind)
    _check_order(found)
    if period := _period(doc, kind):
        found["periode"] = period
    return found


def _best(field, options):
    """The best date for a field: the surest; the first for a document's date, the last for a signature's."""
    top = max(score for score, _item in options)
    near = [option for option in options if option[0] >= top - 0.02]
    if field == "date_signature":
        # The decider signs first; whoever receives a paper signs it last.
        return near[0]
    return near[0]


def _found(item, confidence):
    """A date as a value."""
    return Found(
        item.day.isoformat(),
        min(0.98, confidence),
        item.page.number,
        item.box,
        f"{item.role}: {item.before[-40:]}",
    )


def _resettle(dates, kind):
    """What a place says of a date: ``A Lyon, le`` over a letter is the paper's date, under it the signature's."""
    for item in dates:
        _resettle_by_kind(item, kind, item.segment.box[1] / max(1, item.page.height))
        low = item.segment.box[1] / max(1, item.page.height)
        place = re.search(
            r"(?:(?:^|\s)a [a-z][a-z' -]{2,40},? ?,?|^[a-z][a-z' -]{2,40},)\s*le\s*$",
            item.before,
        )
        if (
            item.role == "sign"
            and place
            and not re.search(r"fait|sign", item.before)
            and low < 0.33
            and not kind.startswith("pv_")
        ):
            item.role = "document"
        if (
            item.role == "document"
            and item.confidence < 0.75
            and kind.startswith("pv_")
            and re.fullmatch(r"\W*(?:.*\W)?(?:le|date)\W*", item.before)
            and item.segment.line > 6
        ):
            item.role, item.confidence = "sign", 0.8
        if (
            item.role in ("none", "visit")
            and item.segment.line < 4
            and kind != "pv_opr"
        ):
            item.role = "document" if item.role == "none" else item.role
            item.confidence = max(item.confidence, 0.6)


def _resettle_by_kind(item, kind, low):
    """What a kind of paper says of a date.

    :param low: how far down the page it stands, 0 to 1
    """
    if (
        kind == "doe_bordereau"
        and item.role == "sign"
        and re.search(
            r"(?:transmis|remis|etabli|emis) (?:\w+ ){0,3}le\W*$", item.before
        )
    ):
        item.role = "document"
    if (
        kind == "pv_levee_reserves"
        and item.role == "sign"
        and re.search(r"(?:verifi|constat|control)\w*", item.before)
    ):
        item.role = "levee"
    if item.role == "levee" and kind in (
        "situation",
        "certificat_paiement",
        "bon_commande",
        "ordre_service",
        "doe_bordereau",
    ):
        item.role = "sign"
    if (
        kind in ("certificat_paiement", "situation")
        and item.role == "document"
        and low > 0.3
        and item.segment.line > 6
        and re.fullmatch(r"\W*le\W*", item.before)
    ):
        item.role, item.confidence = "sign", 0.85
    if (
        kind == "pv_reception"
        and item.role == "sign"
        and re.search(r"travaux recus?|recoit|recu les travaux|recus le", item.before)
    ):
        item.role = "reception"
    if (
        item.role == "deadline"
        and kind == "facture"
        and re.search(r"pay|regl|echeance", item.before)
    ):
        item.role = "due"
    if item.role == "start" and kind == "pv_reception":
        item.role = "effect"
        item.confidence *= 0.85


def _fallbacks(found, dates, kind):
    """Where a paper prints one date for two things."""
    sign = found.get("date_signature")
    if (
        kind
        in (
            "situation",
            "certificat_paiement",
            "bon_commande",
            "ordre_service",
            "pv_opr",
        )
        and "date_document" not in found
        and sign
    ):
        found["date_document"] = Found(
            sign.value, 0.8 * sign.confidence, sign.page, sign.box, "signature's date"
        )
    if kind == "pv_levee_reserves" and "date_levee" not in found and sign:
        found["date_levee"] = Found(
            sign.value, 0.85 * sign.confidence, sign.page, sign.box, "signature's date"
        )
    if kind == "pv_levee_reserves" and "date_signature" not in found:
        last = [item for item in dates if item.role in ("document", "none")]
        if last:
            found["date_signature"] = _found(last[-1], 0.7)
    if kind == "pv_reception" and "date_reception" not in found:
        plainly = [item for item in dates if item.role in ("document", "visit", "none")]
        if plainly:
            found["date_reception"] = _found(plainly[0], 0.55)
        elif sign:
            found["date_reception"] = Found(
                sign.value, 0.55, sign.page, sign.box, "signature's date"
            )
    if "date_document" not in found and kind in (
        "facture",
        "bon_commande",
        "ordre_service",
        "situation",
        "certificat_paiement",
        "doe_bordereau",
    ):
        others = [
            item
            for item in dates
            if item.role in ("none", "contract") and item.segment.line < 12
        ]
        if others:
            found["date_document"] = _found(others[0], 0.6)


def _check_order(found):
    """A signature comes no earlier than what it signs; where it does, one of the two was read wrong."""
    sign, effect = found.get("date_signature"), found.get("date_reception")
    if (
        sign
        and effect
        and (
            sign.value[:4] < effect.value[:4]
            or int(sign.value[:4]) > int(effect.value[:4]) + 1
        )
    ):
        sign.confidence, effect.confidence = (
            min(sign.confidence, 0.7),
            min(effect.confidence, 0.7),
        )
    due, issued = found.get("date_echeance"), found.get("date_document")
    if due and issued and due.value < issued.value:
        due.confidence, issued.confidence = (
            min(due.confidence, 0.6),
            min(issued.confidence, 0.7),
        )


def _period(doc, kind):
    """The month that a situation is about."""
    if kind != "situation":
        return None
    for page in doc.pages[:1]:
        for labelled in (True, False):
            for line in page.lines[:30]:
                for segment in line.segments:
                    low = plain(segment.text)
                    near = re.search(
                        r"periode|mois|situation|avancement|travaux executes|au titre",
                        low,
                    )
                    left = [o for o in line.segments if o.box[0] < segment.box[0]]
                    near = near or (
                        left and re.search(r"periode|mois", plain(left[-1].text))
                    )
                    header = _header(page, line, segment)
                    near = near or (
                        header and re.search(r"periode|mois", plain(header.text))
                    )
                    if labelled and not near:
                        continue
                    if hit := find_period(segment.text):
                        return Found(
                            hit[0],
                            0.95 if labelled else 0.7,
                            page.number,
                            segment.box,
                            "period",
                        )
        if span := _span(page):
            return span
    return None


def _span(page):
    """A period given by its first and last day."""
    for line in page.lines[:30]:
        low = plain(line.text)
        days = find_dates(line.text)
        if (
            len(days) >= 2
            and re.search(r"periode|du .* au ", low)
            and days[0][0].strftime("%Y-%m") == days[1][0].strftime("%Y-%m")
        ):
            return Found(
                days[0][0].strftime("%Y-%m"), 0.9, page.number, line.box, "span"
            )
    return None
