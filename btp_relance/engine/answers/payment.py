# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an answer says of paying: promised for a day, or done."""

import re
from datetime import date

from . import payment_fields as fields
from . import payment_words as words
from .amounts import find_amounts
from .dates_find import find_dates
from .payment_near import nearest, read_amount, stretch
from .reading import Reading
from .sentences import Part, is_negated

#: A date after these is not the day of payment.
OTHER_DAY = re.compile(
    r"\b(?:factures?|invoices?|situation|mail|courrier|relance|message|reunion|appel|commande"
    r"|echange|bill|letter|reminder|e-?mail|reception|devis|livraison|travaux|statement|lettre"
    r"|demande|jugement|depuis)"
    r"\s(?:\S+\s){0,2}(?:du|d'|de|of|from|dated|datee?s? du|en date du|of the)\s?$"
    r"|\b(?:chaque|tous les|toutes les|every|each)\s$"
    r"|\b(?:recue?s?|received|echue?s?|due|emises?|appele|telephone|called|spoke)\s"
    r"(?:\S+\s)?(?:le|on|du|since|depuis le|depuis)?\s?$"
)
AWAY_UNTIL = re.compile(r"\bjusqu'?\s?(?:au|a|aux)?\b|\buntil\b")
#: A day of arrival is none of payment.
ARRIVAL = re.compile(
    r"\b(?:recevoir|recevrez|receive|arriv\w+|l'avoir|credite\w*)\s(?:\S+\s){0,2}$"
)
DONE = words.DONE + fields.DONE
FUTURE = words.FUTURE + fields.FUTURE
#: An answer of so few words with a day in it says when.
FEW_WORDS = 7
#: The payer is somebody else, or what is said is no news of this payment.
GENERAL = re.compile(
    r"\b(?:comme (?:d'habitude|toujours)|as usual|habituellement|toujours (?:paye|regle)"
    r"|always (?:paid|pay)|nos (?:delais|conditions|modalites|factures) (?:de|sont)"
    r"|our (?:payment )?terms)\b"
)


def read_payments(text: str, raw: str, parts: list[Part], today: date) -> list[Reading]:
    """Return what an answer says of payments, as drafts that may overlap.

    :param text: folded
    :param raw: the same text as written
    :param parts: of the text
    :param today: day of the message
    """
    found = []
    for part in parts:
        if part.ironic:
            continue
        done = _read_done(text, raw, part, today)
        promises = _read_promise(text, part, today)
        if done and promises:
            done, first = _choose(done, promises[0], today)
            promises = promises if first else []
        found += [*([done] if done else []), *promises]
    return found


def _choose(done: Reading, promise: Reading, today: date):
    """Return which of two readings of one part stands, or both where each has its own words.

    “Payé le 30” with the 30th to come announces; “viré hier” reports.
    """
    if promise.end <= done.start or done.end <= promise.start:
        sure = promise.date and promise.confidence > 0.75
        return (done, promise) if sure else (done, None)
    if done.date and done.date > today:
        return None, promise
    if promise.confidence > done.confidence and promise.date and promise.date > today:
        return None, promise
    return done, None


def _read_done(text: str, raw: str, part: Part, today: date) -> Reading | None:
    """Return the payment that a part says was made."""
    best = _find_done(text, part)
    if best is None or fields.RETURNED.search(text, *part.sentence):
        return None
    match, confidence = best
    if part.conditional and _condition_governs(text, part, match):
        return None
    dates = [
        found
        for found in find_dates(text, part.start, part.end, today, -1)
        if not OTHER_DAY.search(text, max(0, found.start - 40), found.start)
        and not ARRIVAL.search(text, max(0, found.start - 30), found.start)
    ]
    chosen = nearest(dates, match)
    values = _read_means(text, raw, part)
    if chosen or values.get("reference"):
        confidence += 0.05
    amounts = find_amounts(text, *part.sentence)
    return Reading(
        "already_paid",
        "",
        *stretch(text, match, chosen),
        min(confidence, 0.97),
        date=chosen.day if chosen else None,
        amount=amounts[0].value if len(amounts) == 1 else None,
        values=values,
    )


def _find_done(text: str, part: Part):
    """Return the surest words that say “paid” in a part: ``(match, confidence)``."""
    best = None
    for pattern, base in DONE:
        for match in pattern.finditer(text, part.start, part.end):
            if match.start() >= part.asks_from or _is_not_ours(text, part, match):
                continue
            if is_negated(text, part, match.start(), match.end()):
                continue
            if best is None or base > best[1]:
                best = match, base
    return best


def _read_means(text: str, raw: str, part: Part) -> dict:
    """Return how a payment was made, and its reference."""
    values = {}
    for mean, pattern in words.MEANS:
        if pattern.search(text, *part.sentence):
            values["mean"] = mean
            break
    reference = words.REFERENCE.search(raw, *part.sentence)
    if reference and any(char.isdigit() for char in reference[1]):
        values["reference"] = reference[1]
    return values


