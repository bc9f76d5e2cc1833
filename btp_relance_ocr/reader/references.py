# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers of contracts, orders, service orders, situations, invoices; and the lot."""

import re

from . import labels, layout, loose, lots
from .model import Found
from .values import find_amounts, find_dates, is_siret, plain

NO = r"(?:n\s?[°o*'\"]s?|n°|nos?\.?|num(?:ero)?\.?|ref(?:erence)?\.?|#)"
SEP = rf"\s*(?:{NO})?\s*(?:[:.]|[,.…_]{{2,}})?\s*(?:{NO})?\s*"
#: A reference holds a digit; letters, digits and the marks between them.
TOKEN = r"(?P<ref>[A-Za-z]{0,6}[ -]?(?=[A-Za-z0-9/_.-]*\d)[A-Za-z0-9]+(?:[/_.-][A-Za-z0-9]+)*)(?![\w|¦!])"
BARE = r"(?P<ref>(?=[A-Za-z0-9/_.-]*\d)[A-Za-z0-9]+(?:[/_.-][A-Za-z0-9]+)*)(?![\w|¦!])"

LABELS = {
    "ref_marche": [
        (
            (
                rf"(?:reference|ref\.?|{NO}|identifiant)\s*(?:du |de |d'|de l'|de ce )?(?:marche|contrat|"
                rf"accord[- ]cadre|l'acte d'engagement)(?: public)?(?: de travaux| de sous-traitance)?"
            ),
            1.0,
        ),
        (
            r"\bm(?:ar)?che(?: public)?(?: de travaux| prive| de base)?(?: ?/ ?(?:n° )?(?:de )?lot)?",
            0.9,
        ),
        (r"\b(?:contrat|convention)(?: de (?:sous-traitance|travaux|marche))?", 0.8),
        (r"\b(?:accord[- ]cadre|acte d'engagement)", 0.7),
    ],
    "ref_commande": [
        (
            (
                rf"(?:{NO}|reference|ref\.?)\s*(?:du |de |de la |de votre |d')?(?:bon de commande|commande|bdc|"
                rf"cde)(?![-/\w])(?: client| fournisseur)?"
            ),
            1.0,
        ),
        (
            (
                r"\b(?:votre |v/|notre |sur )?(?:bon (?:de|d') ?commande|lettre de commande|"
                r"commande(?: d'achat| fournisseur| client| ferme| de travaux)?|(?:b\.?d?\.?c\.?|cde|"
                r"p\.?o\.?)(?=\s*(?:n|:|\s\w))|(?:purchase order|order|p\.?o\.?)(?: (?:number|no|"
                r"nr))?)(?![\w-])(?: / n°)?"
            ),
            0.92,
        ),
    ],
    "ref_os": [
        (
            rf"(?:{NO})\s*(?:de l'|de l |d'|d)?\s*(?:ordre(?: de service)?|o\.?\s?s\b\.?)",
            1.0,
        ),
        (
            (
                r"\b(?:ordre de service\b|o\.?\s?s\b\.?|ordre\b)(?: de (?:demarrage|commencement|"
                r"prescription))?(?: des travaux)?"
            ),
            0.9,
        ),
    ],
    "ref_situation": [
        (
            rf"(?:{NO})\s*(?:de |de la |d'|du )?(?:situation|acompte|decompte|l'acompte)",
            1.0,
        ),
        (
            (
                r"\b(?:situation(?: de travaux| mensuelle| provisoire| cumulative| intermediaire)*|"
                r"acompte(?: mensuel)?|decompte(?: mensuel| provisoire| periodique)*(?: \(situation\))?)"
            ),
            0.92,
        ),
        (r"\bcertificat (?:de|pour) paiement(?: d'acompte)?", 0.75),
    ],
    "ref_facture": [
        (rf"(?:{NO})\s*(?:de |de la |d')?(?:facture|piece|document)", 1.0),
        (
            r"\bfacture(?: de situation| d'acompte| definitive| de travaux| client| de solde)?\b",
            0.92,
        ),
        (r"\bnumero\b", 0.6),
    ],
}
SMALL = {"ref_situation", "ref_os"}


