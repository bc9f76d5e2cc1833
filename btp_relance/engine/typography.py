# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a printed page owes to its readers: spaces that do not break, and addresses
that the post reads."""

import re
import unicodedata

#: No break, wide: before a colon, inside French quotation marks, before a unit.
NBSP = "\u00a0"
#: No break, narrow: before ; ! ? and between thousands.
NNBSP = "\u202f"

ANY_LANGUAGE = (
    (re.compile(r"(?<=\d) (?=(?:€|%|EUR\b))"), NBSP),
    (re.compile(r"(?<=[€$£]) (?=\d)"), NBSP),
)
FRENCH = (
    (re.compile(r"[ \u00a0](?=[;!?](?:\s|$|[)»”]))"), NNBSP),
    (re.compile(r" (?=:(?:\s|$))"), NBSP),
    (re.compile(r"«[ \u00a0]?(?=\S)"), "«" + NBSP),
    (re.compile(r"(?<=\S) (?=»)"), NBSP),
    # Thousands; not the groups of four of an IBAN.
    (re.compile(r"(?<!\d)(?<!\d[ \u00a0])\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)"),
     lambda found: re.sub(r"[ \u00a0]", NNBSP, found[0])),
    (re.compile(r"(?<=\d) (?=(?:jours?|mois|ans?|mm|heures?)\b)"), NBSP),
    (re.compile(r"\b(n°|N°|art\.|articles?|Articles?|M\.|Mme|MM\.|p\.) (?=[\dA-Z])"), r"\1" + NBSP),
)  # fmt: skip

#: Lines of an address (AFNOR NF Z10-011): no more, a country included.
MAX_LINES = 6
#: Characters of a line, spaces included (same standard).
MAX_WIDTH = 38
#: What stands below the street in a French address; a building stands above it.
BELOW_STREET = re.compile(r"^\s*(BP|CS|TSA|B\.P\.|lieu-dit|lieu dit)\b", re.IGNORECASE)


def typeset(text: str, lang: str) -> str:
    """Put the spaces that do not break where the language wants them.

    Only spaces that are there become another kind of space: nothing is added to an
    address of the web, a time or a reference.

    :param lang: language of the text, as ``fr`` or ``fr_FR``
    """
    if not text or " " not in text and NBSP not in text and "«" not in text:
        return text
    rules = ANY_LANGUAGE + (FRENCH if lang[:2].lower() == "fr" else ())
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


def postal_town(zip_code: str, city: str) -> str:
    """Return the line of the town as the French post reads it: capitals without accents
    nor punctuation (NF Z10-011, line 6)."""
    town = " ".join(filter(None, [(zip_code or "").strip(), (city or "").strip()]))
    plain = unicodedata.normalize("NFKD", town.replace("œ", "oe").replace("Œ", "OE"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^A-Z0-9]+", " ", plain.upper()).strip()


def postal_address(
    names, street: str, complement: str, zip_code: str, city: str, country: str = ""
) -> list[str]:
    """Return the lines of an address for a window envelope, six at most.

    :param names: the firm, then the person, the service…; what repeats is left out
    :param complement: building, floor… (above the street) or post box (below it)
    :param country: empty within the country of the sender
    """
    lines = list(dict.fromkeys(name.strip() for name in names if name and name.strip()))
    street, complement = (street or "").strip(), (complement or "").strip()
    if BELOW_STREET.match(complement):
        way = [street, complement]
    else:
        way = [complement, street]
    last = [postal_town(zip_code, city), (country or "").strip().upper()]
    way, last = list(filter(None, way)), list(filter(None, last))
    # What the postman needs stays: it is the names that give way.
    room = max(MAX_LINES - len(way) - len(last), 1)
    return (lines[:room] + way + last)[-MAX_LINES:]
