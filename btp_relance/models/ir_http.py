# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import re

from werkzeug.exceptions import BadRequest, LengthRequired, RequestEntityTooLarge

from odoo import models
from odoo.http import request

from ..engine.links import hide_keys

_logger = logging.getLogger(__name__)

#: Pages of customers, whose links are keys.
OURS = re.compile(r"^(/[a-z]{2}(_[A-Z]{2})?)?/(my/relances|my/plans|r)/")


class HideKeys(logging.Filter):
    """Keep the keys of links out of the log of requests."""

    def filter(self, record):
        """Put dots in place of each key. Every record passes."""
        message = record.getMessage()
        if any(part in message for part in ("access_token=", "/r/", "/site/")):
            record.msg, record.args = hide_keys(message), ()
        return True


logging.getLogger("werkzeug").addFilter(HideKeys())


class IrHttp(models.AbstractModel):
    """What is refused before a customer's page is reached is explained too."""

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):  # pylint: disable=missing-return
        # EXTENDS http_routing: a body of which the length is not said has no end.
        sent = request.httprequest
        if (
            sent.method == "POST"
            and sent.content_length is None
            and OURS.match(sent.path)
        ):
            raise LengthRequired
        super()._pre_dispatch(rule, args)

    @classmethod
    def _handle_error(cls, exception):
        # EXTENDS http_routing
        why = {
            RequestEntityTooLarge: "large",
            LengthRequired: "large",
            BadRequest: "form",
        }.get(type(exception))
        if (
            not why
            or request.dispatcher.routing_type != "http"
            or not OURS.match(request.httprequest.path)
        ):
            return super()._handle_error(exception)
        _logger.warning(
            "Customer pages: %s refused (%s)", request.httprequest.method, why
        )
        return cls._explain_btp_refusal(why, exception.code)

    @classmethod
    def _explain_btp_refusal(cls, why: str, code: int):
        """Return the page that says why a request was not even read.

        :param why: ``large`` (the body) or ``form`` (no session, or another's)
        """
        from ..controllers.portal_gate import Gate  # noqa: PLC0415 it needs the models

        request.env.cr.rollback()
        if not request.env.uid:
            cls._auth_method_public()
        # Nothing of a body that was refused is looked at again.
        request.params = {}
        cls._frontend_pre_dispatch()
        response = Gate()._answer(why, code)
        response.flatten()
        cls._post_dispatch(response)
        return response
