# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the columns of the auditor's export mean."""

import re

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: Facts of an amount due, as the ledger has them.
FACTS = {
    "invoice_id": _lt("Number of the amount due (journal item)."),
    "customer_id": _lt("Number of the customer; no name is exported."),
    "chantier_id": _lt("Number of the chantier, 0 without one."),
    "issue_date": _lt("Day of the invoice."),
    "due_date": _lt("Day on which the amount is due."),
    "amount": _lt("Amount in the company's currency."),
    "open_amount": _lt("What is left to pay today."),
    "currency": _lt("Currency of the invoice."),
    "segment": _lt("Group of the customer's regime."),
    "regime": _lt("Regime of the customer."),
    "stage": _lt("Billing stage of the invoice."),
    "site_state": _lt("State of the chantier on the day of the invoice."),
    "retention": _lt("1 for a retention."),
    "price_revision": _lt("1 where the contract's prices are revised."),
    "subcontract": _lt("1 where the works are a subcontract."),
    "visa_days": _lt("Days that earlier visas took on this chantier."),
    "missing_documents": _lt("Documents missing on the day of the invoice."),
    "missing_since": _lt("Day from which a document was missing."),
    "missing_until": _lt("Day on which the last missing document came."),
}
#: What came, and what had been said.
OUTCOMES = {
    "paid_date": _lt("Day of the last payment; empty while it is open."),
    "days_late": _lt("Days from the due date to the payment; negative when early."),
    "is_late": _lt(
        "1 when paid after the due date (plus the days of grace), or not yet."
    ),
    "trouble": _lt("Why the row could not be used, empty otherwise."),
    "first_on": _lt("Day of the first score."),
    "p_first": _lt("Chance of being late, as it was said first."),
    "scored_on": _lt("Day of the last score."),
    "p_late": _lt("Chance of being late, as it was said last."),
    "date_expected": _lt("Day expected by the last score."),
    "method": _lt("What made the last score: rule, delays or learner."),
    "confidence": _lt("Confidence of the last score."),
    "known_on": _lt(
        "Day on which the features that follow were known: the first weekly day on which "
        "the amount was open. Nothing later is in them."
    ),
}
#: Features by the pattern of their name, the first that fits.
FEATURES = {
    r"n_\d+": _lt(
        "Settled amounts of the customer, weighed by age (half-life in days)."
    ),
    r"n_weekday": _lt("Settled amounts of the customer due on this weekday."),
    r"late_\d+": _lt("Late rate of the customer, weighed by age (half-life in days)."),
    r"late_own": _lt("Late rate of the customer over its whole past, shrunk."),
    r"late_term": _lt("Late rate of the customer's amounts with this payment term."),
    r"late_size": _lt("Late rate of the customer's larger or smaller amounts."),
    r"late_if_open": _lt(
        "Late rate among the customer's amounts still open at this age."
    ),
    r"late_weekday.*": _lt("Late rate by weekday of the due date."),
    r"late_company": _lt("Late rate of all customers in the last two weeks."),
    r"late_.*": _lt("Late rate, as of the day, of amounts with the same value."),
    r"delay_sd": _lt("Spread of the customer's delays, in days."),
    r"delay_q\d+": _lt("Quantile of the customer's delays, in days."),
    r"delay_.*": _lt("Mean delay of the customer, in days."),
    r"last_delay_\d+": _lt("Mean delay of the customer's last payments, in days."),
    r"last_late_\d+": _lt("Share of late ones among the customer's last payments."),
    r"since_payment": _lt("Days since the customer's last payment."),
    r"after_paid_.*": _lt("Days between this amount and the latest one that was paid."),
    r"before_paid|near_paid|after_paid": _lt(
        "Share already paid of amounts due about then."
    ),
    r"same_due|near_due": _lt("Amounts of the customer due on about the same day."),
    r"survived": _lt("Share of the customer's amounts still open at this age."),
    r"amount_spread": _lt("Spread of the customer's amounts (logarithm)."),
    r"amount_relative": _lt("Amount against the customer's usual one (logarithm)."),
    r"amount": _lt("Amount (logarithm)."),
    r"runs_fixed|month_fixed": _lt("How fixed the customer's days of payment are."),
    r"runs_.*": _lt("Share of the customer's payments on that weekday."),
    r"month_.*": _lt("Share of the customer's payments about that day of the month."),
    r"open|overdue.*|recent_.*": _lt(
        "What the customer has open or overdue on the day."
    ),
    r"due_.*|issue_.*|season_.*": _lt("Calendar of the due date and of the invoice."),
    r"term|to_due|age": _lt("Days: payment term, until due, since the invoice."),
    r"known_days|invoices.*": _lt("How long and how much the customer has bought."),
    r"sales_share": _lt("Share of the customer in the year's sales."),
    r"missing_.*": _lt("Documents missing on the day: how many, since how many days."),
    r"reminders": _lt("Reminders sent so far."),
    r"habit_late": _lt("Chance from the customer's habits alone (log-odds)."),
}


def find_words(name, patterns):
    """Return what a feature means, by the first pattern that fits its name."""
    for pattern, words in patterns.items():
        if re.fullmatch(pattern, name):
            return words
    return FACTS.get(name, "")
