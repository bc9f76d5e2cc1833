# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The exhibits of a claim: their order, their numbers, and an archive that can be checked."""

import hashlib
import io
import zipfile
from datetime import date

from engine.exhibits import SUMS, Exhibit, bundle, number, plain_name


def exhibit(section="invoice", day=date(2026, 1, 15), title="Facture", content=b"x"):
    return Exhibit(section, day, title, "pdf", content)


def test_a_judge_reads_what_was_agreed_then_billed_then_asked():
    numbered = number(
        [
            exhibit("reminder", date(2026, 2, 1), "Relance", b"1"),
            exhibit("invoice", date(2026, 1, 20), "Facture 2", b"2"),
            exhibit("contract", date(2026, 3, 1), "Marché", b"3"),
            exhibit("invoice", date(2026, 1, 15), "Facture 1", b"4"),
        ]
    )
    assert [(n.number, n.name) for n in numbered] == [
        (1, "01-Marche.pdf"),
        (2, "02-Facture-1.pdf"),
        (3, "03-Facture-2.pdf"),
        (4, "04-Relance.pdf"),
    ]


def test_the_same_file_is_one_exhibit():
    assert len(number([exhibit(title="A"), exhibit(title="B")])) == 1


def test_a_name_is_good_on_every_system():
    assert (
        plain_name("Situation n° 5 – École/Bât. A : ../../etc")
        == "Situation-n-5-Ecole-Bat-A-etc"
    )
    assert number([exhibit(title="../..")])[0].name == "01-invoice.pdf"
    assert len(plain_name("a" * 300)) == 60


def test_the_archive_holds_all_and_says_how_to_check_it():
    numbered = number([exhibit(content=b"one"), exhibit(content=b"two", title="B")])
    content = bundle(("00-Summary.pdf", b"sum"), numbered)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == ["00-Summary.pdf", "01-B.pdf", "02-Facture.pdf", SUMS]
        for line in archive.read(SUMS).decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest


def test_the_same_exhibits_give_the_same_archive():
    numbered = number([exhibit()])
    assert bundle(("s", b""), numbered) == bundle(("s", b""), numbered)
