# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import email_normalize
from odoo.tools.misc import format_date

from ..const import ANSWER_NEVER_ALONE
from .btp_relance_call import PAYMENT_DAYS

_logger = logging.getLogger(__name__)


class BtpAnswerReading(models.Model):
    """What follows from each reading: one action, in one click."""

    _inherit = "btp.answer.reading"

    def _apply(self):
        """Do what this reading proposes.

        :return: an action to open, where the person has something left to do
        :raise UserError: it cannot be done: the sentence says what to do first
        """
        self.ensure_one()
        reading = self.with_company(self.company_id)
        if not reading.partner_id and self.kind != "none":
            raise UserError(
                self.env._("Choose first whose answer it is: the customer is unknown.")
            )
        return getattr(reading, f"_apply_{self.kind}")()

    def _apply_alone(self):
        """Do what the company trusts; what cannot be done waits for a person."""
        self.ensure_one()
        if self.kind in ANSWER_NEVER_ALONE:
            return
        company = self.company_id
        reader = company.btp_relance_user_id.partner_id or company.partner_id
        reading = self.with_context(lang=reader.lang or self.env.lang)
        try:
            with self.env.cr.savepoint():
                reading._apply()
                reading.trusted = True
        except psycopg2.errors.SerializationFailure:
            raise
        except UserError:
            # The person who reads the answer meets the same refusal, in words.
            return
        except Exception as error:  # noqa: BLE001 the mail that came in is never lost
            _logger.error("Reading %s not applied: %s", self.id, type(error).__name__)

    def _done(self, outcome: str):
        """Note that the action of this reading was done."""
        self.sudo()._decide("applied", outcome)

    # === PAYING === #

    def _apply_promise(self):
        """Note the promise, which holds what it covers."""
        if not self.date:
            raise UserError(
                self.env._("No day was promised: correct the reading and give one.")
            )
        answer = self.answer_id
        lines = answer._get_lines()
        named = lines.filtered(lambda line: line.move_id in self.move_ids)
        promise = self.env["btp.promise"]._make(
            self.partner_id,
            self.company_id,
            self.date,
            named or lines,
            amount=self.amount or None,
            source="answer",
            relance=answer.relance_id or None,
            quote=self.quote,
            state="open",
            contact=answer.contact_id or None,
            reason=(self.details or {}).get("note"),
        )
        self._done(
            self.env._("Promise noted for %s.", format_date(self.env, promise.date))
        )

    def _apply_already_paid(self):
        """Ask for the payment to be found, and leave the invoices in peace meanwhile."""
        answer = self.answer_id
        moves = self.move_ids or answer._get_lines().move_id
        if not moves:
            raise UserError(
                self.env._("Nothing is left to pay: the answer is settled.")
            )
        today = self.env["btp.echeance"]._get_today()
        until = self.company_id.sudo()._get_btp_pause(today, PAYMENT_DAYS)
        moves.sudo().write(
            {
                "btp_no_reminder": True,
                "btp_no_reminder_until": until,
                "btp_no_reminder_reason": self.env._(
                    "Said to be paid: “%s”", self.quote
                ),
            }
        )
        moves[0].sudo().activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=today,
            summary=self.env._(
                "Find the payment of %s: the customer says it is paid",
                self.partner_id.name,
            ),
            note=self.summary,
            user_id=answer._get_agent().id,
        )
        self._done(
            self.env._(
                "A task asks to find the payment; no reminder until %s.",
                format_date(self.env, until),
            )
        )

    def _apply_dispute(self):
        """Open the dispute, which holds what is contested."""
        if len(self.move_ids) != 1:
            raise UserError(
                self.env._("Choose the invoice that is contested: correct the reading.")
            )
        answer = self.answer_id
        dispute = self.env["btp.dispute"]._open(
            self.move_ids,
            self.reason or "other",
            self.quote,
            amount=self.amount or None,
            source="answer",
            relance=answer.relance_id or None,
            contact=answer.contact_id or None,
        )
        self._done(
            self.env._(
                "Dispute opened on %s.", dispute.move_id.name or self.move_ids.name
            )
        )

    # === PEOPLE === #

    def _apply_wrong_contact(self):
        """Write to whom the answer names from now on."""
        email = email_normalize(self.email or "")
        if not email and not self.phone:
            raise UserError(
                self.env._("No other address was given: correct the reading with one.")
            )
        contact = self._find_contact(email, self.name, self.phone)
        self.partner_id.sudo().btp_relance_contact_id = contact
        self._done(
            self.env._("Reminders now go to %s.", contact.email or contact.display_name)
        )

    def _find_contact(self, email, name, phone):
        """Return the contact of the customer with an address, made where there is none."""
        partner = self.partner_id.sudo()
        people = partner | partner.child_ids
        known = people.filtered(lambda item: email and item.email_normalized == email)
        if known:
            return known[0]
        return self.env["res.partner"].sudo().create(
            {
                "parent_id": partner.id,
                "type": "contact",
                "name": name or email or phone,
                "email": email,
                "phone": phone,
                "lang": partner.lang,
            }
        )  # fmt: skip

    def _apply_out_of_office(self):
        """Leave the customer in peace until the day named, and keep the stand-in."""
        if not self.date:
            raise UserError(
                self.env._("No day of return was given: correct the reading with one.")
            )
        answer = self.answer_id.sudo()
        answer._pause(self.date)
        email = email_normalize(self.email or "")
        outcome = self.env._(
            "No reminder until %s.",
            format_date(self.env, answer.pause_until or self.date),
        )
        if email and email != answer.contact_id.email_normalized:
            stand_in = self._find_contact(email, self.name, self.phone)
            outcome = self.env._(
                "%(outcome)s %(contact)s stands in: added to the contacts.",
                outcome=outcome,
                contact=stand_in.display_name,
            )
        self._done(outcome)

    def _apply_unsubscribe(self):
        """Note the channel that is refused; what the law has sent by letter still leaves."""
        answer = self.answer_id
        contact = answer.contact_id
        if contact.commercial_partner_id != self.partner_id:
            contact = self.partner_id
        channel = (self.details or {}).get("channel") or "email"
        refusals = self.env["btp.contact.optout"].sudo()
        known = refusals.search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "=", contact.id),
                ("channel", "=", channel),
            ],
            limit=1,
        )
        known or refusals.create(
            {
                "company_id": self.company_id.id,
                "partner_id": contact.id,
                "channel": channel,
                "reason": self.quote,
            }
        )
        labels = dict(refusals._fields["channel"]._description_selection(self.env))
        self._done(
            self.env._(
                "%(contact)s no longer receives: %(channel)s. Letters still leave.",
                contact=contact.display_name,
                channel=labels[channel],
            )
        )

    # === CASES FOR A PERSON === #

    def _apply_distress(self):
        """Hand the case to a person; proceedings before a court are to be checked at once."""
        answer = self.answer_id
        insolvency = bool((self.details or {}).get("insolvency"))
        reason = (
            self.env._("Insolvency proceedings are named: “%s”", self.quote)
            if insolvency
            else self.env._("Cannot pay: “%s”", self.quote)
        )
        self.env["btp.escalation"]._escalate(
            "distress",
            answer,
            self.partner_id,
            self.company_id,
            reason,
            answer._get_lines(),
        )
        if insolvency:
            self.partner_id.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.env["btp.echeance"]._get_today(),
                summary=self.env._(
                    "Insolvency: check in the BODACC, declare the claim"
                ),
                note=self.env._(
                    "The customer writes: “%s”. If it is true, enter the date of the "
                    "judgment on the customer: reminders stop, and the claim is to be "
                    "declared within two months of its publication.",
                    self.quote,
                ),
                user_id=answer._get_agent().id,
            )
        self._done(self.env._("Handed to a person: financial distress."))

    def _apply_complaint(self):
        """Hand the case to a person, who approves each message from now on."""
        answer = self.answer_id
        self.env["btp.escalation"]._escalate(
            "complaint",
            answer,
            self.partner_id,
            self.company_id,
            self.env._("Complains about how we write: “%s”", self.quote),
            answer._get_lines(),
        )
        self.partner_id.sudo().btp_with_care = True
        self._done(
            self.env._("Handed to a person, who approves each message from now on.")
        )

    def _apply_none(self):
        """Nothing is proposed: the answer is read."""
        self._done(self.env._("Read."))

    # === DOCUMENTS === #

    def _apply_document_request(self):
        """Open a message to the customer with what was asked for, ready to send.

        The reading is done when that message leaves.
        """
        answer = self.answer_id
        record = answer.relance_id or answer
        attachments, missing = self._get_documents()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send the Documents"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "btp_answer_reading_id": self.id,
                "default_model": record._name,
                "default_res_ids": record.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": (answer.contact_id or self.partner_id).ids,
                "default_subject": answer.subject and f"Re: {answer.subject}",
                "default_attachment_ids": attachments.ids,
                "default_body": self._write_documents(attachments, missing),
            },
        }
