# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpChantierDetail(models.AbstractModel):
    """What a chantier has several of, in its company and its currency."""

    _name = "btp.chantier.detail"
    _description = "Detail of a Chantier"
    _check_company_auto = True

    chantier_id = fields.Many2one(
        "btp.chantier", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="chantier_id.company_id", store=True)
    currency_id = fields.Many2one(related="chantier_id.currency_id")
