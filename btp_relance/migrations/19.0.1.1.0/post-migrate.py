# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Give companies what a new one gets by default.

    :param cr: database cursor
    :param str version: the version installed before
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["res.company"].search([])._prepare_retentions()
