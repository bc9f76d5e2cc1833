# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who: contractor, buyer, architect; where: the chantier; and the contractor's SIRET.

Labels first; then names that say what they are by themselves, in the place where the kind of paper has them.
"""

import re

from . import blocks, labels, named, sirets, sites, told
from .model import Found
from .names import (
    FORMS,
    OTHER_TRADE,
    PAPERS,
    SENTENCE,
    WORKS,
    clean_name,
    is_name,
    nature,
)
from .values import find_dates, plain


def find(doc, kind):
    """The parties, the chantier and the SIRET.

    :return: {field: Found}
    """
    found, heads = {}, blocks.options(doc, kind)
    for field in ("donneur_ordre", "entreprise", "maitre_oeuvre", "chantier"):
        options = [
            *named.options(doc, field, kind),
            *told.inline(doc, field),
            *told.addressed(doc, kind, field),
            *heads.get(field, ()),
        ]
        if field == "chantier":
            options += sites.options(doc)
        if options:
            found[field] = max(options, key=lambda option: option.confidence)
        if field in found:
            found[field] = _whole(found[field], options)
        if field == "donneur_ordre":
            designers = [o for o in options if nature(o.value) == "maitre_oeuvre"]
    for option in designers:
        # Papers are addressed to the architect too.
        if "maitre_oeuvre" not in found and option is not found["donneur_ordre"]:
            option.confidence = min(option.confidence, 0.75)
            found["maitre_oeuvre"] = option
    _other_head(found, heads)
    _unlabelled(doc, kind, found)
    _addressee(doc, kind, found)
    _keep_apart(found)
    if siret := sirets.find(doc, kind, found):
        found["siret"] = siret
    return found


def _whole(best, options):
    """A label gives the whole of a name of which something else gave a part."""
    for option in options:
        if (
            option.why.startswith(("inline", "right", "below", "beside a", "sentence"))
            and len(option.value) > len(best.value)
            and plain(best.value) in plain(option.value)
            and option.confidence > 0.4
        ):
            option.confidence = min(best.confidence, option.confidence + 0.05)
            return option
    return best


def _other_head(found, heads):
    """A name over an address that is not the party that was looked for is the other one."""
    for one, other in (
        ("entreprise", "donneur_ordre"),
        ("donneur_ordre", "entreprise"),
    ):
        if one in found and other not in found and found[one].confidence > 0.85:
            taken = plain(found[one].value)
            for head in heads.get(one, ()):
                if plain(head.value) not in taken and taken not in plain(head.value):
                    head.confidence = min(head.confidence, 0.68)
                    found[other] = head
                    break


#: What is said of somebody to write to or to call, who is no party.
CONTACT = re.compile(
    r"\b(?:contacts?|interlocut\w+|suivi\w* par|demandeur|commande par|responsable|attention)\b"
)


def _parts(text):
    """The parts of a line that may each be a name; what stands before a colon is a label."""
    if len(text) >= 120:
        return []
    label, _colon, text = text.rpartition(":")
    if CONTACT.search(plain(label)):
        return []
    text = text.strip()
    if WORKS.match(plain(text)) and not PAPERS.search(plain(text)):
        return [text]
    return re.split(r"\s+[-–—|]\s+", text)


def _unlabelled(doc, kind, found):
    """Names that stand alone: the letterhead is of whom writes the paper, other names sound like what they are."""
    taken = {plain(option.value) for option in found.values()}
    free = [
        (value, nature(value), line, segment)
        for value, line, segment in _free_names(doc, taken)
    ]
    for field in ("entreprise", "donneur_ordre", "maitre_oeuvre", "chantier"):
        if field in found and found[field].confidence > 0.5:
            continue
        for value, sound, line, segment in free:
            if sound == field and _may_stand(field, value, line, doc.pages[0]):
                score = (0.78 if line.index < 12 else 0.6) * (
                    0.6 + 0.4 * segment.confidence
                )
                found[field] = Found(
                    value, score, segment.page, segment.box, "sounds like it"
                )
                taken.add(plain(value))
                break
    towns = {
        plain(town).strip()
        for town in re.findall(r"\b\d{5} +([A-ZÀ-Ý][\w' -]+)", doc.pages[0].text)
    }
    _letterhead(
        kind,
        found,
        [
            item
            for item in free
            if not _is_taken(item[0], taken) and plain(item[0]) not in towns
        ],
    )


def _addressee(doc, kind, found):
    """To whom a firm writes: the other name at the right of its head, when nothing else tells."""
    if kind not in ("facture", "situation") or "donneur_ordre" in found:
        return
    taken = {plain(option.value) for option in found.values()}
    for value, line, segment in _free_names(doc, taken):
        right = segment.box[0] > 0.42 * doc.pages[0].width
        if (
            line.index < 9
            and right
            and nature(value) in ("entreprise", "donneur_ordre")
        ):
            found["donneur_ordre"] = Found(
                value,
                0.6 * (0.6 + 0.4 * segment.confidence),
                segment.page,
                segment.box,
                "at the right",
            )
            return


def _may_stand(field, value, line, page):
    """Whether a name without a label may be a field's at this place."""
    if field == "entreprise" and line.index > 7:
        return bool(re.search(rf"\b(?:{FORMS})\b", plain(value)))
    return field != "chantier" or line.box[1] <= 0.5 * page.height


