# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which files of a mail are papers, and when a file of a folder is whole."""

import os
import struct
import sys
import time
from email.message import EmailMessage

import pytest

from tools import project

sys.path.append(str(project.ROOT / "btp_relance_ocr"))
import folder as watched  # noqa: E402
from attached import File, picture_size, sort  # noqa: E402

PDF = b"%PDF-1.4 paper"
MEBI = 2**20


def png(width, height):
    """The beginning of a PNG of a size."""
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height)


def jpeg(width, height):
    """The beginning of a JPEG of a size, after a segment of its own."""
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03"
    )


@pytest.mark.parametrize(
    ("file", "paper"),
    [
        (File("pv.pdf", PDF), True),
        (File("pv", PDF, inline=True), True),
        (File("photo.jpg", jpeg(3024, 4032)), True),
        (File("photo.jpg", jpeg(3024, 4032), inline=True), True),
        (File("image001.png", png(220, 80), inline=True), False),
        (File("logo.png", png(600, 200)), False),
        (File("banner.jpg", jpeg(1600, 400), inline=True), False),
        (File("pixel.gif", b"GIF89a\x01\x00\x01\x00"), False),
        (File("carte.vcf", b"BEGIN:VCARD"), False),
        (File("smime.p7s", b"0\x82"), False),
        (File("invitation.ics", b"BEGIN:VCALENDAR"), False),
        (File("note.html", b"<p>hello"), False),
        # Refused by its reader, in words that the sender may be told.
        (File("pv.docx", b"PK\x03\x04"), True),
        (File("vide.pdf", b""), True),
    ],
)
def test_logos_and_cards_are_no_papers(file, paper):
    assert bool(sort([file], MEBI, 10).papers) is paper


def test_what_is_too_large_or_too_many_is_told():
    files = [File(f"{number}.pdf", PDF) for number in range(4)]
    found = sort([File("big.pdf", PDF + b" " * 100), *files], 50, 3)
    assert [file.name for file in found.papers] == ["0.pdf", "1.pdf", "2.pdf"]
    assert found.too_large == ["big.pdf", "3.pdf"]


def test_papers_of_a_mail_forwarded_as_a_file_are_found():
    inner = EmailMessage()
    inner["Subject"] = "PV"
    inner.set_content("Ci-joint")
    inner.add_attachment(PDF, maintype="application", subtype="pdf", filename="pv.pdf")
    found = sort([File("fwd.eml", inner.as_bytes())], MEBI, 10)
    assert [(file.name, file.content) for file in found.papers] == [("pv.pdf", PDF)]
    assert not sort([File("broken.eml", b"\x00\xff not a mail")], MEBI, 10).papers


def test_sizes_are_read_from_headers_only():
    assert picture_size(png(10, 20)) == (10, 20)
    assert picture_size(jpeg(30, 40)) == (30, 40)
    assert picture_size(b"\xff\xd8\xff") is None
    assert picture_size(PDF) is None


def put(folder, name, age, content=PDF):
    """Write a file last touched so many seconds ago."""
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_only_whole_files_are_taken_oldest_first(tmp_path):
    later = time.time() + 60
    for name, age in (
        ("b.pdf", 100),
        ("a.pdf", 200),
        (".hidden.pdf", 200),
        ("scan.pdf.part", 200),
        ("copy.tmp", 200),
    ):
        put(tmp_path, name, age)
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.pdf").symlink_to("/etc/passwd")
    names = [path.name for path in watched.list_whole(tmp_path, later)]
    assert names == ["a.pdf", "b.pdf"]
    # Written a moment ago: perhaps still being written.
    assert watched.list_whole(tmp_path) == []


def test_a_file_is_moved_and_none_is_replaced(tmp_path):
    contents = [b"1", b"2", b"3"]
    for content in contents:
        watched.move(put(tmp_path, "scan.pdf", 60, content), watched.TAKEN)
    taken = sorted((tmp_path / "taken").iterdir())
    assert [path.name for path in taken] == [
        "scan (1).pdf",
        "scan (2).pdf",
        "scan.pdf",
    ]
    assert sorted(path.read_bytes() for path in taken) == contents


def test_a_large_file_and_a_link_are_refused(tmp_path):
    with pytest.raises(ValueError):
        watched.read_whole(put(tmp_path, "big.pdf", 60, b"x" * 20), 10)
    link = tmp_path / "link.pdf"
    link.symlink_to(put(tmp_path, "real.pdf", 60))
    with pytest.raises(OSError):
        watched.read_whole(link, 100)
    assert watched.read_whole(tmp_path / "real.pdf", 100) == PDF
