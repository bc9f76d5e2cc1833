# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a document is, from its title above all: papers quote each other's names in their text."""

import functools
import math
import re

from . import kindmodel
from .titles import COMPILED, OTHER
from .values import plain
from .wordings import (
    ABOUT,
    BODY,
    FOREIGN,
    FRENCH,
    LEAD_IN,
    NAMING,
    SENTENCES,
    TRADE_WORDS,
)


def collapse_spaced(text):
    """``P. V. D E  R E C E P T I O N`` as a word: letters set apart are put together."""
    if not re.search(r"(?:\b\w\.?\s){4,}\w\b", text):
        return text
    joined = re.sub(r"(?<=\b\w)\s(?=\w\b)|(?<=\b\w\.)\s(?=\w\b)", "", text)
    joined = re.sub(r"(p\.?v\.?)(?:de)?(?=reception)", "pv de ", joined)
    joined = re.sub(r"(p\.?v\.?)(?:de)?levee", "pv de levee ", joined)
    joined = re.sub(
        r"(ordre)(de)(service)|(bon)(de)(commande)",
        lambda m: " ".join(g for g in m.groups() if g),
        joined,
    )
    joined = re.sub(r"(proces-?verbal)(de)?", r"proces-verbal de ", joined)
    return re.sub(r"\s+", " ", joined)


def classify(doc):
    """Tell the kind of a document.

    :return: (kind, finer kind, confidence)
    """
    if not doc.pages:
        return OTHER, "", 0.5
    page = next((page for page in doc.pages if page.lines), doc.pages[0])
    text = plain(doc.text)
    if _is_foreign(text):
        return OTHER, "foreign", 0.9
    best = _title_scores(page)
    _by_sentences(best, text)
    for kind, patterns in BODY.items():
        if kind in best:
            support = sum(bool(re.search(pattern, text)) for pattern in patterns) / len(
                patterns
            )
            score, fine = best[kind]
            best[kind] = (score * (0.8 + 0.4 * support), fine)
    told = kindmodel.likelihood(kindmodel.title_lines(page), plain(doc.text))
    ranked = sorted(
        ((_together(best.get(kind, (0,))[0], told[kind], kind), kind) for kind in told),
        reverse=True,
    )
    (first, kind), (second, _kind) = ranked[:2]
    kind, fine = _settle(kind, best.get(kind, (0, ""))[1], text)
    sure = _confidence(best, told, kind, first - second)
    # A credit note is written as an invoice is, and its title is none of an invoice: see `titles`.
    return "facture" if fine == "avoir" else kind, fine, sure


#: What a kind's title is worth beside the words of the whole paper.
TITLE_WEIGHT = 2.4
#: The score of a title that names nothing, and the least that the words may say against a title.
NO_TITLE, NO_OTHER, NO_WORDS = 0.25, 0.45, 0.05


def _together(score, likely, kind):
    """How well the title and the words bear out a kind, together."""
    least = NO_OTHER if kind == OTHER else NO_TITLE
    return TITLE_WEIGHT * math.log(max(score, least)) + math.log(max(likely, NO_WORDS))


def _confidence(best, told, kind, margin):
    """How sure a kind is: title and words agree, and nothing comes near."""
    sure = 0.55 + 0.4 * (1 - math.exp(-0.6 * margin))
    ranked = sorted(best, key=lambda name: -best[name][0])
    if ranked and ranked[0] == kind and max(told, key=told.get) == kind:
        sure += 0.05
    return round(min(0.99, sure), 3)


def _by_sentences(best, text):
    """Where no title is clear, what the paper does says what it is: it orders, receives, certifies."""
    for kind, fine, pattern, score in SENTENCES:
        if pattern.search(text) and score > best.get(kind, (0, ""))[0]:
            best[kind] = (score, best.get(kind, (0, fine))[1] or fine)


#: What only proposes a reception proves none, whatever its title.
PROPOSES = re.compile(
    r"\bexe ?n?°? ?[45]\b|propos\w+ (?:[\w':,]+ ){0,10}(?:de |une )?(?:prononcer (?:la )?)?reception|"
    r"ne (?:constitue|vaut) pas (?:une |la )?(?:decision de )?reception"
)
DECIDES = re.compile(
    r"\b(?:decide|declare|prononce|accepte)\b (?!le maitre)|\bexe ?n?°? ?6\b|decision de reception|"
    r"\brefuse (?:de )?(?:prononcer )?(?:la )?reception"
)


