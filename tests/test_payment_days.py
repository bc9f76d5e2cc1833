# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A customer that paid on Tuesdays, or at the end of the month, and does so no more."""

import importlib
import sys
import types
from datetime import date, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "btp_relance_scoring"
package = types.ModuleType("addon_days")
package.__path__ = [str(ROOT)]
sys.modules["addon_days"] = package
days = importlib.import_module("addon_days.days")
Ledger = importlib.import_module("addon_days.learner").Ledger

pytestmark = pytest.mark.pure

#: A Monday.
TODAY = date(2026, 6, 1)
TUESDAY, FRIDAY = 1, 4


def ledger_of(paid_on, late=10, still=()):
    """Return a ledger of ``{customer: days of payment}``; ``still``: (customer, days overdue)."""
    rows = [
        {
            "customer_id": customer,
            "issue_date": day - timedelta(days=30 + late),
            "due_date": day - timedelta(days=late),
            "paid_date": day,
        }
        for customer, its in paid_on.items()
        for day in its
    ]
    rows += [
        {
            "customer_id": customer,
            "issue_date": TODAY - timedelta(days=60),
            "due_date": TODAY - timedelta(days=over),
            "paid_date": None,
        }
        for customer, over in still
    ]
    rows = [{"invoice_id": n, "amount": 100.0, **row} for n, row in enumerate(rows)]
    return Ledger(rows, asof=TODAY.isoformat())


def every(weekday, first, last, step=14):
    """Return the days of that weekday, from so many days ago to so many."""
    span = (TODAY - timedelta(days=ago) for ago in range(first, last, -1))
    return [day for day in span if day.weekday() == weekday][:: step // 7]


def test_from_tuesdays_to_fridays():
    ledger = ledger_of({
        "moved": every(TUESDAY, 400, 90) + every(FRIDAY, 89, 0),
        "stays": every(TUESDAY, 400, 0),
    })  # fmt: skip
    [change] = days.find(ledger)
    assert (change.customer, change.aspect) == ("moved", "weekday")
    assert (change.before, change.moved_to) == (TUESDAY, FRIDAY)
    assert change.kept_before == change.runs_before >= 20
    assert (change.kept_now, change.moved) == (0, change.runs_now)


def test_from_the_end_of_the_month_to_its_middle():
    months = [date(2025, month, 28) for month in range(4, 13)] + [date(2026, 1, 29)]
    months += [date(2026, 2, 27)]
    middle = [
        date(2026, 3, 13),
        date(2026, 4, 14),
        date(2026, 4, 16),
        date(2026, 5, 15),
    ]
    [change] = days.find(ledger_of({"moved": months + middle}))
    assert (change.aspect, change.kept_now, change.moved) == ("month", 0, 4)
    # The window of before holds the end of the month, that of now its middle.
    assert change.before in (4, 5)
    assert change.moved_to in (1, 2)


def test_many_invoices_paid_in_one_run_count_once():
    before = every(TUESDAY, 400, 90)
    one_friday = every(FRIDAY, 20, 10)[:1] * 6
    assert days.find(ledger_of({"once": before + one_friday})) == []


def test_who_never_had_an_order_has_none_to_leave():
    mixed = [TODAY - timedelta(days=ago) for ago in range(400, 90, -9)]
    assert days.find(ledger_of({"mixed": mixed + every(FRIDAY, 89, 0)})) == []


def test_what_is_paid_later_is_not_known_on_the_day():
    ledger = ledger_of({"moved": every(TUESDAY, 400, 90) + every(FRIDAY, 89, 0)})
    then = ledger.asof - 80
    assert days.find(ledger.at(then), then) == []
    assert days.find(ledger, then) == []


def past(serious):
    """Return a past: who leaves Tuesdays then pays late, or on time; the others a little late."""
    paid_on, late = {}, {}
    for place in range(40):
        name = f"c{place}"
        left = 150 if place % 4 == 0 else 0
        paid_on[name] = every(TUESDAY, 420, left) + every(FRIDAY, left, 0, 7)
        late[name] = 60 if (left and serious) else 12
    rows = []
    for name, its in paid_on.items():
        for day in its:
            recent = (TODAY - day).days < 150
            delay = late[name] if recent else 10
            rows.append(
                {
                    "invoice_id": len(rows),
                    "customer_id": name,
                    "issue_date": day - timedelta(days=30 + delay),
                    "due_date": day - timedelta(days=delay),
                    "paid_date": day,
                    "amount": 100.0,
                }
            )
    return Ledger(rows, asof=TODAY.isoformat())


def test_an_alert_only_where_it_beats_the_flat_rule():
    proof = days.compare(past(serious=True))
    assert proof.alerts >= days.LEAST_ALERTS
    assert proof.better
    assert proof.precision > proof.flat_precision
    same = days.compare(past(serious=False))
    assert same.alerts
    assert not same.better


def test_without_a_past_nothing_is_proved():
    proof = days.compare(ledger_of({"a": every(TUESDAY, 60, 0)}))
    assert (proof.alerts, proof.precision, proof.better) == (0, None, False)
