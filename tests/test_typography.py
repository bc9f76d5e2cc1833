# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Spaces, addresses, the transfer's QR code, and what a page may hold."""

import importlib.util
import io
import sys
import xml.etree.ElementTree as ElementTree

import pytest
import zxingcpp
from PIL import Image

from tools import project

pytestmark = pytest.mark.pure


def load(name):
    """Import a module of the addon's engine without Odoo."""
    folder = project.ROOT / "btp_relance" / "engine"
    package = "paper_engine"
    if package not in sys.modules:
        spec = importlib.util.spec_from_loader(package, loader=None, is_package=True)
        module = importlib.util.module_from_spec(spec)
        module.__path__ = [str(folder)]
        sys.modules[package] = module
    return importlib.import_module(f"{package}.{name}")


typography, epc, paged = load("typography"), load("epc"), load("paged")
NB, NN = typography.NBSP, typography.NNBSP


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Comment ?", f"Comment{NN}?"),
        ("Non ! Si ; peut-être", f"Non{NN}! Si{NN}; peut-être"),
        ("Objet : relance", f"Objet{NB}: relance"),
        ("« Avis »", f"«{NB}Avis{NB}»"),
        ("«Avis»", f"«{NB}Avis»"),
        ("1 234 567,89 €", f"1{NN}234{NN}567,89{NB}€"),
        ("sous 15 jours", f"sous 15{NB}jours"),
        ("l'article L441-10", f"l'article{NB}L441-10"),
        ("M. Dupont", f"M.{NB}Dupont"),
        # Left as they are: an IBAN, a telephone, a time, an address of the web.
        ("FR76 3000 1007 9412 3456 7890 185", "FR76 3000 1007 9412 3456 7890 185"),
        ("04 91 00 00 00", "04 91 00 00 00"),
        ("à 10:30, http://x.fr/?a=1;b", "à 10:30, http://x.fr/?a=1;b"),
        ("", ""),
        (None, None),
    ],
)
def test_french_spaces(text, expected):
    assert typography.typeset(text, "fr_FR") == expected


def test_spaces_are_those_of_the_language():
    assert typography.typeset("Why ? 12 €", "en_US") == f"Why ? 12{NB}€"


@pytest.mark.parametrize(
    ("zip_code", "city", "expected"),
    [
        ("13002", "Marseille", "13002 MARSEILLE"),
        ("93200", "Saint-Denis", "93200 SAINT DENIS"),
        ("76600", "L’Haÿ-les-Roses Cedex 2", "76600 L HAY LES ROSES CEDEX 2"),
        ("71490", "Œuilly", "71490 OEUILLY"),
        (False, "Lyon", "LYON"),
        (False, False, ""),
    ],
)
def test_the_town_is_in_capitals(zip_code, city, expected):
    assert typography.postal_town(zip_code, city) == expected


def address(names=("Firm",), street="1 rue A", complement="", country=""):
    return typography.postal_address(
        names, street, complement, "13002", "Marseille", country
    )


def test_an_address_says_nothing_twice_and_has_no_empty_line():
    assert address(["Firm", "Firm", None, " "]) == [
        "Firm",
        "1 rue A",
        "13002 MARSEILLE",
    ]


def test_a_building_stands_above_the_street_and_a_post_box_below():
    assert address(complement="Bâtiment C")[1:3] == ["Bâtiment C", "1 rue A"]
    assert address(complement="BP 12")[1:3] == ["1 rue A", "BP 12"]


def test_six_lines_are_kept_by_leaving_names_out():
    lines = address(["Firm", "Service", "Person"], "1 rue A", "Bât. C", "Belgique")
    assert lines == [
        "Firm",
        "Service",
        "Bât. C",
        "1 rue A",
        "13002 MARSEILLE",
        "BELGIQUE",
    ]


# === THE TRANSFER'S CODE === #

PAYLOAD = "\n".join(
    ["BCD", "002", "1", "SCT", "BDFEFRPPCCT", "Société du Bâtiment", "FR76", "EUR12.5"]
)


def test_the_code_reads_back_to_the_letter():
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(epc.draw(PAYLOAD))))
    assert code.text == PAYLOAD
    assert code.ec_level == "M"


def test_the_code_refuses_what_a_transfer_cannot_carry():
    with pytest.raises(ValueError, match="331"):
        epc.draw("é" * 166)


# === PAGES === #


def prepared(html):
    root = ElementTree.fromstring(html)
    paged.prepare(root)
    return ElementTree.tostring(root, encoding="unicode")


def test_links_lose_their_address_and_blocks_their_mail_style():
    text = prepared(
        '<html lang="fr"><a href="/my/x?access_token=1" style="color:blue">F</a>'
        '<p style="color:red">a</p>'
        '<table class="o_btp_block" width="600"><tr style="x"><td>b</td></tr></table></html>'
    )
    assert "token" not in text
    assert "blue" not in text
    assert 'style="color:red"' in text
    assert "600" not in text
    assert "<tr><td>b</td></tr>" in text


def test_what_has_no_business_on_paper_goes_and_the_text_after_it_stays():
    text = prepared("<html>a<script>x()</script>b<p/><iframe/>c<link/>d</html>")
    assert text == "<html>ab<p />cd</html>"


@pytest.mark.parametrize(
    "url",
    ["data:text/html,x", "data:,x", "data:image/png;base64,####", "data:text/plain"],
)
def test_only_pictures_are_written_in_a_page(url):
    with pytest.raises(paged.Refused):
        paged.decode_data_url(url + ("" if "#" not in url else "a"))


def test_a_picture_written_in_a_page():
    assert paged.decode_data_url("data:image/png;base64,aGk=") == (b"hi", "image/png")
    assert paged.decode_data_url(epc.data_url(b"x")) == (b"x", "image/png")
    svg = "data:image/svg+xml,%3Csvg/%3E"
    assert paged.decode_data_url(svg) == (b"<svg/>", "image/svg+xml")


# WeasyPrint leaves its colour profile to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_two_threads_print_at_once():
    from concurrent.futures import ThreadPoolExecutor

    html = "<html lang='fr'><title>T</title><body><p>Bonjour</p></body></html>"
    with ThreadPoolExecutor(4) as pool:
        papers = list(pool.map(lambda _n: paged.write(html, paged._refuse), range(8)))
    assert all(paper.startswith(b"%PDF-1.7") for paper in papers)
