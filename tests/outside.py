# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests of the daily run share: a ledger, workers to kill, the state of things."""

import contextlib
import fcntl
import itertools
import json
import os
import re
import signal
import subprocess
from collections import Counter
from pathlib import Path

import psycopg2
import psycopg2.extras

from tools import (
    databases,
    machine,
    odoo,
    odoolog,
    postgres,
    project,
    serving,
    templates,
    venv,
)
from tools.smtp import Server as SmtpServer

#: Customers of the ledger; each owes at least one overdue invoice.
DEBTORS = 150
#: Every such customer owes three invoices instead of one.
EVERY = 5

#: Seconds to wait for what should take a few: the machine may be busy.
PATIENCE = 120

#: A building company with what its customers owe, and reminders that leave by e-mail.
LEDGER = """
from datetime import timedelta
from odoo.fields import Command, Date

env = env(context=dict(env.context, tracking_disable=True))
today = Date.context_today(env.user.with_context(tz="Europe/Paris"))
company = env.company
company.country_id = env.ref("base.fr")
env.ref("base.user_admin").lang = "fr_FR"
env["account.chart.template"].try_loading("fr", company)
company.write({{"name": "Bâti Essai", "email": "compta@bati-essai.example"}})
template = env["mail.template"].create({{
    "name": "Essai", "model_id": env["ir.model"]._get_id("btp.relance"),
    "subject": "Facture {{{{ object.line_ids[0].move_id.name }}}} à régler",
    "partner_to": "{{{{ object.contact_id.id }}}}",
    "email_from": "compta@bati-essai.example",
    "body_html": "<p>Il reste <t t-out='object.amount_due'/> à régler.</p>",
}})
def step(days, name, tone, **values):
    return Command.create({{
        "name": name, "days": days, "tone": tone, "channel": "email", "approval": "auto",
        "template_id": template.id, **values}})
scenario = env["btp.relance.scenario"].create({{
    "name": "Essai", "step_ids": [
        step(3, "Première", "factual"), step(10, "Ferme", "firm"),
        step(30, "Dernière", "final", approval="manual")]}})
company.write({{
    "btp_default_scenario_id": scenario.id, "btp_relance_active": True,
    "btp_relance_user_id": env.ref("base.user_admin").id}})
env["ir.cron"].search([]).write({{"nextcall": today + timedelta(days=30)}})
customers = env["res.partner"].create([{{
    "name": f"Client {{number:03}}", "is_company": True, "lang": "fr_FR",
    "email": f"client{{number:03}}@example.com",
    "property_payment_term_id": False}} for number in range({debtors})])
moves = env["account.move"].create([{{
    "move_type": "out_invoice", "partner_id": customer.id,
    "invoice_date": today - timedelta(days=35),
    "invoice_date_due": today - timedelta(days=4 + rank),
    "invoice_line_ids": [Command.create({{
        "name": "Travaux", "price_unit": 1000 + number + rank, "tax_ids": []}})],
}} for number, customer in enumerate(customers)
    for rank in range(3 if number % {every} == 0 else 1)])
moves.action_post()
env["mail.mail"].search([]).unlink()
env.cr.commit()
result = len(moves)
"""

#: Odoo logs this of a transaction that it, or the engine, then does again.
CONFLICT = re.compile("could not serialize access due to concurrent update")

#: What the workers run.
PLAN = "result = env['btp.relance.engine'].plan().ids"
DISPATCH = "result = env['btp.relance.engine'].dispatch()"
QUEUE = "env['mail.mail'].process_email_queue()"
DISPATCH_AND_QUEUE = f"{DISPATCH}\nenv.cr.commit()\n{QUEUE}"


def ledger():
    """The name of a database with the ledger, made when the addons or it changed."""
    suite = templates.suite()

    def make(name, _title, _log):
        databases.clone(suite, name)
        odoo.shell_json(name, LEDGER.format(debtors=DEBTORS, every=EVERY))

    stamp = project.stamp(suite, LEDGER, DEBTORS, EVERY)
    return templates.build("ledger", stamp, "", make)


