# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A French building company to look at.

``plan`` decides everything without a database; ``load`` writes the plan through Odoo's
own accounting. Nothing here is imported before the demo company is asked for.
"""
