# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parties without a label: a name over its address is a sender or an addressee, by where it stands."""

import re

from . import labels
from .labelwords import FOREIGN_VALUE
from .model import Found
from .names import PAPERS, SENTENCE, clean_name, is_name, nature
from .values import find_amounts, find_dates, plain

STREET = re.compile(
    r"^\d{1,4}(?: ?(?:bis|ter|quater|[a-c]))?,? (?:rue|avenue|av|bd|boulevard|allees?|chemin|impasse|place|quai|"
    r"route|"
    r"cours|square|esplanade|passage|sentier|rond|faubourg|fbg|montee|voie|lieu|lotissement|hameau|parc|z)\b|"
    r"^(?:rue|avenue|boulevard|route|place|quai|impasse|chemin|allee|z\.?[ai]\.?|zone|parc d'activites?|bp|cs|"
    r"hotel de ville|lieu[- ]dit)\b"
)
TOWN = re.compile(r"(?:^|[-,–\s])(?:f-)?\d{5}\s+[a-z]|(?:^|\s)cedex\b")
#: What a firm prints under its own name, and nobody under another's.
OWN = re.compile(
    r"siret|siren|\brcs\b|r\.c\.s|capital|\bape\b|\bnaf\b|tva intra|n° tva|^tel|telephone|e-?mail|courriel|www\.|@"
)
TO = re.compile(
    r"(?:(?:adresse|facture|envoye|destine)e? a|a l'attention d[eu]|a l'attention|attn?|doit|destinataire|pour|"
    r"a)\s*:?\s*$|"
    r"(?:monsieur|madame|m\.|mme) (?:le |la |l')[\w' ]+,?$"
)
#: A label with the code of the one whose name is under it: ``Fournisseur 401DURAND``.
CODED = re.compile(r"(?:fournisseur|client|tiers|compte)\s+\w*\d\w*$")
#: Who writes each kind of paper, and to whom.
WRITERS = {
    "facture": ("entreprise", "donneur_ordre"),
    "situation": ("entreprise", "donneur_ordre"),
    "doe_bordereau": ("entreprise", "donneur_ordre"),
    "bon_commande": ("donneur_ordre", "entreprise"),
    "pv_levee_reserves": ("donneur_ordre", "entreprise"),
    "pv_reception": ("donneur_ordre", "entreprise"),
    "ordre_service": ("donneur_ordre", "entreprise"),
    "certificat_paiement": (None, None),
    "pv_opr": ("maitre_oeuvre", "donneur_ordre"),
}


def options(doc, kind):
    """The parties by the blocks at the head of the first page: {field: [Found]}."""
    found = {"entreprise": [], "donneur_ordre": [], "maitre_oeuvre": []}
    if kind not in WRITERS or not doc.pages:
        return found
    writer, reader = WRITERS[kind]
    page = doc.pages[0]
    heads = list(_blocks(page))
    # Orders print the supplier's numbers, invoices the writer's own.
    own = [head for head in heads if head[2]] if writer == "entreprise" else []
    for name, segment, is_own, right in heads:
        if writer != "entreprise":
            is_own = False
        sender = is_own or (
            right is not None
            and not own
            and not right
            and segment is heads[0][1]
            and segment.line < 5
        )
        if re.match(
            r"(?:a|pour|destinataire|a l'attention d[eu]) ?: ", plain(segment.text)
        ):
            sender = False
            right = True
        role = writer if sender else reader if right or own or len(heads) > 1 else None
        sound = nature(name)
        if sender and writer == "donneur_ordre" and sound == "entreprise":
            # The firm that is written to, under the writer's own head.
            role = reader if segment.line >= 2 else role
        if sender and sound == "maitre_oeuvre" and kind != "facture":
            role = "maitre_oeuvre"
        if role is None:
            continue
        score = 0.86 if is_own or right else 0.64 if right is None else 0.74
        score += 0.05 if sound == role else -0.12 if sound and not is_own else 0.0
        found[role].append(
            Found(
                name,
                score * (0.6 + 0.4 * segment.confidence),
                page.number,
                segment.box,
                "own block" if is_own else "address block",
            )
        )
    return found


def _blocks(page):
    """The names over addresses: (name, segment, whether it is the writer's own, whether at the right)."""
    taken = set()
    for line in page.lines[:26]:
        if line.box[1] > 0.5 * page.height:
            return
        for segment in line.segments:
            if id(segment) in taken:
                continue
            under = _column(page, segment)
            if is_labelled(page, segment):
                # Nor is what stands under it, down to its town.
                place = _first([plain(o.text).strip() for o in under[:4]], TOWN.search)
                taken.update(id(other) for other in under[: (place or -1) + 1])
                continue
            if TO.fullmatch(plain(segment.text).strip()) and under and _name(under[0]):
                taken.add(id(under[0]))
                yield _name(under[0]), under[0], False, True
            elif head := _head(page, line, segment, under):
                taken.update(id(other) for other in under[: head[4]])
                yield head[:4]


