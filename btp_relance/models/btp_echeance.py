# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..const import BILLING_STAGES, REGIMES


class BtpEcheance(models.Model):
    """An amount due: a receivable line with a residual, and what the engine says of it."""

    _name = "btp.echeance"
    _description = "Amount Due"
    _auto = False
    _order = "date_due, id"
    _rec_name = "move_id"

    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    move_id = fields.Many2one("account.move", "Invoice", readonly=True)
    reference = fields.Char("Invoice Number", related="move_id.name")
    chantier_id = fields.Many2one("btp.chantier", readonly=True)
    regime = fields.Selection(REGIMES, "Customer Regime", readonly=True)
    billing_stage = fields.Selection(BILLING_STAGES, readonly=True)
    date_due = fields.Date("Due Date", readonly=True)
    days_overdue = fields.Integer(
        readonly=True, aggregator="max", help="Negative before the due date."
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    company_currency_id = fields.Many2one("res.currency", readonly=True)
    residual = fields.Monetary("Left to Pay", readonly=True, aggregator=None)
    residual_company = fields.Monetary(
        "Left to Pay (company currency)",
        currency_field="company_currency_id",
        readonly=True,
    )
    contested = fields.Monetary(
        readonly=True,
        aggregator=None,
        help="In dispute: not claimed until it is settled, and not in what is left to pay.",
    )
    scenario_id = fields.Many2one("btp.relance.scenario", readonly=True)
    scenario_source = fields.Selection(
        [
            ("invoice", "Set on the invoice"),
            ("chantier", "Set on the chantier"),
            ("customer", "Set on the customer"),
            ("rule", "By a rule"),
            ("default", "Company default"),
        ],
        readonly=True,
    )
    rule_id = fields.Many2one("btp.relance.rule", readonly=True)
    last_step_id = fields.Many2one("btp.relance.step", readonly=True)
    last_step_on = fields.Date(readonly=True)
    last_step_state = fields.Selection(
        [("planned", "Being prepared"), ("done", "Done"), ("skipped", "Skipped")],
        readonly=True,
    )
    next_step_id = fields.Many2one("btp.relance.step", readonly=True)
    next_date = fields.Date("Next Step On", readonly=True)
    hold_code = fields.Selection("_select_hold", "Held By", readonly=True)
    is_retention = fields.Boolean(
        "Retention", readonly=True, help="Kept by the customer until the release."
    )

    @api.model
    def _get_today(self):
        """Return the day for the company: its own time zone, else that of Paris."""
        return self.env.company.sudo()._get_btp_now().date()

    @api.model
    def _get_now(self):
        """Return the moment on the company's clock, naive."""
        return self.env.company.sudo()._get_btp_now()

    @api.model
    def _select_hold(self):
        holds = self.env["btp.relance.hold"]._get_holds(self._get_today())
        return [(hold.code, hold.label) for hold in holds]

    # === ACTIONS === #

    def action_open_move(self):
        """Open the invoice behind the amount due."""
        self.ensure_one()
        return self.move_id.get_formview_action()

    def action_follow_up(self):
        """Follow up, from the first step, what the first activation left out."""
        self.check_access("read")
        left_out = self.filtered(lambda echeance: echeance.hold_code == "left_out")
        placed = self.env["btp.relance.line"].sudo()
        placed.search(
            [("move_line_id", "in", left_out.ids), ("relance_id", "=", False)]
        ).unlink()
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "activated",
                    "company_id": echeance.company_id.id,
                    "debtor_ref": echeance.partner_id.id,
                    "debtor_name": echeance.partner_id.display_name,
                    "detail": echeance.move_id.name,
                }
                for echeance in left_out
            ]
        )

    def action_view_relances(self):
        """Open the reminders in which this amount due was listed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reminders"),
            "res_model": "btp.relance",
            "view_mode": "list,form",
            "domain": [("line_ids.move_line_id", "=", self.id)],
        }
