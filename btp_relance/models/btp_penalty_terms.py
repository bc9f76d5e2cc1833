# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rate of late payment penalties: of the company, of a customer, of a chantier."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

PENALTY_RATE_KINDS = [
    ("ecb", "ECB rate + 10 points"),
    ("fixed", "Fixed rate"),
    ("legal", "Multiple of the legal rate"),
]


class ResCompany(models.Model):
    _inherit = "res.company"

    btp_penalty_rate_kind = fields.Selection(
        PENALTY_RATE_KINDS,
        "Late Payment Penalty Rate",
        default="ecb",
        required=True,
        help="What the terms of sale state, between professionals. Without a rate in the "
        "terms, the law applies that of the European Central Bank plus 10 points.",
    )
    btp_penalty_rate = fields.Float(
        "Fixed Penalty Rate (%)", digits=(6, 2), help="Percent a year."
    )
    btp_penalty_multiple = fields.Float(
        "Times the Legal Rate",
        digits=(6, 2),
        default=3.0,
        help="At least three times (C. com. L441-10).",
    )
    btp_interest_imputation = fields.Selection(
        [
            ("principal_first", "Principal first"),
            ("interest_first", "Interest first (C. civ. 1343-1)"),
        ],
        "Partial Payments Settle",
        default="principal_first",
        required=True,
        help="The law imputes a partial payment to interest first. Principal first claims a "
        "little less, and its figures are those of the accounts, where a payment settles "
        "the invoice: the customer can check them.",
    )
    btp_penalty_account_id = fields.Many2one(
        "account.account",
        "Penalty Account",
        check_company=True,
        domain="[('account_type', 'in', ('income', 'income_other'))]",
        help="Income account of penalty invoices. Empty: account 7631, else one of 763.",
    )

    _penalty_multiple_legal = models.Constraint(
        "CHECK(btp_penalty_multiple BETWEEN 3 AND 100)",
        "Professionals may not agree on less than three times the legal rate (article "
        "L441-10 of the French commercial code).",
    )

    @api.constrains("btp_penalty_rate_kind", "btp_penalty_rate")
    def _check_btp_penalty_rate(self):
        for company in self.filtered(lambda c: c.btp_penalty_rate_kind == "fixed"):
            if not company.btp_penalty_rate:
                raise ValidationError(
                    self.env._("Type the penalty rate that the terms of sale state.")
                )
            self.env["btp.legal.rate"]._check_agreed(company.btp_penalty_rate)

    def _get_btp_penalty_account(self):
        """Return the income account of penalty invoices.

        :raise UserError: none is chosen and the chart has no account 763
        """
        self.ensure_one()
        if self.btp_penalty_account_id:
            return self.btp_penalty_account_id
        Account = self.env["account.account"].sudo().with_company(self)
        domain = [
            *Account._check_company_domain(self),
            ("account_type", "in", ("income", "income_other")),
        ]
        for prefix in ("7631", "763"):
            account = Account.search(
                [*domain, ("code", "=like", f"{prefix}%")], order="id", limit=1
            )
            if account:
                return account
        raise UserError(
            self.env._(
                "No account is set for late payment penalties: choose one in Accounting › "
                "Configuration › Settings, block Reminders (763100 in the French chart)."
            )
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    btp_penalty_rate = fields.Float(
        "Penalty Rate (%)",
        digits=(6, 2),
        company_dependent=True,
        groups="base.group_user",
        help="Percent a year agreed with this customer, between professionals. 0: that of "
        "the company.",
    )

    @api.constrains("btp_penalty_rate")
    def _check_btp_penalty_rate(self):
        for partner in self:
            self.env["btp.legal.rate"]._check_agreed(partner.btp_penalty_rate)

    @api.model
    def _commercial_fields(self):
        return [*super()._commercial_fields(), "btp_penalty_rate"]

    def action_btp_penalty_invoice(self):
        """Make the draft penalty invoices of these customers' late invoices."""
        moves = self.env["account.move"].search(
            [
                ("commercial_partner_id", "in", self.commercial_partner_id.ids),
                ("btp_interest_due", "=", True),
            ]
        )
        return moves.action_btp_penalty_invoice()


class BtpChantier(models.Model):
    _inherit = "btp.chantier"

    penalty_rate = fields.Float(
        "Penalty Rate (%)",
        digits=(6, 2),
        tracking=True,
        help="Percent a year that the contract states for late payment, between "
        "professionals. 0: that of the customer or of the company.",
    )

    @api.constrains("penalty_rate")
    def _check_penalty_rate(self):
        for chantier in self:
            self.env["btp.legal.rate"]._check_agreed(chantier.penalty_rate)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_penalty_rate_kind = fields.Selection(
        related="company_id.btp_penalty_rate_kind", readonly=False
    )
    btp_penalty_rate = fields.Float(
        related="company_id.btp_penalty_rate", readonly=False
    )
    btp_penalty_multiple = fields.Float(
        related="company_id.btp_penalty_multiple", readonly=False
    )
    btp_interest_imputation = fields.Selection(
        related="company_id.btp_interest_imputation", readonly=False
    )
    btp_penalty_account_id = fields.Many2one(
        related="company_id.btp_penalty_account_id", readonly=False
    )
