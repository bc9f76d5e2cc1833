# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import email_normalize

from ..engine.answers import Reading, read, to_text

_logger = logging.getLogger(__name__)

#: What is kept of a text: the rest is history.
MAX_TEXT = 60_000


class BtpAnswer(models.Model):
    """An answer that comes in: kept, read, and acted on where the company trusts it."""

    _inherit = "btp.answer"

    @api.model
    def _receive(self, message, values: dict):
        """Make the answer that a message is, once, and read it.

        :param message: the ``mail.message``, as it was posted
        :param values: of the answer: company, customer, reminder
        :return: the ``btp.answer``
        """
        answers = self.sudo()
        known = answers.search([("message_id", "=", message.id)], limit=1)
        if known:
            return known
        answer = answers.with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True
        ).create(values | answers._prepare(message))
        answer._read()
        return answer

    @api.model
    def _prepare(self, message) -> dict:
        """Return what an answer takes from its message."""
        return {
            "message_id": message.id,
            "email_from": message.email_from,
            "contact_id": message.author_id.id,
            "subject": message.subject,
            "received_on": message.date or fields.Datetime.now(),
            "automatic": self.env.context.get("btp_automatic") or False,
            "text": to_text(message.body or "")[:MAX_TEXT],
        }

    def _read(self):
        """Read an answer: its readings are proposals, until the company trusts them."""
        self.ensure_one()
        lang = self.contact_id.lang or self.partner_id.lang or self.env.lang or "fr"
        self.lang = lang[:2]
        try:
            # A reader of an addon may ask the database, and say what it does not know.
            with self.env.cr.savepoint():
                self._make_readings(
                    self._read_text(self.text, self.lang, self._get_facts())
                )
        except psycopg2.errors.SerializationFailure:
            raise
        except Exception as error:  # noqa: BLE001 an answer is never lost for its reader
            # Its text may name the debtor.
            _logger.error("Answer %s not read: %s", self.id, type(error).__name__)
            self.invalidate_recordset(["reading_ids"])
            self._make_readings([Reading("none", "", 0, 0, 0.0)])
        self._settle_automatic()
        if self.state == "to_read":
            self.reading_ids._apply_trusted()
        self.relance_id._sync_unread()

    def _make_readings(self, readings: list[Reading]):
        """Keep what the reader says of an answer."""
        self.ensure_one()
        records = self.env["btp.answer.reading"].create(
            [
                {
                    "answer_id": self.id,
                    "kind": reading.kind,
                    "quote": reading.quote,
                    "quote_start": reading.start,
                    "quote_end": reading.end,
                    "confidence": reading.confidence,
                    "date": reading.date,
                    "amount": reading.amount or 0.0,
                    "reason": reading.reason,
                    "details": reading.values,
                    "name": reading.values.get("name"),
                    "email": reading.values.get("email"),
                    "phone": reading.values.get("phone"),
                }
                for reading in readings
            ]
        )
        records._find_moves()
        records.flush_recordset()

    def _settle_automatic(self):
        """Let what a machine wrote neither stop nor bother for ever.

        Somebody away leaves the customer in peace until they are back, and is shown; an
        acknowledgement that says nothing is read.
        """
        if not self.automatic:
            return
        away = self.reading_ids.filtered(lambda item: item.kind == "out_of_office")
        if away:
            self._pause(away[0].date)
        if set(self.reading_ids.mapped("kind")) == {"none"}:
            self.write({"state": "read", "read_on": fields.Datetime.now()})
            self.reading_ids.state = "dismissed"

    @api.model
    def _read_text(self, text: str, lang: str, facts: dict) -> list[Reading]:
        """Return what a text says.

        Hook: an addon replaces the reader, or corrects what it says. It returns at least
        one reading (``none``), each with the words that it relied on, and their place in
        ``text``; a confidence means how often such a reading is right.

        :param text: plain text of the message, history and signature included
        :param lang: “fr”, “en”…: the language of the customer
        :param facts: ``today`` (date), ``own_texts`` (what we wrote), ``own_emails``,
            ``auto`` (a machine answers for somebody), ``total`` (what is due)
        """
        return read(text, lang, facts["today"], facts)

    def _get_facts(self) -> dict:
        """Return what the reader may know of an answer."""
        self.ensure_one()
        day = self.received_on and fields.Datetime.context_timestamp(
            self.with_context(tz=str(self.company_id._get_btp_zone())), self.received_on
        )
        addresses = [
            self.company_id.email,
            self.company_id.sudo().btp_answer_alias_id.alias_full_name,
            self.company_id.catchall_email,
            self.user_id.email,
        ]
        return {
            "today": day.date() if day else self.env["btp.echeance"]._get_today(),
            "own_texts": self._get_own_texts(),
            "own_emails": [
                address
                for address in map(email_normalize, filter(None, addresses))
                if address
            ],
            "auto": self.automatic == "reply",
            "total": self.relance_id.amount_due,
        }

    def _get_own_texts(self) -> list[str]:
        """Return what we wrote that may come back under the answer."""
        relance = self.relance_id.sudo()
        bodies = (relance.body, relance.mail_id.body_html)
        return [to_text(str(body)) for body in bodies if body]
