# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Amounts of money as people write them: 5 000 €, 5.000,00 euros, €5,000, 5k€."""

import re
from typing import NamedTuple

NUMBER = (
    r"\d{1,3}(?:[ .,']\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,9}(?:[.,]\d{1,2})?(?!\d)"
)
AMOUNT = re.compile(
    rf"(?:(?P<before>€|eur\b|euros?\b)\s?(?P<first>{NUMBER})\s?(?P<kilo1>k\b)?"
    rf"|(?<![\w.,/-])(?P<second>{NUMBER})\s?(?:(?P<kilo2>k)\s?(?:€|eur|euros?\b)"
    r"|(?:€|eur\b|euros?\b|e\b(?=\s?(?:ttc|ht)))|(?P<kilo3>k)\b(?! ?ms)))"
)


class Amount(NamedTuple):
    value: float
    start: int
    end: int


def _to_number(words: str) -> float:
    words = words.replace(" ", "").replace("'", "")
    last = max(words.rfind(","), words.rfind("."))
    if last >= 0 and len(words) - last - 1 != 3:
        whole, cents = words[:last], words[last + 1 :]
    else:
        whole, cents = words, "0"
    whole = whole.replace(",", "").replace(".", "")
    return round(float(f"{whole or 0}.{cents or 0}"), 2)


def find_amounts(text: str, start: int, end: int) -> list[Amount]:
    """Return the amounts between two places of a folded text, in their order."""
    found = []
    for match in AMOUNT.finditer(text, start, end):
        value = _to_number(match["first"] or match["second"])
        if match["kilo1"] or match["kilo2"] or match["kilo3"]:
            value = round(value * 1000, 2)
        if value:
            found.append(Amount(value, *match.span()))
    return found
