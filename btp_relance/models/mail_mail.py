# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import ast
import re
import smtplib

from odoo import models

#: A mail server's answer as Python shows it: ``(550, b'5.1.1 No such mailbox')``.
ANSWER = re.compile(r"""\((\d{3}), (b(['"])(?:\\.|(?!\3).)*\3)""", re.DOTALL)


#: The mailbox is refused, not the message: 5.7 is about its content or its sender (RFC 3463).
NO_MAILBOX = re.compile(r"55[013] (?!.*\b5\.7\.\d)", re.DOTALL)


class MailMail(models.Model):
    """What the mail server answered comes back to the reminder."""

    _inherit = "mail.mail"

    def _send(self, *args, **kwargs):
        # EXTENDS mail
        try:
            return super()._send(*args, **kwargs)
        except smtplib.SMTPServerDisconnected as error:
            # Odoo leaves the mail at hand in error, tells nobody, and stops the queue.
            lost = (
                self.env["btp.relance"]
                .sudo()
                .search([("mail_id", "in", self.ids), ("state", "=", "sent")])
                .mail_id.filtered(lambda mail: mail.state == "exception")
            )
            lost.write({"failure_type": "mail_smtp", "failure_reason": str(error)})
            lost._postprocess_sent_message(
                [], [], failure_reason=str(error), failure_type="mail_smtp"
            )
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
            raise

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        # EXTENDS mail
        relances = self.env["btp.relance"].sudo().search([("mail_id", "in", self.ids)])
        for relance in relances:
            mail = relance.mail_id
            if mail.state == "sent":
                self.env["btp.relance.event"]._append(
                    [
                        {
                            "kind": "delivered",
                            "relance_id": relance.id,
                            "recipient": relance.contact_id.email_formatted,
                            "message_id": mail.message_id,
                        }
                    ]
                )
            elif mail.state == "exception" and relance.state == "sent":
                relance = relance._in_company()
                kind = failure_type or mail.failure_type
                reason, passing = self._read_refusal(
                    failure_reason or mail.failure_reason or kind, kind
                )
                relance._fail(
                    relance.env._(
                        "The mail server did not take the message: %s", reason
                    ),
                    passing=passing,
                )
                if not passing and self._is_address_refused(reason, kind):
                    relance._note_bounce(relance.contact_id.email)
                    relance._look_for_way()
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )

    def _is_address_refused(self, reason: str, failure_type: str) -> bool:
        """Return whether a final refusal is about the recipient's address.

        :param reason: the server's own words
        :param failure_type: of ``mail.mail``
        """
        return failure_type in ("mail_email_invalid", "mail_email_missing") or bool(
            NO_MAILBOX.match(reason)
        )

    def _read_refusal(self, reason: str, failure_type: str) -> tuple[str, bool]:
        """Return a failure in the server's own words, and whether it may pass.

        An answer that begins with 5 is final (RFC 5321), unless the server gave it before
        it had seen any message: then it is about us.

        :param reason: what Odoo noted, with Python's words around the server's
        """
        code = ""
        if answer := ANSWER.search(reason):
            code = answer[1]
            words = ast.literal_eval(answer[2]).decode(errors="replace")
            reason = f"{code} {words}"
        else:
            reason = re.sub(r"^\w+Error: ", "", reason.strip().splitlines()[-1])
        final = failure_type in ("mail_email_invalid", "mail_email_missing") or (
            code.startswith("5") and failure_type != "mail_smtp"
        )
        return " ".join(reason.split()), not final
