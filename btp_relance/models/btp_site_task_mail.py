# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class BtpSiteTask(models.Model):
    """What comes back by e-mail: an answer without the link, or the message itself."""

    _inherit = "btp.site.task"

    def _message_post_after_hook(self, message, msg_vals):
        # EXTENDS mail: whoever answers the e-mail itself is heard too.
        result = super()._message_post_after_hook(message, msg_vals)
        if message.message_type == "email":
            for task in self.sudo():
                task._take_mail(message.sudo())
        return result

    def _take_mail(self, message):
        """Pass on an e-mail that answers ours: a person says what its files are."""
        self.ensure_one()
        requests = self.document_ids.request_ids.filtered(
            lambda request: (
                request.state == "open" and request.partner_id == self.partner_id
            )
        )
        target = (self.dispute_id or requests[:1] or self).sudo()
        if target != self:
            target.message_post(
                body=message.body,
                author_id=message.author_id.id or self.partner_id.id,
                attachment_ids=[
                    file.copy({"res_model": target._name, "res_id": target.id}).id
                    for file in message.attachment_ids
                ],
                # A request keeps the files of an e-mail at hand.
                message_type="comment" if self.dispute_id else "email",
                subtype_xmlid="mail.mt_note",
            )
        self._note("site_answered", message.preview or None)
        self._tell_owner(target, "answer", "")

    def _message_receive_bounce(self, email, partner):
        # EXTENDS mail: what came back reached nobody.
        for task in self.sudo():
            task.failure_reason = self.env._(
                "The message came back from %s: correct the address.", email
            )
            task._tell_owner((task.dispute_id or task).sudo(), "bounced", email)
        return super()._message_receive_bounce(email, partner)
