# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class BtpRelance(models.Model):
    _inherit = "btp.relance"

    @api.model
    def get_my_day(self) -> list[dict]:
        # EXTENDS btp_relance: the cases that wait for somebody.
        figures = super().get_my_day()
        cases = self.env["btp.escalation"]
        waiting = cases.search_count(
            [("company_id", "=", self.env.company.id), ("state", "=", "open")]
        )
        if waiting:
            figures.append(
                {
                    "label": self.env._("Cases to settle"),
                    "value": str(waiting),
                    "action": "btp_relance.btp_escalation_action",
                    "context": {"search_default_open": 1},
                }
            )
        return figures
