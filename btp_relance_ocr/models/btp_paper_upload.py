# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from hashlib import sha256

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..reader import LIMITS

#: What papers may be dropped on: {model: field of the paper}.
TARGETS = {"btp.chantier": "chantier_id", "account.move": "move_id"}
GROUPS = "btp_relance.group_agent,btp_relance.group_site_manager"


class BtpPaper(models.Model):
    """Files from a person's own screen."""

    _inherit = "btp.paper"

    @api.model
    def _upload(self, name: str, content: bytes, model: str | None, res_id: int):
        """Receive a file that a person uploads.

        :param model: what it is dropped on; nothing in the list of papers
        :return: ``{"id", "name", "known"}``
        """
        if not self.env.user.has_groups(GROUPS):
            raise AccessError(
                self.env._("Only agents and site managers hand in papers here.")
            )
        company, values = self.env.company, {}
        if model:
            company, values = self._get_upload_target(model, res_id)
        elif not self.has_access("create"):
            raise AccessError(
                self.env._("Drop the file on your chantier: papers are filed there.")
            )
        if len(content) > LIMITS.bytes:
            raise UserError(
                self.env._(
                    "“%(name)s” has more than %(size)s MB: scan it lighter, or in parts.",
                    name=name,
                    size=LIMITS.bytes // 2**20,
                )
            )
        known = self.sudo()._find_known(company, sha256(content).hexdigest())
        paper = self._receive(
            name,
            content,
            "upload",
            company,
            sender_id=self._get_uploader(company).id,
            **values,
        )
        return {"id": paper.id, "name": paper.sudo().name, "known": bool(known)}

    @api.model
    def _get_upload_target(self, model: str, res_id: int):
        """Return the company, and the field of the paper, of what a file is dropped on."""
        if model not in TARGETS:
            raise UserError(
                self.env._("Drop papers on a chantier, on an invoice or on the list.")
            )
        record = self.env[model].browse(res_id).exists()
        if not record:
            raise UserError(self.env._("Save first, then drop the file."))
        record.check_access("read")
        return record.company_id, {TARGETS[model]: record.id}

    @api.model
    def _get_uploader(self, company):
        """Return the person who uploads, if papers of the company may name them."""
        partner = self.env.user.partner_id
        return (
            partner
            if partner.company_id in (company, company.browse())
            else partner.browse()
        )
