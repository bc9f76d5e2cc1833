# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Make the machine ready: programs, Odoo's source, the Python environment, PostgreSQL. Quick when nothing changed."""

import contextlib
import ctypes.util
import shutil
import sys
import time

from . import (
    machine,
    odoo,
    odoo_source,
    postgres,
    project,
    tesseract,
    venv,
)
from .ui import Failure, capture, say

#: The browsers that Odoo's tests look for, in its order.
BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


#: What WeasyPrint, which lays papers out, loads from the system, and the Debian package of each.
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
#: A paper needs a good face, and letters of every alphabet; fc-match tells what there is.
FONTS = ("fonts-lato", "fonts-dejavu-core")


def find_library(name):
    """Whether the system has this shared library."""
    return bool(ctypes.util.find_library(name))


def missing_libraries():
    """The Debian packages of the libraries that papers are laid out with, where they lack."""
    return [package for name, package in LIBRARIES.items() if not find_library(name)]


def missing_fonts():
    """The packages of fonts to install for papers: optional, any font prints."""
    ok, families = capture(["fc-list", ":", "family"])
    return [] if ok and "Lato" in families else list(FONTS)


def find_browser():
    """The path of a Chromium or Chrome, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def missing_packages(for_tests):
    """The Debian packages to install: (needed, wanted if the distribution has them)."""
    needed = [*postgres.missing(), *venv.missing(), *missing_libraries()]
    wanted = missing_fonts()
    if not shutil.which("wkhtmltopdf"):
        wanted += ["wkhtmltopdf", "fonts-dejavu-core"]
    if for_tests and not find_browser():
        browser = ["chromium", "fonts-liberation"]
        if machine.can_install("chromium"):
            needed += browser
        else:
            wanted += browser
    return needed, [name for name in wanted if name not in extras_tried()]


def extras_tried():
    """What this distribution may lack, asked for once and not at each command."""
    path = extras_file()
    return path.read_text().split() if path.exists() else []


def extras_file():
    """Where that is remembered."""
    return project.state() / "extras-tried"


def install_packages(for_tests):
    """Install what is missing, as far as the caller may."""
    needed, wanted = missing_packages(for_tests)
    machine.install(needed, wanted)
    if wanted:
        extras_file().write_text("\n".join([*extras_tried(), *wanted]))
    if lacking := missing_libraries():
        raise Failure(
            f"Letters cannot be printed without {' and '.join(lacking)}: "
            "install your system's equivalent, then run this again."
        )


def setup(for_tests=False):
    """Have all that Odoo needs, and its tests; every other command begins here."""
    machine.prepare_state()
    started = time.monotonic()
    with machine.lock("setup"):
        fresh = not (odoo_source.remembered() and venv.is_ready())
        if fresh:
            machine.check_disk()
        install_packages(for_tests)
        source = odoo_source.find()
        venv.ensure()
        venv.point_at(source)
        tesseract.ensure()
        postgres.ensure()
        odoo.write_conf()
    if fresh:
        say(f"• Ready in {time.monotonic() - started:.0f} s: Odoo 19 in {source}")


def setup_reader():
    """Make ready what reads documents, and no more: neither Odoo nor a database."""
    # The answer alone goes to the output, so that another program can take it from there.
    with contextlib.redirect_stdout(sys.stderr):
        machine.prepare_state()
        with machine.lock("setup"):
            machine.install(venv.missing())
            venv.ensure()
            tesseract.ensure()
