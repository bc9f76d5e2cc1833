# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the reader concludes from words and their places; no file is opened, nothing is drawn."""

import sys

import pytest

from tools import project

sys.path.insert(0, str(project.ROOT / "btp_relance_ocr"))
from reader import amounts, blocks, dated, kinds, layout, parties, sites  # noqa: E402
from reader.model import Document, Page, Word  # noqa: E402

pytestmark = pytest.mark.pure


def paper(*lines, size=9.6):
    """A page of lines of cells: each line is [(left edge in points, text)] or a text at the left margin."""
    page = Page(1, 595.0, 842.0)
    for number, line in enumerate(lines):
        top = 60.0 + 18 * number
        for left, text in [(60.0, line)] if isinstance(line, str) else line:
            for word in text.split():
                right = left + 5.0 * len(word)
                page.words.append(Word(word, left, top, right, top + size))
                left = right + 3.0
    page.lines = layout.build_lines(page.words, 1)
    return Document([page], 1)


def values_of(found):
    """{field: value}."""
    return {field: value.value for field, value in found.items()}


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["FACTURE N° 12-447 – SITUATION N° 3", "Total HT 10,00"], "facture"),
        (["Objet : envoi du procès-verbal de réception pour signature"], "autre"),
        (["CR de chantier n° 14", "Réception des travaux prévue en mai"], "autre"),
        (["Objet : Commande de travaux – Villa Mercier"], "bon_commande"),
        (["Transmission du D.O.E. – bordereau d'envoi"], "doe_bordereau"),
        (["ATTESTATION DE FIN DE TRAVAUX ET DE RÉCEPTION"], "pv_reception"),
        (["Purchase Order / Commande", "Total HT / TVA / fournisseur"], "bon_commande"),
        (["Planning des opérations préalables à la réception"], "autre"),
        (["RELEVÉ DE FACTURES au 31/03/2026", "Facture Échéance Montant TTC"], "autre"),
        (["Relevé mensuel de compte", "Facture Échéance Solde"], "autre"),
        (["DEVIS N° D12", "Total HT", "Le devis signé vaut bon de commande."], "autre"),
        (
            ["COURRIER", "Facture n° F12", "Total HT 10,00 TVA 2,00 Net à payer 12,00"],
            "facture",
        ),
        (["Visite du 3 mai", "Les travaux sont reçus sans réserve."], "pv_reception"),
        (
            [
                "Visite du 3 mai",
                "Les ouvrages du lot 4 ont été réceptionnés avec réserves.",
            ],
            "pv_reception",
        ),
    ],
)
def test_titles(lines, kind):
    """What a title names first is what the paper is; a paper about another one is another."""
    assert kinds.classify(paper(*lines))[0] == kind


WORDINGS = {
    "pv_reception": [
        "Réception de chantier",
        "Déclaration d'achèvement et de réception des travaux",
        "Bon de fin de travaux",
        "Refus de réception des ouvrages",
    ],
    "pv_opr": ["PV d'OPR", "Liste des réserves OPR", "Propositions du maître d'œuvre"],
    "pv_levee_reserves": ["Quitus", "Mainlevée des réserves", "EXE9"],
    "bon_commande": ["Commande n° 4500012", "Lettre de commande"],
    "ordre_service": ["O.S. N° 02 DE DÉMARRAGE", "OS d'arrêt de chantier n° 5"],
    "situation": ["Projet de décompte n° 3", "Attachement de travaux n° 2"],
    "certificat_paiement": ["État d'acompte n° 4", "Bon à payer n° 4"],
    "doe_bordereau": ["Dossier de fin de chantier", "Récépissé de remise du DOE"],
    "facture": ["Facture de situation n° 4", "Note d'honoraires n° 12"],
    "autre": [
        "PV de réception des supports",
        "Demande de réception des travaux",
        "Procès-verbal d'essais",
        "Relance facture n° 12",
        "Décompte général définitif",
    ],
}


@pytest.mark.parametrize(
    ("kind", "title"),
    [(kind, title) for kind, titles in WORDINGS.items() for title in titles],
)
def test_wordings_of_titles(kind, title):
    """Each kind in several wordings, and what only sounds like one."""
    assert kinds.classify(paper("SARL Meyran", title, "Le 3 mars 2026"))[0] == kind


