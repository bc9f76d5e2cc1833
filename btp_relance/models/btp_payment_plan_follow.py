# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, formatLang

from ..engine.ledger import received, still_open
from ..engine.plan import GRACE, Instalment, follow
from .account_move_interest_data import to_decimal
from .btp_payment_plan import LIVE

#: Holds that come before a plan: nobody is warned under them, a person decides.
STOPS = (
    "insolvency",
    "legal_file",
    "lawyer",
    "vulnerable",
    "paying",
    "credit",
    "dispute",
)


class BtpPaymentPlan(models.Model):
    """What becomes of a plan: payments settle it, a warning comes before it is void."""

    _inherit = "btp.payment.plan"

    # === DAILY JOB === #

    @api.model
    def _cron_follow(self):
        """Follow every plan, before the reminders are planned."""
        for company in self.env["res.company"].sudo().search([]):
            self.with_company(company)._follow_company(company)

    @api.model
    def _follow_company(self, company):
        """Follow the plans of one company, in batches that commit."""
        self._work_off(
            [("company_id", "=", company.id), ("state", "in", LIVE)],
            lambda plan: plan._follow_day(),
        )

    @api.model
    def _on_ledger_change(self, move_lines):
        """Follow the plans of amounts due that a payment has just touched.

        :param move_lines: receivable lines just reconciled or unreconciled
        """
        lines = (
            self.env["btp.payment.plan.source"]
            .sudo()
            .search([("move_line_id", "in", move_lines.ids)])
        )
        states = (*LIVE, "done")
        plans = lines.plan_id.filtered(lambda plan: plan.state in states)
        plans._each(lambda plan: plan._follow())

    def _follow_day(self):
        """Bring one plan up to date, and tell the customer what has to be told today."""
        self.ensure_one()
        today = self._get_today()
        lines = self.source_line_ids.move_line_id
        if bar := lines._get_btp_bar(self.partner_id, self.company_id):
            self._end("cancelled", bar)
            return
        self._follow()
        if self.state == "to_sign" and self.hold_until and self.hold_until < today:
            self._end("cancelled", self.env._("Not signed in time"))
        elif self.state == "active":
            self._announce(today)
            self._chase(today)

    # === THE LEDGER === #

    def _get_followed(self) -> list:
        """Return the amounts due of the plan as the engine follows them."""
        self.ensure_one()
        # Signed on paper, it may have been recorded later: what came in between is in it.
        since = max(self.signed_day, self.started_on or self.signed_day)
        return [
            line.move_line_id._get_btp_followed(line.paid_before, since)
            for line in self.source_line_ids
        ]

    def _follow(self):
        """Settle the instalments with what came in; the ledger itself is not touched."""
        self.ensure_one()
        if self.state in ("requested", "to_sign"):
            self._fit()
            return
        today, parts = self._get_today(), self._get_followed()
        if self.state == "done" and self._is_taken():
            return
        instalments = self.instalment_ids.sorted("sequence")
        progress = follow(
            [
                Instalment(part.date, to_decimal(part.amount, self.currency_id))
                for part in instalments
            ],
            parts,
            today,
            [self._get_deadline(part.date) for part in instalments],
        )
        for part, now in zip(instalments, progress, strict=True):
            left = float(now.left)
            if part.state != now.state or self.currency_id.compare_amounts(
                part.left, left
            ):
                part.write(
                    {
                        "state": now.state,
                        "left": left,
                        "paid_on": now.state == "paid" and (part.paid_on or today),
                    }
                )
        paid = min(received(parts, today), to_decimal(self.amount, self.currency_id))
        self.paid_amount = float(paid)
        self._settle(nothing_due=not paid and not still_open(parts, today))

    def _settle(self, nothing_due: bool):
        """Write what the instalments make of the plan.

        :param bool nothing_due: credit notes took all, nothing was paid
        """
        unpaid = self.instalment_ids.filtered(lambda part: part.state != "paid")
        if nothing_due and self.state == "active":
            self._end("cancelled", self.env._("Nothing was left to be paid"))
        elif not unpaid and self.state == "active":
            self.warned_on = self.warned_until = False
            self._end("done", None)
        elif unpaid:
            if self.state == "done":
                self.state = "active"
                self._note("plan_resumed", self.env._("A payment was undone"))
            if self.warned_on and not self._get_warned_parts():
                self.warned_on = self.warned_until = False
                self._note("plan_resumed")
            if not self.is_late:
                self.wait_reason = False
            self.hold_until = self._get_hold()
        self._sync()

    def _fit(self):
        """Fit a plan not yet signed to what is left to pay: its end gives and takes."""
        left = {
            line: max(line.residual, 0)
            if line.move_line_id.parent_state == "posted"
            else 0
            for line in self.source_line_ids
        }
        due = self.currency_id.round(sum(left.values()))
        if self.currency_id.compare_amounts(due, 0) <= 0:
            self._end("cancelled", self.env._("Nothing is left to pay"))
            return
        if not self.currency_id.compare_amounts(due, self.amount):
            return
        change = self.currency_id.round(due - self.amount)
        for part in self.instalment_ids.sorted("sequence", reverse=True):
            amount = self.currency_id.round(max(part.amount + change, 0))
            change = self.currency_id.round(part.amount + change - amount)
            if self.currency_id.is_zero(amount):
                part.unlink()
            else:
                part.write({"amount": amount, "left": amount})
            if self.currency_id.is_zero(change):
                break
        for line, amount in left.items():
            line.amount = amount
        self.amount = due

    # === DAYS === #

    def _get_deadline(self, day):
        """Return the last day on which an instalment is paid in time."""
        return self.company_id._get_btp_pause(day, GRACE)

    def _get_hold(self):
        """Return until when the plan holds if nobody pays; nothing: a person decides."""
        if self.warned_until:
            return self.warned_until
        unpaid = self.instalment_ids.filtered(lambda part: part.state != "paid")
        first = unpaid.sorted("sequence")[:1]
        if first.state == "late":
            return False
        # The morning after, the customer is warned.
        days = timedelta(days=1 + self.company_id.btp_plan_warning_days)
        return self._get_deadline(first.date) + days

    # === TELLING THE CUSTOMER === #

    def _get_stop(self) -> str | bool:
        """Return what stands above the plan, in the words of the list of amounts due."""
        echeances = self.env["btp.echeance"]
        self.env.flush_all()
        echeances.invalidate_model()
        due = echeances.search(
            [("id", "in", self.source_line_ids.move_line_id.ids)]
        ).filtered(lambda one: one.hold_code in STOPS)
        labels = dict(echeances._fields["hold_code"]._description_selection(self.env))
        return bool(due) and labels[due[0].hold_code]

    def _announce(self, today):
        """Announce the next instalment, once, some days before."""
        days = self.company_id.btp_plan_remind_days
        coming = self.instalment_ids.filtered(
            lambda part: (
                part.state == "coming"
                and not part.reminded_on
                and today <= part.date <= today + timedelta(days=days)
            )
        ).sorted("sequence")[:1]
        if days and coming and not self._get_stop():
            coming.reminded_on = today
            self.env["btp.confirmation"]._tell_plan("plan_coming", self, coming)

    def _chase(self, today):
        """Warn of an instalment not paid; after the days of the warning, void."""
        late = self.instalment_ids.filtered(lambda part: part.state == "late")
        if not late:
            return
        if stop := self._get_stop():
            self._wait(stop)
        elif not self.warned_on:
            self._warn(late.sorted("sequence")[0], today)
        elif self.warned_until and today > self.warned_until:
            if self._is_warned():
                self._void()
            else:
                self._wait(self.env._("The warning did not reach the customer"))

    def _warn(self, part, today):
        """Warn the customer: paid within some days, the plan goes on."""
        days = timedelta(days=self.company_id.btp_plan_warning_days)
        self.write(
            {
                "warned_on": today,
                "warned_until": today + days,
                "wait_reason": False,
            }
        )
        self.hold_until = self.warned_until
        self._sync()
        self.env["btp.confirmation"]._tell_plan("plan_warning", self, part)
        detail = self.env._(
            "%(amount)s of %(date)s, to be paid by %(until)s",
            amount=formatLang(self.env, part.left, currency_obj=self.currency_id),
            date=format_date(self.env, part.date),
            until=format_date(self.env, self.warned_until),
        )
        self._note("plan_warned", detail)
        self._escalate(self.env._("Instalment not paid: %s", detail))

    def _get_warned_parts(self):
        """Return the instalments not paid of which the last warning spoke."""
        return self.instalment_ids.filtered(
            lambda part: (
                part.state == "late" and self._get_deadline(part.date) < self.warned_on
            )
        )

    def _check_warned(self):
        """Refuse to make void what the agreement keeps until after a warning."""
        for plan in self:
            if not plan.warned_until:
                raise UserError(
                    self.env._(
                        "%s: the agreement wants a warning first, which leaves the "
                        "morning after the instalment.",
                        plan.reference,
                    )
                )
            if plan.warned_until >= plan._get_today():
                raise UserError(
                    self.env._(
                        "%(plan)s: the customer has until %(day)s to pay.",
                        plan=plan.reference,
                        day=format_date(self.env, plan.warned_until),
                    )
                )

    def _is_warned(self) -> bool:
        """Return whether the warning left."""
        warning = self.env["btp.confirmation"].search(
            [("plan_id", "=", self.id), ("kind", "=", "plan_warning")],
            order="id desc",
            limit=1,
        )
        return warning.state == "sent"

    def _wait(self, reason: str):
        """Leave a plan in default to a person: it holds until one decides."""
        if self.hold_until:
            self.hold_until = False
            self._sync()
        if self.wait_reason == reason:
            return
        self.wait_reason = reason
        self._escalate(self.env._("Instalment not paid, a person decides: %s", reason))

    def _give_time(self):
        """Give a customer who was warned as many days more."""
        self.ensure_one()
        days = timedelta(days=self.company_id.btp_plan_warning_days)
        self.warned_until = max(self.warned_until, self._get_today()) + days
        self.hold_until = self.warned_until
        self._sync()
        until = format_date(self.env, self.warned_until)
        self._note("plan_warned", self.env._("More time: until %s", until))

    def _void(self):
        """End plans in default: what they covered is chased again, from where it was."""
        for plan in self:
            plan = plan._in_company()
            late = plan.instalment_ids.filtered(lambda part: part.state == "late")
            left = sum(late.mapped("left"))
            reason = plan.env._(
                "%s not paid in spite of the warning",
                formatLang(plan.env, left, currency_obj=plan.currency_id),
            )
            plan._end("void", reason)
            plan.invalidate_recordset(["next_step"])
            plan._escalate(
                plan.env._(
                    "Instalment plan void: %(reason)s. Next: %(next)s",
                    reason=reason,
                    next=plan.next_step or plan.env._("Nothing by itself."),
                )
            )

    def _escalate(self, reason: str):
        """Hand a plan in default to a person."""
        self.env["btp.escalation"]._escalate(
            "plan_default",
            self,
            self.partner_id,
            self.company_id,
            reason,
            lines=self.source_line_ids.move_line_id,
        )
