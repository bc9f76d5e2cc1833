# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Text without accents, capitals nor fine typography, character for character.

The length never changes: what is found in the folded text is quoted from the real one.
"""

import unicodedata

SPECIAL = {
    "œ": "e",
    "Œ": "e",
    "æ": "e",
    "Æ": "e",
    "ß": "s",
    "’": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "ʼ": "'",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "‑": "-",
    "−": "-",
    "…": ".",
    "\r": " ",
    "\t": " ",
    "\u200b": " ",
    "\ufeff": " ",
}


class _Table(dict):
    """Filled as characters come: ``str.translate`` asks once for each."""

    def __missing__(self, code):
        char = chr(code)
        plain = SPECIAL.get(char)
        if plain is None:
            base = unicodedata.normalize("NFKD", char)[:1].lower()
            plain = base if len(base) == 1 else char
            if plain.isspace() and char != "\n" or unicodedata.combining(plain):
                plain = " "
        self[code] = ord(plain)
        return self[code]


_TABLE = _Table()


def fold(text: str) -> str:
    """Return ``text`` folded, of the same length.

    :param text: composed characters: see :func:`compose`
    """
    return text.translate(_TABLE)


def compose(text: str) -> str:
    """Return ``text`` with each letter and its accent as one character."""
    return unicodedata.normalize("NFC", text)
