# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What collecting costs."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def time_cost(minutes: Decimal, hourly_rate: Decimal) -> Decimal:
    """Return what the time spent costs, to the cent."""
    return (minutes * hourly_rate / 60).quantize(CENT, ROUND_HALF_UP)


def cost_to_collect(
    time: Decimal, postage: Decimal, fees: Decimal, collected: Decimal
) -> Decimal | None:
    """Return the cost to collect: (time × rate + postage + fees) / collected overdue.

    :param time: time already multiplied by the rate
    :param collected: what was overdue when it was paid
    :return: a ratio (0.02 is 2 %), ``None`` where nothing was collected
    """
    if collected <= 0:
        return None
    return (time + postage + fees) / collected
