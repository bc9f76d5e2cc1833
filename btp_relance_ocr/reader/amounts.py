# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HT, TVA and TTC: the three amounts that add up and bear the right labels.

For situations and certificates it is the period's work before retention, not what was cumulated.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from .model import Found
from .values import find_amounts, plain

CENT = Decimal("0.01")
RATES = [Decimal(rate) / 1000 for rate in (200, 100, 55, 85, 21, 196, 0)]

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
    r"ce jour|a facturer|du present|a payer ce|certifie|net du mois|travaux du"
)
#: The role of an amount written after it, and the words of roles.
BEHIND = re.compile(
    r"\s*(?:€|eur(?:os)?\b)?\s*\(?(?P<role>h\.?\s?t\b\.?|t\.?\s?t\.?\s?c\b\.?|hors taxes?|toutes taxes(?: comprises)?|"
    r"(?:de |d'une )?t\.?v\.?a\b)(?! ?\d| ?:)"
)
ROLES = re.compile(
    r"\b(?:h\.?\s?t|t\.?\s?t\.?\s?c|t\.?\s?v\.?\s?a|hors taxes?|toutes taxes(?: comprises)?)\b\.?"
)
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
            score += 0.6 * bool(PERIOD.search(words)) + 0.6 * bool(
                PERIOD.search(self.header)
            )
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
                    label_so_far = (
                        between if re.search(r"[a-z]{2}", between) else label_so_far
                    )
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
                if re.search(r"[a-z]{2}", low[last:]):
                    label_so_far = low[last:]
    return found


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
                return low
    return ""


def find(doc, kind):
    """{field: Found} of the three amounts."""
    amounts = [amount for amount in collect(doc) if amount.value >= 0]
    by_period = kind in ("situation", "certificat_paiement")
    text = plain(doc.text)
    reverse = bool(
        re.search(
            r"autoliquid|283[- ]?2|tva (?:non applicable|due par le preneur|a la charge du preneur)|293 ?b",
            text,
        )
    )
    triple = _triple(amounts, by_period, reverse) or _triple_of_rates(
        amounts, by_period
    )
    if triple:
        return _of_triple(triple, amounts, by_period, reverse, doc)
    return _alone(amounts, by_period, reverse)


def _triple(amounts, by_period, reverse):
    """The best (score, ht, tva, ttc) that adds up."""
    amounts = amounts[-160:]
    by_value = {}
    for amount in amounts:
        by_value.setdefault(amount.value, []).append(amount)
    best = None
    for ht, tva in _pairs(amounts, by_period, reverse):
        for cents in (0, 1, -1, 2, -2):
            for ttc in by_value.get(ht.value + tva.value + cents * CENT, ()):
                if ttc is tva or ttc is ht:
                    continue
                score = _score(ht, tva, ttc, by_period) - 0.2 * abs(cents)
                if best is None or score > best[0]:
                    best = (score, ht, tva, ttc)
    return best if best and best[0] > 0.9 else None


def _pairs(amounts, by_period, reverse):
    """All (ht, tva) whose labels and sizes allow it."""
    taxes = [a for a in amounts if a.score("tva", by_period) >= -1]
    taxes = [a for a in taxes if a.value or reverse or "0" in a.label]
    for ht in amounts:
        if ht.value > 0 and ht.score("ht", by_period) >= -1:
            most = ht.value * Decimal("0.25")
            yield from (
                (ht, tva) for tva in taxes if tva is not ht and tva.value <= most
            )


def _score(ht, tva, ttc, by_period):
    """How well three amounts fit by their labels, the tax's rate and their order."""
    score = ht.score("ht", by_period) + tva.score("tva", by_period)
    score += ttc.score("ttc", by_period) + _rate_fit(ht.value, tva.value)
    score += 0.25 * (ht.order < tva.order < ttc.order)
    return score + 0.3 * (ttc.order - ht.order <= 6)


def _triple_of_rates(amounts, by_period):
    """As `_triple` where two rates of tax add up: (score, ht, [tva, tva], ttc)."""
    taxes = [a for a in amounts if a.score("tva", by_period) > 0.5 and a.value > 0][:6]
    totals = {a.value: a for a in amounts if a.score("ttc", by_period) > 0.5}
    for ht in sorted(amounts, key=lambda a: -a.score("ht", by_period))[:6]:
        for index, one in enumerate(taxes):
            for other in taxes[index + 1 :]:
                for cents in (0, 1, -1):
                    ttc = totals.get(ht.value + one.value + other.value + cents * CENT)
                    if ttc and ht.value > one.value + other.value:
                        return 2.5, ht, [one, other], ttc
    return None


def _rate_fit(ht, tva):
    """How near the tax is to a French rate."""
    for rate in RATES:
        if abs(ht * rate - tva) <= max(Decimal("0.03"), ht * Decimal("0.0002")):
            return 0.5 if rate else 0.1
    return -0.1


