# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import content_disposition, request

from ..spreadsheet import to_csv


class ScoringExport(http.Controller):
    """What an auditor checks the model with, as CSV."""

    @http.route(
        "/btp_relance_scoring/export.csv", type="http", auth="user", readonly=True
    )
    def export(self, **_kw):
        """Return the features and outcomes of the current company, piece by piece."""
        names, rows = request.env["btp.scoring.export"]._read(self._get_company())
        return self._answer("scoring.csv", names, rows)

    @http.route(
        "/btp_relance_scoring/columns.csv", type="http", auth="user", readonly=True
    )
    def columns(self, **_kw):
        """Return what each column of the export means."""
        names, rows = request.env["btp.scoring.export"]._describe(self._get_company())
        return self._answer("scoring-columns.csv", names, rows)

    def _get_company(self):
        """Return the company that the page shows: the first of those that are ticked."""
        ids = [
            int(id_)
            for id_ in request.cookies.get("cids", "").replace("-", ",").split(",")
            if id_.isdecimal()
        ]
        mine = request.env.user.company_ids
        chosen = [id_ for id_ in ids if id_ in mine.ids]
        return request.env["res.company"].browse(chosen[:1]) or request.env.company

    def _answer(self, name, names, rows):
        lang = request.env["res.lang"]._get_data(code=request.env.lang or "en_US")
        return request.make_response(
            to_csv(names, rows, lang.decimal_point or "."),
            [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
