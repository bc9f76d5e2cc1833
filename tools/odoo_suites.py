# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""./btp test --odoo: Odoo's own suites, without the addons and with them; what only fails with them is our fault."""

import os

from . import databases, odoo, serving, templates
from .odoolog import Report
from .outcome import Outcome
from .ui import say

MODULES = ("account", "account_payment", "portal", "sms")


def run_suites(template, title, log_name):
    """Run Odoo's suites on a copy of the template; return what the log tells."""
    database = f"{databases.PREFIX}_test_{os.getpid()}"
    databases.clone(template, database)
    try:
        path, _code = odoo.run_logged(
            [
                "-d",
                database,
                "-u",
                ",".join(MODULES),
                "--stop-after-init",
                f"--http-port={serving.free_port()}",
                "--max-cron-threads=0",
                "--test-tags",
                ",".join(f"/{name}" for name in MODULES),
            ],
            title,
            log_name,
            check=False,
        )
    finally:
        databases.drop(database)
    return Report(path)


def compare(without, with_addons):
    """Count what passes with the addons; a failure that Odoo has by itself here is shown, not counted."""
    outcome = Outcome()
    known = {**without.failed, **without.problems}
    found = {**with_addons.failed, **with_addons.problems}
    for name, text in found.items():
        if name in known:
            say(f"  fails without the addons too: {name}")
        else:
            outcome.fail(name, text)
    for name in sorted(without.ran - with_addons.ran):
        outcome.fail(name, "It runs without the addons, but not with them.")
    outcome.skipped = {
        name: why
        for name, why in with_addons.skipped.items()
        if name not in without.skipped
    }
    outcome.passed = len(with_addons.ran - set(found) - set(with_addons.skipped))
    return outcome


def run_all():
    """Run both and compare."""
    names = ", ".join(MODULES)
    without = run_suites(
        templates.base(), f"Odoo's tests of {names} without the addons", "odoo-without"
    )
    with_addons = run_suites(
        templates.suite(), f"Odoo's tests of {names} with the addons", "odoo-with"
    )
    outcome = compare(without, with_addons)
    outcome.show(f"Odoo's own tests with the addons ({len(without.ran)} ran without)")
    return outcome
