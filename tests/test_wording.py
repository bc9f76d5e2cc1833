# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists said in words, and what no consumer may read."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.wording import (  # noqa: E402
    distinct,
    forbidden_to_consumers,
    in_words,
)

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], ""),
        ([None, "", False], ""),
        (["F-1"], "F-1"),
        (["F-1", "F-2"], "F-1 et F-2"),
        (["F-1", "F-2", "F-3"], "F-1, F-2 et F-3"),
        (["F-1", None, "F-1", "F-2"], "F-1 et F-2"),
    ],
)
def test_a_list_is_said_as_one_reads_it_aloud(items, words):
    assert in_words(items, "et") == words


def test_each_thing_is_said_once_in_its_order():
    assert distinct(["b", "a", "b", "", None]) == ["b", "a"]


@pytest.mark.parametrize(
    "text",
    [
        "une indemnité de 40 €",
        "une indemnité de 40\u00a0€",
        "40,00 € par facture",
        "40 euros de frais",
        "€40 per invoice",
        "des pénalités\nde retard",
        "pénalité de retard",
        "l'indemnité forfaitaire",
        "des intérêts moratoires",
        "au taux de la Banque centrale européenne",
        "taux BCE + 10 points",
        "article L. 441-10",
        "article D441-5",
        "article R2192-31",
        "late payment penalties",
        "a fixed indemnity",
    ],
)
def test_a_consumer_owes_none_of_it(text):
    assert forbidden_to_consumers(text)


@pytest.mark.parametrize(
    "text",
    [
        "Il reste 140 € à régler",
        "1 040 €",
        "40,50 €",
        "Reste à payer 40,00 €",
        "1 234,00 € 40 jours de retard",
        "€400",
        "facture n° 40 du 4 mai",
        "intérêt au taux légal à compter de la mise en demeure",
        "Aucuns frais de relance ne vous sont réclamés",
        "article L121-21 du code de la consommation",
    ],
)
def test_the_rest_may_be_said(text):
    assert forbidden_to_consumers(text) is None
