# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Figures of a credit manager, as functions on sums: the same for a customer and the whole."""

from . import answer, cash, cause, dso, effect, forecast, picture, receivables, work

__all__ = [
    "answer",
    "cash",
    "cause",
    "dso",
    "effect",
    "forecast",
    "picture",
    "receivables",
    "work",
]
