# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an answer contests, and why."""

import re

from . import dispute_fields as fields
from . import dispute_words as words
from . import works_fields
from .amounts import find_amounts
from .reading import Reading
from .sentences import HARMLESS, Part, is_negated, whole

#: A reason as weak as this counts only where something else contests.
WEAK = 0.7
#: So much surer than another, a reason stands alone.
MARGIN = 0.1
#: A sum and a count as near as this are one.
SLACK = 6
GENERAL = [words.GENERAL, *(re.compile(pattern) for pattern in fields.GENERAL)]
REASONS = {
    reason: words.REASONS.get(reason, [])
    + fields.REASONS[reason]
    + works_fields.REASONS[reason]
    for reason in fields.REASONS
}
TOPICS = {reason: re.compile(pattern) for reason, pattern in fields.TOPICS.items()}


def read_disputes(text: str, parts: list[Part]) -> list[Reading]:
    """Return what an answer contests: one draft a reason.

    :param text: folded
    :param parts: of the text
    """
    sentences = [part for part in whole(parts) if not _is_solved(text, part)]
    general = _find_general(text, sentences)
    found: dict[str, Reading] = {}
    for part in sentences:
        for draft in _read_reasons(text, part):
            known = found.get(draft.reason)
            if draft.confidence < WEAK and not general:
                continue
            if not known or draft.confidence > known.confidence:
                found[draft.reason] = draft
    if not general:
        return _settle(list(found.values()))
    if not found:
        return [_by_topic(text, sentences, general)]
    drafts = [
        draft._replace(confidence=min(0.96, draft.confidence + 0.12))
        for draft in found.values()
        if draft.reason != "other" or draft.confidence > 0.7 or len(found) == 1
    ]
    return _settle(drafts)


def _is_solved(text: str, part: Part) -> bool:
    """Return whether the trouble is said to be over, or not to be."""
    return bool(words.SOLVED.search(text, part.start, part.end))


def _find_general(text: str, sentences: list[Part]):
    """Return the first words that contest, whatever the reason."""
    for part in sentences:
        for pattern in GENERAL:
            match = pattern.search(text, part.start, part.end)
            if match and not _is_denied(text, part, match):
                return match
    return None


def _by_topic(text: str, sentences: list[Part], general: re.Match) -> Reading:
    """Return a dispute without a plain reason: that of what is spoken of, if any."""
    amounts = find_amounts(text, general.start(), min(len(text), general.end() + 80))
    told = {
        reason: count
        for reason, pattern in TOPICS.items()
        if (
            count := sum(
                len(pattern.findall(text, part.start, part.end)) for part in sentences
            )
        )
    }
    best = max(told, key=told.get, default="other")
    return Reading(
        "dispute",
        "",
        *general.span(),
        0.66 if told else 0.68,
        amount=amounts[0].value if amounts else None,
        reason=best,
    )


def _read_reasons(text: str, part: Part) -> list[Reading]:
    """Return the reasons that a sentence gives, the surest words of each."""
    drafts = []
    for reason, patterns in REASONS.items():
        if reason == "quality" and words.FILE.search(text, part.start, part.end):
            continue
        for pattern, base in patterns:
            match = pattern.search(text, part.start, part.end)
            if (
                match
                and not _only_asked(text, part, match)
                and not _is_paper(text, match)
                and not words.TALK.search(text, match.start(), match.end() + 12)
            ):
                drafts.append(_draft(text, part, match, reason, base))
    if match := words.OTHER.search(text, part.start, part.end):
        drafts.append(_draft(text, part, match, "other", 0.7))
    return drafts


def _settle(drafts: list[Reading]) -> list[Reading]:
    """Return one reason for the same words, and none much weaker than another."""
    if any(item.reason == "quality" for item in drafts):
        drafts = [
            item
            for item in drafts
            if item.reason != "not_delivered" or not words.RETURN.search(item.quote)
        ]
    kept: list[Reading] = []
    for draft in sorted(drafts, key=lambda item: -item.confidence):
        if kept and draft.confidence < kept[0].confidence - MARGIN:
            break
        slack = SLACK if draft.reason in ("price", "quantity") else 0
        if not any(
            draft.start < other.end + slack and other.start < draft.end + slack
            for other in kept
        ):
            kept.append(draft)
    return kept


def _draft(text, part, match, reason, base):
    amounts = find_amounts(text, part.start, part.end)
    return Reading(
        "dispute",
        match.group(0),
        *match.span(),
        base,
        amount=amounts[0].value if len(amounts) == 1 else None,
        reason=reason,
    )


def _is_denied(text: str, part: Part, match: re.Match) -> bool:
    """Return whether “we do not contest”: what contests by denying is not denied twice."""
    if words.THEIRS.search(
        text[max(part.start, match.start() - 50) : match.start() + 1]
    ):
        return True
    said = HARMLESS.sub(" ", match.group(0))
    if re.search(r"\b(?:pas|ne|not|non|rien|n'|won)\b", said):
        return False
    return match.start() >= part.asks_from or is_negated(
        text, part, match.start(), match.start() - 14
    )


def _is_paper(text: str, match: re.Match) -> bool:
    """Return whether the words are about a paper: “PV de levée des réserves”, “facture non
    conforme”."""
    before = text[max(0, match.start() - 30) : match.start()]
    said = match.group(0)
    if "reserve" in said and re.match(
        r"s? ?(?:signee?s?|contresignee?s?|datee?s?)\b",
        text[match.end() : match.end() + 16],
    ):
        return True
    if "conform" in said:
        return bool(
            re.search(r"(?:factur|invoice|dossier|document)\w*\s(?:\S+\s)?$", before)
        )
    return "reserve" in said and bool(
        re.search(
            r"\b(?:pv|proces[- ]verbal|quitus|attestation|certificat)\s(?:de |du )?(?:la )?$",
            before,
        )
    )


def _only_asked(text: str, part: Part, match: re.Match) -> bool:
    """Return whether somebody merely asks about it."""
    if words.RHETORIC.search(text, part.start, min(len(text), part.end + 3)):
        return False
    return match.start() > part.asks_from and part.asks_from < part.end
