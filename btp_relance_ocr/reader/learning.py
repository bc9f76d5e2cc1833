# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Learn a layout from corrections: where a field stands on the papers of one sender.

Pure functions on readings (see `reader`) and templates, which are plain dictionaries that a caller stores::

    {"kind", "sender", "fingerprint": [words], "fields": {field: {"label", "dx", "dy", "agreed"}}}

A place learned from one correction proposes; from two that agree, it fills in. Amounts are only ever proposed.
"""

import re
from difflib import SequenceMatcher

from .values import find_amounts, find_dates, find_sirets, plain

#: Two papers are of one layout when this share of their fixed words stand at the same places.
SAME = 0.5
#: How far apart two places may be, in shares of the page.
NEAR = 0.03
PROPOSED, AGREED = 0.6, 0.9
ENOUGH = 2


def fingerprint(reading):
    """The fixed words of a paper's first page, each with the cell of the page that it stands in.

    :return: sorted list of strings
    """
    words = reading["pages"][0]["words"] if reading["pages"] else []
    found = set()
    for text, x0, y0, _x1, _y1, confidence in words:
        low = plain(text).strip(":.,;")
        if len(low) > 3 and low.isalpha() and confidence > 0.6:
            found.add(f"{low}@{int(x0 * 12)},{int(y0 * 16)}")
    return sorted(found)


def similarity(one, other):
    """How alike two fingerprints are, 0 to 1: what of the smaller one is in the larger, cells nearby included."""
    if not one or not other:
        return 0.0
    small, large = sorted((one, other), key=len)
    cells = {}
    for item in large:
        word, place = item.rsplit("@", 1)
        cells.setdefault(word, []).append(tuple(map(int, place.split(","))))
    hits = 0
    for item in small:
        word, place = item.rsplit("@", 1)
        x, y = map(int, place.split(","))
        hits += any(abs(x - a) <= 1 and abs(y - b) <= 1 for a, b in cells.get(word, ()))
    return hits / len(small)


def find_template(templates, reading, sender=None):
    """The template of a reading's layout, or None.

    :param sender: who sent the paper; a template of another sender is not used
    """
    mark = fingerprint(reading)
    best = None
    for template in templates:
        if template["kind"] != reading["type"] or (
            template["sender"] and sender and template["sender"] != sender
        ):
            continue
        score = similarity(template["fingerprint"], mark)
        if score >= SAME and (best is None or score > best[0]):
            best = (score, template)
    return best and best[1]


def learn(templates, reading, field, value, sender=None):
    """Remember where a corrected value stands.

    :param value: as the person gave it, in the form of the reading's fields
    :return: new list of templates; the old one when the value is not on the paper
    """
    spot = _spot(reading, field, value)
    if spot is None:
        return templates
    template = find_template(templates, reading, sender)
    others = [item for item in templates if item is not template]
    template = template or {
        "kind": reading["type"],
        "sender": sender,
        "fingerprint": fingerprint(reading),
        "fields": {},
    }
    known = template["fields"].get(field)
    agrees = (
        known
        and known["label"] == spot["label"]
        and abs(known["dx"] - spot["dx"]) < NEAR
        and abs(known["dy"] - spot["dy"]) < NEAR
    )
    spot["agreed"] = known["agreed"] + 1 if agrees else 1
    return [*others, {**template, "fields": {**template["fields"], field: spot}}]


def apply(templates, reading, sender=None):
    """A reading with what its layout's template knows.

    :return: (reading, proposals): the reading with fields that two corrections agree on, and
        {field: {"value", "confidence", "place"}} to show a person
    """
    template = find_template(templates, reading, sender)
    if template is None:
        return reading, {}
    fields, sure, places = (
        dict(reading["fields"]),
        dict(reading["confidence"]),
        dict(reading["places"]),
    )
    proposals = {}
    for field, spot in template["fields"].items():
        found = _read_spot(reading, field, spot)
        if found is None or found[0] == fields.get(field):
            continue
        value, place = found
        confidence = AGREED if spot["agreed"] >= ENOUGH else PROPOSED
        proposals[field] = {"value": value, "confidence": confidence, "place": place}
        if spot["agreed"] >= ENOUGH and not field.startswith("montant_"):
            fields[field], sure[field], places[field] = value, confidence, place
    return {
        **reading,
        "fields": fields,
        "confidence": sure,
        "places": places,
    }, proposals


def _lines(page):
    """The words of a page by lines: [[word, ...], ...] from top to bottom."""
    lines = []
    for word in sorted(page["words"], key=lambda word: (word[2] + word[4]) / 2):
        middle = (word[2] + word[4]) / 2
        if lines and middle < lines[-1][-1][4] and middle > lines[-1][-1][2]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word[1]) for line in lines]


def _spans(page):
    """All runs of up to twelve words on a line: (text, words)."""
    for line in _lines(page):
        for start in range(len(line)):
            for end in range(start + 1, min(len(line), start + 12) + 1):
                yield " ".join(word[0] for word in line[start:end]), line[start:end]


def value_of(field, text):
    """A text in the form that the field's values have, or None when it holds none."""
    if field.startswith("date_"):
        days = find_dates(text)
        return days[0][0].isoformat() if days else None
    if field.startswith("montant_"):
        amounts = find_amounts(text)
        return f"{amounts[0][0]:.2f}" if amounts else None
    if field == "siret":
        numbers = [digits for digits, right, _start, _end in find_sirets(text) if right]
        return numbers[0] if numbers else None
    if field.startswith("ref_") or field == "lot":
        match = re.search(r"[A-Za-z0-9][A-Za-z0-9/_.-]*", text)
        return match[0].rstrip(".,;:") if match and re.search(r"\d", match[0]) else None
    return text.strip(" :;,.") or None


