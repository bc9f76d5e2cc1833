# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Why a row has its probability: what it would be without each group of facts.

Occlusion: a group's features are put to what is usual in the company (the median of the rows that
the model was trained on), and the probability is read again. What has no group of facts behind it,
or moves the score against what the fact says, is not named.
"""

import numpy as np

from . import features
from .trees import sigmoid

#: The fact behind each group, and the way in which more of it speaks for a late payment
#: (0: it may go either way).
FACTS = {
    "habit": (("late_240", "delay_240", "n_240"), 1),
    "recent": (("last_delay_3", "late_20", "since_payment"), 1),
    "payment_day": (("late_weekday", "due_weekday", "runs_0"), 1),
    "load": (("overdue_longest", "overdue", "overdue_share"), 1),
    "neighbours": (("near_paid", "before_paid", "same_due"), -1),
    "calendar": (("due_day", "due_days_left"), 0),
    "customer": (("invoices", "sales_share", "known_days"), 0),
    "amount": (("amount_relative", "late_size"), 0),
    "term": (("term", "late_term"), 0),
    "age": (("to_due", "age"), 0),
    "documents": (("missing_days", "missing_documents"), 1),
    "reminders": (("reminders",), 0),
    "site": (("late_site",), 1),
    "stage": (("late_stage",), 1),
    "regime": (("late_regime",), 1),
    "segment": (("late_segment",), 1),
    "facts": (("retention", "visa_days", "subcontract", "price_revision"), 0),
}
#: Effects on the probability smaller than this are not worth a word.
SMALLEST = 0.005
TOP = 3
CHUNK = 8192


def effects(model, snap) -> tuple[list, np.ndarray]:
    """Return the names of the groups, and the effect of each on P(late).

    :param snap: Snapshot of the rows
    :return: names, (n, groups) probability as it is minus probability without the group
    """
    names = sorted(set(model.groups.values())) if model.names else ["habit"]
    out = np.zeros((len(snap), len(names)))
    for start in range(0, len(snap), CHUNK):
        part = slice(start, start + CHUNK)
        out[part] = _effects_of(model, snap, part, names)
    # What is overdue is late for certain: nothing moves that.
    out[snap.to_due + model.grace < 1] = 0
    return names, out


def _effects_of(model, snap, part, names):
    """Effects for one part of the rows."""
    own, linear, trees = model.parts_of(snap, part, trees=False)
    if model.root is not None:
        x = features.matrix(snap.values, model.names, part)
        groups = [
            [i for i, name in enumerate(model.names) if model.groups[name] == group]
            for group in names
        ]
        reference = np.array([_usual(model, snap, name) for name in model.names])
        trees, without = model.root.occluded(x, groups, reference)
    p = sigmoid(model.mix.raw(own, linear, trees))
    out = np.empty((len(own), len(names)))
    for index, group in enumerate(names):
        values = _without(model, snap, part, group)
        own_w, linear_w, _trees = model.parts_of(snap, slice(None), values, trees=False)
        tree_w = without[:, index] if model.root is not None else own_w
        out[:, index] = p - sigmoid(model.mix.raw(own_w, linear_w, tree_w))
    return out


def _without(model, snap, part, group):
    """Features of a part of the rows, a group's put to what is usual."""
    needed = {"habit_late"}
    if model.linear is not None:
        needed |= set(model.linear.names)
    values = {name: snap.values[name][part] for name in needed if name in snap.values}
    for name in values:
        if model.groups.get(name, "habit") == group:
            values[name] = np.full(len(values[name]), _usual(model, snap, name))
    return values


def _usual(model, snap, name, unknown=np.nan):
    """What is usual in the company; while nothing was learned, among the rows that are open."""
    if model.reference:
        value = model.reference.get(name)
        return unknown if value is None else value
    known = snap.values[name][np.isfinite(snap.values[name])]
    return float(np.median(known)) if len(known) else unknown


def explain(model, snap) -> list[list[dict]]:
    """Return for each row its strongest reasons, at most three, strongest first.

    :return: lists of ``{"group": str, "effect": float, "facts": {name: float}, "usual": {…}}``;
        ``effect`` is in points of probability (0.10: ten points more likely late); ``facts`` are
        the raw facts of the row, ``usual`` the company's; a row that is late already has the one
        reason ``overdue`` with its days
    """
    names, effect = effects(model, snap)
    shown = np.where(_agrees(model, snap, names, effect), np.abs(effect), 0.0)
    top = np.argsort(-shown, axis=1, kind="stable")[:, :TOP]
    strength = np.take_along_axis(shown, top, axis=1)
    late = snap.to_due + model.grace < 1
    out = []
    # Facts as Python numbers are large: those of some rows at a time.
    for start in range(0, len(snap), CHUNK):
        part = slice(start, start + CHUNK)
        facts = {group: _facts_of(model, snap, group, part) for group in names}
        for row in range(start, min(start + CHUNK, len(snap))):
            if late[row]:
                out.append([_overdue(float(-snap.to_due[row]))])
                continue
            out.append(
                [
                    _reason(
                        names[group],
                        effect[row, group],
                        facts[names[group]],
                        row - start,
                    )
                    for group, weight in zip(top[row], strength[row], strict=True)
                    if weight >= SMALLEST
                ]
            )
    return out


def _overdue(days):
    return {"group": "overdue", "effect": 0.0, "facts": {"days": days}, "usual": {}}


def _reason(group, effect, facts, row):
    columns, usual = facts
    return {
        "group": group,
        "effect": float(effect),
        "facts": {name: values[row] for name, values in columns.items()},
        "usual": usual,
    }


def _facts_of(model, snap, group, part):
    """The raw facts of a group for some rows (None: not known), and what is usual."""
    found = [name for name in FACTS.get(group, ((), 0))[0] if name in snap.values]
    columns = {
        name: [
            None if value != value else value
            for value in snap.values[name][part].tolist()
        ]
        for name in found
    }
    return columns, {name: _usual(model, snap, name, None) for name in found}


def _agrees(model, snap, names, effect):
    """(n, groups) whether the fact says the same as the effect."""
    good = np.ones(effect.shape, bool)
    for index, group in enumerate(names):
        keys, sign = FACTS.get(group, ((), 0))
        known = [name for name in keys if name in snap.values]
        if not known:
            good[:, index] = False
            continue
        fact = snap.values[known[0]]
        good[:, index] = np.isfinite(fact)
        if sign:
            usual = _usual(model, snap, known[0])
            usual = 0.0 if usual != usual else usual
            good[:, index] &= sign * (fact - usual) * effect[:, index] > 0
    return good
