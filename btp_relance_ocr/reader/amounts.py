# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""HT, TVA and TTC: the three amounts that add up and bear the right labels.

For situations and certificates it is the period's work before retention, not what was cumulated.
"""

import re
from dataclasses import replace
from decimal import Decimal

from . import columns, sums
from .mendedamounts import mend
from .model import Found
from .printedamounts import HT, PERIOD, collect
from .values import plain

NET = re.compile(r"net a (?:payer|regler)|total (?:general|du)|montant du")
CENT = sums.CENT


def find(doc, kind, credit=False):
    """{field: Found} of the three amounts.

    :param credit: whether it is a credit note, which may print all of them below nothing
    """
    amounts = collect(doc)
    mend(amounts)
    if kind in ("situation", "certificat_paiement"):
        columns.settle(amounts)
    found = _of_amounts([a for a in amounts if a.value >= 0], kind, doc)
    mended = {str(a.value.quantize(CENT)) for a in amounts if a.mended}
    for one in found.values():
        if one.value in mended:
            one.confidence = min(one.confidence, 0.8)
    if found or not credit:
        return found
    turned = [replace(a, value=-a.value) for a in amounts if a.value <= 0]
    found = _of_amounts(turned, kind, doc)
    for one in found.values():
        one.value = str(-Decimal(one.value))
    return found


def _of_amounts(amounts, kind, doc):
    """As `find`, of amounts that are not below nothing."""
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
    score += ttc.score("ttc", by_period) + sums.rate_fit(ht.value, tva.value)
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
    if not isinstance(tva, list) and sums.rate_fit(ht.value, tva.value) < 0:
        sure = min(sure, 0.85)
    rival = _rival(amounts, triple, by_period)
    if rival:
        sure = min(sure, 0.85)
    if ht.column in ("cumulated", "before", "either"):
        # Nothing tells which column is this period's.
        sure = min(sure, 0.5)
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
    if "montant_tva" in found and not by_period:
        _net(found, amounts)
    sums.check(found, reverse)
    return found


def _net(found, amounts):
    """``Net à payer`` as the total with tax, where the tax is a rate of what is left."""
    tva = Decimal(found["montant_tva"].value)
    for amount in amounts:
        if (
            "montant_ttc" not in found
            and tva > 0
            and NET.search(amount.label)
            and sums.rate_fit(amount.value - tva, tva) > 0.4
        ):
            found["montant_ttc"] = _found(amount.value, 0.7, amount)
