# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a run of tests came to, and the last line that says so."""

from dataclasses import dataclass, field
from xml.etree import ElementTree

from .odoolog import Report
from .ui import say


@dataclass
class Outcome:
    """Tests counted over all parts of a run."""

    passed: int = 0
    #: Name of each failure and its text.
    failed: dict = field(default_factory=dict)
    #: Name of each test that did not run and why.
    skipped: dict = field(default_factory=dict)
    #: Names of the tests that failed once and were run again.
    retried: list = field(default_factory=list)
    #: Seconds that each class of Odoo tests, or file of the others, took.
    seconds: dict = field(default_factory=dict)

    def add(self, other):
        """Count another part in."""
        self.passed += other.passed
        self.failed.update(other.failed)
        self.skipped.update(other.skipped)
        self.retried += other.retried
        self.seconds.update(other.seconds)

    def fail(self, name, text):
        """Count one failure."""
        self.failed[name] = text

    def show(self, title):
        """Print a part's failures with their text, and its figures."""
        for name, text in self.failed.items():
            say(f"\nFAILED {name}\n{text}\n")
        for name, reason in self.skipped.items():
            say(f"  skipped {name}: {reason}")
        for name in self.retried:
            say(f"  failed once, and was run again: {name}")
        skipped = f", {len(self.skipped)} skipped" if self.skipped else ""
        say(f"  {title}: {self.passed} passed, {len(self.failed)} failed{skipped}")

    def show_slowest(self, count):
        """Print what took longest, the parts running side by side."""
        slowest = sorted(self.seconds.items(), key=lambda item: -item[1])
        for name, seconds in slowest[:count]:
            say(f"  {seconds:6.1f} s {name}")

    def conclude(self):
        """Print the names of the failures and the last line; return the exit code."""
        for name in self.failed:
            say(f"FAILED {name}")
        say(f"{self.passed} passed, {len(self.failed)} failed")
        return 1 if self.failed else 0


def from_odoo_log(path):
    """Count the tests of Odoo's log; each warning or error logged by the code is a failure too."""
    report = Report(path)
    outcome = Outcome(
        len(report.ran - set(report.failed) - set(report.skipped)),
        dict(report.failed),
        report.skipped,
        report.retried,
        report.seconds,
    )
    outcome.failed.update(report.problems)
    return outcome


def from_junit(path):
    """Count the tests of pytest's XML report."""
    outcome = Outcome()
    for case in ElementTree.parse(path).iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        group = case.get("classname")
        seconds = outcome.seconds.get(group, 0) + float(case.get("time", 0))
        outcome.seconds[group] = seconds
        bad = [child for child in case if child.tag in ("failure", "error")]
        skip = case.find("skipped")
        if bad:
            outcome.fail(
                name, "\n".join(child.text or child.get("message", "") for child in bad)
            )
        elif skip is not None:
            outcome.skipped[name] = skip.get("message", "")
        else:
            outcome.passed += 1
    return outcome
