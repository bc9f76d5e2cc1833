# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run Odoo: its configuration file and its command lines."""

import json
import os
import subprocess
import tempfile

from . import odoolog, postgres, project, venv
from .ui import Failure, run

CONF = """[options]
# Written again by every ./btp command: change nothing here.
addons_path = {addons_path}
data_dir = {data}
list_db = False
http_interface = 127.0.0.1
{connection}
"""
#: libpq's variables and Odoo's names for them.
CONNECTION = {
    "PGHOST": "db_host",
    "PGPORT": "db_port",
    "PGUSER": "db_user",
    "PGPASSWORD": "db_password",
    "PGSSLMODE": "db_sslmode",
}


def conf_file():
    """Odoo's private configuration."""
    return project.state() / "odoo.conf"


def write_conf():
    """Write the configuration for the addons and the server of this moment."""
    settings = postgres.connection()
    text = CONF.format(
        addons_path=",".join(map(str, project.addons_path())),
        data=project.state() / "data",
        connection="\n".join(
            f"{CONNECTION[name]} = {value}" for name, value in settings.items()
        ),
    )
    if not project.addons_path():
        text = (
            "\n".join(
                line for line in text.splitlines() if not line.startswith("addons_path")
            )
            + "\n"
        )
    partial = conf_file().with_suffix(f".{os.getpid()}")
    # It may hold the server's password.
    partial.touch(mode=0o600)
    partial.write_text(text)
    partial.replace(conf_file())


def command(*args):
    """The command line that runs Odoo, a sub-command included; `environment()` gives it its configuration."""
    return [str(venv.program("odoo")), *map(str, args)]


def environment():
    """The variables that Odoo runs with: every sub-command reads ODOO_RC, where only some know ``-c``."""
    return {**venv.environment(), "ODOO_RC": str(conf_file()), **postgres.connection()}


def call(*args, **options):
    """Run Odoo in the foreground; return its exit code."""
    return subprocess.call(
        command(*args), env=environment(), cwd=project.ROOT, **options
    )


def run_logged(args, title, log_name, check=True, env=None):
    """Run Odoo until it stops by itself, its log in a file of its own.

    :param env: more variables for the process
    :return: the file and the exit code
    :raise Failure: naming Odoo's own last error, when it fails and ``check`` is set
    """
    path = project.state() / "logs" / f"{log_name}.log"
    code = run(
        command(*args),
        title,
        "",
        check=False,
        output=path,
        detail=lambda: odoolog.where(path),
        env={**environment(), **(env or {})},
        cwd=project.ROOT,
    )
    if code and check:
        raise Failure(
            f"{title}: Odoo failed: {odoolog.last_error(path)} ({path} has its log)."
        )
    return path, code


#: Around the code given to `shell_json`: what it leaves in ``result`` comes back through a file.
SHELL = """
import json
result = None
{code}
with open({path!r}, "w") as stream:
    json.dump(result, stream, default=str)
"""


def shell_json(database, code, *args, env=None):
    """Run Python in an Odoo shell (``env`` at hand) and return what the code leaves in ``result``."""
    with tempfile.NamedTemporaryFile(suffix=".json") as answer:
        done = subprocess.run(
            command(
                "shell", "-d", database, "--no-http", "--shell-interface=python", *args
            ),
            input=SHELL.format(code=code, path=answer.name),
            env={**environment(), **(env or {})},
            cwd=project.ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        text = answer.read()
    if done.returncode or not text:
        path = project.state() / "logs" / "shell.log"
        path.write_text(done.stdout)
        raise Failure(
            f"Odoo's shell failed on {database}: {odoolog.last_error(path)} ({path} has its output)."
        )
    return json.loads(text)
