# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A few corrections to the customer's habits, for companies too small for trees.

A logistic regression whose start is the habits' own probability (an offset) and whose coefficients
are held at zero by a ridge: without evidence it says what the habits say, never something worse.
"""

import numpy as np

from .trees import logit, sigmoid

#: Facts that may correct the habits.
FACTS = """
    late_20 late_60 late_240 late_if_open last_late_3 last_late_10 late_weekday late_weekday_all
    late_term late_size overdue_share recent_late recent_open before_paid after_paid near_paid
    after_paid_due amount_relative to_due age late_company missing_documents missing_days late_stage
    late_site late_regime reminders retention
""".split()  # noqa: SIM905
#: Log-odds are what a late rate adds up in.
RATES = ("late_", "last_late", "recent_late")


def ridge_logistic(x, y, start, ridge, rounds=30, offset=0.0, weight=1.0):
    """Return coefficients of a logistic regression held near a start (Newton's method).

    :param x: (n, k) inputs, the constant among them; :param y: (n,) 0 or 1
    :param start: (k,) where they are held
    :param ridge: (k,) how firmly, in rows' worth of squared input
    :param offset: (n,) log-odds that are added as they are
    :param weight: (n,) or one weight of the rows
    """
    beta = np.array(start, float)
    for _round in range(rounds):
        p = sigmoid(offset + x @ beta)
        gradient = x.T @ (weight * (p - y)) + ridge * (beta - start)
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        move = np.clip(np.linalg.solve(curve, gradient), -1, 1)
        beta = beta - move
        if np.abs(move).max() < 1e-8:
            break
    return beta


class Linear:
    """Corrections to the habits' log-odds."""

    def __init__(self, names, centre, scale, beta):
        self.names = list(names)
        self.centre, self.scale, self.beta = (
            np.asarray(part, float) for part in (centre, scale, beta)
        )

    @classmethod
    def fit(cls, values, offset, y, ridge, weight):
        """Learn the corrections.

        :param values: {name: (n,)} features; :param offset: (n,) the habits' log-odds
        :param ridge: how firmly each is held at none
        :param weight: of a row; less than one when an invoice is there several times
        """
        names = [name for name in FACTS if name in values]
        raw = np.column_stack([_scale_of(name, values[name]) for name in names])
        seen = np.isfinite(raw)
        count = np.maximum(seen.sum(axis=0), 1)
        centre = np.where(seen, raw, 0).sum(axis=0) / count
        spread = np.sqrt((np.where(seen, raw - centre, 0) ** 2).sum(axis=0) / count)
        scale = np.where(spread > 1e-6, spread, np.inf)
        x = cls(names, centre, scale, [])._inputs(raw)
        beta = ridge_logistic(
            x, y, np.zeros(x.shape[1]), np.full(x.shape[1], ridge), 30, offset, weight
        )
        return cls(names, centre, np.where(np.isfinite(scale), scale, 0.0), beta)

    def _inputs(self, raw):
        """(n, k + 1) standardised inputs, nothing where unknown, and the constant."""
        with np.errstate(divide="ignore", invalid="ignore"):
            x = np.where(self.scale > 0, (raw - self.centre) / self.scale, 0.0)
        x = np.clip(np.nan_to_num(x), -3, 3)
        return np.column_stack([np.ones(len(x)), x])

    def raw(self, values, offset, part) -> np.ndarray:
        """Return (n,) log-odds of P(late).

        :param part: slice of the features' rows; :param offset: the habits' log-odds of them
        """
        empty = np.full(len(offset), np.nan)
        raw = np.column_stack(
            [
                _scale_of(name, values[name][part]) if name in values else empty
                for name in self.names
            ]
        )
        return offset + self._inputs(raw) @ self.beta

    def to_json(self):
        """Return what ``from_json`` reads."""
        return {
            "names": self.names,
            "centre": self.centre.tolist(),
            "scale": self.scale.tolist(),
            "beta": self.beta.tolist(),
        }

    @classmethod
    def from_json(cls, data):
        """Read the numbers back."""
        return cls(data["names"], data["centre"], data["scale"], data["beta"])


def _scale_of(name, values):
    return logit(values, 0.02) if name.startswith(RATES) else values
