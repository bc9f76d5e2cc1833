# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is told of a file that cannot be read. No library is needed here, so that callers stay light."""

ERRORS = (
    "encrypted",
    "corrupt",
    "empty",
    "wrong_format",
    "too_large",
    "timeout",
    "no_text",
    "low_quality",
)
WARNINGS = ("javascript", "attachment", "xml_rejected", "hidden_text")


def failure(code, note=None):
    """The reading of a file that cannot be read.

    :param code: one of ``ERRORS``
    """
    return {
        "type": None,
        "detail": note,
        "kind_confidence": 0.0,
        "fields": {},
        "confidence": {},
        "places": {},
        "pages": [],
        "page_count": 0,
        "fingerprint": None,
        "error": code,
        "warnings": [],
    }
