# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The terms to translate: exported by Odoo, compared with the files, merged into fr.po."""

import os
import subprocess
import tempfile
from pathlib import Path

from . import databases, odoo, project, templates, venv
from .ui import say


def export(folder):
    """Have Odoo export each addon's terms into `folder`; return the addons."""
    addons = project.addons()
    # A copy: while somebody is connected to a template, nobody can copy it.
    database = f"{databases.PREFIX}_test_{os.getpid()}_i18n"
    databases.clone(templates.suite(), database)
    try:
        for name in addons:
            odoo.run_logged(
                ["i18n", "export", "-d", database, "-o", folder / f"{name}.pot", name],
                f"Exporting the terms of {name}",
                f"i18n-{name}",
            )
    finally:
        databases.drop(database)
    return addons


def with_polib(verb):
    """Export the terms, then run the part that needs polib, in the virtual environment."""
    with tempfile.TemporaryDirectory() as folder:
        addons = export(Path(folder))
        cmd = [venv.program("python"), "-m", "tools.pofiles", verb, folder, *addons]
        return subprocess.call(cmd, cwd=project.ROOT, env=venv.environment())


def update():
    """Write the .pot files and merge them into fr.po; return the exit code."""
    code = with_polib("update")
    say("• Now translate what fr.po lists as missing, if anything.")
    return code


def check():
    """Whether .pot and fr.po are in step with the code, and fr.po complete."""
    return with_polib("check") == 0
