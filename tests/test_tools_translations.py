# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The .pot follows the code, fr.po follows the .pot and is complete."""

import polib
import pytest

from tools import pofiles

pytestmark = pytest.mark.pure
ADDON = "btp_example"


def catalogue(**terms):
    """A catalogue with these terms and their translations."""
    made = polib.POFile()
    for msgid, msgstr in terms.items():
        made.append(polib.POEntry(msgid=msgid, msgstr=msgstr, occurrences=[("x", "0")]))
    return made


@pytest.fixture
def addon(monkeypatch, tmp_path):
    """A function that writes the addon's two files."""
    monkeypatch.setattr(pofiles.project, "ROOT", tmp_path)
    (tmp_path / ADDON / "i18n").mkdir(parents=True)

    def write(pot, po):
        for made, path in zip((pot, po), pofiles.files(ADDON), strict=True):
            made.save(str(path))

    return write


def test_complete_files_are_good(addon):
    addon(catalogue(Due=""), catalogue(Due="Échéance"))
    assert pofiles.check(ADDON, catalogue(Due=""))


@pytest.mark.parametrize(
    ("po", "exported", "complaint"),
    [
        (catalogue(Due=""), catalogue(Due=""), "not translated: 'Due'"),
        (catalogue(Due="É"), catalogue(Due="", New=""), "is not what Odoo exports"),
        (catalogue(), catalogue(Due=""), "does not have the terms"),
        (catalogue(Due="« Dû »"), catalogue(Due=""), "plain space within « »"),
    ],
)
def test_what_is_missing_is_named(addon, po, exported, complaint, capsys):
    addon(catalogue(Due=""), po)
    assert not pofiles.check(ADDON, exported)
    assert complaint in capsys.readouterr().out


def test_a_fuzzy_translation_is_not_one(addon, capsys):
    po = catalogue(Due="Échéance")
    po[0].flags.append("fuzzy")
    addon(catalogue(Due=""), po)
    assert not pofiles.check(ADDON, catalogue(Due=""))
    assert "fuzzy: 'Due'" in capsys.readouterr().out


def test_update_keeps_translations_adds_new_terms_and_drops_old_ones(addon):
    addon(catalogue(Due="", Old=""), catalogue(Due="Échéance", Old="Ancien"))
    pofiles.update(ADDON, catalogue(Due="", New=""))
    pot, po = (polib.pofile(str(path)) for path in pofiles.files(ADDON))
    assert {entry.msgid for entry in pot} == {"Due", "New"}
    assert {entry.msgid: entry.msgstr for entry in po} == {"Due": "Échéance", "New": ""}


def test_update_puts_spaces_that_do_not_break_within_quotation_marks(addon):
    addon(catalogue(Due=""), catalogue(Due="Ce qui est « dû »"))
    pofiles.update(ADDON, catalogue(Due=""))
    [entry] = polib.pofile(str(pofiles.files(ADDON)[1]))
    assert entry.msgstr == "Ce qui est «\N{NO-BREAK SPACE}dû\N{NO-BREAK SPACE}»"
    assert pofiles.check(ADDON, catalogue(Due=""))


def test_update_of_files_in_step_writes_nothing(addon):
    pofiles.update(ADDON, catalogue(Due=""))
    before = [path.read_bytes() for path in pofiles.files(ADDON)]
    pofiles.update(ADDON, catalogue(Due=""))
    assert [path.read_bytes() for path in pofiles.files(ADDON)] == before
