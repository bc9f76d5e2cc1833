# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who: contractor, buyer, architect; where: the chantier; and the contractor's SIRET.

Labels first; then names that say what they are by themselves, in the place where the kind of paper has them.
"""

import re

from . import labels
from .model import Found
from .names import ADDRESS, FORMS, PAPERS, SENTENCE, WORKS, clean_name, is_name, nature
from .values import find_dates, find_sirets, plain

#: Where a name stands in a sentence without a colon.
INLINE = {
    "entreprise": re.compile(
        r"(?:l'entreprise|la societe|a la demande de|entre l'entreprise|titulaire : |"
        r"realises? par(?: la societe| l'entreprise)?|(?:passe|conclu|signe) avec(?: l'entreprise|"
        r" la societe)?|(?:attribue|notifie|confie) a(?: l'entreprise| la societe)?|"
        r"executes? par(?: la societe| l'entreprise)?|confies? a(?: l'entreprise| la societe)?|"
        r"a l'attention de|en presence de(?: l'entreprise| la societe)?|et l'entreprise|"
        r"presentes? par(?: l'entreprise)?)\s+(?!titulaire|signataire|est|a |doit|devra|et |ou )"
    ),
    "donneur_ordre": re.compile(
        r"(?:pour le compte d[eu](?: la| l')?|maitre d.?ouvrage,?|representant (?:de la |du |de l'|"
        r"d[eu] )?(?:maitre d.?ouvrage|pouvoir adjudicateur),?|le client,?|agissant pour|"
        r"au nom d[eu])\s+(?=[a-z])"
    ),
    "maitre_oeuvre": re.compile(
        r"(?:maitre d.?oe?uvre,?|architecte,?|m\.?o\.?e\.?)\s+(?=[a-z])"
    ),
}


def find(doc, kind):
    """The parties, the chantier and the SIRET.

    :return: {field: Found}
    """
    found = {}
    for field in ("donneur_ordre", "entreprise", "maitre_oeuvre", "chantier"):
        options = [
            *_labelled(doc, field),
            *_inline(doc, field),
            *_addressed(doc, kind, field),
            *_quoted(doc, field),
        ]
        if options:
            found[field] = max(options, key=lambda option: option.confidence)
    _unlabelled(doc, kind, found)
    _keep_apart(found)
    if siret := _siret(doc, kind, found):
        found["siret"] = siret
    return found


def _labelled(doc, field):
    """Names beside or under a field's labels."""
    for candidate in labels.strict_candidates(doc, field):
        low = plain(candidate.text)
        if candidate.label.endswith("acheteur") and re.match(
            r"(?:m\.|mme|mr|monsieur|madame)\s", low
        ):
            continue
        if field != "chantier" and SENTENCE.search(low):
            continue
        value = (
            _chantier_text(candidate)
            if field == "chantier"
            else clean_name(_wrapped(candidate))
        )
        if not is_name(value) or labels.WHOLE_LABEL.fullmatch(plain(value)):
            continue
        score = {"inline": 0.93, "right": 0.92, "below": 0.84}[candidate.how]
        score += _label_bonus(field, candidate, value)
        yield Found(
            value,
            score * _sure(candidate),
            candidate.page.number,
            _box(candidate),
            f"{candidate.how}: {candidate.label}",
        )


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
    # Signature blocks at the bottom name the parties by their role alone.
    if (
        candidate.how in ("below", "right")
        and candidate.label_segment.box[1] > 0.6 * candidate.page.height
    ):
        bonus -= 0.35
    return bonus


def _sure(candidate):
    """The reader's confidence in the value's words, softened."""
    words = candidate.words
    mean = sum(word.confidence for word in words) / max(1, len(words))
    return 0.6 + 0.4 * min(1.0, mean / 0.9)


def _box(candidate):
    """The box of the value's words."""
    words = candidate.words
    return (
        min(w.x0 for w in words),
        min(w.y0 for w in words),
        max(w.x1 for w in words),
        max(w.y1 for w in words),
    )


def _wrapped(candidate):
    """The value with what follows on the next line, when the cell goes on there."""
    return " ".join([candidate.text, *_continuation(candidate)])


def _continuation(candidate):
    """The text on the next line, when the value filled its line and no label begins there."""
    page, segment = candidate.page, candidate.segment
    right = max((line.box[2] for line in page.lines), default=page.width)
    lines = page.lines[segment.line + 1 : segment.line + 2]
    if not lines or segment.box[2] < right - 0.12 * page.width:
        return []
    first = next(
        (
            other
            for other in lines[0].segments
            if abs(other.box[0] - _value_left(candidate)) < 12
            or other.box[0] == lines[0].box[0]
        ),
        None,
    )
    if (
        first is None
        or len(lines[0].segments) > 1
        or labels.is_label(first.text)
        or first.text[:1] in "-•"
    ):
        return []
    if first.box[1] - segment.box[3] > 1.1 * lines[0].height or ":" in first.text[:40]:
        return []
    return [first.text]


