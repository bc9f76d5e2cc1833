# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What announces a list of reserves: a heading, or the header of a table."""

import re

from . import marks
from .reservewords import HEAD, OPTION, OTHER_COLUMN, WANTED_COLUMN
from .values import plain
from .yesno import TICK


def head_status(line):
    """What a heading says of all the reserves under it: ``Réserves non levées :``, ``Réserves levées :``."""
    return state_of(line.text)


def state_of(text):
    """As `head_status`, of a text."""
    low = plain(text).strip()
    if re.search(
        r"(?:non|pas) lev|maintenu|a lever|restant|subsist|demeur|non solde|en cours",
        low,
    ):
        return "maintenue"
    return (
        "levee"
        if re.search(r"reserves? (?:ci-\w+ )?(?:levees?|soldees?|reprises)\b", low)
        else None
    )


def is_option(line):
    """Whether a line prints what may be decided, rather than a reserve."""
    low = plain(line.text)
    return bool(OPTION.search(low)) and (
        marks.sign_of(line.text.strip()) is not None
        or len(OPTION.findall(low)) > 1
        or len(low) < 90
    )


#: What forms print at the right of a heading at the top of a page.
PAGE_NUMBER = re.compile(
    r"\s*(?:\bexe ?n?°? ?\d+)?\W*\b(?:page|feuillet)\b\W*\d+\s?(?:/|sur)\s?\d+\W*$"
)


def is_head(line):
    """Whether a line announces the list."""
    if any(TICK.fullmatch(s.text.strip()) for s in line.segments):
        return False
    if is_beside_lifting(line):
        return True
    low = PAGE_NUMBER.sub("", plain(line.text).strip())
    if low.endswith(("avec reserves :", "avec reserve(s) :", "reserves suivantes :")):
        return (
            marks.sign_of(line.text.strip()) is not False
            or len(OPTION.findall(low)) > 1
        )
    if marks.sign_of(line.text.strip()) is False or len(OPTION.findall(low)) > 1:
        return False
    if not low.endswith(":") and re.search(
        r"\b(?:levee|mainlevee|decision|quitus|attestation)\b", low
    ):
        return False
    if len(low) > 150 or not HEAD.search(low) or re.match(r"objet\s*:", low):
        return False
    if re.search(
        r"sans (?:aucune )?reserves?|rayer|refus|proces[- ]verbal|p\.v|decide|declare",
        low,
    ) and not low.endswith(":"):
        return False
    return bool(
        low.endswith(":")
        or len(low) < 75
        or re.search(r"suivante?s|ci-apres|ci-dessous|ci-$|enumere", low)
    )


def is_beside_lifting(line):
    """Whether two frames stand side by side, one for the reserves, the other for their lifting later on."""
    low = [plain(segment.text).strip() for segment in line.segments]
    return (
        len(low) == 2
        and bool(re.fullmatch(r"(?:liste des |les )?reserves?(?: emises)?\W*", low[0]))
        and bool(re.match(r"(?:main)?levee", low[1]))
    )


def is_column_head(line):
    """Whether a line is the header of a table of reserves."""
    low = [plain(segment.text).strip() for segment in line.segments]
    return (
        len(low) > 1
        and sum(bool(WANTED_COLUMN.search(t) or OTHER_COLUMN.match(t)) for t in low)
        >= len(low) - 1
        and all(len(t) < 40 for t in low)
    )


def column_of(line):
    """(left, right) of the column that holds the items' text, or None."""
    if is_beside_lifting(line):
        return 0, line.segments[1].box[0]
    if len(line.segments) < 2 or not is_column_head(line):
        return None
    for segment in line.segments:
        low = plain(segment.text).strip()
        if WANTED_COLUMN.search(low) and not OTHER_COLUMN.match(low):
            right = min(
                (o.box[0] for o in line.segments if o.box[0] > segment.box[0]),
                default=10_000,
            )
            left = max(
                (o.box[2] for o in line.segments if o.box[0] < segment.box[0]),
                default=0,
            )
            return left, right
    return None