def _is_not_ours(text: str, part: Part, match: re.Match) -> bool:
    """Return whether somebody else paid, or nobody did yet."""
    before = text[max(part.start, match.start() - 50) : match.start()]
    said = match.group(0)
    if fields.PAPER.search(said):
        return True
    if fields.ORDERED.search(said) and not fields.PAID.search(said):
        return True
    if fields.PRESENT.search(said) and fields.SOON.search(
        text, part.start, min(part.end, match.end() + 22)
    ):
        return True
    return bool(
        words.NOT_US.search(before)
        or words.YOURS.search(before)
        or words.NOT_YET.search(match.group(0))
        or re.search(
            r"(?:\bwill|'ll|\bshall|\bgoing to|\bgonna|\bvais|\ballons|\bva)\b(?! (?:see|find|note|voir))[^,]{0,40}$",
            before,
        )
    )


def _condition_governs(text: str, part: Part, match: re.Match) -> bool:
    """Return whether an “if” or a “once” stands right before the verb."""
    before = text[part.start : match.start()]
    return bool(
        re.search(
            r"(?:\b(?:si|if|des que|once|lorsque|quand|when|une fois|as soon as|unless|until"
            r"|apres|avant)\b[^,]{0,50})$",
            before[-70:],
        )
    )


def _read_promise(text: str, part: Part, today: date) -> list[Reading]:
    """Return the payments that a part announces: several where it lists them."""
    dates = [
        found
        for found in find_dates(text, part.start, part.end, today, 1)
        if not OTHER_DAY.search(text, max(0, found.start - 40), found.start)
        and not AWAY_UNTIL.search(text, max(0, found.start - 25), found.start + 10)
    ]
    best = None
    for pattern, base, dated in FUTURE:
        if dated and not dates:
            continue
        for match in pattern.finditer(text, part.start, part.end):
            if not _announces(text, part, match, today, dates):
                continue
            if best is None or base > best[1]:
                best = match, base
    if best is None or _depends(text, part):
        return []
    match, confidence = best
    if listed := _read_list(text, part, dates, confidence):
        return listed
    chosen = nearest(dates, match)
    start, end = stretch(text, match, chosen)
    if chosen:
        confidence *= 0.35 + 0.65 * chosen.sure
    else:
        confidence *= 0.68
    amount, share = read_amount(text, part, match)
    return [
        Reading(
            "promise",
            "",
            start,
            end,
            round(confidence, 3),
            date=chosen.day if chosen else None,
            amount=amount,
            values={"share": share} if share else {},
        )
    ]


def _depends(text: str, part: Part) -> bool:
    """Return whether paying depends on us: on their boss it still is a promise."""
    return part.conditional and not fields.OWN_CONDITION.search(
        text, part.start, part.end
    )


def read_bare(text: str, parts: list[Part], today: date) -> list[Reading]:
    """Return the promise of an answer that is little more than a day: “Vendredi.”"""
    if (
        len(parts) != 1
        or len(text.split()) > FEW_WORDS
        or any(
            part.asks_from < part.end or part.conditional or part.ironic
            for part in parts
        )
    ):
        return []
    for part in parts:
        for found in find_dates(text, part.start, part.end, today, 1):
            if found.day >= today and not fields.NOT_MONEY_DAY.search(text):
                return [
                    Reading("promise", "", found.start, found.end, 0.5, date=found.day)
                ]
    return []


def _read_list(text: str, part: Part, dates: list, confidence: float) -> list[Reading]:
    """Return the instalments of “1 000 € fin juin, 1 000 € fin juillet”."""
    amounts = find_amounts(text, part.start, part.end)
    if len(amounts) < 2 or len(dates) < 2:
        return []
    found = []
    for place, amount in enumerate(amounts):
        limit = amounts[place + 1].start if place + 1 < len(amounts) else part.end
        own = [item for item in dates if amount.end <= item.start < limit]
        if own:
            found.append(
                Reading(
                    "promise",
                    "",
                    amount.start,
                    own[0].end,
                    round(confidence * own[0].sure, 3),
                    date=own[0].day,
                    amount=amount.value,
                )
            )
    return found if len(found) > 1 else []


def _announces(text: str, part: Part, match: re.Match, today, dates) -> bool:
    """Return whether words of paying announce something that will happen."""
    if match.start() >= part.asks_from:
        return False
    before = text[max(part.start, match.start() - 50) : match.start()]
    if words.YOURS.search(before) or words.NOT_MONEY.match(
        text[match.end() : match.end() + 60]
    ):
        return False
    if GENERAL.search(text, part.start, part.end) or fields.STOPPED.search(
        text, part.start, part.end
    ):
        return False
    if fields.ONLY.search(text[match.end() : match.end() + 30]):
        return False
    return not is_negated(text, part, match.start(), match.end())
