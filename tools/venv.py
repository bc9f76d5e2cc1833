# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The private virtual environment, made from requirements.txt and pointed at Odoo's source."""

import importlib.util
import os
import sys

from . import project, tesseract
from .ui import capture, run

#: Runs Odoo without putting the current folder on Python's path, as `python -m odoo` would.
LAUNCHER = """#!{python}
import sys
from odoo.cli import main
sys.exit(main())
"""


def folder():
    """Where the environment is."""
    return project.state() / "venv"


def program(name):
    """The path of a program of the environment."""
    return folder() / "bin" / name


def wanted_stamp():
    """What the environment is made from."""
    text = (project.ROOT / "requirements.txt").read_text(encoding="utf-8")
    return project.stamp(text, sys.version_info[:2], folder())


def is_ready():
    """Whether the environment matches requirements.txt and this Python."""
    stamp = folder() / "btp-stamp"
    return (
        stamp.exists()
        and stamp.read_text() == wanted_stamp()
        and program("python").exists()
    )


def missing():
    """The Debian package that this Python needs to make an environment."""
    return (
        [] if is_ready() or importlib.util.find_spec("ensurepip") else ["python3-venv"]
    )


def can_keep():
    """Whether there is a whole environment of this Python, with only packages to renew."""
    ok, version = capture(
        [program("python"), "-c", "import pip, sys; print(*sys.version_info[:2])"]
    )
    return ok and version == "{} {}".format(*sys.version_info)


def ensure():
    """Create the environment, or renew its packages when requirements.txt changed."""
    if is_ready():
        return
    stamp = folder() / "btp-stamp"
    if not can_keep():
        run(
            [sys.executable, "-m", "venv", "--clear", folder()],
            "Making the Python environment",
            "Could not make the virtual environment: "
            f"remove {folder()} and run this again",
        )
    run(
        [
            program("python"),
            *("-m", "pip", "install", "--disable-pip-version-check", "--no-input"),
            # Python compiles what it imports: less than half of what is installed.
            *("--no-compile", "--prefer-binary"),
            *("-r", project.ROOT / "requirements.txt"),
        ],
        "Installing the Python packages of requirements.txt",
        "Could not install requirements.txt: "
        "check the network (or pip's index settings) and run this again",
    )
    stamp.write_text(wanted_stamp())


def point_at(source):
    """Make ``import odoo`` and the ``odoo`` program of the environment use this source."""
    site = next((folder() / "lib").glob("python3.*/site-packages"))
    (site / "odoo-source.pth").write_text(f"{source}\n")
    launcher = program("odoo")
    launcher.write_text(LAUNCHER.format(python=program("python")))
    launcher.chmod(0o755)


def environment():
    """The variables to run the environment's programs with."""
    env = dict(os.environ)
    env["PATH"] = f"{folder() / 'bin'}{os.pathsep}{env.get('PATH', os.defpath)}"
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"):
        env.pop(name, None)
    # Images of containers often forbid to keep what is compiled: each process would compile all of Odoo again.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env["PYTHONPYCACHEPREFIX"] = str(project.state() / "pycache")
    return {**env, **tesseract.environment()}
