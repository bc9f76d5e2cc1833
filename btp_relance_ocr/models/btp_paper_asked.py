# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from hashlib import sha256

from odoo import models

from ..attached import File, is_noise
from ..reader import LIMITS

#: Kinds of the checklist whose papers say something that is worth reading: dates that start a
#: clock, reserves, numbers, amounts.
READ_TYPES = ("PVR", "LEV", "BDC", "OS1", "VIS", "DOE", "CRG")


class BtpDocument(models.Model):
    """A file that lands on the checklist, by whatever way, is a paper too."""

    _inherit = "btp.document"

    def write(self, vals):
        if "attachment_ids" not in vals:
            return super().write(vals)
        before = {document.id: document.sudo().attachment_ids for document in self}
        result = super().write(vals)
        for document in self.filtered(lambda item: item.type_id.code in READ_TYPES):
            new = document.sudo().attachment_ids - before[document.id]
            new._become_papers(
                document.company_id,
                self.env.context.get("btp_paper_source") or "upload",
                asked_document_id=document.id,
                chantier_id=document.chantier_id.id,
                move_id=document.move_id.id,
                sender_id=self.env.context.get("btp_paper_sender"),
            )
        return result


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _become_papers(self, company, source, inline=(), **values):
        """Receive these files as papers; what a paper itself put there is none.

        :param inline: ids of those that stand in the text of a message
        :return: the ``btp.paper`` records
        """
        papers = self.env["btp.paper"].sudo()
        for item in self.sudo():
            content = item.raw or b""
            file = File(item.name or "document", content, item.id in inline)
            if (
                item.res_model == papers._name
                or not content
                or len(content) > LIMITS.bytes
                or is_noise(file)
                or papers._find_known(company, sha256(content).hexdigest())
            ):
                continue
            papers |= papers._receive(file.name, content, source, company, **values)
        return papers


class BtpRelance(models.Model):
    """What customers upload on their page."""

    _inherit = "btp.relance"

    def _portal_document(self, document_id, files, person):
        # EXTENDS btp_relance
        self = self.with_context(  # noqa: PLW0642
            btp_paper_source="portal", btp_paper_sender=person.id if person else False
        )
        return super()._portal_document(document_id, files, person)


class BtpSiteTask(models.Model):
    """What the site answers behind its link."""

    _inherit = "btp.site.task"

    def _keep(self, files, document):
        # EXTENDS btp_relance
        self = self.with_context(  # noqa: PLW0642
            btp_paper_source="portal", btp_paper_sender=self.partner_id.id
        )
        if document:
            document = document.with_env(self.env)
        return super()._keep(files, document)


class BtpDocumentRequest(models.Model):
    """What comes back by mail for a request."""

    _inherit = "btp.document.request"

    def _message_post_after_hook(self, message, msg_values):
        # EXTENDS btp_relance
        result = super()._message_post_after_hook(message, msg_values)
        if message.message_type == "email":
            for request in self.sudo():
                request._take_papers(message)
        return result

    def _take_papers(self, message):
        """Receive the files of an answer; one file for one document is that document."""
        self.ensure_one()
        company = self.company_id
        files = message.sudo().attachment_ids
        inline = message._get_inline_ids()
        shown = files.filtered(
            lambda item: (
                not is_noise(File(item.name or "", item.raw or b"", item.id in inline))
            )
        )
        missing = self.missing_ids
        asked = missing if len(missing) == len(shown) == 1 else missing.browse()
        files._become_papers(
            company,
            "mail",
            inline,
            asked_document_id=asked.id,
            chantier_id=asked.chantier_id.id
            or (missing.chantier_id.id if len(missing.chantier_id) == 1 else False),
            sender_id=message._get_sender_of(company).id,
            email_from=message.email_from,
        )


class BtpAnswer(models.Model):
    """What customers attach to their answers."""

    _inherit = "btp.answer"

    def _read(self):
        # EXTENDS btp_relance: called once for each answer, when it comes in.
        result = super()._read()
        message = self.message_id.sudo()
        if message.message_type == "email":
            message.attachment_ids._become_papers(
                self.company_id,
                "mail",
                message._get_inline_ids(),
                sender_id=message._get_sender_of(self.company_id).id,
                email_from=message.email_from,
            )
        return result


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _get_inline_ids(self) -> set[int]:
        """Return the ids of the files that stand in the text of a message."""
        body = str(self.body or "")
        return {
            item.id
            for item in self.sudo().attachment_ids
            if f"/web/image/{item.id}" in body or f"/web/content/{item.id}" in body
        }

    def _get_sender_of(self, company):
        """Return who sent a message, if a paper of the company may name them."""
        sender = self.sudo().author_id
        return (
            sender
            if sender.company_id in (company, company.browse())
            else sender.browse()
        )
