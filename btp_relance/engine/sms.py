# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a text message may say, and how many parts it takes (GSM 03.38)."""

import re
import unicodedata

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: Take two places.
EXTENDED = frozenset("^{}\\[~]|€\f")
#: What decomposition does not turn into plain letters.
REPLACED = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "…": "...",
        "œ": "oe",
        "Œ": "OE",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "•": "-",
    }
)
#: Parts beyond which a message is refused: short, and not cut by an operator.
MAX_PARTS = 2

#: Placeholders of a text message: who writes, how much, where to see and pay. Nothing that
#: tells whoever picks the phone up more than that.
ALLOWED = frozenset(
    {
        "object.company_id.name",
        "object.company_id.phone",
        "object.sms_amount",
        "object.sms_link",
    }
)
#: A text message informs: what sounds like a threat belongs to a letter that a person signs.
THREATS = re.compile(
    r"\w*(?:huissier|commissaire de justice|tribuna|\bjuge|justice|avocat|poursui|saisi[er]"
    r"|contentieux|mise en demeure|pénal|plainte|procès|fichage|\bfich[ée]"
    r"|bailiff|\bcourt\b|lawsuit|lawyer|attorney|legal action|seiz|formal notice"
    r"|prosecut|penalt|police|employeur|employer|voisin|neighbou?r)\w*",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"{{\s*(.*?)\s*}}", re.DOTALL)


def to_gsm(text: str) -> str:
    """Return the text in the alphabet of GSM, changed only where it has to be.

    « é » and « à » stay, « ê » loses its accent. What no plain letter replaces (Cyrillic, an
    emoji) stays as well: the message then counts as one of 70 characters a part.
    """
    return "".join(
        char if char in BASIC or char in EXTENDED else _replace(char) for char in text
    )


def _replace(char: str) -> str:
    plain = char.translate(REPLACED)
    if plain != char:
        return plain
    plain = "".join(
        part
        for part in unicodedata.normalize("NFKD", char)
        if not unicodedata.combining(part)
    )
    return plain if plain and all(part in BASIC for part in plain) else char


def count_parts(text: str) -> int:
    """Return how many messages an operator makes of a text."""
    if all(char in BASIC or char in EXTENDED for char in text):
        length = sum(2 if char in EXTENDED else 1 for char in text)
        single, several = 160, 153
    else:
        length = len(text.encode("utf-16-be")) // 2
        single, several = 70, 67
    return 1 if length <= single else -(-length // several)


def find_threat(source: str) -> str | None:
    """Return the first word of a text that has no place in a text message."""
    found = THREATS.search(PLACEHOLDER.sub("", source or ""))
    return found and found[0]


def find_forbidden(source: str) -> str | None:
    """Return the first placeholder of a text that tells more than amount and link."""
    for expression in PLACEHOLDER.findall(source or ""):
        if expression not in ALLOWED:
            return expression
    return None
