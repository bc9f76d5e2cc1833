# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How good forecasts were: ranking, calibration, dates, cash; and whether the world has moved."""

import numpy as np


def auc(y, p) -> float | None:
    """Return the chance that a late row has a higher score than a punctual one (ties count half).

    :param y: (n,) 0 or 1; :param p: (n,) scores
    :return: None when all went the same way
    """
    y = np.asarray(y, bool)
    late, punctual = int(y.sum()), int((~y).sum())
    if not late or not punctual:
        return None
    _values, inverse, counts = np.unique(p, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[y].sum() - late * (late + 1) / 2) / (late * punctual))


def brier(y, p) -> float:
    """Return the mean squared error of the probabilities (Brier 1950)."""
    return float(np.mean((np.asarray(p, float) - np.asarray(y, float)) ** 2))


def reliability(y, p, bins=10) -> list[dict]:
    """Return the reliability curve: rows sorted by probability, cut into equal parts.

    :return: ``{"n", "said", "seen", "low", "high"}`` for each part, ``low``/``high`` the 95 %
        interval (Wilson 1927) of the share seen
    """
    y, p = np.asarray(y, float), np.asarray(p, float)
    order = np.argsort(p, kind="stable")
    found = []
    for part in np.array_split(order, bins):
        if len(part):
            low, high = wilson(y[part].sum(), len(part))
            found.append(
                {
                    "n": len(part),
                    "said": float(p[part].mean()),
                    "seen": float(y[part].mean()),
                    "low": low,
                    "high": high,
                }
            )
    return found


def ece(y, p, bins=10) -> float:
    """Return the expected calibration error: mean distance of the reliability curve from truth."""
    curve = reliability(y, p, bins)
    total = sum(part["n"] for part in curve)
    return sum(part["n"] * abs(part["said"] - part["seen"]) for part in curve) / total


def ece_by_chance(p, bins=10) -> float:
    """Return the calibration error that true probabilities would show on so few rows.

    In a part of n rows the share seen strays by sqrt(p (1 - p) / n), its absolute value by 0.8 of it.
    """
    p = np.sort(np.asarray(p, float))
    parts = [part for part in np.array_split(p, bins) if len(part)]
    strays = [
        np.sqrt(2 / np.pi * (part * (1 - part)).mean() * len(part)) for part in parts
    ]
    return float(sum(strays) / len(p))


def wilson(hits, count, z=1.96) -> tuple[float, float]:
    """Return Wilson's interval of a share."""
    if not count:
        return 0.0, 1.0
    share = hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * np.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    half /= 1 + z * z / count
    return float(max(0, middle - half)), float(min(1, middle + half))


def wape(forecast, actual) -> float | None:
    """Return the sum of absolute errors over the sum of actuals; None when nothing came."""
    actual = np.asarray(actual, float)
    total = np.abs(actual).sum()
    return float(np.abs(forecast - actual).sum() / total) if total > 0 else None


def stability(before, now, bins=10) -> float:
    """Return the population stability index of a feature or score.

    Under 0.10: no change; 0.10 to 0.25: watch; above: the population has moved (Siddiqi 2006).

    :param before: values on which the model was trained; :param now: values of today
    """
    before = np.asarray(before, float)
    now = np.asarray(now, float)
    known_before, known_now = before[np.isfinite(before)], now[np.isfinite(now)]
    if not len(known_before) or not len(known_now):
        return 0.0 if len(known_before) == len(known_now) else float("inf")
    cuts = np.unique(np.quantile(known_before, np.linspace(0, 1, bins + 1)[1:-1]))

    def shares(known, whole):
        count = np.bincount(np.searchsorted(cuts, known), minlength=len(cuts) + 1)
        # Unknown values are a part of their own; nobody is a half case, so that logs exist.
        count = np.r_[count, len(whole) - len(known)] + 0.5
        return count / count.sum()

    old, new = shares(known_before, before), shares(known_now, now)
    return float(((new - old) * np.log(new / old)).sum())


def rolling_brier(days, y, p, window=56, step=7, least=30) -> list[dict]:
    """Return the Brier score over a moving window, against the share of late as a forecast.

    :param days: (n,) on which each outcome became known (datetime64 or days)
    :param window: days; :param step: days between two figures; :param least: rows for a figure
    :return: ``{"day", "n", "brier", "base"}`` in order of days; ``base`` is the Brier score of
        always saying the window's own share
    """
    days = np.asarray(days).astype("datetime64[D]").astype(np.int64)
    y, p = np.asarray(y, float), np.asarray(p, float)
    found = []
    if not len(days):
        return found
    for end in range(int(days.min()) + window, int(days.max()) + step, step):
        chosen = (days > end - window) & (days <= end)
        if chosen.sum() >= least:
            share = y[chosen].mean()
            found.append(
                {
                    "day": str(np.datetime64(end, "D")),
                    "n": int(chosen.sum()),
                    "brier": brier(y[chosen], p[chosen]),
                    "base": float(share * (1 - share)),
                }
            )
    return found
