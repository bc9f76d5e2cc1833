# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PaymentTransaction(models.Model):
    """An online payment of several amounts due, retentions included."""

    _inherit = "payment.transaction"

    btp_relance_id = fields.Many2one(
        "btp.relance", "Reminder", readonly=True, index="btree_not_null", copy=False
    )
    btp_line_ids = fields.Many2many(
        "account.move.line",
        relation="btp_transaction_line_rel",
        column1="transaction_id",
        column2="move_line_id",
        string="Amounts Paid",
        readonly=True,
        copy=False,
        help="The amounts due, and the credits deducted, when the customer paid.",
    )

    @api.constrains("invoice_ids")
    def _check_btp_insolvency(self):
        """Refuse an online payment, by a link that was sent before the judgment too."""
        for transaction in self.sudo():
            for move in transaction.invoice_ids:
                if bar := move._get_btp_payment_bar():
                    raise ValidationError(bar)

    def _create_payment(self, **extra_create_values):
        """Pay retentions on their own account, and deduct the credits shown.

        Odoo books the whole payment on the account of the first receivable line that it
        finds, be it the retention's.
        """
        self.ensure_one()
        lines = self.btp_line_ids or self._get_receivable_lines()
        lines = lines.filtered(
            lambda line: line.parent_state == "posted" and not line.reconciled
        )
        retained = lines.filtered("btp_is_retention")
        if not (self.btp_line_ids or retained):
            return super()._create_payment(**extra_create_values)
        plain = lines - retained
        if not self.btp_line_ids:
            retained -= retained
        account = (plain or retained).account_id[:1]
        if plain and retained:
            extra_create_values["write_off_line_vals"] = [
                self._prepare_retention_paid(account, group)
                for account, group in retained.grouped("account_id").items()
            ]
        tx = self.with_context(btp_destination_account_id=account.id)
        payment = super(PaymentTransaction, tx)._create_payment(**extra_create_values)
        entries = payment.move_id.line_ids + (plain + retained)
        for account in (plain + retained).account_id:
            entries.filtered(
                lambda line, a=account: line.account_id == a and not line.reconciled
            ).reconcile()
        return payment

    def _get_receivable_lines(self):
        """Return the receivable lines of the invoices paid."""
        return self.invoice_ids.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )

    def _prepare_retention_paid(self, account, lines) -> dict:
        """Return the counterpart of retentions paid in the same go.

        :param lines: their journal items, all on ``account``
        """
        amount = sum(lines.mapped("amount_residual_currency"))
        day = fields.Date.context_today(self)
        return {
            "name": self.env._("Retention"),
            "account_id": account.id,
            "partner_id": self.partner_id.commercial_partner_id.id,
            "currency_id": self.currency_id.id,
            "amount_currency": -amount,
            "balance": -self.currency_id._convert(
                amount, self.company_id.currency_id, self.company_id, day
            ),
        }


class AccountPayment(models.Model):
    """The account that an online payment settles."""

    _inherit = "account.payment"

    @api.model_create_multi
    def create(self, vals_list):
        """Book on the account that the amounts paid are on, where that was said."""
        account_id = self.env.context.get("btp_destination_account_id")
        if account_id:
            vals_list = [
                {**vals, "destination_account_id": account_id} for vals in vals_list
            ]
        return super().create(vals_list)
