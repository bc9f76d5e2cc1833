# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountMove(models.Model):
    """From unpaid invoices to their litigation file."""

    _inherit = "account.move"

    def action_btp_litigation(self):
        """Make the litigation file of these invoices and open it."""
        self.env["btp.litigation"].check_access("read")
        file = self.env["btp.litigation"]._make(self)
        return file.get_formview_action()


class ResPartner(models.Model):
    """From a debtor to the litigation file of all that is overdue."""

    _inherit = "res.partner"

    def action_btp_litigation(self):
        """Make the litigation file of all that this customer owes and open it."""
        self.ensure_one()
        self.env["btp.litigation"].check_access("read")
        overdue = self.env["btp.echeance"].search(
            [
                ("partner_id", "=", self.commercial_partner_id.id),
                ("company_id", "=", self.env.company.id),
                ("days_overdue", ">", 0),
            ]
        )
        return overdue.move_id.action_btp_litigation()
