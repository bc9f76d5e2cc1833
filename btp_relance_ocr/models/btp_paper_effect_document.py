# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, models

from .btp_paper_plan import snapshot

#: What is put back when a document that arrived is taken back.
RECEIVED = (
    "state",
    "received_on",
    "valid_until",
    "refused_reason",
    "to_check",
    "expected_since",
    "days_lost_before",
)
#: What tells that somebody dealt with the document since.
TOUCHED = ("state", "received_on", "valid_until")


class BtpPaper(models.Model):
    """The paper is a document of the checklist: it is there, with its file."""

    _inherit = "btp.paper"

    def _plan_document(self, plan, code, valid_until=None):
        """Plan that the document of a type is received.

        :param str code: of the ``btp.document.type``
        :param valid_until: end of its validity, where the paper says it
        """
        kind = self.env["btp.document.type"].search([("code", "=", code)], limit=1)
        place = kind and self._get_document_place(kind)
        if not place:
            return
        document = self.env["btp.document"].search(
            [(name, "=", value) for name, value in place.items()], limit=1
        )
        there = self._is_file_of(document)
        label = plan.env._(
            "%(document)s: received on %(day)s",
            document=kind.name,
            day=plan.date(plan.arrival),
        )
        if document.state in ("received", "not_needed") and not valid_until:
            label = plan.env._("%s: the file is added", kind.name)
            if there:
                # It came by the checklist itself.
                plan.call("document", label, lambda: self._link_document(document))
                return
            plan.call(
                "document", label, lambda: self._add_file(document, label), TOUCHED
            )
            return
        values = {"state": "received", "received_on": plan.arrival, "to_check": False}
        if valid_until:
            values["valid_until"] = valid_until
        plan.call(
            "document",
            label,
            lambda: self._receive_document(document, place, values, label),
            TOUCHED,
        )

    def _get_document_place(self, kind) -> dict:
        """Return whose document of a type it is: the company's, the chantier's or an invoice's."""
        place = {
            "type_id": kind.id,
            "company_id": self.company_id.id,
            "chantier_id": False,
            "move_id": False,
        }
        if kind.scope == "company":
            return place
        if kind.scope == "invoice":
            if not self.move_id:
                return {}
            chantier = self.move_id.btp_chantier_id
            return {**place, "move_id": self.move_id.id, "chantier_id": chantier.id}
        return {**place, "chantier_id": self.chantier_id.id} if self.chantier_id else {}

    def _is_file_of(self, document) -> bool:
        """Return whether a document has this very file already."""
        own = self.attachment_id.sudo().checksum
        return own in document.sudo().attachment_ids.mapped("checksum")

    def _link_document(self, document):
        """Note on which document of the checklist the paper is, nothing else being changed."""
        self.document_ids |= document
        return document.browse(), None, ""

    def _receive_document(self, document, place, values, label):
        """Note that a document arrived, made where the checklist has none yet."""
        before = snapshot(document, RECEIVED)
        if not document:
            # Not a document that a person asks for: no invoice waits for it.
            made = self.env["btp.document"].with_context(btp_sync_documents=True)
            document = made.create(place).with_env(self.env)
            before[str(document.id)] = {"created": True}
        if not self._is_file_of(document):
            file = self._copy_file(document)
            values = {**values, "attachment_ids": [Command.link(file.id)]}
            before[str(document.id)]["file"] = file.id
        document.write(values)
        self.document_ids |= document
        return document, before, label

    def _add_file(self, document, label):
        """Add the file to a document that was there already."""
        file = self._copy_file(document)
        # Not by `write`: the file of a document that is there does not make it arrive again.
        document.with_context(btp_paper_file=True).write(
            {"attachment_ids": [Command.link(file.id)]}
        )
        self.document_ids |= document
        before = {str(document.id): {"file": file.id}}
        return document, before, label

    def _copy_file(self, record):
        """Return a copy of the file that belongs to a record: who reads that reads its files."""
        original = self.attachment_id.sudo().with_context(image_no_postprocess=True)
        return original.copy(
            {"name": self.name, "res_model": record._name, "res_id": record.id}
        ).with_env(self.env(su=True))


class BtpDocument(models.Model):
    _inherit = "btp.document"

    def _receive_files(self):
        # pylint: disable=missing-return
        # EXTENDS btp_relance
        if not self.env.context.get("btp_paper_file"):
            super()._receive_files()


class BtpPaperEffect(models.Model):
    _inherit = "btp.paper.effect"

    def _undo_document(self):
        """Expect the document again, without the file that this paper added."""
        documents = self._get_records()
        if documents._name != "btp.document":
            # A file kept with a partner or an invoice.
            documents.unlink()
            return
        self._check_unchanged(documents)
        for document in documents:
            before = dict(self.before[str(document.id)])
            file = self.env["ir.attachment"].browse(before.pop("file", [])).exists()
            created = before.pop("created", False)
            file.unlink()
            if created and document.attachment_ids:
                # Another paper is there too: it stays received.
                continue
            if created and not document.need_ids:
                document.with_context(btp_sync_documents=True).unlink()
            elif created:
                document.write({"state": "expected"})
            elif before:
                state = {"state": before.pop("state")}
                document.write({**state, **self._get_dates(state["state"], before)})
                document.write(
                    {
                        name: before[name]
                        for name in ("expected_since", "days_lost_before")
                    }
                )

    @staticmethod
    def _get_dates(state: str, before: dict) -> dict:
        """Return what goes with a state of a document."""
        if state == "received":
            return {name: before[name] for name in ("received_on", "valid_until")}
        return (
            {"refused_reason": before["refused_reason"]} if state == "refused" else {}
        )
