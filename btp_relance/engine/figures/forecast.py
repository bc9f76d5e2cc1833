# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How good forecasts were, frozen at their horizon and held against what came in."""

from collections.abc import Sequence

from .answer import ZERO, Figure, exact, no, ratio


def wape(pairs: Sequence[tuple]) -> Figure:
    """Return Σ |A − F| / Σ A: the part of what came that forecasts missed.

    Source: weighted absolute percentage error. Months without cash weigh nothing, and make
    no division by zero, which a MAPE cannot say.

    :param pairs: ``(actual, forecast)`` of each week, frozen at the same horizon
    """
    return _over_actual(pairs, lambda actual, said: abs(actual - said))


def bias(pairs: Sequence[tuple]) -> Figure:
    """Return Σ (F − A) / Σ A: positive where forecasts promised more than what came."""
    return _over_actual(pairs, lambda actual, said: said - actual)


def mape(pairs: Sequence[tuple]) -> Figure:
    """Return the mean of |A − F| / A, weeks without cash left out."""
    pairs = [(exact(a), exact(f)) for a, f in pairs]
    shares = [abs(a - f) / a for a, f in pairs if a]
    if not shares:
        return no("nothing_came" if pairs else "no_forecast")
    return Figure(sum(shares, ZERO) / len(shares))


def missed_share(missed, actual, said) -> Figure:
    """Return the WAPE from its sums: Σ |A − F| / Σ A."""
    return _share(missed, actual, said)


def bias_share(actual, said) -> Figure:
    """Return the bias from its sums: Σ (F − A) / Σ A."""
    return _share(exact(said) - exact(actual), actual, said)


def _share(part, actual, said) -> Figure:
    if not exact(actual) and not exact(said):
        return no("no_forecast")
    return ratio(part, actual, "nothing_came")


def _over_actual(pairs, missed) -> Figure:
    pairs = [(exact(actual), exact(said)) for actual, said in pairs]
    if not pairs:
        return no("no_forecast")
    total = sum((actual for actual, _said in pairs), ZERO)
    if total <= 0:
        return no("nothing_came")
    return Figure(sum((missed(*pair) for pair in pairs), ZERO) / total)
