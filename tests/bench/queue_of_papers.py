# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two workers read a queue of papers, one is killed with -9 in the middle: all read once.

A program of its own: it forks workers as Odoo's own server does. It prints results as the other jobs do.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

from weasyprint import HTML

from tests.corpus import develop, fresh, held
from tests.corpus.facts import Facts
from tools import project

sys.path.insert(0, str(project.ROOT / "tests"))
import outside  # noqa: E402

READ = "env['btp.paper']._cron_read()"
#: Seconds that the whole queue may take, a machine that is busy included.
PATIENCE = 3600
FAMILIES = {**develop.FAMILIES, **fresh.FAMILIES, **held.FAMILIES}

RECEIVE = """
from pathlib import Path
for number, path in enumerate(sorted(Path({folder!r}).iterdir())):
    env["btp.paper"]._receive(path.name, path.read_bytes(), "folder", env.company)
    if number % 100 == 0:
        env.cr.commit()
"""


def write_papers(folder, count):
    """Write so many invented papers with a text layer."""
    names = list(FAMILIES)
    for number in range(count):
        family = names[number % len(names)]
        facts = Facts(random.Random(f"queue/{number}"), "develop")
        html = FAMILIES[family](facts)[0]
        HTML(string=f"{html}<p>{number}</p>").write_pdf(folder / f"{number:05}.pdf")


def tell(name, **values):
    """Hand one result to the process that asked."""
    print(json.dumps({"name": name, "values": values}), flush=True)


def count(database, what):
    """How many papers there are of which something is true."""
    return outside.value(database, f"SELECT count(*) FROM btp_paper WHERE {what}")


def read_all(nursery, database, papers):
    """Keep two workers at it until nothing waits; kill one at a third. Returns its kills."""
    workers, killed, end = [], 0, time.monotonic() + PATIENCE
    while count(database, "state = 'waiting'") and time.monotonic() < end:
        nursery.listen(0)
        workers = [worker for worker in workers if worker.status is None]
        while len(workers) < 2:
            workers.append(nursery.start(READ))
        if not killed and count(database, "read_on IS NOT NULL") > papers / 3:
            workers[0].kill()
            killed += 1
        time.sleep(0.2)
    for worker in workers:
        worker.wait()
    return killed


def measure(database, folder, papers):
    """Receive the papers, have them read, and tell what became of them."""
    with outside.Nursery(database, Path(folder, "workers")) as nursery:
        started = time.monotonic()
        nursery.run(RECEIVE.format(folder=str(Path(folder, "files"))))
        received = time.monotonic() - started
        started = time.monotonic()
        killed = read_all(nursery, database, papers)
        seconds = time.monotonic() - started
        problems = nursery.problems()
    readings = outside.query(
        database,
        "SELECT count(*) FROM btp_relance_event WHERE kind IN ('paper_read', 'paper_failed')"
        " GROUP BY documents",
    )
    tell(
        "queue",
        papers=papers,
        receive_s=round(received, 1),
        read_s=round(seconds, 1),
        papers_a_minute=round(papers / seconds * 60, 1),
        killed=killed,
        waiting=count(database, "state = 'waiting'"),
        read_once=sum(row["count"] == 1 for row in readings),
        read_twice=sum(row["count"] > 1 for row in readings),
        begun_again=count(database, "attempts > 1"),
        failed=count(database, "state = 'failed'"),
        duplicates=count(database, "duplicate_of_id IS NOT NULL"),
        problems=len(problems),
    )
    for problem in problems[:5]:
        print(problem, file=sys.stderr)


def main():
    """Measure so many papers in a database."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("--papers", type=int, default=1000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "files").mkdir()
        write_papers(Path(folder, "files"), args.papers)
        measure(args.database, folder, args.papers)


if __name__ == "__main__":
    main()
