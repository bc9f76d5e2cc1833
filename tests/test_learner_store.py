# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A model is kept as numbers, read back to the last bit, and refused once anybody touched it."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "btp_relance_scoring"))
sys.path.append(str(ROOT / "tests"))

import learner  # noqa: E402
from invented import model_of  # noqa: E402
from learner import store  # noqa: E402
from learner.trees import Trees, grow  # noqa: E402

pytestmark = pytest.mark.pure

DAY = np.datetime64("2025-06-30")


@pytest.fixture(scope="module")
def fitted():
    return model_of(DAY, 1500)[0]


@pytest.fixture(scope="module")
def text(fitted):
    store.stamp(fitted.model, fitted.ledger, brier=0.15)
    return learner.dumps(fitted.model)


def test_a_model_read_back_says_the_same_to_the_last_bit(fitted, text):
    again = learner.loads(text)
    one = learner.forecast(fitted.model, fitted.ledger)
    other = learner.forecast(again, fitted.ledger)
    for name in ("p_late", "delay", "mean_delay", "weeks", "tail"):
        assert (getattr(one, name) == getattr(other, name)).all()
    assert learner.dumps(again) == text
    assert len(text) < 1_000_000


def test_a_model_says_where_it_comes_from(text):
    info = learner.loads(text).info
    assert info["cutoff"] == "2025-06-30"
    assert info["sklearn"].count(".") == 2
    assert info["invoices"] > 1000
    assert info["brier"] == 0.15


def test_numpy_reads_trees_as_scikit_learn_does():
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    rng = np.random.default_rng(5)
    x = rng.normal(size=(900, 6))
    x[rng.random(x.shape) < 0.2] = np.nan
    y = (np.nan_to_num(x[:, 0]) + np.isnan(x[:, 1]) + rng.normal(0, 0.5, 900) > 0.3) * 1
    # One thread: several wait for each other on a machine that does other work.
    with threadpool_limits(1):
        fitted = HistGradientBoostingClassifier(max_iter=25).fit(x, y)
        theirs = fitted.decision_function(x)
    ours = Trees.from_sklearn(fitted)
    assert (ours.raw(x) == theirs).all()
    again = Trees.from_json(json.loads(json.dumps(ours.to_json())))
    assert (again.raw(x) == ours.raw(x)).all()


def test_trees_without_a_group_are_trees_on_rows_without_it():
    rng = np.random.default_rng(6)
    x = rng.normal(size=(600, 5))
    y = (x[:, 0] + x[:, 3] > 0) * 1
    trees = grow(x, y, max_iter=20, max_features=1.0)
    groups, usual = [[0, 1], [2], [3, 4]], np.array([0.1, 0.2, np.nan, -0.4, 0.0])
    raw, without = trees.occluded(x, groups, usual)
    assert raw == pytest.approx(trees.raw(x))
    for number, group in enumerate(groups):
        bare = x.copy()
        bare[:, group] = usual[group]
        assert without[:, number] == pytest.approx(trees.raw(bare))


def altered(text, change):
    outer = json.loads(text)
    change(outer)
    return json.dumps(outer)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda o: o["body"].__setitem__("grace", 5), "altered_model"),
        (
            lambda o: o["body"]["root"]["trees"][0]["v"].__setitem__(0, 9.0),
            "altered_model",
        ),
        (lambda o: o.__setitem__("sha256", "0" * 64), "altered_model"),
        (lambda o: o.pop("body"), "damaged_model"),
    ],
)
def test_an_altered_model_is_refused(text, change, code):
    with pytest.raises(learner.LearnerError) as error:
        learner.loads(altered(text, change))
    assert error.value.code == code


@pytest.mark.parametrize("damaged", ["", "{", "[]", "null", '{"body": 3}', "NaN"])
def test_a_damaged_model_is_refused(damaged):
    with pytest.raises(learner.LearnerError) as error:
        learner.loads(damaged)
    assert error.value.code == "damaged_model"


def test_half_a_model_is_refused(text):
    with pytest.raises(learner.LearnerError):
        learner.loads(text[: len(text) // 2])


def signed_anew(text, change):
    """Change the body and its own digest with it, as somebody who means it would."""
    body = json.loads(text)["body"]
    change(body)
    digest = store._digest(store._canonical(body))
    return json.dumps({"sha256": digest, "body": body})


def test_a_digest_kept_elsewhere_finds_who_signs_anew(text):
    kept = store.digest(text)
    forged = signed_anew(text, lambda body: body.__setitem__("grace", 9))
    assert learner.loads(forged).grace == 9
    with pytest.raises(learner.LearnerError) as error:
        learner.loads(forged, sha256=kept)
    assert error.value.code == "altered_model"


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body["root"]["trees"][0]["f"].__setitem__(0, 10_000),
        lambda body: body["root"]["trees"][0]["v"].pop(),
        lambda body: body["root"]["trees"][0].pop("t"),
        lambda body: body.__setitem__("mix", [1.0]),
        lambda body: body.__setitem__("level", "magic"),
        lambda body: body["names"].pop(),
        lambda body: body.__setitem__("root", "import os"),
    ],
)
def test_numbers_that_make_no_model_are_refused(text, change):
    with pytest.raises(learner.LearnerError) as error:
        learner.loads(signed_anew(text, change))
    assert error.value.code == "damaged_model"


def test_another_schema_is_refused(text):
    newer = signed_anew(text, lambda body: body.__setitem__("schema", 99))
    with pytest.raises(learner.LearnerError) as error:
        learner.loads(newer)
    assert error.value.code == "unknown_schema"


def test_nothing_is_pickled():
    folder = ROOT / "btp_relance_scoring" / "learner"
    for path in folder.glob("*.py"):
        code = path.read_text()
        assert "import pickle" not in code
        assert "joblib" not in code
        assert "odoo" not in code.replace("No Odoo in here", "").lower()


def test_a_model_of_before_is_read_by_its_three_weights(text):
    kept = json.loads(text)["body"]["mix"]
    old = signed_anew(text, lambda body: body.update(mix=[0.3, *kept, 0.1, -0.1]))
    assert learner.loads(old).mix.weights.tolist() == kept
