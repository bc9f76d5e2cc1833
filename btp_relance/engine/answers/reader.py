# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""From the text of an answer to what it says."""

import re
from datetime import date

from . import people
from .dispute import read_disputes
from .documents import read_documents
from .folding import compose
from .missing import read_missing
from .payment import read_bare, read_payments
from .reading import KINDS, Reading
from .sentences import split
from .spelling import correct
from .stripping import find_own

#: Below, a reading is noise.
LEAST = 0.4
#: A message that only says this says nothing else.
AUTOMATIC = re.compile(
    r"\b(?:accuse de reception automatique|ceci est un (?:message|e-?mail|accuse) automatique|do not reply"
    r"|ne pas repondre|ticket (?:n|#|\d)|votre demande a (?:bien )?ete (?:enregistree|prise en compte)|automated (?:message|response))\b"
)
MAX_QUOTE = 300
#: Below, a promise with a day or a dispute explains what was taken for distress.
WEAK_DISTRESS = 0.7


def read(text: str, lang: str, today: date, facts: dict | None = None) -> list[Reading]:
    """Return what an answer says, the surest of each sort, in the order of ``KINDS``.

    Deterministic, and linear in the length of the text.

    :param text: plain text of the mail, with all that clients put under an answer
    :param lang: “fr” or “en”, that of the customer; both are always understood
    :param today: the day on which it was written
    :param facts: what is known: ``own_texts`` (what we wrote to them), ``own_emails``,
        ``auto`` (the mail says that a machine wrote it), ``total`` (what is due)
    :return: at least one reading; “none” alone where nothing is recognised
    """
    facts = facts or {}
    text = compose(text)
    folded, kept = find_own(text, facts.get("own_texts", ()))
    written = text[: len(folded)]
    fixed = correct(folded, written)
    folded, raw = fixed.text, fixed.raw
    parts = split(folded, raw)
    away = people.read_away(folded, raw, parts, today, bool(facts.get("auto")))
    gone = people.read_wrong_contact(folded, raw, parts, facts.get("own_emails", ()))
    if away and any(item.confidence > 0.81 for item in gone) and not away[0].date:
        # “Automatic reply: I no longer work here”.
        away = []
    if away and (facts.get("auto") or _only_away(folded, parts)):
        drafts = away
    else:
        drafts = [
            *away,
            *people.read_distress(folded, parts),
            *read_disputes(folded, parts),
            *read_payments(folded, raw, parts, today),
            *read_documents(folded, parts),
            *read_missing(folded, parts),
            *gone,
            *people.read_complaint(folded, parts),
            *people.read_unsubscribe(folded, parts),
        ]
        if facts.get("auto"):
            drafts = [draft for draft in drafts if draft.kind == "wrong_contact"]
    if not drafts and not facts.get("auto"):
        drafts = read_bare(folded, parts, today)
    readings = [
        item._replace(start=fixed.back(item.start), end=fixed.back(item.end))
        for item in _merge(drafts, facts)
    ]
    return _finish(readings, written, kept)


def _only_away(text: str, parts: list) -> bool:
    """Return whether an answer looks like what a machine sends for somebody away."""
    return bool(
        re.search(
            r"reponse automatique|automatic reply|message automatique|absence du bureau|out of (?:the )?office"
            r"|en cas d'urgence|for urgent|if (?:it is |your \w+ is )?urgent|auto[- ]?reply|merci de votre message"
            r"|thank you for your (?:e-?mail|message)",
            text,
        )
    )


def _merge(drafts: list[Reading], facts: dict) -> list[Reading]:
    """Return one reading of each sort; promises for several days and disputes stay apart."""
    best: dict[tuple, Reading] = {}
    for draft in drafts:
        if draft.confidence < LEAST:
            continue
        key = (
            draft.kind,
            draft.reason,
            draft.kind == "promise" and (draft.date, draft.amount),
        )
        if key not in best or draft.confidence > best[key].confidence:
            best[key] = draft
    readings = list(best.values())
    readings = _settle_promises(readings)
    kinds = {reading.kind for reading in readings}
    if "wrong_contact" in kinds and "out_of_office" in kinds:
        away = [
            item.values.get("email")
            for item in readings
            if item.kind == "out_of_office"
        ]
        readings = [
            item
            for item in readings
            if item.kind != "wrong_contact" or item.values.get("email") not in away
        ]
    if "dispute" in kinds and "wrong_contact" in kinds:
        readings = _settle_addressee(readings)
    if "distress" in kinds:
        readings = _settle_distress(readings)
    if "wrong_contact" in kinds:
        readings = [item for item in readings if not _is_address(item, readings)]
        readings = [
            item
            for item in readings
            if item.kind != "document_request" or item.confidence > 0.7
        ]
    if "dispute" in kinds:
        readings = _settle_documents(readings)
    return sorted(readings, key=lambda item: (KINDS.index(item.kind), item.start))


