# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two workers read a queue of papers, and one is killed with -9: nothing lost, nothing twice."""

import os
import signal
import sys

import outside
import pytest
from weasyprint import HTML

from tools import databases, machine, project, templates

KILLED = -signal.SIGKILL
READ = "env['btp.paper']._cron_read()"
PAPERS = 12

#: Receives every file of a folder, as an upload does.
RECEIVE = """
from pathlib import Path
papers = env["btp.paper"]
for path in sorted(Path({folder!r}).iterdir()):
    papers |= papers._receive(path.name, path.read_bytes(), "upload", env.company)
result = papers.ids
"""

#: The file takes its whole worker with it, as a machine short of memory does.
DEADLY = """
import os, signal
from odoo.addons.btp_relance_ocr.reader import Reader
Reader.read = lambda *args: os.kill(os.getpid(), signal.SIGKILL)
env["btp.paper"]._cron_read()
"""


@pytest.fixture(scope="module", name="database")
def database_fixture():
    """A database of its own, dropped at the end."""
    name = f"{databases.PREFIX}_test_{os.getpid()}_papers"
    databases.clone(templates.suite(), name)
    yield name
    databases.drop(name)


@pytest.fixture(scope="module", name="nursery")
def nursery_fixture(database, tmp_path_factory):
    """Workers on the database."""
    with outside.Nursery(database, tmp_path_factory.mktemp("workers")) as nursery:
        yield nursery


def receive(nursery, folder, count, name="pv"):
    """Put so many small papers in the queue; return their ids."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        page = f"<h1>PROCÈS-VERBAL DE RÉCEPTION</h1><p>Marché n° {name}-{number}</p>"
        content = HTML(string=page).write_pdf()
        (folder / f"{name}{number}.pdf").write_bytes(content)
    return nursery.run(RECEIVE.format(folder=str(folder)))


def count(database, what):
    """How many papers there are of which something is true."""
    return outside.value(database, f"SELECT count(*) FROM btp_paper WHERE {what}")


def test_two_workers_one_killed_read_every_paper_once(nursery, database, tmp_path):
    papers = receive(nursery, tmp_path / "files", PAPERS)
    assert len(papers) == PAPERS
    first, second = nursery.together(READ, READ)
    nursery.until(lambda: count(database, "read_on IS NOT NULL") >= 3)
    first.kill()
    assert second.wait() == 0, second.answer()
    # What the killed one held was free at once, or is for the next look.
    nursery.run(READ)
    assert nursery.problems() == []
    assert count(database, "state = 'waiting'") == 0
    assert count(database, "state = 'to_check' AND why <> ''") == PAPERS
    # One reading each, kept once; only what was in the dead worker's hands was begun again.
    readings = outside.query(
        database,
        "SELECT documents, count(*) FROM btp_relance_event"
        " WHERE kind = 'paper_read' GROUP BY documents",
    )
    assert [row["count"] for row in readings] == [1] * PAPERS
    assert count(database, "attempts > 1") <= 1
    assert outside.value(database, "SELECT sum(attempts) FROM btp_paper") <= PAPERS + 1


def test_a_worker_killed_at_any_statement_leaves_a_paper_to_read(
    nursery, database, tmp_path
):
    (paper,) = receive(nursery, tmp_path / "files", 1, "one")
    for number in (2, 4, 8, 16, 24, 32, 48):
        outside.query(database, f"UPDATE btp_paper SET attempts = 0 WHERE id = {paper}")
        worker = nursery.start(READ, die_at=f"statement {number}")
        if worker.wait() != KILLED:
            break
    nursery.run(READ)
    assert nursery.problems() == []
    (row,) = outside.query(
        database,
        f"""
        SELECT p.state, p.kind, (SELECT count(*) FROM btp_relance_event e
               WHERE e.kind = 'paper_read' AND e.documents LIKE '%"paper ' || p.id || '"%')
               AS readings FROM btp_paper p WHERE p.id = {paper}
        """,
    )
    assert dict(row) == {"state": "to_check", "kind": "pv_reception", "readings": 1}


def test_a_file_that_kills_three_workers_ends_with_a_sentence(
    nursery, database, tmp_path
):
    (paper,) = receive(nursery, tmp_path / "files", 1, "deadly")
    endings = [nursery.start(DEADLY).wait() for _time in range(4)]
    assert endings == [KILLED] * 3 + [0]
    (row,) = outside.query(
        database,
        f"SELECT state, error, why, attempts FROM btp_paper WHERE id = {paper}",
    )
    assert (row["state"], row["error"]) == ("failed", "killed")
    assert "three times" in row["why"]


def test_no_reader_outlives_its_worker(nursery, tmp_path):
    if not sys.platform.startswith("linux"):
        pytest.skip("looks at /proc")
    receive(nursery, tmp_path / "files", 2, "orphan")
    known = readers()
    worker = nursery.start(READ)
    assert machine.wait_for(lambda: readers() - known, 60, 0.05)
    worker.kill()
    assert machine.wait_for(lambda: not readers() - known, 60, 0.1)
    nursery.run(READ)


def readers():
    """The processes of this project that read files."""
    found = set()
    for entry in os.listdir("/proc"):
        try:
            with open(f"/proc/{entry}/cmdline", "rb") as stream:
                words = stream.read()
            with open(f"/proc/{entry}/environ", "rb") as stream:
                mine = str(project.ROOT).encode() in stream.read()
        except OSError:
            continue
        if b"reader.worker" in words and mine:
            found.add(entry)
    return found
