# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files from outside: the content decides, not the name."""

import io
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine import uploads  # noqa: E402

pytestmark = pytest.mark.pure

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 64 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + b"\x00" * 64
ELF = b"\x7fELF\x02\x01\x01" + b"\x00" * 64


def archive(*names, **contents):
    """Return an archive with parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in names:
            packed.writestr(name, contents.get(name, "x"))
    return file.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
ODT = archive("mimetype", "content.xml", mimetype=uploads.TYPES["odt"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pv.pdf", PDF),
        ("photo.jpg", JPEG),
        ("photo.JPEG", JPEG),
        ("plan.png", PNG),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 32),
        ("scan.tiff", b"II*\x00" + b"\x00" * 32),
        ("scan.tif", b"MM\x00*" + b"\x00" * 32),
        ("photo.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 32),
        ("note.docx", DOCX),
        ("decompte.xlsx", XLSX),
        ("note.odt", ODT),
    ],
)
def test_what_a_customer_sends_passes(name, content):
    kind = uploads.TYPES[name.rpartition(".")[2].lower()]
    assert uploads.check(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("facture.pdf", EXE, "mismatch"),
        ("facture.pdf", ELF, "mismatch"),
        ("facture.pdf", b"#!/bin/sh\nrm -rf /", "mismatch"),
        ("facture.pdf", b"<html><script>alert(1)</script>", "mismatch"),
        ("facture.pdf", EXE + PDF, "mismatch"),
        ("facture.pdf", b"<script>1</script>" + PDF, "mismatch"),
        ("facture.pdf", JPEG, "mismatch"),
        ("photo.jpg", PDF, "mismatch"),
        ("facture.exe", EXE, "not_allowed"),
        ("page.html", b"<html></html>", "not_allowed"),
        ("logo.svg", b"<svg onload='alert(1)'/>", "not_allowed"),
        ("archive.zip", DOCX, "not_allowed"),
        ("sans-ending", PDF, "not_allowed"),
        ("note.docm", DOCX, "not_allowed"),
        ("note.docx", archive("readme.txt"), "mismatch"),
        ("note.docx", XLSX, "mismatch"),
        ("note.docx", archive("[Content_Types].xml", "word/document.xml", "a.exe"), "hidden"),
        (
            "note.docx",
            archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "hidden",
        ),
        (
            "note.docx",
            archive("[Content_Types].xml", "word/document.xml", "../../etc/passwd"),
            "hidden",
        ),
        ("note.docx", DOCX[: len(DOCX) // 2], "damaged"),
        ("note.docx", DOCX + PDF, "hidden"),
        ("note.docx", DOCX + b"<script>alert(1)</script>", "hidden"),
        ("note.docx", DOCX + EXE, "hidden"),
        ("note.docx", archive("run.exe") + DOCX, "hidden"),
        (
            "note.docx",
            archive("[Content_Types].xml", "word/document.xml", "word/embeddings/oleObject1.bin"),
            "hidden",
        ),
        ("facture.pdf", PDF.replace(b"%%EOF", archive("run.exe") + b"%%EOF"), "hidden"),
        (
            "facture.pdf",
            PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/J#61vaScript>>"),
            "active",
        ),
        ("photo.jpg", JPEG + archive("run.exe"), "hidden"),
        ("photo.png", PNG + b"<?php system($_GET['c']); ?>", "hidden"),
        ("facture.pdf", PDF + archive("run.exe"), "hidden"),
        ("facture.pdf", PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript>>"), "active"),
        ("facture.pdf", PDF.replace(b"/Catalog", b"/Catalog/A<</S/Launch/F(cmd)>>"), "active"),
        ("photo.jpg", JPEG + b"<svg xmlns='http://www.w3.org/2000/svg'>", "hidden"),
        ("facture.pdf", PDF[:20], "damaged"),
        ("facture.pdf", b"", "empty"),
        ("facture.pdf", PDF + b" " * 200, "too_large"),
    ],
)  # fmt: skip
def test_what_is_something_else_is_refused(name, content, code):
    limit = 200 if code == "too_large" else uploads.MAX_BYTES
    with pytest.raises(ValueError) as refusal:
        uploads.check(name, content, limit)
    assert refusal.value.args == (code,)


def test_a_bomb_of_parts_that_overlap_is_refused():
    """Many parts of the directory are one and the same stream: small, and gigabytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr("word/document.xml", b"\0" * (20 * uploads.MEBI))
        parts = packed.infolist()
        parts += [parts[-1]] * 10
    assert len(file.getvalue()) < uploads.MEBI
    with pytest.raises(ValueError, match="swells"):
        uploads.check("note.docx", file.getvalue())


def test_an_archive_that_would_fill_the_memory_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr("word/document.xml", b"\0" * (uploads.MAX_UNPACKED + 1))
    assert len(file.getvalue()) < uploads.MAX_BYTES
    with pytest.raises(ValueError, match="swells"):
        uploads.check("note.docx", file.getvalue())


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("PV de réception.PDF", "PV de réception.pdf"),
        ("..\\..\\windows\\pv.pdf", "pv.pdf"),
        ("/etc/passwd", "passwd"),
        ("pv\u202efdp.exe", "pvfdp.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("<img src=x>.pdf", "img src=x_.pdf"),
        ("", "document"),
        (".pdf", "pdf"),
        ("x" * 300 + ".pdf", "x" * 76 + ".pdf"),
    ],
)
def test_names_are_safe(name, cleaned):
    assert uploads.clean_name(name) == cleaned
