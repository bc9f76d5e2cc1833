# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people made of readings, and how a learned kind joins what the rules found. No Odoo."""

import re

NONE = "none"
#: What tells who writes, not what they say: addresses of any sort.
ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")


def find_right(readings, was_read: bool, order) -> str | None:
    """Return what a person said that an answer means; nothing where nobody decided.

    :param readings: ``(kind, source, state, decided, trusted)`` each; ``decided``: by a person
    :param was_read: a person took the answer off the desk
    :param order: kinds, the one that matters most first
    """
    right = [
        kind
        for kind, source, state, decided, trusted in readings
        if (source == "person" and state != "dismissed")
        or (state == "applied" and decided and not trusted)
    ]
    if right:
        return min(right, key=order.index)
    if any(state in ("proposed", "corrected") for _k, _s, state, _d, _t in readings):
        return None
    only_none = {kind for kind, *_rest in readings} <= {NONE}
    refused = any(
        state == "dismissed" and decided for _k, _s, state, decided, _t in readings
    )
    return NONE if was_read and (only_none or refused) else None


def forget(text: str, names) -> str:
    """Return a text without addresses and without the words of these names.

    What is learned is how things are said, not who says them.
    """
    text = ADDRESS.sub(" ", text)
    words = {
        word
        for name in names
        for word in re.findall(r"\w+", name or "")
        if len(word) > 2
    }
    if not words:
        return text
    pattern = "|".join(map(re.escape, sorted(words)))
    return re.sub(rf"\b(?:{pattern})\b", " ", text, flags=re.IGNORECASE)


def combine(readings, kind: str, chance: float) -> list:
    """Return readings that say first what was learned; words and values stay the rules'.

    :param readings: of the rules, one at least
    :param kind: what was learned from the text; :param chance: how surely
    """
    mine = [item for item in readings if item.kind == kind]
    others = [item for item in readings if item.kind not in (kind, NONE)]
    if not mine:
        # The words that the rules relied on, understood otherwise.
        best = max(readings, key=lambda item: item.confidence)
        others = [item for item in others if item is not best]
        mine = [best._replace(kind=kind, reason=None, values={})]
    first = [item._replace(confidence=round(chance, 2)) for item in mine]
    if kind == NONE:
        return [item._replace(date=None, amount=None) for item in first[:1]]
    return first + others


def count_kinds(kinds, rule, learned, order) -> list[dict]:
    """Return what both readers made of each kind, most frequent first.

    :param kinds: what persons said; :param rule: what the rules said of the same texts
    :param learned: what was learned said of them, unseen
    :return: ``[{"kind", "n", "rule", "learned" (shares found of it), "sure" (share right of
        what was learned calls so; None when it never does)}]``
    """
    found = []
    for kind in order:
        places = [place for place, one in enumerate(kinds) if one == kind]
        called = [place for place, one in enumerate(learned) if one == kind]
        if not places and not called:
            continue
        found.append(
            {
                "kind": kind,
                "n": len(places),
                "rule": _share(sum(rule[place] == kind for place in places), places),
                "learned": _share(
                    sum(learned[place] == kind for place in places), places
                ),
                "sure": _share(sum(kinds[place] == kind for place in called), called),
            }
        )
    return sorted(found, key=lambda one: -one["n"])


def _share(count, of):
    return round(count / len(of), 4) if of else None
