# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The parties where sentences name them, with the words that announce them or the role that follows."""

import re

from .model import Found
from .names import SENTENCE, clean_name, is_name, nature
from .values import plain

#: Where a name stands in a sentence without a colon.
INLINE = {
    "entreprise": re.compile(
        r"(?:l'entreprise|la societe|a la demande de|entre l'entreprise|titulaire : |"
        r"realises? par(?: la societe| l'entreprise)?|(?:passe|conclu|signe) avec(?: l'entreprise|"
        r" la societe)?|(?:attribue|notifie|confie) a(?: l'entreprise| la societe)?|"
        r"executes? par(?: la societe| l'entreprise)?|confies? a(?: l'entreprise| la societe)?|"
        r"en presence de(?: l'entreprise| la societe)?|et l'entreprise|"
        r"presentes? par(?: l'entreprise)?)\s+(?!titulaire|signataire|est|a |doit|devra|et |ou )"
    ),
    "donneur_ordre": re.compile(
        r"(?:pour le compte d[eu](?: la| l')?|maitre d.?ouvrage,?|representant (?:de la |du |de l'|"
        r"d[eu] )?(?:maitre d.?ouvrage|pouvoir adjudicateur),?|le client,?|agissant pour|"
        r"au nom d[eu])\s+(?=[a-z])"
    ),
    "maitre_oeuvre": re.compile(
        r"(?:maitre d.?oe?uvre,?|architecte,?|m\.?o\.?e\.?)\s+(?=[a-z])"
    ),
}


def _next_words(page, line):
    """The first words of the next line, for a name that is parted there."""
    after = page.lines[line.index + 1 : line.index + 2]
    if not after or after[0].box[1] - line.box[3] > 1.1 * line.height:
        return ""
    return " " + " ".join(after[0].segments[0].text.split()[:4])


def inline(doc, field):
    """Names in sentences, after the words that announce them."""
    pattern = INLINE.get(field)
    if not pattern:
        return
    for page in doc.pages:
        for line in page.lines:
            for segment in line.segments:
                text = segment.text
                if segment is line.segments[-1] and line.box[2] > 0.78 * page.width:
                    text += _next_words(page, line)
                for match in pattern.finditer(plain(text)):
                    if match.end() >= len(segment.text):
                        continue
                    value = clean_name(
                        re.split(
                            r"[,;:(]|\s(?:et|en|pour|a|au|le|dans|est|sont|les|qui|ont|avons)\s|\sdu\s(?=[a-z])",
                            text[match.end() :],
                        )[0]
                    )
                    if (
                        is_name(value)
                        and (text[match.end() : match.end() + 1].isupper())
                        and not SENTENCE.search(plain(value))
                    ):
                        yield Found(
                            value,
                            (0.8 if nature(value) == field else 0.62)
                            * (0.6 + 0.4 * segment.confidence),
                            page.number,
                            segment.box,
                            "sentence",
                        )


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
        for line in page.lines[:30]:
            for segment in line.segments:
                low = plain(segment.text)
                match = re.match(
                    (
                        r"(?P<attn>a l'attention (?:de|du)|attn\.?|attention)\s*:?\s+|"
                        r"(?:(?P<to>a|pour|remis a|transmis a|adresse a|envoye a)|(?P<by>de|"
                        r"par|(?:depose|remis|transmis|etabli|emis|adresse|envoye|fourni) par))\s?:\s*"
                    ),
                    low,
                )
                if (
                    match
                    and kind in SENT_BY
                    and (field == SENT_BY[kind]) == bool(match["by"])
                    and field in ("entreprise", "donneur_ordre")
                ):
                    value = clean_name(segment.text[match.end() :])
                    if is_name(value):
                        yield Found(value, 0.88, page.number, segment.box, "addressed")
                pattern = ROLE_AFTER.get(field)
                match = pattern and pattern.search(low)
                if match:
                    value = clean_name(segment.text[slice(*match.span("name"))])
                    if (
                        is_name(value)
                        and not SENTENCE.search(plain(value))
                        and value[:1].isupper()
                    ):
                        yield Found(value, 0.86, page.number, segment.box, "role after")


#: A name before its role; no verb follows, as in ``après examen, le maître d'ouvrage prononce``.
AFTER_NAME = (
    r"^\W*(?:je |nous )?(?:soussigne\(?e?\)?s?,? )?(?:entre |et |pour )?\W*(?!apres |suite |vu |conformement |en |"
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
