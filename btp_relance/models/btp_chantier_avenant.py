# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpChantierAvenant(models.Model):
    """A change of the contract; it counts from the day it is signed (C. civ. 1793)."""

    _name = "btp.chantier.avenant"
    _description = "Avenant"
    _order = "chantier_id, number, id"
    _check_company_auto = True

    chantier_id = fields.Many2one(
        "btp.chantier", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="chantier_id.company_id", store=True)
    currency_id = fields.Many2one(related="chantier_id.currency_id")
    number = fields.Integer(default=1, required=True)
    name = fields.Char("Subject", required=True)
    amount = fields.Monetary(help="Before tax; negative when it takes works off.")
    signed_on = fields.Date(help="Empty: not signed yet, its works are not agreed.")
