# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext

_logger = logging.getLogger(__name__)

#: What Odoo itself writes on a letter when an address changes.
ADDRESS = {"street", "street2", "zip", "city", "state_id", "country_id"}
#: Errors of Snailmail that go away by themselves: it answered, so nothing left.
PASSING = ("UNKNOWN_ERROR",)


class SnailmailLetter(models.Model):
    """The letters of reminders in Snailmail's queue: looked at again before they leave,
    handed over once, and told on their reminder whatever happens.

    Snailmail knows no key: a letter whose answer is lost may have left, and is never handed
    over again by itself.
    """

    _inherit = "snailmail.letter"

    btp_relance_id = fields.Many2one(
        "btp.relance", "Reminder", ondelete="cascade", index="btree_not_null"
    )
    btp_letter_id = fields.Many2one(
        "ir.attachment", help="The letter as archived, before Snailmail's cover page."
    )
    btp_submitted_on = fields.Datetime(
        readonly=True, copy=False, help="It may have left from then on, answer or none."
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Only a dispatch puts the letter of a reminder in the queue."""
        if not self.env.su and any(vals.get("btp_relance_id") for vals in vals_list):
            raise AccessError(self.env._("Letters of reminders are made by reminders."))
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to people what only happens to the letter of a reminder."""
        if not self.env.su and (
            vals.get("btp_relance_id")
            or self.sudo().filtered("btp_relance_id")
            and set(vals) - ADDRESS
        ):
            raise AccessError(
                self.env._(
                    "Use the buttons of the reminder: its letter is not written."
                )
            )
        return super().write(vals)

    # === SNAILMAIL'S OWN DOORS === #

    def snailmail_print(self):
        # EXTENDS snailmail: what failed is made anew from the reminder.
        ours = self.sudo().filtered("btp_relance_id")
        if ours.filtered(lambda letter: letter.state != "pending"):
            raise UserError(
                self.env._("Use “Try Again” on the reminder: the letter is made anew.")
            )
        ours._btp_trigger()
        others = self - ours
        return super(SnailmailLetter, others).snailmail_print() if others else None

    def cancel(self):
        # EXTENDS snailmail: a letter that is cancelled is told on its reminder.
        if self.env.context.get("btp_quietly"):
            return super().cancel()
        ours = self.sudo().filtered("btp_relance_id")
        result = super(SnailmailLetter, self - ours).cancel()
        for letter in ours:
            relance = letter.btp_relance_id._in_company()
            letter._btp_take_back()
            if letter._btp_is_current() and relance.state == "assigned":
                relance._fail(self.env._("The letter was cancelled at Snailmail."))
        return result

    def _snailmail_print(self, immediate=True):
        # EXTENDS snailmail: whoever asks, the scheduler or a person.
        ours = self.filtered("btp_relance_id")
        result = None
        if self - ours:
            result = super(SnailmailLetter, self - ours)._snailmail_print(immediate)
        if immediate:
            for letter in ours.sudo():
                letter._btp_safely_print()
        return result

    def _fetch_attachment(self):
        # EXTENDS snailmail: the archived letter, behind Snailmail's cover page.
        archived = self.btp_letter_id
        if not archived or self.attachment_id != archived:
            return super()._fetch_attachment()
        content = archived.raw
        if self.cover:
            content = self._append_cover_page(content)
        self.attachment_id = self.env["ir.attachment"].create(
            {
                "name": archived.name,
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return self.attachment_id

    # === OUR QUEUE === #

    @api.model
    def _btp_trigger(self):
        """Wake our scheduler once this transaction is over: Odoo's turns once a day, and
        stops for everybody at the first letter that lacks credit."""
        self.env.ref("btp_relance_snailmail.ir_cron_snailmail").sudo()._trigger()

    @api.model
    def _btp_cron_print(self):
        """Hand over what waits, one by one."""
        cron = self.env["ir.cron"]
        waiting = self.search(
            [("btp_relance_id", "!=", False), ("state", "=", "pending")], order="id"
        )
        cron._commit_progress(remaining=len(waiting))
        for letter in waiting:
            letter._btp_safely_print()
            if not cron._commit_progress(1):
                return
        self.env["btp.relance.event"]._cron_seal()

    def _btp_is_current(self) -> bool:
        """Return whether this is the letter of its reminder, not a former one."""
        self.ensure_one()
        return self.btp_relance_id.snail_letter_id == self

    def _btp_take_back(self):
        """Take letters out of the queue, without a word on their reminders."""
        self.sudo().with_context(btp_quietly=True).cancel()

    def _btp_safely_print(self):
        """Hand over one letter; whatever it meets stays with it."""
        self.ensure_one()
        ids = self.ids
        self.env.invalidate_all()
        letter = self.browse(ids).try_lock_for_update()
        relance = letter.btp_relance_id.try_lock_for_update()
        if not relance:
            return
        relance = relance._in_company()
        letter = letter.with_env(relance.env)
        try:
            letter._btp_print()
            self.env.flush_all()
        except psycopg2.errors.SerializationFailure:
            # Another worker has just changed it: at the next turn.
            self.env.cr.rollback()
        except Exception as error:
            # Not its text, which may name the debtor.
            _logger.error("Letter %s at Snailmail: %s", ids, type(error).__name__)
            self.env.cr.rollback()
            letter._btp_note_error("UNKNOWN_ERROR", relance._explain(error))
            self.env.flush_all()

    def _btp_print(self):
        """Hand a letter over, unless it need not leave any more."""
        relance = self.btp_relance_id
        if self.state != "pending":
            return
        if not self._btp_is_current() or relance.state != "assigned":
            self._btp_take_back()
            return
        if self.btp_submitted_on:
            # The worker died before it noted the answer.
            self._btp_note_error("UNKNOWN_ERROR", self._btp_say_lost())
            return
        if not relance._recheck():
            self._btp_take_back()
            return
        if relance.letter_id != self.btp_letter_id:
            # Paid in part meanwhile: another letter says so.
            self._btp_take_back()
            relance.write({"state": "approved", "letter_id": False, "body": False})
            self.env["btp.relance.engine"]._trigger_dispatch()
            return
        if not self._is_valid_address(self):
            self._btp_note_error("MISSING_REQUIRED_FIELDS")
            return
        self._fetch_attachment()
        self.btp_submitted_on = fields.Datetime.now()
        # From here on nobody hands it over again before knowing.
        self.env["ir.cron"]._commit_progress()
        self._btp_submit()

    def _btp_submit(self):
        """Ask Snailmail to post a letter, and note what it answers."""
        try:
            with self.env.cr.savepoint():
                self._snailmail_print_valid_address()
        except psycopg2.errors.SerializationFailure:
            raise
        except Exception as error:
            # No answer, or one that cannot be read.
            _logger.info("Letter %s at Snailmail: %s", self.id, type(error).__name__)
            self._btp_note_error("UNKNOWN_ERROR", self._btp_say_lost())
            return
        if self.state == "sent":
            self._btp_note_sent()
        elif self.state == "error":
            self.btp_submitted_on = False
            self._btp_note_error(self.error_code)
        else:
            self._btp_note_error("UNKNOWN_ERROR", self._btp_say_lost())

    # === TOLD ON THE REMINDER === #

    def _btp_note_sent(self):
        """Note on the reminder that its letter is posted: its step is taken."""
        relance = self.btp_relance_id
        relance.posted_on = self.env["btp.echeance"]._get_today()
        relance._done()
        events = self.env["btp.relance.event"]
        events._append(
            [
                {
                    "kind": "posted",
                    "relance_id": relance.id,
                    "recipient": ", ".join(relance._get_paper_address()),
                    "detail": html2plaintext(self.info_msg or "").replace("\n", " "),
                    "documents": events._documents(
                        self.btp_letter_id | self.attachment_id
                    ),
                }
            ]
        )

    def _btp_note_error(self, code: str, reason: str = ""):
        """Note on the reminder why its letter is not posted.

        :param code: one of Snailmail's codes
        :param reason: one sentence, where the code says too little
        """
        reason = reason or self._btp_explain(code)
        self.write({"state": "error", "error_code": code, "info_msg": reason})
        self.notification_ids.sudo().write(
            {
                "notification_status": "exception",
                "failure_type": self._get_failure_type(code),
                "failure_reason": reason,
            }
        )
        relance = self.btp_relance_id
        if relance.state == "assigned" and self._btp_is_current():
            passing = code in PASSING and not self.btp_submitted_on
            relance._fail(reason, passing=passing)

    def _btp_say_lost(self) -> str:
        return self.env._(
            "Snailmail did not answer: the letter may have left. Look it up in your IAP "
            "account before you try again, or skip this reminder if it left."
        )

    def _btp_explain(self, code: str) -> str:
        """Return what an error of Snailmail means, as one sentence that says what to do."""
        return {
            "CREDIT_ERROR": self.env._(
                "Snailmail has no credit left: buy some in Odoo's settings, then try again."
            ),
            "TRIAL_ERROR": self.env._(
                "Snailmail knows no account of ours: open one in Odoo's settings (IAP), "
                "then try again."
            ),
            "NO_PRICE_AVAILABLE": self.env._(
                "Snailmail posts nothing to %s: choose “Post It Ourselves”.",
                self.country_id.name or "",
            ),
            "MISSING_REQUIRED_FIELDS": self.env._(
                "The address lacks something that Snailmail wants (street, postal code, "
                "town, country): complete it, then try again."
            ),
            "FORMAT_ERROR": self.env._(
                "Snailmail cannot print this letter as it is laid out: choose “Post It "
                "Ourselves”."
            ),
            "ATTACHMENT_ERROR": self.env._(
                "The letter could not be given to Snailmail: choose “Post It Ourselves”."
            ),
        }.get(code) or self.env._(
            "Snailmail could not post the letter, and does not say why."
        )
