# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Open a file whatever it claims to be: PDF or picture, page by page, within limits."""

import ctypes
import io
import re
import time
import zlib

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageOps

from . import layout, recognise, show, textlayer
from .limits import LIMITS
from .model import Document
from .tesseract import NoTesseract

Image.MAX_IMAGE_PIXELS = None


class Unreadable(Exception):
    """The file cannot be read; ``code`` is one of the codes of the output."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")


def sniff(content):
    """Whether a file is a ``pdf`` or a ``picture`` by its first bytes."""
    if not content.strip(b"\x00 \r\n\t"):
        raise Unreadable("empty")
    if len(content) > LIMITS.bytes:
        raise Unreadable("too_large")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(PICTURES) or (
        content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    ):
        return "picture"
    raise Unreadable("wrong_format")


def read(content, shown=False):
    """Read all pages that are to be read.

    :param content: the bytes of the file
    :param shown: whether pictures of the pages are to be shown to somebody
    :return: Document
    """
    if sniff(content) == "picture":
        return _read_pictures(content, shown)
    return _read_pdf(content, shown)


def _read_pictures(content, shown):
    """The frames of a picture file."""
    try:
        image = Image.open(io.BytesIO(content))
        width, height = image.size
        if width * height > LIMITS.source_pixels:
            raise Unreadable("too_large")
        pages = []
        for number in range(min(getattr(image, "n_frames", 1), LIMITS.ocr_pages)):
            image.seek(number)
            array = _array(image)
            page = recognise.read_picture(
                array,
                number + 1,
                photo=True,
                colour=(lambda a=array: a) if shown else None,
            )
            pages.append(page)
        return Document(pages, len(pages))
    except NoTesseract:
        raise
    except MemoryError:
        raise Unreadable("too_large") from None
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        TypeError,
        Image.DecompressionBombError,
    ):
        raise Unreadable("corrupt") from None


def _array(image):
    """A frame as RGB, upright as its camera says, no larger than reading needs."""
    width, height = image.size
    if width * height > LIMITS.pixels:
        factor = (LIMITS.pixels / (width * height)) ** 0.5
        image.draft("RGB", (int(width * factor), int(height * factor)))
    frame = ImageOps.exif_transpose(image)
    if frame.mode in ("RGBA", "LA", "PA", "P"):
        frame = frame.convert("RGBA")
        paper = Image.new("RGBA", frame.size, "white")
        frame = Image.alpha_composite(paper, frame)
    array = np.asarray(frame.convert("RGB"))
    if array.shape[0] * array.shape[1] > LIMITS.pixels:
        factor = (LIMITS.pixels / (array.shape[0] * array.shape[1])) ** 0.5
        array = cv2.resize(
            array, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA
        )
    if min(array.shape[:2]) < 60:
        raise Unreadable("low_quality")
    return array


def open_pdf(content):
    """A PDFium document, or the reason why not."""
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        low = str(error).lower()
        raise Unreadable(
            "encrypted" if "password" in low or "security" in low else "corrupt"
        ) from None


def _read_pdf(content, shown):
    """The pages of a PDF: its text layer, or what Tesseract reads in its picture."""
    pdf = open_pdf(content)
    count = len(pdf)
    if not count:
        raise Unreadable("corrupt")
    numbers = list(range(min(count, LIMITS.first_pages)))
    numbers += [
        n for n in range(max(0, count - LIMITS.last_pages), count) if n not in numbers
    ]
    doc = Document([], count, warnings_of(pdf, content))
    started, pictures = time.monotonic(), 0
    for number in numbers:
        page, share = _text_layer(pdf, number)
        if share < 0.6 and textlayer.is_readable(page.words):
            finish_text_page(pdf, page, doc)
            if len(page.words) > 5:
                if shown and len(doc.pages) < show.PAGES:
                    page.shown = draw(pdf, number, show.dpi(page))[0]
                doc.pages.append(page)
                continue
        if (
            pictures >= LIMITS.ocr_pages
            or time.monotonic() - started > LIMITS.ocr_seconds
        ):
            continue
        pictures += 1
        doc.pages.append(_read_drawn(pdf, number, share > 0.3, shown))
    return doc


def _text_layer(pdf, number):
    """(Page with the words of its text layer, share of its largest picture)."""
    try:
        page, share, pixels = textlayer.read_page(pdf, number)
    except pdfium.PdfiumError:
        raise Unreadable("corrupt") from None
    if pixels > LIMITS.source_pixels:
        raise Unreadable("too_large")
    return page, share


def draw(pdf, number, dpi, grey=False):
    """A page as an RGB or grey array, with as many pixels as allowed; returns (array, pixels per point)."""
    page = pdf[number]
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise Unreadable("corrupt")
    scale = min(dpi / 72, (LIMITS.pixels / (width * height)) ** 0.5)
    if (
        width * scale < 40
        or height * scale < 40
        or width * scale > 20000
        or height * scale > 20000
    ):
        raise Unreadable("low_quality")
    try:
        bitmap = page.render(scale=scale, rev_byteorder=True, grayscale=grey)
        return bitmap.to_numpy().copy(), scale
    except pdfium.PdfiumError:
        raise Unreadable("corrupt") from None
    except MemoryError:
        raise Unreadable("too_large") from None


def _read_drawn(pdf, number, may_be_photo, shown):
    """Draw a page so that its long side has the pixels of A4 at 300 dpi, and read it."""
    longest = max(*pdf[number].get_size(), 1)
    grey = _is_grey(pdf[number])
    image, _scale = draw(pdf, number, 300 * 842 / longest, grey=grey)
    if grey:
        image = image.reshape(image.shape[:2])
    return recognise.read_picture(
        image,
        number + 1,
        photo=None if may_be_photo else False,
        colour=(lambda: image) if shown else None,
    )


def _is_grey(page):
    """Whether the pictures on a page have no colour: it is drawn in grey then, at a third of the cost."""
    try:
        pictures = list(page.get_objects([pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=2))
        return bool(pictures) and all(
            0 < picture.get_metadata().bits_per_pixel <= 8
            and picture.get_metadata().colorspace == pdfium_c.FPDF_COLORSPACE_DEVICEGRAY
            for picture in pictures[:20]
        )
    except pdfium.PdfiumError:
        return False


def finish_text_page(pdf, page, doc):
    """Draw the page in grey and leave out the words that no eye can see."""
    image, scale = draw(pdf, page.number - 1, 144, grey=True)
    page.image = image.reshape(image.shape[:2])
    page.scale = scale
    page.matrix = np.diag([1 / page.width, 1 / page.height, 1.0])
    seen = [word for word in page.words if word.confidence and _is_visible(word, page)]
    hidden = sum(len(word.text) for word in page.words) - sum(
        len(word.text) for word in seen
    )
    if hidden > 12 and "hidden_text" not in doc.warnings:
        doc.warnings.append("hidden_text")
    page.words = seen
    page.lines = layout.build_lines(seen, page.number)


def _is_visible(word, page):
    """Whether there is ink where a word is said to be."""
    if (
        word.height < textlayer.TINY
        or word.x1 < 0
        or word.y1 < 0
        or word.x0 > page.width
        or word.y0 > page.height
    ):
        return False
    if not re.search(r"\w", word.text):
        return True
    x0, y0, x1, y1 = (
        round(value * page.scale) for value in (word.x0, word.y0, word.x1, word.y1)
    )
    part = page.image[max(0, y0) : max(y1, y0 + 2), max(0, x0) : max(x1, x0 + 2)]
    return part.size > 0 and int(part.max()) - int(part.min()) > 40


def warnings_of(pdf, content):
    """What a PDF carries that its reader must know: scripts, files inside."""
    found = []
    raw = pdf.raw
    if pdfium_c.FPDFDoc_GetJavaScriptActionCount(raw) > 0 or _has_action(content):
        found.append("javascript")
    if pdfium_c.FPDFDoc_GetAttachmentCount(raw) > 0 or b"/EmbeddedFile" in content:
        found.append("attachment")
    return found


ACTION = re.compile(
    rb"/S\s*/(?:JavaScript|Launch)\b|/JavaScript\s+\d+ \d+ R|/Names\s*\[\s*\(EmbeddedJS"
)


def _has_action(content):
    """Whether a script or a program to start is named, also in the objects that are packed together."""
    if ACTION.search(content):
        return True
    packed = 0
    for match in re.finditer(rb"/ObjStm.{0,300}?stream\r?\n", content, re.DOTALL):
        try:
            text = zlib.decompressobj().decompress(
                content[match.end() : match.end() + 2_000_000], 2_000_000
            )
        except zlib.error:
            continue
        packed += 1
        if ACTION.search(text):
            return True
        if packed > 50:
            break
    return False


def attachments(pdf):
    """The files inside a PDF: [(name, bytes)], small ones only."""
    files = []
    for index in range(
        min(pdfium_c.FPDFDoc_GetAttachmentCount(pdf.raw), LIMITS.attachments)
    ):
        handle = pdfium_c.FPDFDoc_GetAttachment(pdf.raw, index)
        if not handle:
            continue
        size = pdfium_c.FPDFAttachment_GetName(handle, None, 0)
        buffer = ctypes.create_string_buffer(min(size, 2048))
        pdfium_c.FPDFAttachment_GetName(
            handle,
            ctypes.cast(buffer, ctypes.POINTER(pdfium_c.FPDF_WCHAR)),
            len(buffer),
        )
        name = buffer.raw.decode("utf-16-le", "ignore").rstrip("\x00")
        length = ctypes.c_ulong()
        pdfium_c.FPDFAttachment_GetFile(handle, None, 0, length)
        if not 0 < length.value <= LIMITS.attachment_bytes:
            continue
        data = ctypes.create_string_buffer(length.value)
        pdfium_c.FPDFAttachment_GetFile(handle, data, length.value, length)
        files.append((name, data.raw[: length.value]))
    return files
