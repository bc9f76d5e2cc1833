# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class IrAttachment(models.Model):
    """A file dropped on a document is that document."""

    _inherit = "ir.attachment"

    def _post_add_create(self, **kwargs):
        # pylint: disable=missing-return
        # EXTENDS base: called when a person uploads, not when a message brings a file.
        super()._post_add_create(**kwargs)
        dropped = self.filtered(lambda item: item.res_model == "btp.document")
        for document_id, files in dropped.grouped("res_id").items():
            if document_id:
                document = self.env["btp.document"].browse(document_id)
                document.attachment_ids |= files
