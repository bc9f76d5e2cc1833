# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The chantier's name: where it ends, and where it stands without a label."""

import functools
import re

from . import labels
from .blocks import STREET
from .model import Found
from .names import ADDRESS, PAPERS, SENTENCE, WORKS, nature
from .titles import COMPILED
from .values import find_amounts, find_dates, find_sirets, plain

DASH = re.compile(r"\s+[-–—|]\s+|(?<=\w)[–—]\s+")
QUOTED = re.compile(
    r"(?:operation|chantier|projet|programme|travaux)(?: de| d'|,? (?:denomme|dit|"
    r"intitule)\w*)?\s*[:«\"“]+\s*(?P<name>[^»\"”]{6,90})\s*[»\"”]"
)
#: Words before a chantier's name in a sentence.
ANNOUNCED = re.compile(
    r"(?:travaux de (?:la |l')|relati(?:f|ve)s? (?:a|au|aux) (?:l'operation|la construction|chantier|"
    r"projet)?\s*[:«\"]?|"
    r"travaux suivants\s*:|(?:de|a|sur|pour) l'operation\s*[:«\"]?|concernant (?:l'operation|"
    r"le chantier)\s*[:«\"]?|dans le cadre (?:de l'operation|du chantier|du "
    r"projet)\s*[:«\"]?|"
    r"sur le chantier\s*[:«\"]?|pour le chantier\s*[:«\"]?|pour "
    r"l'operation\s*[:«\"]?|^(?:sur )?(?:le |l')?(?:chantier|operation|programme) (?:de la |de l'|des |du |de |d')?)"
    r"\s*(?P<name>[a-z0-9][^,.;:«»\"()]{7,90})"
)
#: A number of a contract, order or lot: what stands beside it on the line may be the chantier.
MARKED = re.compile(
    r"\b(?:marche|contrat|lot|affaire|commande|situation|sous-traitance)\b[^–—|()]{0,22}?\d|\boperation\b|"
    r"\bchantier\b|^n ?° ?\S*\d"
)
OTHER_PART = re.compile(
    r"(?:le |la |l')?(?:(?:votre|notre|n/|v/) ?\w+|marche|contrat|lots?|n ?°|numero|situation|commande|bon de|"
    r"devis|facture|siret|"
    r"ref|affaire|titulaire|entreprise|maitre|moe|moa|architecte|tva|page|delai|montant|date|sous-traitance|acompte|"
    r"representee? par|notifie|rge|qualib\w*|certifi\w*|assurance|decennale|ccag|ccap|cctp|norme|article|page)(?!\w)"
)


