# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


def company(name: str, field=fields.Integer):
    """Return a setting that is a field of the company."""
    return field(related=f"company_id.{name}", readonly=False)


class ResConfigSettings(models.TransientModel):
    """How far customers may go with promises and instalments."""

    _inherit = "res.config.settings"

    btp_promise_max_days = company("btp_promise_max_days")
    btp_promise_max_count = company("btp_promise_max_count")
    btp_promise_max_pause = company("btp_promise_max_pause")
    btp_plan_active = company("btp_plan_active", fields.Boolean)
    btp_plan_max_count = company("btp_plan_max_count")
    btp_plan_max_months = company("btp_plan_max_months")
    btp_plan_min_amount = company("btp_plan_min_amount", fields.Monetary)
    btp_plan_max_amount = company("btp_plan_max_amount", fields.Monetary)
    btp_plan_first_days = company("btp_plan_first_days")
    btp_plan_auto_amount = company("btp_plan_auto_amount", fields.Monetary)
    btp_plan_max_requests = company("btp_plan_max_requests")
    btp_plan_sign_days = company("btp_plan_sign_days")
    btp_plan_remind_days = company("btp_plan_remind_days")
    btp_plan_warning_days = company("btp_plan_warning_days")
