# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which of our documents an answer asks for, or says that it lacks."""

import re

from . import request_fields as fields
from . import request_more as more
from .document_words import (
    ABSENT,
    BARE,
    BLOCKS,
    GIVEN,
    LOST,
    LOST_COPY,
    NAMES,
    PAYING,
    PRONOUN,
    SEND,
    VERB,
    WANT,
)
from .reading import Reading
from .sentences import Part, whole


def read_documents(text: str, parts: list[Part]) -> list[Reading]:
    """Return the request for documents that an answer makes, one draft for all of them,
    and the dispute where their lack holds the payment back.

    :param text: folded
    :param parts: of the text
    """
    codes, spans, sure, blocked, names = [], [], 0.0, None, []
    for part in parts:
        before, names = names, _names(text, part)
        wanted, span = _read_part(text, part, names, before)
        if not wanted:
            continue
        spans.append(span)
        codes += [code for code in dict.fromkeys(wanted) if code not in codes]
        strong = VERB.search(text, part.start, part.end)
        sure = max(sure, 0.86 if strong else 0.72)
        around = part.sentence
        if BLOCKS.search(text, *around) and ABSENT.search(text, *around):
            blocked = blocked or span
    loose = _read_loose(text, parts)
    if not codes:
        return loose or _read_bare(text, parts) or _read_hints(text, parts)
    if loose:
        codes += [code for code in loose[0].values["documents"] if code not in codes]
    codes = _sort_codes(codes, text[spans[0][0] : spans[0][1]], blocked)
    found = [
        Reading(
            "document_request",
            "",
            *spans[0],
            sure if codes != ["other"] else 0.6,
            values={"documents": codes},
        )
    ]
    if blocked and set(codes) - {"invoice", "rib", "credit_note", "order"}:
        found.append(Reading("dispute", "", *blocked, 0.7, reason="missing_document"))
    return found


def _read_part(text: str, part: Part, names: list, before: list) -> tuple[list, tuple]:
    """Return the documents that a part wants, and the words that say so.

    :param names: documents named in it
    :param before: those named in the part before, to which “the new one” refers
    """
    want = WANT.search(text, part.start, part.end)
    if not want or part.ironic or fields.NO_TROUBLE.search(text, part.start, part.end):
        return [], ()
    verb = VERB.search(text, want.end(), part.end)
    if GIVEN.search(text, part.start, part.end) and not verb:
        return [], ()
    if not names and before and verb:
        # “Avez-vous changé de RIB ? Merci de nous envoyer le nouveau.”
        wanted = before[-1:]
    else:
        wanted = [item for item in names if _is_wanted(text, part, want, item[1])]
    if not wanted:
        return [], ()
    first = min(want.start(), *(match.start() for _code, match in wanted))
    last = max(want.end(), *(match.end() for _code, match in wanted))
    if last - first > 160:
        first = min(match.start() for _code, match in wanted)
    return [code for code, _match in wanted], (first, last)


def _sort_codes(codes: list, words: str, blocked) -> list:
    """Return the documents without those that the words only mention."""
    if len(codes) > 1:
        codes = [code for code in codes if code != "other"]
    listed = re.search(r"\b(?:et|and|ainsi que|\+|copies?|duplicatas?|copy)\b|,", words)
    if len(codes) > 1 and (blocked or not listed):
        # “Le PV à joindre à votre facture”: the invoice is there.
        codes = [code for code in codes if code != "invoice"]
    return codes


def _read_loose(text: str, parts: list[Part]) -> list[Reading]:
    """Return the request of a sentence that names a document and asks, in any order.

    The asking may also follow in the next sentence: “The delivery notes of July: could
    you scan them?”
    """
    codes, span = [], None
    sentences = whole(parts)
    for place, part in enumerate(sentences):
        if part.ironic or fields.NOT_ASKED.search(text, part.start, part.end):
            continue
        around = f"{text[part.start : part.end]} " + "".join(
            text[other.start : other.end] for other in sentences[place + 1 : place + 2]
        )
        names = _all_names(text, part)
        if not names or not _asks(text, part, around):
            continue
        span = span or (part.start, max(match.end() for _code, match in names))
        codes += [code for code, _match in names]
    codes = list(dict.fromkeys(codes))
    if codes:
        codes = _sort_codes(codes, text[span[0] : span[1]], None)
    elif len(text.split()) < 60 and (span := _asks_again(text, sentences)):
        codes = ["invoice"]
    if not codes:
        return []
    return [
        Reading(
            "document_request", "", *span, 0.7 if codes != ["other"] else 0.56,
            values={"documents": codes},
        )
    ]  # fmt: skip


