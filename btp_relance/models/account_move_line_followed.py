# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

from ..engine.ledger import Followed, Match
from .account_move_interest_data import to_decimal

#: Journals and accounts of money.
MONEY_JOURNALS = ("bank", "cash", "credit")
MONEY_ACCOUNTS = ("asset_cash", "liability_credit_card")


class AccountMove(models.Model):
    """Entries that bring money in."""

    _inherit = "account.move"

    def _get_btp_money_share(self) -> float:
        """Return which part of what an entry settles is money, from 0 to 1.

        An entry of a bank or cash journal, or on such an account, is money; of a payment,
        all but what was written off with it. What the bank keeps for itself was paid.
        """
        self.ensure_one()
        if self.move_type != "entry" or not (
            self.journal_id.type in MONEY_JOURNALS
            or set(self.line_ids.mapped("account_type")) & set(MONEY_ACCOUNTS)
        ):
            return 0.0
        if not (payment := self.origin_payment_id):
            return 1.0
        money, settled, _written_off = payment._seek_for_lines()
        settled = abs(sum(settled.mapped("balance")))
        return min(abs(sum(money.mapped("balance"))) / settled, 1.0) if settled else 1.0


class AccountMoveLine(models.Model):
    """Amounts due about which something was agreed: what came in since."""

    _inherit = "account.move.line"

    def _get_btp_matches(self) -> tuple[Match, ...]:
        """Return what this amount due is matched with, in its currency.

        Only money pays. A credit note, a write-off, a transfer to another account (doubtful
        debts, another debtor) and a set-off make the debt smaller, no more. A refund is no
        match of an amount due: money given back shows where its payment is unmatched. What
        an exchange difference adds is nothing in the currency of the debt.
        """
        self.ensure_one()
        matches = []
        for partial in self.matched_credit_ids:
            day, currency = partial.max_date, self.currency_id
            amount = partial.debit_amount_currency
            money = currency.round(
                amount * partial.credit_move_id.move_id._get_btp_money_share()
            )
            rest = currency.round(amount - money)
            matches += [
                Match(day, to_decimal(money, currency), True),
                Match(day, to_decimal(rest, currency), False),
            ]
        return tuple(match for match in matches if match.amount)

    def _get_btp_paid(self) -> float:
        """Return what was paid in money of this amount due."""
        self.ensure_one()
        paid = sum(match.amount for match in self._get_btp_matches() if match.paid)
        return self.currency_id.round(float(paid))

    def _get_btp_followed(self, before: float, since) -> Followed:
        """Return this amount due as the engine follows it.

        :param float before: what was already paid of it when something was agreed
        :param date since: the day of the agreement
        """
        self.ensure_one()
        matches = self._get_btp_matches()
        total = to_decimal(self.amount_currency, self.currency_id)
        if self.parent_state != "posted":
            # Back to draft or cancelled: nothing is owed of it for now.
            total = min(total, sum(match.amount for match in matches))
        return Followed(total, to_decimal(before, self.currency_id), since, matches)

    def _get_btp_agreeable(self, partner, company):
        """Return those of these amounts due that something can be agreed about.

        :param partner: the debtor
        :param company: the creditor
        :return: the journal items, in order of due date
        :raise UserError: one sentence on what to choose instead
        """
        lines = self.sudo().filtered(
            lambda line: (
                line.parent_state == "posted"
                and line.account_id.account_type == "asset_receivable"
                and not line.reconciled
                and line.currency_id.compare_amounts(line.amount_residual_currency, 0)
                > 0
            )
        )
        if not lines:
            raise UserError(self.env._("Nothing is left to pay of these invoices."))
        debtor = partner.commercial_partner_id
        if lines.company_id != company or any(
            line.partner_id.commercial_partner_id != debtor for line in lines
        ):
            raise UserError(
                self.env._("Choose invoices of one customer and one company.")
            )
        if len(lines.currency_id) > 1:
            raise UserError(self.env._("Choose invoices in one currency at a time."))
        return lines.sorted(lambda line: (line.date_maturity or line.date, line.id))

    @api.model
    def _get_btp_bar(self, partner, company) -> str | bool:
        """Return why nothing can be agreed with a debtor, in one sentence."""
        today = self.env["btp.echeance"].with_company(company)._get_today()
        day = partner.commercial_partner_id.sudo().btp_insolvency_date
        return (day and day <= today) and self.env._(
            "Insolvency proceedings are open: what was due before may not be paid."
        )
