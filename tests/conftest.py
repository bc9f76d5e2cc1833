# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests around the product share: databases, servers, clients, a mail server.

Run them with ``./btp test``: it prepares Odoo, PostgreSQL and the template database these fixtures copy.
"""

import itertools
import json
import os
import urllib.request
from http.cookiejar import CookieJar

import pytest

from tools import databases, odoo, project, provision, serving, templates
from tools.smtp import Server as SmtpServer

numbers = itertools.count(1)


@pytest.fixture(scope="session", name="project")
def project_fixture():
    """Where things are (``tools.project``)."""
    return project


@pytest.fixture(scope="session")
def suite_template():
    """The name of the database with every addon installed, to copy and never to change."""
    return templates.suite()


@pytest.fixture
def new_database(suite_template):
    """A function that returns a fresh copy of the template (or of another database); dropped at the end."""
    names = []

    def make(template=suite_template):
        name = f"{databases.PREFIX}_test_{os.getpid()}_{next(numbers)}"
        names.append(name)
        databases.clone(template, name)
        return name

    yield make
    for name in names:
        databases.drop(name)


@pytest.fixture
def odoo_env_db(new_database):
    """A fresh database with the suite installed."""
    return new_database()


@pytest.fixture
def smtp_server(tmp_path):
    """A real SMTP server: its ``port`` and the ``files`` and ``messages`` it kept.

    ``refuse(address)``, ``defer(address)``, ``reject()`` make it difficult, ``accept()`` easy.
    """
    server = SmtpServer(tmp_path / "mails").start()
    yield server
    server.stop()


@pytest.fixture
def odoo_server():
    """A function that starts Odoo on a database and returns the server.

    It has ``url``, ``port``, ``log``, ``stop()`` and ``kill()``. Its scheduled actions are
    off unless ``crons`` says how many threads run them.
    """
    servers = []

    def start(database, *args, crons=0, smtp=None, env=None):
        server = serving.Server(database, log_name=f"server-{database}-{len(servers)}")
        servers.append(server)
        options = [f"--max-cron-threads={crons}", *args]
        if smtp:
            options += ["--smtp=127.0.0.1", f"--smtp-port={smtp.port}"]
        return server.start(*options, env=env)

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def odoo_shell():
    """A function that runs Python in an Odoo shell on a database and returns what the code leaves in ``result``.

    Options: ``smtp`` a mail server to send through, ``env`` more variables for the process.
    """

    def run(database, code, *args, smtp=None, env=None):
        if smtp:
            args = (*args, "--smtp=127.0.0.1", f"--smtp-port={smtp.port}")
        return odoo.shell_json(database, code, *args, env=env)

    return run


class JsonRpc:
    """A user's session on a server, as the web client has it."""

    def __init__(self, url, database, login, password):
        self.url = url
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(CookieJar()),
        )
        self.uid = self.post(
            "/web/session/authenticate",
            {"db": database, "login": login, "password": password},
        )["uid"]

    def post(self, path, params):
        """Call a JSON-RPC route; raise RuntimeError with Odoo's message when it refuses."""
        body = json.dumps(
            {"jsonrpc": "2.0", "method": "call", "params": params}
        ).encode()
        request = urllib.request.Request(
            self.url + path, body, {"Content-Type": "application/json"}
        )
        with self.opener.open(request, timeout=120) as response:
            answer = json.load(response)
        if error := answer.get("error"):
            data = error.get("data") or {}
            raise RuntimeError(
                f"{data.get('name')}: {data.get('message') or error.get('message')}"
            )
        return answer.get("result")

    def call(self, model, method, *args, **kwargs):
        """Call a method of a model: ``rpc.call("res.partner", "search_read", [], fields=["name"])``."""
        params = {
            "model": model,
            "method": method,
            "args": list(args),
            "kwargs": kwargs,
        }
        return self.post(f"/web/dataset/call_kw/{model}/{method}", params)


@pytest.fixture
def jsonrpc():
    """A function that logs in on a server and returns the session: ``jsonrpc(server, "admin", "admin")``."""

    def login(server, user="admin", password="admin"):
        return JsonRpc(server.url, server.database, user, password)

    return login


@pytest.fixture(scope="session")
def chromium():
    """The path of the browser."""
    path = provision.find_browser()
    if not path:
        pytest.skip("no Chromium on this machine")
    return path
