# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

REASONS = [
    ("quantity", "Quantity"),
    ("quality", "Quality, reserves"),
    ("price", "Price"),
    ("missing_order", "Missing order"),
    ("missing_document", "Missing document"),
    ("not_delivered", "Works not done"),
    ("duplicate", "Invoiced twice"),
    ("already_paid", "Already paid"),
    ("other", "Other"),
]
SOURCES = [
    ("agent", "One of us"),
    ("call", "On the phone"),
    ("customer", "Customer, online"),
    ("answer", "Answer read"),
]


class BtpDispute(models.Model):
    """What a customer contests of an invoice: held until settled, the rest is chased."""

    _name = "btp.dispute"
    _description = "Dispute"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state desc, date_deadline, id desc"
    _check_company_auto = True
    # An agent answers without rewriting it.
    _mail_post_access = "read"

    reference = fields.Char(compute="_compute_reference")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True
    )
    contact_id = fields.Many2one(
        "res.partner", "Contested By", readonly=True, help="Who is answered."
    )
    move_id = fields.Many2one(
        "account.move",
        "Invoice",
        required=True,
        readonly=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    chantier_id = fields.Many2one(
        "btp.chantier",
        related="move_id.btp_chantier_id",
        store=True,
        index="btree_not_null",
    )
    invoice_line_ids = fields.Many2many(
        "account.move.line",
        "btp_dispute_invoice_line_rel",
        string="Contested Lines",
        readonly=True,
        copy=False,
    )
    currency_id = fields.Many2one(related="move_id.currency_id", store=True)
    amount = fields.Monetary(
        "Contested", readonly=True, help="All taxes included.", aggregator=None
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    reason = fields.Selection(REASONS, required=True, readonly=True, tracking=True)
    description = fields.Text("In the Customer's Words", readonly=True)
    source = fields.Selection(SOURCES, required=True, default="agent", readonly=True)
    state = fields.Selection(
        [
            ("open", "Looked into"),
            ("accepted", "Accepted"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        default="open",
        required=True,
        readonly=True,
        tracking=True,
        group_expand=True,
    )
    user_id = fields.Many2one("res.users", "Owner", tracking=True, index=True)
    site_user_id = fields.Many2one(
        "res.users",
        "Conducteur de travaux",
        related="chantier_id.user_id",
        store=True,
    )
    date_deadline = fields.Date("Answer Before", tracking=True)
    opened_on = fields.Date(readonly=True)
    closed_on = fields.Date(readonly=True)
    days = fields.Integer(
        "Days to Resolve",
        compute="_compute_days",
        store=True,
        aggregator="avg",
        help="From the opening to the decision; nothing while it is open.",
    )
    days_open = fields.Integer(
        compute="_compute_days_open", help="To the decision, or to this day."
    )
    is_late = fields.Boolean(compute="_compute_days_open", search="_search_is_late")
    accepted_amount = fields.Monetary(
        "Accepted", readonly=True, help="All taxes included: what we credit."
    )
    resolution = fields.Text(
        "Decision and Reasons", readonly=True, help="As the customer is told."
    )
    credit_note_ids = fields.Many2many(
        "account.move",
        "btp_dispute_credit_note_rel",
        string="Credit Notes",
        readonly=True,
        copy=False,
    )
    line_ids = fields.One2many(
        "btp.dispute.line", "dispute_id", "Amounts Held", readonly=True
    )
    held = fields.Monetary(
        "Held Now", compute="_compute_held", help="Not claimed today."
    )
    relance_id = fields.Many2one(
        "btp.relance", "Reminder", readonly=True, index="btree_not_null"
    )

    _open_idx = models.Index("(company_id, date_deadline) WHERE state = 'open'")
    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "What is contested has an amount."
    )

    # === COMPUTE METHODS === #

    def _compute_reference(self):
        for dispute in self:
            dispute.reference = f"L-{dispute.id:06d}" if dispute.id else False

    @api.depends_context("lang")
    @api.depends("reason", "move_id", "partner_id")
    def _compute_display_name(self):
        labels = dict(self._fields["reason"]._description_selection(self.env))
        for dispute in self:
            dispute.display_name = " – ".join(
                filter(
                    None,
                    [
                        dispute.move_id.sudo().name,
                        labels.get(dispute.reason),
                        dispute.partner_id.sudo().name,
                    ],
                )
            )

    @api.depends("opened_on", "closed_on")
    def _compute_days(self):
        for dispute in self:
            closed = dispute.opened_on and dispute.closed_on
            dispute.days = (
                (dispute.closed_on - dispute.opened_on).days if closed else False
            )

    @api.depends("opened_on", "closed_on", "date_deadline", "state")
    def _compute_days_open(self):
        today = self.env["btp.echeance"]._get_today()
        for dispute in self:
            end = dispute.closed_on or today
            dispute.days_open = (end - (dispute.opened_on or end)).days
            dispute.is_late = bool(
                dispute.state == "open"
                and dispute.date_deadline
                and dispute.date_deadline < today
            )

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env["btp.echeance"]._get_today()
        late = [("state", "=", "open"), ("date_deadline", "<", today)]
        return late if True in value else ["!", "&", *late]

    @api.depends("line_ids.held")
    def _compute_held(self):
        for dispute in self:
            dispute.held = sum(dispute.line_ids.mapped("held"))

    # === CRUD === #

    def write(self, vals):
        """Refuse to people what only the buttons write: a state is never typed in."""
        if not self.env.su:
            locked = [name for name in vals if self._fields[name].readonly]
            if locked:
                raise AccessError(
                    self.env._("Use the buttons: “%s” cannot be written.", locked[0])
                )
        return super().write(vals)

    # === ACTIONS === #

    def action_view_move(self):
        """Open the contested invoice."""
        self.ensure_one()
        return self.move_id.get_formview_action()

    def action_view_credit_notes(self):
        """Open the credit notes made from it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Credit Notes"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", self.credit_note_ids.ids)],
        }

    # === BUSINESS === #

    def _after_open(self):
        """Do what follows from a new dispute. Hook: one dispute at a time."""
        self.ensure_one()

    def _after_close(self):
        """Do what follows from a decision. Hook."""

    def _release(self, keep: float = 0.0):
        """Let go of what these disputes hold, and look again at the reminders prepared.

        :param float keep: amount that stays held, of a single dispute: what the credit
            note will credit
        """
        for dispute in self:
            dispute._hold_only(keep)
        lines = self.line_ids.move_line_id
        self.env["btp.relance.line"]._on_ledger_change(lines)
