# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..engine.plan import schedule
from ..models.account_move_interest_data import to_decimal
from ..models.btp_payment_plan_request import to_decimal_unit

#: Days proposed for a promise; the person on the phone says which.
PROMISE_DAYS = 7
#: Instalments proposed first, and days to the first one.
PLAN_COUNT = 3
PLAN_DAYS = 15


class BtpAgreedWizard(models.AbstractModel):
    """The amounts due about which something is agreed, from wherever one comes."""

    _name = "btp.agreed.wizard"
    _description = "Amounts to Agree About"

    company_id = fields.Many2one("res.company", required=True)
    partner_id = fields.Many2one("res.partner", "Customer", required=True)
    relance_id = fields.Many2one("btp.relance", "Reminder")
    move_line_ids = fields.Many2many("account.move.line", string="Amounts Due")
    currency_id = fields.Many2one("res.currency", compute="_compute_due")
    due = fields.Monetary("Left to Pay", compute="_compute_due")

    @api.depends("move_line_ids")
    def _compute_due(self):
        for wizard in self:
            lines = wizard.move_line_ids
            wizard.currency_id = lines.currency_id[:1] or wizard.company_id.currency_id
            wizard.due = sum(lines.mapped("amount_residual_currency"))

    @api.model
    def default_get(self, fields_list):
        """Take the amounts due of what the wizard was opened from."""
        values = super().default_get(fields_list)
        lines, relance = self._find_lines()
        if lines:
            first = lines[0]
            values |= {
                "company_id": first.company_id.id,
                "partner_id": first.partner_id.commercial_partner_id.id,
                "move_line_ids": [Command.set(lines.ids)],
                "relance_id": relance.id,
            }
        return {name: value for name, value in values.items() if name in fields_list}

    @api.model
    def _find_lines(self):
        """Return the open amounts due of the active records, and their reminder.

        :raise UserError: nothing is left to pay
        """
        model = self.env.context.get("active_model")
        ids = self.env.context.get("active_ids") or []
        relance = self.env["btp.relance"]
        lines = self.env["account.move.line"]
        if model == "btp.echeance":
            lines = lines.browse(ids)
        elif model == "account.move":
            lines = self.env[model].browse(ids).line_ids
        elif model == "btp.relance":
            relance = relance.browse(ids)[:1]
            lines = relance._get_told_lines().move_line_id
        elif model == "res.partner":
            partners = self.env[model].browse(ids).commercial_partner_id
            due = self.env["btp.echeance"].search(
                [
                    ("partner_id", "in", partners.ids),
                    ("company_id", "=", self.env.company.id),
                ]
            )
            due = due.filtered(lambda one: one.days_overdue > 0) or due
            lines = lines.browse(due.ids)
        elif model:
            return lines, relance
        lines = lines.filtered(
            lambda line: (
                line.account_type == "asset_receivable" and line.amount_residual > 0
            )
        )
        if model and not lines:
            raise UserError(self.env._("Nothing is left to pay of these invoices."))
        lines = lines.sorted("date_maturity")
        # Something is agreed in one currency: that of the oldest; the others come after.
        return lines.filtered(lambda line: line.currency_id == lines[:1].currency_id), (
            relance
        )


class BtpPromiseWizard(models.TransientModel):
    """A promise that an agent notes."""

    _name = "btp.promise.wizard"
    _description = "Note a Promise"
    _inherit = ["btp.agreed.wizard"]

    day = fields.Date(
        "Promised For", required=True, default=lambda self: self._default_day()
    )
    amount = fields.Monetary(
        "Promised",
        compute="_compute_amount",
        store=True,
        readonly=False,
        help="Part of what is due, the oldest first.",
    )
    note = fields.Text(help="What was said; needed to go beyond the limits.")
    limit = fields.Char("Beyond the Limits", compute="_compute_limit")

    @api.model
    def _default_day(self):
        today = self.env["btp.echeance"]._get_today()
        company = self.env.company.sudo()
        return company._get_btp_pause(today + timedelta(days=PROMISE_DAYS), 0)

    @api.depends("due")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.due

    @api.depends("day", "move_line_ids")
    def _compute_limit(self):
        promises = self.env["btp.promise"]
        for wizard in self:
            wizard.limit = False
            if not (wizard.partner_id and wizard.move_line_ids):
                continue
            limits = promises._get_limits(
                wizard.partner_id, wizard.company_id, wizard.move_line_ids._origin
            )
            late = wizard.day and wizard.day > limits["last"]
            wizard.limit = limits["reason"] or (
                late
                and self.env._("The last day that can be promised is past that one.")
            )

    def action_confirm(self):
        """Note the promise, and open it."""
        self.ensure_one()
        self.env["btp.promise"].check_access("write")
        self.move_line_ids.check_access("read")
        promise = self.env["btp.promise"]._make(
            self.partner_id,
            self.company_id,
            self.day,
            self.move_line_ids,
            amount=self.amount,
            relance=self.relance_id,
            reason=self.note,
        )
        promise.sudo().note = self.note
        return _open(promise)


class BtpPaymentPlanWizard(models.TransientModel):
    """Instalments that an agent proposes."""

    _name = "btp.payment.plan.wizard"
    _description = "Propose Instalments"
    _inherit = ["btp.agreed.wizard"]

    count = fields.Integer("Number of Instalments", required=True, default=PLAN_COUNT)
    first_day = fields.Date(
        "First One On", required=True, default=lambda self: self._default_first_day()
    )
    interest_mode = fields.Selection(
        [
            ("waived", "Waived if the plan is kept"),
            ("kept", "Still owed, invoiced apart"),
        ],
        "Late Payment Interest",
        default="waived",
        required=True,
    )
    note = fields.Text()
    line_ids = fields.One2many(
        "btp.payment.plan.wizard.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.model
    def _default_first_day(self):
        return self.env["btp.echeance"]._get_today() + timedelta(days=PLAN_DAYS)

    @api.depends("count", "first_day", "due")
    def _compute_line_ids(self):
        for wizard in self:
            parts = []
            currency = wizard.currency_id
            if wizard.first_day and wizard.count > 0 and wizard.due > 0:
                parts = schedule(
                    to_decimal(wizard.due, currency),
                    wizard.count,
                    wizard.first_day,
                    to_decimal_unit(currency),
                )
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create({"day": part.day, "amount": float(part.amount)})
                    for part in parts
                ),
            ]

    def action_confirm(self):
        """Propose the instalments, and open the plan."""
        self.ensure_one()
        self.env["btp.payment.plan"].check_access("write")
        self.move_line_ids.check_access("read")
        plan = self.env["btp.payment.plan"]._request(
            self.partner_id,
            self.company_id,
            self.move_line_ids,
            self.count,
            self.first_day,
            source="agent",
            relance=self.relance_id,
            note=self.note,
            instalments=[(line.day, line.amount) for line in self.line_ids],
            interest_mode=self.interest_mode,
        )
        return _open(plan)


class BtpPaymentPlanWizardLine(models.TransientModel):
    """An instalment being proposed."""

    _name = "btp.payment.plan.wizard.line"
    _description = "Instalment to Propose"
    _order = "day, id"

    wizard_id = fields.Many2one("btp.payment.plan.wizard", ondelete="cascade")
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    day = fields.Date(required=True)
    amount = fields.Monetary(required=True)


def _open(record) -> dict:
    """Return the action that opens a record."""
    return {
        "type": "ir.actions.act_window",
        "res_model": record._name,
        "res_id": record.id,
        "view_mode": "form",
    }