@functools.lru_cache(maxsize=2048)
def tidy(text):
    """A chantier's name: it ends before contract, lot and address; the paper's own name before it is none of it."""
    text = re.sub(r"\s+", " ", text).strip(" .:;,-–—_|")
    text = _without_papers(text)
    low = plain(text)
    cut = re.search(
        (
            r"\s*[,;(|/-]*\s*\b(?:marche\s*(?:n°|:|[a-z]{0,4}[-/]?\d)|lot\s*(?:n°|:|\d)|contrat n|"
            r"n° de marche|situation n|n\s?°\s?\d|sis[e]?\b|(?:selon|suivant) (?:notre|votre|le|la|l'|marche|"
            r"devis)\b|(?:votre|notre) devis|(?:execute|realise|confie|attribue)e?s? (?:par|a)\b|code chantier|"
            r"ref\b|bon de commande|commande n)"
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
        and re.search(r"\d{5}", text[address.start() :])
    ):
        text = text[: address.start()]
    if not re.match(r"\d{1,4}(?: ?(?:bis|ter))?,? [a-z]", plain(text)):
        text = re.sub(r"\s+\d{5}\s+[A-ZÉ][\w'-]+.*$", "", text)
    if text.count("(") > text.count(")"):
        text = text[: text.rindex("(")]
    if text.count(")") > text.count("(") and re.search(r"\)\s*\w+ \w+", text):
        text = text[: text.index(")")]
    if text.count(")") > text.count("("):
        text = text.replace(")", "")
    return re.sub(
        r"^(?:de l'operation|n° ?\w+ ?[-:])\s*",
        "",
        text,
    ).strip(" .:;,-–—_|/")


#: What a letter is for, after the chantier that it is about.
SENDING = re.compile(
    r"(?:remise|envoi|transmission|notification|demande|convocation|reception|levee|constat|visite|mise en demeure|"
    r"relance|bordereau|proces|decision|ordre de service|situation|acompte|facture|dossier des ouvrages|doe)\b"
)


def _without_papers(text):
    """``Levée des réserves – Station d'épuration – lot 2`` without what is no place or work."""
    parts = DASH.split(text)
    if len(parts) < 2:
        return text
    kept = [part for part in parts if part.strip()]
    while len(kept) > 1 and is_paper(kept[0]):
        kept = kept[1:]
    while len(kept) > 1 and (
        OTHER_PART.match(plain(kept[-1])) or SENDING.match(plain(kept[-1]))
    ):
        kept = kept[:-1]
    if len(kept) == len(parts):
        return text
    start = text.index(kept[0])
    return text[start : text.rindex(kept[-1]) + len(kept[-1])]


@functools.lru_cache(maxsize=2048)
def is_paper(part):
    """Whether a part of a line names a paper, or a number of one."""
    low = plain(part)
    if OTHER_PART.match(low) or PAPERS.match(low):
        return True
    return not WORKS.match(low) and any(
        (match := pattern.search(low)) and match.start() < 12
        for _kind, _fine, pattern, _weight in COMPILED
    )


#: Words that name no place and no works by themselves.
NAMELESS = re.compile(
    r"(?:(?:fin|debut|suivi|journal|visite|ordre|etat|reprise|arret|demarrage|le|la|les|des?|du|d|l|et|en|cours|"
    r"chantiers?|travaux|operations?|marches?|lots?|ouvrages?|batiments?|projets?|objets?|prives?|publics?|"
    r"privee?s?|supplementaires?|complementaires?|modificatifs?|n°?|no)\W*)+"
)


def options(doc):
    """Names of the chantier that no label gives: Found."""
    return [
        *_quoted(doc),
        *_announced(doc),
        *_beside_numbers(doc),
        *_under_contract(doc),
    ]


#: The heading of what says which contract a form is about.
CONTRACT = re.compile(
    r"(?:[a-h\d]\s?[-.)]\s*)?(?:(?:objet|identification|designation|rappel) (?:du |de la )?)?"
    r"(?:marche|contrat|commande|objet)(?: public| de travaux| prive)?(?: concernee?)?\W*"
)


def _under_contract(doc):
    """Words in place of a number under the heading of the contract: ``C - Marché`` over the works."""
    for page in doc.pages[:1]:
        for line, after in zip(page.lines, page.lines[1:], strict=False):
            if len(line.segments) > 1 or not CONTRACT.fullmatch(plain(line.text)):
                continue
            segment = after.segments[0]
            name = tidy(segment.text)
            low = plain(name)
            if (
                abs(segment.box[0] - line.segments[0].box[0]) < 14
                and len(name) > 9
                and " " in name
                and name[:1].isupper()
                and ":" not in segment.text
                and not is_paper(name)
                and not SENTENCE.search(low)
                and not NAMELESS.fullmatch(low)
                and nature(name) in (None, "chantier")
                and not re.match(r"n ?°|\W*\w*\d[\w/.-]*\b", low)
            ):
                sure = 0.84 if nature(name) == "chantier" else 0.7
                yield Found(
                    name,
                    sure * (0.6 + 0.4 * segment.confidence),
                    page.number,
                    segment.box,
                    "under the contract",
                )


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
            alone = not match.start() and len(line.segments) == 1 and size < 80
            if alone and DASH.search(text[match.end() : size]):
                # ``Programme « Les Jardins » – bâtiment C``, all of it is the name.
                name = tidy(line.text)
            yield Found(name, 0.86, page.number, line.box, "quoted")


def _announced(doc):
    """A chantier's name in a sentence."""
    for page, line, text, size in _pairs(doc):
        match = ANNOUNCED.search(plain(text))
        if not match or match.start() >= size:
            continue
        name = tidy(text[slice(*match.span("name"))])
        if (
            name[:1].isupper() | name[:1].isdigit()
            and len(name) > 7
            and not SENTENCE.search(plain(name))
            and not labels.is_label(re.sub(r"^\d{1,2}\s", "", name))
        ):
            yield Found(name, 0.72, page.number, line.box, "announced")


#: What a firm prints under its name: its numbers and marks of quality.
FIRMS_OWN = re.compile(
    r"\bsire[tn]\b|\brcs\b|\bape\b|capital|assurance|decennale|qualib|tva intra"
)


def _beside_numbers(doc):
    """What stands beside a contract's number: ``Marché 24-12 – Station d'épuration``, ``(lot 2, Villa X)``."""
    for page in doc.pages[:1]:
        for line in page.lines[:30]:
            for segment in line.segments:
                low = plain(segment.text)
                titled = line.index < 6 and is_paper(DASH.split(segment.text)[0])
                if not (titled or MARKED.search(low)) or len(low) > 170:
                    continue
                if FIRMS_OWN.search(low):
                    continue
                name = _rest(segment.text) or _after_number(segment.text)
                if name and not STREET.match(plain(name)):
                    yield Found(
                        name,
                        _fit(name, segment.text) * (0.6 + 0.4 * segment.confidence),
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


def _fit(name, text):
    """How well a name beside a number may be the chantier's; beside a lot's number it is what the lot is called."""
    low = plain(text)
    before = low[: max(0, text.find(name))]
    works = nature(name) == "chantier"
    if re.match(r"lot\b", low) or (
        not works and re.search(r"\blot\b[\W_n]*\w{1,3}\W*$", before)
    ):
        return 0.5
    return 0.74 if works else 0.62


def _after_number(text):
    """The works right after their contract's number, without a dash: ``Marché 2026-07 Réfection du pont``, or None."""
    match = re.match(
        r"(?:[Mm]arché|MARCHÉ|[Cc]ontrat|CONTRAT)\s(?:[Nn]\W{1,3})?[\w/.-]*\d[\w/.-]*\s(?=[A-ZÀ-Ý])(?P<name>.{10,90})",
        text,
    )
    name = tidy(match["name"]) if match else ""
    return name if nature(name) == "chantier" else None


def _is_work(parts):
    """Whether the next part says what is done."""
    return bool(parts) and bool(WORKS.match(plain(parts[0]).strip()))


def _rest(text):
    """The first run of parts of a line that are neither numbers, papers nor parties, or None."""
    text = re.sub(
        r"^(?:CHANTIER|OPÉRATION|OPERATION|PROJET|AFFAIRE)\s+(?=[A-ZÀ-Ý][a-zà-ÿ])",
        "",
        text,
    )
    run, parts = [], []
    for part in DASH.split(text):
        # ``Marché : n° 2024-12, lot n° 15, Internat du lycée``
        marked = MARKED.search(plain(part))
        parts += re.split(r"\s*[,;]\s+", part) if marked else [part]
    for index, part in enumerate(parts):
        low = plain(part).strip()
        clean = tidy(part)
        usable = (
            len(clean) > 6
            and (run or clean[:1].isupper() | clean[:1].isdigit())
            and not NAMELESS.fullmatch(plain(clean))
            and ":" not in part
            and not is_paper(part)
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
