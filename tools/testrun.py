# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""./btp test: Odoo's own runner inside the addons, pytest around the product, one count."""

import argparse
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import databases, odoo, odoo_suites, postgres, project, templates, venv
from .outcome import Outcome, from_junit, from_odoo_log
from .ui import Failure, run

#: Processes of Odoo that run the addons' tests between them.
ODOO_PROCESSES = 2


def parse(args):
    """Read the command's options."""
    parser = argparse.ArgumentParser(
        prog="./btp test",
        description="Run every test, or those that the options choose.",
    )
    parser.add_argument(
        "--odoo",
        action="store_true",
        help="Odoo's own suites with and without the addons, compared",
    )
    parser.add_argument(
        "--tags", help="only Odoo tests of these tags, such as /btp_relance:TestJournal"
    )
    parser.add_argument(
        "-k", dest="expression", help="only pytest tests whose name matches"
    )
    parser.add_argument(
        "--slowest",
        type=int,
        default=0,
        metavar="N",
        help="name the N slowest classes and files",
    )
    parser.add_argument("paths", nargs="*", help="only these pytest files")
    return parser.parse_args(args)


def guarded(name, part):
    """Run one part; what keeps it from running is one failure, and the other parts still run."""
    try:
        return part()
    except Failure as error:
        outcome = Outcome()
        outcome.fail(name, str(error))
        return outcome


def run_all(args):
    """Run the chosen parts side by side, print each one's figures; return the total.

    Each waits for PostgreSQL or a browser now and then, and works on databases of its own.
    """
    parts = []
    shared = tempfile.TemporaryDirectory()
    if args.tags:
        parts.append(("Tests inside Odoo", lambda: in_odoo(args.tags)))
    elif not (args.expression or args.paths):
        for number in range(1, ODOO_PROCESSES + 1):
            parts.append(
                (
                    f"Tests inside Odoo, part {number}",
                    lambda number=number: in_odoo(None, number, shared.name),
                )
            )
    if args.expression or args.paths or not args.tags:
        parts.append(("Tests around the product", lambda: with_pytest(args)))
    total = Outcome()
    with shared, ThreadPoolExecutor(len(parts)) as pool:
        running = [(name, pool.submit(guarded, name, part)) for name, part in parts]
        for name, future in running:
            outcome = future.result()
            outcome.show(name)
            total.add(outcome)
    return total


def in_odoo(tags, number=0, shared=None):
    """Run the addons' own tests; what their installation logged counts too.

    :param number: which of the processes that share the tests this is, none for chosen tests: one
        process is enough to show that the addons can be updated
    :param shared: the folder where these processes tell each other what they took
    """
    addons = project.addons()
    if not addons:
        raise Failure("There is no addon to test.")
    template = templates.suite()
    install_log = project.state() / "logs" / f"{templates.log_name(template)}.log"
    outcome = from_odoo_log(install_log)
    path, code = templates.test_on_copy(
        templates.prepared() if number else template,
        addons,
        tags,
        f"Running the tests of {', '.join(addons)}",
        f"test-odoo-{number}" if number else "test-odoo",
        update=number < 2,
        shared=shared,
    )
    outcome.add(from_odoo_log(path))
    if code and not outcome.failed:
        outcome.fail("Odoo", f"It ended with code {code}: see {path}.")
    return outcome


def with_pytest(args):
    """Run the tests around the product; they use copies of the suite's template."""
    folder = project.ROOT / "tests"
    if not any(folder.glob("test_*.py")):
        raise Failure("There is no tests/test_*.py.")
    report = project.state() / "logs" / f"pytest-{os.getpid()}.xml"
    output = project.state() / "logs" / "pytest.log"
    cmd = [
        venv.program("python"),
        "-m",
        "pytest",
        *(args.paths or [folder]),
        f"--junitxml={report}",
        "-q",
        "-rs",
    ]
    if args.expression:
        cmd += ["-k", args.expression]
    code = run(
        cmd,
        "Running the tests around the product",
        "",
        check=False,
        output=output,
        cwd=project.ROOT,
        env=odoo.environment(),
        detail=lambda: last_line(output),
    )
    try:
        outcome = from_junit(report)
    except OSError:
        raise Failure(f"pytest did not finish: {output} says why.") from None
    finally:
        report.unlink(missing_ok=True)
    if code and not outcome.failed:
        outcome.fail("pytest", f"It ended with code {code}: {last_line(output)}")
    return outcome


def last_line(path):
    """The last line of a file, for the progress."""
    lines = path.read_text(errors="replace").splitlines() if path.exists() else []
    return lines[-1][-60:] if lines else ""


def drop_leftovers():
    """Remove the databases of runs that were killed; a shared server may hold those of other machines."""
    if postgres.is_external():
        return
    for name in databases.names(f"{databases.PREFIX}\\_test\\_%"):
        pid = name.removeprefix(f"{databases.PREFIX}_test_").split("_")[0]
        if not Path("/proc", pid).exists():
            databases.drop(name)


def main(options):
    """Run the tests; the last line printed is the count. Return the exit code."""
    if options.odoo:
        return odoo_suites.run_all().conclude()
    drop_leftovers()
    total = run_all(options)
    total.show_slowest(options.slowest)
    return total.conclude()
