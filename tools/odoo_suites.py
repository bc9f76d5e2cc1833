# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""./btp test --odoo: Odoo's own suites, without the addons and with them; what only fails with them is our fault."""

from . import templates
from .odoolog import Report
from .outcome import Outcome
from .ui import say

MODULES = ("account", "account_payment", "portal", "sms")
#: So much of what was logged is compared: further on come columns, ids and times.
COMPARED = 80


def compare(without, with_addons):
    """Count what passes with the addons; a failure that Odoo has by itself here is shown, not counted."""
    outcome = Outcome()
    known = {*without.failed, *(name[:COMPARED] for name in without.problems)}
    found = {**with_addons.failed, **with_addons.problems}
    for name, text in found.items():
        if name in known or name[:COMPARED] in known:
            say(f"  fails without the addons too: {name[:200]}")
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
    reports = []
    for word, template in (("without", templates.base), ("with", templates.suite)):
        title = f"Odoo's tests of {names} {word} the addons"
        path, _code = templates.test_on_copy(
            template(), MODULES, None, title, f"odoo-{word}", update=True, shared=None
        )
        reports.append(Report(path))
    outcome = compare(*reports)
    ran = len(reports[0].ran)
    outcome.show(f"Odoo's own tests with the addons ({ran} ran without)")
    return outcome
