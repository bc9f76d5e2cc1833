# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Somebody else to write to, somebody away, somebody who is tired of us or in trouble."""

import re
from datetime import date

from . import (
    contact_fields,
    contact_more,
    contact_words,
    distress_fields,
    distress_words,
    tone_fields,
    tone_more,
    tone_reproach,
    tone_words,
)
from .dates_find import find_dates
from .reading import Reading
from .sentences import Part, is_negated, whole

WRONG = contact_words.WRONG + contact_fields.WRONG + contact_more.WRONG
AWAY = contact_words.AWAY + contact_fields.AWAY
DISTRESS = distress_words.DISTRESS + distress_fields.DISTRESS
COMPLAINT = (
    tone_words.COMPLAINT
    + tone_fields.COMPLAINT
    + tone_more.COMPLAINT
    + tone_reproach.COMPLAINT
)
UNSUBSCRIBE = tone_words.UNSUBSCRIBE + tone_fields.UNSUBSCRIBE + tone_more.UNSUBSCRIBE
NOT_COMPLAINT = re.compile(f"{tone_fields.NOT_COMPLAINT}|{tone_reproach.PEACEFUL}")
NOT_WRONG = re.compile(contact_fields.NOT_WRONG)
NOT_COURT = re.compile(distress_fields.NOT_COURT)
BECAUSE_OF_US = re.compile(distress_fields.BECAUSE_OF_US)

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
PHONE = re.compile(
    r"(?<![\w.])(?:\+\d{2}|00\d{2}|0)\s?\(?0?\)?\s?[1-9](?:[\s.-]?\d{2}){4}(?!\d)"
)
NAME = re.compile(
    r"\b(?:Mme|M\.|Mr\.?|Mrs\.?|Ms\.?|Monsieur|Madame|Mlle|contact(?:er|ez)?|adresser à|voir avec|voyez avec"
    r"|écrire à|adresser [aà]|reach out to|speak to|write to|remplac[ée]e? par|replaced by"
    r"|(?:ma|mon) coll[eè]gue|my colleague|est d[ée]sormais|is now)\s"
    r"(?:Mme |M\. |Monsieur |Madame |Mr\.? |Ms\.? |Mrs\.? )?"
    r"((?:[A-ZÉÈÀÂÎÔ][\w'’éèêàâîïôûüç-]+\s?){1,3})"
)


def _first(text, parts, patterns, negatable=True):
    """Return the surest match of patterns over parts: ``(part, match, base, pattern entry)``."""
    best = None
    for part in parts:
        for entry in patterns:
            match = entry[0].search(text, part.start, part.end)
            if not match or (best and entry[1] <= best[2]):
                continue
            if negatable and (
                match.start() > part.asks_from
                or is_negated(text, part, match.start(), match.start() - 14)
            ):
                continue
            best = part, match, entry[1], entry
    return best


def read_wrong_contact(text: str, raw: str, parts: list[Part], own=()) -> list[Reading]:
    """Return whom else to write to.

    :param own: our own addresses, never taken for the customer's
    """
    best = _first(text, whole(parts), WRONG, negatable=False)
    if best and NOT_WRONG.search(text, best[0].start, best[0].end):
        return []
    if not best:
        return []
    part, match, base, _entry = best
    place = [item for item in parts if item.end > part.start][:4]
    span = part.start, place[-1].end
    values = _contact(raw, *span, own)
    if not values.get("email") and base < 0.7:
        base -= 0.14
    if not values and base < 0.7:
        return []
    if values.get("email"):
        base = min(0.95, base + 0.1)
    start, end = match.span()
    if values.get("email"):
        place = raw.lower().find(values["email"], *span)
        if start <= place < end + 120:
            end = max(end, place + len(values["email"]))
    return [Reading("wrong_contact", "", start, end, base, values=values)]


def _contact(raw: str, start: int, end: int, own=()) -> dict:
    """Return the name, address and number quoted between two places."""
    values = {}
    for match in EMAIL.finditer(raw, start, end):
        if match.group(0).lower() not in own:
            values["email"] = match.group(0).lower().rstrip(".")
            break
    if match := PHONE.search(raw, start, end):
        values["phone"] = match.group(0).strip()
    if match := NAME.search(raw, start, end):
        values["name"] = match.group(1).strip()
    return values


