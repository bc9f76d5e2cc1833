# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Signatures: they hold, they break when a byte changes, they are seen where there is room."""

import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import weasyprint
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.reader import PdfFileReader

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine import signing  # noqa: E402

NOW = datetime.now(UTC)
MARK = signing.Mark(
    title="Signé électroniquement",
    name="Bâti Loire – Hélène Kervella",
    place="Nantes",
    reason="Mise en demeure",
    when="22/11/2026",
)


def identity(name="Test, no legal value"):
    """An identity and its certificate."""
    content = signing.make_certificate(
        name, NOW - timedelta(days=1), NOW + timedelta(days=30), "s3cret"
    )
    key, certificate, _more = pkcs12.load_key_and_certificates(content, b"s3cret")
    return signing.Identity(
        certificate.public_bytes(serialization.Encoding.PEM),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )


def letter(lines=5):
    """A letter of so many paragraphs."""
    text = "".join(
        f"<p>Madame, Monsieur, paragraphe {rank}</p>" for rank in range(lines)
    )
    return weasyprint.HTML(
        string=f"<style>@page{{size:A4;margin:20mm}} p{{margin:0 0 12pt;text-align:right}}</style>{text}"
    ).write_pdf()


@pytest.fixture(scope="module")
def signer():
    return identity()


@pytest.fixture(scope="module")
def signed(signer):
    return signing.sign(letter(), signer, MARK)


def test_a_signature_is_valid_and_covers_the_whole_file(signed, signer):
    [verdict] = signing.verify(signed, [signer.certificate])
    assert (verdict.intact, verdict.complete, verdict.trusted) == (True, True, True)
    assert verdict.signer == "Test, no legal value"
    assert abs(verdict.signed_on - datetime.now(UTC)) < timedelta(minutes=10)


def test_it_is_pades_and_states_who_where_and_why(signed):
    [embedded] = PdfFileReader(BytesIO(signed)).embedded_signatures
    values = embedded.sig_object
    assert values["/SubFilter"] == "/ETSI.CAdES.detached"
    assert values["/Reason"] == "Mise en demeure"
    assert values["/Location"] == "Nantes"
    assert values["/Name"] == MARK.name


def test_what_was_signed_stays_as_it_was(signer):
    before = letter()
    assert signing.sign(before, signer, MARK).startswith(before)


@pytest.mark.parametrize("where", [0.1, 0.3, 0.5])
def test_a_changed_byte_breaks_it(signed, signer, where):
    content = letter()
    at = content.index(b"stream") + int(1000 * where)
    broken = bytearray(signed)
    broken[at] ^= 0x01
    [verdict] = signing.verify(bytes(broken), [signer.certificate])
    assert not verdict.intact


def test_what_is_added_after_it_shows(signed, signer):
    [verdict] = signing.verify(signed + b"\n% more\n", [signer.certificate])
    assert not verdict.complete


def test_a_stranger_is_not_trusted(signed):
    [verdict] = signing.verify(signed, [identity("Another").certificate])
    assert verdict.intact
    assert not verdict.trusted


def test_the_box_shows_name_place_date_and_reason(signed):
    page = pypdfium2.PdfDocument(signed)
    page.init_forms()
    last = page[len(page) - 1]
    left, bottom, right, top = signing.find_room(letter())
    before = pypdfium2.PdfDocument(letter())[0].render(scale=1).to_pil().convert("L")
    after = last.render(scale=1, may_draw_forms=True).to_pil().convert("L")
    height = after.size[1]
    area = (left, height - top, right, height - bottom)
    assert before.crop(area).getextrema() == (255, 255)
    assert after.crop(area).getextrema()[0] < 100
    # Nothing else of the page changed.
    outside = (0, 0, after.size[0], height - top - 2)
    assert before.crop(outside).tobytes() == after.crop(outside).tobytes()


def test_the_box_stands_close_under_the_text():
    _left, _bottom, _right, top = signing.find_room(letter(22))
    _left, _bottom, _right, higher = signing.find_room(letter(12))
    assert top < higher


def test_a_full_page_is_signed_without_a_box(signer):
    full = letter(28)
    assert signing.find_room(full) is None
    [verdict] = signing.verify(signing.sign(full, signer, MARK), [signer.certificate])
    assert verdict.intact


def test_a_wrong_password_opens_nothing():
    content = signing.make_certificate("X", NOW, NOW + timedelta(days=1), "right")
    with pytest.raises(ValueError, match="password"):
        pkcs12.load_key_and_certificates(content, b"wrong")
