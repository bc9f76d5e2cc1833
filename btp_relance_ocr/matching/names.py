# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names of firms and sites: how alike they are."""

import re
import unicodedata

from rapidfuzz import fuzz

_WORD = re.compile(r"[a-z0-9]+")
FORMS = frozenset(
    _WORD.findall(
        "sarl sarlu sas sasu sa eurl eirl snc scop scic sci sccv earl gaec ei ets"
        " etablissements entreprise societe ste la le les l de du des d et en"
        " monsieur madame m mme mr"
    )
)
#: Words that stand in the names of many sites: they alone tell nothing.
COMMON = frozenset(
    _WORD.findall(
        "construction renovation rehabilitation extension amenagement travaux"
        " restructuration creation refection residence logements batiment lot maison"
        " ecole groupe scolaire salle immeuble chantier commune ville"
    )
)
#: What is done on a site: the roof redone is not the extension.
WORKS = frozenset(
    _WORD.findall(
        "construction renovation rehabilitation extension amenagement restructuration"
        " creation refection demolition surelevation reconstruction ravalement isolation"
        " desamiantage entretien"
    )
)
#: Designators of one of several: “bâtiment B”, “tranche 2”.
_PART = re.compile(r"^(?:\d+|[a-h]|i{1,3}|iv|vi{0,3})$")


def plain(text) -> str:
    """Return the words of a text, without accents, marks and case."""
    text = unicodedata.normalize("NFKD", str(text or "").lower().replace("œ", "oe"))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(_WORD.findall(text))


def words(text) -> list[str]:
    """Return the words of a name that tell something: no legal form, no article."""
    found = plain(text).split()
    return [word for word in found if word not in FORMS] or found


def likeness(one, other) -> float:
    """Return how alike two names are, 0 to 100; 0 where one is missing.

    A name that holds all of the other is 90 alike, where it is not one word.
    """
    first, second = words(one), words(other)
    if not first or not second:
        return 0.0
    left, right = " ".join(first), " ".join(second)
    best = max(fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right))
    shorter = min((first, second), key=len)
    if len(shorter) > 1 and min(len(left), len(right)) > 9:
        best = max(best, min(fuzz.token_set_ratio(left, right), 90.0))
    return best


def parts_differ(one, other) -> bool:
    """Return whether two names say which of several they are, and say different ones."""
    first, second = (
        {word.lstrip("0") for word in plain(text).split() if _PART.match(word)}
        for text in (one, other)
    )
    return bool(first and second and not (first & second))


def works_differ(one, other) -> bool:
    """Return whether two names say what is done, and say different things."""
    first, second = (WORKS & set(plain(text).split()) for text in (one, other))
    return bool(first and second and not (first & second))


def patterns(text, least=4, most=8) -> list[str]:
    """Return patterns of the database for the telling words of a name.

    Any letter with an accent stands for any sign, so that the database needs no dictionary.
    """
    found = []
    for word in re.findall(r"\w+", str(text or "").lower()):
        bare = plain(word)
        if len(bare) < least or bare in FORMS:
            continue
        loose = "".join(sign if sign.isascii() else "_" for sign in word)
        found.append((bare in COMMON, -len(bare), f"%{loose}%"))
    return [pattern for _common, _length, pattern in sorted(set(found))[:most]]
