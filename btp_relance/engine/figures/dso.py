# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days of sales outstanding: how many days of sales customers owe.

R is what customers owe taxes included, credit notes and unallocated payments taken off,
retention money apart unless said otherwise; S is what was invoiced taxes included (works
under reverse charge bear none, on both sides). Never a net figure over a gross one.
"""

from collections.abc import Callable, Iterable

from .answer import ZERO, Figure, exact, no

#: The year over which sales are taken: by convention 365 days, in leap years too.
YEAR = 365
#: Days of invoices that a ledger must hold before days of sales mean anything.
LEAST_HISTORY = 90
#: Of more than ten times the sales, no number of days says anything.
MOST_SALES = 10


def dso(receivable, sales, days: int = YEAR) -> Figure:
    """Return the simple DSO: R / S × n.

    Source: usual definition (AFDCC, Credit Research Foundation). 300 000 / 1 825 000 × 365
    is 60.0. Also the DSO with retentions, where R includes those held.

    :param receivable: R at the end of the period
    :param sales: S of the period
    :param days: n, the days of the period
    """
    receivable, sales = exact(receivable), exact(sales)
    if receivable < 0:
        return no("negative_balance")
    if sales <= 0:
        return no("no_sales")
    if receivable > MOST_SALES * sales:
        return no("beyond_measure")
    return Figure(receivable * days / sales)


def over_history(figure: Callable, *sums, covered: int) -> Figure:
    """Return days of sales over the days for which a ledger holds invoices, a year at most.

    S of four months over 365 days would make three times the days that are owed: n is what
    S really covers. All parts of a company have the same n, so that the whole is the mean of
    its parts weighted by their sales.

    :param figure: one of the functions of this module that end with the days
    :param covered: days since the first invoice that the ledger holds
    """
    found = figure(*sums, max(min(covered, YEAR), 1))
    return (
        no("little_history") if not found.reason and covered < LEAST_HISTORY else found
    )


def best_possible(not_due, sales, days: int = YEAR) -> Figure:
    """Return the best possible DSO: what is not due yet / S × n.

    What the DSO would be if everybody paid on the day (Credit Research Foundation).
    """
    return dso(not_due, sales, days)


def average_days_delinquent(receivable, not_due, sales, days: int = YEAR) -> Figure:
    """Return the ADD: DSO − best possible DSO, the days that are owed to lateness.

    Open credits larger than what is overdue make no negative days, but a reason.
    """
    whole, best = dso(receivable, sales, days), best_possible(not_due, sales, days)
    for figure in (whole, best):
        if figure.reason:
            return figure
    late = exact(receivable) - exact(not_due)
    if late < 0:
        return no("credits_over_overdue")
    return Figure(late * days / exact(sales))


def count_back(receivable, months: Iterable[tuple]) -> Figure:
    """Return the count-back DSO: months of sales that R uses up, the last one in part.

    Source: count-back (exhaustion) method. R 210 000; November 90 000 (30 days), October
    80 000 (31), September 100 000 (30): 30 + 31 + 40/100 × 30 = 73.0. It follows a season,
    which a simple DSO hides. A month of more credit notes than invoices adds its days, and
    what it took back is looked for in the months before.

    :param receivable: R at the end of the last month
    :param months: ``(sales, days)``, the latest month first
    """
    left, total = exact(receivable), ZERO
    if left < 0:
        return no("negative_balance")
    for sales, days in months:
        if not left:
            break
        sales = exact(sales)
        if sales >= left:
            return Figure(total + left * days / sales)
        left -= sales
        total += days
    return no("history_too_short") if left else Figure(total)
