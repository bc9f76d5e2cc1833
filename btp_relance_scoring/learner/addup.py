# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Weeks to add up: what is nearest to the cash that comes, for a book of few large customers.

The sum of probabilities is right in the mean, and for many independent customers it is near what
comes. A book of three invoices is another matter: each comes whole in one week, and half of each in
two weeks is wrong in both. What minimises the distance (the absolute error) is then the likeliest
week, for large books the probability, and in between a power of it.
"""

import numpy as np

#: How strongly a small book is drawn to the likeliest weeks, and at how many equal customers half.
STRENGTH, HALF = 1.5, 4.0


def customers_worth(amounts, customers) -> float:
    """Return by how many equal customers the amounts would be spread as evenly (inverse Herfindahl)."""
    total = np.bincount(np.unique(customers, return_inverse=True)[1], amounts)
    square = (total**2).sum()
    return float(total.sum() ** 2 / square) if square > 0 else 0.0


def likelier(weeks, amounts, customers) -> np.ndarray:
    """Return (n, k) shares to add up amounts with; the sum of each row stays as it is.

    :param weeks: (n, k) P(paid in the week)
    :param amounts: (n,) of all that is open; unreadable or negative ones count as nothing
    :param customers: (n,) whose they are: their invoices come together
    """
    amounts = np.maximum(np.nan_to_num(np.asarray(amounts, float)), 0.0)
    worth = customers_worth(amounts, customers) if len(amounts) else 0.0
    power = 1 + STRENGTH * HALF / (HALF + worth)
    drawn = weeks**power
    total = drawn.sum(axis=1, keepdims=True)
    whole = weeks.sum(axis=1, keepdims=True)
    return np.where(total > 0, drawn * whole / np.maximum(total, 1e-300), weeks)
