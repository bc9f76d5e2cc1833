# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..engine.interest import CONSUMER, Debt

#: Documents that bear interest when they are paid late.
BEARING = ("out_invoice", "out_receipt")


def to_decimal(amount: float, currency) -> Decimal:
    """Return an amount of the ledger, exact to the currency."""
    return Decimal(str(currency.round(amount)))


class AccountMove(models.Model):
    """What the database knows of late payment, read in bulk."""

    _inherit = "account.move"

    @api.model
    def _get_interest_accounts(self):
        """Return the receivable accounts whose amounts bear interest.

        A retention is an amount of its own: no part of the base of the rest (CCP R2192-31
        to R2192-36), and late from its own release.
        """
        accounts = self.env["account.account"].sudo().with_context(active_test=False)
        return accounts.search([("account_type", "=", "asset_receivable")])

    def _get_interest_lines(self, only=None):
        """Return the receivable lines of these invoices that bear interest.

        :param only: journal items to keep to (default: all)
        """
        among = [("id", "in", only.ids)] if only is not None else []
        return (
            self.env["account.move.line"]
            .sudo()
            .search_fetch(
                [
                    ("move_id", "in", self.ids),
                    ("display_type", "=", "payment_term"),
                    ("account_id", "in", self._get_interest_accounts().ids),
                    *among,
                ],
                ["move_id", "date_maturity", "date", "amount_currency"],
                order="date_maturity, id",
            )
        )

    def _get_interest_debts(self, only=None) -> dict:
        """Return the instalments of each invoice with what settled them.

        The money is there when the later of both entries is booked. A credit note corrects
        the claim from the start: no interest is claimed on what was not owed. What is in
        dispute bears none as long as it is: once rejected, it does from its due date.

        :param only: journal items to keep to (default: all)
        :return: ``{move_id: [Debt]}``
        """
        lines = self._get_interest_lines(only)
        self.env["account.partial.reconcile"].flush_model()
        payments = defaultdict(list)
        for line_id, day, amount, move_type in self.env.execute_query(
            SQL(
                """
                SELECT r.debit_move_id, r.max_date, r.debit_amount_currency, m.move_type
                  FROM account_partial_reconcile r
                  JOIN account_move_line l ON l.id = r.credit_move_id
                  JOIN account_move m ON m.id = l.move_id
                 WHERE r.debit_move_id = ANY(%s)
                """,
                lines.ids,
            )
        ):
            payments[line_id].append((day, amount, move_type))
        debts = defaultdict(list)
        contested = self.env["btp.dispute"]._get_contested(lines)
        for line in lines:
            due, currency = line.date_maturity or line.date, line.move_id.currency_id
            settled = tuple(
                (
                    due if move_type == "out_refund" else day,
                    to_decimal(amount, currency),
                )
                for day, amount, move_type in payments[line.id]
            )
            principal = to_decimal(
                line.amount_currency - contested.get(line.id, 0.0), currency
            )
            if not principal:
                continue
            debts[line.move_id.id].append(Debt(due, principal, settled))
        return debts

    def _get_penalty_decisions(self, drafts: bool) -> dict:
        """Return the days whose interest was claimed or waived, and whether the indemnity
        was.

        :return: ``{move_id: ([(first day, last day)], bool)}``
        """
        self.env["btp.penalty"].flush_model()
        self.env["account.move"].flush_model(["state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT d.move_id, d.kind, d.date_from, d.date_to
                  FROM btp_penalty d
                  LEFT JOIN account_move m ON m.id = d.penalty_move_id
                 WHERE d.move_id = ANY(%s) AND d.state <> 'credited'
                   AND (%s OR m.id IS NULL OR m.state = 'posted')
                """,
                self.ids,
                drafts,
            )
        )
        days, indemnified = defaultdict(list), set()
        for move_id, kind, first, last in rows:
            if kind == "indemnity":
                indemnified.add(move_id)
            else:
                days[move_id].append((first, last))
        return {id_: (days[id_], id_ in indemnified) for id_ in self.ids}

    def _get_formal_notices(self) -> dict:
        """Return the day on which the customer received a formal notice for each invoice.

        :return: ``{move_id: day}``, without those that have none
        """
        self.env["btp.relance"].flush_model()
        self.env["btp.relance.line"].flush_model()
        self.flush_recordset(["btp_formal_notice_on"])
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT m.id, %s FROM account_move m
                     WHERE m.id = ANY(%s) AND %s IS NOT NULL
                    """,
                    self._get_notice_sql(),
                    self.ids,
                    self._get_notice_sql(),
                )
            )
        )

    @api.model
    def _get_notice_sql(self) -> SQL:
        """Return the day on which the formal notice of ``m`` was received, as SQL."""
        return SQL(
            """COALESCE(m.btp_formal_notice_on, (
                SELECT MIN(r.received_on)
                  FROM btp_relance_line rl
                  JOIN btp_relance r ON r.id = rl.relance_id
                 WHERE rl.move_id = m.id AND rl.kind = 'overdue'
                   AND rl.state <> 'dropped'
                   AND r.tone = 'formal' AND r.state = 'sent'
            ))"""
        )

    @api.model
    def _get_interest_due_sql(self) -> SQL:
        """Return the invoices of the companies at hand that have interest or indemnity to
        claim today, paid since or not, as a subquery of their ids."""
        self._flush_interest()
        return SQL(
            """(
            SELECT m.id
              FROM account_move m
              JOIN res_partner p ON p.id = m.commercial_partner_id
              JOIN account_move_line l ON l.move_id = m.id
                   AND l.display_type = 'payment_term' AND l.account_id = ANY(%(accounts)s)
              CROSS JOIN LATERAL (
                SELECT CASE WHEN l.reconciled THEN (
                    SELECT MAX(r.max_date)
                      FROM account_partial_reconcile r
                      JOIN account_move_line cl ON cl.id = r.credit_move_id
                      JOIN account_move cm ON cm.id = cl.move_id
                     WHERE r.debit_move_id = l.id AND cm.move_type <> 'out_refund'
                ) ELSE %(today)s END AS day
              ) late
              CROSS JOIN LATERAL (SELECT %(notice)s AS day) notice
              CROSS JOIN LATERAL (
                SELECT CASE WHEN p.btp_regime IN %(consumer)s
                       THEN GREATEST(l.date_maturity, notice.day)
                       ELSE l.date_maturity END AS day
              ) begun
              CROSS JOIN LATERAL (
                -- Two decisions never cover the same day: their days add up.
                SELECT COALESCE(SUM(GREATEST(0, LEAST(d.date_to, late.day)
                           - GREATEST(d.date_from, begun.day + 1) + 1))
                           FILTER (WHERE d.kind = 'interest'), 0) AS days,
                       BOOL_OR(d.kind = 'indemnity') AS indemnified
                  FROM btp_penalty d
                 WHERE d.move_id = m.id AND d.state <> 'credited'
              ) done
             WHERE m.state = 'posted' AND m.move_type IN %(types)s
               AND m.btp_is_penalty IS NOT TRUE
               AND m.company_id = ANY(%(companies)s)
               AND l.date_maturity < late.day
               AND (p.btp_insolvency_date IS NULL OR m.btp_claim_after)
               AND NOT EXISTS (
                SELECT FROM %(contested)s held
                 WHERE held.move_line_id = l.id
                   AND held.amount >= l.amount_currency)
               AND CASE WHEN p.btp_regime IN %(consumer)s
                   THEN late.day - begun.day > done.days AND notice.day IS NOT NULL
                   ELSE late.day - begun.day > done.days
                        OR done.indemnified IS NOT TRUE
                   END
            )""",
            accounts=self._get_interest_accounts().ids,
            today=self._get_interest_day(),
            notice=self._get_notice_sql(),
            types=BEARING,
            companies=self.env.companies.ids,
            consumer=CONSUMER,
            contested=self.env["btp.echeance"]._contested_parts(),
        )

    @api.model
    def _flush_interest(self):
        """Write pending changes of the tables that the list of claims reads."""
        for model in (
            "account.move",
            "account.move.line",
            "account.partial.reconcile",
            "btp.dispute.line",
            "btp.penalty",
            "btp.relance",
            "btp.relance.line",
            "res.partner",
        ):
            self.env[model].flush_model()
