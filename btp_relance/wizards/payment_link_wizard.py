# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class PaymentLinkWizard(models.TransientModel):
    _inherit = "payment.link.wizard"

    @api.depends("res_id", "res_model")
    def _compute_warning_message(self):
        """Make no link for what may not be paid."""
        result = super()._compute_warning_message()
        for wizard in self.filtered(lambda known: known.res_model == "account.move"):
            move = self.env["account.move"].browse(wizard.res_id)
            if bar := move._get_btp_payment_bar():
                wizard.warning_message = bar
        return result
