# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the machine offers: programs, packages, disk, rights, and one setup at a time."""

import contextlib
import fcntl
import os
import shutil
import time

from . import project
from .ui import Failure, run, say

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


def install(packages, why):
    """Install Debian packages as root; tell a normal user the one line to type."""
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise Failure(f"Missing for {why}: install the equivalent of Debian's {names} and run this again.")
    if not is_root():
        raise Failure(f"Missing for {why}. Type: sudo apt-get install {names} (and run this again).")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    hint = f"apt-get could not install {names}: check the network and the machine's package sources, then run this again"
    run(["apt-get", "update"], "Updating the list of packages", hint, env=env, check=False)
    run(
        ["apt-get", "install", "-y", "--no-install-recommends", *packages],
        f"Installing {names} ({why})", hint, env=env,
    )  # fmt: skip


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
