# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..const import OPEN_STATES

#: Days beyond which a due date is taken for a typing error.
TEN_YEARS = 3653


class Hold(NamedTuple):
    """A reason not to send, as the ledger's query and a person read it.

    :param str code: stable name, kept in data
    :param str label: what holds, in the user's language
    :param str lift: who can lift it and how, in the user's language
    :param SQL sql: boolean over the aliases of ``btp.echeance._relation``
    :param bool planning: only stops making a reminder, not sending the one made
    :param bool listed: the échéance may still be listed beside others of the debtor
    """

    code: str
    label: str
    lift: str
    sql: SQL
    planning: bool = False
    listed: bool = True


class BtpRelanceHold(models.AbstractModel):
    """The registered holds, in the order in which they speak."""

    _name = "btp.relance.hold"
    _description = "Reasons Not to Send"

    @api.model
    def _get_holds(self, today) -> list[Hold]:
        """Return the holds in order of priority: the first that applies is the answer.

        Hook: an addon inserts its own where it belongs. Aliases its SQL may read: ``l``
        (échéance, with ``debtor_overdue`` and ``debtor_credit``: all that the debtor owes
        and has in credit), ``m`` (invoice), ``p`` (debtor), ``c`` (company), ``s`` (next
        step), ``h`` (last step), ``x`` (scenario), ``ch`` (chantier).

        :param date today: the day for which the question is asked
        """
        return [
            *self._get_legal_holds(today),
            *self._get_clock_holds(today),
            *self._get_payment_holds(today),
            *self._get_retention_holds(),
            *self._get_document_holds(today),
            *self._get_exclusion_holds(today),
            *self._get_contact_holds(today),
        ]

    @api.model
    def _get_legal_holds(self, today) -> list[Hold]:
        return [
            Hold(
                "insolvency",
                self.env._("Insolvency proceedings: prior claims may not be paid"),
                self.env._(
                    "Declare the claim; an accountant corrects the judgment date on the "
                    "customer if it is wrong."
                ),
                SQL(
                    "(p.btp_insolvency_date <= %s AND m.btp_claim_after IS NOT TRUE)",
                    today,
                ),
                listed=False,
            ),
            Hold(
                "legal_file",
                self.env._("Legal file open"),
                self.env._(
                    "A manager closes the legal file on the invoice or the customer."
                ),
                SQL(
                    "(m.btp_legal_file OR %s)",
                    self._company_value("p", "btp_legal_file", "bool"),
                ),
                listed=False,
            ),
        ]

    @api.model
    def _get_payment_holds(self, today) -> list[Hold]:
        due = SQL(
            "l.debtor_overdue + CASE WHEN l.date_due >= %s THEN l.residual_company ELSE 0 END",
            today,
        )
        return [
            Hold(
                "paying",
                self.env._("Payment in progress"),
                self.env._("Match the payment with the bank, or cancel it."),
                SQL(
                    """(EXISTS (
                        -- OFFSET: from the invoice, never through every payment.
                        SELECT FROM (
                            SELECT payment_id FROM account_move__account_payment
                             WHERE invoice_id = l.move_id OFFSET 0
                        ) link
                          JOIN account_payment pay ON pay.id = link.payment_id
                         WHERE pay.move_id IS NULL
                           AND pay.state IN ('in_process', 'paid')
                    ) OR EXISTS (
                        SELECT FROM (
                            SELECT transaction_id FROM account_invoice_transaction_rel
                             WHERE invoice_id = l.move_id OFFSET 0
                        ) link
                          JOIN payment_transaction tx ON tx.id = link.transaction_id
                         WHERE tx.state IN ('pending', 'authorized')
                    ))"""
                ),
                listed=False,
            ),
            Hold(
                "credit",
                self.env._("Unallocated credit covers what is due"),
                self.env._("Match the credit notes and payments of this customer."),
                SQL("l.debtor_credit > 0 AND l.debtor_credit >= %s", due),
            ),
            Hold(
                "below_minimum",
                self.env._("Below the amount worth a reminder"),
                self.env._("It leaves with the next amount due, or lower the minimum."),
                SQL("%s < COALESCE(c.btp_min_amount, 0)", due),
                planning=True,
            ),
        ]

    @api.model
    def _get_exclusion_holds(self, today) -> list[Hold]:
        return [
            Hold(
                "inactive",
                self.env._("Reminders are not switched on"),
                self.env._("A manager starts them with “First activation”."),
                SQL("c.btp_relance_active IS NOT TRUE"),
            ),
            Hold(
                "customer_excluded",
                self.env._("No reminders for this customer"),
                self.env._("An agent changes it on the customer."),
                SQL(
                    "%s AND COALESCE(%s >= %s, TRUE)",
                    self._company_value("p", "btp_no_reminder", "bool"),
                    self._company_value("p", "btp_no_reminder_until", "date"),
                    today,
                ),
                listed=False,
            ),
            Hold(
                "invoice_excluded",
                self.env._("No reminders for this invoice"),
                self.env._("An agent changes it on the invoice."),
                SQL(
                    "(l.no_followup OR m.btp_no_reminder"
                    " AND COALESCE(m.btp_no_reminder_until >= %s, TRUE))",
                    today,
                ),
                listed=False,
            ),
            Hold(
                "odd_date",
                self.env._("The due date is more than ten years away"),
                self.env._("An accountant corrects the due date on the invoice."),
                SQL("ABS(%s - l.date_due) > %s", today, TEN_YEARS),
                listed=False,
            ),
            Hold(
                "no_scenario",
                self.env._("No scenario applies"),
                self.env._("A manager sets a default scenario or adds a rule."),
                SQL(
                    "NOT EXISTS (SELECT FROM btp_relance_scenario sc"
                    " WHERE sc.id = x.scenario_id AND sc.active)"
                ),
            ),
            Hold(
                "left_out",
                self.env._("Left out by the first activation"),
                self.env._("An agent starts it with “Follow up”."),
                SQL("s.id IS NULL AND h.placed"),
            ),
            Hold(
                "finished",
                self.env._("Every step was done: a person decides what comes next"),
                self.env._("Open a legal file, change the scenario or call."),
                SQL("s.id IS NULL"),
            ),
        ]

    @api.model
    def _get_contact_holds(self, today) -> list[Hold]:
        open_reminder = SQL(
            "r.company_id = l.company_id AND r.partner_id = l.partner_id"
            " AND r.kind = 'reminder'"
        )
        return [
            Hold(
                "pending",
                self.env._("A reminder to this customer is under way"),
                self.env._("Approve, send or cancel that reminder."),
                SQL(
                    "EXISTS (SELECT FROM btp_relance r WHERE %s AND r.state IN %s)",
                    open_reminder,
                    OPEN_STATES,
                ),
                planning=True,
            ),
            Hold(
                "frequency",
                self.env._("Contacted a short while ago"),
                self.env._(
                    "It leaves by itself when the days between contacts are over."
                ),
                SQL(
                    "EXISTS (SELECT FROM btp_relance r WHERE %s AND r.state = 'sent'"
                    " AND r.contacted_on > %s - COALESCE(c.btp_min_contact_gap, 0))",
                    open_reminder,
                    today,
                ),
                planning=True,
            ),
            Hold(
                "no_contact",
                self.env._("The contact has no usable address for this step"),
                self.env._("Complete the e-mail, phone or postal address."),
                self._get_unreachable_sql(),
            ),
        ]

    @api.model
    def _company_value(self, alias: str, field: str, sql_type: str) -> SQL:
        """Return a company-dependent field of ``alias`` in the company of ``l``."""
        return SQL(
            "(%s ->> l.company_id::text)::%s",
            SQL.identifier(alias, field),
            SQL(sql_type),
        )
