# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The private PostgreSQL cluster.

It listens on a Unix socket only, in a folder that nobody else may enter: no port to find
free, no password to keep. It trades safety after a power cut for speed (fsync off): it is
for development, never for a real ledger.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from . import machine, project
from .ui import Failure, capture, run, say

ROLE = "btp"
#: The kernel allows 107 bytes for the whole path of a socket.
LONGEST_SOCKET_FOLDER = 90
SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
shared_buffers = 256MB
max_connections = 120
max_wal_size = 2GB
# A development cluster: speed before safety after a power cut.
fsync = off
synchronous_commit = off
full_page_writes = off
"""


def find_program(name):
    """The newest PostgreSQL program of this name, in PATH or where Debian puts it; None if missing."""
    versions = sorted(
        (int(path.name), path / "bin" / name)
        for path in Path("/usr/lib/postgresql").glob("[0-9]*")
        if path.name.isdigit()
    )
    for _version, path in reversed(versions):
        if path.exists():
            return path
    found = shutil.which(name)
    return Path(found) if found else None


def cluster_program(name):
    """The program of the version that made the cluster, which alone can run it."""
    made_by = data_folder() / "PG_VERSION"
    with contextlib.suppress(OSError):
        path = Path("/usr/lib/postgresql", made_by.read_text().strip(), "bin", name)
        if path.exists():
            return path
    return find_program(name)


def owner():
    """The user who runs the private cluster: PostgreSQL refuses to run as root."""
    if not machine.is_root():
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Failure(
        "No unprivileged user to run PostgreSQL with: create one named postgres (useradd -r postgres)."
    )


def as_owner():
    """The options of subprocess that run a program as that user, from a folder it may enter."""
    user = owner()
    if user is None:
        return {"cwd": "/"}
    env = {
        name: value for name, value in os.environ.items() if not name.startswith("PG")
    }
    return {
        "user": user.pw_uid,
        "group": user.pw_gid,
        "extra_groups": [],
        "cwd": "/",
        "env": {**env, "HOME": "/"},
    }


def home():
    """The cluster's folder: in the state folder, unless its owner may not go there (a clone under /root, say)."""
    inside = project.state() / "pg"
    elsewhere = Path("/var/lib", f"btp-{project.short_id()}")
    if owner() is None or (inside / "data").exists():
        return inside
    if elsewhere.exists():
        return elsewhere
    reachable = (
        subprocess.run(
            ["test", "-x", project.state()], check=False, **as_owner()
        ).returncode
        == 0
    )
    return inside if reachable else elsewhere


def data_folder():
    """Where the cluster's files are."""
    return home() / "data"


def socket_folder():
    """Where the cluster listens."""
    inside = home() / "socket"
    if len(str(inside)) <= LONGEST_SOCKET_FOLDER:
        return inside
    return Path("/tmp", f"btp-{project.short_id()}")


def make_private(folder):
    """Create a folder that only the cluster's owner may enter."""
    user = owner()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    expected = user.pw_uid if user else os.geteuid()
    if folder.stat().st_uid != expected or folder.stat().st_mode & 0o077:
        raise Failure(
            f"{folder} belongs to someone else: remove it and run this again."
        )


def create():
    """Make the private cluster."""
    for folder in (home(), data_folder(), socket_folder()):
        make_private(folder)
    run(
        [
            find_program("initdb"),
            "-D",
            data_folder(),
            "-U",
            ROLE,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        "Creating a private PostgreSQL cluster",
        "initdb failed: run ./btp reset, then this again",
        **as_owner(),
    )
    settings = f"{SETTINGS}unix_socket_directories = '{socket_folder()}'\n"
    with (data_folder() / "postgresql.conf").open("a") as conf:
        conf.write(settings)


def is_running():
    """Whether the private cluster answers."""
    if not (data_folder() / "PG_VERSION").exists():
        return False
    ok, _output = capture(
        [cluster_program("pg_ctl"), "status", "-D", data_folder()], **as_owner()
    )
    return ok


def start():
    """Start the private cluster, making it first if needed."""
    if not (data_folder() / "PG_VERSION").exists():
        create()
    make_private(socket_folder())
    server_log = home() / "postgresql.log"
    run(
        [
            cluster_program("pg_ctl"),
            "start",
            "--wait",
            "-t",
            "60",
            "-D",
            data_folder(),
            "-l",
            server_log,
        ],
        "Starting PostgreSQL",
        f"PostgreSQL did not start: {server_log} says why, and ./btp reset makes a new cluster",
        **as_owner(),
    )


def stop():
    """Stop the private cluster; does nothing when it is not running."""
    if find_program("pg_ctl") and is_running():
        run(
            [
                cluster_program("pg_ctl"),
                "stop",
                "-m",
                "fast",
                "--wait",
                "-D",
                data_folder(),
            ],
            "Stopping PostgreSQL",
            "PostgreSQL did not stop",
            **as_owner(),
        )


def remove():
    """Stop and delete the private cluster."""
    with contextlib.suppress(Failure):
        stop()
    say("• Removing the private PostgreSQL cluster")
    for folder in (home(), socket_folder()):
        shutil.rmtree(folder, ignore_errors=True)
