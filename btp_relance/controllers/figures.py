# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import content_disposition, request

from ..models.btp_figure_mixin import DIMENSIONS


class FigureExport(http.Controller):
    """The figures as a spreadsheet."""

    @http.route("/btp_relance/figures.xlsx", type="http", auth="user", readonly=True)
    def export(self, month=None, company_id=None, **kw):
        """Return every figure of a month with its definition, and all months by customer."""
        filters = {
            name: int(kw[name]) if kw[name].isdigit() else kw[name]
            for name in DIMENSIONS
            if kw.get(name)
        }
        # The companies that are ticked are the page's business: rights are the user's.
        companies = request.env.user.company_ids
        figures = request.env["btp.figure"].with_context(
            allowed_company_ids=companies.ids, lang=request.env.user.lang
        )
        try:
            chosen = int(company_id) if company_id else None
            content = figures.get_sheet(month or None, filters, chosen)
            name = figures._get_sheet_name(month or None, chosen)
        except (AccessError, UserError, ValueError) as error:
            raise request.not_found() from error
        return request.make_response(
            content,
            [
                (
                    "Content-Type",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
