# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From what clues are worth to probabilities, and to a choice."""

import math

#: What "none of these" is worth: a customer's name alone does not beat it.
NONE = 3.0
#: From that probability on a candidate is taken without being asked for.
SURE = 0.9
#: What was asked for one thing, and says another, is never sure.
CONTRADICTED = 0.5


def weigh(ranked):
    """Give each candidate its probability, the best first.

    :param ranked: list of ``Ranked``
    """
    for one, score in zip(ranked, share([one.weight for one in ranked]), strict=True):
        one.score = one.chantier_score = score
    return sorted(ranked, key=lambda one: -one.score)


def share(weights, none=NONE):
    """Return the probability of each of some exclusive ones.

    :param weights: what each is worth
    :param none: what "none of these" is worth
    """
    top = max([none, *weights])
    shares = [math.exp(weight - top) for weight in weights]
    total = sum(shares) + math.exp(none - top)
    return [one / total for one in shares]


def cap(ranked, limit=CONTRADICTED):
    """Let no candidate be surer than a limit: something contradicts what was asked for."""
    for one in ranked:
        one.score = min(one.score, limit)
        one.chantier_score = min(one.chantier_score, limit)
    return ranked


def choose(ranked, sure=SURE):
    """Return the candidate that is sure, or None.

    :param ranked: as `weigh` returns them
    """
    return ranked[0] if ranked and ranked[0].score >= sure else None
