# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the cases that went to a person were worth."""


def share(part: float, whole: float) -> float:
    """Return a part as a share of the whole (0.5 is half), zero where there is no whole."""
    return part / whole if whole > 0 else 0.0
