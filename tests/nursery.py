# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An Odoo process that forks workers, as Odoo's own prefork server does.

A worker is a real process with connections of its own, ready in an instant: it can be
killed at any moment, at once or just before its Nth statement, and several can run at
once. Talks in lines of JSON with ``outside.Nursery``: a request for a worker in, its
beginning and its end out.

    python tests/nursery.py DATABASE [options of Odoo]
"""

import fcntl
import json
import os
import select
import signal
import sys
import time
import traceback
from collections import Counter

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.tools import config


def die_at(moment):
    """Kill this process at a moment, given as PostgreSQL sees it.

    :param moment: ``"statement 12"``, ``"before commit 2"``, ``"after commit 2"``, or
        nothing to live
    :return: a function that counts the statements so far, commits included
    """
    *when, number = (moment or "never 0").split()
    when, number = " ".join(when), int(number)
    counts = Counter()

    def reached(what):
        counts[what] += 1
        if what == when and counts[what] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def execute(cursor, *args, original=sql_db.Cursor.execute, **kwargs):
        reached("statement")
        return original(cursor, *args, **kwargs)

    def commit(cursor, original=sql_db.Cursor.commit):
        reached("before commit")
        original(cursor)
        reached("after commit")

    sql_db.Cursor.execute, sql_db.Cursor.commit = execute, commit
    return lambda: counts["statement"] + counts["after commit"]


def work(database, request):
    """Run the request's code in a transaction; write what it leaves in ``result``."""
    counted = die_at(request["die_at"])

    def pause(name):
        """Tell that this point is reached and wait until the test says to go on."""
        point = f"{request['answer']}.{name}"
        with open(f"{point}.reached", "w"):
            while not os.path.exists(f"{point}.go"):
                time.sleep(0.01)

    if request["gate"]:
        with open(request["gate"]) as gate:
            fcntl.flock(gate, fcntl.LOCK_SH)
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, request["uid"] or SUPERUSER_ID, request["context"])
        scope = {"env": env, "pause": pause, "result": None}
        exec(compile(request["code"], "<test>", "exec"), scope)
        cr.commit()
        answer = {"result": scope["result"], "statements": counted()}
    with open(request["answer"], "w") as stream:
        json.dump(answer, stream, default=str)


def fork(database, request):
    """Start a worker; return its process id."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        # The channel to the test is the parent's alone.
        os.dup2(2, 1)
        work(database, request)
        code = 0
    except BaseException:
        with open(request["answer"], "w") as stream:
            json.dump({"error": traceback.format_exc()}, stream)
    finally:
        os._exit(code)


def tell(**message):
    """Send one line to the test."""
    print(json.dumps(message), flush=True)


def serve(database):
    """Fork a worker for each request until the test goes away."""
    os.set_blocking(0, False)
    waiting = b""
    while True:
        readable, _w, _x = select.select([0], [], [], 0.02)
        if readable:
            chunk = os.read(0, 1 << 20)
            if not chunk:
                return
            *requests, waiting = (waiting + chunk).split(b"\n")
            for line in requests:
                request = json.loads(line)
                tell(started=request["name"], pid=fork(database, request))
        reap()


def reap():
    """Tell which workers ended, and how: a negative number is the signal that killed it."""
    try:
        while (ended := os.waitpid(-1, os.WNOHANG)) != (0, 0):
            tell(ended=ended[0], status=os.waitstatus_to_exitcode(ended[1]))
    except ChildProcessError:
        return


def main(database, *options):
    """Load the registry, let go of its connections, then serve."""
    config.parse_config(["-d", database, *options], setup_logging=True)
    Registry(database)
    sql_db.close_all()
    tell(ready=database)
    serve(database)


if __name__ == "__main__":
    main(*sys.argv[1:])
