# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.cost import cost_to_collect, time_cost

#: Setting of the company that says what a channel costs, and what kind of cost it is.
COSTS = {
    "email": ("btp_fee_email", "cost_fees"),
    "sms": ("btp_fee_sms", "cost_fees"),
    "call": ("btp_fee_call", "cost_fees"),
    "letter": ("btp_fee_letter", "cost_postage"),
    "registered": ("btp_fee_registered", "cost_postage"),
}


class BtpRelance(models.Model):
    """What a reminder cost: time, postage and fees, at the prices of its day."""

    _inherit = "btp.relance"

    attempts = fields.Integer(
        readonly=True, copy=False, help="Messages that left and calls that were made."
    )
    minutes = fields.Float("Time Spent (minutes)", readonly=True, copy=False)
    cost_time = fields.Monetary(
        "Cost of Time", currency_field="company_currency_id", readonly=True, copy=False
    )
    cost_postage = fields.Monetary(
        "Postage", currency_field="company_currency_id", readonly=True, copy=False
    )
    cost_fees = fields.Monetary(
        "Fees", currency_field="company_currency_id", readonly=True, copy=False
    )
    cost_total = fields.Monetary(
        "Cost",
        currency_field="company_currency_id",
        compute="_compute_cost_total",
        store=True,
    )

    @api.depends("cost_time", "cost_postage", "cost_fees")
    def _compute_cost_total(self):
        for relance in self:
            relance.cost_total = (
                relance.cost_time + relance.cost_postage + relance.cost_fees
            )

    def _done(self, today=None):
        # EXTENDS btp_relance: a call was counted when it was made.
        # pylint: disable=missing-return
        super()._done(today)
        messages = self.filtered(lambda relance: relance.channel != "call")
        alike = messages.grouped(
            lambda r: (r.company_id, r.channel, r.attempts, r.cost_fees, r.cost_postage)
        )
        for group in alike.values():
            group.write(group[0]._prepare_charge())

    def _prepare_charge(self) -> dict:
        """Return the values of one more message or call by the channel of this reminder."""
        self.ensure_one()
        values = {"attempts": self.attempts + 1}
        if self.channel in COSTS:
            setting, field = COSTS[self.channel]
            if fee := self.company_id.sudo()[setting]:
                values[field] = self[field] + fee
        return values

    def _spend(self, minutes: float):
        """Count the time that somebody spent on this reminder.

        :param minutes: zero or more
        """
        self.ensure_one()
        minutes = max(minutes, 0.0)
        rate = self.company_id.sudo().btp_hourly_rate
        cost = time_cost(Decimal(str(minutes)), Decimal(str(rate)))
        self.write(
            {
                "minutes": self.minutes + minutes,
                "cost_time": self.cost_time + float(cost),
            }
        )


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_btp_cost_to_collect(self, date_from: date, date_to: date) -> dict:
        """Return what collecting cost in a period: (time × rate + postage + fees) / collected.

        Collected is what was paid of amounts that were overdue on the day of the payment,
        in the company's currency; credit notes are no payment.

        :param date_from: first day
        :param date_to: last day
        :return: ``{"minutes", "time", "postage", "fees", "collected", "ratio"}``; the ratio is
            ``None`` where nothing was collected
        """
        self.ensure_one()
        self.env["btp.relance"].flush_model()
        self.env["account.partial.reconcile"].flush_model()
        self.env["account.move.line"].flush_model()
        [(minutes, time, postage, fees)] = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(SUM(minutes), 0), COALESCE(SUM(cost_time), 0),
                       COALESCE(SUM(cost_postage), 0), COALESCE(SUM(cost_fees), 0)
                  FROM btp_relance
                 WHERE company_id = %s AND contacted_on BETWEEN %s AND %s
                """,
                self.id,
                date_from,
                date_to,
            )
        )
        [(collected,)] = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(SUM(part.amount), 0)
                  FROM account_partial_reconcile part
                  JOIN account_move_line due ON due.id = part.debit_move_id
                  JOIN account_move_line paid ON paid.id = part.credit_move_id
                  JOIN account_account a ON a.id = due.account_id
                  JOIN account_move pm ON pm.id = paid.move_id
                 WHERE part.company_id = %s AND a.account_type = 'asset_receivable'
                   AND paid.date BETWEEN %s AND %s
                   AND paid.date > COALESCE(due.date_maturity, due.date)
                   AND pm.move_type = 'entry'
                """,
                self.id,
                date_from,
                date_to,
            )
        )
        costs = [Decimal(str(value)) for value in (time, postage, fees)]
        return {
            "minutes": minutes,
            "time": time,
            "postage": postage,
            "fees": fees,
            "collected": collected,
            "ratio": cost_to_collect(*costs, Decimal(str(collected))),
        }
