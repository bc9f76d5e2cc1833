# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Promises and instalments as figures: exact, and the same for a past day."""

import random
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine import plan, promise  # noqa: E402
from engine.ledger import Followed, Match, received, still_open  # noqa: E402

pytestmark = pytest.mark.pure

DAY = date(2025, 6, 16)
CENT = Decimal("0.01")


def after(days):
    return DAY + timedelta(days=days)


def due(total=1000, before=0, *matches):
    """Return an amount due; matches are ``(day, amount[, paid])``."""
    return Followed(
        Decimal(total),
        Decimal(before),
        DAY,
        tuple(
            Match(after(day), Decimal(amount), *paid) for day, amount, *paid in matches
        ),
    )


def judge(amount, *parts, day, deadline=8):
    return tuple(promise.judge(Decimal(amount), parts, after(deadline), after(day)))


# === WHAT CAME IN === #


def test_a_payment_matched_again_is_no_new_payment():
    assert due(1000, 500, (-3, 500)).received(DAY) == 0
    assert due(1000, 500, (-3, 500), (2, 300)).received(after(2)) == 300
    # The old one fell through: what comes in counts whole.
    assert due(1000, 500, (2, 700)).received(after(2)) == 700


def test_a_payment_dated_before_but_entered_since_counts():
    assert due(1000, 0, (-1, 400)).received(DAY) == 400


def test_a_credit_note_pays_nothing():
    part = due(1000, 0, (1, 300, False), (2, 100))
    assert part.received(after(3)) == 100
    assert part.open(after(3)) == 600


# === PROMISES === #


@pytest.mark.parametrize(
    ("matches", "day", "expected"),
    [
        ((), 8, ("open", 0)),
        ((), 9, ("broken", 0)),
        (((3, 1000),), 2, ("open", 0)),
        (((3, 1000),), 3, ("kept", 1000)),
        (((8, 1000),), 30, ("kept", 1000)),
        (((9, 1000),), 30, ("broken", 0)),
        (((3, 400),), 8, ("open", 400)),
        (((3, 400),), 9, ("partly", 400)),
        (((3, 300, False), (4, 700)), 4, ("kept", 700)),
        (((3, 1000, False),), 4, ("cancelled", 0)),
        (((3, 300, False),), 9, ("broken", 0)),
    ],
)
def test_the_verdict(matches, day, expected):
    assert judge(1000, due(1000, 0, *matches), day=day) == expected


def test_the_promised_part_may_come_on_any_of_the_amounts():
    parts = due(1000), due(1000, 0, (2, 600))
    assert judge(600, *parts, day=2) == ("kept", 600)


def test_a_verdict_does_not_depend_on_what_came_later():
    chance = random.Random(4)
    for _case in range(300):
        matches = [
            (chance.randrange(-5, 30), chance.randrange(1, 400), chance.random() < 0.8)
            for _match in range(chance.randrange(5))
        ]
        asked = chance.randrange(0, 12)
        known = [match for match in matches if match[0] <= asked]
        amount = chance.randrange(1, 1500)
        assert judge(amount, due(2000, 0, *matches), day=asked) == judge(
            amount, due(2000, 0, *known), day=asked
        )


def test_more_money_never_makes_a_promise_worse():
    order = {"cancelled": 0, "broken": 0, "partly": 1, "open": 1, "kept": 2}
    chance = random.Random(5)
    for _case in range(300):
        matches = [
            (chance.randrange(1, 9), chance.randrange(1, 300)) for _n in range(3)
        ]
        amount = chance.randrange(1, 1000)
        less = judge(amount, due(1000, 0, *matches[:2]), day=9)[0]
        more = judge(amount, due(1000, 0, *matches), day=9)[0]
        assert order[more] >= order[less]


def test_the_oldest_first():
    parts = promise.allocate(Decimal(600), [Decimal(400), Decimal(500), Decimal(100)])
    assert parts == [400, 200, 0]


def weekend(day):
    return day + timedelta(days=2)


def test_limits():
    limits = promise.Limits(days=30, count=2, pause=45)
    past = promise.Past()
    assert promise.last_day(DAY, limits, past, weekend) == after(30)
    assert promise.last_day(DAY, limits, promise.Past(2, 10), weekend) is None
    # 45 days in all, 30 gone: 15 days from today on, two of them after the day promised.
    assert promise.last_day(DAY, limits, promise.Past(1, 30), weekend) == after(12)
    assert promise.last_day(DAY, limits, promise.Past(1, 43), weekend) is None
    assert promise.last_day(DAY, promise.Limits(), past, weekend) == after(400)


