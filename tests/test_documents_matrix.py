# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The matrix of documents: each cell as the trade states it, against the data that is seeded."""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

ADDON = Path(__file__).resolve().parent.parent / "btp_relance"
sys.path.append(str(ADDON))

from engine.documents import (  # noqa: E402
    Facts,
    Requirement,
    conditions,
    needed,
    regime_column,
)

pytestmark = pytest.mark.pure

#: R required, C conditional. Stages: AC advance, SIT situation, ST that of a subcontractor,
#: SOL final account, RG release. A level holds for the regimes of the last column, unless it
#: names its own: P business, U public, B consumer.
MATRIX = """
MKT R R R R - PUB
BDC C R(U)C(P) C R(U) R(U) PU
OS1 - R(U)C C - - PU
DEC R R R R - PUB
VIG R R R R - PU
KBS R C R C - PU
TVA R R - R - BP
GAP C - - - - U
CRG - C C - - PU
GP1 C C - - - P
DC4 - - R - - PU
PPS - C C - - PU
AVT - R R R - PUC(B)
VIS - R C R - PU
AVN - R R R - PUB
REV - C C C - PU
ATI - - R(U) R(U) - U
PVR - - - R R PUB
LEV - - - C R(U)C(P) PUB
DOE - - - R - PU
PDF - - - R - PU
DGD - - - R - U
QPR - - C C - P
ESS - - - C - PUB
LIB - - - - R PU
CHO C R R R R U
RIB R R R R R PUB
"""
STAGES = {
    "AC": [("advance", "titulaire"), ("progress", "mandataire")],
    "SIT": [("situation", "titulaire"), ("situation", "cotraitant")],
    "ST": [("situation", "subcontractor_direct")],
    "SOL": [("final", "subcontractor_direct")],
    "RG": [("retention_release", "titulaire")],
}
REGIMES = {"P": "private", "U": "public", "B": "consumer"}
LEVELS = {"R": "required", "C": "conditional"}
#: Every fact that a cell may ask for.
ALL = conditions(
    has_moe=True,
    has_extras=True,
    has_reserves=True,
    is_revised=True,
    role="subcontractor_direct",
    reaches_5000=True,
    reduced_vat=True,
)


def records(model):
    """The records of a model in the seeded data, as ``{field: text or ref}``."""
    name = f"btp_document_{model.rsplit('.', 1)[1]}_data.xml"
    for record in ElementTree.parse(ADDON / "data" / name).getroot().iter("record"):
        assert record.get("model") == model
        yield {
            field.get("name"): field.get("ref") or field.text
            for field in record.iter("field")
        }


CODES = [record["code"] for record in records("btp.document.type")]
SEEDED = [
    Requirement(
        record["type_id"].removeprefix("document_type_").upper(),
        record["stage"],
        record["role"],
        regime,
        record[f"level_{regime}"],
        record.get("condition"),
    )
    for record in records("btp.document.requirement")
    for regime in REGIMES.values()
    if record.get(f"level_{regime}")
]


def level_of(cell, regimes, letter):
    """The level that a cell of the table states for a regime, as a person reads it."""
    if cell == "-":
        return None
    if f"({letter})" in cell:
        return LEVELS[cell[cell.index(f"({letter})") - 1]]
    if f"C({letter})" in regimes:
        return LEVELS["C"]
    plain = "".join(cell.replace("(", " ").replace(")", " ").split())
    for named in REGIMES:
        plain = plain.replace(f"R{named}", "").replace(f"C{named}", "")
    return LEVELS[plain] if plain and letter in regimes else None


def cells():
    for line in MATRIX.split("\n"):
        if line:
            code, *levels, regimes = line.split()
            for stage, cell in zip(STAGES, levels, strict=True):
                for letter in REGIMES:
                    expected = level_of(cell, regimes, letter)
                    yield pytest.param(
                        code, stage, letter, expected, id=f"{code}-{stage}-{letter}"
                    )


@pytest.mark.parametrize(("code", "stage", "letter", "expected"), cells())
def test_each_cell(code, stage, letter, expected):
    for billing_stage, role in STAGES[stage]:
        facts = Facts(billing_stage, role, REGIMES[letter], ALL)
        assert dict(needed(SEEDED, facts)).get(code) == expected


def test_every_document_is_in_the_matrix():
    assert sorted({line.split()[0] for line in MATRIX.split("\n") if line}) == sorted(
        CODES
    )


def test_a_plain_invoice_needs_nothing():
    assert needed(SEEDED, Facts("plain", "titulaire", "private", ALL)) == []


@pytest.mark.parametrize(
    ("fact", "code", "stage", "role", "regime"),
    [
        ("has_moe", "VIS", "situation", "titulaire", "private"),
        ("has_extras", "AVN", "situation", "titulaire", "consumer"),
        ("has_reserves", "LEV", "retention_release", "titulaire", "public"),
        ("is_revised", "REV", "situation", "titulaire", "public"),
        ("amount_5000", "VIG", "advance", "titulaire", "private"),
        ("reduced_vat", "TVA", "final", "titulaire", "consumer"),
        ("direct_payment", "ATI", "situation", "subcontractor_direct", "public"),
        ("is_subcontractor", "DC4", "situation", "subcontractor", "private"),
    ],
)
def test_a_condition_that_does_not_hold_asks_for_nothing(
    fact, code, stage, role, regime
):
    assert code in dict(needed(SEEDED, Facts(stage, role, regime, ALL)))
    without = Facts(stage, role, regime, ALL - {fact})
    assert code not in dict(needed(SEEDED, without))


def test_what_blocks_comes_first_and_wins():
    cells = [
        Requirement("a", "final", "any", "private", "conditional"),
        Requirement("b", "final", "contractor", "private", "required", "has_moe"),
        Requirement("a", "final", "contractor", "private", "required"),
        Requirement("a", "final", "any", "private", "conditional"),
        Requirement("c", "final", "subcontractor", "private", "required"),
    ]
    facts = Facts("final", "titulaire", "private")
    assert needed(cells, facts) == [("a", "required")]
    facts = Facts("final", "subcontractor", "private")
    assert needed(cells, facts) == [("c", "required"), ("a", "conditional")]


def test_conditions_are_read_off_the_role():
    assert conditions(role="subcontractor") == {"is_subcontractor"}
    assert conditions(role="subcontractor_direct") == {
        "is_subcontractor",
        "direct_payment",
    }
    assert conditions(role="mandataire", has_moe=True) == {"has_moe"}


@pytest.mark.parametrize(
    ("customer", "owner", "role", "expected"),
    [
        ("b2b", None, "titulaire", "private"),
        ("public_50", None, "titulaire", "public"),
        ("nonpro", None, "titulaire", "consumer"),
        ("b2b", "public_30", "subcontractor", "private"),
        ("b2b", "public_30", "subcontractor_direct", "public"),
        ("public_30", None, "subcontractor_direct", "public"),
        (None, None, "titulaire", "private"),
    ],
)
def test_the_column_of_an_invoice(customer, owner, role, expected):
    assert regime_column(customer, owner, role) == expected
