# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Boosted trees: grown by scikit-learn, kept as plain numbers, read by numpy.

Reading follows QuickScorer (Lucchese et al., SIGIR 2015): a leaf is a bit, every split that sends a
row to the right takes away the leaves on its left, and the first leaf that remains is the row's.
Each split is then one comparison of a whole column. Sums are made in scikit-learn's order, so that
raw scores are equal to the last bit.
"""

import numpy as np

from .errors import LearnerError

#: A leaf must fit a bit of uint32.
MAX_LEAVES = 32
CHUNK = 8192
FULL = np.uint32(0xFFFFFFFF)


def sigmoid(score):
    """Return probabilities of log-odds, without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(score, float)))


def logit(p, edge=1e-4):
    """Return log-odds of probabilities kept off 0 and 1."""
    p = np.clip(p, edge, 1 - edge)
    return np.log(p / (1 - p))


def grow(x, y, weights=None, **options):
    """Fit a classifier of two classes.

    One thread: with more, OpenMP's threads wait for each other on a machine that does other work,
    and training takes five times as long.

    :param x: (n, features), NaN where unknown
    :param y: (n,) 0 or 1, both present
    :param options: of scikit-learn's HistGradientBoostingClassifier
    :return: Trees
    """
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    settings = {
        "max_iter": 150,
        "learning_rate": 0.06,
        "max_leaf_nodes": 31,
        "min_samples_leaf": 40,
        "l2_regularization": 20.0,
        "max_features": 0.3,
        "early_stopping": False,
        "random_state": 7,
        **options,
    }
    # scikit-learn cannot cut a column of which nothing is known.
    x = np.where(np.isnan(x).all(axis=0), 0.0, x)
    with threadpool_limits(1):
        fitted = HistGradientBoostingClassifier(**settings).fit(x, y, weights)
    return Trees.from_sklearn(fitted)


