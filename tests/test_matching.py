# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a paper is about, and when that is not sure."""

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance_ocr"))

from matching import (  # noqa: E402
    Chantier,
    Facts,
    Invoice,
    Supplier,
    canonical,
    choose,
    compare,
    likeness,
    patterns,
    rank_chantiers,
    rank_suppliers,
)
from matching.ids import iban_of, siren_of, siret_of  # noqa: E402
from matching.names import parts_differ  # noqa: E402

pytestmark = pytest.mark.pure

OURS, OTHERS = "732829320", "404833048"
SIRET = "73282932000074"


def site(id_=1, **values):
    return Chantier(
        id_,
        **{
            "name": "Réhabilitation du groupe scolaire Jean Moulin",
            "code": "CH-2025-014",
            "contract": "MP-2025-138",
            "city": "Vienne",
            "customer_id": 7,
            "customer": "Commune de Vienne",
            "moe_id": 8,
            "moe": "Atelier Sorbière Architectes",
            **values,
        },
    )


def paper(kind="pv_reception", **values):
    known = ("text", "senders", "asked_chantier", "asked_invoice")
    own = {name: values.pop(name) for name in known if name in values}
    return Facts(kind, values, our_name="Martin Bâtiment", our_siren=OURS, **own)


def bill(id_, chantier_id=1, **values):
    return Invoice(
        id_,
        chantier_id,
        **{
            "number": f"FAC/2025/{id_:05}",
            "situation": id_,
            "untaxed": Decimal("22016.00"),
            "total": Decimal("26419.20"),
            "net": Decimal("25098.24"),
            "day": date(2025, 6, 30),
            **values,
        },
    )


def codes(ranked):
    return {clue.code for clue in ranked.clues}


def sure(facts, sites, invoices=()):
    best = choose(rank_chantiers(facts, sites, invoices))
    return best and (best.chantier_id, best.invoice_id)


# === REFERENCES, NAMES, NUMBERS === #


@pytest.mark.parametrize(
    ("read", "known", "expected"),
    [
        ("MP-2025-138", "mp 2025/138", "same"),
        ("Marché n° 24-118", "24/118", "same"),
        ("MP-2O25-I38", "MP-2025-138", "alike"),
        ("MP-2025-138", "MP-2025-138-L03", "inside"),
        ("MP-2025-139", "MP-2025-138", "near"),
        ("PO-47592", "PO-47529", "different"),
        ("12", "13", "different"),
        ("07", "7", "same"),
        ("", "7", None),
        (None, "7", None),
    ],
)
def test_references_are_compared_as_they_are_read(read, known, expected):
    assert compare(read, known) == expected


def test_letters_that_look_like_digits_are_one():
    assert canonical("BC-2O25/0I4") == canonical("BC 2025-014") == "8C2025014"


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("SARL Toitures Ravenelle", "Toitures Ravenelle", 99, 100),
        ("Commune de Bréval-les-Étangs", "COMMUNE DE BREVAL LES ETANGS", 99, 100),
        (
            "Residence Marcenne",
            "Rénovation de 12 logements – Résidence Marcenne",
            85,
            90,
        ),
        ("Martin Bâtiment", "Martin Peinture", 0, 75),
        ("Habitat Marcenne OPH", "EARL du Grand Pré", 0, 45),
        ("", "EARL", 0, 0),
    ],
)
def test_names_are_as_alike_as_people_find_them(one, other, least, most):
    assert least <= likeness(one, other) <= most


def test_one_of_several_is_not_another():
    assert parts_differ("Résidence Les Pins – bâtiment A", "Les Pins bâtiment B")
    assert parts_differ("Plateau 3", "Plateau 2")
    assert not parts_differ("Plateau 3", "Plateau 03")
    assert not parts_differ("Plateau", "Plateau 2")


def test_patterns_find_words_with_accents_and_leave_what_all_say():
    assert patterns("Rénovation de l'école Molière")[0] == "%moli_re%"
    assert "%r_novation%" in patterns("Rénovation de l'école Molière")
    assert patterns("SARL de la") == []


def test_numbers_of_firms_are_valid_or_nothing():
    assert siret_of("732 829 320 00074") == SIRET
    assert siret_of("732 829 320 00075") == ""
    assert siren_of(SIRET) == siren_of("FR44732829320") == OURS
    assert iban_of("FR76 3000 1007 9412 3456 7890 185") == "FR7630001007941234567890185"
    assert iban_of("FR76 3000 1007 9412 3456 7890 186") == ""


# === CHANTIERS === #


def test_a_contract_number_is_enough():
    assert sure(paper(ref_marche="MP 2025/138"), [site()]) == (1, None)


