# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

OS_KINDS = [
    ("start", "Start of works"),
    ("stop", "Stop"),
    ("resume", "Resume"),
    ("extra", "Extra works"),
    ("other", "Other"),
]


class BtpChantierOs(models.Model):
    """A written order of the maître d'œuvre or the owner (ordre de service)."""

    _name = "btp.chantier.os"
    _inherit = "btp.chantier.detail"
    _description = "Ordre de service"
    _order = "chantier_id, number, id"

    number = fields.Char("No.", required=True)
    kind = fields.Selection(OS_KINDS, default="start", required=True)
    issued_on = fields.Date(required=True)
    received_on = fields.Date()
    description = fields.Char()
    amount = fields.Monetary(help="Before tax, for extra works.")

    # Blanks and case do not make another order of it.
    _number_uniq = models.UniqueIndex(
        "(chantier_id, lower(regexp_replace(number, '\\s', '', 'g')))",
        "This chantier already has an OS with this number: check the number on the order.",
    )

    @api.depends("number", "description")
    def _compute_display_name(self):
        for order in self:
            name = self.env._("OS No. %s", order.number)
            order.display_name = " – ".join(filter(None, [name, order.description]))

    @api.constrains("chantier_id", "issued_on", "kind")
    def _check_contract(self):
        if not self.env.context.get("btp_check_together"):
            self.chantier_id._check_contract()
