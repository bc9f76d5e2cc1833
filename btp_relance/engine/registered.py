# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Registered letters: numbers, the way of a letter, when to ask again, consent."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

#: What a letter goes through; a rank is never gone back.
RANKS = {
    "to_post": 0,
    "handed_over": 1,
    "deposited": 2,
    "in_delivery": 3,
    "received": 4,
    "refused": 4,
    "unclaimed": 4,
    "returned": 4,
    "failed": 4,
}
#: States after which nothing more happens.
FINAL = tuple(state for state, rank in RANKS.items() if rank == 4)
#: States that end a delivery, whoever reports them.
OUTCOMES = ("received", "refused", "unclaimed", "returned")

#: Hours between two questions to a provider, the longer the longer nothing moved.
POLL_HOURS = (1, 2, 4, 8, 12, 24)
#: Days after which a provider is asked no more: proofs come long before.
POLL_DAYS = 120

#: Weights of the check digit of an S10 identifier (UPU standard S10).
S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
S10 = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}")
#: La Poste's own numbers: two characters for the product, eleven digits; some print two
#: more digits. How their last digit is reckoned is not published: the form is checked only.
DOMESTIC = re.compile(r"\d[A-Z]\d{11}(\d{2})?|\d{13}(\d{2})?")


class Report(NamedTuple):
    """What a provider says of a letter.

    :param str state: one of :data:`RANKS`
    :param datetime on: when it happened, naive UTC
    :param str label: the provider's own words
    """

    state: str
    on: datetime
    label: str = ""


# === NUMBERS === #


def clean_number(number: str | None) -> str:
    """Return a tracking number as scanners read it: capitals, neither space nor dash."""
    return re.sub(r"[\s.\-]", "", number or "").upper()


def s10_check_digit(serial: str) -> int:
    """Return the check digit of the eight digits of an S10 identifier."""
    total = sum(
        int(digit) * weight for digit, weight in zip(serial, S10_WEIGHTS, strict=True)
    )
    return {10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11)


def check_number(number: str) -> str:
    """Return what is wrong with a clean tracking number: ``""``, ``form`` or ``digit``.

    International numbers (``RR123456785FR``) carry a check digit; the form alone of
    domestic ones (``1A00915820380``) is known.
    """
    if S10.fullmatch(number):
        right = int(number[10]) == s10_check_digit(number[2:10])
        return "" if right else "digit"
    return "" if DOMESTIC.fullmatch(number) else "form"


def show_number(number: str) -> str:
    """Return a number spaced as the post prints it: ``1A 009 158 2038 0``."""
    if S10.fullmatch(number):
        parts = (number[:2], number[2:5], number[5:8], number[8:11], number[11:])
    elif DOMESTIC.fullmatch(number):
        parts = (number[:2], number[2:5], number[5:8], number[8:12], number[12:])
    else:
        parts = (number,)
    return " ".join(filter(None, parts))


# === THE WAY OF A LETTER === #


def advance(current: str, reports) -> list[Report]:
    """Return the reports that take a letter further, in the order of its way.

    A state is reached once, none is gone back to, and nothing follows the end. Of several
    reports of a state the first counts: the day of the proof.

    :param current: state now
    :param reports: :class:`Report` of the provider, in any order
    """
    rank, steps = RANKS[current], []
    for report in sorted(reports, key=lambda report: (RANKS[report.state], report.on)):
        if RANKS[report.state] > rank:
            steps.append(report)
            rank = RANKS[report.state]
    return steps


def next_poll(count: int, handed_on: datetime, now: datetime) -> datetime | None:
    """Return when to ask the provider again, ``None`` for never more.

    :param count: questions asked since something moved
    :param handed_on: when the letter was handed over
    """
    if now - handed_on > timedelta(days=POLL_DAYS):
        return None
    return now + timedelta(hours=POLL_HOURS[min(count, len(POLL_HOURS) - 1)])


# === CONSENT === #


def lacks_consent(
    electronic: bool, professional: bool, consent_on: date | None, day: date
) -> bool:
    """Return whether an electronic registered letter may not be sent to this addressee.

    Who is no professional must have agreed beforehand (Code des postes, art. L100). Paper
    reaches everybody.

    :param electronic: whether the provider delivers without paper
    :param professional: whether the addressee acts for a business
    :param consent_on: day of the agreement
    :param day: day of the sending
    """
    return electronic and not professional and (consent_on is None or consent_on > day)


# === ADDRESSES === #


def address_lines(
    company: str, name: str, more: str, street: str, place: str, town: str, width=38
) -> dict[int, str]:
    """Return the six lines of a French postal address (norm NF Z 10-011), no empty one.

    :param more: building, residence
    :param place: hamlet, PO box
    :param town: postal code and town
    :param width: most characters in a line
    :raise ValueError: a line that cannot be cut without losing a word; its text
    """
    lines = {1: company, 2: name, 3: more, 4: street, 5: place, 6: town}
    lines = {rank: " ".join((text or "").split()) for rank, text in lines.items()}
    if lines[1] == lines[2]:
        lines[2] = ""
    for rank, other in ((1, 2), (4, 3), (4, 5)):
        if len(lines[rank]) > width and not lines[other]:
            cut = lines[rank].rfind(" ", 0, width + 1)
            if cut > 0:
                first, second = sorted((rank, other))
                lines[first], lines[second] = (
                    lines[rank][:cut],
                    lines[rank][cut + 1 :],
                )
    for text in lines.values():
        if len(text) > width:
            raise ValueError(text)
    return {rank: text for rank, text in lines.items() if text}
