# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How the VAT of a bill is shared between rates, without a database."""

import sys
from decimal import Decimal

import pytest

from tools import project

sys.path.append(str(project.ROOT / "btp_relance_ocr"))
from reader.values import find_amounts  # noqa: E402
from vat import parse, rates_in, share  # noqa: E402

pytestmark = pytest.mark.pure

PAGE = """
Travaux à 10 % : base 1 000,00 TVA 100,00
Fournitures à 20 % : base 500,00 TVA 100,00
Retenue de garantie 5 % : 85,00
Total HT 1 500,00 Total TVA 200,00 Total TTC 1 700,00
"""
COMPANY = {Decimal("5.5"), Decimal(10), Decimal(20)}


def shared(page, untaxed, vat, company=COMPANY):
    """The shares of a page as plain numbers, None where it allows none or several."""
    amounts = [one[0] for one in find_amounts(page)]
    parts = share(untaxed, vat, rates_in(page) & company, amounts)
    return parts and [(float(part.rate), float(part.base)) for part in parts]


def test_the_page_shares_its_vat():
    assert shared(PAGE, 1500.0, 200.0) == [(10, 1000), (20, 500)]


def test_a_base_that_stands_nowhere_is_not_invented():
    assert shared(PAGE.replace("base 500,00", "base"), 1500.0, 200.0) is None


def test_a_rate_without_a_tax_shares_nothing():
    assert shared(PAGE, 1500.0, 200.0, {Decimal(20)}) is None


def test_three_rates():
    page = "5,5 % 200,00 11,00 ; 10 % 300,00 30,00 ; 20 % 400,00 80,00 ; HT 900,00"
    assert shared(page, 900.0, 121.0) == [(5.5, 200), (10, 300), (20, 400)]


def test_the_cents_of_each_line_are_the_suppliers():
    page = "10 % : 100,03 ; 20 % : 50,01"
    assert shared(page, 150.04, 20.02) == [(10, 100.03), (20, 50.01)]
    assert shared(page, 150.04, 20.12) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("20 % : 1 000,00", (20, 1000, 200)),
        ("5,5 % sur 200,00 = 11,00", (5.5, 200, 11)),
        ("10% 1000", (10, 1000, 100)),
        ("20 % : 1 000,00 : 300,00", None),
        ("1 000,00", None),
        ("20 %", None),
        ("", None),
    ],
)
def test_what_a_person_writes(text, told):
    part = parse(text, find_amounts)
    assert (part and tuple(map(float, part))) == told
