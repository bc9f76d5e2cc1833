# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Unpack Debian's ``odoo-19`` into a private folder, leaving the system's package configuration alone.

apt runs with a sources list and folders of its own. The mirror is the one the machine
already uses, and the archive's signature is checked.
"""

import os
import shutil
from pathlib import Path

from . import machine, project
from .ui import capture, run

KEYRINGS = ("debian-archive-keyring.pgp", "debian-archive-keyring.gpg")
UNSTABLE = "sid"
#: The package, and the web files that its relative links expect in the same prefix.
FROM_UNSTABLE = (
    "odoo-19",
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-ocr-b",
)
#: Unstable's newer versions of these have other file names than Odoo links to.
FROM_STABLE = ("fonts-font-awesome", "fonts-inconsolata")


class Unavailable(Exception):
    """Debian's package cannot be had here; the text says why."""


def find_mirror():
    """Return (address of the archive, release) that this machine's apt uses, from its own configuration."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise Unavailable("this machine has no apt")
    named = os.environ.get("BTP_DEBIAN_MIRROR")
    ok, lines = capture(
        [
            "apt-get",
            "indextargets",
            "--format",
            "$(REPO_URI) $(RELEASE) $(COMPONENT)",
            "Created-By: Packages",
        ]
    )
    targets = [line.split() for line in lines.splitlines()] if ok else []
    for uri, release, component in (target for target in targets if len(target) == 3):
        if (
            component == "main"
            and "-" not in release
            and uri.rstrip("/").endswith("/debian")
        ):
            return named or uri, release
    if named:
        return named, "stable"
    raise Unavailable(
        "apt uses no Debian archive here; set BTP_DEBIAN_MIRROR to name one"
    )


def find_keyring():
    """The keys that Debian's archive is signed with."""
    for name in KEYRINGS:
        path = Path("/usr/share/keyrings", name)
        if path.exists():
            return path
    raise Unavailable("the package debian-archive-keyring is not installed")


def private_apt(folder, mirror, release, suites=None):
    """Return the apt-get command that reads and writes only inside `folder`.

    :param suites: the archive's parts to read, this release and unstable by default
    """
    (folder / "lists" / "partial").mkdir(parents=True, exist_ok=True)
    (folder / "cache" / "archives" / "partial").mkdir(parents=True, exist_ok=True)
    keyring = find_keyring()
    (folder / "sources.list").write_text(
        "".join(
            f"deb [signed-by={keyring}] {mirror} {name} main\n"
            for name in suites or (UNSTABLE, release)
        )
    )
    options = {
        "Dir::Etc::SourceList": folder / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": folder / "lists",
        "Dir::Cache": folder / "cache",
        "Acquire::Languages": "none",
        "Acquire::Retries": "2",
    }
    if machine.is_root():
        # apt's own user may not enter the state folder; signatures are checked all the same.
        options["APT::Sandbox::User"] = "root"
    return [
        "apt-get",
        *(
            part
            for name, value in options.items()
            for part in ("-o", f"{name}={value}")
        ),
    ]


def complaint(failure):
    """What failed, with apt's own last word on it."""
    lines = project.log_file().read_text(errors="replace").splitlines()[-20:]
    errors = [line.removeprefix("E: ") for line in lines if line.startswith("E: ")]
    return f"{failure}: {errors[-1]}" if errors else failure


def download(folder):
    """Download the packages into `folder` and return their files."""
    mirror, release = find_mirror()
    apt = private_apt(folder, mirror, release)
    if run(
        [*apt, "update"],
        "Reading Debian's list of packages (private copy)",
        "",
        check=False,
    ):
        raise Unavailable(complaint("the list of packages could not be read"))
    wanted = [f"{name}/{UNSTABLE}" for name in FROM_UNSTABLE] + [
        f"{name}/{release}" for name in FROM_STABLE
    ]
    code = run(
        [*apt, "download", *wanted],
        "Downloading Odoo 19 from Debian (about 130 MB)",
        "",
        check=False,
        cwd=folder,
        detail=lambda: f"{sum(path.stat().st_size for path in folder.glob('*.deb')) / 1e6:.0f} MB",
    )
    if code:
        raise Unavailable(complaint("the download failed"))
    return sorted(folder.glob("*.deb"))


def broken_links(prefix):
    """The links under `prefix` that lead nowhere."""
    return [
        path for path in prefix.rglob("*") if path.is_symlink() and not path.exists()
    ]


def unpack_odoo(folder):
    """Fill `folder` with Odoo and return the part of it that contains ``odoo/``."""
    work, prefix = folder.with_suffix(".apt"), folder.with_suffix(".part")
    for path in (work, prefix, folder):
        shutil.rmtree(path, ignore_errors=True)
    work.mkdir()
    try:
        for number, deb in enumerate(files := download(work), 1):
            if run(
                ["dpkg-deb", "-x", deb, prefix],
                f"Unpacking {deb.name.split('_')[0]} ({number}/{len(files)})",
                "",
                check=False,
            ):
                raise Unavailable(f"{deb.name} could not be unpacked")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if broken := broken_links(prefix):
        raise Unavailable(
            f"{len(broken)} of its files are missing, such as {broken[0].name}"
        )
    prefix.rename(folder)
    return folder / "usr/lib/python3/dist-packages"
