# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import api, models

from ..engine.answers import read_automatic

_logger = logging.getLogger(__name__)


class MailThread(models.AbstractModel):
    """The gateway: what comes for reminders finds its way, machines are known as such."""

    _inherit = "mail.thread"

    @api.model
    def message_route(
        self, message, message_dict, model=None, thread_id=None, custom_values=None
    ):
        # EXTENDS mail
        if not message_dict.get("is_bounce"):
            route = self._find_answer_route(message_dict)
            if route:
                if not route[1]:
                    message_dict.pop("parent_id", None)
                self._routing_reset_bounce(message, message_dict)
                return [route]
        return super().message_route(
            message, message_dict, model, thread_id, custom_values
        )

    @api.model
    def _find_answer_route(self, message_dict):
        """Return where a mail goes that is ours to place; what cannot be told goes Odoo's way.

        Every mail of the database passes here: none is lost for what is written in it.
        """
        try:
            with self.env.cr.savepoint():
                return self.env["btp.answer"]._find_route(message_dict)
        except psycopg2.errors.SerializationFailure:
            raise
        except Exception as error:  # noqa: BLE001
            _logger.error(
                "Mail %s not placed: %s",
                message_dict.get("message_id"),
                type(error).__name__,
            )
            return None

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        # EXTENDS mail: the headers are not handed down to the records.
        automatic = read_automatic(message, message_dict.get("subject") or "")
        if automatic:
            self = self.with_context(btp_automatic=automatic)  # noqa: PLW0642
        return super()._message_route_process(message, message_dict, routes)
