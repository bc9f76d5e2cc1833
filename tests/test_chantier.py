# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a contract cannot say, and what deserves a second look."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.chantier import Contract, faults, notices  # noqa: E402

pytestmark = pytest.mark.pure

SIGNED, STARTED = date(2025, 1, 10), date(2025, 2, 3)
RECEIVED, LIFTED, DGD = date(2025, 6, 12), date(2025, 7, 1), date(2025, 8, 20)
#: A contract that says everything, and nothing wrong.
WHOLE = Contract(
    contract_amount=100_000,
    amount_total=92_500,
    contract_date=SIGNED,
    avenants=((1, SIGNED), (2, date(2025, 3, 1)), (3, None)),
    starts=(STARTED, None),
    date_reception=RECEIVED,
    has_reserves=True,
    date_reserves_lifted=LIFTED,
    date_dgd=DGD,
    retention_rate=5,
    prorata_rate=1.5,
    revision_fixed_part=0.15,
)


def codes(**values):
    return [fault.code for fault in faults(WHOLE._replace(**values))]


def test_a_whole_contract_and_an_empty_one_have_no_fault():
    assert faults(WHOLE) == []
    assert faults(Contract()) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"retention_rate": 5.001}, "retention_rate"),
        ({"retention_rate": -0.5}, "retention_rate"),
        ({"prorata_rate": 10.5}, "prorata_rate"),
        ({"prorata_rate": -1}, "prorata_rate"),
        ({"revision_fixed_part": 1.2}, "revision_fixed_part"),
        ({"indexes": (130, -1)}, "index_negative"),
        ({"advance_refund_start": 80}, "advance_refund"),
        ({"advance_refund_end": 101}, "advance_refund"),
        ({"contract_amount": -1}, "contract_negative"),
        ({"amount_total": -0.01}, "total_negative"),
        ({"advance_amount": -1}, "advance_negative"),
        ({"avenants": ((1, date(2025, 1, 9)),)}, "avenant_before_contract"),
        ({"starts": (None, date(2025, 6, 13))}, "reception_before_start"),
        (
            {"date_reception": date(2025, 1, 9), "starts": ()},
            "reception_before_contract",
        ),
        ({"date_dgd": date(2025, 6, 11)}, "dgd_before_reception"),
        ({"date_reserves_lifted": date(2025, 6, 11)}, "lifted_before_reception"),
        ({"has_reserves": False}, "lifted_without_reserves"),
        ({"date_reception": None}, "lifted_without_reception"),
    ],
)
def test_each_fault_is_found_alone(values, expected):
    assert codes(**values) == [expected]


@pytest.mark.parametrize(
    "values",
    [
        {"retention_rate": 0},
        {"retention_rate": 5},
        {"prorata_rate": 10},
        {"contract_amount": 0, "amount_total": 0},
        {"starts": (RECEIVED,)},
        {"date_dgd": RECEIVED},
        {"date_reserves_lifted": RECEIVED},
        {"avenants": ((1, SIGNED),)},
        {"has_reserves": True, "date_reserves_lifted": None},
    ],
)
def test_the_bounds_themselves_are_right(values):
    assert codes(**values) == []


def test_a_fault_says_what_was_found():
    [fault] = faults(WHOLE._replace(starts=(date(2025, 7, 2), date(2025, 6, 30))))
    assert fault.values == {"date": RECEIVED, "start": date(2025, 6, 30)}


def test_every_fault_is_told_at_once():
    assert codes(retention_rate=7, prorata_rate=12, contract_amount=-5) == [
        "retention_rate",
        "prorata_rate",
        "contract_negative",
    ]


def notice_codes(**values):
    return [notice.code for notice in notices(Contract(**values))]


def test_notices():
    public = {"public": True, "retention_withheld": True}
    assert notice_codes(**public, retention_rate=3) == []
    assert notice_codes(**public, retention_rate=3.5) == ["sme_retention"]
    assert notice_codes(public=True, retention_rate=5) == [], "Nothing is withheld."
    assert notice_codes(retention_withheld=True, retention_rate=5) == []
    assert notice_codes(role="subcontractor") == ["owner_missing"]
    assert notice_codes(role="subcontractor", has_owner=True) == []
    assert notice_codes(role="cotraitant") == []
    direct = {"role": "subcontractor_direct", "has_owner": True}
    assert notice_codes(**direct, amount_total=599.99) == ["direct_payment"]
    assert notice_codes(**direct, amount_total=600) == []
    assert notice_codes(**direct) == [], "The amount is not known yet."
    assert notice_codes(lots_total=100.1, amount_total=100.2) == ["lots_total"]
    assert notice_codes(lots_total=0.1 + 0.2, amount_total=0.3) == []
    assert notice_codes(amount_total=100) == [], "No lots: one rate."
