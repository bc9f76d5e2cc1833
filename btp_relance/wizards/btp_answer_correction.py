# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import ANSWER_KINDS, CONTACT_CHANNELS
from ..models.btp_dispute import REASONS


class BtpAnswerCorrection(models.TransientModel):
    """A person says what an answer meant: kept beside what the reader had understood."""

    _name = "btp.answer.correction"
    _description = "Correction of a Reading"

    answer_id = fields.Many2one("btp.answer", required=True, ondelete="cascade")
    reading_id = fields.Many2one(
        "btp.answer.reading", ondelete="cascade", help="Empty: the reader missed it."
    )
    company_id = fields.Many2one(related="answer_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    highlighted = fields.Html(related="answer_id.highlighted")
    kind = fields.Selection(
        [kind for kind in ANSWER_KINDS if kind[0] != "none"],
        "What It Says",
        required=True,
    )
    date = fields.Date()
    amount = fields.Monetary()
    reason = fields.Selection(REASONS)
    name = fields.Char("Contact")
    email = fields.Char("E-mail")
    phone = fields.Char()
    channel = fields.Selection(CONTACT_CHANNELS)
    document = fields.Selection(
        [
            ("invoice", "Invoice"),
            ("rib", "Bank details"),
            ("pv", "Acceptance report"),
            ("dgd", "Final account"),
            ("situation", "Progress statement"),
            ("statement", "Statement of account"),
            ("attestation", "Certificate"),
            ("delivery_note", "Delivery note"),
            ("order", "Order"),
            ("doe", "As-built file"),
            ("credit_note", "Credit note"),
            ("other", "Other document"),
        ]
    )
    insolvency = fields.Boolean("Insolvency Proceedings")
    note = fields.Char(
        "Why", help="Where a promise goes beyond the limits of the company."
    )
    allowed_move_ids = fields.Many2many(
        "account.move", compute="_compute_allowed_move_ids"
    )
    move_ids = fields.Many2many(
        "account.move",
        "btp_answer_correction_move_rel",
        string="Invoices",
        domain="[('id', 'in', allowed_move_ids)]",
    )

    @api.depends("answer_id")
    def _compute_allowed_move_ids(self):
        for wizard in self:
            wizard.allowed_move_ids = wizard.answer_id.sudo()._get_lines().move_id

    @api.model
    def _open_for(self, answer, reading=None) -> dict:
        """Return the action that corrects a reading, or adds the one that was missed.

        :param answer: the ``btp.answer``
        :param reading: the ``btp.answer.reading`` to correct
        """
        values = {
            "default_answer_id": answer.id,
            "default_move_ids": answer.sudo()._get_lines().move_id.ids,
        }
        if reading:
            details = reading.details or {}
            values |= {
                "default_reading_id": reading.id,
                "default_kind": reading.kind if reading.kind != "none" else False,
                "default_date": reading.date,
                "default_amount": reading.amount,
                "default_reason": reading.reason,
                "default_name": reading.name,
                "default_email": reading.email,
                "default_phone": reading.phone,
                "default_channel": details.get("channel"),
                "default_document": (details.get("documents") or [False])[0],
                "default_insolvency": bool(details.get("insolvency")),
                "default_move_ids": reading.sudo().move_ids.ids,
            }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Does It Say?"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": values,
        }

    def action_confirm(self):
        """Keep what the person says, and what the reader had understood."""
        self.ensure_one()
        answer = self.answer_id
        answer.check_access("write")
        reading = self.reading_id
        if reading and reading.answer_id != answer:
            raise UserError(self.env._("This reading belongs to another answer."))
        if reading and reading.state != "proposed":
            raise UserError(self.env._("This reading was already decided."))
        if self.move_ids - self.allowed_move_ids:
            raise UserError(
                self.env._("Choose invoices that this customer still owes.")
            )
        documents = (reading.details or {}).get("documents") or []
        if self.document not in documents[:1]:
            documents = [self.document]
        details = {
            "channel": self.kind == "unsubscribe" and self.channel,
            "documents": self.kind == "document_request" and documents,
            "insolvency": self.kind == "distress" and self.insolvency,
            "note": self.note,
        }
        self.env["btp.answer.reading"].sudo().create(
            {
                "answer_id": answer.id,
                "kind": self.kind,
                "quote": reading.quote,
                "quote_start": reading.quote_start,
                "quote_end": reading.quote_end,
                "confidence": 1.0,
                "date": self.date,
                "amount": self.amount,
                "reason": self.kind == "dispute" and self.reason,
                "name": self.name,
                "email": self.email,
                "phone": self.phone,
                "details": {key: value for key, value in details.items() if value},
                "move_ids": [(6, 0, self.move_ids.ids)],
                "source": "person",
                "corrected_id": reading.id,
            }
        )
        if reading:
            reading.sudo()._decide("corrected")
        return {"type": "ir.actions.act_window_close"}
