# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which step comes next: the table of routes against a rule written in another way."""

import itertools
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.routing import (  # noqa: E402
    FOREVER,
    NEVER,
    Route,
    StepFacts,
    next_step,
    routes,
)

pytestmark = pytest.mark.pure

#: The seeded standard: J−7 wishes a timely payment, J+20 and J+35 wait for a person.
STANDARD = [
    StepFacts(1, -7, preventive=True),
    StepFacts(2, 0),
    StepFacts(3, 3),
    StepFacts(4, 10),
    StepFacts(5, 20, entry=False),
    StepFacts(6, 35, entry=False),
]
ONE_DAY_OF_EACH_AGE = (-30, -7, -1, 0, 1, 3, 9, 10, 20, 35, 400, 3000)


def expected(steps, by_age, last, age):
    """The rule as a person would say it, one step forward at a time."""
    ahead = sorted(
        (step for step in steps if last is None or step.days > last),
        key=lambda step: step.days,
    )
    for step, after in itertools.zip_longest(ahead, ahead[1:]):
        after_is_due = after and age >= after.days
        if step.preventive and (after_is_due or age > 0):
            continue
        late = [
            other for other in ahead if other.days > step.days and not other.preventive
        ]
        may_pass = by_age and last is None and step.entry and late and late[0].entry
        if not (may_pass and after_is_due):
            return step.id
    return None


def every_scenario():
    """Every scenario of at most four steps, each preventive or not, an entry or not."""
    days = (-7, 0, 3, 10)
    kinds = [None, *itertools.product((False, True), repeat=2)]
    for chosen in itertools.product(kinds, repeat=len(days)):
        yield [
            StepFacts(number, day, *kind)
            for number, (day, kind) in enumerate(
                zip(days, chosen, strict=True), start=1
            )
            if kind is not None
        ]


@pytest.mark.parametrize("by_age", [False, True])
def test_the_table_says_what_the_rule_says_for_every_scenario_history_and_age(by_age):
    for steps in every_scenario():
        table = routes(steps, by_age)
        for last in (None, -20, -7, 0, 1, 3, 10, 60):
            for age in (-50, -8, -7, -6, -1, 0, 1, 2, 3, 9, 10, 11, 500):
                assert next_step(table, last, age) == expected(
                    steps, by_age, last, age
                ), (steps, last, age)


@pytest.mark.parametrize("by_age", [False, True])
def test_at_most_one_route_fits_so_that_a_join_never_doubles_an_amount(by_age):
    for steps in every_scenario():
        table = routes(steps, by_age)
        for last in (NEVER, -7, 0, 3, 10):
            for age in (-50, -7, 0, 3, 10, 500):
                fits = [
                    route
                    for route in table
                    if route.last_from <= last < route.last_to
                    and route.age_from <= age < route.age_to
                ]
                assert len(fits) <= 1, (steps, last, age)


def test_the_order_in_which_steps_are_given_does_not_matter():
    assert routes(reversed(STANDARD)) == routes(STANDARD)


def test_no_level_is_skipped_however_late_the_debt():
    table = routes(STANDARD)
    for done, following in itertools.pairwise(STANDARD[1:]):
        for age in (done.days, following.days, 90, 3000):
            assert next_step(table, done.days, age) == following.id


def test_a_debt_never_reminded_begins_with_the_first_step_after_the_due_date():
    table = routes(STANDARD)
    for age in (0, 1, 3, 60, 3000):
        assert next_step(table, None, age) == 2


def test_a_preventive_step_lapses_on_the_day_of_the_next_one_and_not_before():
    table = routes(STANDARD)
    assert [next_step(table, None, age) for age in (-30, -7, -1, 0)] == [1, 1, 1, 2]


def test_nobody_is_wished_a_timely_payment_after_the_due_date():
    table = routes([StepFacts(1, -7, preventive=True), StepFacts(2, 3)])
    assert [next_step(table, None, age) for age in (-7, 0, 1, 3)] == [1, 1, 2, 2]
    alone = routes([StepFacts(1, -7, preventive=True)])
    assert [next_step(alone, None, age) for age in (-30, 0, 1)] == [1, 1, None]


def test_consecutive_preventive_steps_lapse_one_after_the_other():
    steps = [
        StepFacts(1, -14, preventive=True),
        StepFacts(2, -7, preventive=True),
        StepFacts(3, 3),
    ]
    table = routes(steps)
    assert [next_step(table, None, age) for age in (-20, -8, -7, 0, 1)] == [
        1,
        1,
        2,
        2,
        3,
    ]


def test_start_by_age_ends_at_the_last_step_that_leaves_by_itself():
    table = routes(STANDARD, start_by_age=True)
    starts = [next_step(table, None, age) for age in ONE_DAY_OF_EACH_AGE]
    assert starts == [1, 1, 1, 2, 2, 3, 3, 4, 4, 4, 4, 4]


def test_start_by_age_does_not_jump_over_a_step_that_waits_for_approval():
    steps = [StepFacts(1, 3), StepFacts(2, 10, entry=False), StepFacts(3, 20)]
    table = routes(steps, start_by_age=True)
    assert {next_step(table, None, age) for age in ONE_DAY_OF_EACH_AGE} == {1}


def test_start_by_age_counts_only_for_the_first_contact():
    table = routes(STANDARD, start_by_age=True)
    assert next_step(table, 0, 400) == 3
    assert next_step(table, -7, 400) == 2
    # Contacted at a day before all steps, in another scenario: no longer a first contact.
    assert next_step(table, -20, 400) == 2


def test_a_finished_scenario_has_no_next_step():
    table = routes(STANDARD)
    assert next_step(table, 35, 400) is None
    assert next_step(table, 60, 400) is None


def test_a_history_between_two_days_goes_on_with_the_following_step():
    # The échéance came from another scenario, or the step's day was changed since.
    assert next_step(routes(STANDARD), 12, 90) == 5


def test_a_scenario_without_steps_has_no_route():
    assert routes([]) == []
    assert next_step([], None, 10) is None


@pytest.mark.parametrize("by_age", [False, True])
def test_ages_beyond_a_lifetime_still_have_a_next_step(by_age):
    table = routes(STANDARD, by_age)
    oldest, farthest = (
        739_000,
        -2_914_000,
    )  # due in the years 1 and 9999, seen from today
    assert next_step(table, None, oldest) is not None
    assert next_step(table, None, farthest) == 1


def test_a_route_is_made_of_integers_only_since_it_becomes_sql():
    for route in routes(STANDARD, start_by_age=True):
        assert isinstance(route, Route)
        assert all(type(value) is int for value in route)
        assert NEVER <= route.last_from < route.last_to <= FOREVER
        assert NEVER <= route.age_from < route.age_to <= FOREVER
