# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How a message says several things in a sentence, and what it may not say to whom."""

import re
from collections.abc import Iterable

#: More invoices than that are counted, and listed in the table of the message.
NAMED = 4

#: What only professionals and public bodies owe: no word of it to a consumer
#: (C. conso. L121-21, L132-23; C. com. L441-10, D441-5; CCP R2192-31, D2192-35).
FORBIDDEN_TO_CONSUMERS = re.compile(
    # An amount due has its cents: only the figure of the law is written without.
    r"\b40[.,]00\s?(?:€|euros?|EUR) (?:par|per)\b|"
    r"(?<![\d.,]\s)\b40\s?(?:€|euros?\b|EUR\b)|(?:€|EUR)40\b(?![.,]?\d)"
    r"|\bL\.?\s?441-\d+|\bD\.?\s?441-\d+|\b[RD]\.?\s?2192-\d+"
    r"|pénalités? de retard|indemnités? forfaitaires?|intérêts moratoires"
    r"|late[- ]payment (?:penalt|interest)\w*|fixed indemnit\w+"
    r"|banque centrale européenne|european central bank|\bBCE\b|\bECB\b",
    re.IGNORECASE,
)


def distinct(items: Iterable[str | None]) -> list[str]:
    """Return what is not empty, each once, in the order given."""
    return list(dict.fromkeys(item for item in items if item))


def in_words(items: Iterable[str | None], conjunction: str) -> str:
    """Return ``a, b and c``; empty for nothing.

    :param items: texts; the empty ones and the repeated ones fall away
    :param conjunction: “and”, in the language of the message
    """
    *first, last = distinct(items) or [""]
    return f"{', '.join(first)} {conjunction} {last}" if first else last


def forbidden_to_consumers(text: str) -> str | None:
    """Return the first words of a message that a consumer must not read, if any.

    :param text: the words as they leave, without tags
    """
    plain = re.sub(r"[\s\u00a0\u202f\ufeff]+", " ", text)
    found = FORBIDDEN_TO_CONSUMERS.search(plain)
    return found and found.group()
