# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class BtpFigure(models.Model):
    """What each indicator means, in the words of who reads it."""

    _inherit = "btp.figure"

    @api.model
    def _get_definitions(self) -> dict[str, dict]:
        """Return the name and the definition of each indicator."""
        texts = {**self._define_receivables(), **self._define_work()}
        return {
            code: {"name": name, "definition": definition}
            for code, (name, definition) in texts.items()
        }

    @api.model
    def _define_receivables(self) -> dict[str, tuple]:
        return {
            "dso": (
                self.env._("DSO"),
                self.env._(
                    "What customers owe, taxes included, credit notes and payments not yet "
                    "matched taken off, retentions held apart ÷ what was invoiced in the last "
                    "twelve months, taxes included × 365 days, or the days that the ledger "
                    "holds where it begins later."
                ),
            ),
            "dso_whole": (
                self.env._("DSO with retentions"),
                self.env._("The same with the retentions that customers still hold."),
            ),
            "dso_count_back": (
                self.env._("Count-back DSO"),
                self.env._(
                    "What customers owe uses up the sales of the last months, one month after "
                    "the other; the days of these months, the last one in part. It follows a "
                    "season, which the simple DSO hides."
                ),
            ),
            "dso_best": (
                self.env._("Best possible DSO"),
                self.env._(
                    "The DSO if everybody paid on the day: what is not due yet ÷ what was "
                    "invoiced in the last twelve months × 365 days."
                ),
            ),
            "dso_count_back_whole": (
                self.env._("Count-back DSO with retentions"),
                self.env._("The same with the retentions that customers still hold."),
            ),
            "dso_best_whole": (
                self.env._("Best possible DSO with retentions"),
                self.env._("The same with the retentions that customers still hold."),
            ),
            "days_delinquent": (
                self.env._("Days owed to lateness (ADD)"),
                self.env._("DSO − best possible DSO: the days that late payers cost."),
            ),
            "overdue_rate": (
                self.env._("Overdue rate"),
                self.env._(
                    "Amounts past their due date ÷ all that customers owe, retentions held "
                    "apart, open credits taken off."
                ),
            ),
            "overdue_count_rate": (
                self.env._("Overdue rate, in number"),
                self.env._(
                    "Number of amounts past their due date ÷ number of open amounts due."
                ),
            ),
            "effectiveness": (
                self.env._("Collection effectiveness (CEI)"),
                self.env._(
                    "(owed when the month began + invoiced − owed when it ends) ÷ (owed when "
                    "it began + invoiced − not due when it ends). Over 80 % is sound."
                ),
            ),
            "delay": (
                self.env._("Average delay"),
                self.env._(
                    "Days between the due date and the payment, weighted by the amounts paid "
                    "in the month; an early payment counts as none."
                ),
            ),
            "paid10_rate": (
                self.env._("Paid before J+10"),
                self.env._(
                    "Of the amounts whose tenth day after the due date lies in the month: what "
                    "had been paid by that day ÷ what was to be paid."
                ),
            ),
            "paid10_count_rate": (
                self.env._("Paid before J+10, in number"),
                self.env._("The same, in number of amounts due that were paid whole."),
            ),
        }

    @api.model
    def _define_work(self) -> dict[str, tuple]:
        return {
            "cost_rate": (
                self.env._("Cost to collect"),
                self.env._(
                    "(time × hourly rate + postage + fees) ÷ what was paid in the month after "
                    "its due date."
                ),
            ),
            "promise_rate": (
                self.env._("Promises kept"),
                self.env._(
                    "Received of what was promised for the month, two working days later at "
                    "the latest ÷ promised; promises cancelled before are left out."
                ),
            ),
            "dispute_mean": (
                self.env._("Dispute time"),
                self.env._(
                    "Mean of the days from the opening to the decision, of disputes settled."
                ),
            ),
            "dispute_median": (
                self.env._("Dispute time, median"),
                self.env._("Half of the disputes settled in the month took less."),
            ),
            "dispute_long_rate": (
                self.env._("Disputes over 30 days"),
                self.env._(
                    "Share of the disputes settled in the month that took over 30 days."
                ),
            ),
            "dispute_age": (
                self.env._("Age of open disputes"),
                self.env._(
                    "Mean of the days since the opening, of disputes still open."
                ),
            ),
            "document_mean": (
                self.env._("Days lost per document"),
                self.env._(
                    "Days during which an amount due waited for a document ÷ documents, of "
                    "those received in the month."
                ),
            ),
            "complaint_rate": (
                self.env._("Complaint rate"),
                self.env._(
                    "Answers that complain about our tone ÷ reminders sent in the month."
                ),
            ),
            "case_rate": (
                self.env._("Escalations worth it"),
                self.env._(
                    "Escalations that a person found useful ÷ escalations that a person "
                    "closed in the month."
                ),
            ),
            "forecast_missed_rate": (
                self.env._("Forecasts missed by (WAPE)"),
                self.env._(
                    "Gaps between the cash said four weeks before and what came, in size, of "
                    "the weeks that ended in the month ÷ what came. Of the company as a whole."
                ),
            ),
            "forecast_bias_rate": (
                self.env._("Forecast bias"),
                self.env._(
                    "(said four weeks before − what came) ÷ what came, of the weeks that "
                    "ended in the month: above zero where too much was promised."
                ),
            ),
        }

    @api.model
    def _get_reasons(self) -> dict[str, str]:
        """Return the sentence that stands where a figure has no value."""
        return {
            "little_history": self.env._(
                "Not enough history: the ledger holds less than 90 days of invoices."
            ),
            "credits_over_overdue": self.env._(
                "Open credits exceed what is overdue: match them first."
            ),
            "beyond_measure": self.env._(
                "More than ten years of sales are owed: too little was invoiced to say."
            ),
            "rate_missing": self.env._(
                "The hourly rate is missing: give it in the settings."
            ),
            "no_sales": self.env._("Nothing was invoiced in twelve months."),
            "negative_balance": self.env._("Open credits exceed what is owed."),
            "nothing_owed": self.env._("Nothing is owed."),
            "history_too_short": self.env._(
                "More is owed than the known months invoiced."
            ),
            "nothing_due": self.env._("Nothing was due."),
            "nothing_paid": self.env._("Nothing was paid."),
            "nothing_collected": self.env._("Nothing late was paid."),
            "nothing_promised": self.env._("Nothing was promised for this month."),
            "no_dispute": self.env._("No dispute."),
            "no_document": self.env._("No document was late."),
            "no_reminder": self.env._("No reminder was sent."),
            "no_case": self.env._("No escalation was judged."),
            "no_forecast": self.env._("No forecast is over yet."),
            "nothing_came": self.env._("Nothing came in."),
            "few_cases": self.env._("Too few cases to say."),
        }
