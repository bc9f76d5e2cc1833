# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the bytes of a file to what is told about it, in plain JSON."""

import numpy as np

from . import embedded, fields, kinds, picture, source
from .codes import failure
from .tesseract import NoTesseract

#: Fewer letters than this on all pages together are no text.
FEW = 15
#: A picture of which the reader is surer than this of no more letters is too poor.
POOR = 0.2


def read(content):
    """Read a file's bytes, in this process: only within the sandbox.

    :return: dict with ``type``, ``detail``, ``fields``, ``confidence``, ``places``, ``pages``, ``error``, ``warnings``
    """
    try:
        doc = source.read(content)
        data = embedded.read(content, doc)
        if not data:
            _check(doc)
    except source.Unreadable as error:
        return failure(error.code)
    except NoTesseract:
        return failure("no_text", note="tesseract is not installed")
    kind, detail, sure = (data["type"], "xml", 0.99) if data else kinds.classify(doc)
    found = fields.find(doc, kind)
    if data:
        found.update(data["fields"])
    return _told(doc, kind, detail, sure, found)


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
        "pages": [
            {
                "number": page.number,
                "source": page.source,
                "quality": round(page.quality, 3),
                "words": _words(page),
            }
            for page in doc.pages
        ],
        "page_count": doc.count,
        "error": None,
        "warnings": doc.warnings,
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
    """Boxes in points as fractions of the page as it came: [[left, top, right, bottom]], 0 to 1."""
    x0, y0, x1, y1 = np.asarray(boxes, float).T
    ones = np.ones_like(x0)
    corners = np.array([[x0, y0, ones], [x1, y0, ones], [x1, y1, ones], [x0, y1, ones]])
    points = np.einsum("ij,cjn->cin", np.asarray(page.matrix), corners)
    points = points[:, :2] / points[:, 2:]
    low, high = points.min(axis=0).clip(0, 1), points.max(axis=0).clip(0, 1)
    return np.concatenate([low, high]).T.round(4).tolist()


def fraction(page, box):
    """One box as fractions."""
    return fractions(page, [box])[0]
