# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A learned reader of customers' answers: TF-IDF and a linear model, as plain numbers.

It learns from the company's own corrected readings, and takes the rule reader's place only where
``compare`` finds it better on readings that it has not seen.
"""

import hashlib
import json
import re
import unicodedata
from collections import Counter

import numpy as np

from .errors import LearnerError

SCHEMA = 1
#: Terms that are kept, and texts in which a term must be.
MAX_TERMS, LEAST_TEXTS = 6000, 2
#: Corrected readings below which nothing is learned, and those of a kind that a fold needs.
LEAST, FOLDS = 60, 5
MAX_WORDS = 400


def terms(text: str) -> list[str]:
    """Return the words, pairs of words and parts of words of a text, without accents."""
    text = unicodedata.normalize("NFKD", text.lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    # Figures say that there is one, not which.
    text = re.sub(r"\d+", "0", text)
    words = re.findall(r"[a-z0]+", text)[:MAX_WORDS]
    found = [*words, *(f"{a} {b}" for a, b in zip(words, words[1:], strict=False))]
    for word in words:
        padded = f"<{word}>"
        found += [
            f"#{padded[start : start + 4]}" for start in range(max(len(padded) - 3, 1))
        ]
    return found


class Reader:
    """Kinds of answers from texts."""

    def __init__(self, kinds, vocabulary, idf, weights, bias, info=None):
        """Keep the numbers.

        :param kinds: (k,) names; :param vocabulary: (t,) terms; :param idf: (t,)
        :param weights: (k, t); :param bias: (k,)
        """
        self.kinds, self.vocabulary = list(kinds), list(vocabulary)
        self.idf, self.bias = np.asarray(idf, float), np.asarray(bias, float)
        self.weights = np.asarray(weights, float).reshape(len(self.kinds), -1)
        self.info = dict(info or {})
        if self.weights.shape != (len(self.kinds), len(self.vocabulary)) or len(
            self.idf
        ) != len(self.vocabulary):
            raise LearnerError("damaged_model", "shape")
        self._place = {term: index for index, term in enumerate(self.vocabulary)}

    def probabilities(self, texts) -> np.ndarray:
        """Return (texts, kinds) probabilities that sum to one."""
        scores = np.tile(self.bias, (len(texts), 1))
        for row, text in enumerate(texts):
            places, values = _weigh(text, self._place, self.idf)
            scores[row] += self.weights[:, places] @ values
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        return chances / chances.sum(axis=1, keepdims=True)

    # pylint: disable-next=method-required-super
    def read(self, texts) -> list[tuple[str, float]]:
        """Return (kind, probability) of each text."""
        chances = self.probabilities(texts)
        best = chances.argmax(axis=1)
        return [
            (self.kinds[kind], float(chances[row, kind]))
            for row, kind in enumerate(best)
        ]

    def dumps(self) -> str:
        """Return the reader as JSON with a digest."""
        body = {
            "schema": SCHEMA,
            "kinds": self.kinds,
            "vocabulary": self.vocabulary,
            "idf": self.idf.round(6).tolist(),
            "weights": self.weights.tolist(),
            "bias": self.bias.tolist(),
            "info": self.info,
        }
        return json.dumps({"sha256": _digest(body), "body": body}, allow_nan=False)

    @classmethod
    def loads(cls, text: str):
        """Read one back; raise LearnerError when it was altered or is damaged."""
        try:
            outer = json.loads(text)
            body, digest = outer["body"], outer["sha256"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise LearnerError("damaged_model", "json") from error
        if digest != _digest(body):
            raise LearnerError("altered_model", "sha256")
        if body.get("schema") != SCHEMA:
            raise LearnerError("unknown_schema", str(body.get("schema")))
        try:
            return cls(
                *(
                    body[name]
                    for name in (
                        "kinds",
                        "vocabulary",
                        "idf",
                        "weights",
                        "bias",
                        "info",
                    )
                )
            )
        except (KeyError, TypeError, ValueError) as error:
            raise LearnerError("damaged_model", "body") from error


def _digest(body):
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _weigh(text, place, idf):
    """Places and normalised TF-IDF weights of a text's known terms."""
    counts = Counter(term for term in terms(text) if term in place)
    places = np.array([place[term] for term in counts], np.int64)
    values = (1 + np.log(np.array(list(counts.values()), float))) * idf[places]
    length = np.sqrt((values**2).sum())
    return places, values / length if length else values


