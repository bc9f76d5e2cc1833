# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When a contact answers, and how little a small company can learn of it. No Odoo in here."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

import numpy as np

#: Answers below which a contact has no habit, and the share that makes one.
LEAST_ANSWERS, CLEAR_SHARE = 5, 0.6
#: Days that a message may wait for the moment of its reader.
MAX_WAIT = 4
NOON, AFTERNOON = time(12), time(14)


class Habit(NamedTuple):
    """When somebody answers.

    :param weekday: 0 is Monday, nothing where no day stands out
    :param half: ``morning`` or ``afternoon``, nothing where none stands out
    :param answers: how many answers it rests on
    """

    weekday: int | None
    half: str | None
    answers: int


def find_habit(answers: list[datetime]) -> Habit | None:
    """Return when somebody answers; nothing where there is too little, or no habit in it.

    :param answers: moments of their answers, on the company's clock
    """
    if len(answers) < LEAST_ANSWERS:
        return None
    halves = ["morning" if moment.time() < NOON else "afternoon" for moment in answers]
    weekday = _standing_out([moment.weekday() for moment in answers])
    half = _standing_out(halves)
    if weekday is None and half is None:
        return None
    return Habit(weekday, half, len(answers))


def _standing_out(values: list):
    """Return the value that makes up most of them, nothing where none does."""
    value, count = Counter(values).most_common(1)[0]
    return value if count >= CLEAR_SHARE * len(values) else None


def next_moment(now: datetime, habit: Habit, is_open, start: time) -> datetime | None:
    """Return the next moment of a habit; nothing where it is too far, or now already.

    :param now: on the company's clock
    :param is_open: function of a day, whether people are contacted on it
    :param start: when the day of contact begins
    """
    for wait in range(MAX_WAIT + 1):
        day: date = now.date() + timedelta(days=wait)
        if not is_open(day) or habit.weekday not in (None, day.weekday()):
            continue
        first = max(start, AFTERNOON) if habit.half == "afternoon" else start
        last = NOON if habit.half == "morning" else time.max
        moment = datetime.combine(day, first)
        if now.date() == day and now.time() >= first:
            if now.time() < last:
                return None
            continue
        return moment
    return None


def simulate_gain(reminders, rate=0.3, lift=0.05, runs=400, seed=7) -> float:
    """Return how many points of paid reminders learning adds, on average, by simulation.

    Thompson sampling between the rule (``rate``) and another arm, as often ``lift`` better as
    worse: nobody knows beforehand. What a year of so many reminders would have brought.

    :param reminders: of the year; :param rate: share that pays within the days looked at
    :return: points as a share: 0.01 is one reminder in a hundred
    """
    if reminders < 1:
        return 0.0
    rng = np.random.default_rng(seed)
    truth = np.full((runs, 2), rate)
    truth[:, 1] += np.where(np.arange(runs) % 2, lift, -lift)
    truth = truth.clip(0, 1)
    seen, paid = np.zeros((runs, 2)), np.zeros((runs, 2))
    left = int(reminders)
    batch = max(25, left // 60)
    while left > 0:
        size = min(batch, left)
        left -= size
        # What is judged a week later is learned in batches, as in life.
        draws = rng.beta(
            (1 + paid)[:, :, None], (3 + seen - paid)[:, :, None], (runs, 2, size)
        )
        second = (draws[:, 1] > draws[:, 0]).sum(axis=1)
        counts = np.stack([size - second, second], axis=1)
        seen += counts
        paid += rng.binomial(counts, truth)
    return float(paid.sum() / seen.sum() - rate)
