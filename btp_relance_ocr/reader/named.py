# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The parties and the chantier beside or under their labels."""

import re

from . import labels, layout, loose, sites
from .blocks import STREET
from .candidates import strict_candidates
from .labelwords import NEUTRAL, WHOLE_LABEL
from .model import Found, box_of
from .names import FORMS, PAPERS, SENTENCE, clean_name, is_name, is_person, nature
from .values import plain

#: A person of a firm, such as its buyer: ``L. Grandclément``.
PERSON = re.compile(r"[A-Z]\.(?:-?[A-Z]\.)? ?[A-ZÀ-Ý][\w'-]+$")
#: What a service order orders is no site.
ORDERED = re.compile(
    r"(?:enlevement|retrait|franco)\b|\W?.?[\])}] |[☐☒☑]|les travaux (?:ont|sont|presentent|faisant)|"
    r"(?:demarrage|suspension|reprise|arret|prolongation|commencement|interruption)"
    r"(?: (?:des |du |de la |de l'|d')?(?:travaux|chantier|periode|execution|delai|prestations)|$)"
)
#: Another place to sign beside this one.
FOR = re.compile(
    r"(?:pour ?)?(?:le|la|l'?)? ?(?:entrepreneur|entreprise|titulaire|client|maitre ?d\S+ ?\w*)\W*$"
)
#: What a label in a wording that no list has is worth beside one that a list has.
LOOSE = 0.86


#: Kinds that are written to the firm: who gets them is the firm.
TO_FIRM = ("bon_commande", "ordre_service")
ADDRESSEE = re.compile(r"destinataire|adresse a|a l'attention")


def _meant(field, label, kind):
    """The field that a label is about, as kinds differ in whom they are written to."""
    if kind == "certificat_paiement" and "beneficiaire" in label:
        return "entreprise"
    if kind in TO_FIRM and field == "donneur_ordre" and ADDRESSEE.search(label):
        return "entreprise"
    return field


def options(doc, field, kind=None):
    """Names beside or under a field's labels."""
    known = [
        (candidate, 1.0)
        for listed in {field, "donneur_ordre"}
        for candidate in strict_candidates(doc, listed)
        if _meant(listed, candidate.label, kind) == field
    ]
    taken = {id(candidate.label_segment) for candidate, _weight in known}
    known += [
        (candidate, LOOSE)
        for listed, candidate in loose.candidates(doc, (field, "donneur_ordre"))
        if id(candidate.label_segment) not in taken
        and _meant(listed, candidate.label, kind) == field
    ]
    for candidate, weight in known:
        value = _value(candidate, field)
        if value is None:
            continue
        score = {"inline": 0.93, "right": 0.92, "below": 0.84}[candidate.how]
        score += _label_bonus(field, candidate, value)
        yield Found(
            value,
            weight * score * _sure(candidate),
            candidate.page.number,
            box_of(candidate.words),
            f"{candidate.how}: {candidate.label}",
        )


def _value(candidate, field):
    """The name that a candidate gives, or None."""
    # The quarter of the sky that ends a name is no verb.
    low = plain(re.sub(r"\sEst\b", " ", candidate.text))
    if NEUTRAL.fullmatch(candidate.label):
        section = labels.section_over(candidate.page, candidate.label_segment)
        if section and loose.meaning(section, True) not in (None, field):
            return None
    if candidate.label.endswith("acheteur") and (
        re.match(r"(?:m\.|mme|mr|monsieur|madame)\s|[a-z]{2,4}$", low)
        or is_person(candidate.text)
    ):
        # A person or her initials.
        return None
    if field != "chantier" and SENTENCE.search(low):
        return None
    text = _wrapped(candidate)
    value = sites.tidy(text) if field == "chantier" else clean_name(text)
    if not is_name(value) or WHOLE_LABEL.fullmatch(plain(value)):
        return None
    if candidate.how != "inline" and labels.is_label(value):
        return None
    low = plain(value)
    if field == "chantier":
        unnamed = ORDERED.match(low) or sites.NAMELESS.fullmatch(low)
        return None if unnamed or sites.is_paper(value) else value
    if PAPERS.match(low) or PERSON.match(value) or FOR.match(low) or STREET.match(low):
        return None
    return value


