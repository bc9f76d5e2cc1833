# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An Odoo environment on a database to measure on."""

import contextlib
import logging
import os

import odoo
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import close_db

from tools import postgres


def tidy(database):
    """Leave statistics and visibility as on a server that has had a night's rest."""
    postgres.query(database, "VACUUM ANALYZE")


def configure(extra_addons=()):
    """Read Odoo's configuration (ODOO_RC), with one more folder of addons when needed."""
    args = ["-c", os.environ["ODOO_RC"], "--no-http", "--log-level=error"]
    odoo.tools.config.parse_config(args, setup_logging=True)
    paths = [*map(str, extra_addons), *odoo.tools.config["addons_path"]]
    odoo.tools.config["addons_path"] = list(dict.fromkeys(paths))
    odoo.modules.module.initialize_sys_path()
    # docutils reads the modules' descriptions at each installation, and complains on stderr.
    logging.getLogger("docutils").disabled = True


@contextlib.contextmanager
def environment(database, install=()):
    """An environment of the superuser, in French where it is loaded, with these modules installed."""
    registry = Registry.new(
        database, update_module=bool(install), install_modules=install
    )
    try:
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            installed = dict(env["res.lang"].get_installed())
            yield env(context={"lang": "fr_FR"}) if "fr_FR" in installed else env
    finally:
        Registry.delete(database)
        close_db(database)
