# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the cases that went to a person were worth."""


def share(part: float, whole: float) -> float:
    """Return a part as a share of the whole (0.5 is half), zero where there is no whole."""
    return part / whole if whole > 0 else 0.0


#: Fewer cases that somebody judged tell nothing.
FEW = 3


def verdict(judged: int, useful: int) -> str | None:
    """Return what those who handled cases say of them.

    :param judged: cases on which somebody said what came of them
    :param useful: those of them that were worth it
    :return: ``worth`` (half or more), ``mixed``, ``raise`` (less than a third: the
        threshold is too low), ``few`` (too few to tell); nothing where there is none
    """
    if not judged:
        return None
    if judged < FEW:
        return "few"
    if 2 * useful >= judged:
        return "worth"
    return "mixed" if 3 * useful >= judged else "raise"
