# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime
from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError

from ..engine.calendar import other_half_day

#: Working days that a payment said to be on its way may take.
PAYMENT_DAYS = 5
#: Outcomes after which the call comes back.
COMES_BACK = ("no_answer", "callback")


class CallReport(NamedTuple):
    """What a person reports of a call.

    :param str outcome: a code of ``CALL_OUTCOMES``
    :param str note: what was said
    :param date pause_until: last day without reminders (default: by the outcome)
    :param float minutes: time spent
    :param date promise_date: the day on which payment is promised
    :param float promise_amount: part of what is due (default: all)
    :param datetime callback_on: when to call again, in UTC
    :param str dispute_reason: a reason of ``btp.dispute``
    """

    outcome: str
    note: str | None = None
    pause_until: date | None = None
    minutes: float = 0.0
    promise_date: date | None = None
    promise_amount: float | None = None
    callback_on: datetime | None = None
    dispute_reason: str | None = None


class BtpRelance(models.Model):
    """Calls: what came of them, and what comes next."""

    _inherit = "btp.relance"

    call_at = fields.Datetime(
        "Call Again At", readonly=True, copy=False, help="Asked for, or the next try."
    )
    promise_date = fields.Date("Payment Promised For", readonly=True, copy=False)

    def _record_call(self, outcome: str, note=None, pause_until=None, **details):
        """Write the outcome of a call and what follows from it.

        Nobody answered: the call comes back at another half-day, a few times. Wrong number:
        it is flagged, and somebody else is proposed. A payment on its way leaves the invoices
        in peace; a promise holds them until its day, a dispute until it is settled. Else the
        step is done.

        :param outcome: a code of ``CALL_OUTCOMES``
        :param note: what was said
        :param date pause_until: last day without reminders for the invoices called about
        :param details: further values of :class:`CallReport`
        """
        self.ensure_one()
        report = CallReport(outcome, note, pause_until, **details)
        phone = self.phone
        label = self._note_call(report)
        self._pause_after_call(report, label)
        if outcome in COMES_BACK and self._comes_back(report):
            self._postpone_call(report)
            return
        self.activity_feedback(
            ["mail.mail_activity_data_call"],
            feedback=" – ".join(filter(None, [label, note])),
        )
        if outcome == "wrong_number":
            self._flag_wrong_number(phone)
            return
        self.call_at = False
        self._done()
        if outcome == "already_paid":
            self._ask_for_payment(note)
        elif outcome == "promise" and report.promise_date:
            self._note_promise(report)
        elif outcome == "dispute":
            self._open_disputes(report.dispute_reason, note)

    def _note_call(self, report: CallReport) -> str:
        """Write the call on the reminder and in the journal. Returns its outcome in words."""
        label = dict(self._fields["call_outcome"]._description_selection(self.env))[
            report.outcome
        ]
        self.write(
            {
                "call_outcome": report.outcome,
                "call_note": report.note,
                **self._prepare_charge(),
            }
        )
        if report.minutes:
            self._spend(report.minutes)
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "call",
                    "relance_id": self.id,
                    "recipient": self.phone,
                    "detail": " – ".join(filter(None, [label, report.note])),
                }
            ]
        )
        return label

    def _get_call_pause(self, report: CallReport):
        """Return the last day without reminders that an outcome stands for.

        :return: a date; nothing without a pause
        """
        today = self.env["btp.echeance"]._get_today()
        company = self.company_id.sudo()
        if report.pause_until:
            return report.pause_until
        if report.outcome in ("cheque", "already_paid"):
            return company._get_btp_pause(today, PAYMENT_DAYS)
        return None

    def _pause_after_call(self, report: CallReport, label: str):
        """Leave the invoices of the call in peace, as its outcome asks."""
        pause = self._get_call_pause(report)
        if not pause:
            return
        self.line_ids.filtered("step_id").move_id._pause_btp_reminders(pause, label)

    def _comes_back(self, report: CallReport) -> bool:
        """Return whether another call is made: asked for, or not yet tried often enough."""
        if report.outcome == "callback":
            return True
        company = self.company_id.sudo()
        tries = self.event_ids.filtered(lambda event: event.kind == "call")
        if len(tries) >= company.btp_max_unanswered:
            return False
        cap = company._get_btp_max_contacts(self.partner_id)
        today = self.env["btp.echeance"]._get_today()
        made = company._get_btp_attempts(self.partner_id, today) + self.attempts
        return not cap or made < cap

    def _postpone_call(self, report: CallReport):
        """Put the call back on the desk for its next moment."""
        company = self.company_id.sudo()
        zone = company._get_btp_zone()
        if report.callback_on:
            call_at = report.callback_on
            day = fields.Datetime.context_timestamp(
                self.with_context(tz=str(zone)), call_at
            ).date()
        else:
            now = self.env["btp.echeance"]._get_now()
            if self.call_at:
                planned = fields.Datetime.context_timestamp(
                    self.with_context(tz=str(zone)), self.call_at
                )
                now = max(now, planned.replace(tzinfo=None))
            agenda = company._get_btp_agenda(self.partner_id, now.date())
            moment = other_half_day(now, agenda)
            call_at, day = company._btp_to_utc(moment), moment.date()
        self.call_at = call_at
        self.activity_ids.date_deadline = day

    def _flag_wrong_number(self, phone: str | None):
        """Flag the number, and say who else can be called."""
        (self.contact_id | self.partner_id)._btp_flag_phone(phone)
        reason = self.env._(
            "Wrong number: correct the phone of %s, then try again.",
            self.contact_id.display_name,
        )
        self._fail(reason)
        self.invalidate_recordset(["phone", "call_contact_id"])
        other = self.call_contact_id
        if other and self.state == "failed":
            self.failure_reason = self.env._(
                "%(reason)s Or call %(contact)s instead: %(phone)s.",
                reason=reason,
                contact=other.display_name,
                phone=other._btp_get_phone() or self.partner_id._btp_get_phone(),
            )

    def _ask_for_payment(self, note: str | None):
        """Ask the agent to find the payment that the customer says was made."""
        move = self.line_ids.filtered("step_id").move_id[:1]
        move.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.env["btp.echeance"]._get_today(),
            summary=self.env._(
                "Find the payment of %s: the customer says it is paid",
                self.partner_id.name,
            ),
            note=note,
            user_id=self._get_agent().id,
        )

    def _note_promise(self, report: CallReport):
        """Note what was promised on the phone: it holds, is confirmed, then judged.

        What was said is the reason where the promise goes beyond the limits.
        """
        self.promise_date = report.promise_date
        told = self._get_told_lines().move_line_id
        due = told.filtered(
            lambda line: line.currency_id.compare_amounts(
                line.amount_residual_currency, 0
            )
            > 0
        )
        if not due:
            raise UserError(self.env._("Nothing is left to pay of these invoices."))
        groups = due.grouped("currency_id").values()
        for lines in groups:
            self.env["btp.promise"]._make(
                self.partner_id,
                self.company_id,
                report.promise_date,
                lines,
                amount=len(groups) == 1 and report.promise_amount or None,
                relance=self,
                contact=self.contact_id,
                reason=report.note,
            )

    # === A DOCUMENT IS MISSING === #

    def _open_missing_documents(self) -> dict:
        """Ask for the documents known to be missing, and open the request; else a new one.

        :return: an action: the open request, else the form of a document to ask for
        """
        self.ensure_one()
        moves = self.line_ids.filtered("step_id").move_id
        missing = (
            moves.sudo().btp_document_need_ids.filtered("missing").document_id
        ).filtered(lambda document: document.company_id == self.company_id)
        requests = self.env["btp.document.request"].sudo()
        if missing:
            requests.with_company(self.company_id)._add_to_request(missing)
            requests = missing.request_ids.filtered(lambda r: r.state == "open")
        if requests:
            return {
                "type": "ir.actions.act_window",
                "res_model": requests._name,
                "res_id": requests[0].id,
                "view_mode": "form",
            }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Document Missing"),
            "res_model": "btp.document",
            "view_mode": "form",
            "context": {
                "default_company_id": self.company_id.id,
                "default_move_id": moves[:1].id,
                "default_chantier_id": moves[:1].btp_chantier_id.id,
                "default_blocking": True,
            },
        }


class BtpDocumentRequest(models.Model):
    _inherit = "btp.document.request"

    def _add_to_request(self, documents):
        """Put documents on the open request of whoever owes each, made where there is none.

        :param documents: ``btp.document`` records of the current company, missing
        """
        for owner, group in documents.grouped("owner_partner_id").items():
            if not owner:
                continue
            domain = [
                ("company_id", "=", self.env.company.id),
                ("partner_id", "=", owner.id),
                ("state", "=", "open"),
            ]
            request = self.search(domain) or self.create(
                {
                    "company_id": self.env.company.id,
                    "partner_id": owner.id,
                    "assignee_id": group.owner_user_id[:1].id,
                }
            )
            request.document_ids |= group
        self.env["btp.document"].invalidate_model(["request_ids"])
