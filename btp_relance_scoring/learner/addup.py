# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Weeks to add up: what is nearest to the cash that comes, for a book of few payments.

The sum of probabilities is right in the mean, and for many independent payments it is near what
comes. A book of three invoices is another matter: each comes whole in one week, and half of each in
two weeks is wrong in both. What minimises the distance (the absolute error) is then the likeliest
week, for large books the probability, and in between a power of it. In a small book the power is read
off the book itself: payments are drawn from the very probabilities, and the power that comes nearest
to the draws is taken. In a large one few customers decide, and their number tells it.
"""

import numpy as np

#: Powers that are compared.
POWERS = (1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 10.0)
#: Share of the variance that the invoices of one customer have in common.
TOGETHER = 0.3
DRAWS, SEED = 100, 7
#: Open rows up to which a book is drawn.
FEW = 100
#: How strongly a larger book is drawn to the likeliest weeks, and at how many equal customers half.
STRENGTH, HALF = 1.5, 4.0


def customers_worth(amounts, customers) -> float:
    """Return by how many equal customers the amounts would be spread as evenly (inverse Herfindahl)."""
    total = np.bincount(np.unique(customers, return_inverse=True)[1], amounts)
    square = (total**2).sum()
    return float(total.sum() ** 2 / square) if square > 0 else 0.0


def draw(weeks, amounts, customers) -> np.ndarray:
    """Return (k, DRAWS) cash by week as it may come, a customer's invoices moving together.

    :param weeks: (n, k) P(paid in the week); :param amounts: (n,); :param customers: (n,)
    """
    from scipy.special import ndtri

    rng = np.random.default_rng(SEED)
    owners, who = np.unique(customers, return_inverse=True)
    own = rng.standard_normal((len(owners), DRAWS), np.float32) * TOGETHER**0.5
    bounds = ndtri(np.clip(np.cumsum(weeks, axis=1), 0, 1)).astype(np.float32)
    place = own[who]
    place += rng.standard_normal(place.shape, np.float32) * (1 - TOGETHER) ** 0.5
    by_then = np.array([amounts @ (place <= bound[:, None]) for bound in bounds.T])
    return np.diff(by_then, axis=0, prepend=0.0)


def raised(weeks, power) -> np.ndarray:
    """Return (n, k) shares in proportion to a power of them; the sum of each row stays as it is."""
    drawn = weeks**power
    total = drawn.sum(axis=1, keepdims=True)
    whole = weeks.sum(axis=1, keepdims=True)
    return np.where(total > 0, drawn * whole / np.maximum(total, 1e-300), weeks)


def likelier(weeks, amounts, customers) -> np.ndarray:
    """Return (n, k) shares to add up amounts with; the sum of each row stays as it is.

    :param weeks: (n, k) P(paid in the week)
    :param amounts: (n,) of all that is open; unreadable or negative ones count as nothing
    :param customers: (n,) whose they are: their invoices come together
    """
    amounts = np.maximum(np.nan_to_num(np.asarray(amounts, float)), 0.0)
    if len(amounts) > FEW:
        worth = customers_worth(amounts, customers)
        return raised(weeks, 1 + STRENGTH * HALF / (HALF + worth))
    came = draw(weeks, amounts, customers)

    def distance(power):
        return np.abs(came - (amounts @ raised(weeks, power))[:, None]).sum()

    return raised(weeks, min(POWERS, key=distance))
