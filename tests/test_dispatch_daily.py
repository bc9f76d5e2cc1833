# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The commands around the day's work: the daily job's table, the journal's verification."""

import re
import subprocess
from types import SimpleNamespace

import outside
import pytest

from tools import company, databases, odoo, project


@pytest.fixture(scope="module", name="workshop")
def workshop_fixture(tmp_path_factory):
    """A ledger, workers and a mail server for all tests here."""
    with outside.workshop(tmp_path_factory) as workshop:
        yield workshop


@pytest.fixture
def shop(workshop):
    """The same, where nothing is planned yet."""
    return workshop.begin()


def test_the_daily_job_prints_what_it_found_held_and_sent(
    shop, monkeypatch, tmp_path, capsys
):
    """What ``./btp run`` does, on the ledger instead of the demo company."""
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(
        company, "project", SimpleNamespace(state=lambda: tmp_path, ROOT=project.ROOT)
    )
    monkeypatch.setattr(databases, "DEMO", shop.database)
    excluded = shop.nursery.run(
        """
customer = env["res.partner"].search([("name", "=", "Client 001")])
customer.btp_no_reminder = True
result = customer.id
"""
    )
    company.run_daily("http://localhost:8069")
    printed = capsys.readouterr().out
    rows = dict(re.findall(r"^  (\S.*?) +(\d+)$", printed, re.MULTILINE))
    sent = outside.DEBTORS - 1
    invoices = outside.DEBTORS + 2 * len(range(0, outside.DEBTORS, outside.EVERY))
    assert rows["Found"] == str(invoices)
    assert rows["Held: No reminders for this customer"] == "1"
    assert rows["Planned"] == rows["Sent"] == str(sent)
    assert rows["Failed"] == rows["To approve"] == "0"
    assert f"{sent} e-mails left" in printed
    files = sorted((tmp_path / "mails").glob("*.eml"))
    assert len(files) == sent
    assert all(path.name in printed for path in files)

    # A second run on the same day finds everybody reminded.
    company.run_daily("http://localhost:8069")
    printed = capsys.readouterr().out
    assert "0 e-mails left" in printed
    outside.query(
        shop.database,
        "UPDATE res_partner SET btp_no_reminder = NULL WHERE id = %s",
        excluded,
    )


# === VERIFICATION === #


def verify(database):
    """Run the command; return its exit code and what it printed."""
    done = subprocess.run(
        odoo.command("btp_verify", "-d", database),
        env=odoo.environment(), cwd=project.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


#: What somebody with all rights on the database could do, the guard switched off.
TAMPERING = {
    "a word changed": "UPDATE btp_relance_event SET detail = 'x' WHERE seq = 4",
    "another recipient": "UPDATE btp_relance_event SET recipient = 'x' WHERE seq = 4",
    "an hour earlier":
        "UPDATE btp_relance_event SET happened_on = happened_on - interval '1 hour' WHERE seq = 1",
    "a row taken out": "DELETE FROM btp_relance_event WHERE seq = 4",
    "a row taken out and the numbers closed":
        "DELETE FROM btp_relance_event WHERE seq = 4;"
        "UPDATE btp_relance_event SET seq = seq - 1 WHERE seq > 4",
    "two rows exchanged":
        "UPDATE btp_relance_event SET seq = -1 WHERE seq = 3;"
        "UPDATE btp_relance_event SET seq = 3 WHERE seq = 4;"
        "UPDATE btp_relance_event SET seq = 4 WHERE seq = -1",
    "the seals removed": "UPDATE btp_relance_event SET hash = NULL WHERE seq = 4",
    "a row put in":
        "INSERT INTO btp_relance_event (company_id, seq, happened_on, kind, hash, previous_hash)"
        " SELECT company_id, seq + 1, happened_on, kind, hash, hash FROM btp_relance_event"
        " ORDER BY seq DESC LIMIT 1",
}  # fmt: skip


def guarded(how):
    """Switch the journal's guard on or off."""
    return f"ALTER TABLE btp_relance_event {how} TRIGGER USER;"


def test_the_command_tells_an_intact_journal_from_an_altered_one(shop):
    shop.send(8)
    shop.nursery.run(outside.DISPATCH)
    assert outside.value(shop.database, "SELECT count(*) FROM btp_relance_event") == 16
    code, printed = verify(shop.database)
    assert code == 0
    assert "16" in printed
    with pytest.raises(outside.psycopg2.Error, match="append-only"):
        outside.query(shop.database, TAMPERING["a word changed"])
    with pytest.raises(outside.psycopg2.Error, match="append-only"):
        outside.query(shop.database, "DELETE FROM btp_relance_event")
    with pytest.raises(outside.psycopg2.Error, match="append-only"):
        outside.query(shop.database, "TRUNCATE btp_relance_event")
    change = guarded("DISABLE") + TAMPERING["a word changed"] + ";" + guarded("ENABLE")
    outside.query(shop.database, change)
    code, printed = verify(shop.database)
    assert code == 1
    assert "4" in printed


def test_every_way_of_tampering_shows(shop):
    shop.send(4)
    shop.nursery.run(outside.DISPATCH)
    unseen = []
    for name, change in TAMPERING.items():
        # Each in a transaction that is undone.
        found = shop.nursery.run(
            f"""
env.cr.execute('''{guarded("DISABLE")}{change}''')
found = env["btp.relance.event"]._verify(env.company)
result = bool(found["broken"]) or found["unsealed"]
env.cr.rollback()
"""
        )
        if not found:
            unseen.append(name)
    assert unseen == []
    assert verify(shop.database)[0] == 0
