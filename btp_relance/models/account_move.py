# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..const import BILLING_STAGES


class AccountMove(models.Model):
    _inherit = "account.move"

    btp_chantier_id = fields.Many2one(
        "btp.chantier",
        "Chantier",
        index="btree_not_null",
        check_company=True,
        tracking=True,
    )
    btp_billing_stage = fields.Selection(BILLING_STAGES, string="Billing Stage")
    btp_scenario_id = fields.Many2one(
        "btp.relance.scenario",
        "Reminder Scenario",
        check_company=True,
        copy=False,
        help="Overrides the scenario of the chantier and of the customer.",
    )
    btp_no_reminder = fields.Boolean("No Reminders", copy=False, tracking=True)
    btp_no_reminder_reason = fields.Char("Why No Reminders", copy=False)
    btp_no_reminder_until = fields.Date(
        "No Reminders Until",
        copy=False,
        help="Last day without reminders. Empty: until somebody changes it.",
    )
    btp_legal_file = fields.Boolean("Legal File Open", copy=False, tracking=True)
    btp_echeance_ids = fields.One2many(
        "btp.echeance",
        "move_id",
        string="Amounts Due",
        groups="btp_relance.group_agent",
    )
    btp_relance_line_ids = fields.One2many(
        "btp.relance.line",
        "move_id",
        string="Reminder History",
        groups="btp_relance.group_agent",
    )
    btp_relance_count = fields.Integer(
        compute="_compute_btp_relance_count", groups="btp_relance.group_agent"
    )

    @api.depends("btp_relance_line_ids.relance_id")
    def _compute_btp_relance_count(self):
        for move in self:
            move.btp_relance_count = len(move.btp_relance_line_ids.relance_id)

    def action_view_btp_relances(self):
        """Open the reminders in which this invoice was listed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reminders"),
            "res_model": "btp.relance",
            "view_mode": "list,kanban,form",
            "domain": [("line_ids.move_id", "=", self.id)],
        }

    def _pause_btp_reminders(self, until, reason: str):
        """Leave invoices in peace until a day, unless they already are for longer.

        :param date until: last day without reminders
        :param reason: one sentence
        """
        self.filtered(
            lambda move: (
                not move.btp_no_reminder
                or (move.btp_no_reminder_until and move.btp_no_reminder_until < until)
            )
        ).write(
            {
                "btp_no_reminder": True,
                "btp_no_reminder_until": until,
                "btp_no_reminder_reason": reason,
            }
        )
