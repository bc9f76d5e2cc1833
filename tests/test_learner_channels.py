# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The choice of a channel, and the reader of answers that learns."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "btp_relance_scoring"))
sys.path.append(str(ROOT / "tests"))

from learner import LearnerError, channels, reader  # noqa: E402

pytestmark = pytest.mark.pure

ALLOWED = ["email", "phone", "letter"]


def outside(salt=""):
    """Customers that are not held out."""
    names = [f"c{number}" for number in range(300)]
    return [name for name in names if not channels.in_hold_out(name, salt)]


def test_a_tenth_always_keeps_the_rule():
    names = [f"c{number}" for number in range(5000)]
    held = [name for name in names if channels.in_hold_out(name)]
    assert 0.08 < len(held) / len(names) < 0.12
    assert held == [name for name in names if channels.in_hold_out(name)]
    rng = np.random.default_rng(1)
    results = {"email": (2000, 200), "phone": (2000, 1600)}
    for name in held[:50]:
        choice = channels.choose(name, ALLOWED, "email", results, rng)
        assert (choice.channel, choice.why) == ("email", "hold_out")


def test_a_small_firm_stays_with_the_rule():
    rng = np.random.default_rng(2)
    results = {"email": (100, 10), "phone": (200, 180)}
    for name in outside():
        choice = channels.choose(name, ALLOWED, "email", results, rng)
        assert (choice.channel, choice.why) == ("email", "rule")


def test_what_is_better_is_chosen_and_a_little_is_explored():
    rng = np.random.default_rng(3)
    results = {"email": (2000, 400), "phone": (2000, 800)}
    picked = [
        channels.choose(name, ALLOWED, "email", results, rng) for name in outside() * 4
    ]
    share = np.mean([choice.channel == "phone" for choice in picked])
    assert 0.9 < share < 1.0
    assert {choice.why for choice in picked} == {"learned", "explore"}


def test_only_what_is_allowed_is_chosen():
    rng = np.random.default_rng(4)
    results = {"email": (1000, 100), "sms": (2000, 1900), "letter": (100, 5)}
    picked = {
        channels.choose(name, ["email", "letter"], "email", results, rng).channel
        for name in outside() * 3
    }
    assert picked <= {"email", "letter"}
    with pytest.raises(ValueError, match="rule_not_allowed"):
        channels.choose("c", ["email"], "sms", results, rng)


def test_the_verdict_says_when_it_cannot_tell():
    assert channels.verdict((150, 40), (150, 60))["state"] == "not_enough"
    assert channels.verdict((800, 240), (800, 250))["state"] == "no_difference"
    better = channels.verdict((2000, 700), (2000, 500))
    assert better["state"] == "better"
    assert better["low"] < better["difference"] < better["high"]
    # What is known from simulation: about 1,500 reminders an arm for five points.
    assert 1200 < channels.reminders_needed(0.35) < 1600


WORDS = {
    "promise": ["nous paierons le", "virement prévu le", "règlement programmé pour le"],
    "dispute": [
        "nous contestons la facture",
        "la quantité est fausse",
        "travaux non conformes",
    ],
    "out_of_office": [
        "je suis absent jusqu'au",
        "en congés jusqu'au",
        "retour de vacances le",
    ],
}


def texts(count, seed):
    rng = np.random.default_rng(seed)
    kinds = rng.choice(list(WORDS), count)
    fill = [
        "bonjour",
        "merci",
        "cordialement",
        "facture",
        "situation",
        "madame",
        "monsieur",
    ]
    made = [
        " ".join(
            [
                *rng.choice(fill, 3),
                rng.choice(WORDS[kind]),
                str(rng.integers(1, 28)),
                *rng.choice(fill, 2),
            ]
        )
        for kind in kinds
    ]
    return made, kinds.tolist()


def test_a_reader_learns_and_is_kept_as_numbers():
    read = reader.fit(*texts(150, 1))
    new, kinds = texts(80, 2)
    said = read.read(new)
    assert (
        np.mean([kind == true for (kind, _p), true in zip(said, kinds, strict=True)])
        > 0.95
    )
    assert read.probabilities(new).sum(axis=1) == pytest.approx(1)
    again = reader.Reader.loads(read.dumps())
    assert (again.probabilities(new) == read.probabilities(new)).all()
    # Accents, capitals and the day itself do not matter.
    assert again.read(["REGLEMENT PROGRAMME POUR LE 31"])[0][0] == "promise"
    assert len(read.dumps()) < 500_000


def test_two_kinds_are_told_apart():
    made, kinds = texts(120, 3)
    kinds = ["promise" if kind == "promise" else "none" for kind in kinds]
    read = reader.fit(made, kinds)
    assert read.read(["virement prévu le 5"])[0][0] == "promise"
    assert read.read(["travaux non conformes"])[0][0] == "none"


def test_an_altered_reader_is_refused():
    text = reader.fit(*texts(80, 4)).dumps()
    outer = json.loads(text)
    outer["body"]["bias"][0] += 1
    for damaged in (json.dumps(outer), text[:-9], "{}", "[]"):
        with pytest.raises(LearnerError):
            reader.Reader.loads(damaged)


def test_a_reader_takes_over_only_where_it_is_better():
    made, kinds = texts(150, 5)
    rng = np.random.default_rng(6)
    wrong = [kind if rng.random() < 0.6 else "none" for kind in kinds]
    assert reader.compare(made, kinds, wrong)["better"]
    assert not reader.compare(made, kinds, kinds)["better"]
    with pytest.raises(LearnerError) as error:
        reader.compare(made[:20], kinds[:20], kinds[:20])
    assert error.value.code == "few_readings"


def test_too_few_readings_or_one_kind_are_refused():
    made, kinds = texts(30, 7)
    with pytest.raises(LearnerError):
        reader.fit(made, kinds)
    with pytest.raises(LearnerError):
        reader.fit(made * 3, ["promise"] * 90)
