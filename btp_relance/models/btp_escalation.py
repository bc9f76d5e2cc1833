# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

KINDS = [
    ("broken_promise", "Broken promise"),
    ("plan_default", "Instalment not paid"),
    ("dispute", "Dispute"),
    ("high_value", "High value past an age"),
    ("unusual", "Unusual change of habits"),
    ("distress", "Financial distress"),
    ("bounces", "Two bounces"),
    ("complaint", "Complaint about our tone"),
]


class BtpEscalation(models.Model):
    """A case that needs a person: who, until when, and what came of it."""

    _name = "btp.escalation"
    _description = "Escalation"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_deadline, id"
    _check_company_auto = True

    kind = fields.Selection(KINDS, required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True
    )
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "Owner")
    date_deadline = fields.Date("Deadline")
    state = fields.Selection(
        [("open", "Open"), ("done", "Done")],
        default="open",
        required=True,
        readonly=True,
    )

    @api.model
    def _escalate(self, kind: str, record, partner, company, reason: str, lines=None):
        """Hand a case to a person, once for a record while it is open.

        :param str kind: a code of ``KINDS``
        :param record: what the case is about (a promise, a dispute, an answer…)
        :param partner: the debtor
        :param company: the creditor
        :param str reason: one sentence, in the language of the company
        :param lines: ``account.move.line`` records concerned (default: none known)
        :return: the ``btp.escalation``, new or already open
        """
        known = self.sudo().search(
            [
                ("kind", "=", kind),
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("state", "=", "open"),
            ],
            limit=1,
        )
        return known or self.sudo().create(
            {
                "kind": kind,
                "res_model": record._name,
                "res_id": record.id,
                "partner_id": partner.commercial_partner_id.id,
                "company_id": company.id,
                "reason": reason,
                "user_id": company.sudo().btp_relance_user_id.id,
            }
        )
