# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL


class BtpRelanceRule(models.Model):
    """Rules by segment: as typed on the customer, else as learned."""

    _inherit = "btp.relance.rule"

    @api.model
    def _get_segment_sql(self) -> SQL:
        # EXTENDS btp_relance: what a person typed is never overruled.
        return SQL(
            """COALESCE(%s, (
                SELECT habit.segment FROM btp_score_partner habit
                  JOIN res_company hc ON hc.id = habit.company_id AND hc.btp_score_active
                 WHERE habit.partner_id = p.id AND habit.company_id = l.company_id
                   AND habit.tone_arm IS DISTINCT FROM 'usual'))""",
            super()._get_segment_sql(),
        )

    @api.model
    def _get_segment_rules(self, company):
        """Return the rules that give a kind of payer a scenario of its own in a company."""
        return self.sudo().search(
            [
                ("payer_segment", "!=", False),
                ("company_id", "in", (company.id, False)),
                ("scenario_id.active", "=", True),
            ]
        )
