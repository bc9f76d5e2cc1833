# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When a paper may act by itself: the rule, without a database."""

import sys
from dataclasses import replace

import pytest

from tools import project

sys.path.append(str(project.ROOT / "btp_relance_ocr"))
from decide import CORE, SIGNED, Facts, decide, is_same_paper  # noqa: E402

PV = Facts(
    kind="pv_reception",
    kind_confidence=0.99,
    values={
        "date_reception": ("2026-03-12", 0.98),
        "decision": ("sans_reserve", 0.97),
        "reserves": (False, 0.97),
        "signed": (True, 0.95),
    },
    match=0.97,
    checked=5,
)


def with_value(name, value, confidence=0.99):
    """The PV, one value changed."""
    return replace(PV, values={**PV.values, name: (value, confidence)})


def test_a_pv_that_says_all_surely_acts_by_itself():
    assert decide(PV).state == "done"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(PV, kind=None), "kind_unknown"),
        (replace(PV, kind="autre"), "kind_unknown"),
        (replace(PV, kind="pv_opr"), "no_proof"),
        (replace(PV, kind="attestation"), "kind_by_hand"),
        (replace(PV, kind_confidence=0.8), "kind_unsure"),
        (replace(PV, warnings=("hidden_text",)), "warning_hidden_text"),
        (replace(PV, match=None), "match_none"),
        (replace(PV, match=0.7), "match_unsure"),
        (with_value("signed", False), "unsigned"),
        (with_value("signed", True, 0.6), "maybe_signed"),
        (with_value("signed", None), "signature_unknown"),
        (with_value("decision", "refusee"), "grave"),
        (with_value("decision", "sous_reserve"), "grave"),
        (with_value("date_reception", None), "values_missing"),
        (with_value("date_reception", "2026-03-12", 0.5), "values_unsure"),
        (with_value("reserves_deadline", "2026-04-12", 0.5), "values_unsure"),
        (replace(PV, mode="off"), "company_checks"),
        (replace(PV, checked=4), "first_ones"),
    ],
)
def test_a_doubt_is_for_a_person(facts, code):
    verdict = decide(facts)
    assert (verdict.state, verdict.code) == ("to_check", code)


def test_a_company_may_trust_the_first_one():
    assert decide(replace(PV, mode="sure", checked=0)).state == "done"


def test_an_unsigned_paper_never_acts_whatever_the_company_chose():
    for kind in SIGNED:
        values = {name: ("x", 1.0) for part in CORE[kind] for name in _names(part)}
        facts = Facts(kind, 1.0, {**values, "signed": (False, 1.0)}, match=1.0)
        assert decide(replace(facts, mode="sure")).code == "unsigned", kind
        signed = replace(facts, values={**values, "signed": (True, 1.0)}, mode="sure")
        assert decide(signed).state == "done", kind


def _names(part):
    return part if isinstance(part, tuple) else (part,)


def test_one_of_two_amounts_is_enough():
    values = {"ref_commande": ("BC-1", 0.95), "signed": (True, 0.95)}
    order = Facts("bon_commande", 0.99, values, match=0.95, mode="sure")
    assert decide(order).details == {"fields": ["montant_ht"]}
    known = replace(order, values={**values, "montant_ttc": ("1200.00", 0.95)})
    assert decide(known).state == "done"


def test_an_error_is_a_failure():
    verdict = decide(replace(PV, error="encrypted"))
    assert (verdict.state, verdict.code) == ("failed", "error_encrypted")


ONE = {"date_reception": "2026-03-12", "ref_marche": "M-14", "signed": True}


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (ONE, True),
        ({**ONE, "chantier": "read otherwise"}, True),
        ({**ONE, "signed": False}, False),
        ({**ONE, "date_reception": "2026-03-13"}, False),
        ({"ref_marche": "M-14", "signed": True}, False),
    ],
)
def test_two_scans_of_one_sheet_say_the_same(other, same):
    assert is_same_paper(ONE, other) is same
