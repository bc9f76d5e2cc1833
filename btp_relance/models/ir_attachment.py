# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

#: Papers that print as they were archived: the fields of each model that hold them.
ARCHIVES = {
    "btp.relance": ("letter_id",),
    "btp.direct.action": ("notice_id", "copy_id"),
    "btp.payment.plan": ("agreement_id",),
    "btp.suspension": ("notice_id",),
}
CONTENT = {"raw", "datas", "name", "res_model", "res_id", "type", "url", "mimetype"}


class IrAttachment(models.Model):
    """A file dropped on a document is that document; a paper that left stays as it is."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if CONTENT & set(vals):
            self._check_not_archive()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_archive(self):
        self._check_not_archive()

    def _check_not_archive(self):
        """Refuse to people to change a letter: what prints again is what left."""
        if self.env.su:
            return
        for item in self.sudo().filtered(lambda item: item.res_model in ARCHIVES):
            record = self.env[item.res_model].sudo().browse(item.res_id).exists()
            if any(record[name] == item for name in ARCHIVES[item.res_model]):
                raise UserError(
                    self.env._(
                        "“%s” is archived as it left or was signed: it stays as it is.",
                        item.name,
                    )
                )

    def _post_add_create(self, **kwargs):
        # pylint: disable=missing-return
        # EXTENDS base: called when a person uploads, not when a message brings a file.
        super()._post_add_create(**kwargs)
        dropped = self.filtered(lambda item: item.res_model == "btp.document")
        for document_id, files in dropped.grouped("res_id").items():
            if document_id:
                document = self.env["btp.document"].browse(document_id)
                document.attachment_ids |= files
