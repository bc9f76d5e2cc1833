# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The commands of ./btp, and how each failure becomes one sentence."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import traceback

from . import (
    cluster,
    company,
    databases,
    lint,
    machine,
    odoo,
    postgres,
    project,
    provision,
    serving,
    testrun,
    translations,
    ui,
    venv,
)
from .ui import Failure, say

COMMANDS = {}


def command(function):
    """Register a function as the command of its name; its docstring's first line is its help."""
    COMMANDS[function.__name__.strip("_")] = function
    return function


@command
def setup(_args):
    """Fetch Odoo, make the Python environment and the database server; the other commands do it too."""
    provision.setup()


@command
def demo(args):
    """Set everything up, run the daily job on the demo company, and serve it."""
    provision.setup()
    port = serving.choose_port(os.environ.get("BTP_PORT"))
    company.ensure()
    if company.ran_today():
        say("• The daily job already ran today: ./btp run runs it again")
    else:
        company.run_daily(serving.url(port))
    company.show_links(serving.url(port))
    with company.smtp_server() as smtp_port:
        serving.serve(port, smtp_port, after_dashes(args))


@command
def serve(args):
    """Serve the demo company at a local address (./btp serve -- options of Odoo)."""
    provision.setup()
    port = serving.choose_port(os.environ.get("BTP_PORT"))
    company.ensure()
    with company.smtp_server() as smtp_port:
        serving.serve(port, smtp_port, after_dashes(args))


@command
def run(_args):
    """Run the daily job on the demo company now: what was found, held and sent."""
    provision.setup()
    company.ensure()
    company.run_daily()


@command
def test(args):
    """Set everything up and run every test; the last line is the count (./btp test --help)."""
    options = testrun.parse(args)
    provision.setup(for_tests=True)
    return testrun.main(options)


@command
def shell(args):
    """Open Odoo's Python shell on the demo company (./btp shell [database])."""
    provision.setup()
    if not args:
        company.ensure()
    return odoo.call("shell", "-d", args[0] if args else databases.DEMO, "--no-http")


@command
def lint_(args):
    """Check the code, the XML and the translations (--fix corrects what can be)."""
    provision.setup()
    return lint.run_all(fix="--fix" in args)


@command
def i18n(_args):
    """Export the terms to translate (.pot) anew and bring fr.po in step with them."""
    provision.setup()
    return translations.update()


@command
def bench(args):
    """Measure planning and dispatch on large ledgers (./btp bench --help)."""
    return script("tests/bench/main.py", args)


@command
def backtest(args):
    """Measure the late-payment learner on a file of invoices (./btp backtest FILE.csv, --help)."""
    return script("tools/backtest.py", [absolute(arg) for arg in args])


@command
def read(args):
    """Say what papers are and what they say: ./btp read FILE… [--json OUT] (./btp read --help)."""
    provision.setup_reader()
    return subprocess.call(
        [venv.program("python"), project.ROOT / "tools" / "reading.py", *args],
        env={
            **venv.environment(),
            "PYTHONPATH": str(project.ROOT / "btp_relance_ocr"),
        },
    )


@command
def shots(args):
    """Take the screenshots of the documentation."""
    return script("tests/shots.py", args)


def script(path, args):
    """Run a script of the repository in the project's environment."""
    provision.setup()
    if not (project.ROOT / path).exists():
        raise Failure(f"{path} is not there: update your clone.")
    env = {**odoo.environment(), "PYTHONPATH": str(project.ROOT)}
    return subprocess.call(
        [venv.program("python"), project.ROOT / path, *args], env=env, cwd=project.ROOT
    )


def absolute(arg):
    """A file named from where the user stands, as scripts run from the root; other words as they are."""
    return os.path.abspath(arg) if os.path.exists(arg) else arg


def after_dashes(args):
    """The arguments meant for Odoo: those after ``--``."""
    return args[args.index("--") + 1 :] if "--" in args else []


@command
def odoo_(args):
    """Run Odoo with the private configuration: ./btp odoo -- -d mydb -i btp_relance --stop-after-init."""
    provision.setup()
    return odoo.call(*(after_dashes(args) or args))


@command
def psql(args):
    """Open psql on the server (./btp psql [database] [options of psql]); the demo database by default."""
    provision.setup()
    if not args:
        args = [databases.DEMO if databases.exists(databases.DEMO) else "postgres"]
    env = {**os.environ, **postgres.connection()}
    os.execve(cluster.find_program("psql"), ["psql", *args], env)


@command
def stop(_args):
    """Stop the private PostgreSQL server (it stays up between commands, for speed)."""
    if not postgres.is_external():
        cluster.stop()


@command
def reset(args):
    """Delete the databases and mails, to start afresh; with --all also Odoo and the Python environment."""
    if set(args) - {"--all"}:
        raise Failure("./btp reset takes no argument but --all.")
    machine.prepare_state()
    with machine.lock("setup"):
        if postgres.is_external():
            for name in databases.names(f"{databases.PREFIX}\\_%"):
                say(f"• Dropping {name}")
                databases.drop(name)
        else:
            cluster.remove()
        parts = (
            "data",
            "mails",
            "logs",
            *(("odoo", "venv") if "--all" in args else ()),
        )
        for part in parts:
            shutil.rmtree(project.state() / part, ignore_errors=True)
    say("• Done. ./btp demo starts afresh.")


@command
def help_(_args):
    """Show this list."""
    width = max(map(len, COMMANDS))
    say("./btp COMMAND\n")
    for name, function in COMMANDS.items():
        say(f"  {name:<{width}}  {function.__doc__.strip().splitlines()[0]}")
    say(
        f"\nAll that it makes is in {project.state()} (BTP_STATE names another folder)."
    )
    say("ODOO_SRC names an Odoo 19 to use, PGHOST/PGPORT/PGUSER a PostgreSQL server.")


def describe(error):
    """Return the sentence for an error of the machine, or None for one of ours."""
    if isinstance(error, Failure):
        return str(error)
    if isinstance(error, KeyboardInterrupt):
        return "Stopped."
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return f"The disk of {project.state()} is full: free some space, or set BTP_STATE to a folder on a larger disk."
    if isinstance(error, PermissionError):
        return f"No right to use {error.filename}: give yourself the right, or set BTP_STATE to a folder of yours."
    return None


def main(args):
    """Run one command; return the exit code."""
    name, rest = (args[0], args[1:]) if args else ("help", [])
    name = {"-h": "help", "--help": "help"}.get(name, name)
    if name not in COMMANDS:
        print(f"btp: no command '{name}': ./btp help lists them.", file=sys.stderr)
        return 2
    # Whoever stops the job, such as a CI, must stop what it started too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return COMMANDS[name](rest) or 0
    except BrokenPipeError:
        # The reader left, as in `./btp help | head`: nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (Exception, KeyboardInterrupt) as error:
        ui.log(traceback.format_exc())
        sentence = (
            describe(error)
            or f"Unexpected {type(error).__name__}: {error}; {project.log_file()} has the details."
        )
        print(f"btp: {sentence}", file=sys.stderr)
        return 130 if isinstance(error, KeyboardInterrupt) else 1
