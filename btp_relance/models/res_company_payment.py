# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """Whether the company's customers can pay online."""

    _inherit = "res.company"

    btp_pays_online = fields.Boolean(compute="_compute_btp_pays_online")

    def _compute_btp_pays_online(self):
        providers = self.env["payment.provider"].sudo()
        for company in self:
            company.btp_pays_online = bool(
                providers.search_count(
                    [
                        *providers._check_company_domain(company),
                        ("state", "in", ("enabled", "test")),
                        ("is_published", "=", True),
                    ],
                    limit=1,
                )
            )