def _value_left(candidate):
    """The left edge of the value."""
    return (
        candidate.segment.box[0]
        if candidate.how != "inline"
        else candidate.label_segment.box[0]
    )


def _chantier_text(candidate):
    """A chantier's name: it may go on, it ends before contract, lot and address."""
    text = re.sub(r"\s+", " ", _wrapped(candidate)).strip(" .:;,-–—_|")
    low = plain(text)
    cut = re.search(
        (
            r"\s*[,;(|/-]*\s*\b(?:marche\s*(?:n°|:|[a-z]{0,4}[-/]?\d)|lot\s*(?:n°|:|\d)|contrat n|"
            r"n° de marche|situation n|sis[e]?\b|code chantier|ref\b|bon de commande|commande n)"
        ),
        low[4:],
    )
    if cut:
        text = text[: cut.start() + 4]
    address = ADDRESS.search(plain(text), 8)
    if (
        address
        and text[address.start()] == ","
        and re.search(r"\d", plain(text)[address.start() : address.start() + 8])
    ):
        text = text[: address.start()]
    text = re.sub(r"\s+\d{5}\s+[A-ZÉ][\w'-]+.*$", "", text)
    if text.count("(") > text.count(")"):
        text = text[: text.rindex("(")]
    return re.sub(r"^(?:de l'operation|n° ?\w+ ?[-:])\s*", "", text).strip(
        " .:;,-–—_|/"
    )


def _inline(doc, field):
    """Names in sentences, after the words that announce them."""
    pattern = INLINE.get(field)
    if not pattern:
        return
    for page in doc.pages:
        for line in page.lines:
            for segment in line.segments:
                low = plain(segment.text)
                for match in pattern.finditer(low):
                    value = clean_name(
                        re.split(
                            r"[,;:(]|\s(?:et|en|pour|a|au|le|du|dans|est|sont|les|qui|ont|avons)\s",
                            segment.text[match.end() :],
                        )[0]
                    )
                    if (
                        is_name(value)
                        and (segment.text[match.end() : match.end() + 1].isupper())
                        and not SENTENCE.search(plain(value))
                    ):
                        yield Found(
                            value,
                            (0.8 if nature(value) == field else 0.62)
                            * (0.6 + 0.4 * segment.confidence),
                            page.number,
                            segment.box,
                            "sentence",
                        )


#: ``À : NAME`` and ``De : NAME``: to whom and from whom, by kind of paper.
SENT_BY = {
    "doe_bordereau": "entreprise",
    "facture": "entreprise",
    "situation": "entreprise",
    "bon_commande": "donneur_ordre",
    "ordre_service": "donneur_ordre",
}


def _addressed(doc, kind, field):
    """Names after ``À :`` or ``De :``, and names before their role: ``NAME, maître de l'ouvrage``."""
    if kind not in SENT_BY and field not in ROLE_AFTER:
        return
    for page in doc.pages[:1]:
        for line in page.lines[:30]:
            for segment in line.segments:
                low = plain(segment.text)
                match = re.match(
                    (
                        r"(?:(?P<to>a|pour|a l'attention de|remis a|transmis a|adresse a|envoye a)|(?P<by>de|"
                        r"par|(?:depose|remis|transmis|etabli|emis|adresse|envoye|fourni) par))\s?:\s*"
                    ),
                    low,
                )
                if (
                    match
                    and kind in SENT_BY
                    and (field == SENT_BY[kind]) == bool(match["by"])
                    and field in ("entreprise", "donneur_ordre")
                ):
                    value = clean_name(segment.text[match.end() :])
                    if is_name(value):
                        yield Found(value, 0.88, page.number, segment.box, "addressed")
                pattern = ROLE_AFTER.get(field)
                match = pattern and pattern.search(low)
                if match:
                    value = clean_name(segment.text[slice(*match.span("name"))])
                    if (
                        is_name(value)
                        and not SENTENCE.search(plain(value))
                        and value[:1].isupper()
                    ):
                        yield Found(value, 0.86, page.number, segment.box, "role after")


