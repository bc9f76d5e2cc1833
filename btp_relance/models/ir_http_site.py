# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from werkzeug.exceptions import RequestEntityTooLarge

from odoo import models
from odoo.http import request

_logger = logging.getLogger(__name__)


class IrHttp(models.AbstractModel):
    """A form too large for the page of a site task is refused unread, and in words."""

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        # EXTENDS http_routing
        if not isinstance(exception, RequestEntityTooLarge) or not (
            request.httprequest.path.startswith("/site/")
        ):
            return super()._handle_error(exception)
        from ..controllers.site import refuse  # noqa: PLC0415 it needs the models

        _logger.info("Site page: form refused (large)")
        request.env.cr.rollback()
        if not request.env.uid:
            cls._auth_method_public()
        # Nothing of a body that was refused is looked at again.
        request.params = {}
        response = refuse("large")
        response.flatten()
        cls._post_dispatch(response)
        return response
