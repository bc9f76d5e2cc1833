# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class BtpReserve(models.Model):
    """A reserve made at the réception: what is to be made good, until when, and whether it is."""

    _name = "btp.reserve"
    _description = "Reserve"
    _order = "chantier_id, lifted_on desc, sequence, id"
    _check_company_auto = True

    chantier_id = fields.Many2one(
        "btp.chantier",
        required=True,
        check_company=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="chantier_id.company_id", store=True, index=True
    )
    sequence = fields.Integer(default=10)
    name = fields.Char("Reserve", required=True)
    deadline = fields.Date("To Be Made Good By")
    lifted_on = fields.Date()
    paper_id = fields.Many2one(
        "btp.paper", "From the Paper", readonly=True, ondelete="set null"
    )


class BtpChantier(models.Model):
    _inherit = "btp.chantier"

    reserve_ids = fields.One2many("btp.reserve", "chantier_id", "Reserves")
    reserve_open_count = fields.Integer(
        "Reserves Open", compute="_compute_reserve_open_count"
    )

    @api.depends("reserve_ids.lifted_on")
    def _compute_reserve_open_count(self):
        for chantier in self:
            chantier.reserve_open_count = len(
                chantier.reserve_ids.filtered(lambda one: not one.lifted_on)
            )
