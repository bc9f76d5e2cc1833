# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Several processes run one suite between them, each on a database of its own.

All of them go through the same classes; the first to come to a class runs it, the others pass on. So
they end together, whatever each class takes and whatever each process had to do besides.
"""

import os

from odoo.tests.suite import OdooSuite

#: The folder in which a class that is taken leaves an empty file: all these processes are told of the same.
FOLDER = os.environ.get("BTP_SHARED_SUITE")
mine = {}
run_suite = OdooSuite.run


def take(name):
    """Whether this process is the first to ask for this class."""
    if name not in mine:
        try:
            os.close(os.open(os.path.join(FOLDER, name), os.O_CREAT | os.O_EXCL))
            mine[name] = True
        except FileExistsError:
            mine[name] = False
    return mine[name]


class Shared:
    """The tests of the classes that are still free when their turn comes."""

    def __init__(self, tests):
        self.tests = tests

    def __iter__(self):
        for test in self.tests:
            if take(f"{type(test).__module__}.{type(test).__qualname__}"):
                yield test


def run(self, result, debug=False):
    if FOLDER:
        self._tests = Shared(self._tests)
    return run_suite(self, result, debug)


OdooSuite.run = run