def _label_bonus(field, candidate, value):
    """How well label, value and place fit."""
    kind, label = nature(value), candidate.label
    bonus = 0.04 if kind == field else 0.0
    if (
        kind
        and kind != field
        and field != "chantier"
        and {kind, field} & {"chantier", "maitre_oeuvre"}
    ):
        bonus -= 0.12
    if field == "chantier":
        weak = {
            "travaux": 0.2,
            "site": 0.1,
            "objet": 0.06,
            "ouvrage": 0.15,
            "livraison": 0.3,
            "lieu de livraison": 0.2,
            "adresse de livraison": 0.25,
            "projet": 0.05,
            "dossier": 0.15,
            "batiment": 0.12,
            "immeuble": 0.05,
            "installation": 0.2,
            "ship to": 0.2,
        }
        bonus -= weak.get(label.strip(), 0.0)
        if kind in ("entreprise", "donneur_ordre"):
            bonus -= 0.1
    if field == "entreprise" and re.search(r"societe|emetteur|expediteur", label):
        bonus -= 0.05
    if field == "donneur_ordre" and re.search(
        r"destinataire|adresse|doit|client|beneficiaire|entreprise", label
    ):
        bonus -= 0.03
    if (
        field == "chantier"
        and candidate.how == "below"
        and sum(
            any(letter.isalpha() for letter in other.text)
            for other in candidate.page.lines[candidate.label_segment.line].segments
        )
        > 2
    ):
        # A column of a table, such as the place of each reserve.
        bonus -= 0.3 if candidate.label_segment.line > 8 else 0.1
    # Signature blocks at the bottom name the parties by their role alone.
    if candidate.how in ("below", "right") and _is_low(candidate):
        bonus -= 0.35
    return bonus


def _is_low(candidate):
    """Whether a label stands where papers are signed: at the end of what is written."""
    page, top = candidate.page, candidate.label_segment.box[1]
    first = page.lines[0].box[1]
    last = max(line.box[3] for line in page.lines)
    return top > 0.6 * page.height or top > first + 0.72 * (last - first)


def _sure(candidate):
    """The reader's confidence in the value's words, softened."""
    words = candidate.words
    mean = sum(word.confidence for word in words) / max(1, len(words))
    return 0.6 + 0.4 * min(1.0, mean / 0.9)


def _wrapped(candidate):
    """The value with what follows on the next line, when the cell goes on there."""
    return " ".join([candidate.text, *_continuation(candidate)])


def _may_go_on(text):
    """Whether a text may be the rest of a name: no label, no item of a list, no number."""
    words = re.search(r"[a-z]{2}", plain(text))
    if not words or labels.is_label(text) or text[:1] in "-•":
        return False
    return not re.match(
        r"(?:il|nous|vous|je|elle|le present|la presente|vu|considerant|attendu|apres|suite|l'an)\b",
        plain(text),
    )


def _ends(candidate):
    """Whether a value goes to the end of its cell; else another label follows it."""
    return candidate.segment.text.rstrip().endswith(candidate.text.rstrip()[-12:])


def _continuation(candidate):
    """The text on the next line, when the value filled its line or its cell and no label begins there."""
    page, segment = candidate.page, candidate.segment
    after = page.lines[segment.line + 1 : segment.line + 2]
    if re.search(rf"\b(?:{FORMS})$", plain(candidate.text)) and _ends(candidate):
        # A firm's form ends its name.
        return []
    if not after or (candidate.how == "inline" and not _ends(candidate)):
        return []
    lefts = (_value_left(candidate), candidate.words[0].x0)
    beside = layout.right_of(page, segment)
    first = _next(candidate, after[0], lefts, beside)
    if first is None:
        return []
    if first.box[1] - segment.box[3] > 1.1 * after[0].height or ":" in first.text[:40]:
        return []
    if first.words[0].height > 1.35 * segment.words[-1].height:
        return []
    end = _ends(candidate)
    if (
        end
        and re.search(
            r"\s(?:[-–—]|d[eu]s?|l[ae]s?|et|à|au|aux|en|pour|sur)$", candidate.text
        )
        or end
        and (
            re.match(r"(?:d'|l'|de |du |des |et |à |au )", first.text)
            and any(abs(first.box[0] - left) < 12 for left in lefts)
        )
    ):
        # The name cannot end there.
        return [first.text]
    # What is right of it ends a cell, else the page's widest line does.
    rest = [o.box[0] - 6 for o in beside]
    edge = min(rest) if rest else max(line.box[2] for line in page.lines)
    word = first.words[0]
    if len(after[0].segments) > 1 and not rest:
        return []
    if not rest and segment.box[2] < 0.55 * page.width:
        return []
    slack = 0.12 * page.width if not rest else 4.0 + word.x1 - word.x0 + 8.0
    if segment.box[2] < edge - slack:
        return []
    return [first.text]


def _next(candidate, line, lefts, beside):
    """What stands on the next line where a value would go on, or None."""
    first = next(
        (o for o in line.segments if any(abs(o.box[0] - left) < 12 for left in lefts)),
        None,
    )
    if first is None and len(line.segments) == 1 and not beside:
        # Back at the margin only what goes on in the middle of a name is of this value.
        margin = line.segments[0]
        if candidate.how == "inline" or margin.text[:1].islower():
            first = margin
    if first is None or not _may_go_on(first.text):
        return None
    left = [o for o in line.segments if o.box[2] < first.box[0]]
    # With a label left of it, it is that one's value.
    return None if left and labels.is_bare_label(left[-1].text) else first


def _value_left(candidate):
    """The left edge of the value."""
    return (
        candidate.segment.box[0]
        if candidate.how != "inline"
        else candidate.label_segment.box[0]
    )
