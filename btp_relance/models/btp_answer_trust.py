# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import ANSWER_KINDS, ANSWER_NEVER_ALONE


class BtpAnswerTrust(models.Model):
    """What a company lets the reader do without a click. Nothing, unless it says so."""

    _name = "btp.answer.trust"
    _description = "Trusted Reading"
    _order = "company_id, kind"
    _rec_name = "kind"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(ANSWER_KINDS, required=True)
    threshold = fields.Float(
        "Trusted From",
        required=True,
        default=0.95,
        help="Done without a click when the reading is at least that sure, from 0.5 to 1.",
    )
    active = fields.Boolean(default=True)

    _kind_uniq = models.UniqueIndex(
        "(company_id, kind)", "This kind of reading has its line already."
    )
    _threshold_range = models.Constraint(
        "CHECK(threshold >= 0.5 AND threshold <= 1)",
        "A reading is trusted from 0.5 to 1.",
    )

    @api.constrains("kind")
    def _check_kind(self):
        for trust in self:
            if trust.kind in ANSWER_NEVER_ALONE:
                raise ValidationError(
                    self.env._(
                        "A person always looks at this kind: a message or an address has "
                        "to be checked."
                    )
                )

    @api.model
    def _get_thresholds(self, company) -> dict:
        """Return from which confidence each kind is trusted: ``{kind: float}``."""
        lines = self.sudo().search([("company_id", "=", company.id)])
        return {line.kind: line.threshold for line in lines}
