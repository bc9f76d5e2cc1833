# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fitting: past days become snapshots, their rows' outcomes known by now become lessons."""

import numpy as np

from . import chain, features, stack
from .alone import usual
from .book import Book
from .linear import Linear
from .model import HABITS, LEARNER, Model, level_of
from .snapshot import Snapshot, past_days
from .trees import Trees, grow

#: Rows and steps that are trained on at most: more brings nothing that can be measured.
MAX_ROWS, MAX_STEPS = 120_000, 200_000
#: Cases of each kind (late or not, paid in a step or not) below which trees are not grown.
MIN_CASES, MIN_STEP_CASES = 50, 150
#: Ridge of the linear corrections, in invoices' worth, where half are late.
RIDGE = 40.0
SEED = 7
#: Sums of trees that are averaged for late or not.
BAGS = 3


def fit(ledger, grace=0, effort=1.0) -> Model:
    """Train on everything that the ledger knew by its day.

    :param ledger: Ledger
    :param grace: days after the due date that do not count as late
    :param effort: share of the usual number of trees to grow: fewer are quicker, and worse
    """
    level, settled, days = level_of(ledger, grace)
    model = Model(grace, level, settled)
    if level in (HABITS, LEARNER):
        snaps = [
            Snapshot(ledger, d, grace) for d in past_days(ledger, ledger.asof, grace)
        ]
        snaps = [snap for snap in snaps if len(snap)]
        if snaps:
            _learn(model, snaps, ledger.asof, effort)
    if not model.reference:
        model.reference = usual(Book(ledger, ledger.asof, grace))
    model.info |= {"history_days": days, "one_class": went_the_same_way(ledger, grace)}
    return model


def went_the_same_way(ledger, grace) -> bool:
    """Return whether all that is settled went the same way."""
    settled = ledger.usable & (ledger.due + grace <= ledger.asof)
    late = ledger.paid[settled] > ledger.due[settled] + grace
    return bool(len(late)) and bool(late.all() or not late.any())


def _learn(model, snaps, day, effort):
    """Fill a model with all that the snapshots teach by a day."""
    model.names = list(snaps[0].values)
    model.groups = dict(snaps[0].groups)
    lesson = Lesson(snaps, model, day)
    if not len(lesson.y):
        return
    model.reference = {name: _median(lesson.column(name)) for name in model.names}
    if not lesson.has_both():
        return
    model.linear = lesson.linear()
    if model.level == LEARNER:
        model.root = lesson.trees(effort)
        for is_late in (True, False):
            trees = _grow_side(snaps, model, is_late, day, effort)
            setattr(model, "late" if is_late else "early", trees)
    cases = model.settled * lesson.evenness
    model.mix = stack.Mix(stack.weights_for(cases, True, model.root is not None))


def _median(column):
    """The middle of what is known; None when nothing is."""
    known = column[np.isfinite(column)]
    return float(np.median(known)) if len(known) else None


class Lesson:
    """The rows of snapshots that were not yet late, with their outcomes known by a day."""

    def __init__(self, snaps, model, until):
        self.model = model
        found = [(snap, *snap.known_late(model.grace, until)) for snap in snaps]
        self.snaps = [(snap, spots) for snap, spots, _y in found if len(spots)]
        ys = [y for _snap, spots, y in found if len(spots)]
        self.y = np.concatenate(ys) if ys else np.zeros(0, int)
        rows = [snap.rows[spots] for snap, spots in self.snaps]
        self.copies = (
            len(self.y) / len(np.unique(np.concatenate(rows))) if rows else 1.0
        )

    @property
    def evenness(self):
        """What a row teaches: 1 where half are late, a part of it where few or nearly all are."""
        late = self.y.mean()
        return max(4 * late * (1 - late), 0.05)

    def has_both(self, cases=10):
        """Whether there are enough of the late and of the punctual."""
        return min(self.y.sum(), len(self.y) - self.y.sum()) >= cases

    def column(self, name):
        """One feature of all rows."""
        return np.concatenate([snap.values[name][spots] for snap, spots in self.snaps])

    def linear(self):
        """Fit the linear corrections."""
        values = {name: self.column(name) for name in self.model.names}
        ridge = RIDGE / self.evenness
        return Linear.fit(values, values["habit_late"], self.y, ridge, 1 / self.copies)

    def trees(self, effort=1.0):
        """Fit the trees, the mean of several that differ in the features each split may use.

        :return: Trees, or None when one of the outcomes is too rare
        """
        if not self.has_both(MIN_CASES):
            return None
        x = np.concatenate(
            [
                features.matrix(snap.values, self.model.names, spots)
                for snap, spots in self.snaps
            ]
        )
        y = self.y
        if len(x) > MAX_ROWS:
            rng = np.random.default_rng(SEED)
            chosen = np.sort(rng.choice(len(x), MAX_ROWS, replace=False))
            x, y = x[chosen], y[chosen]
        size = size_for(len(x) / self.copies)
        size["max_iter"] = _count_trees(size["max_iter"], effort)
        return Trees.mean(
            [grow(x, y, random_state=SEED + bag, **size) for bag in range(BAGS)]
        )


def size_for(cases) -> dict:
    """Return how large the trees may be for a number of invoices."""
    if cases < 1500:
        return {"max_iter": 50, "max_leaf_nodes": 6, "min_samples_leaf": 30}
    if cases < 6000:
        return {"max_iter": 80, "max_leaf_nodes": 12, "min_samples_leaf": 40}
    return {"max_iter": 160, "max_leaf_nodes": 31, "min_samples_leaf": 40}


def _count_trees(usual, effort) -> int:
    return max(5, round(usual * effort))


def _grow_side(snaps, model, is_late, until, effort):
    """Fit the pooled steps of one side; None where there is too little to learn."""
    asked = [
        chain.questions(snap.book, snap.rows, model.edges, model.spot, is_late, until)
        for snap in snaps
    ]
    total = sum(len(one[0]) for one in asked)
    keep = min(1.0, MAX_STEPS / max(total, 1))
    rng = np.random.default_rng(SEED)
    xs, ys = [], []
    for snap, (spots, steps, answers) in zip(snaps, asked, strict=True):
        chosen = rng.random(len(spots)) < keep
        spots, steps = spots[chosen], steps[chosen]
        described = snap.steps.describe(spots, steps, is_late)
        shared = features.matrix(snap.values, model.shared, spots)
        xs.append(np.hstack([described, shared]))
        ys.append(answers[chosen])
    x, y = np.concatenate(xs), np.concatenate(ys).astype(int)
    if min(y.sum(), len(y) - y.sum()) < MIN_STEP_CASES:
        return None
    large = len(y) > 20_000
    return grow(
        x,
        y,
        max_iter=_count_trees(120 if large else 60, effort),
        learning_rate=0.08,
        max_leaf_nodes=24 if large else 8,
        min_samples_leaf=60,
    )
