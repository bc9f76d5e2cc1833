# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The number of the lot."""

import re

from . import labels, layout
from .model import Found
from .values import plain

LOT = re.compile(
    r"(?<![a-z])(?:lots?)\b\s*(?:n\s?[°o*'\"]|n°|numero|"
    r"no\.?)?\s*[:.]?\s*(?:n°\s*)?(?P<lot>\d{1,3}(?:[.-]\d{1,2})?\s?[a-f]?|[a-m]\d{1,2}|[a-h])(?![\w/'°])"
)


LOT_LABEL = re.compile(
    r"(?:n° (?:et (?:designation|intitule|nom) )?(?:du )?lot|(?:numero|designation|"
    r"intitule)(?: et \w+)? du lot|lot(?:s)?|lot concerne|n° lot|lots? ?/ ?[a-z "
    r"]{3,25})\s*(?:\(s\))?\s*(?:n°)?\s*:?\s*$"
)


#: An address in a business park, whose plots are lots too.
PLOT = re.compile(
    r"(?:\bz\.?\s?[aic]\.?c?\b|\bzone\b|\blotissement\b|\bparc d|\bpole d)[^:]{0,40}$|"
    r"(?:^|,\s)(?:parc|pole|domaine|espace)\b[^:,]{0,25},?\s*$"
)


def _second_part(page, segment):
    """``Marché / lot`` beside or over ``MT-154 / 11``."""
    for other in (
        layout.right_of(page, segment)[:1] + layout.below(page, segment, 3.0)[:1]
    ):
        match = re.search(
            r"\d.*\s?[/-]\s?(?:lot\s*)?(?:n\s?°\s*)?(?P<lot>\d{1,3}[a-z]?|[a-z]\d{0,2})\s*$",
            plain(other.text),
        )
        if match:
            start, end = match.span("lot")
            yield Found(
                other.text[start:end],
                0.93 * other.sureness(start, end),
                page.number,
                other.box,
                segment.text,
            )
            return


def find(doc):
    """The lot's number."""
    options = []
    for page in doc.pages:
        for line in page.lines:
            for segment in line.segments:
                low = plain(segment.text)
                if match := LOT.search(low):
                    start, end = match.span("lot")
                    if (
                        re.match(r"\s?(?:ans|jours|logements|%|€)", low[end:])
                        or PLOT.search(low[: match.start()])
                        or (match["lot"].isalpha() and not re.search(r"n°|:", match[0]))
                    ):
                        continue
                    early = 0.02 if line.index < 20 else -0.1
                    options.append(
                        Found(
                            segment.text[start:end].strip(),
                            (0.93 + early) * segment.sureness(start, end),
                            page.number,
                            segment.box_of_part(start, end),
                            "lot",
                        )
                    )
                elif re.fullmatch(r"[^:]{2,30}?[/-] ?(?:n\s?° )?lot\s*:?", low.strip()):
                    options += _second_part(page, segment)
                elif LOT_LABEL.fullmatch(low.strip()):
                    over = layout.captioned(page, segment)
                    for other in (
                        ([over] if over else [])
                        + layout.straddling(page, segment)
                        + [
                            beside
                            for beside in layout.right_of(page, segment)[:1]
                            if not labels.is_numbering(page, beside)
                        ]
                        + layout.below(page, segment, 3.0)[:1]
                    ):
                        match = re.match(
                            r"\W*(?:lot\s*)?(?:n°\s*)?(\d{1,3}[a-z]?|[a-z]\d{1,2})\b",
                            plain(other.text),
                        )
                        if match:
                            options.append(
                                Found(
                                    other.text[slice(*match.span(1))],
                                    0.93 * other.sureness(*match.span(1)),
                                    page.number,
                                    other.box,
                                    segment.text,
                                )
                            )
                            break
    return max(options, key=lambda option: option.confidence) if options else None
