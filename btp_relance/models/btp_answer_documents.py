# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import models

#: Kinds of document of the addon, by what customers call them.
TYPES = {
    "pv": ("PVR", "LEV"),
    "dgd": ("DGD", "PDF"),
    "attestation": ("VIG", "DEC", "KBS", "TVA"),
    "order": ("BDC", "MKT", "OS1"),
    "situation": ("ATI",),
    "delivery_note": ("ATI",),
    "doe": ("DOE",),
    "rib": ("RIB",),
}


class BtpAnswerReading(models.Model):
    """The documents that a customer asks us for, as far as we have them."""

    _inherit = "btp.answer.reading"

    def _get_documents(self):
        """Return the files asked for, and in words what we do not have.

        :return: ``(ir.attachment records, [labels])``
        """
        files, missing = self.env["ir.attachment"].sudo(), []
        codes = (self.details or {}).get("documents") or ["invoice"]
        labels = self._get_document_labels()
        moves = self.move_ids.sudo()
        for code, label in zip(codes, labels or [""] * len(codes), strict=False):
            if code in ("invoice", "situation", "credit_note"):
                found = moves.invoice_pdf_report_id
            else:
                found = self._find_filed(TYPES.get(code, ()), moves)
            if not found and not (code == "rib" and self._get_bank()):
                missing.append(label)
            files |= found
        return files, missing

    def _find_filed(self, codes: tuple, moves):
        """Return the files of the newest document of each kind that we hold."""
        if not codes:
            return self.env["ir.attachment"].sudo()
        documents = self.env["btp.document"].sudo().search(
            [
                ("company_id", "=", self.company_id.id),
                ("type_id.code", "in", codes),
                ("attachment_ids", "!=", False),
                "|",
                ("chantier_id", "in", moves.btp_chantier_id.ids),
                ("chantier_id", "=", False),
            ],
            order="id desc",
        )  # fmt: skip
        newest = self.env["btp.document"].sudo()
        for _kind, group in documents.grouped("type_id").items():
            newest |= group[0]
        return newest.attachment_ids

    def _get_bank(self):
        """Return the account to which this company is paid."""
        return (
            self.company_id.sudo().partner_id.bank_ids.filtered("allow_out_payment")[:1]
            or self.company_id.sudo().partner_id.bank_ids[:1]
        )

    def _write_documents(self, attachments, missing: list[str]) -> Markup:
        """Return the first lines of the message that carries documents."""
        contact = self.answer_id.contact_id or self.partner_id
        record = self.with_context(lang=contact.lang or self.env.lang)
        parts = [Markup("<p>%s</p>") % record.env._("Hello,")]
        if attachments:
            parts.append(
                Markup("<p>%s</p>")
                % record.env._("Please find attached what you asked for.")
            )
        codes = (self.details or {}).get("documents") or []
        if "rib" in codes and (bank := self._get_bank()):
            line = record.env._(
                "Our account: %(iban)s, %(holder)s.",
                iban=bank.acc_number,
                holder=bank.acc_holder_name or self.company_id.name,
            )
            parts.append(Markup("<p>%s</p>") % line)
        if missing:
            # For the person who sends it: they complete or delete the line.
            parts.append(
                Markup("<p><i>%s</i></p>")
                % record.env._("To add before sending: %s", ", ".join(missing))
            )
        return Markup().join(parts)


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _action_send_mail(self, auto_commit=False):
        # EXTENDS mail: what was asked for has left.
        result = super()._action_send_mail(auto_commit=auto_commit)
        reading = self.env["btp.answer.reading"].browse(
            self.env.context.get("btp_answer_reading_id") or []
        )
        if reading.exists() and reading.state == "proposed":
            reading.answer_id.check_access("write")
            reading._done(self.env._("Documents sent."))
            reading.answer_id.sudo()._settle()
        return result
