# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError


class BtpPaper(models.Model):
    """A paper that is of no use as it came is asked for again, in one click."""

    _inherit = "btp.paper"

    can_ask_again = fields.Boolean(compute="_compute_can_ask_again")

    @api.depends("state", "sender_id", "email_from", "value_ids.value")
    def _compute_can_ask_again(self):
        for paper in self:
            useless = paper.state == "failed" or (
                paper.state == "to_check" and paper._is_unsigned()
            )
            paper.can_ask_again = bool(
                useless and (paper.sender_id or paper.email_from)
            )

    def _is_unsigned(self) -> bool:
        """Return whether the paper was read as not signed."""
        said = self.value_ids.filtered(lambda value: value.name == "signed")
        return bool(said) and said._get_said() is False

    def action_ask_again(self):
        """Write to whoever sent the paper; what they answer with is a paper again."""
        self.ensure_one()
        self.check_access("write")
        if not self.can_ask_again:
            raise UserError(
                self.env._("Nobody sent this paper by mail: ask for it yourself.")
            )
        sender = self.sender_id or self.env["res.partner"].find_or_create(
            self.email_from
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for It Again"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": sender.ids,
                "default_subject": self.name,
                "default_body": self._write_request(sender),
            },
        }

    def _write_request(self, sender) -> Markup:
        """Return the message that asks for the paper, in the language of who gets it."""
        words = self.with_context(
            lang=sender.lang or self._in_words().env.context["lang"]
        )
        if self.state == "failed":
            asked = words.env._(
                "We could not read the file “%(name)s” that you sent us. Please answer this "
                "message with it again: a PDF, a flat scan or a sharp photo, without a password.",
                name=self.name,
            )
        else:
            asked = words.env._(
                "The file “%(name)s” that you sent us bears no signature. Please answer this "
                "message with the signed one.",
                name=self.name,
            )
        hello, thanks = words.env._("Hello,"), words.env._("Thank you.")
        return Markup("<p>%s</p><p>%s</p><p>%s</p>") % (hello, asked, thanks)
