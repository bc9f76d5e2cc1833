# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from functools import partial

from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, formatLang

from ..engine.calendar import add_working_days
from ..engine.promise import GRACE, Past, allocate, last_day, spans
from .account_move_interest_data import to_decimal

#: What is answered where a company set no limit.
UNLIMITED = 99


class BtpPromise(models.Model):
    """How a promise is made, and how far one may go."""

    _inherit = "btp.promise"

    @api.model
    def _make(
        self,
        partner,
        company,
        day,
        lines,
        amount=None,
        source="agent",
        relance=None,
        quote=None,
        state="open",
        contact=None,
        reason=None,
    ):
        """Note a promise; an open one on the same amounts due makes way for it.

        :param partner: the debtor
        :param company: the creditor
        :param date day: the day promised
        :param lines: ``account.move.line`` records promised
        :param float amount: part of them, the oldest first (default: all)
        :param str source: ``customer``, ``agent`` or ``answer``
        :param relance: the ``btp.relance`` that it answers
        :param str quote: the sentence that was read
        :param str state: ``open``, or ``proposed`` until a person accepts it
        :param contact: who promised
        :param str reason: why an agent goes beyond the limits
        :return: the ``btp.promise``
        :raise UserError: one sentence on what to do instead
        """
        company = company.sudo()
        self = self.sudo().with_company(company)
        lines = lines._get_btp_agreeable(partner, company)
        amount = self._check_amount(amount, lines)
        if state == "open":
            reason = self._check_limits(partner, company, day, lines, source, reason)
            self._replace(lines)
        promise = self.with_context(mail_create_nolog=True).create(
            {
                **self._prepare(partner, company, day, lines, amount),
                "source": source,
                "quote": quote,
                "reason": reason,
                "state": state,
                "relance_id": relance and relance.id,
                "contact_id": (contact or partner).id,
                "user_id": self._find_agent(partner, company, relance).id,
            }
        )
        if state == "open":
            promise._open()
        return promise.sudo(False)

    @api.model
    def _prepare(self, partner, company, day, lines, amount) -> dict:
        """Return the values of a promise about ``lines``."""
        currency = lines.currency_id
        parts = allocate(
            to_decimal(amount, currency),
            [to_decimal(line.amount_residual_currency, currency) for line in lines],
        )
        return {
            "company_id": company.id,
            "partner_id": partner.commercial_partner_id.id,
            "made_on": self.env["btp.echeance"]._get_today(),
            "date": day,
            "hold_until": company._get_btp_pause(day, GRACE),
            "currency_id": currency.id,
            "amount": amount,
            "line_ids": [
                Command.create(
                    {
                        "move_line_id": line.id,
                        "amount": float(part),
                        "paid_before": line._get_btp_paid(),
                    }
                )
                for line, part in zip(lines, parts, strict=True)
            ],
        }

    @api.model
    def _check_amount(self, amount, lines) -> float:
        """Return the amount promised, refused where it is nothing or too much."""
        currency = lines.currency_id
        due = currency.round(sum(lines.mapped("amount_residual_currency")))
        if amount is None:
            return due
        amount = currency.round(amount)
        if currency.compare_amounts(amount, 0) <= 0:
            raise UserError(self.env._("Type the amount that is promised."))
        if currency.compare_amounts(amount, due) > 0:
            raise UserError(
                self.env._(
                    "Only %s is left to pay of these invoices: promise no more.",
                    formatLang(self.env, due, currency_obj=currency),
                )
            )
        return amount

    # === LIMITS === #

    @api.model
    def _get_limits(self, partner, company, lines) -> dict:
        """Return how far a customer may go about amounts due.

        :return: ``{"first": first day, "last": last day, "left": promises left,
            "reason": why none can be made, or False}``
        """
        company = company.sudo()
        self = self.sudo().with_company(company)
        today = self.env["btp.echeance"]._get_today()
        bar = self._get_bar(partner, company, lines)
        limits = company._get_btp_promise_limits()
        agenda = company._get_btp_agenda(today=today)
        pause = partial(add_working_days, count=GRACE, agenda=agenda)
        past = self._get_past(lines, today)
        days = [last_day(today, limits, past[line], pause) for line in lines]
        used = max((past[line].count for line in lines), default=0)
        left = limits.count - used if limits.count else UNLIMITED
        last = None if None in days else min(days, default=None)
        if not bar and left <= 0:
            bar = self.env._(
                "%s promises were already made for these invoices: please pay, or call us.",
                used,
            )
        elif not bar and not last:
            bar = self.env._(
                "These invoices waited long enough for promises: please pay, or call us."
            )
        return {
            "first": today,
            "last": last or today,
            "left": 0 if bar else max(left, 0),
            "reason": bar,
        }

    @api.model
    def _get_past(self, lines, today) -> dict:
        """Return what earlier promises took of the limits: ``{journal item: Past}``."""
        found = self.env["btp.promise.line"].search(
            [
                ("move_line_id", "in", lines.ids),
                ("promise_id.opened_on", "!=", False),
                ("amount", ">", 0),
            ]
        )
        groups = found.grouped("move_line_id")
        past = dict.fromkeys(lines, Past())
        for line, group in groups.items():
            past[line] = spans(
                (
                    promise.opened_on,
                    min(promise.closed_on or today, promise.hold_until, today),
                    promise.state == "kept",
                )
                for promise in group.promise_id
            )
        return past

    @api.model
    def _check_limits(self, partner, company, day, lines, source, reason):
        """Refuse what goes beyond the limits; an agent may, and says why.

        :return: the reason where one was needed
        :raise UserError: one sentence on what to do instead
        """
        today = self.env["btp.echeance"]._get_today()
        if not day or day < today:
            raise UserError(self.env._("A promise is for today or a day to come."))
        if bar := self._get_bar(partner, company, lines):
            raise UserError(bar)
        limits = self._get_limits(partner, company, lines)
        beyond = limits["reason"] or (
            day > limits["last"]
            and self.env._(
                "The last day that can be promised is %s.",
                format_date(self.env, limits["last"]),
            )
        )
        if not beyond:
            return False
        if source == "customer" or source == "answer" and not reason:
            raise UserError(beyond)
        reason = (reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("%s To go beyond, type the reason in the note.", beyond)
            )
        return reason

    # === OPENING === #

    @api.model
    def _replace(self, lines):
        """End the promises on amounts due that a new one is about.

        One that counts on them without holding them goes on without them.
        """
        old = self.env["btp.promise.line"].search(
            [
                ("move_line_id", "in", lines.ids),
                ("promise_id.state", "in", ("open", "proposed")),
            ]
        )
        if self:
            old = old.filtered(lambda line: line.promise_id not in self)
        held = old.filtered("amount")
        if held:
            held.promise_id._cancel(self.env._("Replaced by a new promise"))
        (old - held).filtered("is_open").unlink()

    def _accept(self, user):
        """Open a promise that was read in an answer, on what is still due of it.

        :param user: who accepts it
        """
        self.ensure_one()
        self = self.with_company(self.company_id)
        lines = self.line_ids.move_line_id._get_btp_agreeable(
            self.partner_id, self.company_id
        )
        reason = self._check_limits(
            self.partner_id, self.company_id, self.date, lines, "agent", self.note
        )
        due = self.currency_id.round(sum(lines.mapped("amount_residual_currency")))
        self._replace(lines)
        self.line_ids.unlink()
        values = self._prepare(
            self.partner_id, self.company_id, self.date, lines, min(self.amount, due)
        )
        self.write({**values, "state": "open", "reason": reason})
        self.user_id = self.user_id or user
        self._open()

    def _open(self):
        """Hold the amounts due from now on, and confirm the promise."""
        self.ensure_one()
        self.opened_on = self.made_on
        self._sync()
        self._note("promise", self.reason)
        self.env["btp.relance.line"]._on_ledger_change(self.line_ids.move_line_id)
        self.env["btp.confirmation"]._confirm_made(self)

    @api.model
    def _adopt(self, relance, move):
        """Make a promise of one noted before promises were kept: its pause is lifted.

        :param relance: the ``btp.relance`` of the call, with its ``promise_date``
        :param move: an invoice of the call that is paused until a day to come
        """
        lines = move.line_ids.filtered(
            lambda line: (
                line.account_id.account_type == "asset_receivable"
                and not line.reconciled
                and line.amount_residual_currency > 0
            )
        )
        if not lines or lines.filtered(lambda line: self._is_promised(line)):
            return
        day = relance.promise_date
        due = sum(lines.mapped("amount_residual_currency"))
        values = self._prepare(relance.partner_id, relance.company_id, day, lines, due)
        since = relance.contacted_on or values["made_on"]
        promise = self.with_context(mail_create_nolog=True).create(
            {
                **values,
                "source": "agent",
                "state": "open",
                "note": relance.call_note,
                "relance_id": relance.id,
                "contact_id": relance.contact_id.id,
                "user_id": relance._get_agent().id,
                "made_on": since,
                "opened_on": since,
                "hold_until": move.btp_no_reminder_until,
            }
        )
        move.write(
            {
                "btp_no_reminder": False,
                "btp_no_reminder_until": False,
                "btp_no_reminder_reason": False,
            }
        )
        promise._note("promise")

    @api.model
    def _is_promised(self, line) -> bool:
        """Return whether an amount due has an open promise."""
        return bool(
            self.env["btp.promise.line"].search_count(
                [("move_line_id", "=", line.id), ("is_open", "=", True)], limit=1
            )
        )
