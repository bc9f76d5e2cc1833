# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class BtpDocumentRequest(models.Model):
    """The files that an answer brings, until each is on the document that it is."""

    _inherit = "btp.document.request"

    file_ids = fields.Many2many(
        "ir.attachment",
        "btp_document_request_file_rel",
        string="Files to File",
        readonly=True,
        copy=False,
    )
    next_file_ids = fields.Many2many("ir.attachment", compute="_compute_next_file_ids")

    @api.depends("file_ids")
    def _compute_next_file_ids(self):
        for request in self:
            request.next_file_ids = request.file_ids.sorted("id")[:1]

    # === ACTIONS === #

    def action_skip_file(self):
        """Leave the next file in the messages: it is none of the documents."""
        self.check_access("write")
        for request in self:
            request._forget_file(request.next_file_ids)

    # === BUSINESS === #

    def _message_post_after_hook(self, message, msg_values):
        # EXTENDS mail: what comes by e-mail is put at hand.
        if message.message_type == "email" and message.attachment_ids:
            self.sudo().file_ids |= message.attachment_ids
        return super()._message_post_after_hook(message, msg_values)

    def _file_on(self, document):
        """Put the next file on a document, which is then received.

        A copy: the message keeps its own, and who may read the document reads its files.

        :param document: a ``btp.document`` of this request
        :raise UserError: there is no file, or the document was not asked for here
        """
        self.check_access("write")
        file = self.sudo().next_file_ids
        if not file or document not in self.document_ids:
            raise UserError(
                self.env._(
                    "There is no file left to file on this document: drop one on it."
                )
            )
        copy = file.copy({"res_model": document._name, "res_id": document.id})
        document.write({"attachment_ids": [Command.link(copy.id)]})
        self._forget_file(file)

    def _forget_file(self, file):
        """Take a file off the desk; with the last one, the answer is read."""
        self.sudo().file_ids -= file
        if not self.sudo().file_ids:
            self.action_mark_read()


class BtpDocument(models.Model):
    _inherit = "btp.document"

    def action_file_answer(self):
        """Put on this document the next file of the answer being read.

        The request is that of the context.
        """
        self.check_access("write")
        request = self.env["btp.document.request"].browse(
            self.env.context.get("btp_request_id", [])
        )
        request._file_on(self)
