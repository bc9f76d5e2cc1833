# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The demo company: make it, run its daily job, show what left."""

import contextlib
import datetime
import subprocess

from . import (
    databases,
    machine,
    odoo,
    odoolog,
    postgres,
    project,
    serving,
    templates,
    ui,
    venv,
)
from .ui import Failure, say

#: The demo company and its users are French.
LANGUAGE = "fr_FR"
#: Odoo's own provider of pretended payments: customers of the demo company pay online.
PAYMENTS = "payment_demo"
#: Runs the engine's day and lets Odoo's mail queue talk to the SMTP server.
DAILY_JOB = """
if "btp.relance.engine" in env and hasattr(type(env["btp.relance.engine"]), "run_daily"):
    env["ir.config_parameter"].set_param("web.base.url", {url!r})
    result = env["btp.relance.engine"].run_daily()
    env.cr.commit()
    env["mail.mail"].process_email_queue()
    env.cr.commit()
"""
#: What customers and site people open without an account.
LINKS = """
from odoo.addons.btp_relance.demo import links
env["ir.config_parameter"].set_param("web.base.url", {url!r})
result = links.collect(env)
env.cr.commit()
"""
TITLES = {
    "found": "Found",
    "held": "Held",
    "planned": "Planned",
    "proposed": "To approve",
    "assigned": "For a person to do",
    "sent": "Sent",
    "failed": "Failed",
    "cancelled": "Cancelled",
}


def stamp_file():
    """What the demo database was made from, to know when its addons changed."""
    return project.state() / "data" / "demo-stamp"


def ensure():
    """Make the demo database when there is none; bring its addons up to date when they changed."""
    with machine.lock("demo"):
        stamp = templates.content_stamp()
        if not databases.exists(databases.DEMO):
            create()
        elif not stamp_file().exists() or stamp_file().read_text() != stamp:
            # An addon that came since is installed: an update alone would leave it out.
            new = [
                name
                for name in project.addons()
                if not databases.is_installed(databases.DEMO, name)
            ]
            odoo.run_logged(
                [
                    *("-d", databases.DEMO, "-u", ",".join(project.addons())),
                    *(("-i", ",".join(new)) if new else ()),
                    "--stop-after-init",
                    "--no-http",
                ],
                "Updating the demo database: the addons changed",
                "update-demo",
            )
        stamp_file().write_text(stamp)


def create():
    """Install the suite with its demonstration data in a database of its own."""
    addons = project.addons()
    if not addons:
        raise Failure(
            f"No addon in {project.ROOT}: clone the whole project and run this again."
        )
    partial = f"{databases.PREFIX}_part_demo"
    databases.drop(partial)
    args = [
        "-d",
        partial,
        "-i",
        ",".join([*addons, *helpers(), PAYMENTS]),
        "--with-demo",
        f"--load-language={LANGUAGE}",
    ]
    path, _code = odoo.run_logged(
        [*args, "--stop-after-init", "--no-http"],
        "Making the demo company (some minutes, once)",
        "install-demo",
    )
    if not databases.is_installed(partial, addons[0]):
        raise Failure(
            f"{addons[0]} did not install: {odoolog.last_error(path)} ({path} has Odoo's log)."
        )
    # Odoo's own demonstration data leaves mails in the queue, which are none of our reminders.
    postgres.query(
        partial, "UPDATE mail_mail SET state = 'cancel' WHERE state = 'outgoing'"
    )
    databases.rename(partial, databases.DEMO)


def helpers():
    """The development addons that the demo needs too: they keep the browser's console clean."""
    return project.addons(project.TEST_ADDONS)


@contextlib.contextmanager
def smtp_server():
    """Run the SMTP server that keeps mails as files; yield its port."""
    folder = project.state() / "mails"
    process = subprocess.Popen(
        [venv.program("python"), "-m", "tools.smtp", folder],
        cwd=project.ROOT,
        env=venv.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        # Ctrl-C is for the command, which then closes this one's standard input.
        start_new_session=True,
    )
    try:
        port = process.stdout.readline().strip()
        if not port:
            raise Failure(
                "The SMTP server of the demo did not start: ./btp setup may mend its Python environment."
            )
        yield int(port)
    finally:
        process.stdin.close()
        ui.end(process)
        process.stdout.close()


def run_daily(url=None):
    """Run the daily job now, print its table and the mails that left."""
    folder = project.state() / "mails"
    before = set(folder.glob("*.eml"))
    say("• Running the daily job")
    with smtp_server() as port:
        code = DAILY_JOB.format(url=url or serving.url())
        figures = odoo.shell_json(
            databases.DEMO, code, "--smtp=127.0.0.1", f"--smtp-port={port}"
        )
    if figures is None:
        say("  The addon has no daily job yet.")
        return
    for line in table(figures):
        say(line)
    mails = sorted(set(folder.glob("*.eml")) - before)
    say(
        f"\n{len(mails)} {'e-mail' if len(mails) == 1 else 'e-mails'} left, kept in {folder}"
    )
    for path in mails:
        say(f"  {path.name}")
    (project.state() / "data" / "daily-stamp").write_text(today())


def show_links(url):
    """Print a link for each thing that a customer or the site does without an account."""
    links = odoo.shell_json(databases.DEMO, LINKS.format(url=url)) or []
    if links:
        say("\n  Without an account, as customers and the site see it:")
    for title, address in links:
        say(f"    {title}\n      {address}")


def today():
    """The day, to run the daily job once a day."""
    return datetime.date.today().isoformat()


def ran_today():
    """Whether the daily job already ran today on this database."""
    path = project.state() / "data" / "daily-stamp"
    return path.exists() and path.read_text() == today()


def table(figures):
    """The lines of the table of what the daily job found, held and sent."""
    rows = []
    for key, title in TITLES.items():
        value = figures.get(key, 0)
        if isinstance(value, dict):
            rows += [(f"{title}: {label}", number) for label, number in value.items()]
        else:
            rows.append((title, value))
    width = max(len(label) for label, _number in rows)
    return [f"  {label:<{width}}  {number:>8}" for label, number in rows]
