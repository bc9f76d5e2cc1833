# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """What the company wants of its scores."""

    _inherit = "res.company"

    btp_score_active = fields.Boolean(
        "Score Amounts Due",
        default=True,
        help="Each night: how likely each amount is late, and when it comes.",
    )
    btp_score_persons = fields.Boolean(
        "Score Natural Persons",
        help="Without it, consumers are neither scored nor learned from (GDPR).",
    )
    btp_score_grace = fields.Integer(
        "Days Before It Is Late",
        default=0,
        help="An amount paid that many days after its due date still counts as on time.",
    )

    _btp_score_grace_positive = models.Constraint(
        "CHECK(btp_score_grace >= 0 AND btp_score_grace <= 90)",
        "Days before an amount counts as late: from 0 to 90.",
    )

    def write(self, vals):
        """Leave natural persons out at once, where the company says so."""
        result = super().write(vals)
        if not vals.get("btp_score_persons", True):
            for company in self:
                self.env["btp.score"]._leave_out_persons(company)
        return result
