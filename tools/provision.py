# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Make the machine ready: Odoo's source, the Python environment, PostgreSQL. Quick when nothing changed."""

import time

from . import machine, odoo, odoo_source, postgres, venv
from .ui import say


def setup():
    """Have all that Odoo needs; every other command begins here."""
    machine.prepare_state()
    started = time.monotonic()
    with machine.lock("setup"):
        fresh = not (odoo_source.remembered() and venv.is_ready())
        if fresh:
            machine.check_disk()
        source = odoo_source.find()
        venv.ensure()
        venv.point_at(source)
        postgres.ensure()
        odoo.write_conf()
    if fresh:
        say(f"• Ready in {time.monotonic() - started:.0f} s: Odoo 19 in {source}")
