# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError


class BtpDispute(models.Model):
    """Said to be paid: settled by the ledger, with nothing to decide."""

    _inherit = "btp.dispute"

    # === ACTIONS === #

    def action_settle(self):
        # EXTENDS btp_relance: a payment is found or it is not, nothing is to be said of it.
        if self.reason != "already_paid":
            return super().action_settle()
        self.check_access("write")
        self.sudo()._settle()
        return None

    def action_find_payment(self):
        """Show the payments of this customer that are not matched."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payments of %s", self.partner_id.name),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [
                ("partner_id.commercial_partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("balance", "<", 0),
            ],
        }

    # === BUSINESS === #

    def _follow_payment(self):
        """Close what was said to be paid and is; propose to close what is paid in full."""
        found = self.filtered(
            lambda dispute: (
                dispute.reason == "already_paid" and dispute._is_payment_found()
            )
        )
        for company, disputes in found.grouped("company_id").items():
            disputes.with_company(company)._settle()
        (self - found).filtered(
            lambda dispute: all(dispute.line_ids.move_line_id.mapped("reconciled"))
        )._propose("paid")

    def _is_payment_found(self) -> bool:
        """Return whether payments matched since make up what was said to be paid.

        On whichever amount due of the invoice: they fall on the oldest first.
        """
        self.ensure_one()
        if all(self.line_ids.move_line_id.mapped("reconciled")):
            return True
        since = self.move_id.line_ids.matched_credit_ids.filtered(
            lambda partial: (
                partial.create_date >= self.create_date
                and partial.credit_move_id.move_id.move_type != "out_refund"
            )
        )
        found = sum(since.mapped("debit_amount_currency"))
        return self.currency_id.compare_amounts(found, self.amount) >= 0

    def _settle(self, resolution: str | None = None):
        # EXTENDS btp_relance: said to be paid, it is settled once the payment is matched.
        for dispute in self.filtered(lambda dispute: dispute.reason == "already_paid"):
            if not dispute._is_payment_found():
                raise UserError(
                    self.env._(
                        "Match the payment with %s first, or reject the dispute.",
                        dispute.move_id.name,
                    )
                )
        return super()._settle(resolution)


class AccountPartialReconcile(models.Model):
    """A payment that is matched settles what was contested."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS account
        partials = super().create(vals_list)
        moves = partials.debit_move_id.move_id
        if moves:
            self.env["btp.dispute"].sudo().search(
                [("state", "=", "open"), ("move_id", "in", moves.ids)]
            )._follow_payment()
        return partials
