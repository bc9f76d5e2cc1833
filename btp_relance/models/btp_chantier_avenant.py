# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class BtpChantierAvenant(models.Model):
    """A change of the contract; it counts from the day it is signed (C. civ. 1793)."""

    _name = "btp.chantier.avenant"
    _inherit = "btp.chantier.detail"
    _description = "Avenant"
    _order = "chantier_id, number, id"

    number = fields.Integer(
        "No.",
        compute="_compute_number",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    name = fields.Char("Subject", required=True)
    amount = fields.Monetary(help="Before tax; negative when it takes works off.")
    signed_on = fields.Date(help="Empty: not signed yet, its works are not agreed.")

    _number_uniq = models.UniqueIndex(
        "(chantier_id, number)",
        "This chantier already has an avenant with this number: give it the next one.",
    )

    @api.depends("chantier_id")
    def _compute_number(self):
        for chantier, avenants in self.grouped("chantier_id").items():
            # Those being typed beside it in the form count too.
            others = chantier.avenant_ids - avenants
            taken = set(others.mapped("number"))
            for avenant in avenants:
                if not avenant.number or avenant.number in taken:
                    avenant.number = max(taken, default=0) + 1
                taken.add(avenant.number)

    @api.depends("number", "name")
    def _compute_display_name(self):
        for avenant in self:
            avenant.display_name = self.env._(
                "Avenant No. %(number)s – %(subject)s",
                number=avenant.number,
                subject=avenant.name,
            )

    @api.constrains("amount", "chantier_id", "signed_on")
    def _check_contract(self):
        if not self.env.context.get("btp_check_together"):
            self.chantier_id._check_contract()

    def unlink(self):
        """Without an avenant that added works, the contract may become negative."""
        chantiers = self.chantier_id
        result = super().unlink()
        chantiers._check_contract()
        return result