def find(doc, kind):
    """{field: Found} of the references and the lot."""
    found, others = {}, _loose(doc)
    for field, patterns in LABELS.items():
        options = [
            option
            for pattern, weight in patterns
            for option in _options(doc, field, pattern, weight, kind)
        ] or others.get(field)
        for option in options or ():
            # What a paper is called stands on its first page.
            option.confidence *= 1.0 if option.page == 1 else 0.9
        if options:
            best = max(options, key=lambda option: option.confidence)
            rivals = [
                o
                for o in options
                if _key(o.value) != _key(best.value)
                and o.confidence > best.confidence - 0.05
            ]
            if rivals and field not in SMALL:
                best.confidence = min(best.confidence, 0.85)
            found[field] = best
    if lot := lots.find(doc) or next(iter(others.get("lot", ())), None):
        found["lot"] = lot
    _from_titles(doc, kind, found)
    _own_number(doc, kind, found)
    _alone_in_large(doc, kind, found)
    return found


#: What a label in a wording that no list has is worth.
LOOSE = 0.82
LOT = re.compile(r"\W*(?:lot\s*)?(?:n\s?°\s*)?(?P<ref>\d{1,3}[a-z]?|[a-z]\d{0,2})\b")


def _loose(doc):
    """The references beside or under labels that no list has: {field: [Found]}."""
    found = {}
    for field, candidate in loose.candidates(doc, (*LABELS, "lot")):
        low = plain(candidate.text)
        token = rf"\W*(?:{NO})?\s*" + (
            r"(?P<ref>\d{1,3})\b" if field in SMALL else TOKEN
        )
        if field == "ref_marche" and re.search(
            r"[/-] ?(?:n\s?° )?lot\b", candidate.label
        ):
            # ``Marché – lot`` beside ``L2143 – 16``
            low = re.sub(r"\s?[-/]\s?(?:lot )?\d{1,3}[a-z]?$", "", low)
        match = LOT.match(low) if field == "lot" else re.match(token, low)
        if not match:
            continue
        start, end = match.span("ref")
        value = candidate.text[start:end]
        if field != "lot":
            value = tidy(value, field)
            if not value or not is_reference(value, field, low, True):
                continue
        segment = candidate.segment
        start, end = start + candidate.start, end + candidate.start
        found.setdefault(field, []).append(
            Found(
                value,
                LOOSE * segment.sureness(start, end),
                candidate.page.number,
                segment.box_of_part(start, end),
                f"label: {candidate.label}",
            )
        )
    return found


def _key(value):
    """A reference without its marks."""
    return re.sub(r"[^A-Z0-9]", "", value.upper()).lstrip("0")


def _options(doc, field, pattern, weight, kind):
    """The references after or under a label."""
    token = r"(?P<ref>\d{1,3})(?![\d/.,]\d|\d| ?%)" if field in SMALL else TOKEN
    after = re.compile(rf"{pattern}(?P<sep>{SEP}|\s-\s){token}")
    alone = re.compile(
        rf"(?:{pattern})(?: \(?[a-z ]{{0,20}}\)?)?\s*(?:{NO})?\s*[:.]?\s*$"
    )
    for page in doc.pages:
        for line in page.lines:
            for segment in line.segments:
                low = plain(segment.text)
                for match in after.finditer(low):
                    option = _option(field, segment, page, match, low, weight)
                    if option:
                        yield option
                yield from _wrapped(field, page, line, segment, pattern, weight)
                if alone.fullmatch(
                    re.sub(
                        r"^(?:[a-h\d]\d?\s?[-.)]\s*)?(?:le |la |l')?", "", low
                    ).strip()
                ):
                    yield from _beside(field, segment, page, weight)


def _wrapped(field, page, line, segment, pattern, weight):
    """A reference at the start of a line whose label ends the line before."""
    if segment is not line.segments[-1] or line.index + 1 >= len(page.lines):
        return
    if segment.box[2] < 0.7 * page.width or not re.search(
        rf"(?:{pattern}){SEP}$", plain(segment.text)
    ):
        return
    after = page.lines[line.index + 1].segments[0]
    token = rf"(?:{NO})\s*(?P<ref>\d{{1,3}})\b" if field in SMALL else TOKEN
    match = re.match(token, plain(after.text))
    if not match:
        return
    start, end = match.span("ref")
    value = tidy(after.text[start:end], field)
    if is_reference(value, field, plain(after.text), True) and (
        field in SMALL or re.search(r"\d{2}", value)
    ):
        yield Found(
            value,
            weight * 0.93 * after.sureness(start, end),
            page.number,
            after.box_of_part(start, end),
            "wrapped",
        )


