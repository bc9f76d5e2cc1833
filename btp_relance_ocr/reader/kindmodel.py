# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the words of a paper say of its kind: weights learned from many wordings, in ``kindmodel.json``.

The weights are learned by ``python -m tests.corpus.kindlearn``; here they are only added up.
"""

import functools
import json
import math
import re
from pathlib import Path

from .values import plain

WORD = re.compile(r"[a-z]+")
#: Words that tell nothing and lie between those that do.
EMPTY = frozenset(
    (
        *("de", "du", "des", "la", "le", "les", "l", "d", "un", "une", "au", "aux"),
        *("et", "en", "a", "n", "ce", "cette", "ces", "qu", "que", "qui"),
    )
)


def tokens(text):
    """The words of a text that tell something."""
    joined = re.sub(r"\b(?:[a-z]\.\s?){2,}", lambda m: re.sub(r"[.\s]", "", m[0]), text)
    return [word for word in WORD.findall(joined) if word not in EMPTY]


def grams(words, prefix):
    """Words and pairs of words, with what part of the paper they are in."""
    yield from (prefix + word for word in words)
    yield from (
        f"{prefix}{one} {other}" for one, other in zip(words, words[1:], strict=False)
    )


def features(titles, text):
    """The features of a paper: what its titles say, how they begin, what all of it says.

    :param titles: plain texts of its title-like lines
    :param text: plain text of all of it
    """
    found = set()
    for title in titles:
        words = tokens(title)[:14]
        found.update(grams(words, "t "))
        if words:
            found.add("s " + " ".join(words[:2]))
    for line in text.split("\n"):
        found.update(grams(tokens(line), "b "))
    return found


def title_lines(page):
    """The texts of a page that may be titles: large or in capitals, or at its head."""
    heights = sorted(line.height for line in page.lines)
    usual = heights[len(heights) // 2] if heights else 1
    found = []
    for line in page.lines[:25]:
        if line.box[1] > 0.5 * page.height:
            break
        for segment in line.segments:
            low = plain(segment.text).strip()
            capitals = segment.text.isupper() and len(low) > 6
            if (
                line.height > 1.15 * usual
                or capitals
                or line.index < 3
                or re.match(r"objet\b", low)
            ):
                found.append(low[:120])
    return found[:14]


@functools.cache
def weights():
    """{"kinds": [...], "bias": [...], "weights": {feature: [...]}}."""
    path = Path(__file__).with_name("kindmodel.json")
    return json.loads(path.read_text(encoding="utf-8"))


def likelihood(titles, text):
    """{kind: probability} of a document.

    :param titles: plain texts of its title-like lines (`title_lines` of its first page with text)
    :param text: plain text of all of it
    """
    model = weights()
    totals = list(model["bias"])
    told = features(titles, text)
    known = model["weights"]
    size = 1.0 / math.sqrt(max(1, len(told)))
    for feature in told:
        for index, weight in known.get(feature, ()):
            totals[index] += weight * size
    top = max(totals)
    powers = [math.exp(total - top) for total in totals]
    whole = sum(powers)
    return {
        kind: power / whole for kind, power in zip(model["kinds"], powers, strict=True)
    }
