# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When a debtor may be contacted: hours, week-ends, public holidays, closures.

Moments are naive, in the time zone of the company: whoever calls converts them.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

import holidays

#: Departments where Good Friday and 26 December are holidays (C. trav. L3134-13).
ALSACE_MOSELLE = ("57", "67", "68")
#: Nobody is closed for longer: beyond, a person has to look at the closures.
HORIZON = 400
#: Where the afternoon begins in hours without a break.
NOON = time(13)
AFTERNOON = time(14)


class Agenda(NamedTuple):
    """When contact is allowed.

    :param tuple spans: ``(from, to)`` times of a day, in order, ``to`` excluded
    :param frozenset closures: ``(first day, last day, name)``, both days included
    :param bool alsace: the holidays of Alsace-Moselle count too
    :param bool rest: closed on week-ends and public holidays
    """

    spans: tuple = ((time(0), time.max),)
    closures: frozenset = frozenset()
    alsace: bool = False
    rest: bool = True


class Closed(NamedTuple):
    """Why a moment is closed: ``kind`` is hours, weekend, holiday or closure."""

    kind: str
    name: str = ""


def is_alsace_moselle(*zips: str | None) -> bool:
    """Return whether one of the postcodes is in Moselle, Bas-Rhin or Haut-Rhin."""
    return any((code or "").strip().startswith(ALSACE_MOSELLE) for code in zips)


@lru_cache(maxsize=64)
def public_holidays(year: int, alsace: bool = False) -> frozenset[date]:
    """Return the public holidays of France in a year.

    :param alsace: those of Alsace-Moselle too (Good Friday, 26 December)
    """
    return frozenset(
        holidays.country_holidays("FR", subdiv="57" if alsace else None, years=year)
    )


def closed_day(day: date, agenda: Agenda) -> Closed | None:
    """Return why nobody is contacted on a day, nothing on an open one."""
    for first, last, name in sorted(agenda.closures):
        if first <= day <= last:
            return Closed("closure", name)
    if agenda.rest and day in public_holidays(day.year, agenda.alsace):
        return Closed("holiday")
    if agenda.rest and day.weekday() >= 5:
        return Closed("weekend")
    return None


def why_closed(moment: datetime, agenda: Agenda) -> Closed | None:
    """Return why nobody is contacted at a moment, nothing when it is open."""
    reason = closed_day(moment.date(), agenda)
    if reason:
        return reason
    inside = any(start <= moment.time() < end for start, end in agenda.spans)
    return None if inside else Closed("hours")


def next_opening(moment: datetime, agenda: Agenda) -> datetime | None:
    """Return the first open moment from ``moment`` on; it may be ``moment`` itself.

    :return: a naive moment, or ``None`` when all is closed for more than a year
    """
    for offset in range(HORIZON):
        day = moment.date() + timedelta(days=offset)
        if closed_day(day, agenda):
            continue
        for start, end in agenda.spans:
            opening = datetime.combine(day, start)
            if offset or moment < opening:
                return opening
            if moment.time() < end:
                return moment
    return None


def add_working_days(day: date, count: int, agenda: Agenda) -> date:
    """Return the day ``count`` open days after ``day``; the next one where all is closed.

    :param count: 0 gives the first open day from ``day`` on
    """
    current, left = day, count
    for _offset in range(HORIZON + count):
        if not closed_day(current, agenda):
            if not left:
                return current
            left -= 1
        current += timedelta(days=1)
    return day + timedelta(days=count)


def other_half_day(moment: datetime, agenda: Agenda) -> datetime:
    """Return when to call again: the next open day, at the other half of the day.

    Whoever was out in the morning is perhaps in after lunch.
    """
    day = add_working_days(moment.date() + timedelta(days=1), 0, agenda)
    first, last = agenda.spans[0][0], agenda.spans[-1][0]
    if moment.time() >= NOON:
        return datetime.combine(day, first)
    return datetime.combine(day, last if last >= NOON else AFTERNOON)


def yearly(first: date, last: date, years: Iterable[int]) -> list[tuple[date, date]]:
    """Return a closure again in each of ``years``, from the year before on.

    A closure from 24 December to 2 January that began last year still counts. 29 February
    becomes 28 February where there is none.
    """
    length = last - first
    found = []
    for year in years:
        try:
            start = first.replace(year=year)
        except ValueError:
            start = date(year, 2, 28)
        found.append((start, start + length))
    return found
