# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The day, the amount and the words that go with a verb of paying."""

import re

from . import payment_words as words
from .amounts import find_amounts
from .sentences import Part

#: “within the day”, “from Monday”: the words before a date belong to the quote.
LEADING = re.compile(
    r"(?:\b(?:le|au|du|pour le|pour|avant le|avant|d'ici|des|by|on|before|the|sur|vers|courant"
    r"|a partir du|in|for|jusqu'au|dans)\s){1,3}$"
)


def nearest(dates: list, match: re.Match):
    """Return the date that goes with a verb: the first one after it, else the last before."""
    after = [found for found in dates if found.end > match.start()]
    return after[0] if after else (dates[-1] if dates else None)


def stretch(text: str, match: re.Match, chosen) -> tuple[int, int]:
    """Return the quote: the verb, the date and what binds them."""
    start, end = match.start(), match.end()
    if chosen:
        first = chosen.start
        if lead := LEADING.search(text, max(0, first - 30), first):
            first = lead.start()
        start, end = min(start, first), max(end, chosen.end)
    while start < end and text[start] in " \n,:(-":
        start += 1
    while end > start and text[end - 1] in " \n,:(-":
        end -= 1
    return start, end


def read_amount(
    text: str, part: Part, match: re.Match
) -> tuple[float | None, float | None]:
    """Return the part that is promised: an amount, or a share of what is due."""
    amounts = find_amounts(text, part.start, part.end)
    if amounts:
        near = min(
            amounts,
            key=lambda item: min(
                abs(item.start - match.end()), abs(item.end - match.start())
            ),
        )
        return near.value, None
    return None, 0.5 if words.SHARE.search(text, part.start, part.end) else None
