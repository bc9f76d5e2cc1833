# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The parties where sentences name them, with the words that announce them or the role that follows."""

import re

from . import labels, layout
from .model import Found
from .names import PAPERS, SENTENCE, clean_name, is_name, is_person, nature
from .values import find_dates, plain

#: What a person's name is worth before ``architecte``, which says what she is: the firm's name is looked for first.
PERSONAL = 0.45
#: Where a name stands in a sentence without a colon.
INLINE = {
    "entreprise": re.compile(
        r"(?:l'entreprise|la societe|a la demande de|entre l'entreprise|titulaire : |"
        r"realises? par(?: la societe| l'entreprise)?|(?:passe|conclu|signe) avec(?: l'entreprise|"
        r" la societe)?|(?:attribue|notifie|confie) a(?: l'entreprise| la societe)?|"
        r"executes? par(?: la societe| l'entreprise)?|confies? a(?: l'entreprise| la societe)?|"
        r"en presence de(?: l'entreprise| la societe)?|et l'entreprise|"
        r"(?:fourniture|pose|livraison|execution)[^.:]{0,25}, par(?: l'entreprise| la societe)?|"
        r"presentes? par(?: l'entreprise)?)\s+(?!titulaire|signataire|est|a |doit|devra|et |ou )"
    ),
    "donneur_ordre": re.compile(
        r"(?:pour le compte d[eu](?: la| l')?|maitre d.?ouvrage,?|representant (?:de la |du |de l'|"
        r"d[eu] )?(?:maitre d.?ouvrage|pouvoir adjudicateur),?|le client,?|agissant pour|"
        r"au nom d[eu]|maitre d.?ouvrage(?=\s\()|maitre d.?ouvrage, (?:la|le|l'))\s*\(?(?=[a-z])"
    ),
    "maitre_oeuvre": re.compile(
        r"(?:maitre d.?oe?uvre(?: soussignee?)?,?|maitrise d.?oe?uvre|"
        r"sous la (?:direction|conduite) d(?:e|u)|architecte(?: soussignee?)?,?|m\.?o\.?e\.?)\s+\(?(?=[a-z])"
    ),
}


def inline(doc, field):
    """Names in sentences, after the words that announce them."""
    pattern = INLINE.get(field)
    if not pattern:
        return
    for page in doc.pages:
        for segment in layout.paragraphs(page):
            text = segment.text
            for match in pattern.finditer(plain(text)):
                value = clean_name(
                    re.split(
                        r"[,;:(]|\s(?:et|en|pour|a|au|le|dans|est|sont|les|qui|ont|avons|peut|peuvent|doit|devra|sera|certifie|déclare)\s|\sdu\s(?=[a-z])|\sn['’](?=est|a\b|ont)",
                        text[match.end() :],
                    )[0]
                )
                if (
                    is_name(value)
                    and (value[:1].isupper() or nature(value) == field)
                    and not SENTENCE.search(plain(value))
                ):
                    yield Found(
                        value,
                        (0.8 if nature(value) == field else 0.62)
                        * (0.6 + 0.4 * segment.confidence),
                        page.number,
                        segment.box_of_part(match.end(), match.end() + len(value)),
                        "sentence",
                    )


#: A contract with its number, beside the one who directs its works.
CONTRACT = re.compile(r"(?:marche|contrat|commande|devis)\b.*\d")
#: ``À : NAME`` and ``De : NAME``: to whom and from whom, by kind of paper.
SENT_BY = {
    "doe_bordereau": "entreprise",
    "facture": "entreprise",
    "situation": "entreprise",
    "bon_commande": "donneur_ordre",
    "ordre_service": "donneur_ordre",
}


def addressed(doc, kind, field):
    """Names after ``À :`` or ``De :``, and names before their role: ``NAME, maître de l'ouvrage``."""
    if kind not in SENT_BY and field not in ROLE_AFTER:
        return
    for page in doc.pages[:1]:
        yield from _beside_role(page, field)
        for segment in layout.paragraphs(page):
            if segment.line > 30:
                break
            low = plain(segment.text)
            match = ADDRESSED.match(low)
            if (
                match
                and kind in SENT_BY
                and (field == SENT_BY[kind]) == bool(match["by"])
                and field in ("entreprise", "donneur_ordre")
            ):
                value = clean_name(segment.text[match.end() :])
                if is_name(value):
                    yield Found(value, 0.88, page.number, segment.box, "addressed")
            yield from _named_before(segment, page, field)
            pattern = ROLE_AFTER.get(field)
            match = pattern and pattern.search(low)
            if match:
                raw = re.split(
                    r"\b[sc]/[co]\b", segment.text[slice(*match.span("name"))]
                )[-1]
                value = clean_name(raw)
                if (
                    is_name(value)
                    and not SENTENCE.search(plain(value))
                    and value[:1].isupper()
                    and not labels.is_label(value)
                    and not PAPERS.match(plain(value))
                    and not CONTRACT.match(plain(value))
                    and not find_dates(raw)
                ):
                    box = segment.box_of_part(*match.span("name"))
                    sure = PERSONAL if is_person(value) else 0.86
                    yield Found(value, sure, page.number, box, "role after")


#: A form's line: ``Je soussigné(e) M. Karim Benattou`` with ``, maître d'ouvrage`` at its end.
SIGNING = re.compile(r"(?:je|nous)\s+soussigne\S*\s+(?=\S)")
OWNER = re.compile(r"\W*maitres? (?:d.?|de l.?)\s?ouvrage\b")
#: A section whose heading names the role of who is named right under it: ``D - Visa du maître d'œuvre``.
HEADED = re.compile(
    r"[a-h\d]\s?[-–.)]\s+(?:avis|visa|proposition|verification) d[ue] (?:la )?maitr\w+ d.?\s?oe?uvre"
)


