# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The terms to translate: exported by Odoo, compared with the files, merged into fr.po."""

import os
import subprocess
import tempfile
from pathlib import Path

from . import databases, odoo, project, templates, venv
from .ui import say

#: What `odoo i18n export` does for one addon, for all of them at once: loading Odoo takes most of the time.
EXPORT = """
from odoo.tools.translate import trans_export

for name in {addons!r}:
    with open(f"{folder}/{{name}}.pot", "wb") as stream:
        trans_export(None, [name], stream, "po", env(context={{}}))
result = True
"""


def export(folder):
    """Have Odoo export each addon's terms into `folder`; return the addons."""
    addons = project.addons()
    # A copy: while somebody is connected to a template, nobody can copy it.
    database = f"{databases.PREFIX}_test_{os.getpid()}_i18n"
    databases.clone(templates.suite(), database)
    try:
        say(f"• Exporting the terms of {', '.join(addons)}")
        odoo.shell_json(database, EXPORT.format(addons=addons, folder=folder))
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
