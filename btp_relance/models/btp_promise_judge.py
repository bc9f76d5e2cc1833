# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools.misc import formatLang

from ..engine.promise import Verdict, judge
from .account_move_interest_data import to_decimal
from .btp_promise import JUDGED

#: Row of the journal for each verdict.
EVENTS = {
    "kept": "promise_kept",
    "partly": "promise_partly",
    "broken": "promise_broken",
    "cancelled": "promise_dropped",
    "open": "promise",
}
FAILED = ("partly", "broken")


class BtpPromise(models.Model):
    """Whether a promise was kept: the ledger says so, today as for any past day."""

    _inherit = "btp.promise"

    # === DAILY JOB === #

    @api.model
    def _cron_judge(self):
        """Judge the promises whose time is over, before the reminders are planned."""
        companies = self.env["res.company"].sudo().search([])
        for company in companies:
            self.with_company(company)._judge_due(company)

    @api.model
    def _judge_due(self, company):
        """Judge the promises of one company that are over, in batches that commit."""
        today = self.env["btp.echeance"]._get_today()
        self._work_off(
            [
                ("company_id", "=", company.id),
                ("state", "=", "open"),
                ("hold_until", "<", today),
            ],
            lambda promise: promise._judge_one(),
        )

    @api.model
    def _on_ledger_change(self, move_lines):
        """Judge again the promises about amounts due that a payment has just touched.

        :param move_lines: receivable lines just reconciled or unreconciled
        """
        lines = (
            self.env["btp.promise.line"]
            .sudo()
            .search([("move_line_id", "in", move_lines.ids)])
        )
        lines.promise_id.filtered(
            lambda promise: (
                promise.state in JUDGED
                # Nothing was left to pay: perhaps something is again.
                or promise.state == "cancelled"
                and promise.judged_on
            )
        )._judge()

    # === THE VERDICT === #

    def _get_verdict(self, today=None) -> Verdict:
        """Return what the ledger says of one promise on a day.

        :param date today: the day (default: today); the answer for a past day never
            changes while nothing dated before it is entered
        """
        self.ensure_one()
        today = today or self._get_today()
        return judge(
            to_decimal(self.amount, self.currency_id),
            [
                line.move_line_id._get_btp_followed(line.paid_before, self.made_on)
                for line in self.line_ids
            ],
            self.hold_until,
            today,
        )

    def _judge(self):
        """Write what the ledger says; one bad promise never stops the others."""
        self._each(lambda promise: promise._judge_one())

    def _judge_one(self):
        verdict = self._get_verdict()
        state = verdict.state
        if state == "open" and self.state != "open" and self._is_taken():
            # Meanwhile the customer promised anew: that one holds.
            state = "cancelled"
        amount = self.currency_id.round(float(verdict.amount))
        if state == self.state:
            if self.currency_id.compare_amounts(self.kept_amount, amount):
                self.kept_amount = amount
            return
        before, today = self.state, self._get_today()
        over = state != "open"
        self.write(
            {
                "state": state,
                "kept_amount": amount,
                "judged_on": over and today,
                "closed_on": over and today,
                "cancel_reason": state == "cancelled"
                and self.env._("Nothing was left to be paid"),
            }
        )
        self._sync()
        self._note(EVENTS[state], self._explain())
        if state in FAILED and before not in FAILED:
            self._escalate_broken()

    def _explain(self) -> str:
        """Return what came in, in one sentence."""
        if self.state == "open":
            return self.env._("Open again: the payment was undone")
        return self.env._(
            "%s received",
            formatLang(self.env, self.kept_amount, currency_obj=self.currency_id),
        )

    def _escalate_broken(self):
        """Hand a promise not kept to a person, who sees what comes next."""
        self.invalidate_recordset(["next_step"])
        reason = self.env._(
            "Promise of %(promise)s not kept: %(received)s. Next: %(next)s",
            promise=self._say(),
            received=self._explain(),
            next=self.next_step or self.env._("Nothing by itself."),
        )
        self.env["btp.escalation"]._escalate(
            "broken_promise",
            self,
            self.partner_id,
            self.company_id,
            reason,
            lines=self.line_ids.move_line_id,
        )