def _words(part, value):
    """The words that a part must not have to be a name: those of its address tell nothing."""
    low = plain(part)
    return plain(value) if "," in part and blocks.TOWN.search(low) else low


def _free_names(doc, taken):
    """The names at the head of the first page that no label gave yet: (name, line, segment)."""
    lines = doc.pages[0].lines[:22] if doc.pages else []
    if lines:
        first, last = lines[0].box[1], max(o.box[3] for o in doc.pages[0].lines)
        # Stamps and signatures stand at the end.
        lines = [o for o in lines if o.box[1] < first + 0.75 * (last - first)] or lines
    for line in lines:
        if OTHER_TRADE.search(plain(line.text)):
            continue
        if re.match(r"\s*(?:[-–•*▪☐☒☑]|\d{1,2}\s?[.)])\s*\D", line.text):
            continue
        for segment in line.segments:
            for part in _parts(segment.text):
                value = clean_name(part)
                low = _words(part, value)
                if not is_name(value) or len(value) <= 5 or _is_taken(value, taken):
                    continue
                if segment.line and (
                    blocks.is_labelled(doc.pages[0], segment)
                    or blocks.is_street(doc.pages[0], segment)
                ):
                    continue
                if (
                    PAPERS.search(low)
                    or SENTENCE.search(low)
                    or find_dates(part)
                    or labels.is_label(part)
                ):
                    continue
                yield value, line, segment


#: Who writes each kind of paper: the name at its head.
HEADS = {
    "facture": "entreprise",
    "bon_commande": "donneur_ordre",
    "situation": "entreprise",
    "doe_bordereau": "entreprise",
    "pv_reception": "donneur_ordre",
    "certificat_paiement": "donneur_ordre",
    "ordre_service": "donneur_ordre",
    "pv_levee_reserves": "maitre_oeuvre",
    "pv_opr": "maitre_oeuvre",
}


def _letterhead(kind, found, free):
    """The first name of the paper, when its writer is still unknown."""
    field = HEADS.get(kind)
    if field == "maitre_oeuvre" and field in found:
        field = "donneur_ordre"
    if not field or field in found:
        return
    for value, sound, line, segment in free:
        known = {None, field}
        if field == "donneur_ordre":
            known |= {"entreprise", "chantier"} & set(found)
        if line.index > 4 or sound not in known:
            continue
        low = plain(value)
        if (
            re.search(r"\d{2}", low)
            or find_dates(line.text)
            or not value[:1].isupper() | value[:1].isdigit()
        ):
            continue
        found[field] = Found(
            value,
            0.55 * (0.6 + 0.4 * segment.confidence),
            segment.page,
            segment.box,
            "letterhead",
        )
        return


def _is_taken(value, taken):
    """Whether a name is one already found, or part of it."""
    low = plain(value)
    return any(low in other or other in low for other in taken)


def _keep_apart(found):
    """Two parties never bear one name: the surer one keeps it."""
    ranked = sorted(
        (f for f in ("donneur_ordre", "entreprise", "maitre_oeuvre") if f in found),
        key=lambda f: -found[f].confidence,
    )
    for index, field in enumerate(ranked):
        if any(
            plain(found[other].value) == plain(found[field].value)
            for other in ranked[:index]
            if other in found
        ):
            del found[field]
