# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import SUPERUSER_ID, models
from odoo.exceptions import UserError
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
        # Nobody did it: neither the customer, in whose name the mail may come in.
        reading = self.with_user(SUPERUSER_ID).with_context(
            lang=reader.lang or self.env.lang
        )
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

    def _done(self, outcome: str, result=None):
        """Note that the action of this reading was done.

        :param outcome: one sentence
        :param result: the record that was made or changed: there it can be undone
        """
        self = self.sudo()  # noqa: PLW0642
        if result:
            self.write({"result_model": result._name, "result_id": result.id})
        self._decide("applied", outcome)

    # === PAYING === #

    def _apply_promise(self):
        """Note the promise, which holds what it covers."""
        if not self.date:
            raise UserError(
                self.env._("No day was promised: correct the reading and give one.")
            )
        answer = self.answer_id
        lines = answer._get_lines()
        named = lines.filtered(lambda line: line.move_id in self.move_ids) or lines
        promise = self.env["btp.promise"]._make(
            self.partner_id,
            self.company_id,
            self.date,
            named - self._get_promised(named),
            amount=self.amount or None,
            source="answer",
            relance=answer.relance_id or None,
            quote=self.quote,
            state="open",
            contact=answer.contact_id or None,
            reason=(self.details or {}).get("note"),
        )
        self._done(
            self.env._("Promise noted for %s.", format_date(self.env, promise.date)),
            promise,
        )

    def _get_promised(self, lines):
        """Return the amounts due that another promise of the same answer holds.

        “2 000 € on Friday, the rest at the end of the month”: the second promise does not
        take the place of the first.

        :raise UserError: nothing else is left to promise
        """
        others = self.answer_id.reading_ids.filtered(
            lambda item: item.result_model == "btp.promise" and item != self
        )
        promises = self.env["btp.promise"].sudo().browse(others.mapped("result_id"))
        promised = promises.exists().line_ids.filtered(
            lambda line: line.is_open and line.amount
        )
        held = promised.move_line_id & lines
        if lines and held == lines:
            raise UserError(
                self.env._(
                    "This answer already promised these invoices for %s, and each keeps one "
                    "promise: dismiss this one, or propose instalments.",
                    format_date(self.env, min(promised.promise_id.mapped("date"))),
                )
            )
        return held

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
        moves.sudo()._pause_btp_reminders(
            until, self.env._("Said to be paid: “%s”", self.quote)
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
            ),
            moves[0],
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
            ),
            dispute,
        )

    # === OTHERS === #

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
