# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What of a mail its author wrote for this answer: no history, signature nor disclaimer."""

import re

from .folding import fold

#: Nobody writes more in an answer; what follows is history that no mark announces.
MAX_TEXT = 40_000
MAX_OWN = 4_000
MAX_LINES = 300
#: A line is recognised by its beginning.
MAX_LINE = 400
MAX_PARAGRAPH = 30

SEPARATOR = re.compile(
    r"^[\s>*]{0,8}(?:-{2,}|_{2,}|={2,})?\s{0,3}(?:debut du )?"
    r"(?:message (?:d'origine|original|initial|transfere|reexpedie)|original message"
    r"|forwarded message|e-?mail (?:original|d'origine)|courriel original"
    r"|mail original|begin forwarded message|reply message|original appointment)"
    r"\s{0,3}:?\s{0,3}(?:-{2,}|_{2,}|={2,})?\s*$"
)
WROTE = re.compile(
    r"^[\s>]{0,8}(?:le|on|il giorno|am|en date du)\b.{4,300}?\b(?:a ecrit|wrote|ecrivait)"
    r"\s{0,3}:?\s*$"
)
WROTE_BY = re.compile(
    r"^[\s>]{0,8}.{2,120}<[^<> ]{3,80}@[^<> ]{3,80}>\s{0,3}(?:a ecrit|wrote)\s{0,3}:\s*$"
)
WROTE_START = re.compile(
    r"^[\s>]{0,8}(?:le\s(?:(?:lun|mar|mer|jeu|ven|sam|dim)|\d)|on\s(?:mon|tue|wed|thu|fri"
    r"|sat|sun|\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
HEADER = re.compile(
    r"^[\s>*]{0,8}(?:de|from|expediteur|emetteur)\*?\s{0,3}:\*?\s{0,3}\S"
)
HEADER_NEXT = re.compile(
    r"^[\s>*]{0,8}(?:envoye|date|sent|a|to|objet|subject|destinataires?|cc|copie a"
    r"|repondre a|reply-to|sujet)\b[^:\n]{0,12}\*?\s{0,3}:"
)
RULE = re.compile(r"^\s{0,8}(?:_{8,}|-{8,}|={8,}|\*{8,})\s*$")
PHONE_MARK = re.compile(
    r"^[\s>]{0,8}(?:envoye (?:de|a partir de|depuis|avec|par)\b|sent (?:from|via|with)\b"
    r"|get outlook|obtenez outlook|obtenir outlook|telecharge[rz] outlook"
    r"|provenance : |yahoo mail|garanti sans virus|virus-free|l'absence de virus).{0,80}$"
)
CLOSING = re.compile(
    r"^[\s*_-]{0,8}(?:(?:bien |tres |sinceres? |meilleures? |salutations )?"
    r"(?:cordial(?:ement|es salutations)|sincerement|distinguees|salutations|amicalement"
    r"|respectueusement)|bien a (?:vous|toi)|cdlt|cdt|crdlt|bav|slts|sincerely"
    r"|(?:best|kind|kindest|warm|with|many)? ?regards|yours (?:sincerely|faithfully|truly)"
    r"|(?:best|all the best|cheers|br)(?=[,.! ]*$)|bonne (?:journee|reception|fin de)"
    r"|bon week|excellente journee|veuillez (?:agreer|recevoir|croire)"
    r"|je vous prie (?:d'agreer|de croire|de recevoir)"
    r"|nous vous prions (?:d'agreer|de croire|de recevoir)"
    r"|dans l'attente de (?:votre|vous))\b"
)
NAME_AFTER = 90
POSTSCRIPT = re.compile(r"^\s{0,8}(?:p\.?s\.?|nb|n\.b\.|post[- ]?scriptum)\s{0,3}[:.-]")
DISCLAIMER = re.compile(
    r"^[\s*_]{0,8}(?:(?:ce|le present|cet) (?:message|courriel|e-?mail|mail)|this (?:e-?mail"
    r"|message|communication)|the (?:information|content)s? (?:contained|in|of)"
    r"|avis de confidentialite|avertissement|confidentialit|disclaimer|confidential"
    r"|les informations contenues|pensez a l'environnement|afin de (?:preserver|respecter)"
    r"|please consider|merci de n'imprimer|n'imprimez|do not print|avant d'imprimer"
    r"|think before|before printing|l'integrite de ce|si vous n'etes pas le destinataire"
    r"|if you are not the intended|registered (?:office|in england))"
)
DISCLAIMER_WORDS = re.compile(
    r"confident|destinataire|intended|privileg|virus|environnement|environment|imprim"
    r"|print|integrite|registered|responsab|liab"
)


def find_own(text: str, own_words=()) -> tuple[str, list[tuple[int, int]]]:
    """Return the folded text in which all that is not the author's is blank.

    :param text: plain text of the mail
    :param own_words: texts of ours: a line of them found again is not the author's
    :return: the folded text, of the same length up to ``MAX_TEXT``; the spans kept
    """
    folded = fold(text[:MAX_TEXT])
    lines = _split(folded)
    ours = {
        line.strip(" >\t")
        for words in own_words
        for line in fold(words[:MAX_TEXT]).split("\n")
        if len(line.strip(" >\t")) > 20
    }
    kept, size = [], 0
    for start, end in _own_lines(folded, lines):
        if folded[start:end].strip(" >") in ours:
            continue
        end = min(end, start + MAX_OWN - size)
        kept.append((start, end))
        size += end - start
        if size >= MAX_OWN or len(kept) >= MAX_LINES:
            break
    return _mask(folded, kept), kept


def _split(text: str) -> list[tuple[int, int]]:
    """Return where each line begins and ends."""
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def _mask(text: str, kept: list[tuple[int, int]]) -> str:
    """Return ``text`` with line feeds wherever it is not kept."""
    parts, place = [], 0
    for start, end in kept:
        parts.append("\n" * (start - place))
        parts.append(text[start:end])
        place = end
    parts.append("\n" * (len(text) - place))
    return "".join(parts)


def _own_lines(text: str, lines: list[tuple[int, int]]):
    """Yield the lines that the author wrote."""
    place, count = 0, len(lines)
    closed = False
    while place < count:
        start, end = lines[place]
        line = text[start : min(end, start + MAX_LINE)]
        bare = line.strip()
        if quoted := _quote_length(text, lines, place):
            if quoted < 0:
                return
            place += quoted
            continue
        place += 1
        if bare.startswith(">") or PHONE_MARK.match(line) or RULE.match(line):
            continue
        if bare in ("--", "-- ", "__", "---") or closed:
            closed = not POSTSCRIPT.match(line)
            if closed:
                continue
        if CLOSING.match(line) and len(bare) < NAME_AFTER:
            closed = True
            continue
        if DISCLAIMER.match(line):
            last = _paragraph_end(text, lines, place)
            if DISCLAIMER_WORDS.search(
                text[start : min(lines[last - 1][1], start + 3000)]
            ):
                place = last
                continue
        yield start, end


def _paragraph_end(text: str, lines: list, place: int) -> int:
    """Return the number of the first blank line from ``place`` on."""
    last = min(len(lines), place + MAX_PARAGRAPH)
    while place < last and text[lines[place][0] : lines[place][1]].strip():
        place += 1
    return place


def _quote_length(text: str, lines: list, place: int) -> int:
    """Return how many lines announce a quotation; -1 when all that follows is quoted."""
    line = _line(text, lines, place)
    if SEPARATOR.match(line):
        return -1
    if HEADER.match(line) and any(
        HEADER_NEXT.match(_line(text, lines, other))
        for other in range(place + 1, min(place + 6, len(lines)))
    ):
        return -1
    length = _announcement(text, lines, place)
    if not length:
        return 0
    for other in range(place + length, min(place + length + 3, len(lines))):
        if bare := _line(text, lines, other).strip():
            # Marked line by line: an answer may stand below or between.
            return length if bare.startswith(">") else -1
    return -1


def _line(text: str, lines: list, place: int) -> str:
    """Return the beginning of a line."""
    start, end = lines[place]
    return text[start : min(end, start + MAX_LINE)]


def _announcement(text: str, lines: list, place: int) -> int:
    """Return how many lines say who wrote what is quoted below."""
    line = _line(text, lines, place)
    if WROTE.match(line) or WROTE_BY.match(line):
        return 1
    if WROTE_START.match(line):
        # A long announcement is wrapped over two or three lines.
        for more in (2, 3):
            if place + more <= len(lines):
                joined = text[lines[place][0] : lines[place + more - 1][1]][:MAX_LINE]
                if WROTE.match(joined.replace("\n", " ")):
                    return more
    return 0