def test_days_of_pause_are_counted_once_and_not_where_the_promise_was_kept():
    found = promise.spans(
        [(DAY, after(4), False), (after(3), after(6), False), (DAY, after(20), True)]
    )
    assert found == (2, 7)


# === INSTALMENTS === #


def test_instalments_make_the_total_to_the_cent():
    chance = random.Random(6)
    for _case in range(500):
        total = Decimal(chance.randrange(1, 10**8)) * CENT
        count = chance.randrange(1, 40)
        parts = plan.schedule(total, count, DAY, CENT)
        assert sum(part.amount for part in parts) == total
        assert all(part.amount > 0 for part in parts)
        assert len({part.amount for part in parts[:-1]}) <= 1
        assert parts[-1].amount - parts[0].amount < count * CENT
        days = [part.day for part in parts]
        assert days == sorted(set(days))
        assert days[0] == DAY


def test_the_last_day_of_a_short_month_then_the_day_again():
    parts = plan.schedule(Decimal(300), 3, date(2025, 1, 31), CENT)
    assert [part.day for part in parts] == [
        date(2025, 1, 31),
        date(2025, 2, 28),
        date(2025, 3, 31),
    ]


def test_a_currency_without_cents():
    parts = plan.schedule(Decimal(1000), 3, DAY, Decimal(1))
    assert [part.amount for part in parts] == [333, 333, 334]


def follow(*parts, day, count=3):
    schedule = plan.schedule(Decimal(900), count, after(10))
    deadlines = [part.day + timedelta(days=2) for part in schedule]
    return [tuple(p) for p in plan.follow(schedule, parts, after(day), deadlines)]


def test_payments_settle_the_instalments_in_order():
    coming = ("coming", 300)
    assert follow(due(900), day=12) == [coming] * 3
    assert follow(due(900), day=13)[0] == ("late", 300)
    assert follow(due(900, 0, (5, 300)), day=13) == [("paid", 0), coming, coming]
    part = follow(due(900, 0, (5, 450)), day=13)
    assert part == [("paid", 0), ("coming", 150), coming]
    assert follow(due(400), due(500, 0, (5, 350)), day=6)[1] == ("coming", 250)


def test_a_credit_note_shortens_the_plan_from_its_end():
    found = follow(due(900, 0, (3, 400, False)), day=4)
    assert found == [("coming", 300), ("coming", 200), ("paid", 0)]


def test_what_is_left_of_the_instalments_is_what_is_owed():
    chance = random.Random(7)
    for _case in range(500):
        total = Decimal(chance.randrange(100, 10**6)) * CENT
        schedule = plan.schedule(total, chance.randrange(2, 12), after(10), CENT)
        left, matches = total, []
        for _match in range(chance.randrange(6)):
            amount = min(left, Decimal(chance.randrange(1, 10**5)) * CENT)
            left -= amount
            if amount:
                matches.append((chance.randrange(30), amount, chance.random() < 0.7))
        part, day = due(total, 0, *matches), after(chance.randrange(60))
        found = plan.follow(schedule, [part], day, [p.day for p in schedule])
        paid, open_ = received([part], day), still_open([part], day)
        assert sum(p.left for p in found) == max(min(total, paid + open_) - paid, 0)
        assert all((p.state == "paid") == (not p.left) for p in found)


def test_the_limits_of_a_plan():
    limits = plan.Limits(4, 6, Decimal(100), Decimal(5000), 30)

    def passed(total, count, first, **other):
        parts = plan.schedule(Decimal(total), count, after(first), CENT)
        return plan.beyond(parts, DAY, limits._replace(**other))

    assert passed(1000, 4, 30) is None
    assert passed(1000, 5, 1) == ("count", 4)
    assert passed(5001, 4, 1) == ("greatest", 5000)
    assert passed(399, 4, 1) == ("least", 100)
    assert passed(1000, 4, 31) == ("first", 30)
    assert passed(1000, 4, 20, months=3) == ("months", 3)
    assert (
        plan.beyond(plan.schedule(Decimal(10**6), 60, after(300)), DAY, plan.Limits())
        is None
    )


def test_what_two_hands_write_alike():
    shown = "Bon pour la somme de Mille deux cents euros (1 200,00 €)"
    typed = "bon pour la somme de MILLE DEUX-CENTS euros (1200,00€) "
    assert plan.plain_words(shown) == plan.plain_words(typed)
    assert plan.plain_words(shown) != plan.plain_words(shown.replace("1 2", "1 3"))
