# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.exhibits import Exhibit


class BtpLitigation(models.Model):
    """The debts that the debtor acknowledged by signing a plan."""

    _inherit = "btp.litigation"

    def _gather(self, claim: dict) -> list[Exhibit]:
        # EXTENDS btp_relance
        return [*super()._gather(claim), *self._gather_agreements()]

    def _gather_agreements(self) -> list[Exhibit]:
        """The instalment plans signed about these invoices, kept or not."""
        plans = self.env["btp.payment.plan"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("source_line_ids.move_id", "in", self.move_ids.ids),
                ("agreement_id", "!=", False),
            ],
            order="signed_day, id",
        )
        found = []
        for plan in plans:
            title = self.env._(
                "Acknowledgement of debt and instalment plan %s", plan.reference
            )
            found += self._from_attachment(
                "contract", plan.agreement_id, title, plan.signed_day
            )
        return found
