# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import NamedTuple

from odoo import models

#: Holds under which a customer is not asked, nor let, to pay online.
CLOSED = ("insolvency", "paying")


class Dues(NamedTuple):
    """What a customer can pay at once, in one currency.

    :param currency: ``res.currency``
    :param lines: journal items due, oldest first
    :param credits: journal items to deduct
    :param float amount: what is left once they are deducted, rounded to the currency
    """

    currency: models.BaseModel
    lines: models.BaseModel
    credits: models.BaseModel
    amount: float


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
        Retentions not yet due, amounts being paid and those that proceedings stop are left
        out.

        :return: one :class:`Dues` a currency in which something is left to pay
        """
        self.ensure_one()
        relance = self.sudo().with_company(self.company_id)
        today = relance.env["btp.echeance"]._get_today()
        announced = relance.coming_line_ids
        if relance.tone != "preventive" and relance.overdue_line_ids:
            announced = announced.browse()
        echeances = relance.env["btp.echeance"].search(
            [
                ("company_id", "=", relance.company_id.id),
                ("partner_id", "=", relance.partner_id.id),
                "|",
                ("date_due", "<=", today),
                ("id", "in", announced.move_line_id.ids),
            ]
        )
        payable = echeances.filtered(lambda due: due.hold_code not in CLOSED)
        lines = relance.env["account.move.line"].browse(payable.ids)
        open_credits = relance._get_open_credits()
        dues = []
        for currency, due in lines.grouped("currency_id").items():
            deducted = open_credits.filtered(lambda li, c=currency: li.currency_id == c)
            left = (due + deducted).mapped("amount_residual_currency")
            amount = currency.round(sum(left))
            if currency.compare_amounts(amount, 0) > 0:
                dues.append(Dues(currency, due, deducted, amount))
        return dues

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
                ("partner_id", "child_of", self.partner_id.id),
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
