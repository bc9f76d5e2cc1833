# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which chantier a text names, and what several clues together are worth."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.attach import (  # noqa: E402
    Clue,
    Proposal,
    ReferenceIndex,
    is_telling,
    propose,
)

pytestmark = pytest.mark.pure

INDEX = ReferenceIndex(
    [
        (1, "CH-2025-014"),
        (2, "CH-2025-015"),
        (3, "Marché n° 24/118"),
        (4, "2025-0014"),
        (5, "M24"),
        (6, "M24 lot 3"),
        (7, "École"),
        (8, "12"),
    ]
)


def named(text):
    return [clue.chantier_id for clue in INDEX.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Situation 3 - chantier CH-2025-014", [1]),
        ("<p>ch 2025 / 014</p>", [1]),
        ("réf. CH2025015, suite", [2]),
        ("CH-2025-0140", []),
        ("XCH-2025-014", []),
        ("CH-2025-014 et CH-2025-015", [1, 2]),
        ("marche N° 24-118", [3]),
        ("Contrat 2025-0014.", [4]),
        ("FAC/2025/0014", []),
        ("Avoir de : FAC-2025-0014", []),
        ("2025-0014/2", []),
        ("2025 0014", [4]),
        ("20250014", []),
        ("M24, situation 2", [5]),
        ("M24 - lot 3", [6]),
        ("M24 lot 3 puis M24", [6, 5]),
        ("Travaux de l'école", []),
        ("12 portes", []),
        ("", []),
        (None, []),
    ],
)
def test_what_a_text_names(text, expected):
    assert named(text) == expected


def test_a_clue_repeats_what_is_written_on_the_chantier():
    assert INDEX.find("ch2025014") == [Clue(1, "reference", "CH-2025-014")]


def test_references_that_stand_everywhere_tell_nothing():
    assert [is_telling(ref) for ref in ("A1", "2025", "1234", "Lot", "", "...")] == [
        False
    ] * 6
    assert [is_telling(ref) for ref in ("A12", "12345", "S00012", "24/118")] == [
        True
    ] * 4


def test_nothing_to_look_for():
    assert ReferenceIndex([]).find("CH-2025-014") == []


def test_no_clue_no_proposal():
    assert propose([], {1}) is None


@pytest.mark.parametrize("kind", ["analytic", "reference", "sale", "credited"])
def test_one_good_clue_on_the_customer_s_chantier_is_sure(kind):
    clue = Clue(1, kind, "x")
    assert propose([clue], {1, 2}) == Proposal(1, True, (clue,))


def test_an_only_chantier_is_proposed_never_sure():
    clue = Clue(1, "only")
    assert propose([clue], {1}) == Proposal(1, False, (clue,))


def test_the_chantier_of_another_customer_is_never_sure():
    clue = Clue(9, "reference", "x")
    assert propose([clue], {1}) == Proposal(9, False, (clue,))


def test_two_chantiers_named_none_is_chosen():
    clues = (Clue(1, "reference", "x"), Clue(2, "reference", "y"))
    assert propose(clues, {1, 2}) == Proposal(0, False, clues)
    assert propose(clues, set()) == Proposal(0, False, clues)


def test_of_two_the_customer_s_own_stands_out():
    clues = (Clue(1, "reference", "x"), Clue(2, "reference", "x"))
    assert propose(clues, {2}) == Proposal(2, True, clues)


def test_a_better_clue_wins_but_a_disagreement_is_for_a_person():
    clues = (Clue(1, "analytic", "x"), Clue(2, "sale", "S1"))
    assert propose(clues, {1, 2}) == Proposal(2, False, clues)
    weak = (Clue(1, "only"), Clue(1, "sale", "S1"))
    assert propose(weak, {1}) == Proposal(1, True, weak)
