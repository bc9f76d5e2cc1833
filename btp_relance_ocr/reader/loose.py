# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The values of labels in wordings that no list foresees."""

import re

from .candidates import Candidate, around
from .labels import cut_at_label
from .meanings import meaning
from .values import plain

LABEL = re.compile(r"(?P<label>[^:|]{2,55}?)\s*:\s*")


def candidates(doc, fields):
    """What stands beside or under the labels that mean one of some fields: (field, Candidate)."""
    for page in doc.pages:
        for line in page.lines:
            for segment in line.segments:
                yield from _of_segment(page, segment, fields)


def _of_segment(page, segment, fields):
    """As `candidates`, of one segment."""
    low = plain(segment.text)
    match = LABEL.match(low)
    if match and match.end() < len(low):
        field = meaning(match["label"].strip())
        if field in fields:
            start = match.end()
            yield (
                field,
                Candidate(
                    cut_at_label(segment.text[start:]).rstrip(),
                    segment,
                    page,
                    "inline",
                    match["label"],
                    segment,
                    start,
                ),
            )
        return
    # ``Client n° 10442`` over the name.
    bare = re.sub(r"\s+(?:(?:n\s?°|code)\s*:?\s*)?\w*\d\w*$", "", low.strip()).rstrip(
        ": ."
    )
    if len(bare) > 55 or not bare:
        return
    field = meaning(bare, whole=not low.rstrip().endswith(":"))
    if field in fields:
        for candidate in around(page, segment, bare):
            yield field, candidate
