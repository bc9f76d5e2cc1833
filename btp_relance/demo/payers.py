# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When customers pay: each kind of payer has a law of its own, and what it is about counts too."""

from datetime import date, timedelta
from random import Random

from .records import Customer, Invoice, family
from .terms import month_end, working_day

#: A failing payer paid late, then stopped: due dates since so many days stay unpaid.
STOPPED_SINCE = {"villas": 225, "moulin": 212, "mauges": 185}
#: A good payer slips: what is due since so many days comes that much later.
SLIPS_SINCE, SLIPS_BY = {"hopital": 47}, (26, 36)

#: Business customers pay in runs: days of the month on which transfers leave.
RUN_DAYS = {
    "atlantique": (10, 25),
    "ligerien": (15, 30),
    "estuaire": (10, 20, 30),
    "shannon": (15, 30),
}
#: From this amount on a bill needs a second signature, by what the customer has to sign: whoever
#: counts every euro waits, a slow payer takes the time that it takes.
LARGE = {"b2b": 58_000, "public": 62_000, "nonpro": 17_000, "b2c": 9_000}


def delay(payer: str, invoice: Invoice, random: Random) -> int:
    """Draw how many days after the due date a payer pays (negative: before)."""
    if payer == "failing":
        return random.randrange(25, 80)
    if invoice.stage in ("advance", "progress"):
        # Works start once it is paid.
        return random.randrange(-6, 1)
    large = invoice.total > LARGE[family(invoice.customer)]
    days = round(random.triangular(-8, 1, -3))
    if payer == "slow":
        days = random.randrange(13, 19) if large else random.randrange(8, 15)
    elif payer == "erratic" and (large or random.random() < 0.08):
        days = random.randrange(12, 40) + (50 if random.random() < 0.1 else 0)
    if invoice.stage == "final":
        # A final account is gone through line by line.
        days += random.randrange(12, 25)
    return days


def payment_date(
    invoice: Invoice, due: date, held: bool, random: Random, today: date
) -> date | None:
    """Return the day on which an échéance is paid, None when it is still to come.

    :param held: it is a retention: released by the owner, whatever the customer's purse
    """
    customer = invoice.customer
    paid_on = due + timedelta(days=delay(customer.payer, invoice, random))
    stopped = STOPPED_SINCE.get(customer.key)
    if stopped and due > today - timedelta(days=stopped):
        return None
    slips = SLIPS_SINCE.get(customer.key)
    if slips and not held and due > today - timedelta(days=slips):
        paid_on = due + timedelta(days=random.randrange(*SLIPS_BY))
    paid_on = _closed(customer, due, paid_on, random)
    if invoice.papers and not held:
        # Nothing is paid before the last paper, and then not on the same day.
        last = max(day for _code, day in invoice.papers)
        paid_on = max(paid_on, last + timedelta(days=random.randrange(2, 8)))
    paid_on = max(invoice.date, _run(customer, paid_on, due))
    return paid_on if paid_on <= today else None


def _closed(customer: Customer, due: date, paid_on: date, random: Random) -> date:
    """Move a date out of the weeks in which nobody pays: August, the closing of the year."""
    back = random.randrange(2, 9)
    if customer.regime.startswith("public"):
        if (due.month, due.day) >= (12, 12):
            return max(paid_on, date(due.year + 1, 1, 14 + back))
    elif due.month == 8 and customer.payer in ("slow", "erratic"):
        return max(paid_on, date(due.year, 9, back))
    return paid_on


def _run(customer: Customer, day: date, due: date) -> date:
    """Move a date to the customer's payment run: the last one that is in time, else the next."""
    early = day <= due
    if customer.regime.startswith("public"):
        # Thursday
        after = (3 - day.weekday()) % 7
        return day + timedelta(days=after - 7 if early and after else after)
    if customer.key not in RUN_DAYS:
        return working_day(day, forward=not early)
    runs = [
        working_day(min(end.replace(day=1) + timedelta(run - 1), end))
        for end in (month_end(day, 1), month_end(day), month_end(day, -1))
        for run in RUN_DAYS[customer.key]
    ]
    if early:
        return max(run for run in runs if run <= day)
    return min(run for run in runs if run >= day)
