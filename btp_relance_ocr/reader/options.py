# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The options that a form prints, each with its box and the stroke through it."""

import re
from dataclasses import dataclass

from . import layout, marks
from .model import Segment
from .optionmarks import find_mark
from .optionwords import named_in
from .values import plain
from .yesno import NO, is_answered, mark_by_columns, mark_under_heads


@dataclass
class Option:
    """One printed option: its name, words and mark."""

    name: str
    page: object
    segment: object
    words: list
    mark: bool | None = None
    ink: float | None = None
    struck: bool | None = None
    text: str = ""
    kind_of_mark: str = ""
    #: The words before it.
    lead: str = ""

    def take_box(self, box):
        """Note the box that was found for it."""
        self.ink, self.kind_of_mark, self.mark = box.ink, "box", box.ticked


def find(doc, patterns):
    """All places where an option is named, with the box before it and the stroke through it."""
    found = []
    for page in doc.pages:
        for line in page.lines:
            for segment in line.segments:
                low, words_of = _with_next(page, segment)
                for name, start, end in named_in(low, patterns):
                    words = words_of(start, end)
                    if words and start < len(segment.text):
                        option = Option(
                            name,
                            page,
                            segment,
                            words,
                            text=low[max(0, start - 60) : end + 60],
                            lead=low[max(0, start - 60) : start],
                        )
                        if not is_answered(option, page, line):
                            find_mark(option, low, start, found)
                        found.append(option)
    _flip_lone_no(found)
    mark_by_columns(found)
    if not any(option.kind_of_mark for option in found):
        mark_under_heads(found)
    return found


LABEL_OF_RESERVES = re.compile(
    r"(?:les )?reserves?(?: (?:eventuelles?|emises?|formulees?))?\s?:?"
)
#: What forms print beside the label ``Réserves``.
BESIDE_RESERVES = (
    ("sans_reserve", r"\b(?:aucune|neant|non|sans)\b"),
    ("avec_reserves", r"\b(?:oui|avec|lesquelles|suivantes|ci-\w+)\b"),
)


def beside_label(doc):
    """The options beside the label ``Réserves``: ``☒ aucune ☐ oui, lesquelles :``."""
    found = []
    for page in doc.pages:
        for line in page.lines:
            first = line.segments[0]
            if LABEL_OF_RESERVES.fullmatch(plain(first.text).strip()):
                for near in page.lines[max(0, line.index - 1) : line.index + 2]:
                    for segment in near.segments:
                        if segment.box[0] > first.box[2] and segment.box[1] < (
                            first.box[3] + 12
                        ):
                            found += _beside(page, segment, found)
    return found if len({option.name for option in found}) > 1 else []


def _beside(page, segment, others):
    """As `beside_label`, of one segment."""
    found, low = [], plain(segment.text)
    for name, pattern in BESIDE_RESERVES:
        if match := re.search(pattern, low):
            words = segment.part(*match.span())
            option = Option(name, page, segment, words, text=low)
            find_mark(option, low, match.start(), [*others, *found])
            found.append(option)
    return found


def _flip_lone_no(found):
    """The answer no to the only question asked: ``avec réserves : ☐ oui ☒ non`` is without any."""
    asked = [option for option in found if option.text == NO]
    if len({option.name for option in asked}) == 1 and not any(
        option.mark for option in found
    ):
        for option in asked:
            if option.name in OPPOSITE:
                option.name, option.mark = OPPOSITE[option.name], True


OPPOSITE = {"avec_reserves": "sans_reserve", "sans_reserve": "avec_reserves"}


def _with_next(page, segment):
    """A segment's text and what goes on right under it: (plain text, function that gives the words of a part)."""
    under = next(
        (
            other
            for other in layout.below(page, segment, 1.2)[:1]
            if abs(other.box[0] - segment.box[0]) < 30
            and marks.sign_of(other.text) is None
        ),
        None,
    )
    words = [*segment.words, *(under.words if under else [])]
    whole = Segment(words, segment.page, segment.line)
    return plain(whole.text), lambda start, end: whole.part(start, end)