def test_a_misread_number_is_enough_with_the_name():
    facts = paper(
        ref_marche="MP-2O25-I38", chantier="Rehabilitation du groupe scolaire J. Moulin"
    )
    assert sure(facts, [site()]) == (1, None)


def test_a_name_alone_is_asked_for():
    facts = paper(chantier="Réhabilitation du groupe scolaire Jean Moulin")
    ranked = rank_chantiers(facts, [site()])
    assert choose(ranked) is None
    assert 0.5 < ranked[0].score < 0.9


def test_a_name_and_its_customer_are_enough():
    facts = paper(
        chantier="Réhabilitation groupe scolaire Jean Moulin",
        donneur_ordre="Ville de Vienne – Commune de Vienne",
    )
    assert sure(facts, [site()]) == (1, None)


def test_two_chantiers_of_one_customer_share_what_speaks_for_both():
    sites = [
        site(1, name="Résidence Les Pins", contract=""),
        site(2, name="Résidence Les Pins", contract="", code="CH-2025-015"),
    ]
    facts = paper(chantier="Résidence Les Pins", donneur_ordre="Commune de Vienne")
    ranked = rank_chantiers(facts, sites)
    assert choose(ranked) is None
    assert ranked[0].score == pytest.approx(ranked[1].score)
    assert ranked[0].score < 0.5
    facts.values["ref_commande"] = "CH-2025-015"
    assert sure(facts, sites) == (2, None)


def test_the_other_building_of_a_customer_is_not_taken():
    sites = [
        site(1, name="Résidence Les Pins – bâtiment A", contract=""),
        site(2, name="Résidence Les Pins – bâtiment B", contract=""),
    ]
    facts = paper(
        chantier="Résidence les Pins, bâtiment B", donneur_ordre="Commune de Vienne"
    )
    assert sure(facts, sites) == (2, None)
    assert sure(facts, sites[:1]) is None


def test_the_next_contract_number_is_another_contract():
    facts = paper(ref_marche="MP-2025-139", donneur_ordre="Commune de Vienne")
    assert sure(facts, [site()]) is None


def test_a_number_and_a_name_that_contradict_are_asked_for():
    sites = [site(1), site(2, name="Gymnase Colette", contract="MP-2025-200")]
    facts = paper(
        ref_marche="MP-2025-200",
        chantier="Réhabilitation du groupe scolaire Jean Moulin",
    )
    assert sure(facts, sites) is None


def test_the_paper_of_another_firm_of_the_site_is_not_ours():
    """The maître d'œuvre sends the PV of all lots: only one is ours."""
    known = {
        "ref_marche": "MP-2025-138",
        "chantier": "Réhabilitation du groupe scolaire Jean Moulin",
    }
    for other in ({"siret": "40483304800022"}, {"entreprise": "Énergie Sanvoie SAS"}):
        ranked = rank_chantiers(paper(**known, **other), [site()])
        assert any(code.startswith("contractor") for code in codes(ranked[0]))
    assert (
        sure(paper(ref_marche="MP-2025-138", siret="40483304800022"), [site()]) is None
    )
    assert sure(paper(ref_marche="MP-2025-138", siret=SIRET), [site()]) == (1, None)


def test_a_subcontractor_takes_the_paper_of_its_titulaire():
    works = site(subcontract=True, customer="Énergie Sanvoie", customer_siren=OTHERS)
    facts = paper(ref_marche="MP-2025-138", siret="40483304800022")
    assert sure(facts, [works]) == (1, None)


def test_the_lot_of_another_is_not_ours():
    works = site(name="Groupe scolaire Jean Moulin – Lot 03")
    known = {"ref_marche": "MP-2025-138", "donneur_ordre": "Commune de Vienne"}
    assert sure(paper(**known, lot="3"), [works]) == (1, None)
    assert sure(paper(**known, lot="04"), [works]) is None


def test_what_was_asked_for_outweighs():
    """The document was asked for by mail: its answer says little, and that is enough."""
    sites = [site(1), site(2, contract="MP-2024-001", name="Gymnase Colette")]
    assert sure(paper(asked_chantier=2), sites) == (2, None)


def test_what_was_asked_for_and_contradicts_is_asked_again():
    sites = [site(1), site(2, contract="MP-2024-001", name="Gymnase Colette")]
    facts = paper(
        asked_chantier=2,
        ref_marche="MP-2025-138",
        chantier="Réhabilitation du groupe scolaire Jean Moulin",
        donneur_ordre="Commune de Vienne",
    )
    ranked = rank_chantiers(facts, sites)
    assert choose(ranked) is None
    assert ranked[0].chantier_id == 1
    assert "asked_other" in codes(ranked[0])


