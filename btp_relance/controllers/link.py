# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.http import Controller, request, route
from odoo.tools import consteq


class RelanceLink(Controller):
    """The short link of a text message."""

    @route(
        "/r/<int:relance_id>/<string:token>",
        type="http",
        auth="public",
        sitemap=False,
    )
    def open_relance(self, relance_id, token):
        """Lead whoever received a message to what it asks for.

        :param int relance_id: id of the reminder
        :param str token: what proves that the message was received
        """
        relance = request.env["btp.relance"].sudo().browse(relance_id)
        if not consteq(relance._get_link_token(), token) or not relance.exists():
            raise request.not_found()
        return request.redirect(relance.get_portal_url())
