# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The amounts that a paper prints, with the words beside and over them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from .values import find_amounts, plain

TTC = re.compile(
    r"\bt\.?\s?t\.?\s?c\b|toutes taxes|net a (?:payer|regler)|total a (?:payer|regler)|"
    r"montant (?:total )?a (?:payer|regler)|somme a payer|total general$|montant du$"
)
TVA = re.compile(r"\bt\.?\s?v\.?\s?a\b|taxe sur la valeur")
HT = re.compile(
    r"\bh\.?\s?t\.?(?:\b|$)|hors taxes?|base (?:taxable|imposable)|sous[- ]total|total net$|^total$"
)
NEGATIVE = re.compile(
    r"cumul|anterieur|precedent|deja|marche\b|initial|avenant|retenue|avance|penalit|remise|unitaire|"
    r"\bp\.?u\b|revision|escompte|frais|capital|indemnit|"
    r"forfaitaire|caution|reste a|solde (?:du|a)|garantie|verse|avancement|a deduire|deduction|plafond|"
    r"compte prorata|net a payer"
)
PERIOD = re.compile(
    r"present|du mois|mois\b|periode|situation n|de la situation|cette situation|acompte n|en cours|"
    r"(?<!\ba )ce jour|a facturer|du present|a payer ce|certifie|net du mois|travaux du"
)
#: The role of an amount written after it, and the words of roles.
BEHIND = re.compile(
    r"\s*(?:€|eur(?:os)?\b)?\s*\(?(?P<role>h\.?\s?t\b\.?|t\.?\s?t\.?\s?c\b\.?|hors taxes?|toutes taxes(?: comprises)?|"
    r"(?:de |d'une )?t\.?v\.?a\b)(?! ?\d| ?:)"
)
ROLES = re.compile(
    r"\b(?:h\.?\s?t|t\.?\s?t\.?\s?c|t\.?\s?v\.?\s?a|hors taxes?|toutes taxes(?: comprises)?)\b\.?"
)
#: What a column of a table is worth for this period's amount.
COLUMN = {"cumulated": -1.2, "before": -1.2, "period": 0.9, "either": 0.0}
TOTAL = re.compile(r"total|montant|net|somme")


@dataclass(slots=True)
class Amount:
    """An amount with the words beside it and over it."""

    value: Decimal
    label: str
    header: str
    page: object
    segment: object
    box: tuple
    sure: float
    order: int
    #: Whether its figures were put right.
    mended: bool = False
    #: In a table of what is cumulated: see `columns`.
    column: str = ""

    def score(self, role, by_period):
        """How well this amount fits a role (``ht``, ``tva`` or ``ttc``)."""
        words = f"{self.label}"
        is_ttc, is_tva, is_ht = (
            bool(TTC.search(words)),
            bool(TVA.search(words)),
            bool(HT.search(words)),
        )
        named = {
            "ttc": is_ttc,
            "tva": is_tva and not is_ttc,
            "ht": is_ht and not is_ttc and not is_tva,
        }[role]
        wrong = (is_ttc or is_tva or is_ht) and not named
        score = 1.0 if named else -1.2 if wrong else 0.0
        if not named and self.header:
            head = {"ttc": TTC, "tva": TVA, "ht": HT}[role].search(self.header)
            score += 0.5 if head else 0.0
        score -= 0.7 * bool(NEGATIVE.search(words)) + (
            0.8 if by_period else 0.3
        ) * bool(NEGATIVE.search(self.header))
        if by_period:
            score += 0.6 * bool(PERIOD.search(words))
            score += COLUMN.get(self.column, 0.6 * bool(PERIOD.search(self.header)))
        if role == "ttc" and re.search(r"net a", words):
            score -= 0.15
        score += 0.15 * bool(TOTAL.search(words))
        return score


def collect(doc):
    """All amounts of a document."""
    found = []
    for page in doc.pages:
        for line in page.lines:
            label_so_far = ""
            for segment in line.segments:
                last = 0
                low = plain(segment.text)
                for value, start, end, _currency in find_amounts(segment.text):
                    if not start and segment is line.segments[0]:
                        value = _whole(page, line, segment, value)
                    between = low[last:start]
                    if _is_label(between, label_so_far):
                        label_so_far = between
                    words = segment.part(start, end)
                    sure = min((word.confidence for word in words), default=0.5)
                    label = label_so_far.strip() or _over(page, line, segment, True)
                    behind = BEHIND.match(low, end)
                    if behind:
                        # ``12 000 € HT, soit 14 400 € TTC``: the role follows the amount.
                        label = f"{ROLES.sub(' ', label)} {behind['role']}"
                        end = behind.end()
                        label_so_far = ""
                    found.append(
                        Amount(
                            value,
                            label[-90:],
                            _over(page, line, segment, False),
                            page,
                            segment,
                            _box(words, segment),
                            sure,
                            len(found),
                        )
                    )
                    last = end
                if _is_label(low[last:], label_so_far):
                    label_so_far = low[last:]
    return found


def _is_label(text, before):
    """Whether words are a label, rather than two letters that a stain was read as after one."""
    letters = re.findall(r"[a-z]", text)
    if ROLES.search(text):
        return True
    if len(letters) < 4 and re.search(r"[a-z]{4}", before):
        return False
    return bool(re.search(r"[a-z]{2}", text))


def _box(words, segment):
    """The box of words, or their segment's."""
    if not words:
        return segment.box
    return (
        min(w.x0 for w in words),
        min(w.y0 for w in words),
        max(w.x1 for w in words),
        max(w.y1 for w in words),
    )


def _whole(page, line, segment, value):
    """An amount at the head of a line whose thousands ended the line before: ``… soit 13`` / ``780,00 € HT``."""
    before = page.lines[line.index - 1] if line.index else None
    if not before or before.box[2] < 0.7 * page.width or len(before.segments) > 1:
        return value
    head = re.search(r"(?:^|\s)(\d{1,3}(?: \d{3})*)$", before.text.rstrip())
    if not head or not re.match(r"\d{3}(?!\d)", segment.text):
        return value
    whole = find_amounts(f"{head[1]} {segment.text}")
    return whole[0][0] if whole else value


def _over(page, line, segment, near):
    """The words over an amount: its column's header.

    :param near: only right above, as a label
    """
    x0, y0, x1, _y1 = segment.box
    reach = 28 if near else 320
    for other_line in reversed(page.lines[: line.index]):
        if y0 - other_line.box[3] > reach:
            break
        for other in other_line.segments:
            low = plain(other.text)
            if (
                min(x1, other.box[2]) - max(x0, other.box[0]) > 0
                and re.search(r"[a-z]{2}", low)
                and not find_amounts(other.text)
                and len(low) < 45
            ):
                return low if near or len(low) > 25 else _stacked(page, other, low)
    return ""


def _stacked(page, head, low):
    """The words of a header with those of its lines right over it: ``Cumul à`` over ``ce jour``."""
    x0, top, x1, bottom = head.box
    for line in reversed(page.lines[max(0, head.line - 4) : head.line]):
        for other in line.segments:
            across = min(x1, other.box[2]) - max(x0, other.box[0])
            gap = top - other.box[3]
            if (
                across > 0
                and -0.5 < gap / (bottom - head.box[1]) < 0.8
                and len(other.text) < 25
                and not find_amounts(other.text)
                and re.search(r"[a-z]{2}", plain(other.text))
            ):
                low, top = f"{plain(other.text)} {low}", other.box[1]
    return low
