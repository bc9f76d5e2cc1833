# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read Odoo's log: which tests ran, which failed, and what was logged that should not have been."""

import re
from typing import NamedTuple

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) \S+ (?P<logger>[\w.]+): (?P<text>.*)$"
)
STARTING = re.compile(r"^Starting (\S+) \.\.\. *$")
SKIPPED = re.compile(r"^skipped (.+?) : (.*)$")
#: A test, one of its subtests, or what prepares a class, which names the class in brackets.
FAILED = re.compile(r"^(?:FAIL|ERROR): (?:Subtest )?(\S+)(?: \((odoo\.\S+)\))?")
#: A test that failed and is run once more, for those that ask for it.
RETRIED = re.compile(r"^Retrying a failed test: (\S+)")
#: Odoo's sums of the failures that it has already logged one by one.
SUMMARY = re.compile(
    r"^(?:[1-9]\d* failed, \d+ error|0 failed, [1-9]\d* error|Module \S+: \d+ failures|At least one test failed)"
)
#: The line of a traceback that names the exception; its message may go on below.
EXCEPTION = re.compile(r"^[\w.]+(?:Error|Exception|Exit|Warning)\b: ")
#: What a class took in all, in Odoo's report of a run: its tests have one name more, its module one less.
CLASS_TIME = re.compile(r"^\t(\w+\.\w+\.\w+): ([\d.]+)s ", re.MULTILINE)
SERIOUS = ("WARNING", "ERROR", "CRITICAL")


class Record(NamedTuple):
    """One entry of the log, its continuation lines included."""

    level: str
    logger: str
    text: str


def read(path):
    """Yield the records of a log file."""
    current = None
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if match := RECORD.match(line):
                if current:
                    yield current
                current = Record(**match.groupdict())
            elif current:
                current = current._replace(text=f"{current.text}\n{line.rstrip()}")
    if current:
        yield current


def is_test(record):
    """Whether the record comes from a test rather than from the code."""
    return ".tests." in record.logger


class Report:
    """What a log tells about a run of tests."""

    def __init__(self, path):
        self.ran, self.failed, self.skipped, self.problems = set(), {}, {}, {}
        self.retried = []
        #: Seconds by class.
        self.seconds = {}
        for record in read(path):
            self._add(record)

    def _add(self, record):
        """Sort one record."""
        if record.logger == "odoo.tests.stats":
            for name, seconds in CLASS_TIME.findall(record.text):
                self.seconds[name] = float(seconds)
        elif is_test(record) and (match := STARTING.match(record.text)):
            self.ran.add(f"{record.logger}.{match[1]}")
        elif match := RETRIED.match(record.text):
            self.retried.append(match[1])
        elif match := SKIPPED.match(record.text):
            self.skipped[f"{record.logger}.{match[1]}"] = match[2].strip()
        elif record.level == "ERROR" and (match := FAILED.match(record.text)):
            self.failed.setdefault(
                f"{match[2] or record.logger}.{match[1]}", record.text.strip()
            )
        elif record.level in SERIOUS and not SUMMARY.match(record.text):
            first_line = record.text.splitlines()[0] if record.text else ""
            self.problems.setdefault(
                f"{record.level} {record.logger}: {first_line}", record.text
            )


def where(path):
    """A few words on how far the run that writes this log has come."""
    try:
        with path.open("rb") as stream:
            stream.seek(max(0, path.stat().st_size - 8192))
            tail = stream.read().decode(errors="replace")
    except OSError:
        return ""
    found = re.findall(
        r"(?:Loading module (\S+ \(\d+/\d+\))|Starting (\S+) \.\.\.)", tail
    )
    return (found[-1][0] or found[-1][1]) if found else ""


def last_error(path):
    """What Odoo complained about last: the exception that ended a log, or its last line."""
    errors = [record for record in read(path) if record.level in ("ERROR", "CRITICAL")]
    text = errors[-1].text if errors else path.read_text(errors="replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    exceptions = [line for line in lines if EXCEPTION.match(line)]
    return (exceptions or lines or ["no message"])[-1]
