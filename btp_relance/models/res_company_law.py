# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

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
        help="Two months more to declare a claim (C. com. R622-24).",
    )

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
