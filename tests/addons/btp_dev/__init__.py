# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tools import config

from . import ir_qweb, trigger_trees

# Odoo logs an error where its test framework is imported without tests to run.
if config["test_enable"]:
    from . import kept_caches, shared_suite
