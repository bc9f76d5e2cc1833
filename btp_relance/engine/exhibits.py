# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Number the exhibits of a claim and put them in one archive that can be checked."""

import io
import re
import unicodedata
import zipfile
from datetime import date
from typing import NamedTuple

from .chain import sha256

#: The order in which a judge reads: what was agreed, what was billed, what was asked.
SECTIONS = ("contract", "works", "invoice", "reminder", "answer", "statement")
#: Every file bears this day: the same exhibits give the same archive, byte for byte.
EPOCH = (1980, 1, 1, 0, 0, 0)
SUMS = "SHA256SUMS.txt"


class Exhibit(NamedTuple):
    """A document brought in support of a claim.

    :param str section: one of :data:`SECTIONS`
    :param date day: what orders it within its section
    :param str title: what it is, for the numbered list
    :param str extension: of its file, without the dot
    :param bytes content:
    """

    section: str
    day: date
    title: str
    extension: str
    content: bytes


class Numbered(NamedTuple):
    """An exhibit with its number and the name of its file."""

    number: int
    name: str
    exhibit: Exhibit

    @property
    def sha256(self) -> str:
        """SHA-256 of the file."""
        return sha256(self.exhibit.content)


def plain_name(title: str, length: int = 60) -> str:
    """Return a title as part of a file's name that every system accepts."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", ascii_only).strip("-")[:length].rstrip("-")


def number(exhibits) -> list[Numbered]:
    """Return exhibits in the order of the list, numbered from 1; the same file comes once."""
    ordered = sorted(
        exhibits, key=lambda ex: (SECTIONS.index(ex.section), ex.day, ex.title)
    )
    kept = {}
    for exhibit in ordered:
        kept.setdefault(sha256(exhibit.content), exhibit)
    return [
        Numbered(
            rank,
            f"{rank:02d}-{plain_name(exhibit.title) or exhibit.section}"
            f".{plain_name(exhibit.extension, 8).lower() or 'bin'}",
            exhibit,
        )
        for rank, exhibit in enumerate(kept.values(), start=1)
    ]


def bundle(summary: tuple[str, bytes], exhibits: list[Numbered]) -> bytes:
    """Return a ZIP of the summary, the exhibits and the SHA-256 of each file.

    :param summary: name and content of what comes first
    """
    files = [summary, *((ex.name, ex.exhibit.content) for ex in exhibits)]
    sums = "".join(f"{sha256(content)}  {name}\n" for name, content in files)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*files, (SUMS, sums.encode())]:
            archive.writestr(
                zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED
            )
    return stream.getvalue()
