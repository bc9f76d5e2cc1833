# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import re

from werkzeug.exceptions import BadRequest, LengthRequired, RequestEntityTooLarge

from odoo import models
from odoo.http import request

from ..engine.links import hide_keys

_logger = logging.getLogger(__name__)

#: Pages whose links are keys, and what answers there: of a customer, of the site.
CUSTOMER = re.compile(r"^(/[a-z]{2}(_[A-Z]{2})?)?/(my/relances|my/plans|r)/")
SITE = re.compile(r"^/site/")


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
    """What is refused before one of our pages is reached is explained there too."""

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):  # pylint: disable=missing-return
        # EXTENDS http_routing: a body of which the length is not said has no end.
        sent = request.httprequest
        if (
            sent.method == "POST"
            and sent.content_length is None
            and (CUSTOMER.match(sent.path) or SITE.match(sent.path))
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
        explain = why and request.dispatcher.routing_type == "http"
        explain = explain and cls._get_btp_explainer(request.httprequest.path)
        if not explain:
            return super()._handle_error(exception)
        method = request.httprequest.method
        _logger.warning("Pages of links: %s refused (%s)", method, why)
        request.env.cr.rollback()
        if not request.env.uid:
            cls._auth_method_public()
        # Nothing of a body that was refused is looked at again.
        request.params = {}
        response = explain(why, exception.code)
        response.flatten()
        cls._post_dispatch(response)
        return response

    @classmethod
    def _get_btp_explainer(cls, path: str):
        """Return what makes the page that says why a request was not even read.

        :param path: of the page asked for
        :return: a function of ``large`` (the body) or ``form`` (no session, or another's)
            and a status; nothing where the page is none of ours
        """
        # They need the models.
        from ..controllers import portal_gate, site  # noqa: PLC0415

        if SITE.match(path):
            return site.SitePage()._answer
        if CUSTOMER.match(path):

            def explain(why, status):
                cls._frontend_pre_dispatch()
                return portal_gate.Gate()._answer(why, status)

            return explain
        return None
