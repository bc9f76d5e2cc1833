# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files read from end to end in the sandbox: papers of several layouts, and files that nobody wishes to get."""

import io
import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest
from corpus import degrade, nasty
from corpus import main as corpus
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir
from PIL import Image

from tools import project, tesseract, venv

sys.path.insert(0, str(project.ROOT / "btp_relance_ocr"))
import reader  # noqa: E402
from reader import fingerprint  # noqa: E402

set_hypothesis_home_dir(project.state() / "hypothesis")

pytestmark = pytest.mark.pure
#: A file that takes longer than this here is a stuck one; the machine may be busy.
LONG = 150
MONEY = ("montant_ht", "montant_tva", "montant_ttc")
#: Read quickly enough for each run; the slow bombs are read in the corpus's own runs.
SLOW = {
    "content_bomb",
    "self_drawing",
    "crumpled",
    "deep",
    "huge_page",
    "noise",
    "blank_scan",
}


@pytest.fixture(scope="module", name="papers")
def papers_fixture():
    """One reading process for all tests here."""
    os.environ.update(tesseract.environment())
    with reader.Reader() as process:
        yield process


def read(papers, tmp_path, content, suffix):
    """Read bytes as a file."""
    path = tmp_path / f"paper{suffix}"
    path.write_bytes(content)
    return papers.read(path)


def differences(told, truth):
    """The fields that were read otherwise than they are."""
    fields = told["fields"]
    return {
        name: (value, fields.get(name))
        for name, value in truth["fields"].items()
        if name in fields
        and fields[name] != value
        and name in (*MONEY, "decision", "reserves", "signed", "siret")
    }


@pytest.mark.parametrize(
    ("part", "family"),
    [
        *(
            ("develop", name)
            for name in (
                "exe6",
                "private_pv",
                "exe4",
                "lifting_table",
                "situation_columns",
                "quote_trap",
            )
        ),
        *(
            ("held", name)
            for name in (
                "pv_architect",
                "exe7",
                "exe9",
                "order_erp",
                "invoice_sub",
                "delivery_trap",
            )
        ),
        *(
            ("fresh", name)
            for name in (
                "pv_lot",
                "decision_letter",
                "certificate_short",
                "reminder_trap",
            )
        ),
        *(
            ("third", name)
            for name in ("pv_columns", "order_english", "invoice_boxed", "minutes")
        ),
        *(
            ("fourth", name)
            for name in ("pv_yes_no", "os_stop_resume", "invoice_situation", "dispatch")
        ),
        *(("fifth", name) for name in ("exe5_long", "exe9_long", "situation_wide")),
    ],
)
def test_a_paper_is_what_it_is(papers, tmp_path, part, family):
    """Kind, decision, amounts and signature of a text PDF of each layout."""
    content, suffix, truth = corpus.make(part, family, 0, "clean")
    told = read(papers, tmp_path, content, suffix)
    assert told["error"] is None
    assert told["type"] == truth["type"]
    assert differences(told, truth) == {}


@pytest.mark.parametrize("how", ["scan", "photo"])
def test_a_scan_and_a_photo(papers, tmp_path, how):
    """A picture is read too, and its places are on the page."""
    content, suffix, truth = corpus.make("develop", "order_classic", 1, how)
    told = read(papers, tmp_path, content, suffix)
    assert told["type"] == truth["type"]
    assert differences(told, truth) == {}
    assert {truth["fields"][name] for name in MONEY} == {
        told["fields"][name] for name in MONEY
    }
    left, top, right, bottom = told["places"]["montant_ttc"]["box"]
    assert 0 <= left < right <= 1
    assert 0 <= top < bottom <= 1


def ink_in(folder, page, box):
    """The darkest grey within a box of a page's picture, and the lightest."""
    picture = Image.open(folder / page["picture"]["file"]).convert("L")
    assert picture.size == (page["picture"]["width"], page["picture"]["height"])
    assert max(picture.size) <= 1600
    left, top, right, bottom = box
    width, height = picture.size
    return picture.crop(
        (left * width, top * height, right * width, bottom * height)
    ).getextrema()


@pytest.mark.parametrize("how", ["clean", "photo", "sideways"])
def test_pictures_fit_the_boxes(papers, tmp_path, how):
    """Each page has an upright picture, and the boxes of words hold ink there."""
    content, suffix, _truth = corpus.make(
        "develop", "order_classic", 1, "photo" if how == "photo" else "clean"
    )
    if how == "sideways":
        image = Image.fromarray(degrade.draw(content, 150)[0])
        out = io.BytesIO()
        image.transpose(Image.Transpose.ROTATE_90).save(out, "PNG")
        content, suffix = out.getvalue(), ".png"
    path = tmp_path / f"paper{suffix}"
    path.write_bytes(content)
    told = papers.read(path, tmp_path / "pictures")
    page = told["pages"][0]
    assert page["picture"]["height"] > page["picture"]["width"]
    assert page["rotation"] == (90 if how == "sideways" else 0)
    longest = sorted(page["words"], key=lambda word: -len(word[0]))[:12]
    for word in longest:
        darkest, lightest = ink_in(tmp_path / "pictures", page, word[1:5])
        assert lightest - darkest > 60, word


