# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much a file may take. A caller may give others to the sandbox."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, times in seconds."""

    bytes: int = 30 * 1024**2
    first_pages: int = 10
    last_pages: int = 2
    #: Pictures read by Tesseract in one file, and for how long a new one is begun.
    ocr_pages: int = 5
    ocr_seconds: int = 20
    #: Pixels of a page drawn or a photo reduced, and of a picture as it comes.
    pixels: int = 20_000_000
    source_pixels: int = 120_000_000
    attachments: int = 10
    attachment_bytes: int = 5 * 1024**2
    #: Processor time of one page in Tesseract: noise can keep it busy for minutes.
    page_cpu: int = 10
    wall: int = 60
    cpu: int = 20
    memory: int = 1024 * 1024**2
    file_size: int = 64 * 1024**2


LIMITS = Limits()
