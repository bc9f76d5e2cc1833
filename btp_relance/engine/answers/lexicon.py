# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From lists of words to patterns: families, and two of them near each other.

In a list words are apart by blanks; ``_`` stands for a blank inside one, ``*`` for any
ending. All of it is written folded: without accents nor capitals.
"""

import re

#: What may stand between two words that belong together: never the end of a sentence.
GAP = r"[^.!?;]"


def family(*lists: str) -> str:
    """Return the pattern of any word of ``lists``."""
    words = dict.fromkeys(word for words in lists for word in words.split())
    longest = sorted(words, key=lambda word: (-len(word), word))
    return (
        r"\b(?:"
        + "|".join(
            re.escape(word).replace(r"\*", r"\w*").replace("_", " ") for word in longest
        )
        + r")(?!\w)"
    )


def near(first: str, second: str, gap: int = 45) -> str:
    """Return the pattern of two patterns at most ``gap`` characters apart, in any order."""
    between = f"{GAP}{{0,{gap}}}?"
    return f"(?:{first}{between}{second}|{second}{between}{first})"


def after(first: str, second: str, gap: int = 45) -> str:
    """Return the pattern of ``second`` at most ``gap`` characters after ``first``."""
    return f"{first}{GAP}{{0,{gap}}}?{second}"


def compile_all(entries: list[tuple]) -> list[tuple]:
    """Return entries whose first member, a pattern, is compiled."""
    return [(re.compile(entry[0]), *entry[1:]) for entry in entries]
