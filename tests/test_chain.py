# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The hash chain of the journal, without a database."""

import hashlib
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.chain import GENESIS, digest, sha256  # noqa: E402

pytestmark = pytest.mark.pure

ROW = {"seq": 1, "kind": "sent", "debtor_name": "Mairie d’Étampes", "detail": None}


def test_a_digest_is_the_sha256_of_canonical_json():
    # Written out: whoever checks a journal years from now needs no code of ours.
    text = f'["{GENESIS}",{{"debtor_name":"Mairie d’Étampes","detail":null,"kind":"sent","seq":1}}]'
    assert digest(GENESIS, ROW) == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_the_order_of_the_fields_does_not_matter():
    assert digest(GENESIS, dict(reversed(ROW.items()))) == digest(GENESIS, ROW)


@pytest.mark.parametrize("name", ROW)
def test_every_field_counts(name):
    assert digest(GENESIS, {**ROW, name: "other"}) != digest(GENESIS, ROW)


def test_the_previous_row_counts():
    assert digest("1" * 64, ROW) != digest(GENESIS, ROW)


def test_nothing_is_not_an_empty_text_nor_zero():
    assert (
        len({digest(GENESIS, {**ROW, "detail": value}) for value in (None, "", 0)}) == 3
    )


def test_text_cannot_slip_from_one_field_into_the_next():
    assert digest(GENESIS, {"a": "x,y", "b": ""}) != digest(
        GENESIS, {"a": "x", "b": ",y"}
    )


def test_the_first_row_is_linked_to_sixty_four_zeros():
    assert GENESIS == "0" * 64


def test_text_and_its_utf8_bytes_have_the_same_sha256():
    assert (
        sha256("été")
        == sha256("été".encode())
        == hashlib.sha256("été".encode()).hexdigest()
    )


@pytest.mark.parametrize("nothing", [None, False, "", b""])
def test_nothing_has_the_sha256_of_nothing(nothing):
    assert sha256(nothing) == hashlib.sha256(b"").hexdigest()