def _of_triple(triple, amounts, by_period, reverse, doc):
    """The fields of three amounts that add up."""
    score, ht, tva, ttc = triple
    taxes = tva if isinstance(tva, list) else [tva]
    named = [
        ht.score("ht", by_period),
        min(t.score("tva", by_period) for t in taxes),
        ttc.score("ttc", by_period),
    ]
    sure = 0.97 if min(named) > 0.4 else 0.93 if sum(named) > 1.5 else 0.8
    if by_period and _is_ambiguous(amounts, ht, by_period, doc):
        sure = min(sure, 0.8)
    if not isinstance(tva, list) and _rate_fit(ht.value, tva.value) < 0:
        sure = min(sure, 0.85)
    rival = _rival(amounts, triple, by_period)
    if rival:
        sure = min(sure, 0.85)
    found = {
        "montant_ht": _found(ht.value, sure, ht),
        "montant_tva": _found(sum(t.value for t in taxes), sure, taxes[0]),
        "montant_ttc": _found(ttc.value, sure, ttc),
    }
    if reverse and taxes[0].value == 0 and taxes[0] is ht:
        del found["montant_tva"]
    return found


def _rival(amounts, triple, by_period):
    """Whether another amount bears the label of the whole HT better than the chosen one."""
    ht = triple[1]
    return any(
        a.value != ht.value
        and a.score("ht", by_period) > ht.score("ht", by_period) + 0.3
        and a.score("ht", by_period) > 1.0
        for a in amounts
    )


def _is_ambiguous(amounts, ht, by_period, doc):
    """Whether retention is taken before tax, or nothing says which column is the period's."""
    if any(re.search(r"retenue", a.label) and a.order < ht.order for a in amounts):
        return True
    words = f"{ht.label} {ht.header}"
    several = (
        len({a.value for a in amounts if HT.search(a.label) or HT.search(a.header)}) > 1
    )
    return several and not PERIOD.search(words)


def _found(value, sure, amount):
    """An amount as a value."""
    return Found(
        str(value.quantize(CENT)),
        sure,
        amount.page.number,
        amount.box,
        f"{amount.label[-40:]} / {amount.header[-20:]}",
    )


def _alone(amounts, by_period, reverse):
    """Amounts that bear a label, when no three of them add up."""
    found = {}
    for role, field in (
        ("ht", "montant_ht"),
        ("tva", "montant_tva"),
        ("ttc", "montant_ttc"),
    ):
        options = [
            (amount.score(role, by_period), amount.order, amount)
            for amount in amounts
            if amount.value > 0 or role == "tva"
        ]
        options = [option for option in options if option[0] >= 0.75]
        if options:
            score, _order, amount = max(options, key=lambda option: option[:2])
            several = len({a.value for s, _o, a in options if s > score - 0.2}) > 1
            found[field] = _found(
                amount.value,
                (0.5 if several else 0.7) * (0.6 + 0.4 * amount.sure),
                amount,
            )
    _check_alone(found, reverse)
    return found


def _mend_total(found):
    """A total that lost its first figures in the picture: what is left ends like the sum of the others."""
    if not {"montant_ht", "montant_tva", "montant_ttc"} <= set(found):
        return
    whole = Decimal(found["montant_ht"].value) + Decimal(found["montant_tva"].value)
    left = found["montant_ttc"].value
    if str(whole) != left and str(whole).endswith(left):
        found["montant_ttc"].value = str(whole)


def _check_alone(found, reverse):
    """Two amounts that fit each other at a French rate are surer; under reverse charge HT alone is right."""
    if reverse and "montant_ht" in found and "montant_tva" not in found:
        found["montant_ht"].confidence = max(found["montant_ht"].confidence, 0.85)
        ttc = found.get("montant_ttc")
        if ttc and ttc.value == found["montant_ht"].value:
            ttc.confidence = 0.85
        return
    _mend_total(found)
    ht, tva, ttc = (
        Decimal(found[f].value) if f in found else None
        for f in ("montant_ht", "montant_tva", "montant_ttc")
    )
    if ht and tva and _rate_fit(ht, tva) > 0.4:
        found["montant_ht"].confidence = found["montant_tva"].confidence = 0.88
    elif (
        ht
        and ttc
        and any(abs(ht * (1 + rate) - ttc) <= Decimal("0.02") for rate in RATES if rate)
    ):
        found["montant_ht"].confidence = found["montant_ttc"].confidence = 0.92
    elif tva and ttc and not ht and _rate_fit(ttc - tva, tva) > 0.4:
        # The amount before tax is printed, and could not be read.
        total = found["montant_ttc"]
        found["montant_ht"] = Found(
            str((ttc - tva).quantize(CENT)), 0.72, total.page, total.box, "difference"
        )
        found["montant_tva"].confidence = found["montant_ttc"].confidence = 0.92
    elif (
        tva
        and ttc
        and any(
            abs((ttc - tva) * rate - tva) <= Decimal("0.02") for rate in RATES if rate
        )
    ):
        found["montant_tva"].confidence = found["montant_ttc"].confidence = 0.92