def read_away(
    text: str, raw: str, parts: list[Part], today: date, auto: bool
) -> list[Reading]:
    """Return until when somebody is away, and who stands in.

    :param auto: the mail says itself that a machine wrote it
    """
    best = _first(text, parts, AWAY, negatable=False)
    if not best:
        return []
    part, match, base, _entry = best
    if contact_words.ALREADY_AWAY.search(
        text, part.start, match.end()
    ) or contact_words.SOMEBODY.search(
        text, max(part.start, match.start() - 40), match.start()
    ):
        return []
    until, sure = None, 0
    for other in parts:
        if other.end <= part.start or other.start > part.end + 400:
            continue
        for found in find_dates(text, other.start, other.end, today, 1):
            if found.day < today:
                continue
            marked = bool(
                contact_words.UNTIL.search(
                    text, max(other.start, found.start - 60), found.start
                )
            )
            if (marked, found.sure) > (sure > 1, 0) and (not until or marked):
                if not until or found.day >= until or not sure > 1:
                    until, sure = found.day, 1 + marked
                    last = found.end
    start, end = match.span()
    if until and 0 <= last - end < 160:
        end = last
    values = _contact(raw, part.start, len(raw))
    confidence = base + (0.08 if auto else 0) + (0.04 if until else -0.16)
    return [
        Reading(
            "out_of_office", "", start, end, min(confidence, 0.98), date=until,
            values={key: values[key] for key in values},
        )
    ]  # fmt: skip


def read_distress(text: str, parts: list[Part]) -> list[Reading]:
    """Return that a debtor cannot pay; proceedings before a court are told apart."""
    best = None
    for part in parts:
        if part.ironic:
            continue
        for pattern, base, insolvency in DISTRESS:
            match = pattern.search(text, part.start, part.end)
            if not match or _is_no_distress(text, part, match):
                continue
            if base < 0.7 and BECAUSE_OF_US.search(text, *part.sentence):
                continue
            if insolvency and NOT_COURT.search(
                text, max(part.sentence[0], match.start() - 45), match.end()
            ):
                base, insolvency = base - 0.12, False
            if not best or (insolvency, base) > (best[2], best[1]):
                best = match, base, insolvency
    if not best:
        return []
    match, base, insolvency = best
    return [
        Reading("distress", "", *match.span(), base, values={"insolvency": insolvency})
    ]


def _is_no_distress(text: str, part: Part, match: re.Match) -> bool:
    """Return whether words of distress are a threat of ours, denied, or asked."""
    if distress_words.THREAT.search(
        text, max(part.start, match.start() - 70), match.start()
    ):
        return True
    denied = not re.search(
        r"\b(?:pas|plus|not?|unable|can'?t|cannot|incapa\w+|impossib\w+)\b|n't\b",
        match.group(0),
    )
    if denied and is_negated(text, part, match.start(), match.start() - 14):
        return True
    asked = part.asks_from <= match.start() and part.asks_from < part.end
    return asked and "etal" not in match.group(0) and "en " not in match.group(0)


def read_complaint(text: str, parts: list[Part]) -> list[Reading]:
    """Return a complaint about how we write."""
    sentences = [
        part
        for part in whole(parts)
        if not NOT_COMPLAINT.search(text, part.start, part.end)
    ]
    best = _first(text, sentences, COMPLAINT, negatable=False)
    if not best:
        return []
    _part, match, base, _entry = best
    return [Reading("complaint", "", *match.span(), base)]


def read_unsubscribe(text: str, parts: list[Part]) -> list[Reading]:
    """Return by which channel somebody no longer wants to hear of us."""
    best = _first(text, whole(parts), UNSUBSCRIBE, negatable=False)
    if not best:
        return []
    part, match, base, _entry = best
    channel = next(
        (
            name
            for name, pattern in tone_words.CHANNELS
            if pattern.search(text, *part.sentence)
        ),
        None,
    )
    return [
        Reading(
            "unsubscribe", "", *match.span(), base,
            values={"channel": channel} if channel else {},
        )
    ]  # fmt: skip