ROLE_AFTER = {
    "donneur_ordre": re.compile(
        r"^\W*(?:je |nous )?(?:soussignee?s?,? )?(?:entre )?\W*(?P<name>[a-z][^,:;]{3,60}), (?:ci-apres )?"
        r"(?:le )?maitre (?:de l'|d')ouvrage"
    ),
    "maitre_oeuvre": re.compile(
        r"^\W*(?:je |nous )?(?:soussignee?s?,? )?(?:entre )?\W*(?P<name>[a-z][^,:;]{3,60}), (?:ci-apres )?"
        r"(?:le )?(?:maitre d'oe?uvre|architecte)"
    ),
    "entreprise": re.compile(
        r"^\W*(?:je |nous )?(?:soussignee?s?,? )?(?:entre )?\W*(?P<name>[a-z][^,:;]{3,60}), (?:ci-apres )?"
        r"(?:l'entreprise|entreprise|titulaire|l'entrepreneur)\b"
    ),
}
QUOTED = re.compile(
    r"(?:operation|chantier|projet|programme|travaux)(?: de| d')?\s*[:«\"“]+\s*(?P<name>[^»\"”]{6,90})\s*[»\"”]"
)


def _quoted(doc, field):
    """A chantier's name in quotes."""
    if field != "chantier":
        return
    for page in doc.pages:
        for line, after in zip(page.lines, [*page.lines[1:], None], strict=True):
            text = f"{line.text} {after.text}" if after else line.text
            match = QUOTED.search(plain(text))
            if match and match.start() < len(line.text):
                yield Found(
                    text[slice(*match.span("name"))].strip(),
                    0.9,
                    page.number,
                    line.box,
                    "quoted",
                )


def _parts(text):
    """The parts of a line that may each be a name; what stands before a colon is a label."""
    if len(text) >= 120:
        return []
    text = text.rsplit(":", 1)[-1].strip()
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
    _letterhead(kind, found, [item for item in free if not _is_taken(item[0], taken)])


def _may_stand(field, value, line, page):
    """Whether a name without a label may be a field's at this place."""
    if field == "entreprise" and line.index > 7:
        return bool(re.search(rf"\b(?:{FORMS})\b", plain(value)))
    return field != "chantier" or line.box[1] <= 0.5 * page.height


def _free_names(doc, taken):
    """The names at the head of the first page that no label gave yet: (name, line, segment)."""
    for line in doc.pages[0].lines[:22] if doc.pages else ():
        for segment in line.segments:
            for part in _parts(segment.text):
                value, low = clean_name(part), plain(part)
                if not is_name(value) or len(value) <= 5 or _is_taken(value, taken):
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
    if not field or field in found:
        return
    for value, sound, line, segment in free:
        known = {None, field, *(f for f in found if f == "entreprise")}
        if line.index > 4 or sound not in known:
            continue
        low = plain(value)
        if re.search(r"\d{2}", low):
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


def _siret(doc, kind, found):
    """The contractor's SIRET: the number nearest to its name rather than to the buyer's."""
    options = []
    firm, buyer = found.get("entreprise"), found.get("donneur_ordre")
    for page in doc.pages:
        for line in page.lines:
            for segment in line.segments:
                for digits, right, start, _end in find_sirets(segment.text):
                    labelled = bool(
                        re.search(r"siret", plain(segment.text[:start]))
                        or re.search(r"siret", plain(line.text))
                    )
                    if not right and not labelled:
                        continue
                    score = 0.97 if right and labelled else 0.85 if right else 0.4
                    score -= _distance(firm, page, segment) - 0.5 * _distance(
                        buyer, page, segment
                    )
                    options.append((score, digits, right, page, segment))
    if not options:
        return None
    options.sort(key=lambda option: -option[0])
    _score, digits, right, page, segment = options[0]
    sure = 0.97 if right else 0.35
    if len({option[1] for option in options}) > 1:
        near = buyer and _distance(buyer, page, segment) < _distance(
            firm, page, segment
        )
        sure = min(sure, 0.6 if near else 0.9)
        if options[0][0] - next(o[0] for o in options if o[1] != digits) < 0.02:
            sure = min(sure, 0.7)
    return Found(digits, sure, page.number, segment.box, "Luhn" if right else "label")


def _distance(party, page, segment):
    """How far a place is from a party's name: 0 beside it, 1 at the other end of the page."""
    if party is None or party.box is None:
        return 0.3
    if party.page != page.number:
        return 1.0
    (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) = party.box, segment.box
    down = max(0.0, max(ay0, by0) - min(ay1, by1)) / page.height
    across = max(0.0, max(ax0, bx0) - min(ax1, bx1)) / page.width
    # A number stands under its firm, not above it.
    return min(1.0, 2.5 * down + 1.2 * across + (0.05 if by1 < ay0 else 0.0))
