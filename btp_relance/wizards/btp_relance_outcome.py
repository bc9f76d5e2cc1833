# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import CALL_OUTCOMES
from ..engine.calendar import Closed, other_half_day, why_closed
from ..models.btp_dispute import REASONS

#: Days proposed for a promise; the person on the phone says which.
PROMISE_DAYS = 7


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
    promise_date = fields.Date(
        "Promised For", default=lambda self: self._default_promise_date()
    )
    company_currency_id = fields.Many2one(related="relance_id.company_currency_id")
    promise_amount = fields.Monetary(
        "Part of It",
        currency_field="company_currency_id",
        help="0: all that this call is about.",
    )
    callback_on = fields.Datetime(
        "Call Again At", default=lambda self: self._default_callback_on()
    )
    dispute_reason = fields.Selection(REASONS, "Contested", default="other")
    started_at = fields.Datetime(default=fields.Datetime.now)
    minutes = fields.Float(
        "Minutes Spent",
        digits=(6, 0),
        help="0: counted from the opening of this screen; type another number to correct it.",
    )
    closed_reason = fields.Char(compute="_compute_closed_reason")
    tracking_number = fields.Char()
    posted_on = fields.Date(
        default=lambda self: self.env["btp.echeance"]._get_today(),
        help="The day on the postal receipt.",
    )

    @api.model
    def _default_promise_date(self):
        today = self.env["btp.echeance"]._get_today()
        company = self.env.company.sudo()
        return company._get_btp_pause(today + timedelta(days=PROMISE_DAYS), 0)

    @api.model
    def _default_callback_on(self):
        company = self.env.company.sudo()
        now = self.env["btp.echeance"]._get_now()
        moment = other_half_day(now, company._get_btp_agenda(today=now.date()))
        return company._btp_to_utc(moment)

    @api.depends("relance_id")
    def _compute_closed_reason(self):
        now = self.env["btp.echeance"]._get_now()
        for wizard in self:
            relance = wizard.relance_id
            company = relance.company_id.sudo()
            closed = company and why_closed(
                now, company._get_btp_agenda(relance.partner_id, now.date())
            )
            wizard.closed_reason = (
                relance._describe_closed(closed, known=True)
                if isinstance(closed, Closed)
                else False
            )

    # === ACTIONS === #

    def action_outcome(self):
        """Write the outcome that the button stands for, and open what comes next."""
        self.outcome = self.env.context.get("outcome")
        return self.action_confirm()

    def action_confirm(self):
        """Write the outcome; the reminder leaves the desk unless the call comes back."""
        self.ensure_one()
        relance = self.relance_id
        relance.check_access("write")
        if relance.state != "assigned":
            raise UserError(self.env._("This reminder is no longer waiting for you."))
        if self.channel == "call":
            self._check_outcome()
            relance.sudo()._record_call(
                self.outcome, self.note, self.pause_until, **self._prepare_details()
            )
            return self._get_next_action() or self._close()
        if not (self.tracking_number or "").strip():
            raise UserError(
                self.env._("Type the number of the registered letter: it is the proof.")
            )
        relance.sudo()._record_posting(self.tracking_number, self._get_posted_on())
        return self._close()

    def _check_outcome(self):
        """Refuse an outcome without what has to be known of it."""
        today = self.env["btp.echeance"]._get_today()
        if not self.outcome:
            raise UserError(self.env._("Choose what came of the call."))
        if self.outcome == "promise" and not self.promise_date:
            raise UserError(self.env._("Type the day for which payment is promised."))
        if self.outcome == "promise" and self.promise_date < today:
            raise UserError(self.env._("A promise is for today or a day to come."))
        if self.outcome == "dispute" and not (self.note or "").strip():
            raise UserError(
                self.env._("Type what the customer disputes: it holds the invoices.")
            )
        if self.outcome == "callback" and not self.callback_on:
            raise UserError(self.env._("Type when to call again."))

    def _prepare_details(self) -> dict:
        """Return what the reminder is told beside the outcome."""
        details = {"minutes": self.minutes or self._count_minutes()}
        if self.outcome == "promise":
            details["promise_date"] = self.promise_date
            details["promise_amount"] = self.promise_amount or None
        if self.outcome == "dispute":
            details["dispute_reason"] = self.dispute_reason
        if self.outcome == "callback":
            details["callback_on"] = self.callback_on
        return details

    def _count_minutes(self) -> float:
        """Return the minutes since the screen was opened, to the minute begun."""
        spent = fields.Datetime.now() - (self.started_at or fields.Datetime.now())
        return float(-(-max(int(spent.total_seconds()), 0) // 60))

    def _get_next_action(self) -> dict | None:
        """Return what opens after the outcome: the documents missing, the disputes."""
        if self.outcome == "document":
            return self.relance_id._open_missing_documents()
        if self.outcome == "dispute":
            return self.relance_id.action_view_disputes()
        return None

    def _close(self) -> dict:
        return {"type": "ir.actions.act_window_close"}

    def _get_posted_on(self):
        """Return the day of the postal receipt, refused when it has not come."""
        today = self.env["btp.echeance"]._get_today()
        day = self.posted_on or today
        if day > today:
            raise UserError(self.env._("A letter is not posted on a day to come."))
        return day