def test_a_scan_of_the_same_sheet_is_recognised(papers, tmp_path):
    """Two scans of one sheet look alike, another paper does not."""
    first, suffix, _truth = corpus.make("develop", "order_classic", 1, "clean")
    content, second_suffix = degrade.scan(first, random.Random(3))
    other, other_suffix, _truth = corpus.make("develop", "exe6", 0, "clean")
    prints = [
        read(papers, tmp_path, *file)["fingerprint"]
        for file in ((first, suffix), (content, second_suffix), (other, other_suffix))
    ]
    assert fingerprint.distance(prints[0], prints[1]) <= fingerprint.NEAR
    assert fingerprint.distance(prints[0], prints[2]) > fingerprint.NEAR


def test_a_page_too_poor_to_read_is_shown(papers, tmp_path):
    """Who must decide about a blank page sees it."""
    path = tmp_path / "blank.png"
    Image.new("L", (900, 1200), 255).save(path)
    told = papers.read(path, tmp_path / "pictures")
    assert told["error"] == "no_text"
    assert (tmp_path / "pictures" / told["pages"][0]["picture"]["file"]).exists()


NASTY = nasty.files()


@pytest.mark.parametrize("name", sorted(set(NASTY) - SLOW))
def test_a_nasty_file_ends_well(papers, tmp_path, name):
    """Each ends with the state it should, in time."""
    content, suffix, errors, warnings = NASTY[name]
    started = time.monotonic()
    told = read(papers, tmp_path, content, suffix)
    assert time.monotonic() - started < LONG
    if errors:
        assert told["error"] in errors
    else:
        assert told["error"] is None
        assert set(warnings) <= set(told["warnings"])
    assert set(told["warnings"]) <= set(reader.WARNINGS)


def test_white_text_is_not_believed(papers, tmp_path):
    """What no eye can see decides nothing."""
    content, suffix, _errors, _warnings = NASTY["white_text"]
    told = read(papers, tmp_path, content, suffix)
    assert told["type"] == "bon_commande"
    assert told["fields"]["montant_ttc"] == "1200.00"


def test_a_killed_process_is_started_again(papers, tmp_path):
    """Whoever kills the reading process loses no file."""
    assert read(papers, tmp_path, nasty.pdf(), ".pdf")["error"] is None
    os.kill(papers.process.pid, signal.SIGKILL)
    assert read(papers, tmp_path, nasty.pdf(), ".pdf")["error"] is None


def test_the_command_reads_folders(tmp_path):
    """One JSON object per file name, and nothing else on the output."""
    (tmp_path / "one.pdf").write_bytes(nasty.pdf())
    (tmp_path / "two.pdf").write_bytes(b"")
    done = subprocess.run(
        [venv.program("python"), project.ROOT / "tools" / "reading.py", tmp_path],
        env={**venv.environment(), "PYTHONPATH": str(project.ROOT / "btp_relance_ocr")},
        capture_output=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told["one.pdf"]["type"] == "bon_commande"
    assert told["two.pdf"]["error"] == "empty"
    assert set(told["one.pdf"]) == {
        "type",
        "fields",
        "confidence",
        "error",
        "warnings",
        "seconds",
        "rss_mb",
    }


SMALL = nasty.pdf()


@settings(
    database=None,
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**6), cut=st.floats(0.2, 1.0), changes=st.integers(1, 60))
def test_damaged_files_never_break_the_reader(papers, tmp_path, seed, cut, changes):
    """Bytes changed and cut at random: each file ends with a reading or one of the codes."""
    rng = random.Random(seed)
    content = bytearray(SMALL[: int(len(SMALL) * cut)])
    for _change in range(changes):
        content[rng.randrange(len(content))] = rng.randrange(256)
    told = read(papers, tmp_path, bytes(content), ".pdf")
    assert told["error"] is None or told["error"] in reader.ERRORS


CII = """<?xml version='1.0' encoding='UTF-8'?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>
<ram:ID>urn:factur-x.eu:1p0:minimum</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>FX-2026-7</ram:ID><ram:TypeCode>380</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20260312</udt:DateTimeString></ram:IssueDateTime>
</rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement>
<ram:SellerTradeParty><ram:Name>SARL Plomberie Vautrin</ram:Name></ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:Name>OPH Valdoise Habitat</ram:Name></ram:BuyerTradeParty>
</ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery/><ram:ApplicableHeaderTradeSettlement>
<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><ram:SpecifiedTradeSettlementHeaderMonetarySummation>
<ram:TaxBasisTotalAmount>500.00</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="EUR">100.00</ram:TaxTotalAmount>
<ram:GrandTotalAmount>600.00</ram:GrandTotalAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""


def test_data_inside_wins_over_reading(papers, tmp_path):
    """A Factur-X file is what its data says, whatever its page shows."""
    told = read(papers, tmp_path, nasty.with_xml(CII.encode()), ".pdf")
    assert told["type"] == "facture"
    assert told["warnings"] == []
    assert told["fields"]["ref_facture"] == "FX-2026-7"
    assert told["fields"]["date_document"] == "2026-03-12"
    assert [told["fields"][name] for name in MONEY] == ["500.00", "100.00", "600.00"]
    assert told["confidence"]["montant_ttc"] >= 0.9


def test_a_credit_note_is_an_invoice_by_its_data(papers, tmp_path):
    """Its finer kind tells it apart; its amounts are as the data has them."""
    credit = CII.replace("<ram:TypeCode>380<", "<ram:TypeCode>381<")
    told = read(papers, tmp_path, nasty.with_xml(credit.encode()), ".pdf")
    assert (told["type"], told["detail"]) == ("facture", "avoir")
    assert told["fields"]["ref_facture"] == "FX-2026-7"
    assert told["fields"]["montant_ttc"] == "600.00"
