# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The steps that every further addon's life has in common: updated, out, in again."""

import contextlib
import os

import outside
import test_lifecycle as life

from tools import databases, odoo, templates


@contextlib.contextmanager
def ledger(name):
    """Yield a database with invoices due and the whole suite, dropped at the end.

    :param str name: what tells it from other tests'
    """
    database = f"{databases.PREFIX}_test_{os.getpid()}_{name}"
    databases.clone(templates.suite(), database)
    try:
        odoo.shell_json(database, life.BEFORE)
        yield database
    finally:
        databases.drop(database)


def check_update(database, addon, kept):
    """Update an addon, and compare what it had before with what it has after.

    :param dict kept: ``{what: query}``; each must find something
    """
    before = {name: outside.query(database, text) for name, text in kept.items()}
    assert all(before.values())
    life.run_odoo(database, "-u", addon)
    for name, text in kept.items():
        assert outside.query(database, text) == before[name], name


def uninstall(database, addon):
    """Uninstall an addon as the button does.

    :return: what the reminders were like before
    """
    relances = outside.states(database)
    odoo.shell_json(
        database,
        f"""
env["ir.module.module"].search([("name", "=", "{addon}")]).button_immediate_uninstall()
""",
    )
    assert not databases.is_installed(database, addon)
    return relances


def check_nothing_left(database, leftovers):
    """Look wherever something of an addon could stay behind.

    :param dict leftovers: ``{where: query}``; each must find nothing
    """
    found = {what: outside.query(database, text) for what, text in leftovers.items()}
    assert {what: rows for what, rows in found.items() if rows} == {}
