# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..const import OPEN_STATES


class BtpRelanceLine(models.Model):
    """An échéance as a reminder states it, at a step or for information."""

    _name = "btp.relance.line"
    _description = "Reminder Line"
    _order = "relance_id, kind desc, date_due, id"
    _rec_name = "move_id"
    _check_company_auto = True

    relance_id = fields.Many2one(
        "btp.relance",
        "Reminder",
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: the first activation placed this amount due at this step, or the "
        "step passed it over.",
    )
    company_id = fields.Many2one("res.company", required=True)
    partner_id = fields.Many2one("res.partner", "Customer", required=True, index=True)
    move_line_id = fields.Many2one(
        "account.move.line", "Journal Item", required=True, ondelete="cascade"
    )
    move_id = fields.Many2one(
        "account.move", "Invoice", required=True, index=True, ondelete="cascade"
    )
    chantier_id = fields.Many2one(related="move_id.btp_chantier_id")
    is_retention = fields.Boolean(related="move_line_id.btp_is_retention")
    scenario_id = fields.Many2one("btp.relance.scenario")
    step_id = fields.Many2one(
        "btp.relance.step",
        ondelete="restrict",
        help="Empty: listed for information.",
    )
    step_days = fields.Integer("Day of the Step")
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("done", "Done"),
            ("skipped", "Skipped"),
            ("dropped", "Dropped"),
        ],
        default="planned",
        required=True,
    )
    drop_reason = fields.Char()
    kind = fields.Selection(
        [("overdue", "Overdue"), ("due", "Coming due"), ("credit", "Credit")],
        required=True,
    )
    date_due = fields.Date("Due Date")
    days_overdue = fields.Integer(compute="_compute_days_overdue")
    currency_id = fields.Many2one("res.currency", required=True)
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    amount_residual = fields.Monetary("Left to Pay")
    amount_company = fields.Monetary(
        "Left to Pay (company currency)", currency_field="company_currency_id"
    )
    contested = fields.Monetary(
        help="In dispute: not claimed, and not in what is left to pay."
    )
    done_on = fields.Date(index=False)

    _move_line_step_uniq = models.UniqueIndex(
        "(move_line_id, step_id) WHERE state <> 'dropped' AND step_id IS NOT NULL",
        "This step was already taken for this amount due.",
    )
    # Serves the one question asked of history: the last step of an échéance.
    _last_step_idx = models.Index(
        "(move_line_id, step_days DESC) INCLUDE (step_id, done_on)"
        " WHERE state <> 'dropped' AND step_days IS NOT NULL"
    )
    _planned_idx = models.Index("(move_line_id) WHERE state = 'planned'")

    @api.depends("date_due", "relance_id.contacted_on")
    def _compute_days_overdue(self):
        today = self.env["btp.echeance"]._get_today()
        for line in self:
            day = line.relance_id.contacted_on or today
            line.days_overdue = (day - line.date_due).days if line.date_due else 0

    @property
    def reference(self) -> str:
        """What the customer knows the invoice by."""
        return self.move_id.name or self.move_id.ref or ""

    def _refresh(self, row: dict):
        """Take the residual of now, as the relation of ``btp.echeance`` gives it."""
        self.ensure_one()
        compare = self.currency_id.compare_amounts
        if compare(self.amount_residual, row["residual"]) or compare(
            self.contested, row["contested"]
        ):
            self.write(
                {
                    "amount_residual": row["residual"],
                    "amount_company": row["residual_company"],
                    "contested": row["contested"],
                }
            )
        kind = "overdue" if row["days_overdue"] > 0 else self.kind
        if kind != self.kind:
            self.kind = kind

    @api.model
    def _on_ledger_change(self, move_lines):
        """Look again at the reminders not yet sent that name these journal items.

        :param move_lines: receivable lines just reconciled or unreconciled
        """
        lines = self.sudo().search(
            [("move_line_id", "in", move_lines.ids), ("state", "=", "planned")]
        )
        relances = lines.relance_id.filtered(lambda r: r.state in OPEN_STATES)
        if relances:
            relances._recheck()