def _settle_addressee(readings: list[Reading]) -> list[Reading]:
    """Return readings where “this invoice is not ours” is contested, not redirected."""
    contested = any(
        item.reason == "other" and item.confidence > 0.8 for item in readings
    )
    return [
        item
        for item in readings
        if not (contested and item.kind == "wrong_contact" and not item.values)
    ]


def _settle_distress(readings: list[Reading]) -> list[Reading]:
    """Return readings where weak words of distress give way to what explains them.

    “Not this month, but on the 5th” is a promise, “impossible to pay without the order” a
    dispute.
    """
    told = any(
        item.kind == "promise" and item.date or item.kind in ("dispute", "already_paid")
        for item in readings
    )
    weak = [
        item
        for item in readings
        if item.kind == "distress" and item.confidence < WEAK_DISTRESS
    ]
    if weak and told:
        return [item for item in readings if item not in weak]
    return readings


def _settle_promises(readings: list[Reading]) -> list[Reading]:
    """Return readings without the promises that others make empty.

    Without a day beside one with a day, or of the same day without the amount.
    """
    dated = [item for item in readings if item.kind == "promise" and item.date]
    days = {item.date for item in dated if item.amount}
    kept = []
    for item in readings:
        if (
            item.kind == "promise"
            and not item.date
            and (dated or item.confidence < 0.45)
        ):
            continue
        if item.kind == "promise" and not item.amount and item.date in days:
            continue
        kept.append(item)
    return kept


def _is_address(item: Reading, readings: list[Reading]) -> bool:
    """Return whether “send your invoices to …” says where to, not what is missing."""
    return (
        item.kind == "document_request"
        and item.values.get("documents") in (["invoice"], ["other"])
        and any(
            other.kind == "wrong_contact"
            and other.values.get("email")
            and item.start < other.end + 40
            and other.start < item.end + 80
            for other in readings
        )
    )


def _settle_documents(readings: list[Reading]) -> list[Reading]:
    """Return readings in which one lack is not told twice."""
    return [
        item
        for item in readings
        if not (
            item.kind == "document_request"
            and not set(item.values.get("documents"))
            - {"order", "credit_note", "invoice"}
            and any(
                other.kind == "dispute"
                and item.start < other.end + 30
                and other.start < item.end + 30
                for other in readings
            )
        )
        and not (
            item.kind == "document_request"
            and item.confidence < 0.72
            and any(other.kind == "dispute" for other in readings)
        )
        and not (
            item.kind == "dispute"
            and item.reason != "missing_document"
            and any(
                other.reason == "missing_document"
                and (
                    item.reason == "other"
                    or item.confidence < 0.7
                    or item.start < other.end
                    and other.start < item.end
                    and item.confidence <= other.confidence + 0.05
                )
                for other in readings
            )
        )
    ]


def _finish(readings: list[Reading], raw: str, kept: list) -> list[Reading]:
    """Return readings with the words they rely on; “none” where there is nothing."""
    if not readings:
        span = next(
            ((start, end) for start, end in kept if raw[start:end].strip()), (0, 0)
        )
        quote = raw[span[0] : min(span[1], span[0] + MAX_QUOTE)].strip()
        return [Reading("none", quote, span[0], span[0] + len(quote), 0.6)]
    finished = []
    for item in readings:
        end = min(item.end, item.start + MAX_QUOTE)
        quote = raw[item.start : end]
        end = item.start + len(quote.rstrip())
        finished.append(
            item._replace(
                quote=raw[item.start : end],
                end=end,
                confidence=round(max(0.0, min(item.confidence, 0.99)), 2),
            )
        )
    return finished
