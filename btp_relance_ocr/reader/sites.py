# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The chantier's name: where it ends, and where it stands without a label."""

import re

from . import labels
from .model import Found
from .names import ADDRESS, PAPERS, SENTENCE, WORKS, nature
from .titles import COMPILED
from .values import find_amounts, find_dates, find_sirets, plain

DASH = re.compile(r"\s+[-–—|]\s+")
QUOTED = re.compile(
    r"(?:operation|chantier|projet|programme|travaux)(?: de| d')?\s*[:«\"“]+\s*(?P<name>[^»\"”]{6,90})\s*[»\"”]"
)
#: Words before a chantier's name in a sentence.
ANNOUNCED = re.compile(
    r"(?:relati(?:f|ve)s? (?:a|au|aux) (?:l'operation|la construction|chantier|projet)?\s*[:«\"]?|"
    r"concernant (?:l'operation|le chantier)\s*[:«\"]?|dans le cadre (?:de l'operation|du chantier|du "
    r"projet)\s*[:«\"]?|"
    r"sur le chantier\s*[:«\"]?|pour le chantier\s*[:«\"]?|pour "
    r"l'operation\s*[:«\"]?)\s*(?P<name>[a-z0-9][^,.;:«»\"()]{7,90})"
)
#: A number of a contract, order or lot: what stands beside it on the line may be the chantier.
MARKED = re.compile(
    r"\b(?:marche|contrat|lot|affaire|commande|situation|sous-traitance)\b[^–—|()]{0,22}?\d|\boperation\b|"
    r"\bchantier\b"
)
OTHER_PART = re.compile(
    r"(?:le |la |l')?(?:(?:votre|notre|n/|v/) ?\w+|marche|contrat|lots?|n ?°|numero|situation|commande|bon de|"
    r"devis|facture|siret|"
    r"ref|affaire|titulaire|entreprise|maitre|moe|moa|architecte|tva|page|delai|montant|date|sous-traitance|acompte|"
    r"tranche|phase|representee? par|notifie)\b"
)


def tidy(text):
    """A chantier's name: it ends before contract, lot and address; the paper's own name before it is none of it."""
    text = re.sub(r"\s+", " ", text).strip(" .:;,-–—_|")
    text = _without_papers(text)
    low = plain(text)
    cut = re.search(
        (
            r"\s*[,;(|/-]*\s*\b(?:marche\s*(?:n°|:|[a-z]{0,4}[-/]?\d)|lot\s*(?:n°|:|\d)|contrat n|"
            r"n° de marche|situation n|sis[e]?\b|code chantier|ref\b|bon de commande|commande n)"
        ),
        low[4:],
    )
    if cut:
        text = text[: cut.start() + 4]
    address = ADDRESS.search(plain(text), 8)
    if (
        address
        and text[address.start()] == ","
        and re.search(r"\d", plain(text)[address.start() : address.start() + 8])
    ):
        text = text[: address.start()]
    text = re.sub(r"\s+\d{5}\s+[A-ZÉ][\w'-]+.*$", "", text)
    if text.count("(") > text.count(")"):
        text = text[: text.rindex("(")]
    if text.count(")") > text.count("("):
        text = text.replace(")", "")
    return re.sub(r"^(?:de l'operation|n° ?\w+ ?[-:])\s*", "", text).strip(
        " .:;,-–—_|/"
    )


def _without_papers(text):
    """``Levée des réserves – Station d'épuration – lot 2`` without what is no place or work."""
    parts = DASH.split(text)
    if len(parts) < 2:
        return text
    kept = [part for part in parts if part.strip()]
    while len(kept) > 1 and _is_paper(kept[0]):
        kept = kept[1:]
    while len(kept) > 1 and OTHER_PART.match(plain(kept[-1])):
        kept = kept[:-1]
    if len(kept) == len(parts):
        return text
    start = text.index(kept[0])
    return text[start : text.rindex(kept[-1]) + len(kept[-1])]


