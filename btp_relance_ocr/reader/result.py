# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the bytes of a file to what is told about it, in plain JSON."""

import numpy as np

from . import embedded, fields, fingerprint, kinds, picture, show, source
from .codes import failure
from .tesseract import NoTesseract

#: Fewer letters than this on all pages together are no text.
FEW = 15
#: A picture of which the reader is surer than this of no more letters is too poor.
POOR = 0.2


def read(content, pictures=None):
    """Read a file's bytes, in this process: only within the sandbox.

    :param pictures: a folder for pictures of the pages
    :return: dict, see ``reader``
    """
    doc = None
    try:
        doc = source.read(content, shown=bool(pictures))
        data = embedded.read(content, doc)
        if not data:
            _check(doc)
    except source.Unreadable as error:
        told = failure(error.code)
        if doc:
            told.update(_pages(doc, pictures))
        return told
    except NoTesseract:
        return failure("no_text", note="tesseract is not installed")
    kind, detail, sure = (
        (data["type"], data["detail"], 0.99) if data else kinds.classify(doc)
    )
    found = fields.find(doc, kind, detail == "avoir")
    if data:
        found.update(data["fields"])
    return _told(doc, kind, detail, sure, found) | _pages(doc, pictures)


def _check(doc):
    """Refuse a file without text, or whose picture cannot be read."""
    letters = sum(
        c.isalnum() for page in doc.pages for word in page.words for c in word.text
    )
    if letters < FEW:
        inked = any(
            page.source == "ocr" and not picture.is_blank(page.image)
            for page in doc.pages
        )
        raise source.Unreadable("low_quality" if inked else "no_text")
    if (
        all(page.source == "ocr" for page in doc.pages)
        and max(page.quality for page in doc.pages) < POOR
    ):
        raise source.Unreadable("low_quality")


def _told(doc, kind, detail, sure, found):
    """The dictionary of a document that was read."""
    pages = {page.number: page for page in doc.pages}
    return {
        "type": kind,
        "detail": detail,
        "kind_confidence": sure,
        "fields": {field: value.value for field, value in found.items()},
        "confidence": {field: value.confidence for field, value in found.items()},
        "places": {
            field: {
                "page": value.page,
                "box": fraction(pages[value.page], value.box),
                "why": value.why,
            }
            for field, value in found.items()
            if value.box and value.page in pages
        },
        "error": None,
        "warnings": doc.warnings,
    }


def _pages(doc, pictures):
    """What is told of the pages, whether or not they can be read; their pictures are left in a folder."""
    pages = []
    for page in doc.pages:
        told = {
            "number": page.number,
            "source": page.source,
            "quality": round(page.quality, 3),
            "words": _words(page),
            **show.turned(page),
        }
        if pictures and page.shown is not None and len(pages) < show.PAGES:
            told["picture"] = show.save(page, pictures)
        pages.append(told)
    first = None
    if doc.pages:
        small = doc.pages[0].small
        first = doc.pages[0].image if small is None else small
    return {
        "pages": pages,
        "page_count": doc.count,
        "fingerprint": None if first is None else fingerprint.of(first),
    }


def _words(page):
    """The words of a page with their boxes as fractions: [[text, left, top, right, bottom, confidence]]."""
    if not page.words:
        return []
    boxes = fractions(page, [(w.x0, w.y0, w.x1, w.y1) for w in page.words])
    return [
        [w.text, *box, round(w.confidence, 2)]
        for w, box in zip(page.words, boxes, strict=True)
    ]


def fractions(page, boxes):
    """Boxes in points as fractions of the upright page: [[left, top, right, bottom]], 0 to 1."""
    sides = (page.width, page.height, page.width, page.height)
    return (np.asarray(boxes, float) / sides).clip(0, 1).round(4).tolist()


def fraction(page, box):
    """One box as fractions."""
    return fractions(page, [box])[0]
