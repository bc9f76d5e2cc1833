# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a page holds once read: words with their places, lines, segments; and what was found.

Places are in points (1/72 inch) from the top left corner of the straightened page.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Word:
    """A word and its place; ``confidence`` is the reader's own, 1.0 for a text layer."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float = 1.0

    @property
    def height(self):
        """Height of the word's box."""
        return self.y1 - self.y0


@dataclass(slots=True)
class Segment:
    """Words of one line with no wide gap between them: a cell of a table, a side of a header."""

    words: list
    page: int = 0
    line: int = 0
    _text: str | None = None
    _box: tuple | None = None

    @property
    def text(self):
        """The words with single spaces; joined once, as it is asked for often."""
        if self._text is None:
            self._text = " ".join(word.text for word in self.words)
        return self._text

    @property
    def box(self):
        """(x0, y0, x1, y1), measured once."""
        if self._box is None:
            self._box = box_of(self.words)
        return self._box

    def part(self, start, end):
        """The words of the text from one place to another."""
        position, found = 0, []
        for word in self.words:
            if position + len(word.text) > start and position < end:
                found.append(word)
            position += len(word.text) + 1
        return found

    def box_of_part(self, start, end):
        """The box of a part of the text; of all of it when no word is there."""
        return box_of(self.part(start, end) or self.words)

    def sureness(self, start, end):
        """The reader's confidence in a part of the text, softened."""
        low = min((word.confidence for word in self.part(start, end)), default=0.5)
        return 0.55 + 0.45 * min(1.0, low / 0.85)

    @property
    def confidence(self):
        """The reader's mean confidence in the words."""
        return sum(word.confidence for word in self.words) / max(1, len(self.words))


@dataclass(slots=True)
class Line:
    """Segments side by side, from left to right."""

    segments: list
    page: int = 0
    index: int = 0
    _text: str | None = None
    _box: tuple | None = None
    _height: float | None = None

    @property
    def text(self):
        """The whole line, wide gaps as three spaces."""
        if self._text is None:
            self._text = "   ".join([segment.text for segment in self.segments])
        return self._text

    @property
    def words(self):
        """All its words."""
        return [word for segment in self.segments for word in segment.words]

    @property
    def box(self):
        """(x0, y0, x1, y1)."""
        if self._box is None:
            self._box = box_of(self.words)
        return self._box

    @property
    def height(self):
        """The median height of its words."""
        if self._height is None:
            heights = sorted([word.height for word in self.words])
            self._height = heights[len(heights) // 2] if heights else 0
        return self._height


@dataclass
class Page:
    """One page: its words and, when it was drawn, its picture in grey."""

    number: int
    width: float
    height: float
    words: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    source: str = "text"
    image: object = None
    #: Pixels of the picture per point.
    scale: float = 1.0
    #: 3x3 matrix from points of the straightened page to fractions of the page as it came, or None.
    matrix: object = None
    quality: float = 1.0
    photo: bool = False
    #: The picture of a scan at half its size.
    small: object = None
    #: The upright page in colour, small enough to be shown; None when nobody asked.
    shown: object = None
    #: Lines drawn through words, as found in the picture: {id(word)}.
    struck: set = field(default_factory=set)

    @property
    def text(self):
        """The page's lines."""
        return "\n".join(line.text for line in self.lines)


@dataclass
class Document:
    """All pages that were read."""

    pages: list
    count: int = 0
    warnings: list = field(default_factory=list)
    xml: dict = field(default_factory=dict)
    signed_electronically: bool = False

    @property
    def text(self):
        """The text of all pages."""
        return "\n".join(page.text for page in self.pages)

    @property
    def lines(self):
        """The lines of all pages, in order."""
        return [line for page in self.pages for line in page.lines]

    @property
    def is_scan(self):
        """Whether most of it was read from pictures."""
        return any(page.source == "ocr" for page in self.pages)


@dataclass(slots=True)
class Found:
    """A value with how sure it is and where it stands: page number from 1, box in points."""

    value: object
    confidence: float
    page: int = 0
    box: tuple = None
    why: str = ""


def box_of(words):
    """The smallest box around words."""
    return (
        min([word.x0 for word in words]),
        min([word.y0 for word in words]),
        max([word.x1 for word in words]),
        max([word.y1 for word in words]),
    )
