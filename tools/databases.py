# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo databases: a name, a PostgreSQL database and a filestore that go together."""

import os
import shutil

from . import postgres, project

#: On a server shared with other clones, BTP_DB_PREFIX keeps databases apart.
PREFIX = os.environ.get("BTP_DB_PREFIX", "btp")
DEMO = f"{PREFIX}_demo"


def filestore(name):
    """Where Odoo keeps the attachments of a database."""
    return project.state() / "data" / "filestore" / name


def exists(name):
    """Whether the database is there."""
    return (
        postgres.query(
            "postgres", f"SELECT 1 FROM pg_database WHERE datname = '{name}'"
        )
        == "1"
    )


def names(pattern):
    """The databases whose name matches a LIKE pattern, newest first."""
    return postgres.query(
        "postgres",
        f"SELECT datname FROM pg_database WHERE datname LIKE '{pattern}' ORDER BY oid DESC",
    ).split()


def drop(name):
    """Remove the database and its filestore, closing what still uses it."""
    postgres.query("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(filestore(name), ignore_errors=True)


def clone(template, name):
    """Make `name` a copy of `template`, database and filestore (about a second)."""
    drop(name)
    postgres.query("postgres", f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    if filestore(template).exists():
        shutil.copytree(filestore(template), filestore(name))


def rename(old, new):
    """Give a finished database its final name: a half-made one never has it."""
    drop(new)
    postgres.query("postgres", f'ALTER DATABASE "{old}" RENAME TO "{new}"')
    if filestore(old).exists():
        filestore(old).rename(filestore(new))


def is_installed(name, addon):
    """Whether the addon is installed in the database."""
    ok, output = postgres.psql(
        name, f"SELECT state FROM ir_module_module WHERE name = '{addon}'"
    )
    return ok and output == "installed"
