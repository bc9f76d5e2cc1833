# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Expected cash of the next 13 weeks, with a 10-90 % band that keeps invoices together.

The middle is the sum of the distributions. For the band, invoices must not be drawn one by one: a
customer pays its invoices together, and all customers slow down together in August. Each invoice's
place in its own distribution (its probability integral transform) follows a Gaussian copula with a
factor common to all and one for each customer (Li 2000; Vasicek 2002). How strong they are is
measured on the company's past forecasts, and what is still missing is made up by a conformal factor
(Vovk et al. 2005): the bands of the past, stretched until they held 80 % of what came.
"""

from dataclasses import dataclass

import numpy as np

from . import backtest
from .daily import WEEKS

#: Shares of variance before anything is measured, and how many pairs' worth that counts.
START_COMMON, START_CUSTOMER, START_PAIRS = 0.03, 0.5, 200.0
#: Weeks of the past below which the conformal factor stays at one.
LEAST_WEEKS = 20
DRAWS = 400
LOW, HIGH = 10, 90


@dataclass
class Dependence:
    """How payments move together: shares of variance, the band's factor, weeks it was learned on."""

    common: float = START_COMMON
    customer: float = START_CUSTOMER
    scale: float = 1.0
    weeks: int = 0


@dataclass
class Cash:
    """Expected cash by group: ``names`` (g,), ``expected``, ``low``, ``high`` (g, 13) amounts."""

    names: np.ndarray
    expected: np.ndarray
    low: np.ndarray
    high: np.ndarray


