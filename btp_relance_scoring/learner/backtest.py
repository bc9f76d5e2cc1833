# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Champion and challenger on the company's own past: rolling origins, one table, one decision.

At each past origin every contender is given the ledger as it stood on that day, and judged on what
came until today. Nothing is tuned here: what is measured is what would have been shown.
"""

import numpy as np

from . import metrics
from .api import by_rule
from .book import Book
from .daily import WEEKS
from .errors import LearnerError
from .ledger import NEVER, Ledger, to_dates
from .model import RATE, Model
from .snapshot import Snapshot
from .training import fit

RULE, RATE_NAME, DELAYS, LEARNER = "rule", "rate", "delays", "learner"
CONTENDERS = (RULE, RATE_NAME, DELAYS, LEARNER)
#: Settled invoices that an origin must have before it, and rows to judge after it.
LEAST_BEFORE, LEAST_AFTER = 20, 5
#: Invoices from which a company is a large one.
LARGE = 30_000


def origins(ledger: Ledger, count=6, step=28, grace=0) -> list[int]:
    """Return past days (since 1970) to forecast from, oldest first.

    The last one lies two steps back, so that most of what was open then is settled now.
    """
    due = np.sort(ledger.due[ledger.usable] + grace)
    days = [ledger.asof - step * (index + 2) for index in range(count)]
    return [day for day in reversed(days) if np.searchsorted(due, day) >= LEAST_BEFORE]


def pace(ledger: Ledger) -> dict:
    """Return how often and how thoroughly to forecast from the past, for ``run``.

    Where each past day has thousands of rows, four of them tell as much as six, and half the
    trees tell who is better: what is said is then no better than what is used.
    """
    large = int(ledger.usable.sum()) >= LARGE
    return {"count": 4, "effort": 0.5} if large else {"count": 6, "effort": 1.0}


def forecasts_at(
    ledger: Ledger, day: int, grace=0, names=CONTENDERS, effort=1.0
) -> dict:
    """Return what each contender said on a past day, and what came.

    :param effort: see ``training.fit``
    :return: ``{"rows", "amount", "customer", "paid", "said": {contender: {"p_late", "delay",
        "weeks"}}}`` for the rows open on that day; ``paid`` NEVER while open today
    """
    then = ledger.at(day)
    book = Book(then, day, grace)
    rows = book.open
    snap = Snapshot(then, day, grace, rows)
    makers = {
        RULE: lambda: _rule(then, rows, grace),
        RATE_NAME: lambda: _rate(snap, grace),
        DELAYS: lambda: _read(Model(grace, RATE, len(book.settled)), snap),
        LEARNER: lambda: _read(fit(then, grace, effort), snap),
    }
    return {
        "day": day,
        "rows": rows,
        "due": ledger.due[rows],
        "amount": ledger.amount[rows],
        "customer": ledger.customer[rows],
        "paid": ledger.paid[rows],
        "said": {name: makers[name]() for name in names},
    }


def _read(model, snap):
    said = model.read(snap)
    return {"p_late": said["p_late"], "delay": said["median"], "weeks": said["weeks"]}


def _rule(ledger, rows, grace):
    said = by_rule(ledger, rows, grace)
    return {"p_late": said["p_late"], "delay": said["median"], "weeks": said["weeks"]}


def _rate(snap, grace):
    """The customer's shrunk late rate, and its mean delay for the date."""
    book = snap.book
    rate, _count = book.customer_rate()
    mine = book.ledger.customer[snap.rows]
    delay = np.round(snap.values["delay_240"])
    delay = np.maximum(delay, 1 - snap.to_due)
    week = ((snap.to_due + delay - 1) // 7).astype(int)
    weeks = np.zeros((len(snap), WEEKS))
    inside = week < WEEKS
    weeks[np.flatnonzero(inside), week[inside]] = 1.0
    p = np.where(snap.to_due + grace < 1, 1.0, rate[mine])
    return {"p_late": p, "delay": delay, "weeks": weeks}


def judge(past: dict, name: str, today: int, grace=0) -> dict | None:
    """Return one contender's figures at one origin; None when too little came since.

    :param past: of ``forecasts_at``
    :param today: the day up to which outcomes are known
    :return: ``origin``, ``n``, ``y``, ``p`` (lists of the rows not late on the origin whose
        lateness is known now), ``errors`` (days, paid rows), ``weeks`` ((k,) forecast and actual
        cash of the weeks that are over)
    """
    day, due, paid = past["day"], past["due"], past["paid"]
    said = past["said"][name]
    asked = due + grace > day
    known = asked & (due + grace <= today)
    if known.sum() < LEAST_AFTER:
        return None
    come = asked & (paid != NEVER)
    over = max(0, min(WEEKS, (today - day) // 7))
    week = (paid - day - 1) // 7
    actual = [past["amount"][week == index].sum() for index in range(over)]
    return {
        "origin": str(to_dates(day)),
        "n": int(known.sum()),
        "y": (paid > due + grace)[known].astype(int),
        "p": said["p_late"][known],
        "errors": (said["delay"] - (paid - due))[come],
        "unpaid": int((asked & (paid == NEVER)).sum()),
        "forecast": (said["weeks"] * past["amount"][:, None]).sum(axis=0)[:over],
        "actual": np.array(actual),
    }


def figures(judged: list) -> dict:
    """Return the pooled figures of one contender over its origins."""
    y = np.concatenate([one["y"] for one in judged])
    p = np.concatenate([one["p"] for one in judged])
    errors = np.concatenate([one["errors"] for one in judged])
    forecast = np.concatenate([one["forecast"] for one in judged])
    actual = np.concatenate([one["actual"] for one in judged])
    return {
        "n": len(y),
        "late": float(y.mean()),
        "auc": metrics.auc(y, p),
        "brier": metrics.brier(y, p),
        "ece": metrics.ece(y, p),
        "ece_chance": metrics.ece_by_chance(p),
        "mae": _mae(errors),
        "wape": metrics.wape(forecast, actual),
        "unpaid": sum(one["unpaid"] for one in judged),
        "by_origin": [
            {
                "origin": one["origin"],
                "n": one["n"],
                "brier": metrics.brier(one["y"], one["p"]),
                "auc": metrics.auc(one["y"], one["p"]),
                "mae": _mae(one["errors"]),
            }
            for one in judged
        ],
    }


def _mae(errors):
    return float(np.abs(errors).mean()) if len(errors) else None


def run(
    ledger: Ledger, grace=0, count=6, step=28, names=CONTENDERS, effort=1.0
) -> dict:
    """Return the table: each contender's figures on the company's own past.

    :param count: origins at most; :param step: days between them
    :param effort: see ``training.fit``
    :return: ``{"first", "last" (origins), "until", "since" (first invoice), "grace", "table":
        {contender: figures}, "reliability": {contender: curve}, "promote": decision,
        "past": list of ``forecasts_at``}``
    :raise LearnerError: ``no_history`` when no origin can be judged
    """
    past = [
        forecasts_at(ledger, day, grace, names, effort)
        for day in origins(ledger, count, step, grace)
    ]
    judged = {name: [] for name in names}
    for one in past:
        for name in names:
            found = judge(one, name, ledger.asof, grace)
            if found:
                judged[name].append(found)
    judged = {name: found for name, found in judged.items() if found}
    if not judged:
        raise LearnerError("no_history", "origins")
    table = {name: figures(found) for name, found in judged.items()}
    days = [one["origin"] for one in next(iter(judged.values()))]
    return {
        "first": days[0],
        "last": days[-1],
        "until": str(to_dates(ledger.asof)),
        "since": str(to_dates(ledger.issue[ledger.usable].min())),
        "grace": grace,
        "table": table,
        "reliability": {
            name: metrics.reliability(
                np.concatenate([one["y"] for one in found]),
                np.concatenate([one["p"] for one in found]),
            )
            for name, found in judged.items()
        },
        "promote": decide(table),
        "past": past,
    }


def decide(table: dict, least_origins=3, largest_ece=0.05) -> dict:
    """Return who is in charge: the learner only where it is better out of time.

    It is promoted when its pooled Brier score beats the shrunk rate's over at least three origins,
    in more than half of them, its order (AUC) and its dates (MAE) are not behind the rate's both
    pooled and in more than half of the origins, and its calibration error is 0.05 at most, beyond
    what chance alone shows on so few rows. Else the delay distribution on the same terms, else the
    rate or the rule.

    :param table: {contender: figures} of ``run``
    :return: ``{"champion", "promoted" (the learner is), "why": {contender: code}}``; codes:
        ``better``, ``few_origins``, ``not_better``, ``not_calibrated``, ``missing``
    """
    why = {}
    for name in (LEARNER, DELAYS):
        why[name] = _compare(
            table.get(name), table.get(RATE_NAME), least_origins, largest_ece
        )
    better = [name for name in (LEARNER, DELAYS) if why[name] == "better"]
    best = min(better, key=lambda name: table[name]["brier"], default=None)
    if best is None:
        rate, rule = table.get(RATE_NAME), table.get(RULE)
        worse = rate is None or (rule is not None and rule["brier"] <= rate["brier"])
        best = RULE if worse else RATE_NAME
    return {"champion": best, "promoted": best == LEARNER, "why": why}


def _compare(ours, rate, least_origins, largest_ece):
    """The code of one comparison with the rate."""
    if not ours or not rate:
        return "missing"
    pairs = list(zip(ours["by_origin"], rate["by_origin"], strict=True))
    if len(pairs) < least_origins:
        return "few_origins"
    won = sum(mine["brier"] < theirs["brier"] for mine, theirs in pairs)
    if ours["brier"] >= rate["brier"] or 2 * won <= len(pairs):
        return "not_better"
    if _is_behind(ours, rate, "mae") or _is_behind(ours, rate, "auc", -1):
        return "not_better"
    beyond = ours["ece"] - ours.get("ece_chance", 0.0)
    return "better" if beyond <= largest_ece else "not_calibrated"


def _is_behind(ours, rate, name, sign=1) -> bool:
    """Whether a figure is worse, pooled and in more than half of the origins.

    :param sign: -1 for a figure of which more is better
    """

    def worse(mine, theirs):
        mine, theirs = mine.get(name), theirs.get(name)
        return None not in (mine, theirs) and sign * mine > sign * theirs

    pairs = list(zip(ours["by_origin"], rate["by_origin"], strict=True))
    return worse(ours, rate) and 2 * sum(worse(*one) for one in pairs) > len(pairs)
