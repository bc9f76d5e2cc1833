# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tesseract 5 with French, which reads scans: the system's, or Debian's unpacked into the state folder."""

import shutil

from . import debian, project
from .ui import capture, run, say

PACKAGES = ("tesseract-ocr", "tesseract-ocr-fra")
LANGUAGES = {"fra"}


def prefix():
    """Where Debian's packages are unpacked."""
    return project.state() / "tesseract"


def system_has_it():
    """Whether the system's own Tesseract reads French."""
    ok, output = (
        capture(["tesseract", "--list-langs"])
        if shutil.which("tesseract")
        else (False, "")
    )
    return ok and set(output.split()) >= LANGUAGES


def environment():
    """The variable that names the unpacked one, when there is one."""
    program = prefix() / "usr/bin/tesseract"
    return {"BTP_TESSERACT": str(prefix())} if program.exists() else {}


def ensure():
    """Have a Tesseract; without one, scans are not read and the rest works."""
    if environment() or system_has_it():
        return
    try:
        unpack(prefix())
    except debian.Unavailable as reason:
        say(
            f"• Scans will not be read ({reason}): install tesseract-ocr with French "
            "(Debian: tesseract-ocr-fra), then run this again"
        )


def missing_packages(apt, release):
    """The packages to unpack: Tesseract, French, and what they need that this system lacks."""
    ok, output = capture(
        [
            *apt,
            *("-s", "--no-install-recommends", "-t", release),
            *("install", *PACKAGES),
        ]
    )
    names = [line.split()[1] for line in output.splitlines() if line[:5] == "Inst "]
    if not ok or not names:
        raise debian.Unavailable("apt does not know what it needs")
    return names


def unpack(folder):
    """Fill `folder` with the packages, leaving the system's configuration alone."""
    work, part = folder.with_suffix(".apt"), folder.with_suffix(".part")
    for path in (work, part, folder):
        shutil.rmtree(path, ignore_errors=True)
    work.mkdir()
    try:
        mirror, release = debian.find_mirror()
        apt = debian.private_apt(work, mirror, release, (release,))
        title = "Reading Debian's list of packages, for Tesseract (private copy)"
        if run([*apt, "update"], title, "", check=False):
            raise debian.Unavailable("the list of packages could not be read")
        names = [f"{name}/{release}" for name in missing_packages(apt, release)]
        title = "Downloading Tesseract from Debian (about 8 MB)"
        if run([*apt, "download", *names], title, "", check=False, cwd=work):
            raise debian.Unavailable("the download failed")
        for deb in sorted(work.glob("*.deb")):
            ok, output = capture(["dpkg-deb", "-x", deb, part])
            if not ok:
                raise debian.Unavailable(f"{deb.name} could not be unpacked: {output}")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    part.rename(folder)
