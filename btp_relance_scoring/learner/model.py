# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The learner: habits, corrected, and trees; late or not first, then when."""

import numpy as np

from . import chain, daily, features, repeats, rival, stack

#: What can be learned from: the levels, with the settled invoices that each needs.
NONE, RATE, HABITS, LEARNER = "none", "rate", "habits", "learner"
MIN_RATE, MIN_HABITS, MIN_LEARNER = 30, 100, 200
#: Days of history that the learner needs.
MIN_DAYS = 180
#: Settled invoices at which the trees of the steps count half.
HALF_STEPS = 500
CHUNK = 4096


def level_of(ledger, grace) -> tuple[str, int, int]:
    """Return (level, settled invoices, days of history) of a ledger on its day."""
    settled = ledger.usable & (ledger.due + grace <= ledger.asof)
    count = int(settled.sum())
    days = int(ledger.asof - ledger.issue[settled].min()) if count else 0
    if count < MIN_RATE:
        return NONE, count, days
    if count < MIN_HABITS:
        return RATE, count, days
    if count < MIN_LEARNER or days < MIN_DAYS:
        return HABITS, count, days
    return LEARNER, count, days


class Model:
    """A fitted learner; it holds numbers only, the ledger is given anew to each call."""

    def __init__(self, grace, level, settled, names=(), groups=None):
        """Start without anything learned: the habits alone.

        :param level: NONE, RATE, HABITS or LEARNER
        :param settled: number of invoices it is learned from
        :param names: features of the trees, in order; :param groups: {feature: group of facts}
        """
        self.grace, self.level, self.settled = int(grace), level, int(settled)
        self.names, self.groups = list(names), dict(groups or {})
        self.linear = self.root = self.late = self.early = None
        self.mix = stack.Mix(stack.weights_for(settled, False, False))
        #: What is usual in the company: {feature: median}, None where nothing is known.
        self.reference = {}
        self.info = {}
        self.edges = rival.edges_for(self.grace)
        self.spot = int(np.searchsorted(self.edges, self.grace))

    @property
    def shared(self):
        """Features of the row that the steps use."""
        return [name for name in chain.SHARED if name in self.names]

    def parts_of(self, snap, part, values=None, trees=True):
        """Return the arguments of ``Mix.raw`` for a part of a snapshot's rows.

        :param values: features to use in place of the snapshot's
        :param trees: False leaves the trees unread, which is most of the time: the habits stand
            in their place
        """
        values = snap.values if values is None else values
        own = values["habit_late"][part]
        linear = own if self.linear is None else self.linear.raw(values, own, part)
        raw = own
        if trees and self.root is not None:
            raw = self.root.raw(features.matrix(values, self.names, part))
        return own, linear, raw

    def shares(self, snap, part) -> np.ndarray:
        """Return (n, bins) shares of a part of a snapshot's rows; they sum to one."""
        if self.level in (NONE, RATE):
            return snap.steps.shares[part]
        first = 1 - snap.to_due[part]
        p = self.mix.probability(*self.parts_of(snap, part))
        late = self._side(snap, part, self.late, True, first)
        early = self._side(snap, part, self.early, False, first)
        return chain.assemble(p, late, early, self.edges, self.spot, first)

    def _side(self, snap, part, trees, is_late, first):
        """(n, bins) answers of one side; the customer's own where nothing was learned."""
        out = snap.steps.answers[is_late][part].copy()
        if trees is None:
            return out
        spots, steps = self._asked(first, is_late)
        places = np.arange(len(snap))[part][spots]
        described = snap.steps.describe(places, steps, is_late)
        shared = features.matrix(snap.values, self.shared, part)
        answer = trees.raw(np.hstack([described, shared[spots]]))
        weight = self.settled / (self.settled + HALF_STEPS)
        out[spots, steps] = stack.blend(out[spots, steps], answer, weight)
        return out

    def _asked(self, first, is_late):
        """Positions and step numbers of the steps that rows can still come to."""
        steps = np.arange(len(self.edges))
        if is_late:
            return np.nonzero((steps > self.spot) & (first[:, None] <= self.edges))
        before = np.r_[-(10**6), self.edges[:-1]]
        return np.nonzero(
            (steps <= self.spot) & (steps > 0) & (first[:, None] <= before)
        )

    def days(self, snap, part) -> np.ndarray:
        """Return (n, HORIZON + 1) P(paid on each day), the last the tail.

        The days are those after the snapshot's, or for far due dates after ``daily.start_of``.
        """
        who, to_due = snap.book.ledger.customer[snap.rows[part]], snap.to_due[part]
        start = daily.start_of(to_due)
        pmf = daily.spread(
            self.shares(snap, part),
            self.edges,
            to_due - start,
            snap.own.paydays.weights_from(start, who, daily.HORIZON),
        )
        # What is due in months is told by the habit well enough.
        share = np.where(start > 0, 0.0, repeats.share_for(self.settled))
        if not share.any():
            return pmf
        seen = snap.repeats.days(who, to_due, daily.HORIZON).astype(float)
        seen[:, :-1] *= snap.own.paydays.fixed_days(who, daily.HORIZON)
        return repeats.mixed(pmf, seen, to_due + self.grace, share[:, None])

    # pylint: disable-next=method-required-super
    def read(self, snap, parts=("p_late", "median", "weeks")) -> dict:
        """Return what ``daily.read`` says of all rows of a snapshot.

        :param parts: which of it
        """
        found = []
        for start in range(0, max(len(snap), 1), CHUNK):
            part = slice(start, start + CHUNK)
            start = daily.start_of(snap.to_due[part])
            to_due = snap.to_due[part] - start
            said = daily.read(self.days(snap, part), to_due, self.grace, start)
            found.append({name: said[name] for name in parts})
        return {name: np.concatenate([one[name] for one in found]) for name in parts}
