# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The text layer of a PDF page with its places, from PDFium.

PDFium draws the page anyway and gives its letters at a tenth of what pdfminer takes; the words are made here.
"""

import ctypes
import math

import pypdfium2.raw as pdfium_c

from .model import Page, Word

LIGATURES = str.maketrans(
    {
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬀ": "ff",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "\u00ad": "-",
        # What PDFium makes of a hyphen at the end of a line.
        "\x02": "-",
        "\ufffe": "-",
    }
)
#: Text smaller than this many points is not meant for eyes.
TINY = 3.0
#: A gap that parts words, in sizes of a letter; and one that parts lines, in its widths.
WORD_GAP = 0.12
LINE_GAP = 2.0
#: Letters that usually reach this far into the next, in their sizes, are told too wide.
OVERLAP = 0.08
#: More letters than this are no page of a paper.
MOST_LETTERS = 60_000


class Letter:
    """A letter as it is drawn; y grows upwards here, as in PDF."""

    __slots__ = ("base", "size", "text", "upright", "x0", "x1", "y0", "y1")

    def __init__(self, text, base, size, x0, x1, upright):
        self.text, self.base, self.size = text, base, size
        self.x0, self.x1, self.upright = x0, x1, upright
        self.y0, self.y1 = base - 0.2 * size, base + 0.8 * size


def read_page(pdf, number):
    """Read the text layer of a page.

    :param number: from 0
    :return: (Page with words, share of it that its largest picture covers, most pixels of a picture)
    """
    shape = pdf[number]
    width, height = shape.get_size()
    page = Page(number + 1, width, height)
    page.words = [
        word for line in _lines(_letters(shape)) for word in _words(line, page)
    ]
    return page, *_pictures(shape, width * height)


def _letters(shape):
    """The letters of a page in the order of drawing, as the page is looked at."""
    layer = shape.get_textpage()
    text = layer.raw
    count = min(pdfium_c.FPDFText_CountChars(text), MOST_LETTERS)
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()
    place, high, upright, last = _placing(shape), 1.0, True, None
    for index in range(count):
        code = pdfium_c.FPDFText_GetUnicode(text, index)
        if code in (0x0A, 0x0D) or pdfium_c.FPDFText_IsGenerated(text, index) == 1:
            continue
        pdfium_c.FPDFText_GetCharOrigin(text, index, x, y)
        size = pdfium_c.FPDFText_GetFontSize(text, index)
        if (size, y.value) != last:
            # Letters of one size on one line are turned alike.
            pdfium_c.FPDFText_GetMatrix(text, index, matrix)
            high = math.hypot(matrix.c, matrix.d) or 1.0
            upright = place.is_upright(matrix)
            last = size, y.value
        pdfium_c.FPDFText_GetLooseCharBox(text, index, box)
        left, right, base = place(box.left, box.right, box.bottom, box.top, x, y)
        yield Letter(
            chr(code) if 0 < code < 0x110000 else "\ufffd",
            base,
            size * high,
            left,
            right,
            upright,
        )


class _placing:  # noqa: N801 - used as a function
    """From a page's own coordinates to those of the page as it is looked at."""

    def __init__(self, shape):
        self.left, self.bottom, self.right, self.top = shape.get_cropbox()
        self.turn = shape.get_rotation()

    def __call__(self, left, right, bottom, top, x, y):
        """(left, right, base line) of a letter."""
        if not self.turn:
            return left - self.left, right - self.left, y.value - self.bottom
        if self.turn == 180:
            return self.right - right, self.right - left, self.top - y.value
        if self.turn == 90:
            return bottom - self.bottom, top - self.bottom, self.right - x.value
        return self.top - top, self.top - bottom, x.value - self.left

    def is_upright(self, matrix):
        """Whether letters under this matrix run from left to right."""
        angle = math.degrees(math.atan2(matrix.b, matrix.a)) - self.turn
        return abs((angle + 180) % 360 - 180) < 60