def simulate(weeks, amounts, customers, groups, dependence, draws=DRAWS, seed=7):
    """Return (groups, 13, draws) simulated cash.

    :param weeks: (n, 13) P(paid in the week), of a forecast
    :param amounts: (n,); :param customers: (n,) numbers; :param groups: (n,) numbers from 0
    """
    from scipy.special import ndtri

    rng = np.random.default_rng(seed)
    owners, who = np.unique(customers, return_inverse=True)
    shared = rng.standard_normal(draws, dtype=np.float32) * np.sqrt(dependence.common)
    own = rng.standard_normal((len(owners), draws), dtype=np.float32)
    own *= np.sqrt(dependence.customer)
    rest = np.sqrt(max(1 - dependence.common - dependence.customer, 0.0))
    bounds = ndtri(np.clip(np.cumsum(weeks, axis=1), 0, 1)).astype(np.float32)
    count = int(groups.max()) + 1 if len(groups) else 0
    total = np.zeros((count, weeks.shape[1], draws))
    order = np.argsort(groups, kind="stable")
    for part in np.array_split(order, max(1, len(order) // 2000)):
        if not len(part):
            continue
        place = rng.standard_normal((len(part), draws), dtype=np.float32) * rest
        place += own[who[part]] + shared
        first, starts = np.unique(groups[part], return_index=True)
        before = np.zeros((len(first), draws))
        for week in range(weeks.shape[1]):
            paid = (place <= bounds[part, week][:, None]) * amounts[part][:, None]
            by_then = np.add.reduceat(paid, starts, axis=0)
            total[first, week] += by_then - before
            before = by_then
    return total


def expect(weeks, amounts, customers, dependence=None, by=None, draws=DRAWS) -> Cash:
    """Return expected cash and its band, of all together or by group.

    :param weeks: (n, 13); :param amounts: (n,) open amounts; :param customers: (n,)
    :param dependence: of ``learn``, by default the start values
    :param by: (n,) customer, chantier… for bands of their own; None: one band for the whole
    """
    dependence = dependence or Dependence()
    amounts = np.asarray(amounts, float)
    names, groups = np.unique(
        np.zeros(len(amounts)) if by is None else np.asarray(by), return_inverse=True
    )
    expected = np.zeros((len(names), WEEKS))
    np.add.at(expected, groups, weeks * amounts[:, None])
    drawn = simulate(weeks, amounts, customers, groups, dependence, draws)
    if not len(names):
        return Cash(names, expected, expected.copy(), expected.copy())
    low, high = band(expected, drawn, dependence.scale)
    return Cash(names, expected, low, high)


def band(expected, drawn, scale):
    """Return the ends of the band: quantiles of the draws, stretched from the middle."""
    low, high = np.percentile(drawn, [LOW, HIGH], axis=2)
    middle = np.clip(expected, low, high)
    return np.maximum(middle - scale * (middle - low), 0), middle + scale * (
        high - middle
    )


def learn(past: list[dict], seed=11) -> Dependence:
    """Return how payments moved together, from past forecasts whose weeks are over.

    :param past: one dict an origin: ``weeks`` (n, 13) as forecast then, ``amounts``, ``customers``
        (n,), ``week`` (n,) week in which each was paid (13 or more: later or not yet), ``over``:
        how many of the weeks are over
    """
    rng = np.random.default_rng(seed)
    sums = np.array([START_CUSTOMER + START_COMMON, START_COMMON]) * START_PAIRS
    pairs = np.full(2, START_PAIRS)
    for one in past:
        found, count = _pairs(one, rng)
        sums, pairs = sums + found, pairs + count
    # Customers' pairs share both factors, others the common one alone.
    both, common = np.clip(sums / pairs, 0.0, 0.95)
    dependence = Dependence(float(min(common, both)), float(max(both - common, 0)))
    return _stretch(dependence, past)


def learn_from_habits(ledger, grace=0, count=12, step=28) -> Dependence:
    """Return how payments moved together, measured with the habits' forecasts of past days.

    For a company whose own frozen forecasts are still too few: habits need no training, so that a
    year of the past is forecast in seconds.

    :param ledger: Ledger, with payments up to its day
    :param count: past days at most, ``step`` days apart
    """
    past = []
    for day in backtest.origins(ledger, count, step, grace):
        found = backtest.forecasts_at(ledger, day, grace, (backtest.DELAYS,))
        past.append(past_of(found, backtest.DELAYS, ledger.asof))
    return learn(past)


def _pairs(one, rng):
    """Sums of products of normal scores, and numbers of pairs: same customer, other customers."""
    from scipy.special import ndtri

    weeks, over = one["weeks"], one["over"]
    running = np.concatenate(
        [np.zeros((len(weeks), 1)), np.cumsum(weeks, axis=1)[:, :over]], axis=1
    )
    week = np.minimum(one["week"], over)
    spot = np.arange(len(weeks))
    low = running[spot, week]
    high = np.where(week < over, running[spot, np.minimum(week + 1, over)], 1.0)
    # A week is a range of places: one is drawn in it, the same for invoices paid together.
    _pairs_of, together = np.unique(
        np.stack([np.asarray(one["customers"]), week]), axis=1, return_inverse=True
    )
    draw = rng.random(together.max() + 1 if len(together) else 0)[np.ravel(together)]
    score = ndtri(np.clip(low + draw * (high - low), 1e-3, 1 - 1e-3))
    _owners, who = np.unique(one["customers"], return_inverse=True)
    count = np.bincount(who).astype(float)
    total = np.bincount(who, score)
    square = np.bincount(who, score**2)
    same = (total**2 - square).sum() / 2
    same_pairs = (count * (count - 1)).sum() / 2
    # Customers count by their mean score: else the largest one decides alone.
    mean = total / np.maximum(count, 1)
    other = (mean.sum() ** 2 - (mean**2).sum()) / 2
    other_pairs = len(mean) * (len(mean) - 1) / 2
    # No origin counts for more than a few hundred pairs: its pairs are not independent.
    weigh = np.minimum(1.0, 500 / np.maximum([same_pairs, other_pairs], 1))
    return np.array([same, other]) * weigh, np.array([same_pairs, other_pairs]) * weigh


def _stretch(dependence, past):
    """Set the conformal factor so that past bands would have held 80 % of the weeks."""
    needed = []
    for index, one in enumerate(past):
        zero = np.zeros(len(one["amounts"]), np.int64)
        if not len(zero) or not one["over"]:
            continue
        drawn = simulate(
            one["weeks"],
            one["amounts"],
            one["customers"],
            zero,
            dependence,
            200,
            seed=index,
        )
        expected = (one["weeks"] * one["amounts"][:, None]).sum(axis=0)[None]
        low, high = (part[0] for part in band(expected, drawn, 1.0))
        middle = np.clip(expected[0], low, high)
        for week in range(one["over"]):
            came = one["amounts"][one["week"] == week].sum()
            miss = came - middle[week]
            half = high[week] - middle[week] if miss > 0 else middle[week] - low[week]
            if expected[0, week] > 0.002 * one["amounts"].sum():
                needed.append(abs(miss) / max(half, 1e-3 * expected[0, week]))
    dependence.weeks = len(needed)
    if len(needed) >= LEAST_WEEKS:
        share = min(1.0, 0.8 * (1 + 1 / len(needed)))
        dependence.scale = float(np.clip(np.quantile(needed, share), 0.5, 4.0))
    return dependence


def coverage(cash: Cash, actual, group=0, over=WEEKS) -> float:
    """Return the share of weeks whose cash lay in the band.

    :param actual: (13,) what came; :param over: how many weeks are over
    """
    inside = (actual[:over] >= cash.low[group, :over]) & (
        actual[:over] <= cash.high[group, :over]
    )
    return float(inside.mean())


def past_of(found: dict, name: str, today: int) -> dict:
    """Return an entry of ``learn`` from ``backtest.forecasts_at``.

    :param found: one of ``backtest.run(...)["past"]``; :param name: the contender
    """
    week = np.clip((found["paid"] - found["day"] - 1) // 7, 0, WEEKS)
    return {
        "weeks": found["said"][name]["weeks"],
        "amounts": found["amount"],
        "customers": found["customer"],
        "week": week.astype(int),
        "over": int(np.clip((today - found["day"]) // 7, 0, WEEKS)),
    }
