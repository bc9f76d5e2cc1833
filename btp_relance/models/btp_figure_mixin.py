# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..const import BILLING_STAGES, OWED_BY, REGIMES

#: What the sums of debts are kept by.
DEBT_DIMENSIONS = (
    "partner_id",
    "chantier_id",
    "user_id",
    "billing_stage",
    "regime",
    "scenario_id",
)
#: What the days lost to documents are kept by too.
PAPER_DIMENSIONS = ("document_type_id", "owed_by")
#: What every sum is kept by; whatever is unknown stays empty, so that parts make the whole.
DIMENSIONS = (*DEBT_DIMENSIONS, *PAPER_DIMENSIONS)
#: Age of what is overdue, as ``engine.figures.receivables`` cuts it.
OVERDUE = ("overdue_10", "overdue_30", "overdue_60", "overdue_90", "overdue_more")
#: Sums that the journal items give, then those that the follow-up gives.
LEDGER = (
    "receivable",
    "retained",
    "not_due",
    "credit",
    *OVERDUE,
    "opening",
    "sales",
    "sales_year",
    "paid",
    "late_days_amount",
    "collected_overdue",
    "due10",
    "paid10",
    "open_count",
    "overdue_count",
    "due10_count",
    "paid10_count",
)
WORK = (
    "cost_time",
    "cost_postage",
    "cost_fees",
    "minutes",
    "reminder_count",
    "complaint_count",
    "promised",
    "promise_kept",
    "dispute_closed_count",
    "dispute_closed_days",
    "dispute_long_count",
    "dispute_open_count",
    "dispute_open_days",
    "document_count",
    "document_days",
    "case_judged",
    "case_useful",
    "forecast_actual",
    "forecast_expected",
    "forecast_missed",
)
MEASURES = (*LEDGER, *WORK)


#: How things stand when a month ends: of several months, the last one says it.
STOCKS = (
    "receivable",
    "retained",
    "not_due",
    "credit",
    *OVERDUE,
    "owed",
    "overdue",
    "sales_year",
    "open_count",
    "overdue_count",
    "dispute_open_count",
    "dispute_open_days",
)
#: How things stood when it began: of several months, the first one says it.
OPENINGS = ("opening",)


def money(label, **options):
    """Return a field of an amount in the company's currency."""
    return fields.Monetary(label, readonly=True, **options)


def number(label, **options):
    """Return a field of an exact number that adds up."""
    return fields.Float(label, digits=(16, 2), readonly=True, **options)


class BtpFigureMixin(models.AbstractModel):
    """Sums of a month that add up, by what they are kept by."""

    _name = "btp.figure.mixin"
    _description = "Sums of a Month"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(readonly=True, help="First day of the month.")
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    chantier_id = fields.Many2one("btp.chantier", readonly=True)
    user_id = fields.Many2one("res.users", "Conducteur de travaux", readonly=True)
    billing_stage = fields.Selection(BILLING_STAGES, readonly=True)
    regime = fields.Selection(REGIMES, "Customer Regime", readonly=True)
    scenario_id = fields.Many2one(
        "btp.relance.scenario",
        readonly=True,
        help="That of the last reminder by then, else the one set on the invoice or the chantier.",
    )
    document_type_id = fields.Many2one("btp.document.type", "Document", readonly=True)
    owed_by = fields.Selection(OWED_BY, "Document Owed By", readonly=True)
    covered = fields.Integer(
        "Days of Invoices Known",
        readonly=True,
        aggregator="max",
        help="Days from the first invoice of the company to the end of the month.",
    )

    receivable = money("Owed, Retentions Included")
    retained = money("Retentions Held", help="Not due before their release.")
    not_due = money("Not Due")
    credit = money(
        "Open Credits", help="Credit notes and payments not yet matched: negative."
    )
    overdue_10 = money("Overdue 1–10 Days")
    overdue_30 = money("Overdue 11–30 Days")
    overdue_60 = money("Overdue 31–60 Days")
    overdue_90 = money("Overdue 61–90 Days")
    overdue_more = money("Overdue Over 90 Days")
    opening = money("Owed When the Month Began")
    sales = money(
        "Invoiced in the Month", help="Taxes included, credit notes taken off."
    )
    sales_year = money("Invoiced in Twelve Months")
    paid = money("Paid in the Month", help="In money, of invoices.")
    late_days_amount = number("Days Late × Amount Paid")
    collected_overdue = money("Paid Late")
    due10 = money(
        "Ten Days Past Due", help="Amounts whose tenth day late lies in the month."
    )
    paid10 = money("Of Which Paid by Then")
    open_count = number("Open Amounts Due")
    overdue_count = number("Overdue Amounts Due")
    due10_count = number("Amounts Ten Days Past Due")
    paid10_count = number("Of Which Paid Whole by Then")

    cost_time = money("Cost of Time")
    cost_postage = money("Postage")
    cost_fees = money("Fees")
    minutes = number("Time Spent (minutes)")
    reminder_count = number("Reminders Sent")
    complaint_count = number("Complaints")
    promised = money("Promised for the Month")
    promise_kept = money("Of Which Received")
    dispute_closed_count = number("Disputes Settled")
    dispute_closed_days = number("Days of Disputes Settled")
    dispute_long_count = number("Disputes Settled After 30 Days")
    dispute_open_count = number("Disputes Open")
    dispute_open_days = number("Age of Disputes Open (days)")
    document_count = number("Documents Received")
    document_days = number(
        "Days Lost to These Documents",
        help="Days during which an amount due waited for a document received in the month.",
    )
    case_judged = number("Escalations Judged")
    case_useful = number("Escalations Worth It")
    forecast_actual = money(
        "Cash That Came", help="In the weeks that ended in the month."
    )
    forecast_expected = money(
        "Cash Expected", help="For these weeks, as it was said four weeks before."
    )
    forecast_missed = money(
        "Cash Missed by Forecasts", help="The gaps of these weeks, in size."
    )

    @api.model
    def _sum_sql(self, names=MEASURES, table="s") -> SQL:
        """Return the sums of measures of a table, as columns of their names."""
        return SQL(", ").join(
            SQL(
                "COALESCE(SUM(%s), 0) AS %s",
                SQL.identifier(table, name),
                SQL.identifier(name),
            )
            for name in names
        )

    @api.model
    def _columns_sql(self, names, table=None) -> SQL:
        """Return the names of columns, as SQL."""
        return SQL(", ").join(
            SQL.identifier(*filter(None, (table, name))) for name in names
        )
