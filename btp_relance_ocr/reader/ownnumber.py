# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A paper's own number, where no label says whose it is: in its title, or alone at its head."""

import re

from .candidates import around
from .model import Found
from .numbers import is_reference, tidy
from .referencewords import BARE, NO, SMALL, TOKEN, YEARLY
from .values import find_dates, plain

#: In which field the number in each kind's title goes.
TITLE_FIELDS = {
    "bon_commande": "ref_commande",
    "ordre_service": "ref_os",
    "situation": "ref_situation",
    "certificat_paiement": "ref_situation",
    "facture": "ref_facture",
}


def alone_in_large(doc, kind, found):
    """A large number that stands alone at the head of an order or invoice."""
    field = TITLE_FIELDS.get(kind)
    if field in SMALL or not field or field in found or not doc.pages:
        return
    page = doc.pages[0]
    heights = sorted(line.height for line in page.lines)
    usual = heights[len(heights) // 2] if heights else 1
    for line in page.lines[:10]:
        for segment in line.segments:
            value = segment.text.strip()
            tall = max(word.height for word in segment.words)
            if (
                tall > 1.2 * usual
                and re.fullmatch(TOKEN, plain(value))
                and len(re.findall(r"\d", value)) > 3
                and is_reference(value, field, plain(value), False)
                and not find_dates(value)
            ):
                found[field] = Found(
                    value,
                    0.66 * segment.confidence,
                    page.number,
                    segment.box,
                    "alone in large",
                )
                return


OWN_NUMBER = re.compile(
    r"(?P<strong>numero|n\s?[°o*]|no|n\s?° (?:de |du )?(?:piece|document|bon)|numero (?:de |du )?(?:piece|document|"
    r"bon))\s*:?|ref(?:erence|s)?\.?(?: a rappeler)?\s*:?"
)


def under_numero(doc, kind, found):
    """The paper's own number, under or beside ``Numéro`` with nothing else."""
    field = TITLE_FIELDS.get(kind)
    if not field or (field in found and found[field].confidence > 0.6) or not doc.pages:
        return
    page, options = doc.pages[0], []
    token = r"\W*" + (r"(?P<ref>\d{1,3})\b" if field in SMALL else TOKEN)
    for line in page.lines[:16]:
        for segment in line.segments:
            label = OWN_NUMBER.fullmatch(plain(segment.text).strip())
            if not label:
                continue
            for candidate in around(page, segment, "number"):
                low = plain(candidate.text)
                match = re.match(token, low)
                if not match:
                    continue
                start, end = match.span("ref")
                value = tidy(candidate.text[start:end], field)
                if value and is_reference(value, field, low, True):
                    sure = 0.8 if label["strong"] else 0.6
                    options.append(
                        Found(
                            value,
                            sure * candidate.segment.sureness(start, end),
                            page.number,
                            candidate.segment.box,
                            "own number",
                        )
                    )
    if options:
        found[field] = max(options, key=lambda option: option.confidence)


def from_titles(doc, kind, found):
    """The number in a large title, when no label gave one: ``N° 26-114`` under ``BON DE COMMANDE``."""
    field = TITLE_FIELDS.get(kind)
    if not field or (field in found and found[field].confidence > 0.6) or not doc.pages:
        return
    token = re.compile(
        rf"(?:^|\s)(?:{NO})\s*[:.]?\s*"
        + (r"(?P<ref>\d{1,3})\b(?![-/]\d)" if field in SMALL else BARE)
        + (rf"|(?:^|\s)(?:{NO})\s*[:.]?\s*{YEARLY}" if field == "ref_os" else "")
    )
    for page in doc.pages[:1]:
        for line in page.lines[:14]:
            for segment in line.segments:
                low = plain(segment.text)
                match = token.search(low)
                if match and not re.search(
                    r"marche|lot|siret|tva|client|chantier|devis|contrat|compte", low
                ):
                    yearly = match.groupdict().get("yearly")
                    start, end = match.span("yearly" if yearly else "ref")
                    value = yearly or tidy(segment.text[start:end], field)
                    if value and (yearly or is_reference(value, field, low, True)):
                        found[field] = Found(
                            value,
                            0.8 * segment.sureness(start, end),
                            page.number,
                            segment.box_of_part(start, end),
                            "title",
                        )
                        return
