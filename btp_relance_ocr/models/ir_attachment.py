# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

#: What makes a file what it is.
CONTENT = {
    "raw",
    "datas",
    "db_datas",
    "store_fname",
    "checksum",
    "name",
    "res_model",
    "res_id",
    "type",
    "url",
    "mimetype",
    "public",
    "access_token",
}


class IrAttachment(models.Model):
    """The original of a paper stays as it came, whoever asks."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if CONTENT & set(vals):
            self._check_not_original()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_original(self):
        self._check_not_original()

    def _check_not_original(self):
        """Refuse to touch the original of a paper that is there."""
        # A context comes from whoever calls: alone it opens nothing.
        if self.env.su and self.env.context.get("btp_paper_keep"):
            return
        mine = self.sudo().filtered(lambda item: item.res_model == "btp.paper")
        if not mine:
            return
        held = self.env["btp.paper"].sudo().search([("attachment_id", "in", mine.ids)])
        if held:
            raise UserError(
                self.env._(
                    "“%s” is the original of a paper: it stays as it came.",
                    held[0].attachment_id.name,
                )
            )
