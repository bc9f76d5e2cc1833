# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo import http
from odoo.http import request
from odoo.tools.pdf import merge_pdf

#: Letters in one file: what a person carries to the post office, and a browser opens.
MOST = 200
#: Bytes of a notification; Maileva's own have a few hundred.
MAX_NOTIFICATION = 20_000


class RegisteredMail(http.Controller):
    """Letters to print, and what a provider tells by itself."""

    @http.route("/btp_relance/postings/<string:ids>", type="http", auth="user")
    def print_postings(self, ids, **_kw):
        """Return letters as one PDF behind their deposit slip."""
        numbers = [int(part) for part in ids.split(",") if part.isdigit()][:MOST]
        postings = request.env["btp.relance.posting"].browse(numbers).exists()
        postings.check_access("read")
        postings = postings.filtered("letter_id").sorted("id")
        if not postings:
            return request.not_found()
        content = merge_pdf(
            [
                postings._render_slip(),
                *(posting.letter_id.raw for posting in postings),
            ]
        )
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", 'inline; filename="recommandes.pdf"'),
            ],
        )

    @http.route(
        "/btp_relance/maileva/<int:company_id>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def maileva(self, company_id, **_kw):
        """Take note that something moved at Maileva: what, is asked of Maileva itself.

        Nothing that the call says is believed, but whose letter it is about.
        """
        login = request.httprequest.authorization
        company = request.env["res.company"]._check_btp_hook(
            company_id,
            (login and login.username) or "",
            (login and login.password) or "",
        )
        if not company:
            return request.make_response(
                "", [("WWW-Authenticate", "Basic")], status=401
            )
        body = request.httprequest.get_data(cache=False)[:MAX_NOTIFICATION]
        try:
            told = json.loads(body)
            names = {told.get("resource_id"), told.get("resource_custom_id")}
        except (ValueError, AttributeError, TypeError):
            return request.make_response("", status=400)
        names = [name for name in names if isinstance(name, str) and name]
        request.env["btp.relance.posting"].sudo()._tell(company, names)
        return request.make_response("", status=201)

    @http.route(
        "/btp_relance/ar24/<int:posting_id>/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def ar24(self, posting_id, token, **_kw):
        """Take note that a letter moved at AR24: what, is asked of AR24 itself.

        AR24's calls are not signed (its guide of webhooks, on www.ar24.fr): the address that
        we gave with the letter is the secret, and nothing that the call says is read. It
        calls again until it gets a 200.
        """
        postings = request.env["btp.relance.posting"].sudo()
        known = postings._tell_ar24(posting_id, token)
        return request.make_response("", status=200 if known else 404)
