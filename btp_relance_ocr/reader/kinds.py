# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a document is, from its title above all: papers quote each other's names in their text."""

import functools
import re

from .titles import ABOUT, BODY, COMPILED, FOREIGN, FRENCH, OTHER
from .values import plain


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
    for kind, patterns in BODY.items():
        if kind in best:
            support = sum(bool(re.search(pattern, text)) for pattern in patterns) / len(
                patterns
            )
            score, fine = best[kind]
            best[kind] = (score * (0.8 + 0.4 * support), fine)
    if not best:
        return OTHER, "", 0.6
    ranked = sorted(best.items(), key=lambda item: -item[1][0])
    (kind, (score, fine)), second = (
        ranked[0],
        ranked[1][1][0] if len(ranked) > 1 else 0.0,
    )
    if score < 0.55:
        return OTHER, "", 0.6
    kind, fine = _settle(kind, fine, text)
    margin = (score - second) / score
    confidence = min(0.99, 0.6 + 0.25 * min(1.0, score / 1.5) + 0.3 * min(0.5, margin))
    return kind, fine, round(confidence, 3)


def _settle(kind, fine, text):
    """What the whole text corrects in the title's verdict."""
    if kind == "facture" and re.search(r"facture pro ?forma", text):
        return OTHER, "devis"
    return kind, fine


def _is_foreign(text):
    """Whether a text is in another language."""
    words = len(re.findall(r"[a-z]+", text))
    return words > 40 and len(FOREIGN.findall(text)) > 1.2 * len(FRENCH.findall(text))


def _title_scores(page):
    """{kind: (score, finer kind)} of the title-like lines of a page."""
    heights = sorted(line.height for line in page.lines)
    usual = heights[len(heights) // 2] if heights else 1
    best = {}
    titles = [
        (line, segment.text) for line in page.lines[:40] for segment in line.segments
    ]
    titles += _pairs(page, usual)
    for line, raw in titles:
        low = collapse_spaced(plain(raw)).strip(" :.-")
        low = re.sub(
            r"^(?:objet|obj|nature du document|document|titre|formulaire)\s*:\s*",
            "",
            low,
        )
        for kind, fine, pattern, weight in COMPILED:
            match = pattern.search(low)
            if not match:
                continue
            if kind != OTHER and is_about(low):
                continue
            score = (
                weight
                * _place(line, page)
                * _size(line, usual, raw)
                * _share(match, low)
            )
            if score > best.get(kind, (0, ""))[0]:
                best[kind] = (score, fine)
    return best


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


def _share(match, low):
    """A title is its words and little more; within a sentence the same words are a mention."""
    share = (match.end() - match.start()) / max(1, len(low))
    if len(low) > 110:
        return 0.2
    at_start = match.start() <= 8
    if share > 0.55:
        return 1.3
    if share > 0.3:
        return 1.15 if at_start else 0.8
    return 0.8 if at_start and len(low) < 70 else 0.3
