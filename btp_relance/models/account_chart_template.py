# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from odoo.addons.account.models.chart_template import template


class AccountChartTemplate(models.AbstractModel):
    _inherit = "account.chart.template"

    @template("fr", "res.company")
    def _get_fr_btp_relance_res_company(self):
        """Name the French chart's account of retentions (4117)."""
        return {self.env.company.id: {"btp_retention_account_id": "pcg_4117"}}
