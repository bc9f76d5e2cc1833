# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import deadlines

#: Postal codes of what lies outside metropolitan France.
OVERSEAS = ("97", "98")


class ResCompany(models.Model):
    """Who decides of legal matters, and what the company's place changes to them."""

    _inherit = "res.company"

    btp_law_user_id = fields.Many2one(
        "res.users",
        "Legal Matters Decided By",
        help="Receives the alerts on limitation, claims to declare and direct actions. "
        "Empty: who follows up reminders.",
    )
    btp_payment_interrupts = fields.Boolean(
        "Part Payments Restart Limitation",
        help="From now on, a part payment counts as acknowledgement of the debt "
        "(C. civ. 2240). Ask your counsel before you rely on it.",
    )
    btp_outside_metropole = fields.Boolean(
        "Outside Metropolitan France",
        compute="_compute_btp_outside_metropole",
        store=True,
        readonly=False,
        help="Two months more to declare a claim (C. com. R622-24), if the debtor is in "
        "metropolitan France.",
    )
    btp_nonpro_limitation_years = fields.Integer(
        "Limitation of Non-Professionals (years)",
        default=deadlines.LIMITATION_YEARS["nonpro"],
        required=True,
        help="Syndicats de copropriété, associations, family SCI. Five years in common law "
        "(C. civ. 2224); whether the two years of consumers apply is debated: ask your "
        "counsel.",
    )
    btp_public_decompte_days = fields.Integer(
        "Décompte, Public (days)",
        default=deadlines.PUBLIC_DECOMPTE_DAYS,
        required=True,
        help="From the draft final account (CCAG travaux 2021, art. 12.4).",
    )
    btp_private_decompte_days = fields.Integer(
        "Décompte, Private (days)",
        default=deadlines.PRIVATE_DECOMPTE_DAYS,
        required=True,
        help="From the mémoire définitif, if the contract refers to NF P03-001.",
    )
    btp_guarantee_threshold = fields.Monetary(
        "Payment Guarantee Above",
        default=deadlines.GUARANTEE_THRESHOLD,
        help="Contract before tax, net of the deposit, above which a private owner "
        "guarantees the payment (C. civ. 1799-1).",
    )

    _btp_periods_positive = models.Constraint(
        "CHECK(btp_nonpro_limitation_years BETWEEN 1 AND 30"
        " AND btp_public_decompte_days BETWEEN 1 AND 365"
        " AND btp_private_decompte_days BETWEEN 1 AND 365"
        " AND btp_guarantee_threshold >= 0)",
        "A limitation is between 1 and 30 years, a term between 1 and 365 days, and a "
        "threshold is not negative.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "btp_nonpro_limitation_years" in vals:
            # Those that it concerns, not each invoice of the ledger.
            Move = self.env["account.move"].sudo()
            moves = Move.search(
                [
                    ("company_id", "in", self.ids),
                    ("commercial_partner_id.btp_regime", "=", "nonpro"),
                ]
            )
            self.env.add_to_compute(Move._fields["btp_limitation_on"], moves)
        return result

    @api.depends("partner_id.country_id", "partner_id.zip")
    def _compute_btp_outside_metropole(self):
        for company in self:
            code = company.partner_id.country_id.code
            company.btp_outside_metropole = bool(code) and (
                code != "FR" or (company.partner_id.zip or "").startswith(OVERSEAS)
            )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_law_user_id = fields.Many2one(
        related="company_id.btp_law_user_id", readonly=False
    )
    btp_payment_interrupts = fields.Boolean(
        related="company_id.btp_payment_interrupts", readonly=False
    )
    btp_outside_metropole = fields.Boolean(
        related="company_id.btp_outside_metropole", readonly=False
    )
    btp_nonpro_limitation_years = fields.Integer(
        related="company_id.btp_nonpro_limitation_years", readonly=False
    )
    btp_public_decompte_days = fields.Integer(
        related="company_id.btp_public_decompte_days", readonly=False
    )
    btp_private_decompte_days = fields.Integer(
        related="company_id.btp_private_decompte_days", readonly=False
    )
    btp_guarantee_threshold = fields.Monetary(
        related="company_id.btp_guarantee_threshold", readonly=False
    )