@contextlib.contextmanager
def connect(database):
    """A connection that commits each statement, to look at things from outside."""
    settings = postgres.connection()
    names = {
        "PGHOST": "host",
        "PGPORT": "port",
        "PGUSER": "user",
        "PGPASSWORD": "password",
    }
    options = {names[key]: value for key, value in settings.items() if key in names}
    connection = psycopg2.connect(dbname=database, **options)
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()


def query(database, text, *values):
    """The rows of a query, as dictionaries; nothing for a statement without rows."""
    factory = psycopg2.extras.RealDictCursor
    with (
        connect(database) as connection,
        connection.cursor(cursor_factory=factory) as cr,
    ):
        cr.execute(text, values or None)
        return [dict(row) for row in cr.fetchall()] if cr.description else []


def value(database, text, *values):
    """The only value of a query."""
    ((only,),) = [row.values() for row in query(database, text, *values)]
    return only


def states(database):
    """How many reminders are in each state."""
    rows = query(database, "SELECT state FROM btp_relance")
    return Counter(row["state"] for row in rows)


class Worker:
    """A process forked by the nursery."""

    def __init__(self, nursery, name, pid):
        self.nursery, self.name, self.pid = nursery, name, pid
        self.status = None

    def kill(self):
        """Kill it at once (kill -9), and wait for its end; harmless when it is over."""
        self.nursery.listen(0)
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
        return self.wait()

    def wait(self):
        """Wait for its end and return its exit status: -9 when killed."""
        assert self.nursery.until(lambda: self.status is not None), (
            f"{self.name} never ended"
        )
        return self.status

    def answer(self):
        """Wait for its end and return what it left: ``result``, ``statements``, ``error``."""
        self.wait()
        path = self.nursery.path(self.name)
        return json.loads(path.read_text()) if path.exists() else {}

    def result(self):
        """Wait for its end and return its result; fail when it did not succeed."""
        answer = self.answer()
        assert not self.status, (
            f"{self.name} ended with {self.status}: {answer.get('error')}"
        )
        return answer["result"]

    def reach(self, point):
        """Wait until it stands at this point (see ``pause`` in its code)."""
        path = self.nursery.path(self.name, f".{point}.reached")
        assert self.nursery.until(lambda: path.exists() or self.status is not None)
        assert path.exists(), f"{self.name} ended before {point}: {self.answer()}"

    def go(self, point):
        """Let it go on from this point."""
        self.nursery.path(self.name, f".{point}.go").touch()


