# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..engine import plan, promise
from .account_move_interest_data import to_decimal


class ResCompany(models.Model):
    """How far customers may go with promises and instalments."""

    _inherit = "res.company"

    btp_promise_max_days = fields.Integer(
        "Most Days Ahead",
        default=30,
        help="A customer promises a day at most so many days away. 0: no limit.",
    )
    btp_promise_max_count = fields.Integer(
        "Most Promises",
        default=2,
        help="Promises for one amount due, those kept apart. 0: no limit.",
    )
    btp_promise_max_pause = fields.Integer(
        "Most Days of Pause",
        default=45,
        help="Days for which promises hold one amount due, all together. 0: no limit.",
    )
    btp_plan_active = fields.Boolean(
        "Customers May Ask for Instalments",
        default=True,
        help="Off: only an agent proposes instalments.",
    )
    btp_plan_max_count = fields.Integer(
        "Most Instalments", default=4, help="0: no limit."
    )
    btp_plan_max_months = fields.Integer(
        "Most Months",
        default=6,
        help="From the request to the last instalment. 0: no limit.",
    )
    btp_plan_min_amount = fields.Monetary(
        "Least Instalment", default=100.0, help="0: no limit."
    )
    btp_plan_max_amount = fields.Monetary(
        "Greatest Amount", default=15000.0, help="0: no limit."
    )
    btp_plan_first_days = fields.Integer(
        "First Instalment Within", default=30, help="Days. 0: no limit."
    )
    btp_plan_auto_amount = fields.Monetary(
        "Approved by Itself Up To",
        default=3000.0,
        help="Within this amount and the limits, a plan goes straight to signature; above, "
        "a manager approves it. 0: always a manager.",
    )
    btp_plan_max_requests = fields.Integer(
        "Most Requests",
        default=2,
        help="Requests about one amount due that came to nothing. 0: no limit.",
    )
    btp_plan_sign_days = fields.Integer(
        "Days to Sign",
        default=10,
        help="A plan to be signed holds the invoices for so many days; a request, until a "
        "manager decides.",
    )
    btp_plan_remind_days = fields.Integer(
        "Days Before",
        default=5,
        help="Each instalment is announced so many days before. 0: not at all.",
    )
    btp_plan_warning_days = fields.Integer(
        "Days After the Warning",
        default=8,
        help="An instalment not paid so many days after the warning makes the plan void.",
    )

    _btp_agreed_positive = models.Constraint(
        "CHECK(btp_promise_max_days BETWEEN 0 AND 365 AND btp_promise_max_count >= 0"
        " AND btp_promise_max_pause >= 0 AND btp_plan_max_count BETWEEN 0 AND 120"
        " AND btp_plan_max_months BETWEEN 0 AND 120 AND btp_plan_min_amount >= 0"
        " AND btp_plan_max_amount >= 0 AND btp_plan_first_days >= 0"
        " AND btp_plan_auto_amount >= 0 AND btp_plan_max_requests >= 0"
        " AND btp_plan_sign_days >= 1 AND btp_plan_remind_days >= 0"
        " AND btp_plan_warning_days >= 1)",
        "The limits of promises and instalments cannot be negative; there is one day at "
        "least to sign and after a warning.",
    )

    def _get_btp_promise_limits(self) -> promise.Limits:
        """Return how far a customer may go with promises."""
        self.ensure_one()
        return promise.Limits(
            self.btp_promise_max_days,
            self.btp_promise_max_count,
            self.btp_promise_max_pause,
        )

    def _get_btp_plan_limits(self, currency) -> plan.Limits:
        """Return how far a customer may go with instalments, in a currency.

        :param currency: of the plan; the amounts of the settings are in the company's
        """
        self.ensure_one()
        return plan.Limits(
            self.btp_plan_max_count,
            self.btp_plan_max_months,
            to_decimal(self._btp_convert(self.btp_plan_min_amount, currency), currency),
            to_decimal(self._btp_convert(self.btp_plan_max_amount, currency), currency),
            self.btp_plan_first_days,
        )

    def _btp_convert(self, amount: float, currency) -> float:
        """Return an amount of the settings in another currency, at today's rate."""
        today = self.env["btp.echeance"].with_company(self)._get_today()
        return self.currency_id._convert(amount, currency, self, today)
