# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PostgreSQL: the server that PGHOST/PGPORT name, else the project's private cluster."""

import os

from . import cluster
from .ui import Failure, capture, log


def is_external():
    """Whether the user named a server."""
    return bool(os.environ.get("PGHOST") or os.environ.get("PGPORT"))


def connection():
    """The connection's settings, as libpq's variables."""
    if is_external():
        names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGSSLMODE")
        return {name: os.environ[name] for name in names if os.environ.get(name)}
    return {
        "PGHOST": str(cluster.socket_folder()),
        "PGPORT": "5432",
        "PGUSER": cluster.ROLE,
    }


def missing():
    """The Debian packages that hold the programs we need and do not find."""
    if is_external():
        return [] if cluster.find_program("psql") else ["postgresql-client"]
    return (
        []
        if all(map(cluster.find_program, ("initdb", "pg_ctl", "psql")))
        else ["postgresql"]
    )


def ensure():
    """Have a server that answers and on which Odoo can create databases."""
    if is_external():
        check_external()
    elif not cluster.is_running():
        cluster.start()


def check_external():
    """Say in one sentence what is wrong with the server that the user named."""
    settings = connection()
    where = f"{settings.get('PGHOST', 'localhost')}:{settings.get('PGPORT', '5432')}"
    ok, output = psql(
        "postgres",
        "SELECT rolname, rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user",
    )
    if not ok:
        log(output)
        last = output.splitlines()[-1] if output else "no answer"
        raise Failure(
            f"PostgreSQL at {where}, which PGHOST/PGPORT name, refuses ({last}): start it or correct PGHOST, PGPORT, "
            "PGUSER and PGPASSWORD, or unset them for a private server."
        )
    role, may_create = output.split("|")
    if role == "postgres":
        raise Failure(
            "Odoo refuses to connect as 'postgres': set PGUSER to another role that may create databases "
            "(createuser --createdb btp)."
        )
    if may_create != "t":
        raise Failure(
            f"The role {role} at {where} may not create databases: ALTER ROLE {role} CREATEDB."
        )


def psql(database, query, *options):
    """Run one query; return (ok, rows as text, columns separated by |)."""
    cmd = [
        cluster.find_program("psql"),
        "-X",
        "-q",
        "-A",
        "-t",
        "-v",
        "ON_ERROR_STOP=1",
        *options,
        "-d",
        database,
        "-c",
        query,
    ]
    return capture(cmd, env={**os.environ, **connection(), "PGCONNECT_TIMEOUT": "10"})


def query(database, text):
    """Run one query that has no reason to fail; return its rows as text."""
    ok, output = psql(database, text)
    if not ok:
        raise Failure(
            f"PostgreSQL refused a query on {database}: {output.splitlines()[-1] if output else 'no answer'}."
        )
    return output
