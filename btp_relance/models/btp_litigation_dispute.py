# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import html_sanitize, plaintext2html

from ..engine.exhibits import Exhibit


class BtpLitigation(models.Model):
    """What is contested changes the road to a judge, and belongs in the file."""

    _inherit = "btp.litigation"

    def _get_disputes(self):
        """Return the disputes on the invoices claimed, withdrawn ones apart."""
        return self.env["btp.dispute"].search(
            [("move_id", "in", self.move_ids.ids), ("state", "!=", "cancelled")],
            order="opened_on, id",
        )

    def _get_warnings(self, rows: list[dict]) -> list[str]:
        # EXTENDS btp_relance
        warnings = super()._get_warnings(rows)
        contested = self._get_disputes().filtered(
            lambda dispute: dispute.state == "open"
        )
        if contested:
            warnings.append(
                self.env._(
                    "A dispute is open on %s: neither an injonction de payer nor a "
                    "référé-provision suits what is seriously contested. Settle it first, "
                    "or claim the rest.",
                    ", ".join(contested.move_id.mapped("name")),
                )
            )
        return warnings

    def _gather_answers(self, relances) -> list[Exhibit]:
        # EXTENDS btp_relance
        found = super()._gather_answers(relances)
        for dispute in self._get_disputes():
            found += self._gather_dispute(dispute)
        return found

    def _gather_dispute(self, dispute) -> list[Exhibit]:
        """Return a dispute, what was exchanged with the customer about it, and its files.

        What we write among ourselves, and what the site answers us, stays with us.
        """
        title = self.env._("Dispute %s", dispute.reference)
        copies = [(dispute.opened_on, title, self._copy_dispute(dispute))]
        messages = dispute.message_ids.filtered(
            lambda message: not message.is_internal
            and not message.subtype_id.internal
            and (message.body or message.attachment_ids)
        )
        for message in messages.sorted("id"):
            day = fields.Date.to_date(message.date)
            name = message.author_id.name or message.email_from or ""
            words = self.env._("Message of %s", name)
            copies.append((day, words, self._copy_message(message, words)))
        found = [
            Exhibit("answer", day, words, "pdf", self._print("message", message=copy))
            for day, words, copy in copies
        ]
        files = self.env["ir.attachment"].search(
            [("res_model", "=", dispute._name), ("res_id", "=", dispute.id)]
        )
        site = dispute.message_ids.filtered(lambda m: m.subtype_id.internal)
        for file in files - site.attachment_ids:
            found += self._from_attachment("answer", file)
        return found

    def _copy_dispute(self, dispute) -> dict:
        """Return a dispute as its copy prints it: what was said, what was decided."""
        labels = dict(dispute._fields["reason"]._description_selection(self.env))
        body = plaintext2html(dispute.description or "")
        if dispute.resolution:
            body += plaintext2html(self.env._("Our answer: %s", dispute.resolution))
        return {
            "title": self.env._("Dispute of invoice %s", dispute.move_id.name),
            "subject": labels[dispute.reason],
            "sender": (dispute.contact_id or dispute.partner_id).display_name,
            "recipient": self.company_id.name,
            "date": dispute.create_date,
            "message_id": dispute.reference,
            "files": [],
            "body": body,
        }

    def _copy_message(self, message, title: str) -> dict:
        """Return a message as its copy prints it."""
        return {
            "title": title,
            "subject": message.subject or message.record_name,
            "sender": message.email_from,
            "recipient": message.reply_to,
            "date": message.date,
            "message_id": message.message_id,
            "files": message.attachment_ids.mapped("name"),
            "body": html_sanitize(message.body or ""),
        }
