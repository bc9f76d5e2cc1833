# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class MailMail(models.Model):
    """What the mail server answered comes back to the reminder."""

    _inherit = "mail.mail"

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
                kind = failure_type or mail.failure_type
                passing = kind not in ("mail_email_invalid", "mail_email_missing")
                reason = failure_reason or mail.failure_reason or kind
                relance._fail(
                    self.env._(
                        "The mail server did not take the message: %s",
                        reason.strip().splitlines()[0],
                    ),
                    passing=passing,
                )
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )
