# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When the signed attachement and the visa of a situation came: who pays waits for them."""

from datetime import date, timedelta
from random import Random

from .contracts import contract
from .records import Chantier

ATTACHEMENT, VISA = "AVT", "VIS"
#: Share of the attachements that come after the due date: one site manager sends them in time.
LATE_ATTACHEMENT = {"yann": 0.08, "samir": 0.5}
#: The same of the visas: one maître d'œuvre takes his time.
LATE_VISA = {"atelier": 0.30, "bet": 0.06}
#: Months in which offices are closed for some weeks, and how much more is late then.
CLOSED, MORE = (8, 12), 0.15


def papers(
    chantier: Chantier, day: date, due: date, random: Random
) -> tuple[tuple[str, date], ...]:
    """Draw on which day each paper of a situation came, or comes.

    :param day: of the invoice
    :param due: its due date
    :return: pairs of a code and a day
    """
    more = MORE if due.month in CLOSED else 0.0
    signed = _draw(LATE_ATTACHEMENT[chantier.manager] + more, day, due, random)
    found = [(ATTACHEMENT, signed)]
    moe = contract(chantier).moe
    if moe:
        seen = _draw(LATE_VISA[moe] + more, day, due, random)
        # Nobody gives a visa on what is not signed.
        found.append((VISA, max(seen, signed + timedelta(days=2))))
    return tuple(found)


def _draw(late: float, day: date, due: date, random: Random) -> date:
    """Return when a paper came: soon after the invoice, or well after the due date."""
    soon, after = random.randrange(2, 11), random.randrange(3, 13)
    if random.random() < late:
        return due + timedelta(days=after)
    return min(day + timedelta(days=soon), due)
