# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How long personal data is kept."""

from datetime import date

from dateutil.relativedelta import relativedelta


def cutoff(today: date, months: int) -> date:
    """Return the last day whose data is past its time.

    What began on that day has been kept for all of ``months`` (GDPR art. 5(1)(e)).

    :param today: the day of the purge
    :param months: how long it is kept; at least 1
    :raise ValueError: nothing is kept for no time at all
    """
    if months < 1:
        raise ValueError("Personal data is kept at least one month.")
    return today - relativedelta(months=months)