def test_what_only_proposes_is_no_reception():
    """A title that speaks of reception proves none where the text only proposes it."""
    said = "Le maître d'œuvre propose de prononcer la réception sans réserve."
    assert kinds.classify(paper("PV DE RÉCEPTION", said))[0] == "pv_opr"
    said = "Le maître d'ouvrage prononce la réception sans réserve."
    assert kinds.classify(paper("PV DE RÉCEPTION", said))[0] == "pv_reception"


def test_labels_over_values():
    """In a grid the value of a label is under it, not the label beside it."""
    found = parties.find(
        paper(
            "PROCÈS-VERBAL DE RÉCEPTION",
            [(60, "Maître d'ouvrage"), (320, "Opération")],
            [(60, "Commune de Valbrune"), (320, "Extension de la mairie")],
            [(60, "Entreprise"), (320, "Numéro de marché")],
            [(60, "SARL Toitures Meyran"), (320, "2025-12")],
        ),
        "pv_reception",
    )
    assert values_of(found) == {
        "donneur_ordre": "Commune de Valbrune",
        "entreprise": "SARL Toitures Meyran",
        "chantier": "Extension de la mairie",
    }


def test_names_over_addresses():
    """Without labels the firm's own numbers tell who writes, and the other address to whom."""
    heads = blocks.options(
        paper(
            [(60, "Climatec Lassort"), (340, "Clinique du Verger")],
            [(60, "12 rue des Lices"), (340, "4 avenue Foch")],
            [(60, "31000 Tournac"), (340, "31000 Tournac")],
            "SIRET 073 282 932 00074",
        ),
        "facture",
    )
    assert [found.value for found in heads["entreprise"]] == ["Climatec Lassort"]
    assert [found.value for found in heads["donneur_ordre"]] == ["Clinique du Verger"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("mainlevée des réserves – Station d'épuration – lot 2", "Station d'épuration"),
        ("Commande de travaux – Villa Mercier", "Villa Mercier"),
        (
            "Lycée Aubrac – Restructuration des ateliers",
            "Lycée Aubrac – Restructuration des ateliers",
        ),
        (
            "Halle aux grains, marché n° 2025-12",
            "Halle aux grains",
        ),
    ],
)
def test_a_site_without_what_stands_around_it(text, name):
    """The paper's own name and the contract's number are none of the site's."""
    assert sites.tidy(text) == name


def test_amounts_whose_role_follows():
    """``HT`` and ``TTC`` may stand after the amounts, in one sentence."""
    found = amounts.find(
        paper("pour un montant de 12 000,00 € HT, soit 14 400,00 € TTC"), "bon_commande"
    )
    assert found["montant_ht"].value == "12000.00"
    assert found["montant_ttc"].value == "14400.00"


@pytest.mark.parametrize(
    ("before", "role"),
    [
        ("a reprendre avant la reception prevue le ", "sign"),
        ("le maitre d'oeuvre a procede le ", "sign"),
    ],
)
def test_no_town_no_signature(before, role):
    """``à reprendre avant … le`` and ``a procédé le`` are no place and date of a signature."""
    assert dated.role_of(before)[0] != role
    assert dated.role_of("fait a saint-aubin, le ")[0] == "sign"


def test_lost_thousands_come_back_from_the_tax():
    """``766,68`` over ``T.V.A. 753,34`` was 3 766,68 before the picture lost a figure; a text layer loses none."""
    lines = [
        [(60.0, "NET H.T."), (400.0, "766,68")],
        [(60.0, "T.V.A. 20,00 %"), (400.0, "753,34")],
    ]
    doc = paper(*lines)
    assert values_of(amounts.find(doc, "bon_commande"))["montant_ht"] == "766.68"
    doc.pages[0].source = "ocr"
    found = amounts.find(doc, "bon_commande")
    assert values_of(found) == {"montant_ht": "3766.68", "montant_tva": "753.34"}
    assert all(one.confidence < 0.9 for one in found.values())
