# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What counts how much: habits, linear corrections and trees, and the calibration of their sum.

Stacked out of time (Wolpert 1992): models of an earlier day are judged on what came after it. With
little to judge by, the weights stay where the size of the company puts them.
"""

import numpy as np

from .linear import ridge_logistic
from .trees import logit, sigmoid

#: Settled invoices at which trees count half.
HALF_TREES = 1500
#: Rows' worth of evidence that holds each weight.
RIDGE = 30.0
#: Share of the past days that the weights are learned on, and how many at least.
LATEST, AT_LEAST = 5, 4


def start_weights(settled: int, has_linear: bool, has_trees: bool) -> np.ndarray:
    """Return the weights before any evidence: (constant, habits, linear, trees, 2 for new customers)."""
    trees = settled / (settled + HALF_TREES) if has_trees else 0.0
    linear = (1 - trees) if has_linear else 0.0
    return np.array([0.0, 1 - trees - linear, linear, trees, 0.0, 0.0])


def design(own, linear, trees, known) -> np.ndarray:
    """Return (n, 6) inputs of the sum.

    :param own: (n,) log-odds of the habits; :param linear: corrected; :param trees: of the trees
    :param known: (n,) weighted number of the customer's settled invoices
    """
    little = 20 / (20 + known)
    return np.column_stack(
        [np.ones(len(own)), own, linear, trees, own * little, trees * little]
    )


class Mix:
    """The weights."""

    def __init__(self, weights):
        self.weights = np.asarray(weights, float)

    def raw(self, own, linear, trees, known):
        """Return (n,) log-odds of P(late)."""
        return design(own, linear, trees, known) @ self.weights

    def probability(self, *parts):
        """Return (n,) P(late)."""
        return sigmoid(self.raw(*parts))


def later_days(snaps) -> int:
    """Return the first day of the latest part of the past, on which weights are learned."""
    days = sorted(snap.day for snap in snaps)
    return days[-min(len(days), max(AT_LEAST, len(days) // LATEST))]


def learn(parts, y, start, copies) -> Mix:
    """Learn the weights.

    :param parts: arguments of ``design``, from models of before
    :param y: (n,) what came
    :param start: (6,) weights without evidence
    :param copies: how many rows one invoice makes in the mean: they are not as many cases
    """
    x = design(*parts)
    ridge = np.full(x.shape[1], RIDGE)
    return Mix(ridge_logistic(x, y, start, ridge, weight=1 / copies))


def blend(own, trees, weight):
    """Return (n,) probabilities between the habits' and the trees' answer, in log-odds."""
    return sigmoid((1 - weight) * logit(own, 1e-4) + weight * trees)
