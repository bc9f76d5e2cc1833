# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import email_normalize, email_split

#: Outcomes of a call that reached nobody, or somebody else.
NOT_REACHED = ("no_answer", "wrong_number")


class BtpRelance(models.Model):
    """Where answers come from: mails, calls, messages that come back."""

    _inherit = "btp.relance"

    def message_update(self, msg_dict, update_vals=None):
        # EXTENDS btp_relance: what colleagues or machines write is no customer's answer.
        author = self.env["res.partner"].sudo().browse(msg_dict.get("author_id"))
        if not self.env.context.get("btp_automatic") and (
            not author.user_ids or author.partner_share
        ):
            for relance in self:
                relance._add_answer("email", relance._find_answerer(msg_dict))
        return super().message_update(msg_dict, update_vals=update_vals)

    def _find_answerer(self, msg_dict):
        """Return which contact of the debtor wrote; the recipient where nobody is known.

        An answer from another mailbox shows that the recipient passed the message on.
        """
        self.ensure_one()
        family = (
            self.env["res.partner"]
            .sudo()
            .search([("commercial_partner_id", "=", self.partner_id.id)])
        )
        author = family.filtered(lambda one: one.id == msg_dict.get("author_id"))
        senders = {
            email_normalize(address)
            for address in email_split(msg_dict.get("email_from") or "")
        }
        same = family.filtered(
            lambda one: one.email_normalized and one.email_normalized in senders
        )
        recipient = self.contact_id & (author | same)
        return recipient or author or same[:1] or self.contact_id

    def _add_answer(self, channel: str, contact=None):
        """Note that the debtor answered this reminder.

        :param channel: ``email``, ``sms``, ``call`` or ``portal``
        :param contact: who did (default: the recipient)
        """
        for relance in self:
            self.env["btp.contact.answer"]._add(
                "answered",
                contact or relance.contact_id,
                relance.company_id,
                channel,
                relance,
            )

    def _note_call(self, report):
        # EXTENDS btp_relance
        label = super()._note_call(report)
        if report.outcome not in NOT_REACHED:
            self._add_answer("call")
        return label

    def _note_bounce(self, address: str | None):
        """Note that the address of the recipient refused a message.

        :param address: as it stood on the message
        """
        for relance in self:
            relance.contact_id._btp_flag_email(address)
            self.env["btp.contact.answer"]._add(
                "bounced", relance.contact_id, relance.company_id, "email", relance
            )
