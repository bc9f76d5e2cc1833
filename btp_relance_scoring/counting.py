# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers with what they count: “1 day”, “2 days”."""


def say_days(env, count: int) -> str:
    """Return so many days in the reader's language."""
    return env._("1 day") if count == 1 else env._("%s days", count)


def say_amounts(env, count: int) -> str:
    """Return so many amounts due in the reader's language."""
    return env._("1 amount") if count == 1 else env._("%s amounts", count)
