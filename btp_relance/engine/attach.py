# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which chantier an invoice made without one is about.

References are looked up by the words of a text, not one after the other: ten thousand
invoices against a thousand chantiers cost what reading the invoices costs.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

#: A clue that tells one chantier from another, in rising order of what it is worth.
KINDS = ("only", "analytic", "reference", "sale", "credited")
#: An only chantier is likely, nothing more: the customer may have had others.
SURE_KINDS = frozenset(KINDS) - {"only"}
#: Words that a reference is made of, at most: “2025 – 014 – lot 3 bis”.
MAX_WORDS = 8
#: Shorter ones stand in every text: “12”, “A1”, the year.
MIN_LENGTH = 3
MIN_DIGITS = 5

_WORD = re.compile(r"[0-9a-z]+")
#: Signs that tie two words into one number: INV/2025/0014 does not name 2025-0014.
_TIE = re.compile(r"[/\-_.]")


class Clue(NamedTuple):
    """Why an invoice may be about a chantier.

    :param int chantier_id: the chantier
    :param str kind: one of `KINDS`
    :param str words: what was found, as it is written on the chantier
    """

    chantier_id: int
    kind: str
    words: str = ""


class Proposal(NamedTuple):
    """The chantier proposed for an invoice.

    :param int chantier_id: the chantier; 0 where several are as likely
    :param bool sure: ticked before anybody looks
    :param tuple clues: every clue, those of other chantiers included
    """

    chantier_id: int
    sure: bool
    clues: tuple


class _Reference(NamedTuple):
    chantier_id: int
    label: str
    words: tuple


def plain(text: str) -> str:
    """Return a text in lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text or "")
    return "".join(
        sign for sign in decomposed if not unicodedata.combining(sign)
    ).lower()


def is_telling(reference: str) -> bool:
    """Whether a reference is unlikely to stand in a text by chance: it has digits, enough."""
    joined = "".join(_WORD.findall(plain(reference)))
    if joined.isdigit():
        return len(joined) >= MIN_DIGITS
    return len(joined) >= MIN_LENGTH and any(sign.isdigit() for sign in joined)


class ReferenceIndex:
    """References by their words run together."""

    def __init__(self, references: Iterable[tuple[int, str]]):
        """:param references: ``(chantier, reference)`` pairs; those that tell nothing are left"""
        self.entries = defaultdict(list)
        for chantier_id, label in references:
            words = tuple(_WORD.findall(plain(label)))
            if is_telling(label) and len(words) <= MAX_WORDS:
                entry = _Reference(chantier_id, label, words)
                self.entries["".join(words)].append(entry)
        self.longest = max(map(len, self.entries), default=0)

    def find(self, text: str) -> list[Clue]:
        """Return the references named in a text, the longest first.

        Separators do not count (``CH-2025-014`` is named by ``ch 2025/014``), but whole
        words do: ``CH-2025-01`` is not. A reference of digits only must be written as it
        is, and not be a part of a longer number.
        """
        matches = self._drop_nested(self._match(plain(text or "")))
        matches.sort(key=lambda match: match[0] - match[1])
        references = dict.fromkeys(reference for _from, _to, reference in matches)
        return [Clue(ref.chantier_id, "reference", ref.label) for ref in references]

    def _match(self, text):
        """Return ``(first word, word after the last, reference)`` of each place."""
        if not self.entries:
            return []
        words = list(_WORD.finditer(text))
        matches = []
        for start in range(len(words)):
            joined = ""
            for end in range(start + 1, min(start + MAX_WORDS, len(words)) + 1):
                joined += words[end - 1].group()
                if len(joined) > self.longest:
                    break
                matches += [
                    (start, end, reference)
                    for reference in self.entries.get(joined, ())
                    if _stands_alone(text, words[start:end], reference)
                ]
        return matches

    @staticmethod
    def _drop_nested(matches):
        """Drop what is a part of a longer reference: lot 2 of a contract, not the contract."""
        return [
            (start, end, reference)
            for start, end, reference in matches
            if not any(
                first <= start and end <= last and end - start < last - first
                for first, last, _other in matches
            )
        ]


def _stands_alone(text, words, reference) -> bool:
    if any(sign.isalpha() for word in reference.words for sign in word):
        return True
    if tuple(word.group() for word in words) != reference.words:
        return False
    first, last = words[0].start(), words[-1].end()
    before, after = text[max(first - 2, 0) : first], text[last : last + 2]
    tied_before = len(before) == 2 and before[0].isalnum() and _TIE.match(before[1])
    tied_after = len(after) == 2 and _TIE.match(after[0]) and after[1].isalnum()
    return not (tied_before or tied_after)


def propose(clues: Iterable[Clue], customers: set[int]) -> Proposal | None:
    """Return the chantier that the clues point at.

    :param clues: what was found on one invoice
    :param set customers: the chantiers of the invoice's customer. Among chantiers as
        likely, theirs wins; one of another customer is proposed, never ticked.
    """
    clues = tuple(clues)
    if not clues:
        return None
    best = max(clues, key=lambda clue: KINDS.index(clue.kind)).kind
    likely = {clue.chantier_id for clue in clues if clue.kind == best}
    # Where clues as good disagree, one on the customer's own chantier stands out.
    if len(likely) > 1 and len(likely & customers) == 1:
        likely &= customers
    if len(likely) > 1:
        return Proposal(0, False, clues)
    [chantier_id] = likely
    strong = {clue.chantier_id for clue in clues if clue.kind in SURE_KINDS}
    disputed = len((strong & customers) or strong) > 1
    sure = best in SURE_KINDS and chantier_id in customers and not disputed
    return Proposal(chantier_id, sure, clues)
