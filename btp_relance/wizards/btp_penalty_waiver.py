# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.interest import PUBLIC


class BtpPenaltyWaiver(models.TransientModel):
    """Penalties that a person decides not to claim, and why."""

    _name = "btp.penalty.waiver"
    _description = "Waiver of Penalties"

    move_ids = fields.Many2many("account.move", string="Late Invoices", required=True)
    waive_interest = fields.Boolean("Interest", default=True)
    waive_indemnity = fields.Boolean("Fixed Indemnity", default=True)
    reason = fields.Char(required=True)
    has_public = fields.Boolean(compute="_compute_has_public")

    @api.depends("move_ids")
    def _compute_has_public(self):
        for wizard in self:
            regimes = wizard.move_ids.commercial_partner_id.mapped("btp_regime")
            wizard.has_public = bool(set(regimes) & set(PUBLIC))

    def action_confirm(self):
        """Record the waiver: what ran up to today is not claimed any more."""
        self.ensure_one()
        moves = self.move_ids
        moves.check_access("write")
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the penalties are waived."))
        parts = []
        for move, claim in moves._get_interest(moves._get_interest_day()).items():
            if self.waive_interest and claim.total:
                parts.append((move, claim, "interest"))
            if self.waive_indemnity and claim.indemnity:
                parts.append((move, claim, "indemnity"))
        if not parts:
            raise UserError(
                self.env._(
                    "There is nothing to waive: these invoices have no penalty left to "
                    "claim."
                )
            )
        moves._record_penalties(parts, {"state": "waived", "reason": reason})
        return {"type": "ir.actions.act_window_close"}
