# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo.http import Controller, request, route

from ..engine.links import EXPIRED, GOOD, UNKNOWN
from .portal_gate import Gate, Refused, dress, guarded

_logger = logging.getLogger(__name__)


class RelanceLink(Gate, Controller):
    """The short link of a text message."""

    @route(
        "/r/<int:relance_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    @guarded
    def open_relance(self, relance_id, token, **_kw):
        """Lead whoever received a message to what it asks for.

        :param int relance_id: id of the reminder
        :param str token: what proves that the message was received
        """
        relance, worth = self._read(relance_id, token)
        if worth != GOOD:
            _logger.info("Short link %s: link %s", relance_id, worth)
            return self._answer(worth, 410, self._translate(relance), short_token=token)
        return dress(request.redirect(relance.get_portal_url()))

    def _read(self, relance_id, token):
        """Return the reminder of a short link, and what the link is worth."""
        address = request.httprequest.remote_addr
        self._count("address", address)
        relance = request.env["btp.relance"].sudo().browse(relance_id)
        worth = relance._read_short_link(token) if relance.exists() else UNKNOWN
        if worth == UNKNOWN:
            self._count("guess", address)
            _logger.warning("Short link %s: link refused", relance_id)
            raise Refused(self._answer("unknown", 404))
        return relance.with_company(relance.company_id), worth

    @route(
        [
            "/my/relances/<int:relance_id>/link",
            "/r/<int:relance_id>/<string:token>/link",
        ],
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=20_000,
    )
    @guarded
    def renew_link(self, relance_id, token=None, access_token=None, **_kw):
        """Send the link again to the address on file, whoever asks; say so, and no more.

        :param str token: of a text message's link that ended
        :param str access_token: of a page's link that ended
        """
        address = request.httprequest.remote_addr
        self._count("address", address)
        relance = request.env["btp.relance"].sudo().browse(relance_id).exists()
        worth = UNKNOWN
        if relance and token:
            worth = relance._read_short_link(token)
        elif relance:
            worth = relance._read_link(access_token)
        if worth not in (GOOD, EXPIRED):
            self._count("guess", address)
            _logger.warning("Link %s: renewal refused", relance_id)
            return self._answer("unknown", 404)
        self._count("link", relance.id)
        relance = relance.with_company(relance.company_id)
        relance._renew_link()
        return self._answer("sent", 200, self._translate(relance))
