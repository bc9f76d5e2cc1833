# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The month that a situation is about."""

import re

from .dated import header_of
from .model import Found
from .values import find_dates, find_period, plain


def find(doc, kind):
    """The month that a situation is about."""
    if kind != "situation":
        return None
    for page in doc.pages[:1]:
        for labelled in (True, False):
            for line in page.lines[:30]:
                for segment in line.segments:
                    low = plain(segment.text)
                    near = re.search(
                        r"periode|mois|situation|avancement|travaux executes|au titre",
                        low,
                    )
                    left = [o for o in line.segments if o.box[0] < segment.box[0]]
                    near = near or (
                        left and re.search(r"periode|mois", plain(left[-1].text))
                    )
                    header = header_of(page, line, segment)
                    near = near or (
                        header and re.search(r"periode|mois", plain(header.text))
                    )
                    if labelled and not near:
                        continue
                    if hit := find_period(segment.text):
                        return Found(
                            hit[0],
                            0.95 if labelled else 0.7,
                            page.number,
                            segment.box,
                            "period",
                        )
        if span := _span(page):
            return span
    return None


def _span(page):
    """A period given by its first and last day."""
    for line in page.lines[:30]:
        low = plain(line.text)
        days = find_dates(line.text)
        if (
            len(days) >= 2
            and re.search(r"periode|du .* au ", low)
            and days[0][0].strftime("%Y-%m") == days[1][0].strftime("%Y-%m")
        ):
            return Found(
                days[0][0].strftime("%Y-%m"), 0.9, page.number, line.box, "span"
            )
    return None
