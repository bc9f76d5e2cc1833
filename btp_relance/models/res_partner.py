# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..const import REGIMES, SEGMENTS


class ResPartner(models.Model):
    """What decides of reminders to a customer: not for the customer's portal account."""

    _inherit = "res.partner"

    btp_regime = fields.Selection(
        REGIMES,
        string="Customer Regime",
        default="b2b",
        help="Decides which law applies to late payment: penalties, the 40 € "
        "indemnity and the wording of reminders.",
    )
    btp_payer_segment = fields.Selection(
        SEGMENTS,
        string="Payer Segment",
        help="How this customer usually pays. Scenario rules may use it.",
        groups="base.group_user",
    )
    btp_scenario_id = fields.Many2one(
        "btp.relance.scenario",
        string="Reminder Scenario",
        company_dependent=True,
        check_company=True,
        help="Overrides the scenario rules for this customer.",
        groups="base.group_user",
    )
    btp_relance_contact_id = fields.Many2one(
        "res.partner",
        string="Reminders Go To",
        help="Who receives the reminders. Empty: the invoicing contact, else the "
        "customer.",
        groups="base.group_user",
    )
    btp_relance_user_id = fields.Many2one(
        "res.users",
        string="Followed Up By",
        company_dependent=True,
        help="Who approves and calls. Empty: the person set for the company.",
        groups="base.group_user",
    )
    btp_no_reminder = fields.Boolean(
        "No Reminders", company_dependent=True, groups="base.group_user"
    )
    btp_no_reminder_reason = fields.Char(
        "Why No Reminders",
        company_dependent=True,
        copy=False,
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    btp_no_reminder_until = fields.Date(
        "No Reminders Until",
        company_dependent=True,
        copy=False,
        help="Last day without reminders. Empty: until somebody changes it.",
        groups="base.group_user",
    )
    btp_insolvency_date = fields.Date(
        "Insolvency Judgment",
        copy=False,
        help="Date of the opening judgment. From that day claims that came before may "
        "not be paid, and every reminder stops (C. com. L622-7, L622-28).",
        groups="base.group_user",
    )
    btp_legal_file = fields.Boolean(
        "Legal File Open",
        company_dependent=True,
        copy=False,
        help="The claim is in the hands of a lawyer or a court: no reminder leaves.",
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    btp_echeance_ids = fields.One2many(
        "btp.echeance",
        "partner_id",
        string="Amounts Due",
        groups="btp_relance.group_agent",
    )
    btp_relance_ids = fields.One2many(
        "btp.relance",
        "partner_id",
        string="Reminders",
        groups="btp_relance.group_agent",
    )
    btp_relance_count = fields.Integer(
        compute="_compute_btp_relance_count", groups="btp_relance.group_agent"
    )
    btp_chantier_ids = fields.One2many(
        "btp.chantier",
        "partner_id",
        string="Chantiers",
        groups="account.group_account_invoice,account.group_account_readonly",
    )

    def _compute_btp_relance_count(self):
        counts = dict(
            self.env["btp.relance"]._read_group(
                [("partner_id", "in", self.commercial_partner_id.ids)],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.btp_relance_count = counts.get(partner.commercial_partner_id, 0)

    @api.model
    def _commercial_fields(self):
        return [
            *super()._commercial_fields(),
            "btp_regime",
            "btp_payer_segment",
            "btp_insolvency_date",
        ]

    def action_view_btp_relances(self):
        """Open the reminders of this customer."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reminders"),
            "res_model": "btp.relance",
            "view_mode": "list,kanban,form",
            "domain": [("partner_id", "in", self.commercial_partner_id.ids)],
        }
