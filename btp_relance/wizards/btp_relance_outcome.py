# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..const import CALL_OUTCOMES


class BtpRelanceOutcome(models.TransientModel):
    """What came of a call, or the proof that a letter was posted."""

    _name = "btp.relance.outcome"
    _description = "Outcome of a Call or Letter"

    relance_id = fields.Many2one(
        "btp.relance",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    channel = fields.Selection(related="relance_id.channel")
    phone = fields.Char(related="relance_id.phone")
    script = fields.Html(related="relance_id.body")
    outcome = fields.Selection(CALL_OUTCOMES)
    note = fields.Text()
    pause_until = fields.Date(
        "No Reminders Until",
        help="The invoices of this call are left in peace until this day, included.",
    )
    tracking_number = fields.Char()
    posted_on = fields.Date(
        default=lambda self: self.env["btp.echeance"]._get_today(),
        help="The day on the postal receipt.",
    )

    def action_confirm(self):
        """Write the outcome; the reminder leaves the desk unless nobody answered."""
        self.ensure_one()
        relance = self.relance_id
        relance.check_access("write")
        if relance.state != "assigned":
            raise UserError(self.env._("This reminder is no longer waiting for you."))
        if self.channel == "call":
            if not self.outcome:
                raise UserError(self.env._("Choose what came of the call."))
            relance.sudo()._record_call(self.outcome, self.note, self.pause_until)
        else:
            if not (self.tracking_number or "").strip():
                raise UserError(
                    self.env._(
                        "Type the number of the registered letter: it is the proof."
                    )
                )
            relance.sudo()._record_posting(self.tracking_number, self._get_posted_on())
        return {"type": "ir.actions.act_window_close"}

    def _get_posted_on(self):
        """Return the day of the postal receipt, refused when it has not come."""
        today = self.env["btp.echeance"]._get_today()
        day = self.posted_on or today
        if day > today:
            raise UserError(self.env._("A letter is not posted on a day to come."))
        return day
