# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, models

from .btp_relance_acts import Altered, Told


class BtpRelance(models.Model):
    """The documents that the company waits for, on the customer's page."""

    _inherit = "btp.relance"

    def _get_asked_documents(self):
        """Return the documents that the debtor owes, and that an invoice waits for."""
        self.ensure_one()
        documents = (
            self.env["btp.document"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("owner_partner_id.commercial_partner_id", "=", self.partner_id.id),
                    ("owner_user_id", "=", False),
                    ("need_ids.missing", "=", True),
                ]
            )
        )
        return documents.filtered(
            lambda document: any(
                need.missing and need.move_id.commercial_partner_id == self.partner_id
                for need in document.need_ids
            )
        )

    def _get_received_documents(self):
        """Return the documents that the debtor sent here, and that nobody checked yet."""
        self.ensure_one()
        return (
            self.env["btp.document"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("owner_partner_id.commercial_partner_id", "=", self.partner_id.id),
                    ("to_check", "=", True),
                ]
            )
        )

    def _portal_document(self, document_id: int, files, person) -> Told:
        """Put files on a document that was asked for: received, and to be checked.

        :param document_id: as the form named it
        :param files: ``(name, content, mimetype)`` of each
        :param person: the ``res.partner`` who sends them
        :raise Altered: it is not asked of this debtor
        """
        document = self._get_asked_documents().filtered(
            lambda asked: asked.id == document_id
        )
        if not document:
            raise Altered(
                self.env._("This document is not awaited any more. Thank you.")
            )
        agent = self.with_context(lang=self._get_agent().lang)
        kept = self._keep_files(files, document)
        document.write({"attachment_ids": [Command.link(file.id) for file in kept]})
        # An expired certificate may have been received before: it is again.
        if document.state != "received":
            document._receive()
        document.write({"to_check": True})
        self._ask_agent(
            document,
            agent.env._("Check the document that %s sent", self.partner_id.name),
        )
        return Told(
            self.env._(
                "Thank you, “%s” has reached us. We check it; if something is missing, we "
                "tell you.",
                document.type_id.name,
            ),
            document,
            [
                (
                    agent.env._("Document"),
                    document.with_context(lang=agent.env.lang).display_name,
                )
            ],
            # On the document: the message names it.
            self.env["ir.attachment"],
            to_read=False,
        )