def test_a_reception_before_the_contract_is_another_one():
    works = site(contract_date=date(2025, 1, 10))
    early = paper(ref_marche="MP-2025-138", date_reception="2024-06-12")
    assert sure(early, [works]) is None
    late = paper(ref_marche="MP-2025-138", date_reception="2025-06-12")
    assert sure(late, [works]) == (1, None)


def test_nothing_known_is_no_choice():
    assert rank_chantiers(paper(), []) == []
    assert sure(paper(), [site()]) is None


def test_a_number_that_nobody_knows_is_asked_for():
    facts = paper(
        chantier="Réhabilitation du groupe scolaire Jean Moulin",
        donneur_ordre="Commune de Vienne",
    )
    works = site(contract="")
    assert sure(facts, [works]) == (1, None)
    facts.values["ref_marche"] = "MP-2019-001"
    assert sure(facts, [works]) is None


def test_a_contract_in_the_text_helps():
    facts = paper(
        donneur_ordre="Commune de Vienne", text="objet marche mp 2025 138 du 3 mars"
    )
    ranked = rank_chantiers(facts, [site(), site(2, contract="MP-2024-001")])
    assert "contract_text" in codes(ranked[0])
    assert ranked[0].chantier_id == 1


# === INVOICES === #


def situation(**values):
    return paper(
        "situation",
        ref_marche="MP-2025-138",
        chantier="Réhabilitation du groupe scolaire Jean Moulin",
        **values,
    )


def test_a_situation_is_told_by_its_number_and_amount():
    bills = [bill(2, untaxed=Decimal("9000.00"), total=Decimal("10800.00")), bill(3)]
    facts = situation(ref_situation="03", montant_ht="22016.00")
    assert sure(facts, [site()], bills) == (1, 3)


def test_the_same_amount_on_two_invoices_is_asked_for():
    facts = situation(montant_ttc="26419.20")
    ranked = rank_chantiers(facts, [site()], [bill(2), bill(3)])
    assert choose(ranked) is None
    assert ranked[0].score == pytest.approx(ranked[1].score)
    assert ranked[0].score < 0.5
    assert ranked[0].chantier_score > 0.9
    assert {one.invoice_id for one in ranked[:2]} == {2, 3}
    facts.values |= {"periode": "2025-06", "montant_ht": "22016.00"}
    august = bill(3, day=date(2025, 9, 30))
    assert sure(facts, [site()], [bill(2), august]) == (1, 2)


def test_a_certificat_admits_less_and_never_more():
    less = situation(ref_situation="3", montant_ht="21000.00")
    assert sure(less, [site()], [bill(3)]) == (1, 3)
    more = situation(montant_ht="30000.00")
    ranked = rank_chantiers(more, [site()], [bill(3)])
    assert ranked[0].invoice_id is None


def test_an_invoice_without_chantier_is_found_by_its_number():
    alone = bill(9, None, customer="Promoteur Sud", customer_id=4)
    facts = paper(
        "facture", ref_facture="FAC-2025-00009", donneur_ordre="Promoteur Sud"
    )
    assert sure(facts, [], [alone]) == (None, 9)


# === SUPPLIERS === #


def test_a_supplier_is_told_by_its_siret():
    facts = paper("facture", siret="40483304800022", entreprise="Sanvoie Energies")
    known = [
        Supplier(1, "Énergie Sanvoie SAS", "40483304800022"),
        Supplier(2, "Énergie Sanvoie Sud", "73282932000074"),
    ]
    best = choose(rank_suppliers(facts, known))
    assert best.supplier_id == 1
    assert "siret_same" in codes(best)


def test_a_vat_number_is_as_good():
    facts = paper("facture", siret="40483304800022", entreprise="Énergie Sanvoie")
    best = choose(
        rank_suppliers(facts, [Supplier(1, "Énergie Sanvoie", vat="FR83404833048")])
    )
    assert best.supplier_id == 1


def test_a_name_alone_is_no_supplier():
    facts = paper("facture", entreprise="Énergie Sanvoie")
    ranked = rank_suppliers(facts, [Supplier(1, "Énergie Sanvoie SAS")])
    assert choose(ranked) is None
    assert ranked[0].supplier_id == 1


def test_namesakes_with_another_siret_are_no_supplier():
    facts = paper("facture", siret="40483304800022", entreprise="Énergie Sanvoie")
    ranked = rank_suppliers(facts, [Supplier(1, "Énergie Sanvoie", SIRET)])
    assert choose(ranked) is None
    assert ranked[0].score < 0.3
