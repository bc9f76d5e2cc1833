# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people made of readings, and how a learned kind joins what the rules found."""

import sys
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "btp_relance_scoring"))
sys.path.append(str(ROOT / "btp_relance"))

from engine.answers import KINDS, Reading  # noqa: E402
from reading import combine, count_kinds, find_right, forget  # noqa: E402

pytestmark = pytest.mark.pure

PROMISE = Reading("promise", "on paie le 15", 4, 17, 0.8, date(2026, 3, 15), 500.0)
DISPUTE = Reading("dispute", "il manque un lot", 20, 36, 0.7, None, None, "quantity")
NONE = Reading("none", "Merci", 0, 5, 0.6)


def right(*readings, was_read=True):
    return find_right(readings, was_read, KINDS)


def test_what_a_person_did_is_what_it_means():
    assert right(("promise", "reader", "applied", True, False)) == "promise"


def test_a_correction_counts_not_what_it_corrects():
    found = right(
        ("promise", "reader", "corrected", True, False),
        ("already_paid", "person", "applied", True, False),
    )
    assert found == "already_paid"


def test_of_two_things_said_the_graver_one_counts():
    found = right(
        ("promise", "reader", "applied", True, False),
        ("dispute", "reader", "applied", True, False),
    )
    assert found == "dispute"


def test_what_was_done_alone_teaches_nothing():
    assert right(("promise", "reader", "applied", True, True)) is None


def test_refused_readings_say_that_it_means_nothing():
    assert right(("promise", "reader", "dismissed", True, False)) == "none"


def test_left_aside_without_a_decision_is_no_lesson():
    assert right(("promise", "reader", "dismissed", False, False)) is None


def test_thanks_that_a_person_read_are_thanks():
    none = ("none", "reader", "dismissed", False, False)
    assert right(none) == "none"
    assert right(none, was_read=False) is None


def test_undecided_readings_wait():
    assert right(("none", "reader", "proposed", False, False)) is None


def test_names_and_addresses_are_not_learned():
    text = "Bonjour, écrivez à zoe@ex.fr. Zoé Quintard paiera, voir https://ex.fr/x"
    found = forget(text, ["Zoé Quintard", False])
    assert "paiera" in found
    for word in ("Zoé", "Quintard", "zoe@", "ex.fr"):
        assert word not in found


def test_the_words_and_values_stay_those_of_the_rules():
    [first, second] = combine([DISPUTE, PROMISE], "promise", 0.912)
    assert first == PROMISE._replace(confidence=0.91)
    assert second == DISPUTE


def test_what_the_rules_missed_takes_the_words_that_they_relied_on():
    [first] = combine([PROMISE], "already_paid", 0.9)
    assert (first.kind, first.quote, first.date) == (
        "already_paid",
        PROMISE.quote,
        PROMISE.date,
    )


def test_the_reason_of_a_dispute_goes_with_it():
    [first] = combine([DISPUTE], "distress", 0.9)
    assert first.reason is None


def test_nothing_said_is_nothing_proposed():
    [first] = combine([PROMISE, DISPUTE], "none", 0.9)
    assert (first.kind, first.date, first.amount) == ("none", None, None)
    [first] = combine([NONE], "none", 0.9)
    assert first.quote == "Merci"


def test_figures_kind_by_kind():
    found = count_kinds(
        ["promise", "promise", "dispute", "none"],
        ["promise", "none", "dispute", "none"],
        ["promise", "promise", "promise", "none"],
        KINDS,
    )
    by_kind = {one.pop("kind"): one for one in found}
    assert by_kind["promise"] == {"n": 2, "rule": 0.5, "learned": 1.0, "sure": 0.6667}
    assert by_kind["dispute"] == {"n": 1, "rule": 1.0, "learned": 0.0, "sure": None}
    assert found[0] == {"n": 2, "rule": 0.5, "learned": 1.0, "sure": 0.6667}
