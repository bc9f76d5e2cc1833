# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dates, amounts and numbers as French people write them, also as a reader of pictures garbles them."""

import functools
import re
import unicodedata
from datetime import date
from decimal import Decimal

MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
MONTH = (
    r"(janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|"
    r"sept(?:embre)?|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?)\.?"
)
#: The letters that a reader of pictures takes for digits, only inside numbers.
DIGITS = str.maketrans("OoQlI|SBZ", "000111582")

SINGLE = {
    "œ": "o",
    "Œ": "o",
    "æ": "a",
    "’": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "–": "-",
    "—": "-",
    "‑": "-",
    "−": "-",
    "º": "°",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "ß": "s",
    # Arrows that lead from a label to its value.
    "▸": ":",
    "→": ":",
    "➔": ":",
    "ﬁ": "f",
}


@functools.lru_cache(maxsize=8192)
def plain(text):
    """Lower case without accents, letter for letter, so that places in it are places in `text`."""
    if text.isascii():
        return text.lower()
    return "".join(map(_plain_letter, text))


@functools.lru_cache(maxsize=512)
def _plain_letter(letter):
    """One letter of `plain`."""
    if letter in SINGLE:
        return SINGLE[letter]
    if letter < "\x80":
        return letter.lower()
    base = unicodedata.normalize("NFKD", letter)
    return base[0].lower() if base else letter


NUMERIC = re.compile(
    r"(?<![\d/.-])(\d{1,2})\s?[./\-]\s?(\d{1,2})\s?[./\-]\s?((?:19|20)\d{2}|\d{2})(?![\d/]|[.-]\d)"
)
ISO = re.compile(r"(?<![\d/.-])((?:19|20)\d{2})-(\d{2})-(\d{2})(?![\d/]|[.-]\d)")
NUMERIC_SPACED = re.compile(r"(?<![\d/.-])(\d{2}) (\d{2}) ((?:19|20)\d{2})(?!\d)")
LITERAL = re.compile(
    r"(?<!\d)(\d{1,2})\s?(?:er|°)?(?: |\.\s?|-)?"
    + MONTH
    + r"[\s.,-]{0,2}((?:19|20)\d{2})(?!\d)"
)
#: A date whose digits stand in boxes of their own.
IN_BOXES = re.compile(r"(?<![\d/.-])([0-3]\d)([01]\d)(20[1-4]\d)(?![\d/.-])")
PERIOD_LITERAL = re.compile(MONTH + r"[\s.\-/]{0,3}((?:19|20)\d{2})(?!\d)")
PERIOD_NUMERIC = re.compile(
    r"(?<![\d/.\-])(0?[1-9]|1[0-2])\s?[/.\-]\s?((?:19|20)\d{2})(?![\d/])"
)
PERIOD_ISO = re.compile(r"(?<![\d/.\-])((?:19|20)\d{2})-(0[1-9]|1[0-2])(?![\d/\-])")


def month_number(name):
    """The number of a month's plain name or abbreviation."""
    for number, month in enumerate(MONTHS, 1):
        if month.startswith(name.rstrip(".")[:4]) or name.startswith(month[:4]):
            return number
    return 0


def make_date(day, month, year):
    """A date, or None when there is no such day."""
    year = int(year)
    try:
        return date(year + 2000 if year < 100 else year, int(month), int(day))
    except ValueError:
        return None


#: A date of which a written 1 was taken for a stroke or a 7: no day is a 7x.
GARBLED = re.compile(
    r"(?<![\d/.-])([0-3iIl|/]|7(?=\d))([\diIl|/])\s?[./-]\s?([01iIl|/])([\diIl|/])\s?[./-]\s?((?:19|20)\d{2})(?![\d/]|[.-]\d)"
)
ONES = str.maketrans("iIl|/", "11111")


def _mended(match):
    """A date from a garbled one."""
    ten = match[1].translate(ONES).replace("7", "1")
    unit, month = match[2].translate(ONES), (match[3] + match[4]).translate(ONES)
    return make_date(ten + unit, month, match[5])