def _is_paper(part):
    """Whether a part of a line names a paper, or a number of one."""
    low = plain(part)
    if OTHER_PART.match(low) or PAPERS.match(low):
        return True
    return not WORKS.match(low) and any(
        (match := pattern.search(low)) and match.start() < 12
        for _kind, _fine, pattern, _weight in COMPILED
    )


def options(doc):
    """Names of the chantier that no label gives: Found."""
    return [*_quoted(doc), *_announced(doc), *_beside_numbers(doc)]


def _pairs(doc):
    """(page, line, its text with the next line's, its own length)."""
    for page in doc.pages:
        for line, after in zip(page.lines, [*page.lines[1:], None], strict=True):
            full = line.box[2] > 0.78 * page.width
            text = f"{line.text} {after.text}" if after and full else line.text
            yield page, line, text, len(line.text)


def _quoted(doc):
    """A chantier's name in quotes."""
    for page, line, text, size in _pairs(doc):
        match = QUOTED.search(plain(text))
        if match and match.start() < size:
            name = text[slice(*match.span("name"))].strip()
            yield Found(name, 0.9, page.number, line.box, "quoted")


def _announced(doc):
    """A chantier's name in a sentence."""
    for page, line, text, size in _pairs(doc):
        match = ANNOUNCED.search(plain(text))
        if not match or match.start() >= size:
            continue
        name = tidy(text[slice(*match.span("name"))])
        if name[:1].isupper() and len(name) > 7 and not SENTENCE.search(plain(name)):
            yield Found(name, 0.72, page.number, line.box, "announced")


def _beside_numbers(doc):
    """What stands beside a contract's number: ``Marché 24-12 – Station d'épuration``, ``(lot 2, Villa X)``."""
    for page in doc.pages[:1]:
        for line in page.lines[:30]:
            for segment in line.segments:
                low = plain(segment.text)
                titled = line.index < 6 and _is_paper(DASH.split(segment.text)[0])
                if not (titled or MARKED.search(low)) or len(low) > 170:
                    continue
                name = _rest(segment.text)
                if name:
                    sure = 0.74 if nature(name) == "chantier" else 0.62
                    yield Found(
                        name,
                        sure * (0.6 + 0.4 * segment.confidence),
                        page.number,
                        segment.box,
                        "beside a number",
                    )
    for page, line, text, size in _pairs(doc):
        match = re.search(
            r"\b(?:marche|contrat|commande)\b[^()]{3,45}\d[^()]{0,12}\((?P<name>[^()]{8,90})\)",
            plain(text),
        )
        if match and match.start() < size:
            name = text[slice(*match.span("name"))].strip()
            if not OTHER_PART.match(plain(name)):
                yield Found(name, 0.7, page.number, line.box, "in brackets")


def _is_work(parts):
    """Whether the next part says what is done."""
    return bool(parts) and bool(WORKS.match(plain(parts[0]).strip()))


def _rest(text):
    """The first run of parts of a line that are neither numbers, papers nor parties, or None."""
    run, parts = [], DASH.split(text)
    for index, part in enumerate(parts):
        low = plain(part).strip()
        clean = tidy(part)
        usable = (
            len(clean) > 6
            and clean[:1].isupper() | clean[:1].isdigit()
            and ":" not in part
            and not _is_paper(part)
            and not SENTENCE.search(low)
            and not find_dates(part)
            and not find_amounts(part)
            and not find_sirets(part)
            and (
                nature(clean) in (None, "chantier")
                # ``Lycée X – Restructuration``: a place and what is done there.
                or (nature(clean) == "donneur_ordre" and _is_work(parts[index + 1 :]))
            )
            and not labels.is_label(part)
        )
        if usable:
            run.append(clean)
        elif run:
            break
    if not run or len(parts) == 1:
        return None
    name = text[text.index(run[0]) : text.rindex(run[-1]) + len(run[-1])]
    return name if sum(c.isalpha() for c in name) > 7 and " " in name else None
