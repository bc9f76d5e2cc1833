# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class BtpFigureCash(models.Model):
    """What was said last: one forecast among those that are kept."""

    _inherit = "btp.figure.cash"

    is_last = fields.Boolean(
        "Said Last", compute="_compute_is_last", search="_search_is_last"
    )

    @api.depends("company_id", "made_on")
    def _compute_is_last(self):
        last = dict(
            self.sudo()._read_group(
                [("company_id", "in", self.company_id.ids)],
                ["company_id"],
                ["made_on:max"],
            )
        )
        for row in self:
            row.is_last = row.made_on == last.get(row.company_id)

    @api.model
    def _search_is_last(self, operator, value):
        """Return the rows of the last day of each company; asked for as a list of yes and no."""
        if operator != "in":
            return NotImplemented
        if set(value) == {True, False}:
            return Domain.TRUE
        last = SQL(
            "(SELECT f.id FROM btp_figure_cash f JOIN (SELECT company_id, MAX(made_on) AS day"
            " FROM btp_figure_cash GROUP BY company_id) said"
            " ON said.company_id = f.company_id AND said.day = f.made_on)"
        )
        return [("id", "in" if True in value else "not in", last)]