class Nursery:
    """Starts workers on a database; a context manager that stops them all."""

    def __init__(self, database, folder, smtp=None):
        self.database, self.folder = database, Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = self.folder / f"{database}.log"
        self.workers, self.numbers, self.ready = {}, itertools.count(1), False
        self.known = 0
        options = [f"--logfile={self.log}"]
        if smtp:
            options += ["--smtp=127.0.0.1", f"--smtp-port={smtp.port}"]
        program = [venv.program("python"), Path(__file__).with_name("nursery.py")]
        self.errors = (self.folder / "nursery.err").open("wb")
        self.process = subprocess.Popen(
            [*map(str, program), database, *options],
            env=odoo.environment(), cwd=project.ROOT, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=self.errors, start_new_session=True,
        )  # fmt: skip
        os.set_blocking(self.process.stdout.fileno(), False)
        self.unread = b""
        assert self.until(lambda: self.ready), (
            f"No worker starts: see {self.errors.name}"
        )

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        for worker in self.workers.values():
            if worker.status is None:
                worker.kill()
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.errors.close()

    def path(self, name, suffix=""):
        """Where a worker leaves its answer, and the files of its points."""
        return self.folder / f"{name}.json{suffix}"

    def start(self, code, die_at=None, uid=None, context=None, gate=None):
        """Start a worker that runs ``code``.

        :param str die_at: when it kills itself: ``"statement 12"``, ``"before commit 2"``,
            ``"after commit 2"``
        :param gate: a file whose exclusive lock, while held, keeps it from starting
        """
        name = f"worker{next(self.numbers)}"
        request = {
            "name": name, "code": code, "die_at": die_at, "uid": uid,
            "context": context or {}, "gate": gate and str(gate), "answer": str(self.path(name)),
        }  # fmt: skip
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        assert self.until(lambda: name in self.workers), "the nursery is gone"
        return self.workers[name]

    def run(self, code, **options):
        """Run ``code`` in a worker and return its result."""
        return self.start(code, **options).result()

    def together(self, *codes):
        """Start one worker for each code, all let loose at the same moment; return them."""
        path = self.folder / f"gate{next(self.numbers)}"
        with path.open("w") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            return [self.start(code, gate=path) for code in codes]

    def listen(self, seconds):
        """Take note of what the nursery says."""
        chunk = self.process.stdout.read()
        if not chunk and seconds:
            machine.wait_for(lambda: False, seconds)
        *lines, self.unread = (self.unread + (chunk or b"")).split(b"\n")
        for message in map(json.loads, lines):
            if "ready" in message:
                self.ready = True
            elif "started" in message:
                name = message["started"]
                self.workers[name] = Worker(self, name, message["pid"])
            else:
                for worker in self.workers.values():
                    if worker.pid == message["ended"] and worker.status is None:
                        worker.status = message["status"]

    def until(self, condition):
        """Wait until it is true; return whether it became so."""

        def look():
            self.listen(0)
            return condition() or self.process.poll() is not None

        machine.wait_for(look, PATIENCE, 0.01)
        return condition()

    def problems(self):
        """The warnings and errors that the workers logged since the last look."""
        if not self.log.exists():
            return []
        found = [
            f"{record.level} {record.logger}: {record.text[:3000]}"
            for record in odoolog.read(self.log)
            if record.level in odoolog.SERIOUS and not CONFLICT.search(record.text)
        ]
        known, self.known = self.known, len(found)
        return found[known:]


class Workshop:
    """A ledger with what works on it, for all tests of a module; begun anew for each.

    It has a ``database``, a ``nursery`` of workers and the ``smtp`` server that these use.
    """

    def __init__(self, folder):
        self.database = f"{databases.PREFIX}_test_{os.getpid()}_{folder.name}"
        databases.clone(ledger(), self.database)
        self.smtp = SmtpServer(folder / "mails").start()
        self.nursery = Nursery(self.database, folder / "workers", self.smtp)

    def begin(self):
        """Forget what earlier tests planned and sent."""
        for path in self.smtp.files:
            path.unlink()
        self.smtp.accept()
        if not self.smtp.controller:
            self.smtp.start(self.smtp.port)
        self.nursery.problems()
        query(
            self.database,
            """
            ALTER TABLE btp_relance_event DISABLE TRIGGER USER;
            DELETE FROM btp_relance_event;
            ALTER TABLE btp_relance_event ENABLE TRIGGER USER;
            DELETE FROM btp_relance;
            DELETE FROM mail_mail;
            DELETE FROM mail_message WHERE model = 'btp.relance';
            """,
        )
        return self

    def end(self):
        """Stop everything and drop the database."""
        self.nursery.__exit__()
        self.smtp.stop()
        databases.drop(self.database)

    def server(self, crons=0):
        """An Odoo server on the database, a context manager; ``crons`` threads run jobs."""
        server = serving.Server(self.database, log_name=f"server-{self.database}")
        server.log.unlink(missing_ok=True)
        return server.start(
            f"--max-cron-threads={crons}",
            "--smtp=127.0.0.1",
            f"--smtp-port={self.smtp.port}",
        )

    def send(self, count):
        """Dispatch so many reminders and let the mail queue run once; the others wait."""
        self.nursery.run(f"{PLAN}; env['btp.relance.engine'].dispatch(limit={count})")
        query(
            self.database,
            "UPDATE btp_relance SET state = 'proposed' WHERE state = 'approved'",
        )
        self.nursery.run(QUEUE)


@contextlib.contextmanager
def workshop(factory):
    """The body of each module's fixture; ``factory`` is pytest's ``tmp_path_factory``."""
    shop = Workshop(factory.mktemp("workshop"))
    try:
        yield shop
    finally:
        shop.end()
