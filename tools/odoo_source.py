# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Get Odoo 19's source: named by the user, importable, from Debian's package, or cloned.

Nothing is installed system-wide. The chosen folder (the one that contains ``odoo/``) is remembered in
``odoo/source.json`` of the state folder.
"""

import importlib.util
import json
import os
import re
import shutil
import sys
from pathlib import Path

from . import debian, machine, project
from .ui import Failure, log, run, say

SERIES = (19, 0)
GIT_URL = os.environ.get("ODOO_GIT_URL", "https://github.com/odoo/odoo")


class Unavailable(Exception):
    """This way of getting Odoo does not work here; its text says why."""


def read_version(path):
    """Return Odoo's version_info, such as (19, 0), of the folder that contains ``odoo/``; None if there is none."""
    try:
        text = (path / "odoo" / "release.py").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(r"^version_info\s*=\s*\((\d+),\s*(\d+)", text, re.MULTILINE)
    return found and tuple(map(int, found.groups()))


def from_environment(value):
    """ODOO_SRC: a checkout, an unpacked package, or the ``odoo`` package itself."""
    base = Path(value).expanduser().resolve()
    for path in (base, base.parent, base / "usr/lib/python3/dist-packages"):
        version = read_version(path)
        if version == SERIES:
            return path
        if version:
            raise Failure(
                f"ODOO_SRC={value} is Odoo {version[0]}.{version[1]}: name an Odoo 19.0, or unset it."
            )
    raise Failure(
        f"ODOO_SRC={value} holds no Odoo: name a checkout of the 19.0 branch, or unset it."
    )


def importable():
    """The folder of an Odoo 19 that this Python can import, or None."""
    try:
        spec = importlib.util.find_spec("odoo")
    except (ImportError, ValueError):
        return None
    for location in (spec and spec.submodule_search_locations) or []:
        path = Path(location).resolve().parent
        if read_version(path) == SERIES:
            return path
    return None


def from_debian(folder):
    """Unpack Debian's package and the web files that it links to into a private folder."""
    try:
        return debian.unpack_odoo(folder)
    except debian.Unavailable as reason:
        raise Unavailable(str(reason)) from reason


def from_git(folder):
    """A shallow clone of the 19.0 branch."""
    if not shutil.which("git"):
        if not machine.is_root():
            raise Unavailable("git is not installed (sudo apt-get install git)")
        machine.install(["git"])
    partial = folder.with_suffix(".part")
    shutil.rmtree(partial, ignore_errors=True)
    code = run(
        [
            "git",
            "clone",
            "--quiet",
            "--depth",
            "1",
            "--branch",
            "19.0",
            GIT_URL,
            partial,
        ],
        "Cloning the 19.0 branch of Odoo (about 200 MB to download)",
        "",
        check=False,
        env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
    )
    if code:
        raise Unavailable("the clone failed")
    partial.rename(folder)
    return folder


def remembered():
    """The source chosen earlier, if it is still there."""
    try:
        path = Path(
            json.loads((project.state() / "odoo" / "source.json").read_text())["path"]
        )
    except (OSError, ValueError, KeyError):
        return None
    return path if read_version(path) == SERIES else None


def remember(path, origin):
    """Keep the choice, so that a second run asks nothing of the network."""
    folder = project.state() / "odoo"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.json").write_text(
        json.dumps({"path": str(path), "origin": origin})
    )
    return path


def find():
    """Return the folder that contains ``odoo/``, fetching it when needed."""
    if os.environ.get("ODOO_SRC"):
        return remember(from_environment(os.environ["ODOO_SRC"]), "ODOO_SRC")
    if path := remembered():
        return path
    if path := importable():
        say(f"• Using the Odoo 19 that {sys.executable} imports")
        return remember(path, "environment")
    return fetch()


def fetch():
    """Try Debian's package, then git."""
    folder = project.state() / "odoo"
    folder.mkdir(parents=True, exist_ok=True)
    reasons = []
    for origin, get in (("debian", from_debian), ("git", from_git)):
        try:
            return remember(get(folder / origin), origin)
        except Unavailable as reason:
            log(f"Odoo from {origin}: {reason}")
            reasons.append(f"{origin}: {reason}")
    raise Failure(
        f"Could not get Odoo 19 ({'; '.join(reasons)}): check the network and run this again, "
        "or set ODOO_SRC to a checkout of Odoo's 19.0 branch."
    )


def version_stamp():
    """What tells this Odoo from another one, for the databases made with it."""
    path = remembered()
    return project.stamp(path, (path / "odoo" / "release.py").stat().st_mtime_ns)
