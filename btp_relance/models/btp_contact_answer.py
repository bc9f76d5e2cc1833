# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..const import CONTACT_CHANNELS


class BtpContactAnswer(models.Model):
    """What came back from a contact of a debtor: an answer, our own message, “not me”.

    Rows are only added, so that no mail that comes in ever waits for another transaction.
    """

    _name = "btp.contact.answer"
    _description = "Answer of a Contact"
    _order = "day desc, id desc"
    _rec_name = "contact_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    contact_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="cascade"
    )
    relance_id = fields.Many2one(
        "btp.relance", "Reminder", readonly=True, ondelete="set null", index=True
    )
    kind = fields.Selection(
        [
            ("answered", "Answered"),
            ("bounced", "The message came back"),
            ("wrong", "Said that they are not the right person"),
        ],
        required=True,
        readonly=True,
    )
    channel = fields.Selection(
        [*CONTACT_CHANNELS, ("portal", "Page")], required=True, readonly=True
    )
    day = fields.Date(required=True, readonly=True)
    lifted = fields.Boolean(
        readonly=True, help="Somebody found out that it is the right person after all."
    )

    _contact_idx = models.Index("(contact_id, company_id, kind, day)")
    _wrong_idx = models.Index(
        "(contact_id, company_id) WHERE kind = 'wrong' AND lifted IS NOT TRUE"
    )

    @api.model
    def _add(self, kind: str, contact, company, channel: str, relance=None):
        """Note that a contact answered, could not be reached, or is not the right one.

        :param kind: ``answered``, ``bounced`` or ``wrong``
        :param contact: ``res.partner``
        :param company: the creditor
        :param channel: by which it came: ``email``, ``sms``, ``call`` or ``portal``
        :param relance: the reminder that it is about
        :return: the new row, empty without a contact
        """
        answers = self.sudo().with_company(company)
        if not contact:
            return answers.browse()
        answer = answers.create(
            {
                "kind": kind,
                "contact_id": contact.id,
                "company_id": company.id,
                "channel": channel,
                "relance_id": relance.id if relance else False,
                "day": self.env["btp.echeance"].with_company(company)._get_today(),
            }
        )
        if kind == "wrong":
            answer._note("contact_wrong")
        return answer

    @api.model
    def _lift(self, contact, company):
        """Forget that a contact said that they are not the right person."""
        wrong = self.sudo().search(
            [
                ("contact_id", "=", contact.id),
                ("company_id", "=", company.id),
                ("kind", "=", "wrong"),
                ("lifted", "=", False),
            ]
        )
        wrong.lifted = True
        wrong[:1]._note("contact_right")

    def _note(self, kind: str):
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": kind,
                    "company_id": answer.company_id.id,
                    "debtor_ref": answer.contact_id.commercial_partner_id.id,
                    "debtor_name": answer.contact_id.commercial_partner_id.display_name,
                    "recipient": answer.contact_id.display_name,
                    "channel": answer.channel,
                }
                for answer in self
            ]
        )
