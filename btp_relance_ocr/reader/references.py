# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers of contracts, orders, service orders, situations, invoices; and the lot."""

import re

from . import labels, layout, loose, lots
from .blocks import STREET
from .model import Found
from .numbers import is_reference, mended, tidy
from .ownnumber import alone_in_large, from_titles, under_numero
from .referencewords import CREDIT_NOTE, LABELS, NO, SEP, SMALL, TOKEN, YEARLY
from .values import find_amounts, find_dates, plain


def find(doc, kind, credit=False):
    """{field: Found} of the references and the lot.

    :param credit: whether an invoice is a credit note: the invoices that it names are others
    """
    found, others = {}, _loose(doc)
    wordings = LABELS
    if credit:
        wordings = {**LABELS, "ref_facture": CREDIT_NOTE}
        others.pop("ref_facture", None)
    for field, patterns in wordings.items():
        options = [
            option
            for pattern, weight in patterns
            for option in _options(doc, field, pattern, weight, kind)
        ] or others.get(field)
        for option in options or ():
            # What a paper is called stands on its first page.
            option.confidence *= 1.0 if option.page == 1 else 0.9
        if options:
            best = max(options, key=lambda option: option.confidence)
            rivals = [
                o
                for o in options
                if _key(o.value) != _key(best.value)
                and o.confidence > best.confidence - 0.05
            ]
            if rivals and field not in SMALL:
                best.confidence = min(best.confidence, 0.85)
            found[field] = best
    if "ref_marche" not in found and (own := _of_section(doc)):
        found["ref_marche"] = own
    if lot := lots.find(doc) or next(iter(others.get("lot", ())), None):
        found["lot"] = lot
    for field in {*LABELS, "lot"} & set(found):
        one = found[field]
        if doc.pages[one.page - 1].source == "ocr":
            one.value = mended(one.value, field)
    from_titles(doc, kind, found)
    under_numero(doc, kind, found)
    alone_in_large(doc, kind, found)
    return found


#: What a label in a wording that no list has is worth.
LOOSE = 0.82
LOT = re.compile(r"\W*(?:lot\s*)?(?:n\s?°\s*)?(?P<ref>\d{1,3}[a-z]?|[a-z]\d{0,2})\b")


def _loose(doc):
    """The references beside or under labels that no list has: {field: [Found]}."""
    found = {}
    for field, candidate in loose.candidates(doc, (*LABELS, "lot")):
        low = plain(candidate.text)
        token = rf"\W*(?:{NO})?\s*" + (
            r"(?P<ref>\d{1,3})\b" if field in SMALL else TOKEN
        )
        if field == "ref_marche" and re.search(
            r"[/-] ?(?:n\s?° )?lot\b", candidate.label
        ):
            # ``Marché – lot`` beside ``L2143 – 16``
            low = re.sub(r"\s?[-/]\s?(?:lot )?\d{1,3}[a-z]?$", "", low)
        match = LOT.match(low) if field == "lot" else re.match(token, low)
        if not match:
            continue
        start, end = match.span("ref")
        value = candidate.text[start:end]
        if field != "lot":
            value = tidy(value, field)
            if not value or not is_reference(value, field, low, True):
                continue
        segment = candidate.segment
        start, end = start + candidate.start, end + candidate.start
        found.setdefault(field, []).append(
            Found(
                value,
                LOOSE * segment.sureness(start, end),
                candidate.page.number,
                segment.box_of_part(start, end),
                f"label: {candidate.label}",
            )
        )
    return found


#: A section about the contract, and its number in it.
SECTION = re.compile(
    r"(?:[a-h\d]\s?[-–.)]\s*)?(?:le )?(?:marche|contrat)(?: public)?\s*:?"
)
NUMBERED = re.compile(rf"(?:reference|numero|ref\.?|n ?°)\s*:?\s*{TOKEN}")


def _of_section(doc):
    """The contract's number where only the heading over it says whose number it is; or None."""
    for page in doc.pages[:1]:
        for line in page.lines:
            if not SECTION.fullmatch(plain(line.text).strip()):
                continue
            for segment in (
                s
                for o in page.lines[line.index + 1 : line.index + 4]
                for s in o.segments
            ):
                match = NUMBERED.match(plain(segment.text))
                value = match and tidy(
                    segment.text[slice(*match.span("ref"))], "ref_marche"
                )
                if value and is_reference(
                    value, "ref_marche", plain(segment.text), True
                ):
                    start, end = match.span("ref")
                    sure = 0.9 * segment.sureness(start, end)
                    return Found(
                        value,
                        sure,
                        page.number,
                        segment.box_of_part(start, end),
                        "section",
                    )
    return None


def _key(value):
    """A reference without its marks."""
    return re.sub(r"[^A-Z0-9]", "", value.upper()).lstrip("0")


