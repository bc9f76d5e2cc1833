# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which date is which: each date takes the role of the words nearest before it."""

import re

from . import dated, periods
from .datecues import WANTED
from .model import Found


def find(doc, kind):
    """{field: Found} of the dates that a kind has."""
    dates = dated.collect(doc)
    _resettle(dates, kind)
    found = {}
    for field, roles in WANTED.get(kind, {}).items():
        options = [
            (item.confidence * factor, item)
            for item in dates
            for role, factor in roles
            if item.role == role
        ]
        if options:
            best = _best(field, options)
            found[field] = _found(best[1], best[0])
            rivals = {item.day for score, item in options if score > best[0] - 0.1}
            if len(rivals) > 1:
                found[field].confidence = min(found[field].confidence, 0.86)
    _fallbacks(found, dates, kind)
    if kind == "certificat_paiement":
        _only_date(found, dates)
    _check_order(found)
    if period := periods.find(doc, kind):
        found["periode"] = period
    return found


def _best(field, options):
    """The best date for a field: the surest; the first for a document's date, the last for a signature's."""
    top = max(score for score, _item in options)
    near = [option for option in options if option[0] >= top - 0.02]
    if field == "date_signature":
        # The decider signs first; whoever receives a paper signs it last.
        return near[0]
    return near[0]


def _found(item, confidence):
    """A date as a value."""
    return Found(
        item.day.isoformat(),
        min(0.98, confidence),
        item.page.number,
        item.box,
        f"{item.role}: {item.before[-40:]}",
    )


#: Signers who do not decide.
FIRM = re.compile(r"entrepr|titulaire|sous-traitant|fournisseur")
DECIDER = re.compile(r"maitre|maitrise|client|acheteur|architecte|moa|moe")


def _resettle(dates, kind):
    """What a place says of a date: ``A Lyon, le`` over a letter is the paper's date, under it the signature's."""
    decided = any(
        item.role == "sign" and DECIDER.search(item.before[-45:]) for item in dates
    )
    for item in dates:
        if (
            item.role == "sign"
            and kind != "doe_bordereau"
            and FIRM.search(item.before[-45:])
            and not DECIDER.search(item.before[-45:])
        ):
            item.confidence *= 0.5 if decided else 0.85
        _resettle_by_kind(item, kind, item.segment.box[1] / max(1, item.page.height))
        low = item.segment.box[1] / max(1, item.page.height)
        place = re.search(
            r"(?:(?:^|[.;:)/] ?)a [a-z][a-z' -]{2,40},? ?,?|^[a-z][a-z' -]{2,40},)\s*le\s*$",
            item.before,
        )
        if (
            item.role == "sign"
            and place
            and not re.search(
                r"fait|sign|vis[ae]|bon pour|recu|accus|approuv|verif|valid|accept|accord|maitre|moe|moa|client|"
                r"entrepr|titulaire|architecte",
                item.before,
            )
            and low < 0.33
            and not kind.startswith("pv_")
        ):
            item.role = "document"
        if (
            item.role == "document"
            and (item.confidence < 0.75 or low > 0.4)
            and kind.startswith("pv_")
            and re.fullmatch(r"\W*(?:.*\W)?(?:le|date)\W*", item.before)
            and len(item.before.split()) < 5
            and item.segment.line > 6
        ):
            item.role, item.confidence = "sign", 0.8
        if (
            item.role == "document"
            and kind.startswith("pv_")
            and low > 0.45
            and re.search(r"dress|etabli|redig|\bvis[ae]", item.before)
        ):
            item.role, item.confidence = "sign", 0.85
        if (
            item.role in ("none", "visit")
            and item.segment.line < 4
            and kind != "pv_opr"
        ):
            item.role = "document" if item.role == "none" else item.role
            item.confidence = max(item.confidence, 0.6)


