# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Serve the demo database at a local address."""

import os
import socket
import subprocess
import urllib.error
import urllib.request

from . import databases, machine, odoo, odoolog, project, ui
from .ui import Failure, say

DEFAULT_PORT = 8069
HOST = "127.0.0.1"
#: A proxy of the environment has no business with a local address.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def is_free(port):
    """Whether nobody listens on this port of the machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def choose_port(named):
    """The port that the user named, which must be free, else the first free one from the usual one."""
    if named:
        if not named.isdigit() or not 0 < int(named) < 65536:
            raise Failure(
                f"'{named}' is not a port: name a number such as BTP_PORT={DEFAULT_PORT}."
            )
        if not is_free(int(named)):
            raise Failure(
                f"Port {named} is taken: name another one with BTP_PORT, or stop what uses it."
            )
        return int(named)
    for port in range(DEFAULT_PORT, DEFAULT_PORT + 50):
        if is_free(port):
            return port
    raise Failure(f"No free port from {DEFAULT_PORT} on: name one with BTP_PORT.")


def free_port():
    """Any free port, for a test."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def url(port=None):
    """The address to open in a browser."""
    return f"http://localhost:{port or os.environ.get('BTP_PORT') or DEFAULT_PORT}"


def answers(port):
    """Whether Odoo answers on this port."""
    try:
        with opener.open(f"http://{HOST}:{port}/web/health", timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


class Server:
    """An Odoo server on one database, its log in a file; a context manager that stops it."""

    def __init__(self, database, port=None, log_name="serve"):
        self.database, self.port = database, port or free_port()
        self.log = project.state() / "logs" / f"{log_name}.log"
        self.process = None

    def start(self, *args, env=None, seconds=60):
        """Start and wait until it answers."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as stream:
            self.process = subprocess.Popen(
                odoo.command(
                    "-d",
                    self.database,
                    "--db-filter",
                    f"^{self.database}$",
                    f"--http-port={self.port}",
                    *args,
                ),
                env={**odoo.environment(), **(env or {})},
                cwd=project.ROOT,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
                start_new_session=True,
            )
        if not machine.wait_for(
            lambda: self.process.poll() is not None or answers(self.port), seconds
        ):
            self.stop()
            raise Failure(
                f"Odoo did not answer within {seconds} s: {self.log} says why."
            )
        if self.process.poll() is not None:
            raise Failure(
                f"Odoo stopped: {odoolog.last_error(self.log)} ({self.log} has its log)."
            )
        return self

    @property
    def url(self):
        """Its address."""
        return f"http://{HOST}:{self.port}"

    def stop(self):
        """Stop it and wait for its end."""
        if self.process:
            ui.end(self.process)

    def kill(self):
        """Kill it at once, as a power cut would."""
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_exc):
        self.stop()


def serve(port, smtp_port, args=()):
    """Serve the demo database until Ctrl-C."""
    say("• Starting Odoo")
    with Server(databases.DEMO, port) as server:
        server.log.unlink(missing_ok=True)
        server.start("--smtp=127.0.0.1", f"--smtp-port={smtp_port}", *args)
        say(f"\n  Odoo is at {url(port)}  login: admin  password: admin")
        say(
            f"  E-mails land in {project.state() / 'mails'}, Odoo's log in {server.log}. Ctrl-C stops it.\n"
        )
        server.process.wait()
    raise Failure(
        f"Odoo stopped: {odoolog.last_error(server.log)} ({server.log} has its log)."
    )