class Trees:
    """A sum of trees: ``base`` + one leaf's value of each tree is the log-odds."""

    def __init__(self, base: float, trees: list, width: int):
        """Keep the numbers.

        :param base: log-odds before the first tree
        :param trees: for each tree (splits, leaves): splits (feature, threshold, missing goes left,
            first leaf, end leaf) in which the leaves [first, end) are the split's left side;
            leaves, the values from left to right
        :param width: number of features
        """
        self.base, self.width = float(base), int(width)
        self.trees = [self._prepare(*tree) for tree in trees]

    def _prepare(self, splits, leaves):
        """Check one tree and make the masks of its splits."""
        leaves = np.asarray(leaves, float)
        if not 1 <= len(leaves) <= MAX_LEAVES or len(splits) != len(leaves) - 1:
            raise LearnerError("damaged_model", "tree")
        ready = []
        for feature, threshold, left, first, end in splits:
            if not (0 <= feature < self.width and 0 <= first < end < len(leaves)):
                raise LearnerError("damaged_model", "split")
            gone = np.uint32(((1 << (end - first)) - 1) << first)
            ready.append(
                (int(feature), float(threshold), bool(left), first, end, gone, ~gone)
            )
        return ready, leaves

    @classmethod
    def from_sklearn(cls, fitted):
        """Return the numbers of a fitted HistGradientBoostingClassifier of two classes."""
        base = float(np.ravel(fitted._baseline_prediction)[0])
        trees = [_read_nodes(stage[0].nodes) for stage in fitted._predictors]
        return cls(base, trees, fitted.n_features_in_)

    @classmethod
    def mean(cls, several: list):
        """Return the mean of several sums of trees as one (bagging, Breiman 1996)."""
        share = 1 / len(several)
        trees = [
            ([split[:5] for split in splits], leaves * share)
            for one in several
            for splits, leaves in one.trees
        ]
        return cls(sum(one.base for one in several) * share, trees, several[0].width)

    def raw(self, x: np.ndarray) -> np.ndarray:
        """Return the (n,) log-odds of (n, features) rows."""
        out = np.empty(len(x))
        for start in range(0, len(x), CHUNK):
            columns = np.ascontiguousarray(x[start : start + CHUNK].T, dtype=float)
            total = np.full(columns.shape[1], self.base)
            for splits, leaves in self.trees:
                alive = np.full(columns.shape[1], FULL)
                for split in splits:
                    _apply(alive, columns, split)
                total += leaves[_first_bit(alive)]
            out[start : start + CHUNK] = total
        return out

    def occluded(self, x, groups, reference) -> tuple[np.ndarray, np.ndarray]:
        """Return the log-odds, and those without each group of features.

        A group that is taken away has the same values in all rows, so that in each tree its
        splits are one constant mask: all groups cost little more than one reading.

        :param x: (n, features)
        :param groups: list of lists of feature numbers, each feature in one group
        :param reference: (features,) the values that stand for "not known"
        :return: (n,) and (n, groups)
        """
        owner = np.full(self.width, -1)
        for number, group in enumerate(groups):
            owner[group] = number
        raw = np.empty(len(x))
        without = np.empty((len(x), len(groups)))
        plan = [self._plan(tree, owner, reference) for tree in self.trees]
        for start in range(0, len(x), CHUNK):
            part = slice(start, start + CHUNK)
            columns = np.ascontiguousarray(x[part].T, dtype=float)
            raw[part], without[part] = self._read_occluded(columns, plan, len(groups))
        return raw, without

    def _plan(self, tree, owner, reference):
        """Return (splits by group, constant mask of each group when it is away, leaves)."""
        splits, leaves = tree
        by_group, away = {}, {}
        for split in splits:
            feature, threshold, left, _first, _end, _gone, kept = split
            group = int(owner[feature])
            by_group.setdefault(group, []).append(split)
            value = reference[feature]
            right = value > threshold if left else not value <= threshold
            away[group] = away.get(group, FULL) & (kept if right else FULL)
        return by_group, away, leaves

    def _read_occluded(self, columns, plan, count):
        """Sum trees for one chunk; a tree without a group counts the same without it."""
        total = np.full(columns.shape[1], self.base)
        change = np.zeros((count, columns.shape[1]))
        for by_group, away, leaves in plan:
            masks = {}
            for group, splits in by_group.items():
                mask = np.full(columns.shape[1], FULL)
                for split in splits:
                    _apply(mask, columns, split)
                masks[group] = mask
            alive = np.full(columns.shape[1], FULL)
            for mask in masks.values():
                alive &= mask
            value = leaves[_first_bit(alive)]
            total += value
            names = list(masks)
            for group in names:
                if group < 0:
                    continue
                rest = np.full(columns.shape[1], away[group])
                for other in names:
                    if other != group:
                        rest &= masks[other]
                change[group] += leaves[_first_bit(rest)] - value
        return total, (total + change).T

    def to_json(self) -> dict:
        """Return what ``from_json`` reads; floats keep every bit in JSON (shortest repr)."""
        return {
            "base": self.base,
            "width": self.width,
            "trees": [
                {
                    "f": [s[0] for s in splits],
                    "t": [_finite(s[1]) for s in splits],
                    "m": [int(s[2]) for s in splits],
                    "a": [s[3] for s in splits],
                    "b": [s[4] for s in splits],
                    "v": leaves.tolist(),
                }
                for splits, leaves in self.trees
            ],
        }

    @classmethod
    def from_json(cls, data: dict):
        """Read trees back; raise LearnerError when they are not well formed."""
        try:
            trees = [
                (
                    list(
                        zip(
                            *(tree[key] for key in ("f", "t", "m", "a", "b")),
                            strict=True,
                        )
                    ),
                    tree["v"],
                )
                for tree in data["trees"]
            ]
            return cls(data["base"], trees, data["width"])
        except (KeyError, TypeError, ValueError) as error:
            if isinstance(error, LearnerError):
                raise
            raise LearnerError("damaged_model", "trees") from error


def _apply(alive, columns, split):
    """Take away the leaves on the left of a split from the rows that go right."""
    feature, threshold, left, _first, _end, gone, kept = split
    # Comparisons with NaN are false: each kind of split asks for the side NaN does not take.
    if left:
        alive &= ~(gone * (columns[feature] > threshold))
    else:
        alive &= kept | (gone * (columns[feature] <= threshold))


def _first_bit(alive):
    """Number of the lowest bit that is set."""
    lowest = alive & (~alive + np.uint32(1))
    return np.bitwise_count(lowest - np.uint32(1))


def _finite(threshold):
    """A threshold may be infinite (missing against the rest); JSON has no such number."""
    return float(np.clip(threshold, -1.7e308, 1.7e308))


def _read_nodes(nodes):
    """Return (splits, leaves) of scikit-learn's nodes, leaves numbered from left to right."""
    splits, leaves = [], []

    def walk(index):
        node = nodes[index]
        if node["is_leaf"]:
            leaves.append(float(node["value"]))
            return
        first, spot = len(leaves), len(splits)
        splits.append(None)
        walk(int(node["left"]))
        splits[spot] = (
            int(node["feature_idx"]),
            _finite(node["num_threshold"]),
            bool(node["missing_go_to_left"]),
            first,
            len(leaves),
        )
        walk(int(node["right"]))

    walk(0)
    return splits, leaves
