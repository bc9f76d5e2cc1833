# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


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

    _min_contact_gap_positive = models.Constraint(
        "CHECK(btp_min_contact_gap BETWEEN 0 AND 365)",
        "The days between contacts cannot be negative, nor more than a year.",
    )

    @api.constrains("btp_default_scenario_id")
    def _check_btp_default_scenario(self):
        for company in self:
            owner = company.btp_default_scenario_id.sudo().company_id
            if owner and owner != company:
                raise ValidationError(
                    self.env._(
                        "The scenario “%(scenario)s” belongs to %(owner)s: choose a shared "
                        "one, or one of %(company)s.",
                        scenario=company.btp_default_scenario_id.name,
                        owner=owner.name,
                        company=company.name,
                    )
                )

    @api.model
    def _default_btp_scenario(self):
        return self.env.ref("btp_relance.scenario_standard", raise_if_not_found=False)
