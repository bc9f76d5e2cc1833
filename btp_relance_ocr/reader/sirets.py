# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The contractor's SIRET among the numbers of a paper."""

import re

from .model import Found
from .values import find_sirets, plain


def find(doc, kind, found):
    """The contractor's SIRET: the number nearest to its name rather than to the buyer's."""
    firm, buyer = found.get("entreprise"), found.get("donneur_ordre")
    options = _options(doc, firm, buyer)
    if not options:
        return None
    options.sort(key=lambda option: -option[0])
    _score, digits, right, page, segment = options[0]
    sure = 0.97 if right else 0.35
    if len({option[1] for option in options}) > 1:
        near = buyer and _distance(buyer, page, segment) < _distance(
            firm, page, segment
        )
        sure = min(sure, 0.6 if near else 0.9)
        if options[0][0] - next(o[0] for o in options if o[1] != digits) < 0.02:
            sure = min(sure, 0.7)
    if not _is_firms(kind, firm, buyer, page, segment):
        sure = min(sure, 0.6)
    return Found(digits, sure, page.number, segment.box, "Luhn" if right else "label")


def _options(doc, firm, buyer):
    """The numbers that may be the contractor's: [(score, digits, whether Luhn's check is right, page, segment)]."""
    options = []
    for page in doc.pages:
        for line in page.lines:
            for segment in line.segments:
                for digits, right, start, _end in find_sirets(segment.text):
                    labelled = bool(
                        re.search(r"siret", plain(segment.text[:start]))
                        or re.search(r"siret", plain(line.text))
                    )
                    if not right and not labelled:
                        continue
                    if BUYERS.search(plain(segment.text[:start])) or _is_under(
                        buyer, firm, page, segment
                    ):
                        continue
                    score = 0.97 if right and labelled else 0.85 if right else 0.4
                    score -= _distance(firm, page, segment) - 0.5 * _distance(
                        buyer, page, segment
                    )
                    options.append((score, digits, right, page, segment))
    return options


#: Whose number it is, where the paper says that it is the buyer's.
BUYERS = re.compile(
    r"chorus|sire[tn]\W*(?:n\W*)?(?:du |de la |de l')?(?:client|collectivite|commune|acheteur|maitre d|moa\b|mairie|"
    r"ville|debiteur|destinataire|factur|donneur|etablissement|organisme)[^:]*:?\W*$"
)


def _is_under(buyer, firm, page, segment):
    """Whether a number stands in the buyer's own block: under its name and address, with no firm between."""
    if not buyer or not buyer.box or buyer.page != page.number:
        return False
    left, top = segment.box[0], segment.box[1]
    across = abs(sum(buyer.box[::2]) - sum(segment.box[::2]))
    near = min(abs(buyer.box[0] - left), across / 2) < 8
    near = near and 0 < top - buyer.box[1] < 70
    if not near or firm is None or not firm.box or firm.page != page.number:
        return near
    return not buyer.box[1] < firm.box[1] <= top


def _is_firms(kind, firm, buyer, page, segment):
    """Whether a number that stands where papers name their writer may be the firm's, who did not write it."""
    if kind in ("facture", "situation", "doe_bordereau"):
        return True
    low = page.lines[segment.line].box[1] > 0.88 * page.height
    named = firm is not None and plain(firm.value)[:12] in plain(
        page.lines[segment.line].text
    )
    if low and not named:
        return False
    if segment.line < 4 and not buyer and _distance(firm, page, segment) > 0.15:
        # In the writer's own head.
        return False
    # Nearer to the buyer than to the firm.
    return not buyer or _distance(buyer, page, segment) + 0.05 > _distance(
        firm, page, segment
    )


def _distance(party, page, segment):
    """How far a place is from a party's name: 0 beside it, 1 at the other end of the page."""
    if party is None or party.box is None:
        return 0.3
    if party.page != page.number:
        return 1.0
    (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) = party.box, segment.box
    down = max(0.0, max(ay0, by0) - min(ay1, by1)) / page.height
    across = max(0.0, max(ax0, bx0) - min(ax1, bx1)) / page.width
    # A number stands under its firm, not above it.
    return min(1.0, 2.5 * down + 1.2 * across + (0.05 if by1 < ay0 else 0.0))
