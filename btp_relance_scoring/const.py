# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Words that several models share."""

#: What predicts, from the simplest to the most learned.
METHODS = [
    ("rule", "Simple rule: on the due date"),
    ("delays", "The customers' own delays"),
    ("learner", "Learned from all amounts due"),
]

CONFIDENCES = [
    ("none", "Not enough history"),
    ("low", "Low"),
    ("medium", "Medium"),
    ("high", "High"),
]

#: Weeks of the forecast of cash.
WEEKS = 13

#: Days between two forecasts that are kept.
WEEK = 7

#: Days of the near forecast of cash.
SOON = 28

#: What may be left of an amount that counts as paid: up to one hundredth of it, and so much.
SMALL_REST = 20

#: Days after which choices and changes of habit are erased.
KEEP_DAYS = 730

#: Days for which a score holds: what is older is shown nowhere.
FRESH = 7
