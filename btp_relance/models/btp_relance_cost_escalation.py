# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from decimal import Decimal

from odoo import models

from ..engine.cost import cost_to_collect


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_btp_cost_to_collect(self, date_from: date, date_to: date) -> dict:
        # EXTENDS btp_relance: the time spent on cases costs too.
        cost = super()._get_btp_cost_to_collect(date_from, date_to)
        [(minutes, time)] = (
            self.env["btp.escalation"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", self.id),
                    ("acted_on", ">=", date_from),
                    ("acted_on", "<=", date_to),
                ],
                [],
                ["minutes:sum", "cost_time:sum"],
            )
        )
        cost["minutes"] += minutes or 0.0
        cost["time"] += time or 0.0
        costs = [Decimal(str(cost[part] or 0)) for part in ("time", "postage", "fees")]
        cost["ratio"] = cost_to_collect(*costs, Decimal(str(cost["collected"])))
        return cost
