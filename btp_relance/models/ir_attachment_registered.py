# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError


class IrAttachment(models.Model):
    """A registered letter and its proofs stay as they are."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if not self.env.su:
            self._check_btp_posting()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_btp_posting(self):
        if not self.env.su:
            self._check_btp_posting()

    def _check_btp_posting(self):
        """Refuse to people to change what is archived with its hash in the journal."""
        for item in self.sudo().filtered(
            lambda item: item.res_model == "btp.relance.posting"
        ):
            posting = self.env["btp.relance.posting"].sudo().browse(item.res_id)
            if item in posting.exists().letter_id + posting.exists().proof_ids:
                raise UserError(
                    self.env._(
                        "“%s” is archived with a registered letter: it stays as it is.",
                        item.name,
                    )
                )