#: The builder who says that the works are done, or asks that somebody come and see, receives nothing.
ASKS = re.compile(
    r"(?:sollicit|demand|pri)(?:ons|e) (?:[\w',-]+ ){0,8}(?:reception|operations prealables|opr)\b|"
    r"attest\w+ (?:avoir|que nous avons) (?:[\w']+ ){0,2}(?:acheve|termine|realise|execute)"
)


def _settle(kind, fine, text):
    """What the whole text corrects in the title's verdict."""
    if kind == "pv_reception" and ASKS.search(text) and not DECIDES.search(text):
        return OTHER, "courrier"
    if kind == "pv_reception" and PROPOSES.search(text) and not DECIDES.search(text):
        return "pv_opr", "exe5"
    if kind == "facture" and re.search(r"facture pro ?forma", text):
        return OTHER, "devis"
    return kind, fine


def _is_foreign(text):
    """Whether a text is in another language."""
    words = len(re.findall(r"[a-z]+", text))
    # Groups print their papers in two languages.
    if len(set(TRADE_WORDS.findall(text))) >= 4:
        return False
    return words > 40 and len(FOREIGN.findall(text)) > 1.2 * len(FRENCH.findall(text))


def _title_scores(page):
    """{kind: (score, finer kind)} of the title-like lines of a page."""
    heights = sorted(line.height for line in page.lines)
    usual = heights[len(heights) // 2] if heights else 1
    best, earlier = {}, set()
    titles = [
        (line, _named(line, number), 1.0)
        for line in page.lines[:40]
        for number in range(len(line.segments))
    ]
    titles = sorted(
        titles + [(line, raw, 1.0) for line, raw in _pairs(page, usual)],
        key=lambda item: item[0].index,
    )
    for line, raw, _factor in titles:
        top = 0.0
        for low, factor in _wordings(raw):
            factor *= _place(line, page) * _size(line, usual, raw) * _form(line, raw)
            # What comes under a title is no title.
            factor *= 0.75 ** min(2, len(earlier - {line.index}))
            matches = _matches(low)
            first = min((start for *_rest, start in matches), default=0)
            for kind, fine, weight, share, start in matches:
                if kind != OTHER and is_about(low):
                    continue
                score = weight * factor * share
                if start > first + 3:
                    # ``Facture n° 12 – situation n° 3``: what is named first is what it is.
                    score *= 0.8
                top = max(top, score)
                if score > best.get(kind, (0, ""))[0]:
                    best[kind] = (score, fine)
        if top > 0.9:
            earlier.add(line.index)
    return best


#: Cells that say what the one right of them is: the paper itself, or another paper.
NAMED = re.compile(r"(?:objet|nature du document|type de document|intitule)\W*")
REFERRED = re.compile(
    r"(?:[vn]/ ?(?:ref|devis|cde|commande)|(?:vos?|nos?|votre|notre) ref\w*|(?:ref|vu|selon|suivant|pj)\b)[^a-z]*"
)


def _named(line, number):
    """A cell's text, with ``Objet :`` before it where the cell left of it says so; none right of ``V/réf.``"""
    text = line.segments[number].text
    left = plain(line.segments[number - 1].text).strip() if number else ""
    if REFERRED.fullmatch(left):
        return ""
    return f"Objet : {text}" if NAMED.fullmatch(left) else text


@functools.lru_cache(maxsize=2048)
def _matches(low):
    """The names of kinds of papers in a title: [(kind, finer kind, weight, share of the title, where)]."""
    return [
        (kind, fine, weight, _share(pattern, low), match.start())
        for kind, fine, pattern, weight in COMPILED
        if (match := pattern.search(low))
    ]


def _wordings(raw):
    """A title as a whole and in its parts: ``Chantier X – Réception des travaux``; (plain text, weight)."""
    low = collapse_spaced(plain(raw)).strip(" :.-")
    named = re.match(NAMING, low)
    if named:
        low = low[named.end() :]
    bonus = 1.25 if named else 1.0
    found = [(low, bonus)]
    parts = re.split(r"\s+[-|/]\s+|\s+:\s+|\s*\(", low)
    if len(parts) >= 5 or len(low) >= 130:
        # ``Situation n° 2 (juin) – lot 17 – Palais des congrès, marché …``: what comes first may be the title.
        parts = parts[:1] if len(parts) > 2 and len(parts[0]) < 40 else []
        found += [(part.strip(" ).:"), 0.8 * bonus) for part in parts]
    elif len(parts) > 1:
        parts = [part.strip(" ).:") for part in parts[:3]]
        named = False
        for part in parts:
            if part:
                found.append((part, (0.6 if named else 0.8) * bonus))
                named = named or bool(_matches(part))
    return found


def _form(line, raw):
    """A title is no row of a table, no item of a list and no label with its value."""
    factor = 1.0
    if len(line.segments) > 2:
        factor *= 0.75
    if re.match(r"\s*(?:\d{1,2}|[a-h])\s?[.)]\s", raw.lower()) or raw[:1] in "-•–▪":
        factor *= 0.5
    low = plain(raw).strip()
    if len(low) < 6 and len(line.segments) > 1 and not low.startswith("exe"):
        factor *= 0.4
    if re.search(r"(?:n ?°|:)\s*$", low) and len(low) < 40 and not raw.isupper():
        factor *= 0.6
    if re.search(r"[.;]\s*$", low) and len(low) > 60:
        factor *= 0.6
    if re.match(r"(?:[vn]/ ?|votre |notre |vos |nos )?ref(?:erence)?s?\b", low):
        # ``Réf. commande`` names the paper that this one answers.
        factor *= 0.4
    if re.search(r"\b(?:prevue?s?|a venir|programmee?s?|sera|seront|devra)\b", low):
        # What is still to come is not what this paper is.
        factor *= 0.4
    return factor


@functools.lru_cache(maxsize=1024)
def is_about(low):
    """Whether a title is of a paper about another one: ``relance facture``, ``demande de réception``."""
    return any(
        fine in ABOUT and (match := pattern.search(low)) and match.start() <= 3
        for _kind, fine, pattern, _weight in COMPILED
    )


def _pairs(page, usual):
    """Titles set on two lines: each large line with the one under it."""
    found = []
    lines = page.lines[:25]
    for one, other in zip(lines, lines[1:], strict=False):
        for upper in one.segments:
            for lower in other.segments:
                near = lower.box[1] - upper.box[3] < 1.4 * one.height
                across = min(upper.box[2], lower.box[2]) - max(
                    upper.box[0], lower.box[0]
                )
                big = min(one.height, other.height) > 1.15 * usual or (
                    upper.text.isupper() and lower.text.isupper()
                )
                if (
                    near
                    and across > 0
                    and big
                    and len(upper.text) + len(lower.text) < 110
                ):
                    found.append((one, f"{upper.text} {lower.text}"))
    for one, other in zip(lines, lines[2:], strict=False):
        # A title beside a name: two lines at the right of one at the left.
        for upper in one.segments:
            for lower in other.segments:
                if (
                    abs(upper.box[0] - lower.box[0]) < 4
                    and lower.box[1] - upper.box[3] < 1.8 * one.height
                ):
                    if min(one.height, other.height) > 1.15 * usual:
                        found.append((one, f"{upper.text} {lower.text}"))
    return found


def _place(line, page):
    """A title stands high on the page."""
    if line.index < 8:
        return 1.0
    high = line.box[1] / max(1, page.height)
    if high < 0.3:
        return 0.9
    return 0.6 if high < 0.5 else 0.3


def _size(line, usual, raw):
    """A title is larger, or in capitals."""
    factor = 1.0
    if line.height > 1.2 * usual:
        factor = 1.45
    elif line.height > 1.08 * usual:
        factor = 1.2
    letters = [c for c in raw if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > 0.7 * len(letters):
        factor *= 1.15
    return factor


def _share(pattern, low):
    """A title is its words and little more; within a sentence the same words are a mention: 0 without a match."""
    spans = [match.span() for match in pattern.finditer(low)]
    if not spans:
        return 0.0
    if len(low) > 110:
        return 0.2
    share = sum(end - start for start, end in spans) / max(1, len(low))
    at_start = spans[0][0] <= 8 or bool(LEAD_IN.match(low[: spans[0][0]]))
    if share > 0.55:
        return 1.3
    if share > 0.3:
        return 1.15 if at_start else 0.8
    return 0.8 if at_start and len(low) < 70 else 0.3
