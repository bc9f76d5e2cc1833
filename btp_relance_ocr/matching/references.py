# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers of contracts, orders and invoices: the same, misread, or others."""

import re
import unicodedata

from rapidfuzz.distance import Levenshtein

#: Letters that a scan shows as digits. The database does the same with `translate`.
LETTERS, DIGITS = "OQDILSBZG", "000115826"
ALIKE = str.maketrans(LETTERS, DIGITS)
#: Marks between the parts of a reference.
MARKS = " -/._°:,'#()"
#: What a reference is worth by how it compares.
REFERENCE = {"same": 6.0, "alike": 5.0, "inside": 4.5, "near": 0.5}
#: Shorter ones may be part of any other.
PART = 5
#: From that length one differing letter may be a misreading.
LONG = 7
_OTHER = re.compile(r"[^A-Z0-9]")
_PARTS = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"20[0-4]\d")
#: What comes before the number itself.
_LABEL = re.compile(
    r"^\s*(?:march[eé]|contrat|commande|bon de commande|bdc|devis|facture|os|r[eé]f[.:]?)?"
    r"\s*(?:n\s?[°º*o]\.?|num[eé]ro)?\s*:?\s*(?=\S*\d)",
    re.IGNORECASE,
)


def key(reference) -> str:
    """Return a reference without its label and marks: “Marché n° 24-118” is ``24118``."""
    text = _LABEL.sub("", str(reference or ""), count=1)
    text = unicodedata.normalize("NFKD", text).upper()
    return _OTHER.sub("", text)


def canonical(reference) -> str:
    """Return a key in which letters and digits that look alike are the same."""
    return key(reference).translate(ALIKE)


def compare(read, known) -> str | None:
    """Compare a reference that was read with one that is known.

    :return: ``same``; ``alike`` (O for 0…); ``inside`` (one is a part of the other); ``near``
        (one sign differs: misread or the next number, nobody knows); ``different``; None
        where one is missing
    """
    one, other = key(read), key(known)
    if not one or not other:
        return None
    if one.lstrip("0") == other.lstrip("0"):
        return "same"
    one, other = one.translate(ALIKE), other.translate(ALIKE)
    if one.lstrip("0") == other.lstrip("0"):
        return "alike"
    short, long = sorted((one, other), key=len)
    if len(short) >= PART and _holds(read, known, short, long):
        return "inside"
    if len(short) >= LONG and Levenshtein.distance(one, other, score_cutoff=1) == 1:
        return "near"
    return "different"


def _holds(read, known, short, long) -> bool:
    """Return whether the long one has the short one as whole parts: 2025-16 is not in 2025-165."""
    text = next(one for one in (read, known) if canonical(one) == long)
    cuts, place = {0}, 0
    for part in _PARTS.findall(_LABEL.sub("", str(text), count=1)):
        place += len(canonical(part))
        cuts.add(place)
    start = long.find(short)
    return start >= 0 and start in cuts and start + len(short) in cuts


def telling(reference) -> float:
    """Return how much a reference tells, 0 to 1: “3” stands everywhere, “MP-2025-138” does not.

    The year in it tells nothing.
    """
    text = key(reference)
    if len(text) > 4:
        bare = _YEAR.sub("", text, count=1)
        if bare != text:
            return {1: 0.5, 2: 0.75}.get(len(bare), 1.0)
    return {0: 0.0, 1: 0.2, 2: 0.3, 3: 0.5, 4: 0.75}.get(len(text), 1.0)
