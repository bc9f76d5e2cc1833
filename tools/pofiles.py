# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Compare and merge .pot and .po files. Needs polib: run in the virtual environment by `translations`."""

import re
import sys
from pathlib import Path

import polib

from tools import project

LANGUAGE = "fr"
#: Two exports of the same terms differ by these.
DATES = ("POT-Creation-Date", "PO-Revision-Date")
#: A plain space inside French quotation marks: a line that breaks there leaves one alone.
PLAIN = re.compile(r"(?<=«) | (?=»)")


def files(addon):
    """The addon's own .pot and fr.po."""
    folder = project.ROOT / addon / "i18n"
    return folder / f"{addon}.pot", folder / f"{LANGUAGE}.po"


def terms(catalogue):
    """What a translator sees of a catalogue: each term and where it is used."""
    return {
        (entry.msgctxt, entry.msgid): sorted(entry.occurrences)
        for entry in catalogue
        if not entry.obsolete
    }


def differences(addon, exported):
    """Yield what is wrong with an addon's translation files."""
    pot_path, po_path = files(addon)
    if not pot_path.exists() or not po_path.exists():
        yield f"{addon}: i18n/{addon}.pot or i18n/{LANGUAGE}.po is missing"
        return
    if terms(polib.pofile(str(pot_path))) != terms(exported):
        yield f"{pot_path.name} is not what Odoo exports now"
    po = polib.pofile(str(po_path))
    if set(terms(po)) != set(terms(exported)):
        yield f"{addon}/{po_path.name} does not have the terms of the .pot"
    for entry in po:
        if entry.obsolete:
            yield f"{addon}/{po_path.name}: obsolete: {entry.msgid!r}"
        elif entry.fuzzy:
            yield f"{addon}/{po_path.name}: fuzzy: {entry.msgid!r}"
        elif not entry.translated():
            yield f"{addon}/{po_path.name}: not translated: {entry.msgid!r}"
        elif PLAIN.search(entry.msgstr):
            yield f"{addon}/{po_path.name}: plain space within « »: {entry.msgid!r}"


def check(addon, exported):
    """Print what is wrong; return whether nothing is."""
    found = list(differences(addon, exported))
    for line in found:
        print(line)
    return not found


def merge(po, exported):
    """Bring the .po in step: new terms come in empty, those that are gone go, « » do not break."""
    po.merge(exported)
    for entry in po:
        entry.msgstr = PLAIN.sub("\N{NO-BREAK SPACE}", entry.msgstr)
    for entry in po.obsolete_entries():
        po.remove(entry)
    po.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))


def update(addon, exported):
    """Write the .pot where terms changed, and merge it into fr.po."""
    pot_path, po_path = files(addon)
    pot_path.parent.mkdir(exist_ok=True)
    if not pot_path.exists() or terms(polib.pofile(str(pot_path))) != terms(exported):
        exported.save(str(pot_path))
    po = polib.pofile(str(po_path)) if po_path.exists() else polib.POFile()
    before = str(po)
    po.metadata = {
        **exported.metadata,
        **po.metadata,
        "Language": LANGUAGE,
        "Plural-Forms": "nplurals=2; plural=(n > 1);",
    }
    merge(po, exported)
    if str(po) != before:
        po.save(str(po_path))
    missing = [entry.msgid for entry in po if not entry.translated()]
    print(f"{addon}: {len(po)} terms, {len(missing)} to translate in {po_path}")
    for msgid in missing:
        print(f"  {msgid!r}")
    return True


def main(verb, folder, *addons):
    """Check or update each addon's files against what Odoo exported into `folder`."""
    action = {"check": check, "update": update}[verb]
    done = []
    for addon in addons:
        exported = polib.pofile(str(Path(folder, f"{addon}.pot")))
        for name in DATES:
            exported.metadata.pop(name, None)
        done.append(action(addon, exported))
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
