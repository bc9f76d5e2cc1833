# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo empties its caches after each test and each class: every page is compiled again for each.

What is known of views and bundles is kept here, unless it was cleared meanwhile: then something that it
depends on has changed, and what was known before is put back, as the database is.
"""

from odoo.orm.registry import Registry
from odoo.tests.common import TransactionCase, get_db_name

KEPT = ("assets", "templates")

set_up = TransactionCase.setUp
set_up_class = TransactionCase.setUpClass.__func__


class Kept:
    """What the caches of a registry hold before a test or a class, and learn from it.

    It lies in these caches itself: where it no longer does, they were cleared.
    """

    def __init__(self, registry):
        self.caches = {name: registry._Registry__caches[name] for name in KEPT}
        self.known = {name: cache.snapshot for name, cache in self.caches.items()}
        for cache in self.caches.values():
            cache[self] = True

    def learn(self):
        """Take in what is valid for the database as it was before."""
        for name, cache in self.caches.items():
            if self in cache:
                del cache[self]
                self.known[name] = cache.snapshot

    def give_back(self):
        """Fill the caches, which Odoo has emptied."""
        for name, cache in self.caches.items():
            cache.clear()
            for key, value in self.known[name].items():
                cache[key] = value


def setUp(self):
    kept = Kept(self.registry)
    # The first asked for is the last done.
    self.addCleanup(kept.give_back)
    set_up(self)
    self.addCleanup(kept.learn)


def setUpClass(cls):
    kept = Kept(Registry(get_db_name()))
    cls.addClassCleanup(kept.give_back)
    set_up_class(cls)
    cls.addClassCleanup(kept.learn)


TransactionCase.setUp = setUp
TransactionCase.setUpClass = classmethod(setUpClass)
