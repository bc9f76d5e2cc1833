# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Figures that people read: intervals of a backtest, the cash that it would have foretold. No Odoo."""

import numpy as np

from .learner import cash, metrics
from .learner.ledger import NEVER, to_dates

#: Draws of the bootstrap; customers are drawn, since their invoices go together.
DRAWS = 400
#: Weeks of a replayed forecast that are shown: an origin each four weeks, none twice.
SHOWN = 4


def intervals(past, names, until, grace=0, seed=7) -> dict:
    """Return the 95 % intervals of what each contender missed on the company's own past.

    :param past: of ``backtest.run``; :param names: contenders, the rule's among them
    :param until: the day (since 1970) up to which outcomes are known
    :return: ``{name: {"brier": [low, high], "mae": [low, high], "gained": [days, low, high]}}``;
        ``gained``: how many days its date was nearer than the rule's, negative when farther
    """
    rng = np.random.default_rng(seed)
    owners = _owners([one["customer"] for one in past])
    if not len(owners):
        return {}
    weights = rng.multinomial(len(owners), np.full(len(owners), 1 / len(owners)), DRAWS)
    missed = {name: _missed(past, name, until, grace, owners) for name in names}
    found = {}
    for name, (square, error) in missed.items():
        found[name] = {
            "brier": _interval(_means(square, weights)),
            "mae": _interval(_means(error, weights)),
        }
        if "rule" in missed and name != "rule":
            rule = missed["rule"][1]
            gained = _means(rule, weights) - _means(error, weights)
            if error[1].sum():
                middle = rule[0].sum() / rule[1].sum() - error[0].sum() / error[1].sum()
                found[name]["gained"] = [float(middle), *_interval(gained)]
    return found


def _owners(customers):
    return np.unique(np.concatenate(customers)) if customers else np.zeros(0, int)


def _missed(past, name, until, grace, owners):
    """Return by customer: sums and counts of squared errors of chances, and of errors in days."""
    square, error = np.zeros((2, len(owners))), np.zeros((2, len(owners)))
    for one in past:
        due, paid, said = one["due"], one["paid"], one["said"][name]
        who = np.searchsorted(owners, one["customer"])
        asked = due + grace > one["day"]
        known = asked & (due + grace <= until)
        late = (paid > due + grace).astype(float)
        _add(square, who[known], ((said["p_late"] - late) ** 2)[known])
        came = asked & (paid != NEVER)
        _add(error, who[came], np.abs(said["delay"] - (paid - due))[came])
    return square, error


def _add(sums, who, values):
    np.add.at(sums[0], who, values)
    np.add.at(sums[1], who, 1)


def _means(sums, weights):
    """Return the mean of each draw of customers; NaN where nothing was drawn."""
    total, count = weights @ sums[0], weights @ sums[1]
    return np.divide(total, count, out=np.full(len(total), np.nan), where=count > 0)


def _interval(values):
    known = values[np.isfinite(values)]
    if not len(known):
        return [None, None]
    return [float(value) for value in np.percentile(known, [2.5, 97.5])]


def replay(found, name, until) -> dict:
    """Return the weekly cash that would have been foretold, and what came.

    The band of each past day is made with what the other past days teach: it has not seen
    the weeks that it is held against.

    :param found: of ``backtest.run``; :param name: the contender that speaks
    :param until: the day (since 1970) up to which payments are known
    :return: :func:`compare`'s figures, and ``rows`` of the first four weeks of each day
    """
    past = [cash.past_of(one, name, until) for one in found["past"]]
    rows = []
    for index, (one, source) in enumerate(zip(past, found["past"], strict=True)):
        if not len(one["amounts"]):
            continue
        others = past[:index] + past[index + 1 :]
        said = cash.expect(
            one["weeks"], one["amounts"], one["customers"], cash.learn(others)
        )
        # As frozen forecasts do: the band reaches what is expected.
        low = np.minimum(said.low, said.expected)
        high = np.maximum(said.high, said.expected)
        for week in range(one["over"]):
            rows.append(
                {
                    "week": week + 1,
                    "date": str(to_dates(source["day"] + 7 * week + 1)),
                    "expected": round(float(said.expected[0, week]), 2),
                    "low": round(float(low[0, week]), 2),
                    "high": round(float(high[0, week]), 2),
                    "actual": round(
                        float(one["amounts"][one["week"] == week].sum()), 2
                    ),
                }
            )
    return {
        **compare(rows),
        "rows": [row for row in rows if row["week"] <= SHOWN],
    }


def compare(rows) -> dict:
    """Return how forecasts of cash did.

    :param rows: dicts of ``expected``, ``low``, ``high``, ``actual``, one a week
    :return: ``weeks``, ``wape`` (None when nothing came), ``coverage`` and its 95 % interval
    """
    return tell(
        len(rows),
        sum(row["low"] <= row["actual"] <= row["high"] for row in rows),
        len(rows),
        sum(abs(row["expected"] - row["actual"]) for row in rows),
        sum(row["actual"] for row in rows),
    )


def tell(weeks, held, banded, missed, came) -> dict:
    """Return how forecasts of cash did, from their sums.

    :param weeks: how many; :param banded: those with a band; :param held: those that lay in it
    :param missed: sum of the absolute errors; :param came: sum of what came
    :return: ``weeks``, ``wape`` (None when nothing came), ``coverage`` and its 95 % interval
        (None without any band)
    """
    low, high = metrics.wilson(held, banded)
    return {
        "weeks": weeks,
        "wape": float(missed / came) if came > 0 else None,
        "coverage": held / banded if banded else None,
        "coverage_low": low,
        "coverage_high": high,
    }
