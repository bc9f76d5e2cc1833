# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a file from outside really is, whatever its name says.

Only what a customer has a reason to send passes: a PDF, a picture, a text document or a
sheet. The content decides, from its first byte on; the name must agree with it.
"""

import io
import re
import unicodedata
import zipfile
from pathlib import PurePosixPath

MEBI = 1024 * 1024
#: Bytes of one file, and files of one form.
MAX_BYTES, MAX_FILES = 10 * MEBI, 5
#: Bytes of a whole form with its files, and of one without.
MAX_FORM, MAX_WORDS = 25 * MEBI, 256 * 1024
#: What an archive may grow to, and how many parts it may have.
MAX_UNPACKED, MAX_PARTS = 100 * MEBI, 5_000
MAX_NAME = 80

#: Type of each ending; an ending that is not here is refused.
TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "jfif": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
    "heif": "image/heic",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
#: What a form tells the browser to offer.
ACCEPT = ",".join(f".{ending}" for ending in TYPES)
#: The main part of each text document.
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
#: Parts of an archive that a text document has no reason to carry.
PROGRAMS = re.compile(
    r"\.(exe|dll|com|scr|pif|cpl|msi|bat|cmd|ps1|vbs?|vbe|jse?|wsf|hta|jar|lnk|sh|py|php"
    r"|html?|svg|xhtml|swf)$|(^|/)(vbaproject|oleobject)"
    r"|(^|/)(scripts|basic|macrosheets|activex)/",
    re.IGNORECASE,
)
#: A letter of a name of a PDF, written as its number.
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
#: What a PDF runs by itself; a paper has none of it. Words long enough not to come about by
#: chance in a compressed picture. Not an antivirus: compressed, it is not seen.
ACTIVE_PDF = re.compile(rb"/(JavaScript|Launch|RichMedia)\b")
#: Programs that hide behind the end of a picture or of a PDF.
ARCHIVE_END, ARCHIVE_END_BYTES = b"PK\x05\x06", 22
APPENDED = (ARCHIVE_END, b"<script", b"<?php", b"<html", b"<svg xmlns")

EMPTY, TOO_LARGE, SWELLS = "empty", "too_large", "swells"
NOT_ALLOWED, MISMATCH, HIDDEN, ACTIVE, DAMAGED = (
    "not_allowed",
    "mismatch",
    "hidden",
    "active",
    "damaged",
)


def clean_name(name: str | None) -> str:
    """Return a file name that is safe to show, to store and to download.

    :param name: as the browser sent it, perhaps with folders or control characters
    """
    name = unicodedata.normalize("NFC", name or "").replace("\\", "/")
    name = PurePosixPath(name).name
    # Control and direction characters make "exe.pdf" of "fdp.exe".
    name = "".join(
        c for c in name if unicodedata.category(c)[0] not in "CZ" or c == " "
    )
    name = re.sub(r"[<>:\"/|?*&;`$%{}]+", "_", name).strip(" ._")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name[:MAX_NAME] or "document"
    return f"{stem[: MAX_NAME - len(ending) - 1] or 'document'}.{ending.lower()}"


def check(name: str, content: bytes, limit: int = MAX_BYTES) -> str:
    """Return the type of a file, once it is sure that it is what its name says.

    :param name: cleaned by :func:`clean_name`
    :param content: the whole file
    :param limit: most bytes
    :raise ValueError: with a code: ``empty``, ``too_large``, ``not_allowed`` (kind),
        ``mismatch`` (the content is of another kind), ``hidden`` (something else inside),
        ``swells`` (it fills the memory once unpacked), ``active`` (it would run
        something), ``damaged``
    """
    if not content:
        raise ValueError(EMPTY)
    if len(content) > limit:
        raise ValueError(TOO_LARGE)
    mimetype = TYPES.get(name.rpartition(".")[2].lower())
    if not mimetype:
        raise ValueError(NOT_ALLOWED)
    if find_kind(content) != mimetype:
        raise ValueError(MISMATCH)
    if mimetype == TYPES["pdf"]:
        _check_pdf(content)
    elif mimetype.startswith("image/"):
        _check_tail(content)
    return mimetype


def find_kind(content: bytes) -> str | None:
    """Return the type that the first bytes of a file show, of those that pass.

    :raise ValueError: an archive that is damaged, or carries what it should not
    """
    if content.startswith(b"%PDF-"):
        return TYPES["pdf"]
    if content.startswith(b"\xff\xd8\xff"):
        return TYPES["jpg"]
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return TYPES["png"]
    if content[:4] in (b"II*\x00", b"MM\x00*"):
        return TYPES["tif"]
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return TYPES["webp"]
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return TYPES["heic"]
    if content.startswith(b"PK\x03\x04"):
        return _find_office(content)
    return None


def _find_office(content: bytes) -> str | None:
    """Return which text document an archive is; refuse what hides in one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            first = parts[0] if parts else None
            if (
                len(parts) > MAX_PARTS
                or sum(part.file_size for part in parts) > MAX_UNPACKED
            ):
                raise ValueError(SWELLS)
            if any(PROGRAMS.search(name) or ".." in name for name in names):
                raise ValueError(HIDDEN)
            # Something before or after the archive makes it two files in one.
            end = content.rindex(ARCHIVE_END) + ARCHIVE_END_BYTES
            if (first and first.header_offset) or end != len(content):
                raise ValueError(HIDDEN)
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").decode("ascii", "replace").strip()
                return kind if kind == TYPES["odt"] else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise ValueError(DAMAGED) from error
    if "[Content_Types].xml" not in names:
        return None
    return next(
        (TYPES[ending] for ending, part in OFFICE.items() if part in names), None
    )


def _check_pdf(content: bytes):
    """Refuse a PDF that runs something when opened, that is cut, or that is two files."""
    if b"%%EOF" not in content[-4096:]:
        raise ValueError(DAMAGED)
    plain = ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)
    if ACTIVE_PDF.search(plain):
        raise ValueError(ACTIVE)
    if _is_archive(content):
        raise ValueError(HIDDEN)
    _check_tail(content[content.rindex(b"%%EOF") :])


def _check_tail(content: bytes):
    """Refuse a picture, or what follows a PDF, in which another file begins."""
    tail = content[-MEBI:].lower()
    for sign in APPENDED:
        found = tail.find(sign.lower())
        # The end record of an archive needs one; two letters by chance do not make one.
        if found >= 0 and (sign[:2] != b"PK" or _is_archive(content)):
            raise ValueError(HIDDEN)


def _is_archive(content: bytes) -> bool:
    """Return whether a file can be opened as an archive from its end."""
    return zipfile.is_zipfile(io.BytesIO(content))