def _option(field, segment, page, match, low, weight):
    """One reference found after its label in a segment, or None when it is something else."""
    start, end = match.span("ref")
    raw = segment.text[start:end]
    sep = match["sep"]
    numbered = bool(re.search(NO, sep)) or ":" in sep
    value = tidy(raw, field)
    if not value or not is_reference(
        value, field, low[max(0, start - 12) : end + 12], numbered
    ):
        return None
    if (
        not numbered
        and field in ("ref_marche", "ref_commande", "ref_facture")
        and not re.search(r"\d{3}|\d[-/]\d|[A-Za-z]+[-/.]?\d|\d\.[A-Za-z]", value)
    ):
        return None
    sure = weight * (0.98 if numbered else 0.9)
    before = low[: match.start()]
    if (
        field == "ref_commande"
        and re.search(r"devis|offre", before[-20:])
        and not re.search(r"commande", low[match.start() : start])
    ):
        return None
    if field == "ref_marche" and re.search(
        r"(?:place|rue|avenue|halle|allee|quai|chemin)s? (?:du |de )$", before
    ):
        return None
    if any(s <= start < e for _d, s, e in find_dates(segment.text)) or any(
        s <= start < e and "," in segment.text[s:e]
        for _v, s, e, _c in find_amounts(segment.text)
    ):
        return None
    if field == "ref_marche" and re.search(
        r"hors\s*$|montant (?:du |initial du )?$|total (?:du )?$", before
    ):
        return None
    size = 1.04 if page.lines[segment.line].height > 13 else 1.0
    return Found(
        value,
        min(0.985, sure * size) * segment.sureness(start, end),
        page.number,
        segment.box_of_part(start, end),
        match[0][:40],
    )


def _beside(field, segment, page, weight):
    """References right of a label or under it."""
    nearest = layout.right_of(page, segment)[:1] + layout.below(page, segment, 3.0)[:1]
    over = layout.captioned(page, segment)
    if over and not labels.is_label(over.text):
        nearest = [over]
    token = re.compile(
        r"\W*(?:" + NO + r")?\s*" + (r"(?P<ref>\d{1,3})\b" if field in SMALL else TOKEN)
    )
    for rank, other in enumerate(nearest):
        low = plain(other.text)
        match = token.match(low)
        if not match or (
            match.end() < len(low.strip()) * 0.4
            and not re.match(r"\s*(?:[-–(/,]|du|en)", low[match.end() :])
        ):
            continue
        start, end = match.span("ref")
        value = tidy(other.text[start:end], field)
        if value and is_reference(value, field, low, True):
            yield Found(
                value,
                weight * (0.97 if rank == 0 else 0.9) * other.sureness(start, end),
                page.number,
                other.box,
                segment.text,
            )
            return


def tidy(raw, field):
    """A reference as printed, without the words stuck to it."""
    value = re.sub(r"(?<=\d)lot$", "", raw.strip(" .,:;-/_"), flags=re.IGNORECASE)
    lead = re.match(r"^([A-Za-z]{1,6}) (?=\S)", value)
    if lead and (
        plain(lead[1])
        in {
            "du",
            "de",
            "le",
            "n",
            "no",
            "et",
            "au",
            "en",
            "la",
            "lot",
            "date",
            "sur",
            "par",
            "pour",
            "les",
            "des",
            "aux",
            "client",
            "public",
            "ref",
            "num",
            "ttc",
            "ht",
            "situ",
        }
        or lead[1].islower()
    ):
        value = value[lead.end() :]
    if field in SMALL:
        value = value.lstrip("0") or "0"
    return value


