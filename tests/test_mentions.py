# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compulsory mentions of an invoice, regime by regime."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.mentions import Facts, Finding, missing  # noqa: E402

pytestmark = pytest.mark.pure

TEXT = (
    "Pénalités de retard au taux de la BCE majoré de 10 points. Indemnité forfaitaire"
    " de 40 € pour frais de recouvrement. Assurance décennale : X, France."
)
COMPLETE = Facts(
    executed_on=date(2026, 1, 10),
    due_on=date(2026, 2, 10),
    lines=(("Peinture", 2.0, True),),
    text=TEXT,
)


def codes(**values):
    return [finding.code for finding in missing(COMPLETE._replace(**values))]


def test_a_complete_invoice_lacks_nothing():
    assert missing(COMPLETE) == []


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ({"seller_address": False}, ("seller_address", "C. com. L441-9")),
        ({"buyer_address": False}, ("buyer_address", "C. com. L441-9")),
        ({"executed_on": None}, ("executed_on", "C. com. L441-9")),
        ({"due_on": None}, ("due_on", "C. com. L441-9")),
        ({"lines": (("", 2.0, True),)}, ("quantity", "C. com. L441-9")),
        ({"lines": (("Peinture", 0, True),)}, ("quantity", "C. com. L441-9")),
        ({"lines": (("Peinture", 1, False),)}, ("vat", "CGI ann. II, 242 nonies A")),
        ({"seller_vat": False}, ("seller_vat", "CGI ann. II, 242 nonies A")),
        (
            {"reverse_charge": True},
            ("reverse_charge", "CGI ann. II, 242 nonies A"),
        ),
        ({"ordered": True}, ("purchase_order", "C. com. L441-9")),
        (
            {"text": TEXT.replace("Assurance décennale", "Certificat")},
            ("insurer", "C. ass. L243-2"),
        ),
    ],
)
def test_each_mention_between_businesses(values, finding):
    assert missing(COMPLETE._replace(**values)) == [Finding(*finding)]


@pytest.mark.parametrize("text", ["40 €", "40€", "40,00 €", "40 euros", "40 EUR"])
def test_the_indemnity_is_a_figure(text):
    assert codes(text=TEXT.replace("40 €", text)) == []


@pytest.mark.parametrize("text", ["l'indemnité de l'article D441-5", "140 €", "40 %"])
def test_a_reference_to_the_indemnity_is_not_enough(text):
    assert codes(text=TEXT.replace("40 €", text)) == ["forty_euros"]


def test_the_rate_of_penalties():
    assert codes(text=TEXT.replace("Pénalités de retard au taux", "Frais au coût")) == [
        "penalty_rate"
    ]
    assert codes(text=TEXT.replace("taux de la BCE majoré de 10 points", "13 %")) == []


@pytest.mark.parametrize("regime", ["b2c", "nonpro"])
def test_a_consumer_s_invoice_without_the_forty_euros(regime):
    assert codes(regime=regime) == ["forty_euros_consumer"]
    # Nor a rate, nor an order.
    assert codes(regime=regime, ordered=True, text="Assurance X") == []


@pytest.mark.parametrize("regime", ["public_30", "public_50", "public_60"])
def test_a_public_buyer_finds_who_pays(regime):
    assert codes(regime=regime) == ["engagement", "service_code"]
    named = {"regime": regime, "engagement": True, "service_code": True}
    assert codes(**named) == []
    lacking = missing(COMPLETE._replace(**named, buyer_number=False))
    assert lacking == [Finding("buyer_number", "CCP D2192-2")]


def test_an_exemption_or_reverse_charge_stands_for_the_tax():
    untaxed = {"lines": (("Peinture", 1, False),)}
    assert codes(**untaxed, text=f"{TEXT} Art. 293 B du CGI.") == []
    assert codes(reverse_charge=True, **untaxed, text=f"{TEXT} Autoliquidation.") == []


def test_insurance_is_about_works():
    assert codes(works=False, text=TEXT.replace("Assurance décennale", "")) == []
