# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import frozendict

LINE_KINDS = [
    ("works", "Works of the month"),
    ("revision", "Price revision or actualisation"),
    ("regularisation", "Price regularisation"),
    ("refund", "Advance taken back"),
    ("penalty", "Site penalties"),
]


class AccountMoveLine(models.Model):
    """A receivable line on the account of retentions is a retention: the ledger says so."""

    _inherit = "account.move.line"

    btp_is_retention = fields.Boolean(
        "Retention",
        compute="_compute_btp_is_retention",
        search="_search_btp_is_retention",
    )

    btp_kind = fields.Selection(
        LINE_KINDS,
        "Part of the Situation",
        help="Set on the lines that a situation makes; the others are typed by hand.",
    )

    @api.depends("account_id", "company_id")
    def _compute_btp_is_retention(self):
        for line in self:
            account = line.company_id.btp_retention_account_id
            line.btp_is_retention = bool(account) and line.account_id == account

    @api.model
    def _search_btp_is_retention(self, operator, value):
        if operator != "in":
            return NotImplemented
        companies = self.env["res.company"].sudo().search([])
        accounts = companies.btp_retention_account_id.ids
        return [("account_id", "in" if True in value else "not in", accounts)]

    @api.depends("account_id")
    def _compute_term_key(self):
        # pylint: disable=missing-return
        super()._compute_term_key()
        for line in self:
            if line.term_key and line.btp_is_retention:
                line.term_key = frozendict(
                    {**line.term_key, "account_id": line.account_id.id}
                )

    def _compute_account_id(self):
        # pylint: disable=missing-return
        retentions = self.filtered(
            lambda line: line.display_type == "payment_term" and line.btp_is_retention
        )
        super(AccountMoveLine, self - retentions)._compute_account_id()
        for line in retentions:
            line.account_id = line.account_id
        # Odoo takes the account of another line of the invoice: not that of a retention.
        for line in self - retentions:
            if line.display_type == "payment_term" and line.btp_is_retention:
                line.account_id = line.move_id._get_receivable_account()

    @api.depends("account_id")
    def _compute_name(self):
        # pylint: disable=missing-return
        super()._compute_name()
        for line in self:
            if line.display_type == "payment_term" and line.btp_is_retention:
                reference = line.move_id.payment_reference or line.move_id.name or ""
                line.name = self.env._("Retention %s", reference).strip()
