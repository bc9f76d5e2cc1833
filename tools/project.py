# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where things are: the repository, its addons, the state folder."""

import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: The addons that only the tests need.
TEST_ADDONS = ROOT / "tests" / "addons"


def state():
    """The git-ignored folder that holds all that is made here."""
    return Path(os.environ.get("BTP_STATE") or ROOT / ".btp").expanduser().resolve()


def log_file():
    """Everything that is not for the screen."""
    return state() / "logs" / "btp.log"


def short_id():
    """A few letters that tell this state folder from another clone's."""
    return hashlib.sha256(str(state()).encode()).hexdigest()[:8]


def addons(folder=ROOT):
    """The technical names of the suite's addons, sorted."""
    return sorted(path.parent.name for path in folder.glob("btp_*/__manifest__.py"))


def addons_path():
    """The folders to give to Odoo: only those that hold an addon, or it refuses to start."""
    return [folder for folder in (ROOT, TEST_ADDONS) if addons(folder)]


def stamp(*contents):
    """A short hash of what a prepared folder was made from."""
    return hashlib.sha256("\n".join(map(str, contents)).encode()).hexdigest()[:16]
