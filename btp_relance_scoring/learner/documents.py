# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The delay that goes with a missing document: an association on the company's own past, no cause.

Cases are compared within cells (same segment and band of amount), so that large public works, which
lack documents more often and are slower anyway, do not speak for all. The difference is shrunk
toward the mean of all kinds (empirical Bayes, Morris 1983) and has a bootstrap interval.
"""

from dataclasses import dataclass

import numpy as np

#: Cases that each side needs.
LEAST = 30
BOOTSTRAP = 500
ENOUGH, TOO_FEW = "enough", "too_few"


@dataclass
class Association:
    """For one kind of document and stage.

    ``days``: delay with the document missing minus with it there, in days (shrunk);
    ``low``, ``high``: 95 % interval of the plain difference; ``missing``, ``present``: cases;
    ``plain``: the difference before shrinking; ``state``: enough, or too_few (then no figures)
    """

    kind: str
    stage: str
    missing: int
    present: int
    state: str
    days: float | None = None
    plain: float | None = None
    low: float | None = None
    high: float | None = None


def associate(kind, stage, missing, delay, cell, customer=None, seed=7):
    """Return the associations, the costliest first; those with too few cases last.

    :param kind: (n,) kind of document of each case; :param stage: (n,) billing stage
    :param missing: (n,) bool: missing on the day of issue (or on the due date)
    :param delay: (n,) days past due, as known; cut at -45 and 120
    :param cell: (n,) segment and band of amount, any values
    :param customer: (n,) whose cases are drawn together in the bootstrap; None: each alone
    """
    kind, stage = np.asarray(kind, str), np.asarray(stage, str)
    missing = np.asarray(missing, bool)
    delay = np.clip(np.asarray(delay, float), -45, 120)
    cell = np.unique(np.asarray(cell, str), return_inverse=True)[1]
    customer = np.arange(len(delay)) if customer is None else np.asarray(customer)
    rng = np.random.default_rng(seed)
    found = []
    known = np.isfinite(delay)
    pairs = sorted(set(zip(kind[known].tolist(), stage[known].tolist(), strict=True)))
    for one in pairs:
        chosen = known & (kind == one[0]) & (stage == one[1])
        found.append(
            _one(
                one, missing[chosen], delay[chosen], cell[chosen], customer[chosen], rng
            )
        )
    _shrink(found)
    return sorted(
        found, key=lambda one: (one.state != ENOUGH, -(one.days or 0), one.kind)
    )


def _one(pair, missing, delay, cell, customer, rng):
    """Measure one kind and stage."""
    counts = int(missing.sum()), int((~missing).sum())
    if min(counts) < LEAST:
        return Association(*pair, *counts, TOO_FEW)
    plain = difference(missing, delay, cell)
    if plain is None:
        return Association(*pair, *counts, TOO_FEW)
    owners, who = np.unique(customer, return_inverse=True)
    places = np.split(np.argsort(who, kind="stable"), np.cumsum(np.bincount(who))[:-1])
    draws = []
    for _draw in range(BOOTSTRAP):
        picked = rng.integers(0, len(owners), len(owners))
        rows = np.concatenate([places[index] for index in picked])
        value = difference(missing[rows], delay[rows], cell[rows])
        if value is not None:
            draws.append(value)
    low, high = np.percentile(draws, [2.5, 97.5])
    return Association(
        *pair, *counts, ENOUGH, plain, float(plain), float(low), float(high)
    )


def difference(missing, delay, cell) -> float | None:
    """Return the mean difference within cells, each weighed by its smaller side; None if no cell has both."""
    size = int(cell.max()) + 1 if len(cell) else 0
    with_it = np.bincount(cell, ~missing, size)
    without = np.bincount(cell, missing, size)
    weight = with_it * without / np.maximum(with_it + without, 1)
    if weight.sum() <= 0:
        return None
    mean_with = np.bincount(cell, delay * ~missing, size) / np.maximum(with_it, 1)
    mean_without = np.bincount(cell, delay * missing, size) / np.maximum(without, 1)
    return float((weight * (mean_without - mean_with)).sum() / weight.sum())


def _shrink(found):
    """Draw each difference toward the mean of all by how uncertain it is."""
    enough = [one for one in found if one.state == ENOUGH]
    if len(enough) < 2:
        return
    plain = np.array([one.plain for one in enough])
    error = np.array([max((one.high - one.low) / 3.92, 1e-6) ** 2 for one in enough])
    mean = (plain / error).sum() / (1 / error).sum()
    between = max(float(np.var(plain, ddof=1) - error.mean()), 0.0)
    for one, own, variance in zip(enough, plain, error, strict=True):
        keep = between / (between + variance)
        one.days = float(keep * own + (1 - keep) * mean)
