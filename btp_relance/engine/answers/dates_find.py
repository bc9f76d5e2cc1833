# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# ruff: noqa: E501
"""The ways to write a date, and finding them in a sentence."""

import re
from datetime import date

from . import dates as d

NEXT_WEEK = r"(?:la |de la )?semaine (?:pro(?:chaine?)?|suivante|qui vient|d'apres)\b"
NEXT = r"prochaine?|pro|suivant|qui vient|next"
UNIT = (
    r"(?P<unit>heures?|h|hrs?|hours?|jours?|j|days?|semaines?|sem|weeks?|mois|months?"
    r"|quinzaines?|fortnights?)"
)
WORKING = r"(?P<working>\s(?:ouvres?|ouvrables?|working|business))?"

#: In the order in which they are tried; what one has taken no other reads.
RULES = [
    (rf"{d.BEFORE}(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d){d.AFTER}", d._iso),
    (
        rf"{d.BEFORE}(?P<d>\d{{1,2}})\s?[/.-]\s?(?P<m>\d{{1,2}})\s?[/.-]\s?"
        rf"(?P<y>20\d\d|\d\d)(?![\w/])",
        d._numeric,
    ),
    (rf"{d.BEFORE}(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?![\w/]|[.,]\d)", d._numeric),
    (
        r"(?<=\ble )(?P<d>[0-3]\d)[.-](?P<m>[01]\d)(?![\w/€]|[.,-]\d|\s?(?:€|eur|k))",
        d._numeric,
    ),
    (
        rf"\b(?:week commencing|w/c|semaine du)\s(?:{d.DAY_NAME}\s)?(?P<d>\d{{1,2}})"
        rf"{d.ORDINAL}(?:\s{d.MONTH}|/(?P<m>\d{{1,2}}))?",
        d._week_of,
    ),
    (
        rf"(?<!\w)(?:le|au|du|the)\s(?P<d>[0-3]?\d)(?:er|st|nd|rd|th)?\s"
        rf"(?P<next>(?:du |de |of )?(?:mois )?(?:{NEXT})(?: month| mois)?\b|of next month)",
        d._day_of_month,
    ),
    (
        rf"{d.BEFORE}(?:{d.DAY_NAME},?\s)?(?:the )?(?P<d>\d{{1,2}}){d.ORDINAL}\s(?:of )?"
        rf"{d.MONTH}(?:,?\s{d.YEAR})?{d.AFTER}",
        d._named,
    ),
    (
        rf"{d.BEFORE}{d.MONTH}\s(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s{d.YEAR})?"
        r"(?![\w/]|[.,]\d)",
        d._named,
    ),
    (
        rf"\b{d.COUNT}\s?(?:j|jours?|days?)?\s(?:fin de mois|fdm|fin du mois|end of month|eom"
        r"|net eom)\b",
        d._terms,
    ),
    (
        rf"\b(?:(?P<part>debut|milieu|mi|fin)\s?(?:de |-)?\s?)(?:la )?"
        rf"(?:semaine|sem)\s(?P<next>{NEXT})\b",
        d._week,
    ),
    (
        rf"\b{d.DAY_NAME}\s(?P<nextweek>(?:de )?{NEXT_WEEK}|(?:of )?next week|week)\b",
        d._weekday,
    ),
    (rf"(?P<next>){NEXT_WEEK}", d._coming_week),
    (
        r"\b(?:(?P<part>debut|milieu|fin) de (?:la |cette )?|(?P<thisweek>cette ))"
        r"(?:semaine|sem)(?: ci)?\b(?! derniere| passee)",
        d._week,
    ),
    (
        r"\b(?:the )?(?:(?P<part>beginning|early|start|middle|mid|late|end) (?:of |in )?)?"
        r"(?:the )?(?P<next>next|following) week\b",
        d._week,
    ),
    (
        r"\b(?:(?P<part>beginning|early|start|middle|mid|late|end) (?:of |in )(?:the |this )?"
        r"|(?P<thisweek>later this |this ))week\b",
        d._week,
    ),
    (
        r"\b(?:la )?semaine (?P<last>derniere|passee)\b|\b(?P<last2>last) week\b",
        d._last_week,
    ),
    (
        r"\b(?:semaine|sem|s|week|wk)\s?(?P<w>\d{1,2})\b(?!\s?(?:jour|%|€))",
        d._week_number,
    ),
    (
        rf"\b(?:(?P<part>debut|mi|milieu|fin|courant|end|early|late|mid|beginning|start"
        rf"|middle)\s?(?:-|de |du |of |d')?\s?(?:mois de |the month of )?){d.MONTH}"
        rf"(?:\s{d.YEAR})?(?!\w)",
        d._part_of_month,
    ),
    (
        r"\b(?:(?P<part>debut|mi|milieu|fin|courant)\s?(?:-|de |du )?\s?(?:ce |le )?)mois"
        rf"(?:\s(?P<next>{NEXT}))?(?:\s(?P<last>dernier|passe))?\b",
        d._part_of_month,
    ),
    (
        r"\b(?:the )?(?P<part>beginning|early|start|middle|mid|late|end) (?:of )?(?:the |this )?"
        r"(?:(?P<next>next|following) |(?P<last>last ))?month\b",
        d._part_of_month,
    ),
    (r"\b(?P<part>month)[ -]?end\b|\b(?P<part2>eom)\b", d._this_month_end),
    (rf"\b(?:le |du )?mois (?:{NEXT})\b|\bnext month\b", d._next_month),
    (
        r"\b(?:fin de l'annee|fin d'annee|end of (?:the |this )?year|year[ -]end)\b",
        d._year_end,
    ),
    (
        r"\b(?:fin (?:de |du )?trimestre|end of (?:the |this )?quarter)\b",
        d._quarter_end,
    ),
    (
        rf"\b(?:sous|laiss\w+[- ](?:moi|nous)(?: encore)?|give (?:me|us)(?: another)?|encore|dans(?: les| un delai de)?|d'ici(?: a)?|within(?: the next)?"
        rf"|in(?: the next)?|(?:over|in) the next|d'ici les|au plus tard dans|dans un delai"
        rf" maximum de)\s{d.COUNT}\s?(?:(?:a|ou|to|or|-)\s?(?P<upper>\d{{1,3}})\s?)?(?:prochaine?s? )?{WORKING}\s?{UNIT}"
        r"(?P<after>\s(?:ouvres?|ouvrables?))?\b",
        d._delay_after,
    ),
    (
        rf"\b(?:(?:il )?y a(?: environ| maintenant| deja)?|ya|depuis|voici|voila)\s{d.COUNT}\s{UNIT}\b"
        rf"|\b(?P<c2>\d{{1,3}}|two|three|four|five|ten|a few|few|a)\s"
        r"(?P<u2>days?|weeks?|months?)\sago\b",
        d._ago,
    ),
    (
        rf"\b{d.DAY_NAME}\s(?:le |the )?(?P<d>[0-3]?\d)(?:er|st|nd|rd|th)?(?![\w/:€%]|[.,]\d|\s?(?:h\b|€|eur|h\d|am\b|pm\b))",
        d._day_of_month,
    ),
    (
        rf"\b(?:ce |on |this |le |next |by |avant |d'ici |pour |des |coming |(?P<last>last ))?"
        rf"{d.DAY_NAME}(?:\s(?:prochain|pro|qui vient|coming|next))?"
        r"(?P<eight>\sen (?:huit|8))?(?P<last2>\s(?:dernier|passe))?(?!\w)",
        d._some_day,
    ),
    (
        r"\b(?:sous |a |une )?quinzaine\b|\b(?:within )?(?:a |one )fortnight\b",
        d._fixed(15),
    ),
    (r"\b(?:sous )huitaine\b", d._fixed(8)),
    (
        r"\b(?:apres[ -]demain|day after tomorrow)\b",
        d._fixed(2),
    ),
    (r"\b(?:avant[ -]hier|day before yesterday)\b", d._fixed(-2)),
    (r"\b(?:demain|dem1|2main|tomorrow|tmrw|tmr)\b", d._fixed(1)),
    (r"\b(?:hier|yesterday)\b", d._fixed(-1)),
    (
        r"\b(?:aujourd'?hui|auj|ce jour|ce (?:matin|soir|midi)|cet apres[ -]midi"
        r"|dans la journee|today|tonight|this (?:morning|afternoon|evening)|eod"
        r"|end of (?:the )?day|a l'instant|just now)\b",
        d._fixed(0),
    ),
    (
        r"(?<!\w)(?:le|au|du|pour le|avant le|des le|jusqu'au|the|by the|on the|before the"
        r"|until the|pr le|vers le|autour du|around the|d'ici le|d'ici au)\s"
        r"(?P<d>[0-3]?\d)(?:er|st|nd|rd|th)?"
        r"(?P<this>\s(?:courant|de ce mois|of this month))?"
        r"(?![\w/%€°]|[.,]\d|\s?(?:eme|jour|euro|eur\b|€|%|h\b|k\b|semaine|mois|factures?"
        r"|rue|avenue|bd\b|place|invoices?|percent|days?|weeks?|sur\b))",
        d._day_of_month,
    ),
]
COMPILED = [(re.compile(pattern), resolve) for pattern, resolve in RULES]
#: A sentence with more is a table.
MAX_DATES = 40


def find_dates(text: str, start: int, end: int, today: date, way: int) -> list[d.Found]:
    """Return the dates between two places of a folded text, in their order.

    :param text: folded
    :param today: the day on which the message was written
    :param way: 1 where they are to come, -1 where they are over
    """
    taken, found = [], []
    for pattern, resolve in COMPILED:
        for match in pattern.finditer(text, start, end):
            first, last = match.span()
            if any(first < other[1] and other[0] < last for other in taken):
                continue
            day, sure = resolve(d._Frame(today, way, match))
            if not day or abs((day - today).days) > 800:
                continue
            taken.append((first, last))
            found.append(d.Found(day, first, last, sure))
            if len(found) >= MAX_DATES:
                return sorted(found, key=lambda item: item.start)
    return sorted(found, key=lambda item: item.start)
