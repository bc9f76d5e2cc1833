# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The count of a DOE slip's documents; a supplier's IBAN."""

import re

from stdnum import iban as iban_numbers

from .model import Found
from .values import find_dates, plain

SAID = re.compile(
    r"(?:nombre (?:total )?(?:de |d')(?:documents?|pieces?)(?: (?:remis|transmis|jointe?)e?s?)?|"
    r"total(?: des)?(?: documents?| pieces?)?)\s*:?\s*(\d{1,3})\b|\b(\d{1,3}) (?:documents?|"
    r"pieces?) (?:remis|transmis|jointe?)e?s?"
)
NUMBERS = (
    *("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize"),
)
#: A sentence that is about the count: ``Soit quatre pièces.``
IN_LETTERS = re.compile(
    rf"(?:soit |au total,? |total\s?: )?(?P<number>{'|'.join(NUMBERS)}) (?:\(\d+\) )?(?:documents?|pieces?)\b"
)
BULLET = re.compile(
    r"^\s*(?:[-–—•*▪►>·☐☑☒✓✔]\s+|\d{1,2}\s?[.)°/-]+\s*\D|\d{1,2}\s+[A-Za-zÀ-ÿ]|[a-z]\)\s)"
)
PAPER = re.compile(
    r"plan|notice|fiche|certificat|attestation|rapport|schema|notes? de calcul|pv |proces|consuel|dossier|"
    r"liste|garantie|manuel|guide|carnet|documentation|bordereau|nomenclature|photo|avis|diuo|bilan|essai|"
    r"etiquette|autocontrole|reperage|synoptique|procedure|contrat d|declaration|marquage|recolement|"
    r"descriptif|tableau|agrement|cahier"
)
ADDRESS = re.compile(
    r"^\d{1,4},? (?:bis |ter )?(?:rue|avenue|place|chemin|bd|boulevard|allee|impasse|route|quai|cours|"
    r"zone|z\.?[ai])|^\d{5} |^objet|^chantier|^operation"
)
STOP = re.compile(
    r"^(?:fait|recu|le maitre|l'entreprise|signature|date|visa|pour|observations?|total|nombre|remis|"
    r"a [a-z' -]+,? le|accuse|cachet|le destinataire|nom)\b"
)


def count(doc):
    """How many documents a DOE slip lists."""
    return _said(doc) or _run(doc) or _listed(doc)


def _said(doc):
    """The count that the slip itself tells."""
    for page in doc.pages:
        for line in page.lines:
            low = plain(line.text).strip()
            if match := SAID.search(low):
                return Found(
                    int(match[1] or match[2]), 0.93, page.number, line.box, "said"
                )
            if match := IN_LETTERS.match(low):
                number = NUMBERS.index(match["number"]) + 2
                return Found(number, 0.88, page.number, line.box, "said in letters")
    return None


def _listed(doc):
    """The count of the rows that the slip lists."""
    rows, numbers = [], []
    for page in doc.pages:
        for line in page.lines:
            low = plain(line.text).strip()
            first = line.segments[0].text.strip()
            if (
                STOP.match(low)
                or len(low) < 4
                or (":" in low and find_dates(line.text))
            ):
                continue
            number = re.match(r"(?:n°\s?)?0?(\d{1,2})(?:\s?[.)°/-]|\s|$)", first)
            is_row = bool(BULLET.match(line.text)) or (
                number and len(line.segments) > 1
            )
            if ADDRESS.search(low) or not is_row or sum(c.isalpha() for c in low) <= 3:
                continue
            rows.append((line, page, bool(PAPER.search(low))))
            if number:
                numbers.append(int(number[1]))
    counted = _counted(rows, numbers)
    if counted and counted.why == "numbered":
        return counted
    return _announced(doc) or counted or _table_rows(doc)


def _run(doc):
    """Items led by letters or numbers in a row from the first, also side by side in columns."""
    for page in doc.pages:
        for pattern, first in ((r"([a-z])\)\s", "a"), (r"(\d{1,2})\s?[.)]\s", 1)):
            led = {}
            for line in page.lines:
                for segment in line.segments:
                    if match := re.match(pattern, plain(segment.text)):
                        led.setdefault(match[1].lstrip("0"), segment)
            size = 0
            while _nth(first, size) in led:
                size += 1
            columns = {round(led[_nth(first, n)].box[0] / 30) for n in range(size)}
            if (
                size >= 3
                and len(columns) > 1
                and any(
                    PAPER.search(plain(led[_nth(first, n)].text)) for n in range(size)
                )
            ):
                return Found(
                    size, 0.9, page.number, led[_nth(first, 0)].box, "numbered"
                )
    return None


