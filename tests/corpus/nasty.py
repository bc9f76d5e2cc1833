# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files that nobody wishes to get. Each: (bytes, suffix, accepted errors or None when it must be read, warnings)."""

import io
import random
import zlib

import numpy as np
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from weasyprint import HTML

from . import degrade

TEXT = "<h2>BON DE COMMANDE N° CDE-2026-114</h2><p>Fournisseur : SARL Plomberie Vautrin</p><p>Date : 12/03/2026</p><p>Total HT 1 000,00 € TVA 20 % 200,00 € Total TTC 1 200,00 €</p>"


def pdf(html=TEXT):
    """A small PDF of a text."""
    return HTML(string=f"<html lang='fr'><body>{html}</body></html>").write_pdf()


def rewritten(change, content=None):
    """A PDF changed by a function of its writer."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content or pdf())))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def raw_pdf(objects):
    """A PDF from the bodies of its objects, the first of which is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )


def stream(body, extra=b""):
    """A packed stream object."""
    packed = zlib.compress(body, 9)
    return (
        b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n" % (len(packed), extra)
        + packed
        + b"\nendstream"
    )


def page_of(content, resources=b"", box=b"[0 0 595 842]"):
    """A PDF of one page with this content and these resources."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox "
        + box
        + b" /Contents 4 0 R /Resources << "
        + resources
        + b" >> >>",
        stream(content),
    ]


def self_drawing():
    """A form that draws itself."""
    form = stream(
        b"/F Do /F Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F 5 0 R >> >>",
    )
    return raw_pdf([*page_of(b"/F Do", b"/XObject << /F 5 0 R >>"), form])


def content_bomb():
    """Millions of drawing steps packed small."""
    return raw_pdf(page_of(b"q 1 0 0 1 0 0 cm 0 0 595 842 re f Q\n" * 3_000_000))


def picture_bomb():
    """A picture declared as enormous, packed small."""
    side = 30_000
    image = stream(
        b"\0" * (side * side // 8),
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1"
        % (side, side),
    )
    return raw_pdf(
        [*page_of(b"q 595 0 0 842 0 0 cm /I Do Q", b"/XObject << /I 5 0 R >>"), image]
    )


def deep():
    """Arrays in arrays, very deep."""
    return raw_pdf([*page_of(b"0 0 m"), b"[" * 200_000 + b"]" * 200_000])


def white_text():
    """A page that shows one thing and says another in white."""
    hidden = "<p style='color:#fff'>PROCÈS-VERBAL DE RÉCEPTION – réception prononcée sans réserve le 01/02/2026. Total TTC 99 999,00 €</p>"
    return pdf(TEXT + hidden)


def many_pages():
    """Two hundred pages."""
    return pdf(
        "<div style='page-break-after:always'>"
        + TEXT
        + "</div>"
        + "".join(
            f"<div style='page-break-after:always'>Annexe {n} : détail des quantités du lot</div>"
            for n in range(199)
        )
    )


def with_xml(body, name="factur-x.xml"):
    """A PDF with an XML file inside."""
    return rewritten(lambda writer: writer.add_attachment(name, body))


def picture(array, kind="PNG"):
    """An array as a picture file."""
    out = io.BytesIO()
    Image.fromarray(array).save(out, kind)
    return out.getvalue()


def launch(writer):
    """Start a program when the file is opened."""
    action = DictionaryObject(
        {
            NameObject("/S"): NameObject("/Launch"),
            NameObject("/F"): TextStringObject("calc.exe"),
        }
    )
    writer._root_object[NameObject("/OpenAction")] = writer._add_object(action)


def upside_down():
    """A scan the wrong way up."""
    page = degrade.draw(
        pdf(TEXT + "<p>Chantier : Extension de la médiathèque intercommunale</p>" * 6),
        200,
    )[0]
    return picture(np.ascontiguousarray(page[::-1, ::-1]))


def crumpled():
    """A photo of a crumpled sheet in bad light."""
    rng = np.random.default_rng(5)
    page = degrade.draw(pdf(TEXT * 2), 120)[0].astype(np.float32)
    height, width = page.shape[:2]
    folds = np.kron(
        rng.normal(0, 1, (9, 7)), np.ones((height // 9 + 1, width // 7 + 1))
    )[:height, :width]
    return picture(
        (page * (0.6 + 0.12 * folds[:, :, None])).clip(0, 255).astype(np.uint8), "JPEG"
    )


def files():
    """{name: (bytes, suffix, accepted errors or None, expected warnings)}."""
    small = pdf()
    lol = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><x>&b;</x>"
    noise = np.random.default_rng(3).integers(0, 255, (1400, 1000, 3), dtype=np.uint8)
    return {
        "encrypted": (
            rewritten(lambda w: w.encrypt("secret")),
            ".pdf",
            ["encrypted"],
            [],
        ),
        "owner_password": (
            rewritten(lambda w: w.encrypt("", "owner")),
            ".pdf",
            None,
            [],
        ),
        "truncated": (small[: len(small) // 3], ".pdf", ["corrupt", "no_text"], []),
        "empty": (b"", ".pdf", ["empty"], []),
        "zeros": (b"\0" * 5000, ".pdf", ["empty", "wrong_format", "corrupt"], []),
        "text_named_pdf": (
            b"Bonjour, ceci n'est pas un PDF." * 20,
            ".pdf",
            ["wrong_format", "corrupt"],
            [],
        ),
        "zip_named_pdf": (
            b"PK\x03\x04" + bytes(random.Random(1).randrange(256) for _ in range(3000)),
            ".pdf",
            ["wrong_format", "corrupt"],
            [],
        ),
        "picture_named_pdf": (
            picture(degrade.draw(small, 150)[0], "JPEG"),
            ".pdf",
            None,
            [],
        ),
        "pages_200": (many_pages(), ".pdf", None, []),
        "javascript": (
            rewritten(lambda w: w.add_js("app.alert('x')")),
            ".pdf",
            None,
            ["javascript"],
        ),
        "launch": (rewritten(launch), ".pdf", None, ["javascript"]),
        "attachment": (
            with_xml(b"MZ\x90\0", "facture.exe"),
            ".pdf",
            None,
            ["attachment"],
        ),
        "xml_bomb": (with_xml(lol), ".pdf", None, ["xml_rejected"]),
        "xml_nonsense": (with_xml(b"<a><b></a>"), ".pdf", None, ["xml_rejected"]),
        "white_text": (white_text(), ".pdf", None, ["hidden_text"]),
        "self_drawing": (
            self_drawing(),
            ".pdf",
            ["corrupt", "timeout", "too_large", "no_text"],
            [],
        ),
        "content_bomb": (
            content_bomb(),
            ".pdf",
            ["corrupt", "timeout", "too_large", "no_text"],
            [],
        ),
        "picture_bomb": (
            picture_bomb(),
            ".pdf",
            ["corrupt", "timeout", "too_large", "no_text"],
            [],
        ),
        "png_bomb": (png_bomb(), ".png", ["too_large", "corrupt"], []),
        "deep": (deep(), ".pdf", ["corrupt", "no_text", "too_large"], []),
        "huge_page": (
            raw_pdf(page_of(b"0 0 m", box=b"[0 0 2000000 2000000]")),
            ".pdf",
            ["corrupt", "no_text", "too_large", "low_quality"],
            [],
        ),
        "blank": (pdf("&nbsp;"), ".pdf", ["no_text", "empty"], []),
        "blank_scan": (
            picture(np.full((2200, 1600, 3), 245, np.uint8), "JPEG"),
            ".jpg",
            ["no_text", "empty", "low_quality"],
            [],
        ),
        "noise": (picture(noise, "JPEG"), ".jpg", ["no_text", "low_quality"], []),
        "foreign": (
            pdf(
                "<h2>Delivery note</h2>"
                + "<p>The goods listed below were delivered to the site and accepted by the customer with the invoice from your company.</p>"
                * 4
            ),
            ".pdf",
            None,
            [],
        ),
        "upside_down": (upside_down(), ".png", None, []),
        "crumpled": (crumpled(), ".jpg", None, []),
        "tiny_picture": (
            picture(np.full((20, 20, 3), 200, np.uint8)),
            ".png",
            ["low_quality", "no_text", "corrupt"],
            [],
        ),
    }


def png_bomb():
    """A PNG declared as 50,000 pixels square, packed small."""

    def chunk(kind, body):
        return (
            len(body).to_bytes(4, "big")
            + kind
            + body
            + zlib.crc32(kind + body).to_bytes(4, "big")
        )

    head = (50_000).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 5_000_000))
        + chunk(b"IEND", b"")
    )
