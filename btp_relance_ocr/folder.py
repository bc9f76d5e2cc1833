# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A folder on the server that a scanner or a sync program fills: which files are whole, and where
they go. No Odoo here.
"""

import contextlib
import os
import stat
import time
from pathlib import Path

#: A file untouched for so many seconds is whole; scanners and copies write on until then.
QUIET = 10
TAKEN, REFUSED = "taken", "refused"
#: What programs call a file that they are still writing.
PARTIAL = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".lock", "~")


def is_partial(name: str) -> bool:
    """Return whether a name says that the file is not there yet, or is not for us."""
    return name.startswith((".", "~")) or name.lower().endswith(PARTIAL)


def list_whole(folder: Path, now: float | None = None, quiet: int = QUIET):
    """Return the files of a folder that are whole, oldest first. Links and folders are left alone.

    :param now: seconds since the epoch
    """
    now = time.time() if now is None else now
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_partial(entry.name) or not entry.is_file(follow_symlinks=False):
                continue
            info = entry.stat(follow_symlinks=False)
            if abs(now - max(info.st_mtime, info.st_ctime)) >= quiet:
                found.append((info.st_mtime, entry.name))
    return [folder / name for _moment, name in sorted(found)]


def read_whole(path: Path, most_bytes: int) -> bytes | None:
    """Return the bytes of a file; None when it changed while it was read.

    :raise ValueError: it is too large
    :raise OSError: it may not be read
    """
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as stream:
        before = os.fstat(stream.fileno())
        if not stat.S_ISREG(before.st_mode):
            return None
        if before.st_size > most_bytes:
            raise ValueError(before.st_size)
        content = stream.read(most_bytes + 1)
        after = os.fstat(stream.fileno())
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return content if same and len(content) == after.st_size else None


def move(path: Path, into: str) -> Path:
    """Move a file into a folder beside it, under a name that is free there.

    :param into: ``TAKEN`` or ``REFUSED``
    :return: where it is now
    """
    folder = path.parent / into
    folder.mkdir(exist_ok=True)
    for number in range(10_000):
        name = path.name if not number else f"{path.stem} ({number}){path.suffix}"
        target = folder / name
        with contextlib.suppress(FileExistsError):
            # A link refuses to replace a file; a rename would not.
            os.link(path, target, follow_symlinks=False)
            path.unlink()
            return target
    raise OSError(f"too many files called {path.name}")