#: (kinds; role; words before; role that it is then; factor of its confidence).
BY_KIND = [
    (
        ("doe_bordereau",),
        "sign",
        r"(?:transmis|remis|etabli|emis) (?:\w+ ){0,3}le\W*$",
        "document",
        1.0,
    ),
    (("pv_levee_reserves",), "sign", r"(?:verifi|constat|control)\w*", "levee", 1.0),
    # The firm's receipt is not the issuer's signature.
    (
        ("ordre_service",),
        "sign",
        rf"^(?!.*(?:{DECIDER.pattern})).*(?:\brecu\b|accus|notifi)",
        "received",
        1.0,
    ),
    (
        ("pv_reception", "pv_opr", "pv_levee_reserves"),
        "sign",
        r"\b(?:notifi|affich|transmis|accuse)",
        "received",
        1.0,
    ),
    (("pv_levee_reserves",), "effect", r"\blev[ee]", "levee", 1.0),
    # The visit before the reception, which the paper recalls.
    (("pv_levee_reserves",), "visit", r"prealable|\bopr\b", "contract", 1.0),
    # ``réception du 5 mai prenant effet le 25 avril``
    (
        ("pv_levee_reserves",),
        "effect",
        r"recept[^.;]{0,50}\b(?:effet|effective)",
        "effect",
        1.1,
    ),
    # The reception of the works, which its references recall.
    (("doe_bordereau",), "reception", r"marche|\blot\b|travaux", "contract", 1.0),
    (("doe_bordereau",), "reception", "", "sign", 1.0),
    (
        (
            *("situation", "certificat_paiement", "bon_commande"),
            *("ordre_service", "doe_bordereau"),
        ),
        "levee",
        "",
        "sign",
        1.0,
    ),
    (
        ("pv_reception",),
        "sign",
        r"travaux recus?|recoit|recu les travaux|recus le",
        "reception",
        1.0,
    ),
    (("facture",), "deadline", r"pay|regl|echeance", "due", 1.0),
    (("pv_reception",), "start", "", "effect", 0.85),
]


def _resettle_by_kind(item, kind, low):
    """What a kind of paper says of a date.

    :param low: how far down the page it stands, 0 to 1
    """
    for kinds, role, words, then, factor in BY_KIND:
        if (
            kind in kinds
            and item.role == role
            and re.search(words, item.before[-60:], re.DOTALL)
        ):
            item.role, item.confidence = then, item.confidence * factor
    if item.role == "due" and kind != "facture" and low > 0.25:
        item.role, item.confidence = "sign", 0.8 * item.confidence
    if (
        kind in ("certificat_paiement", "situation")
        and item.role == "document"
        and low > 0.3
        and item.segment.line > 6
        and re.fullmatch(r"\W*le\W*", item.before)
    ):
        item.role, item.confidence = "sign", 0.85


#: An order's one date is that of its issue, also where it is signed.
ISSUED = ("bon_commande", "ordre_service")


def _of_lifting(found, dates):
    """A lifting is signed when it is told, on the last day that the paper prints."""
    sign = found.get("date_signature")
    if "date_levee" not in found and sign:
        found["date_levee"] = Found(
            sign.value, 0.85 * sign.confidence, sign.page, sign.box, "signature's date"
        )
    if not sign:
        last = [item for item in dates if item.role in ("document", "none")]
        if last:
            found["date_signature"] = _found(last[-1], 0.7)


def _fallbacks(found, dates, kind):
    """Where a paper prints one date for two things."""
    sign = found.get("date_signature")
    if (
        kind
        in (
            "situation",
            "certificat_paiement",
            "bon_commande",
            "ordre_service",
            "pv_opr",
        )
        and "date_document" not in found
        and sign
    ):
        found["date_document"] = Found(
            sign.value, 0.8 * sign.confidence, sign.page, sign.box, "signature's date"
        )
        if kind in ISSUED:
            del found["date_signature"]
    if kind == "pv_levee_reserves":
        _of_lifting(found, dates)
    if kind == "pv_reception" and "date_reception" not in found:
        plainly = [item for item in dates if item.role in ("document", "visit", "none")]
        if plainly:
            found["date_reception"] = _found(plainly[0], 0.55)
        elif sign:
            found["date_reception"] = Found(
                sign.value, 0.55, sign.page, sign.box, "signature's date"
            )
    if "date_document" not in found and kind in (
        "facture",
        "bon_commande",
        "ordre_service",
        "situation",
        "certificat_paiement",
        "doe_bordereau",
    ):
        others = [
            item
            for item in dates
            if item.role in ("none", "contract") and item.segment.line < 12
        ]
        if others:
            found["date_document"] = _found(others[0], 0.6)


def _only_date(found, dates):
    """A letter's one date is its signature's too."""
    only = found.get("date_document")
    if only and "date_signature" not in found and len({i.day for i in dates}) == 1:
        found["date_signature"] = Found(
            only.value, 0.65, only.page, only.box, "only date"
        )


def _check_order(found):
    """A signature comes no earlier than what it signs; where it does, one of the two was read wrong."""
    sign, effect = found.get("date_signature"), found.get("date_reception")
    if (
        sign
        and effect
        and (
            sign.value[:4] < effect.value[:4]
            or int(sign.value[:4]) > int(effect.value[:4]) + 1
        )
    ):
        sign.confidence, effect.confidence = (
            min(sign.confidence, 0.7),
            min(effect.confidence, 0.7),
        )
    due, issued = found.get("date_echeance"), found.get("date_document")
    if due and issued and due.value < issued.value:
        due.confidence, issued.confidence = (
            min(due.confidence, 0.6),
            min(issued.confidence, 0.7),
        )
