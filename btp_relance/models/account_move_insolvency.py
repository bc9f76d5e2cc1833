# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountMove(models.Model):
    """A claim born before a judgment may not be paid (C. com. L622-7): no link asks for it."""

    _inherit = "account.move"

    def _has_to_be_paid(self):
        # EXTENDS account_payment
        return super()._has_to_be_paid() and not self._get_judgment()

    def _get_online_payment_error(self):
        # EXTENDS account_payment
        return self._get_btp_payment_bar() or super()._get_online_payment_error()

    def _get_btp_payment_bar(self) -> str | bool:
        """Return why the law forbids to pay this invoice, in words for the customer."""
        self.ensure_one()
        if not self._get_judgment():
            return False
        trustee = self.commercial_partner_id.sudo().btp_insolvency_trustee_id
        if trustee:
            return self.env._(
                "Invoice %(invoice)s came before the judgment that opened insolvency "
                "proceedings: the law forbids to pay it (C. com. L622-7). Ask %(trustee)s, "
                "mandataire judiciaire.",
                invoice=self.name,
                trustee=trustee.name,
            )
        return self.env._(
            "Invoice %(invoice)s came before the judgment that opened insolvency "
            "proceedings: the law forbids to pay it (C. com. L622-7). Ask the mandataire "
            "judiciaire.",
            invoice=self.name,
        )
