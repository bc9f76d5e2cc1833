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
    btp_parts = fields.Json(
        "Parts Paid",
        readonly=True,
        copy=False,
        help="What was chosen of the amounts of which the rest stays due.",
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
        partly = lines.filtered(lambda line: line.id in self._get_btp_parts())
        retained = lines.filtered("btp_is_retention") - partly
        if not (self.btp_line_ids or retained):
            return super()._create_payment(**extra_create_values)
        plain = lines - retained - partly
        if not self.btp_line_ids:
            retained -= retained
        if not (plain or retained):
            # The payment's own line is the counterpart of one of them.
            plain, partly = partly[:1], partly[1:]
        account = (plain or retained).account_id[:1]
        counterparts = [self._prepare_part_paid(line) for line in partly]
        if plain and retained:
            counterparts += [
                self._prepare_retention_paid(account, group)
                for account, group in retained.grouped("account_id").items()
            ]
        if counterparts:
            extra_create_values["write_off_line_vals"] = counterparts
        tx = self.with_context(
            btp_destination_account_id=account.id, btp_matches_itself=True
        )
        payment = super(PaymentTransaction, tx)._create_payment(**extra_create_values)
        payment = payment.with_env(self.env)
        entries = payment.move_id.line_ids
        for line in partly:
            words = line._name_btp_part()
            part = entries.filtered(lambda item, name=words: item.name == name)
            entries -= part
            (part[:1] + line).reconcile()
        entries += plain + retained
        for account in (plain + retained).account_id:
            entries.filtered(
                lambda line, a=account: line.account_id == a and not line.reconciled
            ).reconcile()
        return payment

    def _get_btp_parts(self) -> dict:
        """Return ``{line_id: amount}`` of the amounts of which only a part is paid."""
        return {int(key): amount for key, amount in (self.btp_parts or {}).items()}

    def _prepare_part_paid(self, line) -> dict:
        """Return the counterpart of the part paid of an amount, on that amount's account.

        :param line: the journal item of which the rest is contested
        """
        part = self._get_btp_parts()[line.id]
        return self._prepare_counterpart(
            line._name_btp_part(),
            line.account_id,
            min(part, line.amount_residual_currency),
        )

    def _get_receivable_lines(self):
        """Return the receivable lines of the invoices paid."""
        return self.invoice_ids.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )

    def _prepare_retention_paid(self, account, lines) -> dict:
        """Return the counterpart of retentions paid in the same go.

        :param lines: their journal items, all on ``account``
        """
        return self._prepare_counterpart(
            self.env._("Retention"),
            account,
            sum(lines.mapped("amount_residual_currency")),
        )

    def _prepare_counterpart(self, name: str, account, amount: float) -> dict:
        """Return a line of the payment on an account of its own.

        :param amount: paid, in the currency of the transaction
        """
        day = fields.Date.context_today(self)
        return {
            "name": name,
            "account_id": account.id,
            "partner_id": self.partner_id.commercial_partner_id.id,
            "currency_id": self.currency_id.id,
            "amount_currency": -amount,
            "balance": -self.currency_id._convert(
                amount, self.company_id.currency_id, self.company_id, day
            ),
        }


class AccountMoveLine(models.Model):
    """How the counterpart of a part paid is told from the others."""

    _inherit = "account.move.line"

    def reconcile(self):
        """Leave it to whoever books parts: Odoo would give all of a payment to the oldest
        invoice, what is contested of it included."""
        if self.env.context.get("btp_matches_itself"):
            return None
        return super().reconcile()

    def _name_btp_part(self) -> str:
        """Return the words on the counterpart of the part paid of this journal item."""
        self.ensure_one()
        return self.env._(
            "%(invoice)s, part paid (%(number)s)",
            invoice=self.move_id.name,
            number=self.id,
        )


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
