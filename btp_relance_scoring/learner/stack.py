# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What counts how much: habits, linear corrections and trees.

By the size of the company alone. Weights learned on its latest past (Wolpert 1992) were tried: they
follow what that month happened to be, and were worse on large ledgers and no better on small ones.
"""

import numpy as np

from .trees import logit, sigmoid

#: Settled invoices at which trees count half.
HALF_TREES = 1500
#: Share of the habits as they are in what the trees leave: the mean of several errs less than each.
HABITS = 0.35


def weights_for(cases: float, has_linear: bool, has_trees: bool) -> np.ndarray:
    """Return the weights of (habits, linear, trees); they sum to one.

    :param cases: settled invoices, fewer where nearly all go the same way
    """
    trees = cases / (cases + HALF_TREES) if has_trees else 0.0
    linear = (1 - HABITS) * (1 - trees) if has_linear else 0.0
    return np.array([1 - trees - linear, linear, trees])


class Mix:
    """The weights."""

    def __init__(self, weights):
        self.weights = np.asarray(weights, float)

    def raw(self, own, linear, trees):
        """Return (n,) log-odds of P(late).

        :param own: (n,) log-odds of the habits; :param linear: corrected; :param trees: of the trees
        """
        return np.column_stack([own, linear, trees]) @ self.weights

    def probability(self, *parts):
        """Return (n,) P(late)."""
        return sigmoid(self.raw(*parts))


def blend(own, trees, weight):
    """Return (n,) probabilities between the habits' and the trees' answer, in log-odds."""
    return sigmoid((1 - weight) * logit(own, 1e-4) + weight * trees)
