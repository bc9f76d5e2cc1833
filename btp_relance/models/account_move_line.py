# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

LINE_KINDS = [
    ("works", "Works of the month"),
    ("revision", "Price revision"),
    ("refund", "Advance taken back"),
    ("penalty", "Site penalties"),
]


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    btp_kind = fields.Selection(
        LINE_KINDS,
        "Part of the Situation",
        help="Set on the lines that a situation makes; the others are typed by hand.",
    )
