# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a database that was there before 19.0.1.1.0 needs beside the new columns."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Bring the data of an earlier version up to date."""
    date_limitation(cr)


def date_limitation(cr):
    """Date the limitation of the invoices, and tell claims after a judgment apart."""
    api.Environment(cr, SUPERUSER_ID, {})["account.move"]._fill_btp_law()
