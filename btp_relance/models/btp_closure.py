# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine.calendar import yearly


class BtpClosure(models.Model):
    """Days on which a company contacts nobody: August, Christmas, a bridge."""

    _name = "btp.closure"
    _description = "Closure"
    _order = "date_from, id"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        ondelete="cascade",
    )
    active = fields.Boolean(default=True)
    date_from = fields.Date("First Day", required=True)
    date_to = fields.Date("Last Day", required=True)
    is_yearly = fields.Boolean("Every Year", help="The same days each year.")

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from AND date_to - date_from < 366)",
        "The last day comes after the first, less than a year later.",
    )

    @api.model
    def _get_spans(self, company, today) -> list[tuple]:
        """Return the closures of a company around ``today``.

        :return: ``(first day, last day, name)``
        """
        spans = []
        for closure in self.sudo().search([("company_id", "=", company.id)]):
            days = [(closure.date_from, closure.date_to)]
            if closure.is_yearly:
                years = range(today.year - 1, today.year + 3)
                days = yearly(closure.date_from, closure.date_to, years)
            spans += [(first, last, closure.name) for first, last in days]
        return spans
