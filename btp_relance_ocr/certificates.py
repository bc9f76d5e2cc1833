# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What certificates and bonds say: the reader tells what they are, and keeps their words.

No Odoo here. What is found is proposed with its place on the page: a person confirms it.
"""

import re
from typing import NamedTuple

from .reader.values import find_amounts, find_dates, find_sirets, plain

#: Given with this confidence: right often enough to be proposed, never to act alone.
LIKELY = 0.75
#: So many letters may stand between a word and the date or amount that it announces.
REACH = 60

ENDS = re.compile(
    r"jusqu ?'? ?au|\bexpir\w+|(?:date )?(?:de )?fin de (?:validite|garantie)|\becheance|"
    r"valab\w+ du .{4,30}? au|(?:periode|couvr\w+|valid\w+) .{0,30}?\bdu .{4,30}? au\b"
)
MADE = re.compile(
    r"\b(?:fait|signe|etablie?|delivree?|emise?) .{0,40}?\ble\b|\bdate\b ?(?:d'emission|du document)? ?:"
)
SUM = re.compile(r"\bmontant|a (?:la )?hauteur|concurrence|\bsomme|plafond|\bmaximum")
GUARANTEES = re.compile(
    r"(?:declar\w+ )?(?:(?:se|nous|me) (?:port|rend|constitu)\w*|donn\w+ (?:son|notre)|s'engage\w*) .{0,40}?caution"
)
GUARANTOR = re.compile(
    r"\b(?:garant|caution|banque|etablissement(?: garant)?|organisme(?: garant)?) ?: ?"
)
#: What a name does not begin with.
ARTICLE = re.compile(
    r"^(?:(?:nous|je)? ?,? ?(?:la|le|l'|les)? ?soussigne\w* ?,? ?|la |le |l'|les )+"
)


class Found(NamedTuple):
    """A value, the page that it stands on and the box around its words."""

    value: str
    page: int
    box: list


class Text:
    """The words of a page as one text, whose places lead back to their boxes.

    :param words: ``[[text, left, top, right, bottom, …]]``
    """

    def __init__(self, number, words):
        self.number, self.words, self.starts = number, words, []
        length, parts = 0, []
        for word in words:
            self.starts.append(length)
            parts.append(str(word[0]).replace("\u2019", "'"))
            length += len(parts[-1]) + 1
        self.raw = " ".join(parts)
        self.low = plain(self.raw)

    def found(self, value, start, end) -> Found:
        """Return a value with the box around the words between two places."""
        boxes = [
            word[1:5]
            for word, place in zip(self.words, self.starts, strict=True)
            if place < end and place + len(str(word[0])) > start
        ]
        left, top, right, bottom = zip(*boxes, strict=True)
        return Found(value, self.number, [min(left), min(top), max(right), max(bottom)])

    def after(self, cue, items):
        """Return the first item that stands close after a cue.

        :param items: ``[(value, start, end)]`` in their order
        """
        for match in cue.finditer(self.low):
            near = [one for one in items if 0 <= one[1] - match.end() <= REACH]
            if near:
                return near[0]
        return None


def read(kind: str, pages: dict) -> dict[str, Found]:
    """Return what a certificate or a bond says.

    :param kind: ``attestation`` or ``caution``; others say nothing here
    :param pages: ``{page number: words}``
    """
    look = {"attestation": _certificate, "caution": _bond}.get(kind)
    found = {}
    for number, words in sorted(pages.items(), key=lambda item: int(item[0])):
        if look and words:
            for name, value in look(Text(int(number), words)).items():
                found.setdefault(name, value)
    return found


def _certificate(text) -> dict[str, Found]:
    dates = [(str(day), *place) for day, *place in find_dates(text.raw)]
    sirets = [one for one in find_sirets(text.raw) if one[1]]
    told = {
        "date_fin": text.after(ENDS, dates),
        "date_document": text.after(MADE, dates),
        "siret": (sirets[0][0], *sirets[0][2:]) if sirets else None,
    }
    return {name: text.found(*item) for name, item in told.items() if item}


def _bond(text) -> dict[str, Found]:
    dates = [(str(day), *place) for day, *place in find_dates(text.raw)]
    sums = [
        (f"{one[0]:.2f}", *one[1:3]) for one in find_amounts(text.raw) if one[0] > 0
    ]
    told = {
        "date_document": text.after(MADE, dates),
        "montant_ttc": text.after(SUM, sums) or (sums[0] if len(sums) == 1 else None),
        "banque": _guarantor(text),
    }
    return {name: text.found(*item) for name, item in told.items() if item}


def _guarantor(text):
    """Return who guarantees: named before “se porte caution”, or after a label."""
    match = GUARANTEES.search(text.low)
    if match:
        start = max(text.low.rfind(mark, 0, match.start()) for mark in ".;:)") + 1
        name = text.raw[start : match.start()]
        # “X, dont le siège est…, se porte caution”.
        start += len(name) - len(name.lstrip())
        start += len((ARTICLE.match(text.low[start : match.start()]) or [""])[0])
        name = text.raw[start : match.start()].split(",")[0].strip()
    else:
        match = GUARANTOR.search(text.low)
        if not match:
            return None
        start = match.end()
        name = re.split(r"[,.;:]| {2}|\s\d", text.raw[start : start + REACH])[0].strip()
    name = " ".join(name.split()[:8])
    return (name, start, start + len(name)) if len(name) >= 3 else None
