# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Test runs spend a fifth of their time merging the same trees of dependent fields again.

The trees of the same fields are merged once, and kept with those of single fields, which Odoo
forgets when a model changes; what is left out of them is decided each time, as Odoo does.
"""

from odoo.orm.registry import Registry, TriggerTree


def get_trigger_tree(self, fields, select=bool):
    """Return what `odoo.orm.registry.Registry.get_trigger_tree` returns."""
    key = tuple(fields)
    merged = self._field_trigger_trees.get(key)
    if merged is None:
        merged = TriggerTree.merge(
            [self.get_field_trigger_tree(f) for f in key if f in self._field_triggers]
        )
        self._field_trigger_trees[key] = merged
    return TriggerTree.merge([merged], select)


Registry.get_trigger_tree = get_trigger_tree