def _nth(first, number):
    """The letter or number that comes so many after the first."""
    return chr(ord(first) + number) if isinstance(first, str) else str(first + number)


def _counted(rows, numbers):
    """The count of rows with a bullet or a number; numbers that run from 1 make it sure."""
    if not rows or not any(paper for _line, _page, paper in rows):
        return None
    if families := _families(numbers):
        _line, page, _paper = rows[0]
        return Found(families, 0.88, page.number, rows[0][0].box, "numbered")
    run = 0
    for number in numbers:
        if number == run + 1:
            run = number
    line, page, _paper = rows[0]
    lost = run > 1 and numbers[-1] == len(numbers) + 1 > run
    if run >= 2 and run >= len(numbers) - 2 and not lost:
        return Found(run, 0.94, page.number, line.box, "numbered")
    rising = all(one < other for one, other in zip(numbers, numbers[1:], strict=False))
    if (
        len(numbers) >= 2
        and rising
        and numbers[-1] - len(numbers) <= 1 + numbers[-1] // 5
    ):
        # A number was lost in the picture: the last one counts.
        return Found(numbers[-1], 0.85, page.number, line.box, "numbered")
    return Found(len(rows), 0.8, page.number, line.box, "bullets")


def _announced(doc):
    """The lines after ``les documents suivants :``, evenly spaced; bullets are lost in pictures at times."""
    for page in doc.pages:
        for line in page.lines:
            low = plain(line.text).strip()
            if not (
                re.search(r"documents?|pieces?|elements", low)
                and low.endswith(":")
                and len(low) < 110
            ):
                continue
            rows = _rows_under(page, line)
            if rows >= 2:
                return Found(rows, 0.82, page.number, line.box, "announced")
    return None


def _rows_under(page, line):
    """How many evenly spaced lines are listed under one."""
    rows, last, pitch = 0, line, None
    for row in page.lines[line.index + 1 :]:
        text = plain(row.text).strip()
        gap = row.box[1] - last.box[1]
        if STOP.match(text) or (pitch and gap > 1.7 * pitch) or gap > 60:
            break
        if rows and BULLET.match(last.text) and not BULLET.match(row.text):
            if row.box[0] > last.box[0] + 4 and page.source != "ocr":
                # The item goes on.
                continue
            if row.box[0] < last.box[0] - 8 or page.source != "ocr":
                # The letter does.
                break
        if re.search(r"designation|intitule|^n°|format|nombre", text) and not rows:
            last = row
            continue
        pitch = min(pitch or gap, gap) if rows else pitch
        rows, last = rows + 1, row
    return rows


def _table_rows(doc):
    """The rows of a table without numbers: lines in a row that name papers."""
    best = []
    for page in doc.pages:
        run = []
        for line in page.lines:
            low = plain(line.text).strip()
            header = re.search(
                r"designation|intitule|nature|document\b.*(?:nb|nombre|qte|exemplaire|format)",
                low,
            )
            if (
                PAPER.search(low)
                and not header
                and not STOP.match(low)
                and ":" not in low
                and len(low) < 110
                and line.index > 3
            ):
                run.append((line, page))
                best = max(best, run, key=len)
            else:
                run = []
    if len(best) >= 2:
        return Found(len(best), 0.7, best[0][1].number, best[0][0].box, "rows")
    return None


def _families(numbers):
    """The count of items in several lists, each numbered from 1; 0 where there is but one, or a number is lost."""
    lists = []
    for number in numbers:
        if number == 1:
            lists.append(0)
        if not lists or number != lists[-1] + 1:
            return 0
        lists[-1] = number
    return sum(lists) if len(lists) > 1 and min(lists) > 1 else 0


IBAN = re.compile(r"\b(?:[A-Z]{2}\s?\d{2}(?:\s?[A-Z0-9]){11,30})\b")


def find_iban(doc):
    """The IBAN of a supplier's invoice, by its own check digits."""
    for page in doc.pages:
        for line in page.lines:
            for match in IBAN.finditer(line.text.upper()):
                digits = re.sub(r"\s", "", match[0])
                for length in range(len(digits), 14, -1):
                    if iban_numbers.is_valid(digits[:length]):
                        return Found(
                            digits[:length], 0.97, page.number, line.box, "check digits"
                        )
    return None