def is_reference(value, field, around, numbered):
    """Whether a token is a reference rather than a date, an amount, a percentage or a year."""
    if field in SMALL:
        return value.isdigit() and 0 < int(value) < 200
    if (
        find_dates(value)
        and re.search(r"[/.-]", value)
        and len(re.sub(r"\D", "", value)) in (6, 8)
        and not re.search(r"[A-Za-z]", value)
    ):
        return False
    if re.match(
        r"(?:exe|page|siret|siren|tva|rcs|ape|naf|tel|fax|bp|cs|date|lot|art|article|delai|taux|ht|"
        r"ttc|rue|le|du|au) ?\d",
        plain(value),
    ):
        return False
    digits = re.sub(r"\D", "", value)
    if len(digits) == 14 and is_siret(digits):
        return False
    if re.fullmatch(r"(?:19|20)\d\d", value) and not numbered:
        return False
    if re.fullmatch(r"\d{1,2}", value) and not numbered:
        return False
    if re.search(re.escape(plain(value)) + r"\s?(?:%|€|eur\b)", around) or re.fullmatch(
        r"\d{1,3}[.,]\d{2}", value
    ):
        return False
    return len(value) <= 28


#: In which field the number in each kind's title goes.
TITLE_FIELDS = {
    "bon_commande": "ref_commande",
    "ordre_service": "ref_os",
    "situation": "ref_situation",
    "certificat_paiement": "ref_situation",
    "facture": "ref_facture",
}


def _alone_in_large(doc, kind, found):
    """A large number that stands alone at the head of an order or invoice."""
    field = TITLE_FIELDS.get(kind)
    if field in SMALL or not field or field in found or not doc.pages:
        return
    page = doc.pages[0]
    heights = sorted(line.height for line in page.lines)
    usual = heights[len(heights) // 2] if heights else 1
    for line in page.lines[:10]:
        for segment in line.segments:
            value = segment.text.strip()
            tall = max(word.height for word in segment.words)
            if (
                tall > 1.2 * usual
                and re.fullmatch(TOKEN, plain(value))
                and len(re.findall(r"\d", value)) > 3
                and is_reference(value, field, plain(value), False)
                and not find_dates(value)
            ):
                found[field] = Found(
                    value,
                    0.66 * segment.confidence,
                    page.number,
                    segment.box,
                    "alone in large",
                )
                return


OWN_NUMBER = re.compile(
    r"(?P<strong>numero|n\s?[°o*]|no|n\s?° (?:de |du )?(?:piece|document|bon)|numero (?:de |du )?(?:piece|document|"
    r"bon))\s*:?|ref(?:erence|s)?\.?(?: a rappeler)?\s*:?"
)


def _own_number(doc, kind, found):
    """The paper's own number, under or beside ``Numéro`` with nothing else."""
    field = TITLE_FIELDS.get(kind)
    if not field or (field in found and found[field].confidence > 0.6) or not doc.pages:
        return
    page, options = doc.pages[0], []
    token = r"\W*" + (r"(?P<ref>\d{1,3})\b" if field in SMALL else TOKEN)
    for line in page.lines[:16]:
        for segment in line.segments:
            label = OWN_NUMBER.fullmatch(plain(segment.text).strip())
            if not label:
                continue
            for candidate in labels.around(page, segment, "number"):
                low = plain(candidate.text)
                match = re.match(token, low)
                if not match:
                    continue
                start, end = match.span("ref")
                value = tidy(candidate.text[start:end], field)
                if value and is_reference(value, field, low, True):
                    sure = 0.8 if label["strong"] else 0.6
                    options.append(
                        Found(
                            value,
                            sure * candidate.segment.sureness(start, end),
                            page.number,
                            candidate.segment.box,
                            "own number",
                        )
                    )
    if options:
        found[field] = max(options, key=lambda option: option.confidence)


def _from_titles(doc, kind, found):
    """The number in a large title, when no label gave one: ``N° 26-114`` under ``BON DE COMMANDE``."""
    field = TITLE_FIELDS.get(kind)
    if not field or (field in found and found[field].confidence > 0.6) or not doc.pages:
        return
    token = re.compile(
        rf"(?:^|\s)(?:{NO})\s*[:.]?\s*"
        + (r"(?P<ref>\d{1,3})\b" if field in SMALL else BARE)
    )
    for page in doc.pages[:1]:
        for line in page.lines[:14]:
            for segment in line.segments:
                low = plain(segment.text)
                match = token.search(low)
                if match and not re.search(
                    r"marche|lot|siret|tva|client|chantier|devis|contrat|compte", low
                ):
                    start, end = match.span("ref")
                    value = tidy(segment.text[start:end], field)
                    if value and is_reference(value, field, low, True):
                        found[field] = Found(
                            value,
                            0.8 * segment.sureness(start, end),
                            page.number,
                            segment.box_of_part(start, end),
                            "title",
                        )
                        return