def fit(texts, kinds, strength=4.0, least=LEAST) -> Reader:
    """Learn from read texts.

    :param texts: (n,); :param kinds: (n,) the right kind of each, two kinds at least
    :param strength: the inverse of the ridge; :param least: texts that are needed
    :raise LearnerError: ``few_readings`` or ``one_class``
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    if len(texts) < least:
        raise LearnerError("few_readings", str(len(texts)))
    if len(set(kinds)) < 2:
        raise LearnerError("one_class", str(next(iter(kinds))))
    spread = Counter(term for text in texts for term in set(terms(text)))
    kept = [pair for pair in spread.most_common() if pair[1] >= LEAST_TEXTS][:MAX_TERMS]
    vocabulary = sorted(term for term, _count in kept)
    place = {term: index for index, term in enumerate(vocabulary)}
    idf = np.array([np.log((1 + len(texts)) / (1 + spread[t])) + 1 for t in vocabulary])
    idf = idf.round(6)
    rows = [_weigh(text, place, idf) for text in texts]
    starts = np.cumsum([0, *(len(places) for places, _values in rows)])
    x = csr_matrix(
        (
            np.concatenate([values for _places, values in rows]),
            np.concatenate([places for places, _values in rows]),
            starts,
        ),
        shape=(len(texts), len(vocabulary)),
    )
    model = LogisticRegression(C=strength, max_iter=300, class_weight="balanced")
    model.fit(x, list(kinds))
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        # One row of weights tells two kinds apart: the first kind has none.
        weights = np.vstack([np.zeros_like(weights), weights])
        bias = np.r_[0.0, bias]
    # Weights of four digits are as good, and a quarter of the size.
    return Reader(
        map(str, model.classes_),
        vocabulary,
        idf,
        np.round(weights, 4),
        bias,
        {"texts": len(texts)},
    )


def compare(texts, kinds, rule_kinds, seed=7) -> dict:
    """Return whether a learned reader may replace the rule reader.

    Cross-validated: each text is read by a reader that has not seen it (nor an equal text).

    :param rule_kinds: (n,) what the rule reader said of the same texts
    :return: ``{"n", "learned", "rule" (shares right), "gain", "low", "better", "said"}``: ``low``
        the lower end of the 90 % interval of the gain (paired); better: it is above zero; ``said``
        what was learned says of each text, unseen
    """
    kinds = np.asarray(kinds, str)
    rule_right = np.asarray(rule_kinds, str) == kinds
    if len(texts) < LEAST:
        raise LearnerError("few_readings", str(len(texts)))
    rng = np.random.default_rng(seed)
    same = np.unique(
        [" ".join(text.split()).lower() for text in texts], return_inverse=True
    )[1]
    fold = rng.integers(0, FOLDS, same.max() + 1)[same]
    said = np.full(len(texts), "", dtype=object)
    for number in range(FOLDS):
        seen, held = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if not len(held) or len(set(kinds[seen])) < 2:
            continue
        reader = fit([texts[i] for i in seen], kinds[seen], least=FOLDS)
        said[held] = [kind for kind, _p in reader.read([texts[i] for i in held])]
    right = said == kinds
    gain = right.astype(float) - rule_right
    error = gain.std(ddof=1) / np.sqrt(len(gain))
    low = float(gain.mean() - 1.645 * error)
    return {
        "n": len(texts),
        "learned": float(right.mean()),
        "rule": float(rule_right.mean()),
        "gain": float(gain.mean()),
        "low": low,
        "better": low > 0,
        "said": said.tolist(),
    }
