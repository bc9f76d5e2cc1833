# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which channel to choose: rules first, a careful bandit after, and an honest "not enough yet".

Thompson sampling (Thompson 1933; Chapelle & Li 2011) with Beta priors. A tenth of the customers,
chosen by a hash that never changes, always keeps the rule's channel: only against them can be said
whether choosing helps at all. Never used for a formal notice.
"""

import hashlib
from dataclasses import dataclass

import numpy as np

from .metrics import wilson

#: Reminders in a year below which nothing is learned: the rule chooses.
LEAST_REMINDERS = 1000
#: Share of customers that keep the rule's channel, and of choices that explore at random.
HOLD_OUT, EXPLORE = 0.10, 0.05
#: An arm is a likely candidate only if it is allowed; two arms at most are compared.
MAX_ARMS = 2
NOT_ENOUGH, NO_DIFFERENCE, BETTER = "not_enough", "no_difference", "better"
PRIOR = (1.0, 3.0)


@dataclass
class Choice:
    """``channel``, and why: ``rule``, ``hold_out``, ``explore`` or ``learned``; chance it had."""

    channel: str
    why: str
    probability: float


def in_hold_out(customer: str, salt: str = "", share=HOLD_OUT) -> bool:
    """Whether a customer always keeps the rule's channel; the same answer every time."""
    number = hashlib.sha256(f"{salt}:{customer}".encode()).digest()[:8]
    return int.from_bytes(number, "big") / 2**64 < share


def choose(customer, allowed, rule, results, rng, salt="") -> Choice:
    """Return the channel of one reminder.

    :param allowed: channels that preferences and law leave, in the rule's order
    :param rule: the channel that the rule gives, one of ``allowed``
    :param results: ``{channel: (reminders, paid within 7 days)}`` of the last year
    :param rng: numpy Generator
    """
    if rule not in allowed:
        raise ValueError("rule_not_allowed")
    if in_hold_out(customer, salt):
        return Choice(rule, "hold_out", 1.0)
    arms = [rule, *[channel for channel in allowed if channel != rule]][:MAX_ARMS]
    total = sum(count for count, _paid in results.values())
    if total < LEAST_REMINDERS or len(arms) < 2:
        return Choice(rule, "rule", 1.0)
    win = _wins(arms, results, rng)
    chances = EXPLORE / len(arms) + (1 - EXPLORE) * win
    if rng.random() < EXPLORE:
        picked = int(rng.integers(len(arms)))
        return Choice(arms[picked], "explore", float(chances[picked]))
    picked = int(np.argmax(_draw(arms, results, rng, 1)[:, 0]))
    return Choice(arms[picked], "learned", float(chances[picked]))


def _draw(arms, results, rng, count):
    """(arms, count) draws of each arm's rate."""
    out = np.empty((len(arms), count))
    for index, channel in enumerate(arms):
        reminders, paid = results.get(channel, (0, 0))
        out[index] = rng.beta(PRIOR[0] + paid, PRIOR[1] + reminders - paid, count)
    return out


def _wins(arms, results, rng, count=1000):
    """(arms,) chance that each is best."""
    best = np.argmax(_draw(arms, results, rng, count), axis=0)
    return np.bincount(best, minlength=len(arms)) / count


def verdict(first, second) -> dict:
    """Return whether two arms (or chosen against hold-out) differ, with the interval.

    Newcombe's interval (1998, method 10) of the difference of two shares.

    :param first: (reminders, paid within 7 days); :param second: the same
    :return: ``{"state", "difference", "low", "high", "needed"}``: points as shares, first minus
        second; ``needed``: reminders an arm to show 5 points at 80 % power from the rates seen
    """
    (n1, k1), (n2, k2) = first, second
    needed = reminders_needed((k1 + k2) / (n1 + n2) if n1 + n2 else 0.3)
    if min(n1, n2) < 30 or n1 + n2 < LEAST_REMINDERS:
        return {
            "state": NOT_ENOUGH,
            "difference": None,
            "low": None,
            "high": None,
            "needed": needed,
        }
    p1, p2 = k1 / n1, k2 / n2
    (l1, u1), (l2, u2) = wilson(k1, n1), wilson(k2, n2)
    low = p1 - p2 - np.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = p1 - p2 + np.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    state = NO_DIFFERENCE if low <= 0 <= high else BETTER
    return {
        "state": state,
        "difference": p1 - p2,
        "low": float(low),
        "high": float(high),
        "needed": needed,
    }


def reminders_needed(rate, points=0.05) -> int:
    """Return reminders an arm to show so many points at 95 % with 80 % power (two-sided z-test)."""
    other = min(max(rate + points, 0.0), 1.0)
    variance = rate * (1 - rate) + other * (1 - other)
    return int(np.ceil((1.96 + 0.8416) ** 2 * variance / points**2))
