# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import models


class BtpDocumentRequest(models.Model):
    """A request bears a link to upload by: the page of the site's tasks, which needs no account."""

    _inherit = "btp.document.request"

    def _send_email(self):
        # EXTENDS btp_relance: the links are there before the message names them.
        if not self.contact_id:
            self.contact_id = self._find_contact()
        if self.contact_id.email_normalized:
            self._open_upload_links()
        return super()._send_email()

    def _open_upload_links(self):
        """Open one page a chantier for what is missing there."""
        self.ensure_one()
        tasks = self.env["btp.site.task"].sudo().with_context(btp_link_only=True)
        for chantier, documents in self.missing_ids.grouped("chantier_id").items():
            if chantier:
                # What the same person is asked for otherwise stays on their page.
                known = self._find_upload_tasks(chantier).missing_ids
                tasks._ask(
                    chantier, self.contact_id, self._get_agent(), documents | known
                )

    def _find_upload_tasks(self, chantiers):
        """Return the pages of these chantiers that are open for the recipient."""
        return (
            self.env["btp.site.task"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", self.contact_id.id),
                    ("chantier_id", "in", chantiers.ids),
                    ("kind", "=", "document"),
                    ("state", "=", "open"),
                ]
            )
        )

    def _get_upload_links(self) -> list[dict]:
        """Return the pages that are open for the recipient: ``[{"name", "url"}]``."""
        self.ensure_one()
        tasks = self._find_upload_tasks(self.missing_ids.chantier_id)
        return [
            {"name": task.chantier_id.display_name, "url": task._get_url()}
            for task in tasks
        ]


class BtpSiteTask(models.Model):
    _inherit = "btp.site.task"

    def _send(self):
        # EXTENDS btp_relance: where a request bears the link, no second message leaves.
        if not self.env.context.get("btp_link_only"):
            return super()._send()
        today = self.env["btp.echeance"]._get_today()
        self.expires_on = today + timedelta(days=self.company_id.btp_site_link_days)
        return None
