# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class BtpRelance(models.Model):
    """The answers that wait, above *My Day*."""

    _inherit = "btp.relance"

    @api.model
    @api.readonly
    def get_my_day(self):
        # EXTENDS btp_relance
        figures = super().get_my_day()
        answers = self.env["btp.answer"]
        count = answers.search_count(answers._get_waiting_domain())
        if count:
            figures.insert(
                1,
                {
                    "label": self.env._("Answers to read"),
                    "value": str(count),
                    "action": "btp_relance.btp_answer_action",
                    "context": {"search_default_to_read": 1},
                },
            )
        return figures