def _beside_role(page, field):
    """Names on a form's line that ends with their role, and under a heading that tells it."""
    for line in page.lines[:60]:
        first, low = line.segments[0], plain(line.segments[0].text)
        if field == "donneur_ordre" and len(line.segments) > 1:
            match = SIGNING.match(low)
            name = clean_name(first.text[match.end() :]) if match else ""
            if is_name(name) and OWNER.match(plain(line.segments[1].text)):
                sure = 0.8 * first.sureness(match.end(), len(low))
                yield Found(name, sure, page.number, first.box, "before its role")
        if field == "maitre_oeuvre" and HEADED.fullmatch(low.strip()):
            for other in layout.below(page, first)[:1]:
                name = clean_name(other.text)
                capital = other.text[:1].isupper() and len(name) > 5
                if capital and is_name(name) and not labels.is_label(other.text):
                    sure = 0.75 * other.sureness(0, len(name))
                    yield Found(name, sure, page.number, other.box, "under its role")


#: A run of words with capitals, before a role: ``Ingénierie Méridienne SARL, maître d'œuvre``.
CAPITALS = (
    r"(?P<name>[A-ZÀ-Ý][\w'’&.-]*(?:\s(?:[A-ZÀ-Ý&+][\w'’&.-]*|[+]|d['’]\w+|(?:de|du|des|la|le|les|et|en|sur)(?=\s"
    r"(?:(?:la|les?|l['’])\s)?[A-ZÀ-Ý])))*(?:\s(?:et associés|architectes?|ingénieurs?|urbanistes?))?)\s?(?:,\s|"
    r"\s\()(?:agissant (?:en qualité de|comme) |le |la |l['’])?"
)
BEFORE_ROLE = {
    "donneur_ordre": re.compile(
        CAPITALS
        + r"(?:[Mm]aître (?:d['’]|de l['’])ouvrage|[Aa]cheteur|MOA|[Cc]lient)\b"
    ),
    "maitre_oeuvre": re.compile(
        CAPITALS + r"(?:[Mm]aître d['’](?:œ|oe?)uvre|MOE|[Aa]rchitecte(?! D))\b"
    ),
    "entreprise": re.compile(
        CAPITALS + r"(?:[Tt]itulaire|[Aa]ttributaire|[Ee]ntreprise|[Ee]ntrepreneur)\b"
    ),
}


def _named_before(segment, page, field):
    """Names with capitals right before their role."""
    for match in (
        BEFORE_ROLE[field].finditer(segment.text) if field in BEFORE_ROLE else ()
    ):
        start, end = match.span("name")
        value = clean_name(
            re.sub(r"^(?:Le|La|Les|L['’]|Par|Entre|Et)\s", "", match["name"])
        )
        if is_name(value) and len(value) > 5 and not labels.is_label(value):
            fit = 0.84 if nature(value) == field else 0.8
            if field == "maitre_oeuvre" and is_person(value):
                fit = PERSONAL
            yield Found(
                value,
                fit * segment.sureness(start, end),
                page.number,
                segment.box_of_part(start, end),
                "before its role",
            )


ADDRESSED = re.compile(
    r"(?P<attn>a l'attention (?:de|du)|attn\.?|attention)\s*:?\s+|"
    r"(?:(?P<to>a|pour|remis a|transmis a|adresse a|envoye a)|(?P<by>de|"
    r"par|(?:depose|remis|transmis|etabli|emis|adresse|envoye|fourni) par))\s?:\s*"
)
#: A name before its role; no verb follows, as in ``après examen, le maître d'ouvrage prononce``.
AFTER_NAME = (
    r"(?:^|, et |; )\W*(?:je |nous )?(?:soussigne\(?e?\)?s?,? )?(?:entre |et |"
    r"pour )?\W*(?:a la (?:requete|demande) d[eu] (?:la |l')?)?(?:l'entreprise |la societe |le )?(?!apres |"
    r"suite |vu |conformement |en |"
    r"ainsi |a l'|"
    r"par |ce |dans |lors |si |lorsque |afin )(?P<name>[a-z0-9][^:;«»\"]{3,70}?)"
    r"(?:,[^«»\"]{0,90}?ci-apres(?: denommee?s?| designee?s?)?|,| \(| -|,? represent\w+ par [^,]{3,40},|,? agissant)"
    r"\W*(?:en qualite de |comme |ci-apres )?(?:le |la |l'|les )?"
)


NO_VERB = (
    r"(?![\w' ]{0,30}\b(?:prononce|decide|declare|constate|accepte|propose|reconnait|demande|"
    r"soussigne|a |est|doit))"
)


ROLE_AFTER = {
    "donneur_ordre": re.compile(
        AFTER_NAME
        + r"(?:maitres? (?:de l'|d')ouvrage|client|acheteur|donneur d'ordres?|pouvoir adjudicateur)\b"
        + NO_VERB
    ),
    "maitre_oeuvre": re.compile(
        AFTER_NAME + r"(?:maitre d'oe?uvre|maitrise d'oe?uvre|architecte)\b" + NO_VERB
    ),
    "entreprise": re.compile(
        AFTER_NAME
        + r"(?:entreprise(?: titulaire)?|titulaire|entrepreneur|prestataire|sous-traitant|fournisseur)\b"
        + NO_VERB
    ),
}
