# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The fixtures of conftest and the tools under them, on a real Odoo."""

import smtplib
import subprocess
import sys
from email.message import EmailMessage

import pytest

from tools import venv
from tools.ui import Failure

SEND = """
mail = env["mail.mail"].create({
    "email_from": "compta@example.com", "email_to": "client@example.com",
    "subject": "Été", "body_html": "<p>Bonjour</p>",
})
env.cr.commit()
mail.send()
result = {"state": mail.state, "suite": env["ir.module.module"].search([("name", "=", "btp_dev")]).state}
"""


def test_a_shell_sends_through_the_smtp_server(odoo_env_db, odoo_shell, smtp_server):
    assert odoo_shell(odoo_env_db, SEND, smtp=smtp_server) == {
        "state": "sent",
        "suite": "installed",
    }
    (message,) = smtp_server.messages
    assert message["subject"] == "Été"
    assert "client@example.com" in smtp_server.files[0].name


def test_a_shell_that_fails_names_the_error(odoo_env_db, odoo_shell):
    with pytest.raises(Failure, match="ZeroDivisionError"):
        odoo_shell(odoo_env_db, "1 / 0")


def test_a_server_answers_a_session(odoo_env_db, odoo_server, jsonrpc):
    server = odoo_server(odoo_env_db)
    rpc = jsonrpc(server)
    assert rpc.call("res.users", "read", [rpc.uid], ["login"])[0]["login"] == "admin"
    with pytest.raises(RuntimeError, match="AccessDenied"):
        jsonrpc(server, password="wrong")


def test_the_smtp_server_refuses_defers_and_rejects(smtp_server):
    message = EmailMessage()
    message["To"], message["Subject"] = "a@example.com", "Relance"

    def send(address):
        with smtplib.SMTP("127.0.0.1", smtp_server.port) as client:
            client.send_message(message, "me@example.com", [address])

    def answer(address):
        """The code that the server answers to a message to this address."""
        with smtplib.SMTP("127.0.0.1", smtp_server.port) as client:
            client.helo()
            client.mail("me@example.com")
            code, _text = client.rcpt(address)
            return client.data(b"Subject: x\r\n\r\ny")[0] if code == 250 else code

    smtp_server.refuse("gone@example.com")
    smtp_server.defer("later@example.com")
    assert answer("gone@example.com") == 550
    assert answer("later@example.com") == 451
    smtp_server.reject()
    assert answer("a@example.com") == 554
    smtp_server.accept()
    send("gone@example.com")
    assert len(smtp_server.files) == 1


@pytest.mark.pure
def test_what_is_compiled_is_kept_where_the_machine_forbids_it(monkeypatch, tmp_path):
    """Otherwise each of the many processes of a run compiles all of Odoo: seven seconds."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("BTP_STATE", str(tmp_path / "state"))
    (tmp_path / "compiled.py").touch()
    subprocess.run(
        [sys.executable, "-c", "import compiled"],
        env=venv.environment(),
        cwd=tmp_path,
        check=True,
    )
    assert list((tmp_path / "state").rglob("compiled.*.pyc"))
    assert not list(tmp_path.glob("__pycache__"))
