# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The parties and the chantier beside or under their labels."""

import re

from . import labels, layout, sites
from .model import Found, box_of
from .names import SENTENCE, clean_name, is_name, nature
from .values import plain


def options(doc, field):
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
            sites.tidy(_wrapped(candidate))
            if field == "chantier"
            else clean_name(_wrapped(candidate))
        )
        if not is_name(value) or labels.WHOLE_LABEL.fullmatch(plain(value)):
            continue
        if candidate.how != "inline" and labels.is_label(value):
            continue
        score = {"inline": 0.93, "right": 0.92, "below": 0.84}[candidate.how]
        score += _label_bonus(field, candidate, value)
        yield Found(
            value,
            score * _sure(candidate),
            candidate.page.number,
            box_of(candidate.words),
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
        and len(candidate.page.lines[candidate.label_segment.line].segments) > 2
    ):
        # A column of a table, such as the place of each reserve.
        bonus -= 0.3
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


def _wrapped(candidate):
    """The value with what follows on the next line, when the cell goes on there."""
    return " ".join([candidate.text, *_continuation(candidate)])


def _continuation(candidate):
    """The text on the next line, when the value filled its line or its cell and no label begins there."""
    page, segment = candidate.page, candidate.segment
    after = page.lines[segment.line + 1 : segment.line + 2]
    if not after:
        return []
    left = _value_left(candidate)
    beside = layout.right_of(page, segment)
    first = next((o for o in after[0].segments if abs(o.box[0] - left) < 12), None)
    if first is None and len(after[0].segments) == 1 and not beside:
        first = after[0].segments[0]
    if first is None or labels.is_label(first.text) or first.text[:1] in "-•":
        return []
    if first.box[1] - segment.box[3] > 1.1 * after[0].height or ":" in first.text[:40]:
        return []
    # What is right of it ends a cell, else the page's widest line does.
    rest = [o.box[0] - 6 for o in beside]
    edge = min(rest) if rest else max(line.box[2] for line in page.lines)
    word = first.words[0]
    if len(after[0].segments) > 1 and not rest:
        return []
    slack = 0.12 * page.width if not rest else 4.0 + word.x1 - word.x0 + 8.0
    if segment.box[2] < edge - slack:
        return []
    return [first.text]


def _value_left(candidate):
    """The left edge of the value."""
    return (
        candidate.segment.box[0]
        if candidate.how != "inline"
        else candidate.label_segment.box[0]
    )
