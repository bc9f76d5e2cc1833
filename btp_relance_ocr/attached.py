# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which files of a mail are papers: not the logos, signatures and cards that mails carry along.

No Odoo here. Only the first bytes of a picture are looked at, never its pixels.
"""

import email
import email.policy
import struct
from typing import NamedTuple

#: What mail programs attach by themselves.
NOISE = (
    "ics",
    "vcf",
    "p7s",
    "p7m",
    "asc",
    "sig",
    "pgp",
    "gif",
    "svg",
    "htm",
    "html",
    "txt",
    "css",
    "wmz",
    "emz",
)
#: A smaller picture is a logo; one that stands in the text must be as large as a photo.
LOGO_SIDE, PHOTO_SIDE = 480, 1000
#: Mails inside a mail that are opened, and how deep.
MOST_NESTED = 2


class File(NamedTuple):
    """A file of a mail."""

    name: str
    content: bytes
    #: Whether it stands in the text of the mail.
    inline: bool = False


class Sorted(NamedTuple):
    """The files of a mail: papers, names of those too large, and how many were noise."""

    papers: list
    too_large: list
    noise: int


def sort(files, most_bytes: int, most_files: int) -> Sorted:
    """Return which files of a mail are papers.

    :param files: each a ``File``
    :param most_bytes: of one file
    :param most_files: of one mail; those after it are told of as too many
    """
    papers, too_large, noise = [], [], 0
    for file in unpack(files):
        if is_noise(file):
            noise += 1
        elif len(file.content) > most_bytes or len(papers) >= most_files:
            too_large.append(file.name)
        else:
            papers.append(file)
    return Sorted(papers, too_large, noise)


def unpack(files, depth=MOST_NESTED):
    """Yield the files of a mail, those of mails that were forwarded as files included."""
    for file in files:
        if not file.name.lower().endswith(".eml") or not depth:
            yield file
            continue
        inner = list(_files_of(file.content))
        yield from unpack(inner, depth - 1)


def _files_of(content: bytes):
    """Yield the files of a mail, given as its bytes; nothing when it is none."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        for part in message.walk():
            name = part.get_filename()
            if name and not part.is_multipart():
                yield File(name, part.get_payload(decode=True) or b"", False)
    except (ValueError, LookupError, TypeError, AttributeError):
        return


def is_noise(file: File) -> bool:
    """Return whether a file came along with a mail rather than being sent."""
    ending = file.name.rpartition(".")[2].lower()
    if file.content.startswith(b"%PDF-"):
        return False
    if ending in NOISE or not file.content:
        return ending in NOISE
    size = picture_size(file.content)
    if size is None:
        return False
    return min(size) < (PHOTO_SIDE if file.inline else LOGO_SIDE)


def picture_size(content: bytes):
    """Return (width, height) of a PNG, JPEG or GIF from its header; None for all else."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        return struct.unpack(">II", content[16:24])
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        return struct.unpack("<HH", content[6:10])
    if content[:2] == b"\xff\xd8":
        return _jpeg_size(content)
    return None


def _jpeg_size(content: bytes):
    """Return the size that the frame of a JPEG tells; None where there is none."""
    place = 2
    while place + 9 <= len(content):
        if content[place] != 0xFF:
            return None
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        (length,) = struct.unpack(">H", content[place + 2 : place + 4])
        place += 2 + max(2, length)
    return None
