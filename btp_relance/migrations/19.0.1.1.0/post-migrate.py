# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api

from odoo.addons.btp_relance.hooks import post_init_hook


def migrate(cr, version):
    """Give a database of before the building-trade fields what a new one starts with.

    :param cr: database cursor
    :param str version: the version installed before
    """
    post_init_hook(api.Environment(cr, SUPERUSER_ID, {}))