def _head(page, line, segment, under):
    """(name, segment, own, right, lines that belong to it) of a name over its address, or None."""
    name = _name(segment)
    right = segment.box[0] > 0.42 * page.width
    texts = [plain(other.text).strip() for other in under]
    place = _first(texts[:4], lambda text: STREET.match(text) or TOWN.search(text))
    own_at = _first(texts[:5], OWN.search)
    if not name:
        return None
    if place is None and own_at is None:
        alone = right and _is_alone(page, line, segment)
        return (name, segment, False, None, 0) if alone else None
    own = own_at is not None or bool(OWN.search(plain(segment.text)))
    for other, low in zip(under[:2], texts, strict=False):
        goes_on = re.match(r"(?:d'|de |du |des |et |& |[a-z])", other.text) or (
            re.search(r"\s(?:d[eu]s?|la|les?|et|&|[-–—])$", name)
        )
        goes_on = goes_on and not re.match(r"represent", low)
        if not goes_on or any(pattern.search(low) for pattern in (STREET, OWN, TOWN)):
            break
        name = f"{name} {other.text}"
    return name, segment, own, right, 1 + max(place or 0, own_at or 0)


def _first(texts, test):
    """The index of the first text that passes a test, or None."""
    return next((index for index, text in enumerate(texts) if test(text)), None)


def _is_alone(page, line, segment):
    """Whether a name stands alone at the right, as an addressee without an address: no table's cell, no title."""
    beside = [o for o in line.segments if o is not segment]
    above = page.lines[line.index - 1] if line.index else None
    if above and segment.box[1] - above.box[3] < 1.2 * line.height:
        return False
    return (
        line.index < 12
        and not beside
        and segment.words[0].height < 1.3 * 12
        and nature(segment.text) != "chantier"
    )


def is_labelled(page, segment):
    """Whether a label stands right over a segment or left of it: it says more than the place."""
    beside = [o for o in page.lines[segment.line].segments if o.box[2] < segment.box[0]]
    if beside and labels.is_bare_label(beside[-1].text):
        return True
    if not segment.line:
        return False
    return any(
        abs(other.box[0] - segment.box[0]) < 8
        and segment.box[1] - other.box[3] < 2.5 * max(8, segment.words[0].height)
        and labels.is_bare_label(other.text)
        and not TO.fullmatch(plain(other.text).strip())
        for other in page.lines[segment.line - 1].segments
    )


def is_street(page, segment):
    """Whether a line is an address's: a street's words, or what stands between a name and its town."""
    if STREET.match(plain(segment.text)):
        return True
    under = _column(page, segment)[:1]
    if not under or not re.match(r"(?:f-)?\d{5}\s", plain(under[0].text)):
        return False
    if not segment.line or nature(segment.text):
        return False
    return any(
        abs(other.box[0] - segment.box[0]) < 8
        and segment.box[1] - other.box[3] < 1.2 * segment.words[0].height
        and not labels.is_label(other.text)
        for other in page.lines[segment.line - 1].segments
    )


def _column(page, segment):
    """The segments right under one another that begin (or end) where this one does."""
    found, last = [], segment
    for line in page.lines[segment.line + 1 : segment.line + 7]:
        gap = line.box[1] - last.box[3]
        if gap > 2.0 * max(8, last.words[0].height):
            break
        other = next(
            (
                o
                for o in line.segments
                if abs(o.box[0] - segment.box[0]) < 8
                or abs(o.box[2] - segment.box[2]) < 8
                or abs(sum(o.box[::2]) - sum(segment.box[::2])) < 12
            ),
            None,
        )
        if other is None:
            continue
        found.append(other)
        last = other
    return found


def _name(segment):
    """The name in a block's first line, or None."""
    text = segment.text
    low = plain(text)
    if re.match(r"d['’]|de |du |des |et ", text):
        return None
    if sum(c.isalpha() for c in text) < 5 or re.match(r"\d+ ?(?:bis|ter)?\W*$", low):
        return None
    if CODED.match(low) or FOREIGN_VALUE.match(low) or not text[:1].isalnum():
        return None
    if labels.is_label(text) or TO.fullmatch(low.strip()) or STREET.match(low):
        return None
    if (
        PAPERS.search(low)
        or SENTENCE.search(low)
        or find_dates(text)
        or find_amounts(text)
        or OWN.match(low)
        or TOWN.search(low)
    ):
        return None
    text = re.sub(r"^(?:À l'attention de|A l'attention de|À|Doit)\s*:?\s+", "", text)
    name = clean_name(text)
    return name if is_name(name) and len(name) > 4 and ":" not in name else None
