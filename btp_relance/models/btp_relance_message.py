# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.misc import formatLang

MEGABYTE = 1024 * 1024
#: Documents beyond these are left out of an e-mail: many servers refuse the message.
MAX_DOCUMENTS = 10
MAX_DOCUMENTS_BYTES = 8 * MEGABYTE


class BtpRelance(models.Model):
    """What a message says and carries, and the answers that come back."""

    _inherit = "btp.relance"

    phone = fields.Char(compute="_compute_phone")
    email = fields.Char(related="contact_id.email")
    documents_label = fields.Char(
        "Invoices in Words",
        compute="_compute_documents_label",
        help="“invoice F-12 and 2 more”, in the language of the message.",
    )

    @api.depends(
        "contact_id.phone",
        "contact_id.btp_wrong_phone",
        "partner_id.phone",
        "partner_id.btp_wrong_phone",
    )
    def _compute_phone(self):
        for relance in self:
            contact, partner = relance.contact_id, relance.partner_id
            relance.phone = contact._btp_get_phone() or partner._btp_get_phone()

    @api.depends_context("lang")
    @api.depends("line_ids.move_id", "line_ids.kind", "line_ids.state", "tone")
    def _compute_documents_label(self):
        for relance in self:
            overdue, coming = relance.overdue_line_ids, relance.coming_line_ids
            lines = (
                coming or overdue if relance.tone == "preventive" else overdue or coming
            )
            first, more = lines[:1].reference, len(lines.move_id) - 1
            if more > 1:
                label = self.env._(
                    "invoice %(first)s and %(more)s more", first=first, more=more
                )
            elif more:
                label = self.env._("invoice %s and one more", first)
            else:
                label = self.env._("invoice %s", first)
            relance.documents_label = label

    # === BUSINESS === #

    def _get_postal_contact(self):
        """Return whose postal address a letter bears: the contact's if it has one."""
        self.ensure_one()
        contact = self.contact_id
        complete = contact.street and contact.zip and contact.city
        return contact if complete else self.partner_id

    def _get_totals(self) -> list[dict]:
        """Return what is owed, one dict a currency.

        :return: ``[{"currency", "overdue", "coming", "credit", "net"}]``; credit is
            positive; amounts are rounded to the currency
        """
        self.ensure_one()
        totals = []
        for currency in self.line_ids.currency_id:

            def total(lines, currency=currency):
                lines = lines.filtered(lambda line: line.currency_id == currency)
                return currency.round(sum(lines.mapped("amount_residual")))

            overdue, coming = total(self.overdue_line_ids), total(self.coming_line_ids)
            credit = -total(self.credit_line_ids)
            totals.append(
                {
                    "currency": currency,
                    "overdue": overdue,
                    "coming": coming,
                    "credit": credit,
                    "net": currency.round(overdue + coming - credit),
                }
            )
        return totals

    def _get_retention_totals(self) -> list[tuple]:
        """Return what this reminder asks for as retentions: ``(amount, currency)`` pairs."""
        self.ensure_one()
        lines = self.overdue_line_ids.filtered("is_retention")
        lines = lines or self.coming_line_ids.filtered("is_retention")
        return [
            (currency.round(sum(group.mapped("amount_residual"))), currency)
            for currency, group in lines.grouped("currency_id").items()
        ]

    def _get_held_retentions(self):
        """Return the debtor's retentions whose release is not yet due, oldest first."""
        self.ensure_one()
        return (
            self.env["account.move.line"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("partner_id.commercial_partner_id", "=", self.partner_id.id),
                    ("btp_is_retention", "=", True),
                    ("parent_state", "=", "posted"),
                    ("reconciled", "=", False),
                    ("date_maturity", ">", self.env["btp.echeance"]._get_today()),
                    ("id", "not in", self.line_ids.move_line_id.ids),
                ],
                order="date_maturity, id",
            )
            .filtered(lambda line: line.amount_residual > 0)
        )

    def _get_documents(self):
        """Return the invoices to attach, as they were issued, within what mail allows."""
        self.ensure_one()
        documents = self.env["ir.attachment"].sudo()
        size = 0
        for document in self._get_issued_documents():
            fits = size + document.file_size <= MAX_DOCUMENTS_BYTES
            if fits and len(documents) < MAX_DOCUMENTS:
                size += document.file_size
                documents |= document
        return documents

    def _get_issued_documents(self):
        """Return the invoices that the step wants attached, as they were issued."""
        self.ensure_one()
        moves = (self.overdue_line_ids or self.coming_line_ids).move_id
        issued = moves.sudo().invoice_pdf_report_id
        return issued if self.step_id.attach_invoices else issued.browse()

    def _describe_left_out(self, documents) -> str | bool:
        """Return in words which invoices are not attached because mail does not carry them.

        :param documents: those that are
        """
        left = self._get_issued_documents() - documents
        return bool(left) and self.env._(
            "Not attached, too large or too many for an e-mail; the customer finds them "
            "behind the link: %s",
            ", ".join(
                self.env._(
                    "%(file)s (%(size)s MB)",
                    file=document.name,
                    size=formatLang(self.env, document.file_size / MEGABYTE, digits=1),
                )
                for document in left
            ),
        )

    # === ANSWERS === #

    def message_update(self, msg_dict, update_vals=None):
        """Put the customer's answer on somebody's desk; what colleagues write is none."""
        author = self.env["res.partner"].browse(msg_dict.get("author_id"))
        if author.sudo().user_ids and not author.sudo().partner_share:
            return super().message_update(msg_dict, update_vals=update_vals)
        self.sudo().answer_unread = True
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "answer",
                    "relance_id": relance.id,
                    "message_id": msg_dict.get("message_id"),
                    "subject": msg_dict.get("subject"),
                    "recipient": msg_dict.get("email_from"),
                    "channel": "email",
                }
                for relance in self
            ]
        )
        return super().message_update(msg_dict, update_vals=update_vals)

    def _message_receive_bounce(self, email, partner):
        """A message that came back did not reach the customer: its steps are to be done."""
        self.sudo().filtered(lambda relance: relance.state == "sent")._fail(
            self.env._("The message came back from %s: correct the address.", email)
        )
        return super()._message_receive_bounce(email, partner)
