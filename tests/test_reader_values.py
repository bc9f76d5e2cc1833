# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the reader makes of dates, amounts and numbers, and what it learns; no file is opened."""

import sys
from datetime import date
from decimal import Decimal

import pytest

from tools import project

sys.path.insert(0, str(project.ROOT / "btp_relance_ocr"))
from reader import learning, sums, values  # noqa: E402
from reader.model import Found  # noqa: E402

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le 9 février 2026", date(2026, 2, 9)),
        ("du 1er août 2025", date(2025, 8, 1)),
        ("17. 04.2026", date(2026, 4, 17)),
        ("2026-03-12", date(2026, 3, 12)),
        ("03/05/26", date(2026, 5, 3)),
        ("15-05-2026", date(2026, 5, 15)),
    ],
)
def test_dates_as_french_people_write_them(text, expected):
    """One date in each way of writing it."""
    assert [day for day, _start, _end in values.find_dates(text)] == [expected]


@pytest.mark.parametrize(
    "text", ["31/02/2026", "n° 4 – février 2026", "2024/TVX/090", "12.34.567"]
)
def test_what_is_no_date(text):
    """No date is made of what is none."""
    assert values.find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("71 400,83 €", "71400.83"),
        ("12.345,67 EUR", "12345.67"),
        ("4364.06", "4364.06"),
        ("1\u202f234,50", "1234.50"),
        ("300 €", "300"),
        ("- 1 244,19 €", "-1244.19"),
    ],
)
def test_amounts(text, expected):
    """One amount in each way of writing it."""
    assert [amount for amount, *_rest in values.find_amounts(text)] == [
        Decimal(expected)
    ]


@pytest.mark.parametrize("text", ["TVA 20,00 %", "16/04/2026", "BC-2026-0047"])
def test_what_is_no_amount(text):
    """Rates, dates and references are no amounts."""
    assert values.find_amounts(text) == []


def test_siret_is_checked():
    """A number with a wrong digit is told from a right one."""
    (right,) = values.find_sirets("Siret 069238616 00184")
    (wrong,) = values.find_sirets("Siret 069238616 00185")
    assert right[:2] == ("06923861600184", True)
    assert wrong[1] is False


def test_period():
    """The month of a situation, not the day of a date."""
    assert values.find_period("Situation n° 4 – février 2026")[0] == "2026-02"
    assert values.find_period("Fait le 20/02/2026") is None


def reading(order="BC-77", day="12/03/2026", total="1 200,00"):
    """A made-up reading of an order, all of one layout."""
    words = [
        *(
            ("Société", 0.1, 0.05),
            ("Orbane", 0.2, 0.05),
            ("Commande", 0.1, 0.2),
            ("passée", 0.22, 0.2),
        ),
        *(
            ("Repère", 0.1, 0.3),
            ("interne", 0.2, 0.3),
            (order, 0.32, 0.3),
            ("Rédigé", 0.1, 0.4),
            (day, 0.3, 0.4),
        ),
        *(
            ("Somme", 0.1, 0.5),
            (total, 0.3, 0.5),
            ("Livraison", 0.1, 0.6),
            ("Conditions", 0.1, 0.7),
        ),
    ]
    boxes = [[text, x, y, x + 0.08, y + 0.02, 1.0] for text, x, y in words]
    return {
        "type": "bon_commande",
        "fields": {},
        "confidence": {},
        "places": {},
        "pages": [{"number": 1, "words": boxes}],
    }


def test_one_correction_proposes_and_two_fill_in():
    """A place that two corrections agree on is read by itself on the third paper."""
    templates = learning.learn([], reading("BC-77"), "ref_commande", "BC-77")
    told, proposals = learning.apply(templates, reading("BC-91"))
    assert proposals["ref_commande"]["value"] == "BC-91"
    assert "ref_commande" not in told["fields"]
    templates = learning.learn(templates, reading("BC-91"), "ref_commande", "BC-91")
    told, _proposals = learning.apply(templates, reading("ZX/104"))
    assert told["fields"]["ref_commande"] == "ZX/104"
    assert len(templates) == 1


def test_an_amount_is_never_changed_silently():
    """However often it was corrected, an amount is proposed and not filled in."""
    templates = []
    for total in ("1 200,00", "950,00", "80,00"):
        value = f"{values.find_amounts(total)[0][0]:.2f}"
        templates = learning.learn(
            templates, reading(total=total), "montant_ttc", value
        )
    told, proposals = learning.apply(templates, reading(total="444,00"))
    assert proposals["montant_ttc"]["value"] == "444.00"
    assert "montant_ttc" not in told["fields"]


def test_another_layout_and_sender_are_left_alone():
    """What was learned of one sender's paper says nothing of another's."""
    templates = learning.learn([], reading(), "date_document", "2026-03-12", sender="A")
    assert learning.find_template(templates, reading(), "A")
    assert learning.find_template(templates, reading(), "B") is None
    other = reading()
    other["pages"][0]["words"] = [
        [w[0][::-1], *w[1:]] for w in other["pages"][0]["words"]
    ]
    assert learning.find_template(templates, other, "A") is None


def test_a_value_that_is_not_on_the_paper_teaches_nothing():
    """A person may know more than the paper says."""
    assert learning.learn([], reading(), "ref_commande", "QQ-1") == []


# === AMOUNTS THAT MUST ADD UP ===


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        # What is left to pay after a deduction is not the total.
        (("1000.00", "200.00", "874.55"), ("1000.00", "200.00", None)),
        # The amount before tax could not be read.
        ((None, "200.00", "1200.00"), ("1000.00", "200.00", "1200.00")),
        # Nothing tells which one is wrong: they stay doubtful.
        (("1000.00", "37.00", "900.00"), ("1000.00", "37.00", "900.00")),
    ],
)
def test_amounts_that_do_not_add_up(read, expected):
    """What two others contradict at a French rate goes; what nothing tells stays doubtful."""
    found = {
        field: Found(value, 0.6, 1, None, "")
        for field, value in zip(sums.FIELDS, read, strict=True)
        if value
    }
    sums.check(found, reverse=False)
    assert tuple(getattr(found.get(f), "value", None) for f in sums.FIELDS) == expected
    assert all(found[f].confidence < 0.9 for f in found if None not in read)
