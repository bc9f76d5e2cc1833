# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When customers pay: each kind of payer has a law of its own."""

from datetime import date, timedelta
from random import Random

from .records import Customer
from .terms import month_end, working_day

#: A failing payer paid late, then stopped: due dates since so many days stay unpaid.
STOPPED_SINCE = {"villas": 225, "moulin": 212, "mauges": 185}

#: Business customers pay in runs: days of the month on which transfers leave.
RUN_DAYS = {
    "atlantique": (10, 25),
    "ligerien": (15, 30),
    "estuaire": (10, 20, 30),
    "shannon": (15, 30),
}


def delay(payer: str, random: Random) -> int:
    """Draw how many days after the due date a payer pays (negative: before)."""
    draw = random.random()
    if payer in ("prompt", "new"):
        return round(random.triangular(-8, 5, -1))
    if payer == "slow":
        return round(min(max(random.gauss(19, 8), 4), 45))
    if payer == "erratic":
        if draw < 0.55:
            return random.randrange(-3, 7)
        if draw < 0.90:
            return random.randrange(10, 46)
        return random.randrange(60, 116)
    return random.randrange(25, 80)


def payment_date(
    customer: Customer, issued: date, due: date, random: Random, today: date
) -> date | None:
    """Return the day on which an échéance is paid, None when it is still to come."""
    paid_on = due + timedelta(days=delay(customer.payer, random))
    stopped = STOPPED_SINCE.get(customer.key)
    if stopped and due > today - timedelta(days=stopped):
        return None
    paid_on = max(issued, _run(customer, paid_on))
    return paid_on if paid_on <= today else None


def _run(customer: Customer, day: date) -> date:
    """Move a date to the customer's next payment run."""
    if customer.regime.startswith("public"):
        return day + timedelta(days=(3 - day.weekday()) % 7)  # Thursday
    for run_day in RUN_DAYS.get(customer.key, ()):
        if day.day <= run_day:
            return working_day(
                min(day.replace(day=1) + timedelta(run_day - 1), month_end(day))
            )
    if customer.key in RUN_DAYS:
        first = month_end(day) + timedelta(days=RUN_DAYS[customer.key][0])
        return working_day(first)
    return working_day(day, forward=True)