@functools.lru_cache(maxsize=4096)
def find_dates(text):
    """The dates of a text with their places: [(date, start, end)], from left to right."""
    low = plain(text)
    found = []
    for pattern, build in (
        (LITERAL, lambda m: make_date(m[1], month_number(m[2]), m[3])),
        (ISO, lambda m: make_date(m[3], m[2], m[1])),
        (NUMERIC, lambda m: make_date(m[1], m[2], m[3])),
        (NUMERIC_SPACED, lambda m: make_date(m[1], m[2], m[3])),
        (IN_BOXES, lambda m: make_date(m[1], m[2], m[3])),
        (GARBLED, _mended),
    ):
        for match in pattern.finditer(low):
            if day := build(match):
                if not any(s < match.end() and match.start() < e for _d, s, e in found):
                    found.append((day, match.start(), match.end()))
    return sorted(found, key=lambda item: item[1])


def is_plain_date(text):
    """Whether a date stands there as it should, rather than mended."""
    low = plain(text)
    return any(
        pattern.fullmatch(low)
        and (pattern is LITERAL or GARBLED_DAY.match(low) is None)
        for pattern in (LITERAL, ISO, NUMERIC, NUMERIC_SPACED)
    )


GARBLED_DAY = re.compile(r"[4-9]\d[./ -]")


def find_period(text):
    """The first month named in a text, as (YYYY-MM, start, end), or None."""
    low = plain(text)
    dates = find_dates(text)
    for pattern, build in (
        (PERIOD_LITERAL, lambda m: (int(m[2]), month_number(m[1]))),
        (PERIOD_NUMERIC, lambda m: (int(m[2]), int(m[1]))),
        (PERIOD_ISO, lambda m: (int(m[1]), int(m[2]))),
    ):
        for match in pattern.finditer(low):
            if any(s <= match.start() < e for _d, s, e in dates):
                continue
            year, month = build(match)
            return f"{year:04d}-{month:02d}", match.start(), match.end()
    return None


#: The next amount, where a narrow table's columns touch: ``14727,376162,90``.
GLUED = r"(?<=,\d\d)\d{1,3}(?:[ .']?\d{3})*,\d{2}(?!\d)"
AMOUNT = re.compile(
    rf"(?:(?<![\w,./])|(?={GLUED}))(-\s?)?"
    r"((?:\d{1,3}(?:[ '.]\d{3})+|\d+)\s?,\s?\d{2}|(?:\d{1,3}(?:[ ',]\d{3})+|\d+)\.\d{2}|"
    r"(?:\d{1,3}(?:[ .']\d{3})+|\d+)(?=\s?(?:€|eur\b|euros\b)))"
    rf"(?={GLUED}|(?!\d|[.,/]\d))(\s?(?:€|eur\b|euros\b|e\b))?",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=4096)
def find_amounts(text):
    """The amounts of a text with their places: [(Decimal, start, end, has a currency)]."""
    low = plain(text)
    found = []
    for match in AMOUNT.finditer(low):
        digits = re.sub(r"[ ']", "", match[2])
        if "," in digits and re.search(r",\d{2}$", digits):
            digits = digits.replace(".", "").replace(",", ".")
        elif re.search(r"\.\d{2}$", digits):
            digits = digits.replace(",", "")
        else:
            digits = digits.replace(".", "").replace(",", "")
        value = Decimal(digits)
        rest = low[match.end() : match.end() + 2].lstrip()
        if rest.startswith("%"):
            continue
        found.append(
            (-value if match[1] else value, match.start(), match.end(), bool(match[3]))
        )
    return found


def luhn(digits):
    """Whether the digits pass Luhn's check."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if index % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


SIRET = re.compile(
    r"(?<![\dA-Za-z])((?:[\dOolISBZ|][ .\u00a0]{0,2}){13}[\dOolISBZ|])(?![\dA-Za-z])"
)


def find_sirets(text):
    """SIRET numbers: [(14 digits, whether the check digit is right, start, end)]."""
    found = []
    for match in SIRET.finditer(text):
        raw = re.sub(r"[ .\u00a0]", "", match[1])
        if sum(letter.isdigit() for letter in raw) < 11:
            continue
        digits = raw.translate(DIGITS)
        found.append((digits, is_siret(digits), match.start(), match.end()))
    return found


def is_siret(digits):
    """Luhn, or the sum of digits of La Poste's establishments."""
    if len(digits) != 14 or not digits.isdigit() or not int(digits):
        return False
    if digits.startswith("356000000"):
        return sum(map(int, digits)) % 5 == 0 or luhn(digits)
    return luhn(digits)
