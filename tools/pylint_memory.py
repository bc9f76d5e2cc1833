# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A plugin of pylint: two thirds of its time go to looking up the same base classes again.

Every ``self.x`` walks all the classes above its own, dozens for a test of Odoo, each of them inferred
anew. Once the checks run no class changes: its ancestors and its metaclass are looked up once.
"""

from astroid.nodes import ClassDef

look_up_ancestors = ClassDef.ancestors
look_up_metaclass = ClassDef._find_metaclass
ancestors_of, metaclass_of = {}, {}
#: Classes whose ancestors are being looked up: a class may lead back to itself.
pending = set()


def ancestors(self, recurs=True, context=None):
    """Return what ``ClassDef.ancestors`` returns."""
    key = (self, recurs)
    if key not in ancestors_of:
        if key in pending:
            return look_up_ancestors(self, recurs, context)
        pending.add(key)
        try:
            ancestors_of[key] = list(look_up_ancestors(self, recurs))
        finally:
            pending.discard(key)
    return iter(ancestors_of[key])


def find_metaclass(self, seen=None, context=None):
    """Return what ``ClassDef._find_metaclass`` returns."""
    if seen is not None:
        return look_up_metaclass(self, seen, context)
    if self not in metaclass_of:
        metaclass_of[self] = look_up_metaclass(self)
    return metaclass_of[self]


def register(linter):
    """Called by pylint: remember from the first check on, when the modules are read."""
    check = linter._lint_file

    def check_with_memory(*args):
        ClassDef.ancestors = ancestors
        ClassDef._find_metaclass = find_metaclass
        return check(*args)

    linter._lint_file = check_with_memory
