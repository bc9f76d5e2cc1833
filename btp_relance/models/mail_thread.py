# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..engine.answers import read_automatic


class MailThread(models.AbstractModel):
    """The gateway: what comes for reminders finds its way, machines are known as such."""

    _inherit = "mail.thread"

    @api.model
    def message_route(
        self, message, message_dict, model=None, thread_id=None, custom_values=None
    ):
        # EXTENDS mail
        if not message_dict.get("is_bounce"):
            route = self.env["btp.answer"]._find_route(message_dict)
            if route:
                message_dict.pop("parent_id", None) if not route[1] else None
                self._routing_reset_bounce(message, message_dict)
                return [route]
        return super().message_route(
            message, message_dict, model, thread_id, custom_values
        )

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        # EXTENDS mail: the headers are not handed down to the records.
        automatic = read_automatic(message, message_dict.get("subject") or "")
        if automatic:
            self = self.with_context(btp_automatic=automatic)  # noqa: PLW0642
        return super()._message_route_process(message, message_dict, routes)