def _asks(text: str, part: Part, around: str) -> bool:
    """Return whether a sentence, or the one after it, asks for what it names."""
    given = GIVEN.search(text, part.start, part.end)
    asked = fields.ASK.search(text, part.start, part.end)
    if given and not (asked and asked.start() < given.start()):
        return False
    if fields.THIRD.search(text, part.start, part.end):
        return True
    if fields.ORDER.search(text, part.start, part.end) or fields.HELPFUL.search(
        text, part.start, part.end
    ):
        return True
    if fields.LACK.search(text, part.start, part.end) and LOST_COPY.search(
        text, part.start, part.end
    ):
        return True
    if asked and fields.SEND.search(text, part.start, part.end):
        return True
    short = part.end - part.start < 90
    if asked and short and BARE.search(text, part.start, part.end):
        return not (
            PAYING.search(text, part.start, part.end)
            or more.WELL.search(text, part.start, part.end)
        )
    return bool(fields.AGAIN.search(around) and fields.ASK.search(around))


def _read_hints(text: str, parts: list[Part]) -> list[Reading]:
    """Return the request that is only hinted at: “Your attachment is empty”, “Which account?”.

    Weaker than any other: where nothing else asks.
    """
    for part in whole(parts):
        place = part.start, min(len(text), part.end + 1)
        if part.ironic or more.NOT_ASKED.search(text, *place):
            continue
        if account := more.ACCOUNT.search(text, *place):
            return [_hint("rib", account.span(), 0.72)]
        if fields.NOT_ASKED.search(text, *place):
            continue
        for pattern in (more.ENCLOSURE, more.UNREADABLE, more.COPY):
            if found := pattern.search(text, *place):
                return [_hint("invoice", found.span(), 0.74)]
        sign = more.SIGN.search(text, *place) or more.CUT.search(text, *place)
        names = [
            item
            for item in _all_names(text, part)
            if not more.VAGUE.fullmatch(item[1].group(0))
        ]
        if not sign or not names or GIVEN.search(text, part.start, part.end):
            continue
        code, name = names[0]
        span = min(sign.start(), name.start()), max(sign.end(), name.end())
        return [_hint(code, span, 0.7)]
    return []


def _hint(code: str, span: tuple, confidence: float) -> Reading:
    return Reading(
        "document_request", "", *span, confidence, values={"documents": [code]}
    )


def _asks_again(text: str, sentences: list[Part]):
    """Return where “could you send it again?” stands, when nothing is named."""
    for part in sentences:
        again = fields.AGAIN.search(text, part.start, part.end)
        if again and (
            fields.ASK.search(text, part.start, part.end)
            or fields.LACK.search(text, part.start, part.end)
        ):
            if not fields.NOT_ASKED.search(text, part.start, part.end):
                return again.span()
    return None


def _all_names(text: str, part: Part) -> list:
    """Return the documents named in a sentence, those of the wider list as well."""
    found = _names(text, part)
    for code, pattern in (*fields.NAMES.items(), *more.NAMES.items()):
        for match in pattern.finditer(text, part.start, part.end):
            if not any(
                match.start() < other.end() and other.start() < match.end()
                for _code, other in found
            ):
                found.append((code, match))
    return found


def _read_bare(text: str, parts: list[Part]) -> list[Reading]:
    """Return the request of a few words: “Votre RIB svp”, “your bank details ?”."""
    for part in parts:
        if not BARE.search(text, part.start, part.end) and part.asks_from == part.end:
            continue
        if len(text[part.start : part.end].split()) > 8 or GIVEN.search(
            text, part.start, part.end
        ):
            continue
        if PAYING.search(text, *part.sentence) or fields.NOT_ASKED.search(
            text, part.start, part.end
        ):
            continue
        for code, match in _names(text, part):
            if code in (
                "rib",
                "pv",
                "dgd",
                "statement",
                "attestation",
                "delivery_note",
                "doe",
            ):
                return [
                    Reading(
                        "document_request", "", part.start, match.end(), 0.66,
                        values={"documents": [code]},
                    )
                ]  # fmt: skip
    return []


def _names(text: str, part: Part) -> list:
    """Return the documents named in a part; of two readings of a word, the first code."""
    found = []
    for code, pattern in NAMES.items():
        for match in pattern.finditer(text, part.start, part.end):
            if any(
                match.start() < other.end() and other.start() < match.end()
                for _code, other in found
            ):
                continue
            found.append((code, match))
    return found


def _is_wanted(text: str, part: Part, want: re.Match, match: re.Match) -> bool:
    """Return whether the words that want go with this document."""
    between = text[min(want.start(), match.start()) : max(want.end(), match.end())]
    if match.end() <= want.start() and PRONOUN.search(
        text, want.end(), min(part.end, want.end() + 45)
    ):
        # “… le RIB n'est plus bon, pouvez-vous m'envoyer le nouveau ?”
        return len(between) < 90 and bool(SEND.search(text, want.start(), part.end))
    if match.end() <= want.start():
        # “Le PV ? Nous ne l'avons pas reçu”, “la facture n'est jamais parvenue”.
        return (
            bool(LOST.search(text, want.start(), want.end() + 20)) and len(between) < 90
        )
    gap = text[want.end() : match.start()]
    if len(gap) > 110:
        return False
    words = text[want.start() : match.start()]
    if ABSENT.search(words):
        return len(gap) < 60 and not re.search(r"\b(?:payer|regler|pay)\b", gap)
    return bool(VERB.search(text, want.start(), match.end()))
