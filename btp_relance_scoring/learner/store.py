# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A model as JSON text: numbers only, with a digest. Nothing of it is ever run as code."""

import hashlib
import json

import numpy as np

from .errors import LearnerError
from .ledger import to_dates
from .linear import Linear
from .model import HABITS, LEARNER, NONE, RATE, Model
from .stack import Mix
from .trees import Trees

SCHEMA = 1
KIND = "btp-relance-learner"
#: Characters that a model may have at most; a real one has about a million.
MAX_CHARACTERS = 20_000_000


def dumps(model: Model) -> str:
    """Return the model as JSON: ``{"sha256": …, "body": {…}}``.

    The body has the schema's version, the kind, the features, the version of scikit-learn that grew
    the trees, the cut-off day, the figures given in ``model.info`` and the numbers.
    """
    body = {
        "schema": SCHEMA,
        "kind": KIND,
        "grace": model.grace,
        "level": model.level,
        "settled": model.settled,
        "names": model.names,
        "groups": model.groups,
        "reference": model.reference,
        "info": model.info,
        "mix": model.mix.weights.tolist(),
        **{
            name: None if part is None else part.to_json()
            for name, part in _parts(model).items()
        },
    }
    text = _canonical(body)
    return json.dumps({"sha256": _digest(text), "body": body}, allow_nan=False)


def digest(text: str) -> str:
    """Return the SHA-256 that a stored model names, to be kept elsewhere too."""
    return _open(text)["sha256"]


def loads(text: str, sha256: str | None = None) -> Model:
    """Read a model back.

    :param text: of ``dumps``
    :param sha256: the digest that was kept elsewhere; whoever changes the text and its own digest
        together is then found out too
    :raise LearnerError: ``damaged_model``, ``altered_model`` or ``unknown_schema``
    """
    outer = _open(text)
    body = outer["body"]
    found = _digest(_canonical(body))
    if found != outer["sha256"] or (sha256 is not None and found != sha256):
        raise LearnerError("altered_model", "sha256")
    if body.get("schema") != SCHEMA or body.get("kind") != KIND:
        raise LearnerError("unknown_schema", str(body.get("schema")))
    try:
        return _build(body)
    except LearnerError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise LearnerError("damaged_model", "body") from error


def _parts(model):
    return {name: getattr(model, name) for name in ("linear", "root", "late", "early")}


def _build(body):
    """Return the model of a body whose digest is right; its numbers are still checked."""
    if body["level"] not in (NONE, RATE, HABITS, LEARNER):
        raise LearnerError("damaged_model", "level")
    model = Model(
        body["grace"], body["level"], body["settled"], body["names"], body["groups"]
    )
    weights = np.asarray(body["mix"], float)
    if weights.shape == (6,):
        # Of before: a constant, the three weights, and corrections for new customers.
        weights = weights[1:4]
    if weights.shape != (3,) or not np.isfinite(weights).all():
        raise LearnerError("damaged_model", "mix")
    model.mix = Mix(weights)
    model.info = dict(body["info"])
    model.reference = dict(body["reference"])
    if body["linear"] is not None:
        model.linear = Linear.from_json(body["linear"])
    for name in ("root", "late", "early"):
        if body[name] is not None:
            setattr(model, name, Trees.from_json(body[name]))
    if model.root is not None and model.root.width != len(model.names):
        raise LearnerError("damaged_model", "names")
    return model


def _open(text):
    """Return the outer object, or refuse."""
    if len(text) > MAX_CHARACTERS:
        raise LearnerError("damaged_model", "size")
    try:
        outer = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError, TypeError) as error:
        raise LearnerError("damaged_model", "json") from error
    if (
        not isinstance(outer, dict)
        or not isinstance(outer.get("body"), dict)
        or not isinstance(outer.get("sha256"), str)
    ):
        raise LearnerError("damaged_model", "shape")
    return outer


def _no_constant(name):
    raise ValueError(name)


def _canonical(body):
    return json.dumps(body, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def stamp(model: Model, ledger, **figures) -> None:
    """Write into a model where it comes from.

    :param ledger: what it was trained on
    :param figures: of its backtest, numbers and texts
    """
    import sklearn

    usable = ledger.usable
    first = ledger.issue[usable].min() if usable.any() else ledger.asof
    model.info |= {
        "sklearn": sklearn.__version__,
        "cutoff": str(to_dates(ledger.asof)),
        "first_issue": str(to_dates(first)),
        "invoices": int(usable.sum()),
        **figures,
    }
