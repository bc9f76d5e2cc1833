# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import html_sanitize

from ..engine.exhibits import Exhibit

#: What was agreed; other documents show what was done.
AGREED = ("MKT", "BDC", "OS1", "AVN", "DC4", "CRG", "GAP")


class BtpLitigation(models.Model):
    """What is brought in support of a claim, and where it is found."""

    _inherit = "btp.litigation"

    def _gather(self, claim: dict) -> list[Exhibit]:
        """Return all exhibits. Hook: an addon adds its own.

        :param claim: what :meth:`_get_claim` gives
        """
        self.ensure_one()
        relances = self._get_relances()
        return [
            *self._gather_documents(),
            *self._gather_invoices(),
            *self._gather_reminders(relances),
            *self._gather_answers(relances),
            *self._gather_statements(claim, relances),
        ]

    def _get_relances(self):
        """Return the reminders that reached the debtor about these invoices."""
        return self.env["btp.relance"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "sent"),
                ("kind", "=", "reminder"),
                ("line_ids.move_id", "in", self.move_ids.ids),
            ],
            order="sent_on, id",
        )

    def _from_attachment(self, section: str, attachment, title=None, day=None):
        """Return an exhibit from a file, or nothing where the file is lost."""
        content = attachment.raw
        if not content:
            return []
        stem, dot, extension = attachment.name.rpartition(".")
        return [
            Exhibit(
                section,
                day or fields.Date.to_date(attachment.create_date),
                title or (stem if dot else attachment.name),
                extension if dot else "bin",
                content,
            )
        ]

    def _gather_documents(self) -> list[Exhibit]:
        """Contract, orders, PV and what else was received for these works."""
        chantiers = self.move_ids.btp_chantier_id
        documents = self.env["btp.document"].search(
            [
                ("state", "=", "received"),
                "|",
                ("move_id", "in", self.move_ids.ids),
                ("chantier_id", "in", chantiers.ids),
            ]
        )
        found = []
        for document in documents:
            section = "contract" if document.type_id.code in AGREED else "works"
            for attachment in document.attachment_ids:
                title = (
                    f"{document.type_id.name} – {attachment.name.rpartition('.')[0]}"
                )
                day = document.received_on
                found += self._from_attachment(section, attachment, title, day)
        for records in (chantiers, chantiers.avenant_ids, chantiers.os_ids):
            attachments = self.env["ir.attachment"].search(
                [("res_model", "=", records._name), ("res_id", "in", records.ids)]
            )
            for attachment in attachments:
                found += self._from_attachment("contract", attachment)
        return found

    def _gather_invoices(self) -> list[Exhibit]:
        """The invoices as they were issued, else as they print."""
        found = []
        for move in self.move_ids:
            document = move._get_invoice_legal_documents("pdf", allow_fallback=True)
            title = self.env._("Invoice %s", move.name)
            found.append(
                Exhibit("invoice", move.invoice_date, title, "pdf", document["content"])
            )
        return found

    def _gather_reminders(self, relances) -> list[Exhibit]:
        """Letters as they were archived with their proofs, and copies of e-mails."""
        found = []
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", relances._name), ("res_id", "in", relances.ids)]
        )
        for relance in relances:
            day = relance.contacted_on
            title = f"{relance.step_id.name} – {relance.reference}"
            for attachment in attachments.filtered(
                lambda item, r=relance: item.res_id == r.id
            ):
                archived = attachment == relance.letter_id
                found += self._from_attachment(
                    "reminder", attachment, title if archived else None, day
                )
            if relance.mail_id:
                content = self._print("message", message=self._copy_reminder(relance))
                found.append(Exhibit("reminder", day, title, "pdf", content))
        return found

    def _copy_reminder(self, relance) -> dict:
        """Return an e-mail as its copy prints it."""
        mail = relance.mail_id
        return {
            "title": self.env._("Copy of an e-mail sent"),
            "subject": mail.subject,
            "sender": mail.email_from,
            "recipient": relance.contact_id.email_formatted,
            "date": relance.sent_on,
            "message_id": mail.message_id,
            "files": mail.attachment_ids.mapped("name"),
            "body": html_sanitize(mail.body_html or ""),
        }

    def _gather_answers(self, relances) -> list[Exhibit]:
        """What the debtor wrote back, with its files."""
        answers = self.env["mail.message"].search(
            [
                ("model", "=", relances._name),
                ("res_id", "in", relances.ids),
                ("message_type", "=", "email"),
            ],
            order="date, id",
        )
        found = []
        for answer in answers.filtered(lambda message: message.author_id.partner_share):
            day = fields.Date.to_date(answer.date)
            copy = {
                "title": self.env._("Copy of an answer received"),
                "subject": answer.subject,
                "sender": answer.email_from,
                "recipient": answer.reply_to,
                "date": answer.date,
                "message_id": answer.message_id,
                "files": answer.attachment_ids.mapped("name"),
                "body": html_sanitize(answer.body or ""),
            }
            title = self.env._(
                "Answer of %s", answer.author_id.name or answer.email_from
            )
            content = self._print("message", message=copy)
            found.append(Exhibit("answer", day, title, "pdf", content))
            for attachment in answer.attachment_ids:
                found += self._from_attachment("answer", attachment, day=day)
        return found

    def _gather_statements(self, claim: dict, relances) -> list[Exhibit]:
        """The reckoning of interest, and the journal with the seal of each row."""
        found = []
        if claim["interest"]:
            content = self._print("interest", claim=claim)
            title = self.env._("Statement of interest")
            found.append(Exhibit("statement", self.day, title, "pdf", content))
        events = self.env["btp.relance.event"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("relance_id", "in", relances.ids),
            ],
            order="id",
        )
        if events:
            content = self._print("journal", events=events)
            title = self.env._("Journal of the reminders")
            found.append(Exhibit("statement", self.day, title, "pdf", content))
        return found
