# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    btp_relance_active = fields.Boolean(
        "Reminders Switched On",
        help="Set by the first activation. Off: nothing is planned for this company.",
    )
    btp_default_scenario_id = fields.Many2one(
        "btp.relance.scenario",
        "Default Scenario",
        ondelete="restrict",
        default=lambda self: self._default_btp_scenario(),
        help="Used where no rule applies.",
    )
    btp_relance_user_id = fields.Many2one(
        "res.users", "Reminders Followed Up By", help="Approves and calls by default."
    )
    btp_min_contact_gap = fields.Integer(
        "Days Between Contacts",
        default=3,
        help="Least number of days between two reminders to the same customer.",
    )
    btp_min_amount = fields.Monetary(
        "Smallest Amount",
        default=15.0,
        help="What a customer owes below this amount waits for the next amount due.",
    )
    btp_reverse_charge_tax_id = fields.Many2one(
        "account.tax",
        "Tax for Reverse Charge",
        check_company=True,
        help="Put on the situations of subcontracted works: 0 %, VAT due by the customer (CGI "
        "283-2 nonies).",
    )

    btp_retention_account_id = fields.Many2one(
        "account.account",
        "Account of Retentions",
        check_company=True,
        domain="[('account_type', '=', 'asset_receivable')]",
        help="What customers retain is owed on this account until it is released: 4117 in "
        "the French chart.",
    )
    btp_retention_scenario_id = fields.Many2one(
        "btp.relance.scenario",
        "Scenario of Retentions",
        ondelete="restrict",
        default=lambda self: self._default_btp_retention_scenario(),
        help="Used for retentions where no rule applies.",
    )

    _min_contact_gap_positive = models.Constraint(
        "CHECK(btp_min_contact_gap BETWEEN 0 AND 365)",
        "The days between contacts cannot be negative, nor more than a year.",
    )

    @api.constrains("btp_default_scenario_id", "btp_retention_scenario_id")
    def _check_btp_default_scenario(self):
        for company in self:
            for scenario in (
                company.btp_default_scenario_id,
                company.btp_retention_scenario_id,
            ):
                owner = scenario.sudo().company_id
                if owner and owner != company:
                    raise ValidationError(
                        self.env._(
                            "The scenario “%(scenario)s” belongs to %(owner)s: choose a "
                            "shared one, or one of %(company)s.",
                            scenario=scenario.name,
                            owner=owner.name,
                            company=company.name,
                        )
                    )

    def write(self, vals):
        """Keep the account of retentions while it holds some.

        :raise UserError: amounts are still retained on it
        """
        if "btp_retention_account_id" in vals:
            self._check_retention_account(vals["btp_retention_account_id"])
        return super().write(vals)

    @api.model
    def _default_btp_scenario(self):
        return self.env.ref("btp_relance.scenario_standard", raise_if_not_found=False)

    @api.model
    def _default_btp_retention_scenario(self):
        return self.env.ref("btp_relance.scenario_retention", raise_if_not_found=False)

    def _check_retention_account(self, account_id):
        """Refuse another account while amounts are retained on this one.

        They would be reminded of as any amount due: an account says what a retention is.

        :param account_id: the account to be chosen
        """
        lines = self.env["account.move.line"].sudo()
        for company in self:
            account = company.btp_retention_account_id
            if account.id in (False, account_id):
                continue
            held = [
                ("company_id", "=", company.id),
                ("account_id", "=", account.id),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
            ]
            if lines.search_count(held, limit=1):
                raise UserError(
                    self.env._(
                        "Amounts are still retained on %(account)s: transfer and match them "
                        "with an entry first, then choose another account.",
                        account=account.with_company(company).display_name,
                    )
                )

    def _get_retention_account(self):
        """Return the account of retentions.

        :raise UserError: none was chosen
        """
        self.ensure_one()
        account = self.btp_retention_account_id
        if not account:
            raise UserError(
                self.env._(
                    "%s has no account for retentions: choose one in the settings of "
                    "Invoicing (4117 in the French chart).",
                    self.name,
                )
            )
        return account

    def _prepare_retentions(self):
        """Choose the scenario of retentions, and their account where the chart is French."""
        accounts = self.env["account.account"]
        self.filtered(
            lambda company: not company.btp_retention_scenario_id
        ).btp_retention_scenario_id = self._default_btp_retention_scenario()
        for company in self.filtered(
            lambda company: not company.btp_retention_account_id
        ):
            company.btp_retention_account_id = accounts.with_company(company).search(
                [
                    *accounts._check_company_domain(company),
                    ("code", "=like", "4117%"),
                    ("account_type", "=", "asset_receivable"),
                ],
                limit=1,
            )
