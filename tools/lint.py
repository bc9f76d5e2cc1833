# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""./btp lint: the style of the code, Odoo's conventions, XML and translations."""

import subprocess
from xml.etree import ElementTree

from . import project, translations, venv
from .ui import Failure, say

#: One README.rst serves the whole suite; a model may spread over several files, one per concern;
#: companies and scenarios are few, and all of them is what is meant.
NOT_OURS = "missing-readme,consider-merging-classes-inherited,no-search-all"


def run_program(name, *args):
    """Run a program of the environment from the root; return whether it is content, its output shown if not."""
    done = subprocess.run(
        [venv.program(name), *args],
        cwd=project.ROOT,
        env=venv.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        say(done.stdout.rstrip())
    return done.returncode == 0


def all_addons():
    """The folders of the addons, those of the tests included."""
    return [
        str((folder / name).relative_to(project.ROOT))
        for folder in project.addons_path()
        for name in project.addons(folder)
    ]


def check_style(fix):
    """ruff's rules."""
    return run_program("ruff", "check", "btp", ".", *(["--fix"] if fix else []))


def check_format(fix):
    """ruff's layout."""
    return run_program("ruff", "format", "btp", ".", *([] if fix else ["--diff"]))


def check_odoo(_fix):
    """pylint-odoo on each addon."""
    return run_program("pylint", f"--disable={NOT_OURS}", *all_addons())


def check_addons(_fix):
    """OCA's checks of manifests, XML and CSV data."""
    return run_program("oca-checks-odoo-module", *all_addons())


def check_xml(_fix):
    """Every XML and SVG file is well formed, also those that no manifest names."""
    good = True
    for addon in all_addons():
        for path in sorted((project.ROOT / addon).rglob("*")):
            if path.suffix not in (".xml", ".svg"):
                continue
            try:
                ElementTree.parse(path)
            except ElementTree.ParseError as error:
                say(f"{path.relative_to(project.ROOT)}: {error}")
                good = False
    return good


def check_po_files(_fix):
    """OCA's checks of the .po files: placeholders, duplicates, layout."""
    paths = [
        str(path)
        for addon in all_addons()
        for path in (project.ROOT / addon).glob("i18n/*.po")
    ]
    return not paths or run_program("oca-checks-po", *paths)


def check_translations(_fix):
    """The .pot is what Odoo exports, and fr.po translates all of it."""
    return translations.check()


CHECKS = {
    "ruff": check_style,
    "ruff format": check_format,
    "pylint-odoo": check_odoo,
    "OCA module checks": check_addons,
    "XML": check_xml,
    "OCA .po checks": check_po_files,
    "translations": check_translations,
}


def run_all(fix=False):
    """Run every check, whatever the others found; return the exit code."""
    failed = []
    for name, check in CHECKS.items():
        say(f"• Checking: {name}")
        try:
            good = check(fix)
        except Failure as error:
            say(str(error))
            good = False
        if not good:
            failed.append(name)
    if failed:
        say(f"lint failed: {', '.join(failed)}")
        return 1
    say("lint passed")
    return 0
