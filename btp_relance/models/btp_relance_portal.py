# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import NamedTuple

from odoo import models
from odoo.exceptions import UserError

#: Holds under which a customer is not asked, nor let, to pay online.
CLOSED = ("insolvency", "paying")


class Dues(NamedTuple):
    """What a customer can pay at once, in one currency.

    :param currency: ``res.currency``
    :param lines: journal items due, oldest first
    :param credits: journal items to deduct
    :param float amount: what is left once they are deducted, rounded to the currency
    :param dict parts: ``{line_id: amount}`` of the lines of which only a part is paid
    :param tuple keys: of the rows paid
    """

    currency: models.BaseModel
    lines: models.BaseModel
    credits: models.BaseModel
    amount: float
    parts: dict
    keys: tuple


class BtpRelance(models.Model):
    """The page behind a message's link: what is due now, and its payment in one go."""

    _name = "btp.relance"
    _inherit = ["btp.relance", "portal.mixin"]

    def _compute_access_url(self):  # pylint: disable=missing-return
        super()._compute_access_url()
        for relance in self:
            relance.access_url = f"/my/relances/{relance.id}"

    # === BUSINESS === #

    def _get_dues(self) -> list[Dues]:
        """Return what the debtor can pay now, at the residuals of now.

        All that is due and, where the message came before the due date, what it announced.
        Retentions not yet due, amounts being paid, contested ones and those that
        proceedings stop are left out.

        :return: one :class:`Dues` a currency in which something is left to pay
        """
        self.ensure_one()
        return [
            dues
            for account in self._get_accounts()
            if (dues := self._make_dues(account, account.get_payable()))
        ]

    def _select_dues(self, currency, keys: list[str]) -> Dues:
        """Return what a customer chose to pay, at the residuals of now.

        Credits are deducted once everything that is due is chosen: they belong to no
        invoice, and a part of them would leave the rest of the account unclear.

        :param currency: ``res.currency``
        :param keys: of the rows chosen (:attr:`Row.key`)
        :raise UserError: a row is not payable on this page, or nothing is left to pay
        """
        self.ensure_one()
        account = next(
            (found for found in self._get_accounts() if found.currency == currency),
            None,
        )
        rows = {row.key: row for row in account.get_choosable()} if account else {}
        if not keys or not set(keys) <= rows.keys():
            raise UserError(
                self.env._(
                    "What you chose cannot be paid any more: go back and choose again."
                )
            )
        dues = self._make_dues(account, [rows[key] for key in dict.fromkeys(keys)])
        if not dues:
            raise UserError(
                self.env._("Your credits cover what you chose: nothing is left to pay.")
            )
        return dues

    def _make_dues(self, account, rows) -> Dues | None:
        """Return rows of an account as one payment; ``None`` when nothing is left to pay."""
        currency = account.currency
        amounts = {}
        for row in rows:
            amounts[row.line] = amounts.get(row.line, 0.0) + row.amount
        lines = self.env["account.move.line"].sudo().union(*amounts)
        everything = {row.key for row in account.get_payable()}
        complete = everything and everything <= {row.key for row in rows}
        deducted = account.credits if complete else account.credits.browse()
        total = sum(amounts.values()) + sum(deducted.mapped("amount_residual_currency"))
        amount = currency.round(total)
        if currency.compare_amounts(amount, 0) <= 0:
            return None
        parts = {
            line.id: currency.round(part)
            for line, part in amounts.items()
            if currency.compare_amounts(part, line.amount_residual_currency) < 0
        }
        keys = tuple(row.key for row in rows)
        return Dues(currency, lines, deducted, amount, parts, keys)

    def _get_dues_means(self, dues: Dues) -> dict:
        """Return how to pay by transfer: see ``account.move._get_btp_payment_means``."""
        self.ensure_one()
        return dues.lines.move_id._get_btp_payment_means(
            self.company_id, dues.amount, dues.currency, self.reference
        )

    def _get_open_credits(self):
        """Return the debtor's credit notes and payments not yet matched."""
        self.ensure_one()
        return self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id.commercial_partner_id", "=", self.partner_id.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("account_id.non_trade", "=", False),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("amount_residual_currency", "<", 0),
                ("btp_is_retention", "=", False),
            ]
        )

    def _get_payer(self, user):
        """Return who pays: the person logged in if they belong to the debtor, else it."""
        self.ensure_one()
        person = user.partner_id
        of_debtor = (
            person.commercial_partner_id == self.partner_id.commercial_partner_id
        )
        return person if of_debtor and not user._is_public() else self.partner_id

    def _is_open_to(self, user) -> bool:
        """Return whether somebody logged in sees this page without its link.

        Customers: their own, of the companies of which they are one. Agents: what they see.

        :param user: ``res.users``, not the public one
        """
        self.ensure_one()
        if user._is_portal():
            return (
                user.partner_id.commercial_partner_id == self.partner_id
                and self.company_id in user.company_ids
                and self.state in ("sent", "page")
            )
        return self.company_id in user.company_ids and self.with_user(
            user
        ).with_company(self.company_id).has_access("read")

    def _get_last_transaction(self):
        """Return the last online payment begun from this page, drafts apart."""
        self.ensure_one()
        return (
            self.env["payment.transaction"]
            .sudo()
            .search(
                [("btp_relance_id", "=", self.id), ("state", "!=", "draft")],
                order="id desc",
                limit=1,
            )
        )

    def _is_payment_closed(self) -> bool:
        """Return whether proceedings forbid the payment of what was due before."""
        self.ensure_one()
        day = self.partner_id.sudo().btp_insolvency_date
        return bool(day and day <= self.env["btp.echeance"]._get_today())

    def _get_page_url(self) -> str:
        """Return the address of the page where the customer sees and pays what is due."""
        self.ensure_one()
        return self.get_base_url() + self.get_portal_url()

    def _get_payment_url(self) -> str | bool:
        """Return the same, or ``False`` where the company has no means of online payment."""
        self.ensure_one()
        return self.company_id.sudo().btp_pays_online and self._get_page_url()

    def _get_transfer_url(self) -> str:
        """Return the address of the picture of the transfer's QR code, for e-mails."""
        self.ensure_one()
        return self.get_base_url() + self.get_portal_url(suffix="/transfer.png")
