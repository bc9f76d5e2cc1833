# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the machine offers: programs, packages, disk, rights, and one setup at a time."""

import contextlib
import fcntl
import os
import shutil
import time

from . import project
from .ui import Failure, capture, run, say

#: An unpacked Odoo, its environment, a cluster with a demo and a test database.
DISK_NEEDED = 4 * 1024**3


def is_root():
    """Whether the caller may install packages, and must not run PostgreSQL itself."""
    return os.geteuid() == 0


def prepare_state():
    """Create the state folder, or say why it cannot be."""
    folder = project.state()
    try:
        for part in ("logs", "data", "mails"):
            (folder / part).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(
            f"Cannot write in {folder} ({error.strerror}): give yourself the right to, "
            "or set BTP_STATE to a folder of yours."
        ) from error
    return folder


def check_disk(needed=DISK_NEEDED):
    """Refuse to start a long setup that will not fit."""
    free = shutil.disk_usage(project.state()).free
    if free < needed:
        raise Failure(
            f"Only {free / 1024**3:.1f} GB free under {project.state()}, {needed / 1024**3:.0f} GB needed: "
            "free some space, or set BTP_STATE to a folder on a larger disk."
        )


def can_install(package):
    """Whether the distribution has this package (Debian 13 dropped wkhtmltopdf, Ubuntu has no chromium)."""
    ok, output = capture(["apt-cache", "policy", package])
    return ok and "Candidate:" in output and "Candidate: (none)" not in output


def install(packages, optional=()):
    """Install Debian packages as root; tell a normal user the one line to type.

    :param packages: without these nothing works
    :param optional: what the distribution does not have of these is done without
    """
    if not packages and not optional:
        return
    if is_root() and shutil.which("apt-get"):
        install_as_root(packages, optional)
        return
    wanted = [*packages, *filter(can_install, optional)]
    line = f"sudo apt-get install {' '.join(wanted)}"
    if not shutil.which("apt-get"):
        line = f"install your system's equivalent of {' '.join(wanted)}"
    if packages:
        raise Failure(f"Programs are missing. Type: {line} (and run this again).")
    if wanted:
        say(f"• Going on without {' and '.join(wanted)}; to have it: {line}")


def install_as_root(packages, optional):
    """Run apt-get, without what the distribution does not have."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(
        ["apt-get", "update"], "Updating the list of packages", "", env=env, check=False
    )
    wanted = [*packages, *filter(can_install, optional)]
    for name in set(optional) - set(wanted):
        say(f"• This distribution has no package {name}: going on without it")
    if wanted:
        names = " ".join(wanted)
        run(
            ["apt-get", "install", "-y", "--no-install-recommends", *wanted],
            f"Installing {names}",
            f"apt-get could not install {names}: "
            "check the network and the package sources, then run this again",
            env=env,
            check=bool(packages),
        )


@contextlib.contextmanager
def lock(name):
    """Let one process at a time prepare the state folder; the others wait and say so."""
    with (project.state() / f"{name}.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("• Another btp is preparing the same folder: waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def wait_for(condition, seconds, pause=0.1):
    """Return the first true value of `condition()`, or None when time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(pause)
    return None