def _spot(reading, field, value):
    """Where a value stands and which words lead to it, or None."""
    best = None
    for page in reading["pages"]:
        for text, words in _spans(page):
            if value_of(field, text) == str(value) or plain(text).strip(
                " :;,."
            ) == plain(str(value)):
                if best is None or len(words) < len(best[1]):
                    best = (page, words)
    return _relative(*best) if best else None


def _relative(page, words):
    """The label of a value and the way from one to the other."""
    x0, y0 = words[0][1], words[0][2]
    line = next(line for line in _lines(page) if words[0] in line)
    before = [word for word in line if word[3] <= x0 + 0.002 and x0 - word[3] < 0.5][
        -3:
    ]
    if not any(re.search(r"[^\W\d]{2}", word[0]) for word in before):
        before = [
            w
            for w in page["words"]
            if 0 < y0 - w[4] < 0.06
            and abs(w[1] - x0) < 0.06
            and re.search(r"[^\W\d]{2}", w[0])
        ][-1:]
    if not before:
        return None
    label = " ".join(plain(word[0]).strip(" :.;") for word in before).strip()
    return {
        "label": label,
        "dx": x0 - before[0][1],
        "dy": y0 - before[0][2],
        "page": page["number"],
        "width": words[-1][3] - x0,
    }


def _read_spot(reading, field, spot):
    """The value at a learned place: (value, place), or None."""
    size = len(spot["label"].split())
    best = None
    for page in reading["pages"]:
        for _text, words in _spans(page):
            if len(words) != size:
                continue
            low = " ".join(plain(word[0]).strip(" :.;") for word in words).strip()
            score = SequenceMatcher(None, low, spot["label"]).ratio()
            if score > 0.85 and (best is None or score > best[0]):
                best = (score, page, words[0][1], words[0][2])
    if best is None:
        return None
    _score, page, left, top = best
    return _words_at(page, field, left + spot["dx"], top + spot["dy"], spot["width"])


def _words_at(page, field, left, top, width):
    """The words that begin at a place, as the field's value."""
    for line in _lines(page):
        here = [
            w
            for w in line
            if abs(w[2] - top) < NEAR / 2
            and left - NEAR < w[1] < left + max(width * 1.8, 0.12)
        ]
        if not here:
            continue
        value = value_of(field, " ".join(word[0] for word in here))
        if value is not None:
            box = [
                here[0][1],
                min(w[2] for w in here),
                here[-1][3],
                max(w[4] for w in here),
            ]
            return value, {"page": page["number"], "box": box, "why": "learned"}
    return None
