# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The text layer of a PDF page with its places, from pdfminer."""

import io
import logging

from pdfminer.high_level import extract_pages
from pdfminer.layout import (
    LAParams,
    LTAnno,
    LTChar,
    LTContainer,
    LTFigure,
    LTImage,
    LTTextLine,
)

from .model import Page, Word

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

LIGATURES = str.maketrans(
    {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": "-"}
)
#: Text smaller than this many points is not meant for eyes.
TINY = 3.0
PARAMS = LAParams(boxes_flow=None, char_margin=2.0, line_margin=0.3, word_margin=0.12)


def read_pages(content, numbers):
    """Read the text layer of the pages of these numbers (from 0), in order.

    :return: iterator of (Page with words, its layout for `covers`)
    """
    for number, layout in zip(
        numbers,
        extract_pages(io.BytesIO(content), page_numbers=numbers, laparams=PARAMS),
        strict=False,
    ):
        page = Page(number + 1, layout.width, layout.height)
        page.words = list(_words(layout, layout.height, layout.x0, layout.y0))
        yield page, layout


def _lines(container):
    """The lines of text in a layout, also those inside figures."""
    for item in container:
        if isinstance(item, LTTextLine):
            yield item
        elif isinstance(item, LTFigure):
            yield from _figure_lines(item)
        elif isinstance(item, LTContainer):
            yield from _lines(item)


def _figure_lines(figure):
    """Letters inside a form are not grouped by pdfminer: each run of them is a line."""
    letters = [item for item in figure if isinstance(item, LTChar)]
    if letters:
        yield letters
    for item in figure:
        if isinstance(item, LTFigure):
            yield from _figure_lines(item)


def _words(layout, height, left, bottom):
    """The words of a layout, upright ones only."""
    for line in _lines(layout):
        if is_spaced(line):
            yield from _spaced_words(line, height, left, bottom)
            continue
        letters = []
        for item in line:
            if (
                isinstance(item, LTAnno)
                or not isinstance(item, LTChar)
                or item.get_text().isspace()
            ):
                if letters:
                    yield _word(letters, height, left, bottom)
                letters = []
                continue
            if letters and (_apart(letters[-1], item)):
                yield _word(letters, height, left, bottom)
                letters = []
            letters.append(item)
        if letters:
            yield _word(letters, height, left, bottom)


def is_spaced(line):
    """Whether the letters of a line are set apart, as titles are at times: nearly each is a word alone."""
    text = "".join(item.get_text() for item in line)
    words = text.split()
    return len(words) > 5 and sum(len(word) <= 2 for word in words) > 0.7 * len(words)


def _spaced_words(line, height, left, bottom):
    """The words of a line of letters set apart: they part where the gap is wider than between letters."""
    letters = sorted(
        (i for i in line if isinstance(i, LTChar) and not i.get_text().isspace()),
        key=lambda i: i.x0,
    )
    gaps = sorted(
        other.x0 - one.x1 for one, other in zip(letters, letters[1:], strict=False)
    )
    widest = 1.9 * max(0.5, gaps[len(gaps) // 2])
    word = letters[:1]
    for one, other in zip(letters, letters[1:], strict=False):
        if other.x0 - one.x1 > widest:
            yield _word(word, height, left, bottom)
            word = []
        word.append(other)
    if word:
        yield _word(word, height, left, bottom)


def _apart(one, other):
    """Whether two letters that follow each other are of two words."""
    gap = other.x0 - one.x1
    return (
        gap > 0.25 * max(one.size, 1)
        or gap < -2 * max(one.size, 1)
        or abs(other.y0 - one.y0) > one.size
    )


def _word(letters, height, left, bottom):
    """One word from its letters; letters drawn sideways have no place in a line and weigh nothing.

    Its height is measured from the line it stands on: each font has its own idea of a letter's box.
    """
    sideways = sum(not letter.upright for letter in letters) * 2 > len(letters)
    text = "".join(letter.get_text() for letter in letters).translate(LIGATURES)
    if sideways:
        top, base = (
            max(letter.y1 for letter in letters),
            min(letter.y0 for letter in letters),
        )
    else:
        size = max(letter.size for letter in letters)
        line = letters[0].matrix[5]
        top, base = line + 0.76 * size, line - 0.2 * size
    return Word(
        "".join(c for c in text if c.isprintable()) or "\ufffd",
        min(letter.x0 for letter in letters) - left,
        height - top + bottom,
        max(letter.x1 for letter in letters) - left,
        height - base + bottom,
        0.0 if sideways else 1.0,
    )


def picture_share(layout):
    """How much of the page its largest picture covers, 0 to 1."""
    area = max(1.0, layout.width * layout.height)
    return max(
        (min(i.width * i.height / area, 1.0) for i in _pictures(layout)), default=0.0
    )


def _pictures(container):
    """All pictures, also those inside figures."""
    for item in container:
        if isinstance(item, LTImage):
            yield item
        elif isinstance(item, LTFigure):
            yield from _pictures(item)


def is_readable(words):
    """Whether a text layer holds words that people read, rather than codes of a font or a bad OCR."""
    letters = [c for word in words for c in word.text]
    if len(letters) < 25:
        return False
    bad = sum(c in "\ufffd□\x00" or "\ue000" <= c <= "\uf8ff" for c in letters)
    codes = sum(word.text.startswith("(cid:") for word in words)
    sideways = sum(word.confidence == 0 for word in words)
    return (
        bad * 10 < len(letters) and codes * 5 < len(words) and sideways * 2 < len(words)
    )


def picture_sizes(layout):
    """(width, height) in pixels of the pictures on a page, as they are declared."""
    for item in _pictures(layout):
        width, height = item.srcsize
        if isinstance(width, (int, float)) and isinstance(height, (int, float)):
            yield width, height
