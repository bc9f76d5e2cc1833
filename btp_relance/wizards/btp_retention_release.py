# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class BtpRetentionRelease(models.TransientModel):
    """Release a part of what is retained before its day: it becomes due as any amount.

    The ledger says so as accountants do: the part goes from the account of retentions to
    the customer's, with a due date of its own.
    """

    _name = "btp.retention.release"
    _description = "Release of a Retention"

    chantier_id = fields.Many2one("btp.chantier", required=True, readonly=True)
    company_id = fields.Many2one(related="chantier_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    held = fields.Monetary(
        "Still Held",
        compute="_compute_held",
        help="In the currency of the company: release others by hand.",
    )
    amount = fields.Monetary(
        "Part Released", compute="_compute_amount", store=True, readonly=False
    )
    date_due = fields.Date("Due On", required=True)
    reason = fields.Char(required=True)

    @api.depends("chantier_id")
    def _compute_held(self):
        for wizard in self:
            wizard.held = sum(wizard._get_lines().mapped("amount_residual"))

    @api.depends("chantier_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.held

    def action_release(self):
        """Write the entry, match it with the oldest retentions, and show it.

        :raise UserError: more than is held, or nothing, is asked for
        """
        self.ensure_one()
        self.check_access("write")
        if not 0 < self.currency_id.round(self.amount) <= self.held:
            raise UserError(
                self.env._("Release between 0 and what is still held on this chantier.")
            )
        lines = self._get_lines()
        move = self.env["account.move"].create(self._prepare_move(lines))
        move.action_post()
        credits = move.line_ids.filtered("btp_is_retention").sorted("id")
        for line, credit in zip(lines[: len(credits)], credits, strict=True):
            (line | credit).reconcile()
        self.chantier_id.message_post(
            body=self.env._(
                "Retention released in part: %(amount)s, due on %(date)s. %(reason)s",
                amount=self.currency_id.format(self.amount),
                date=self.env["ir.qweb.field.date"].value_to_html(self.date_due, {}),
                reason=self.reason,
            )
        )
        return move.get_formview_action()

    def _get_lines(self):
        """Return the chantier's retentions in this currency, still held, oldest first."""
        return (
            self.chantier_id.move_ids._get_open_retentions()
            .filtered(
                lambda line: line.amount_residual > 0
                and line.currency_id == self.currency_id
            )
            .sorted(lambda line: (line.date, line.id))
        )

    def _prepare_move(self, lines) -> dict:
        """Return the values of the entry, one pair of lines a retention drawn upon."""
        left, pairs = self.amount, []
        for line in lines:
            part = self.currency_id.round(min(left, line.amount_residual))
            if self.currency_id.compare_amounts(part, 0) <= 0:
                break
            left -= part
            name = self.env._("Retention released: %s", line.move_id.name)
            common = {
                "name": name,
                "partner_id": line.partner_id.id,
                "currency_id": self.currency_id.id,
            }
            pairs += [
                {
                    **common,
                    "account_id": line.move_id._get_receivable_account().id,
                    "date_maturity": self.date_due,
                    "debit": part,
                },
                {**common, "account_id": line.account_id.id, "credit": part},
            ]
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "ref": self.reason,
            "btp_chantier_id": self.chantier_id.id,
            "line_ids": [Command.create(values) for values in pairs],
        }
