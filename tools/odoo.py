# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run Odoo: its configuration file and its command lines."""

import os
import subprocess

from . import postgres, project, venv

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
        connection="\n".join(f"{CONNECTION[name]} = {value}" for name, value in settings.items()),
    )
    if not project.addons_path():
        text = "\n".join(line for line in text.splitlines() if not line.startswith("addons_path")) + "\n"
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
    return subprocess.call(command(*args), env=environment(), cwd=project.ROOT, **options)
