# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person types, or clicks on a paper, means for a field; no file is opened."""

import ast
import sys
from datetime import date

import pytest

from tools import project

ADDON = project.ROOT / "btp_relance_ocr"
sys.path.insert(0, str(ADDON))
from reader import forms, typed  # noqa: E402

pytestmark = pytest.mark.pure
TODAY = date(2026, 1, 10)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("date_reception", "12 mars 2026", "2026-03-12"),
        ("date_reception", "le 1er avril 2025,", "2025-04-01"),
        ("date_reception", "120326", "2026-03-12"),
        ("date_reception", "12032026", "2026-03-12"),
        # Papers tell what was.
        ("date_reception", "28/12", "2025-12-28"),
        ("date_reception", "5/2", "2026-02-05"),
        ("montant_ht", "12 345,67 €", "12345.67"),
        ("montant_ht", "12.345,67", "12345.67"),
        ("montant_ht", "1\u202f200", "1200.00"),
        ("montant_ht", "12.345", "12345.00"),
        ("montant_ht", "1200,5", "1200.50"),
        ("montant_ht", "-35,00", "-35.00"),
        ("siret", "732 829 320 00074", "73282932000074"),
        ("iban", "FR76 3000 1007 9412 3456 7890 185", "FR7630001007941234567890185"),
        ("periode", "mars 2026", "2026-03"),
        ("nb_documents", "14 pièces", 14),
        ("chantier", " : Les  Tilleuls ", "Les Tilleuls"),
        ("ref_marche", "", None),
    ],
)
def test_typing(field, text, value):
    assert typed.parse(field, text, TODAY) == value
    assert typed.check(field, value)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("date_reception", "hier", "date"),
        ("date_reception", "31/02/2026", "date"),
        ("date_reception", "310226", "date"),
        ("montant_ht", "douze", "amount"),
        ("montant_ht", "1,2,3", "amount"),
        ("siret", "732 829 320 00075", "siret"),
        ("iban", "FR76 3000 1007 9412 3456 7890 186", "iban"),
        ("periode", "2026", "month"),
    ],
)
def test_what_is_no_value_is_told(field, text, code):
    with pytest.raises(typed.Wrong) as wrong:
        typed.parse(field, text, TODAY)
    assert wrong.value.code == code


@pytest.mark.parametrize(
    ("field", "line", "index", "taken"),
    [
        ("montant_ht", "Montant du marché 12 345,67 € HT", 3, "12 345,67 €"),
        ("montant_ht", "Montant du marché 12 345,67 € HT", 4, "12 345,67 €"),
        ("montant_ht", "980,50 1 176,60", 0, "980,50"),
        ("date_reception", "à la date du 12 mars 2026 sans", 5, "12 mars 2026"),
        ("siret", "SIRET 732 829 320 00074 APE 4399C", 2, "732 829 320 00074"),
        ("ref_marche", "Marché n° M-2025-014 lot 3", 2, "M-2025-014"),
    ],
)
def test_a_click_takes_the_whole_value(field, line, index, taken):
    words = line.split()
    assert " ".join(words[slice(*typed.grow(field, words, index, TODAY))]) == taken


def test_what_cannot_be_true_together():
    told = forms.contradictions
    amounts = {"montant_ht": "100.00", "montant_tva": "20.00", "montant_ttc": "120.00"}
    assert told("facture", amounts, TODAY) == []
    assert told("facture", {**amounts, "montant_ttc": "125.00"}, TODAY) == ["sum"]
    # Reverse charge: what is printed is not added.
    assert told("facture", {**amounts, "montant_ttc": "100.00"}, TODAY) == []
    pv = {"decision": "sans_reserve", "reserves_list": ["Peinture"]}
    assert told("pv_reception", pv, TODAY) == ["reserves"]
    assert told("pv_reception", {"date_reception": "2026-02-01"}, TODAY) == ["future"]
    lifted = {"date_reception": "2025-12-02", "date_levee": "2025-12-01"}
    assert told("pv_levee_reserves", lifted, TODAY) == ["order"]


def test_the_screen_asks_for_all_that_the_reader_gives():
    tree = ast.parse((ADDON / "reader" / "fields.py").read_text(encoding="utf-8"))
    read = {
        key.value: {
            node.value
            for node in ast.walk(value)
            if isinstance(node, ast.Constant) and node.value != "COMMON"
        }
        for statement in tree.body
        if isinstance(statement, ast.Assign) and statement.targets[0].id == "FIELDS"
        for key, value in zip(statement.value.keys, statement.value.values, strict=True)
    }
    assert read
    for kind, names in read.items():
        assert names <= set(forms.FIELDS[kind]), kind
        assert set(forms.CORE.get(kind, ())) <= set(forms.FIELDS[kind]), kind