def _options(doc, field, pattern, weight, kind):
    """The references after or under a label."""
    token = r"(?P<ref>\d{1,3})(?![\d/.,]\d|\d| ?%)" if field in SMALL else TOKEN
    if field == "ref_os":
        token = rf"(?:{YEARLY}|{token})"
    after = re.compile(rf"{pattern}(?P<sep>{SEP}|\s-\s){token}")
    alone = re.compile(
        rf"(?:{pattern})(?: \(?[a-z ]{{0,20}}\)?)?\s*(?:{NO})?\s*[:.]?\s*$"
    )
    for page in doc.pages:
        for line in page.lines:
            for segment in line.segments:
                low = plain(segment.text)
                for match in after.finditer(low):
                    option = _option(field, segment, page, match, low, weight)
                    if option:
                        yield option
                yield from _wrapped(field, page, line, segment, pattern, weight)
                if alone.fullmatch(
                    re.sub(
                        r"^(?:[a-h\d]\d?\s?[-.)]\s*)?(?:le |la |l')?", "", low
                    ).strip()
                ):
                    yield from _beside(field, segment, page, weight)


def _wrapped(field, page, line, segment, pattern, weight):
    """A reference at the start of a line whose label ends the line before."""
    if segment is not line.segments[-1] or line.index + 1 >= len(page.lines):
        return
    if segment.box[2] < 0.7 * page.width or not re.search(
        rf"(?:{pattern}){SEP}$", plain(segment.text)
    ):
        return
    after = page.lines[line.index + 1].segments[0]
    if STREET.match(plain(after.text)):
        return
    token = rf"(?:{NO})\s*(?P<ref>\d{{1,3}})\b" if field in SMALL else TOKEN
    match = re.match(token, plain(after.text))
    if not match:
        return
    start, end = match.span("ref")
    value = tidy(after.text[start:end], field)
    if is_reference(value, field, plain(after.text), True) and (
        field in SMALL or re.search(r"\d{2}", value)
    ):
        yield Found(
            value,
            weight * 0.93 * after.sureness(start, end),
            page.number,
            after.box_of_part(start, end),
            "wrapped",
        )


def _option(field, segment, page, match, low, weight):
    """One reference found after its label in a segment, or None when it is something else."""
    yearly = match.groupdict().get("yearly")
    start, end = match.span("yearly" if yearly else "ref")
    raw = segment.text[start:end]
    sep = match["sep"]
    if yearly and (re.search(NO, sep) or not raw[:1].isdigit()):
        sure = 0.94 * weight * segment.sureness(start, end)
        box = segment.box_of_part(start, end)
        return Found(raw, sure, page.number, box, match[0][:40])
    if yearly:
        return None
    numbered = bool(re.search(NO, sep)) or ":" in sep
    value = tidy(raw, field)
    if not value or not is_reference(
        value, field, low[max(0, start - 12) : end + 12], numbered
    ):
        return None
    if (
        not numbered
        and field in ("ref_marche", "ref_commande", "ref_facture")
        and not re.search(r"\d{3}|\d[-/]\d|[A-Za-z]+[-/.]?\d|\d\.[A-Za-z]", value)
    ):
        return None
    sure = weight * (0.98 if numbered else 0.9)
    before = low[: match.start()]
    if (
        field == "ref_commande"
        and re.search(r"devis|offre", before[-20:])
        and not re.search(r"commande", low[match.start() : start])
    ):
        return None
    if field == "ref_marche" and re.search(
        r"(?:place|rue|avenue|halle|allee|quai|chemin)s? (?:du |de )$", before
    ):
        return None
    if any(s <= start < e for _d, s, e in find_dates(segment.text)) or any(
        s <= start < e and "," in segment.text[s:e]
        for _v, s, e, _c in find_amounts(segment.text)
    ):
        return None
    if field == "ref_marche" and re.search(r"\bnez de $", before):
        # A stair's.
        return None
    if field == "ref_marche" and re.search(
        r"hors\s*$|montant (?:du |initial du )?$|total (?:du )?$", before
    ):
        return None
    size = 1.04 if page.lines[segment.line].height > 13 else 1.0
    return Found(
        value,
        min(0.985, sure * size) * segment.sureness(start, end),
        page.number,
        segment.box_of_part(start, end),
        match[0][:40],
    )


def _beside(field, segment, page, weight):
    """References right of a label or under it."""
    nearest = layout.right_of(page, segment)[:1] + layout.below(page, segment, 3.0)[:1]
    over = layout.captioned(page, segment)
    if over and not labels.is_label(over.text):
        nearest = [over]
    token = re.compile(
        r"\W*(?:" + NO + r")?\s*" + (r"(?P<ref>\d{1,3})\b" if field in SMALL else TOKEN)
    )
    for rank, other in enumerate(nearest):
        low = plain(other.text)
        match = token.match(low)
        if not match or (
            match.end() < len(low.strip()) * 0.4
            and not re.match(r"\s*(?:[-–(/,]|du|en)", low[match.end() :])
        ):
            continue
        start, end = match.span("ref")
        value = tidy(other.text[start:end], field)
        if value and is_reference(value, field, low, True):
            yield Found(
                value,
                weight * (0.97 if rank == 0 else 0.9) * other.sureness(start, end),
                page.number,
                other.box,
                segment.text,
            )
            return
