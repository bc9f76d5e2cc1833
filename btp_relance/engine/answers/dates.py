# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dates as people write them in French and English business mail.

Not a general parser: “le 15” and “vendredi” mean another day in a promise than in a report
of what was paid, and a library that guesses one meaning for all is wrong half the time.
"""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = {
    "janvier": 1, "janv": 1, "january": 1, "jan": 1,
    "fevrier": 2, "fevr": 2, "fev": 2, "february": 2, "feb": 2,
    "mars": 3, "march": 3, "mar": 3,
    "avril": 4, "avr": 4, "april": 4, "apr": 4,
    "mai": 5, "may": 5,
    "juin": 6, "june": 6, "jun": 6,
    "juillet": 7, "juil": 7, "july": 7, "jul": 7,
    "aout": 8, "august": 8, "aug": 8,
    "septembre": 9, "september": 9, "sept": 9, "sep": 9,
    "octobre": 10, "october": 10, "oct": 10,
    "novembre": 11, "november": 11, "nov": 11,
    "decembre": 12, "december": 12, "dec": 12,
}  # fmt: skip
DAYS = {
    "lundi": 0, "lun": 0, "monday": 0, "mon": 0,
    "mardi": 1, "tuesday": 1, "tues": 1, "tue": 1,
    "mercredi": 2, "merc": 2, "wednesday": 2, "weds": 2, "wed": 2,
    "jeudi": 3, "jeu": 3, "thursday": 3, "thurs": 3, "thu": 3,
    "vendredi": 4, "vend": 4, "ven": 4, "friday": 4, "fri": 4,
    "samedi": 5, "sam": 5, "saturday": 5, "sat": 5,
    "dimanche": 6, "dim": 6, "sunday": 6, "sun": 6,
}  # fmt: skip
NUMBERS = {
    "un": 1, "une": 1, "one": 1, "a": 1, "an": 1, "deux": 2, "two": 2, "trois": 3,
    "three": 3, "quatre": 4, "four": 4, "cinq": 5, "five": 5, "six": 6, "sept": 7,
    "seven": 7, "huit": 8, "eight": 8, "neuf": 9, "nine": 9, "dix": 10, "ten": 10,
    "douze": 12, "twelve": 12, "quinze": 15, "fifteen": 15, "vingt": 20, "twenty": 20,
    "trente": 30, "thirty": 30, "quarante-cinq": 45, "soixante": 60, "sixty": 60,
    "quelques": 5, "couple of": 2, "a couple of": 2, "few": 5, "a few": 5,
}  # fmt: skip


def _names(table: dict) -> str:
    return "|".join(sorted(table, key=len, reverse=True))


MONTH = rf"(?P<month>{_names(MONTHS)})\b\.?"
DAY_NAME = rf"(?P<weekday>{_names(DAYS)})\b\.?"
COUNT = rf"(?P<count>\d{{1,3}}|{_names(NUMBERS)})"
YEAR = r"(?P<year>20\d\d)"
BEFORE = r"(?<![\w/.,-])"
AFTER = r"(?![\w/])"
ORDINAL = r"(?:st|nd|rd|th|er|e)?"


class Found(NamedTuple):
    """A date, where it stands, and how sure it is that this day is meant (0 to 1)."""

    day: date
    start: int
    end: int
    sure: float


class _Frame(NamedTuple):
    """From where dates are read.

    :param date today: the day of the message
    :param int way: 1 when they lie ahead, -1 when they are over
    :param str lang: “en” reads 05/06 as the 5th of June all the same: French companies write it
    """

    today: date
    way: int
    match: re.Match

    def get(self, name: str) -> str:
        return self.match.groupdict().get(name) or ""

    def number(self) -> int:
        # “8 à 10 jours”: the later one.
        word = self.get("upper") or self.get("count")
        return int(word) if word.isdigit() else NUMBERS[word]


def _month_end(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _add_months(day: date, months: int) -> date:
    end = _month_end(day.year, day.month + months)
    return end.replace(day=min(day.day, end.day))


def _add_working(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _nearest_year(frame: _Frame, month: int, day: int) -> date | None:
    """Return a day without a year: the next one ahead, the last one behind."""
    today = frame.today
    # A date just over in a promise was written a few days ago, or slips by a day.
    slack = timedelta(days=31)
    for year in (today.year, today.year + frame.way):
        found = _make(year, month, day)
        if not found:
            continue
        if frame.way > 0 and found >= today - slack:
            return found
        if frame.way < 0 and found <= today + timedelta(days=1):
            return found
    return _make(today.year, month, day)


def _friday(today: date, weeks: int = 0) -> date:
    """Return the Friday of this week, or of the one so many weeks later."""
    return today + timedelta(days=4 - today.weekday(), weeks=weeks)


# === RESOLVERS: from a match to a day and how sure it is === #


def _numeric(frame):
    day, month = int(frame.get("d")), int(frame.get("m"))
    if month > 12 >= day:
        day, month = month, day
    year = frame.get("y")
    if not year:
        found = _nearest_year(frame, month, day) if 1 <= month <= 12 else None
        return found, 0.93
    full = int(year) + (2000 if len(year) == 2 else 0)
    return _make(full, month, day), 0.97


def _iso(frame):
    return _make(int(frame.get("y")), int(frame.get("m")), int(frame.get("d"))), 0.98


def _named(frame):
    month, day = MONTHS[frame.get("month")], int(frame.get("d"))
    if frame.get("year"):
        return _make(int(frame.get("year")), month, day), 0.98
    return _nearest_year(frame, month, day), 0.96


def _day_of_month(frame):
    day, today = int(frame.get("d")), frame.today
    if not 1 <= day <= 31:
        return None, 0
    shift = 1 if frame.get("next") else 0
    if not shift and not frame.get("this"):
        if frame.way > 0 and day < today.day:
            shift = 1
        elif frame.way < 0 and day > today.day:
            shift = -1
    end = _month_end(today.year, today.month + shift)
    return end.replace(day=min(day, end.day)), 0.9


def _weekday(frame):
    wanted, today = DAYS[frame.get("weekday")], frame.today
    if frame.get("nextweek"):
        return _friday(today, 1) + timedelta(days=wanted - 4), 0.92
    if frame.get("last") or frame.way < 0:
        back = (today.weekday() - wanted) % 7 or 7
        return today - timedelta(days=back), 0.88
    ahead = (wanted - today.weekday()) % 7
    if not ahead and not frame.get("this"):
        ahead = 7
    if frame.get("eight"):
        ahead += 7
    return today + timedelta(days=ahead), 0.92


def _week(frame):
    today, part = frame.today, frame.get("part")
    weeks = 1 if frame.get("next") else 0
    if frame.way < 0 and (frame.get("last") or not weeks):
        weeks = -1 if frame.get("last") else 0
    if frame.get("count"):
        weeks = frame.number()
    friday = _friday(today, weeks)
    if not weeks and friday < today:
        friday = _friday(today, 1)
    if part in ("debut", "beginning", "early", "start"):
        return friday - timedelta(days=4), 0.75
    if part in ("milieu", "mi", "middle", "mid"):
        return friday - timedelta(days=2), 0.8
    return friday, 0.9 if part else 0.82


def _week_number(frame):
    number, today = int(frame.get("w")), frame.today
    for year in (today.year, today.year + 1):
        try:
            found = date.fromisocalendar(year, number, 5)
        except ValueError:
            return None, 0
        if found >= today:
            return found, 0.85
    return None, 0


def _part_of_month(frame):
    today, part = frame.today, frame.get("part")
    if frame.get("month"):
        month = MONTHS[frame.get("month")]
        year = int(frame.get("year") or 0)
        if not year:
            year = today.year + (frame.way > 0 and month < today.month)
    else:
        shift = 1 if frame.get("next") else -1 if frame.get("last") else 0
        end = _month_end(today.year, today.month + shift)
        year, month = end.year, end.month
    if part in ("debut", "beginning", "early", "start"):
        # Five days in: what “early July” lets one expect.
        return date(year, month, 5), 0.6
    if part in ("mi", "milieu", "mid", "middle"):
        return date(year, month, 15), 0.85
    return _month_end(year, month), 0.92 if part and part != "courant" else 0.75


def _next_month(frame):
    return _month_end(frame.today.year, frame.today.month + 1), 0.7


def _terms(frame):
    later = frame.today + timedelta(days=frame.number())
    return _month_end(later.year, later.month), 0.8


def _delay(frame):
    count, unit, today = frame.number(), frame.get("unit"), frame.today
    sure = 0.9 if frame.get("count").isdigit() else 0.85
    if frame.way < 0:
        count = -count
    if unit.startswith("h"):
        return today + timedelta(days=round(count / 24)), sure
    if unit.startswith(("sem", "week")):
        return today + timedelta(weeks=count), sure
    if unit.startswith("mo"):
        return _add_months(today, count), sure
    if unit.startswith(("fortnight", "quinz")):
        return today + timedelta(days=14 * count), sure
    if frame.get("working"):
        return _add_working(today, max(count, 0)), sure
    return today + timedelta(days=count), sure


def _fixed(days):
    def resolve(frame):
        return frame.today + timedelta(
            days=days * (frame.way if abs(days) > 2 else 1)
        ), 0.9

    return resolve


def _year_end(frame):
    return date(frame.today.year, 12, 31), 0.9


def _quarter_end(frame):
    month = (frame.today.month + 2) // 3 * 3
    return _month_end(frame.today.year, month), 0.9


def _week_of(frame):
    """The Friday of the week that begins on a day."""
    day, today = int(frame.get("d")), frame.today
    if frame.get("month") or frame.get("m"):
        month = MONTHS.get(frame.get("month")) or int(frame.get("m"))
        found = _nearest_year(frame, month, day) if 1 <= month <= 12 else None
    else:
        found = _make(today.year, today.month, day)
        if found and found < today - timedelta(days=7):
            found = _add_months(found, 1)
    return found and _friday(found), 0.82


def _coming_week(frame):
    return _friday(frame.today, 1), 0.82


def _last_week(frame):
    return _friday(frame.today, -1), 0.6


def _this_month_end(frame):
    return _month_end(frame.today.year, frame.today.month), 0.92


def _delay_after(frame):
    if frame.get("after"):
        return _add_working(frame.today, max(frame.number(), 0)), 0.9
    return _delay(frame)


def _ago(frame):
    groups = dict(frame.match.groupdict())
    word = groups["count"] or groups["c2"]
    unit = groups["unit"] or groups["u2"]
    count = int(word) if word.isdigit() else NUMBERS[word]
    if unit.startswith(("sem", "week")):
        return frame.today - timedelta(weeks=count), 0.85
    if unit.startswith("mo"):
        return _add_months(frame.today, -count), 0.8
    if unit.startswith("h"):
        return frame.today - timedelta(days=round(count / 24)), 0.85
    return frame.today - timedelta(days=count), 0.9


def _some_day(frame):
    words = frame.match.group(0)
    if frame.get("last2"):
        frame = frame._replace(way=-1)
    if words.startswith(("ce ", "this ")):
        ahead = (DAYS[frame.get("weekday")] - frame.today.weekday()) % 7
        if frame.way > 0:
            return frame.today + timedelta(days=ahead), 0.92
    # “jeu”, “mar”, “sam” are words of their own: a short name alone is no date.
    if len(frame.get("weekday")) <= 4 and words == frame.get("weekday"):
        return None, 0
    return _weekday(frame)