def _pictures(shape, area):
    """(share of the page that its largest picture covers, most pixels of a picture)."""
    share = most = 0.0
    kinds = [pdfium_c.FPDF_PAGEOBJ_IMAGE]
    for number, picture in enumerate(shape.get_objects(kinds, max_depth=4)):
        left, bottom, right, top = picture.get_bounds()
        share = max(share, min(1.0, (right - left) * (top - bottom) / max(1.0, area)))
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        pdfium_c.FPDFImageObj_GetImagePixelSize(picture.raw, wide, high)
        most = max(most, wide.value * high.value)
        if number > 200:
            break
    return share, most


def _lines(letters):
    """Runs of letters that follow each other on one line."""
    line = []
    for letter in letters:
        if line and (letter is None or not _follows(line[-1], letter)):
            yield line
            line = []
        if letter is not None:
            line.append(letter)
    if line:
        yield line


def _follows(one, other):
    """Whether a letter goes on where another ended."""
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    if overlap <= 0.5 * min(one.size, other.size):
        return False
    gap = max(other.x0 - one.x1, one.x0 - other.x1)
    return gap < LINE_GAP * max(one.x1 - one.x0, other.x1 - other.x0)


def _words(line, page):
    """The words of a line."""
    _narrow(line)
    if is_spaced(line):
        yield from _spaced_words(line, page.height)
        return
    letters = []
    for letter in line:
        space = letter.text.isspace()
        if letters and (space or _apart(letters[-1], letter)):
            yield _word(letters, page.height)
            letters = []
        if not space:
            letters.append(letter)
    if letters:
        yield _word(letters, page.height)


def _narrow(line):
    """Where a font tells its letters too wide, so that each reaches into the next, take off what is too much."""
    gaps = sorted(other.x0 - one.x1 for one, other in zip(line, line[1:], strict=False))
    over = gaps[len(gaps) // 2] if len(gaps) > 3 else 0.0
    if over < -OVERLAP * line[0].size:
        for letter in line:
            letter.x1 = max(letter.x0 + 0.5, letter.x1 + over)


def is_spaced(line):
    """Whether the letters of a line are set apart, as titles are at times: nearly each is a word alone."""
    words, size, last = [], 0, None
    for letter in line:
        space = letter.text.isspace()
        if size and (space or (last and _is_gap(last, letter))):
            words.append(size)
            size = 0
        size += 0 if space else len(letter.text)
        last = letter
    words.append(size)
    return len(words) > 5 and sum(word <= 2 for word in words) > 0.7 * len(words)


def _is_gap(one, other):
    """Whether the room between two letters is that of a space."""
    return other.x0 - one.x1 > WORD_GAP * max(other.x1 - other.x0, other.size)


def _spaced_words(line, height):
    """The words of a line of letters set apart: they part where the gap is wider than between letters."""
    letters = sorted(
        (letter for letter in line if not letter.text.isspace()),
        key=lambda letter: letter.x0,
    )
    gaps = sorted(
        other.x0 - one.x1 for one, other in zip(letters, letters[1:], strict=False)
    )
    widest = 1.9 * max(0.5, gaps[len(gaps) // 2])
    word = letters[:1]
    for one, other in zip(letters, letters[1:], strict=False):
        if other.x0 - one.x1 > widest:
            yield _word(word, height)
            word = []
        word.append(other)
    if word:
        yield _word(word, height)


def _apart(one, other):
    """Whether two letters that follow each other are of two words."""
    gap = other.x0 - one.x1
    return (
        _is_gap(one, other)
        or gap < -2 * max(one.size, 1)
        or abs(other.y0 - one.y0) > one.size
    )


def _word(letters, height):
    """One word from its letters; letters drawn sideways have no place in a line and weigh nothing.

    Its height is measured from the line it stands on: each font has its own idea of a letter's box.
    """
    sideways = sum(not letter.upright for letter in letters) * 2 > len(letters)
    text = "".join([letter.text for letter in letters]).translate(LIGATURES)
    if sideways:
        top = max(letter.y1 for letter in letters)
        base = min(letter.y0 for letter in letters)
    else:
        size = max([letter.size for letter in letters])
        top, base = letters[0].base + 0.76 * size, letters[0].base - 0.2 * size
    if not text.isprintable():
        text = "".join(c for c in text if c.isprintable()) or "\ufffd"
    return Word(
        text,
        min([letter.x0 for letter in letters]),
        height - top,
        max([letter.x1 for letter in letters]),
        height - base,
        0.0 if sideways else 1.0,
    )


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
