# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date, formatLang

STATES = [
    ("proposed", "To accept"),
    ("open", "Open"),
    ("kept", "Kept in full"),
    ("partly", "Partly kept"),
    ("broken", "Broken"),
    ("cancelled", "Cancelled"),
]
#: States that the ledger decides, and may decide again.
JUDGED = ("open", "kept", "partly", "broken")


class BtpPromise(models.Model):
    """A customer says: I pay this much on that day. Held, then judged from the ledger."""

    _name = "btp.promise"
    _description = "Promise to Pay"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    reference = fields.Char(compute="_compute_reference")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True
    )
    contact_id = fields.Many2one("res.partner", "Promised By", readonly=True)
    relance_id = fields.Many2one(
        "btp.relance", "Reminder", readonly=True, index=True, check_company=True
    )
    source = fields.Selection(
        [
            ("customer", "The customer, online"),
            ("agent", "Noted by an agent"),
            ("answer", "Read in an answer"),
        ],
        "Where It Comes From",
        required=True,
        readonly=True,
    )
    quote = fields.Text("Words Relied On", readonly=True)
    reason = fields.Char(
        "Why Beyond the Limits",
        readonly=True,
        help="An agent may accept more than customers are allowed, and says why.",
    )
    note = fields.Text()
    made_on = fields.Date(readonly=True)
    opened_on = fields.Date(readonly=True, help="It holds from then on.")
    closed_on = fields.Date(readonly=True, help="It holds no longer since then.")
    date = fields.Date("Promised For", required=True, readonly=True, index=True)
    hold_until = fields.Date(
        readonly=True,
        help="No reminder until this day: the day promised and two working days, for the "
        "bank to show the payment.",
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary("Promised", required=True, readonly=True)
    line_ids = fields.One2many(
        "btp.promise.line", "promise_id", "Amounts Due", readonly=True
    )
    move_ids = fields.Many2many("account.move", compute="_compute_move_ids")
    state = fields.Selection(
        STATES,
        default="open",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
        group_expand="_group_expand_state",
    )
    kept_amount = fields.Monetary("Amount Received", readonly=True)
    judged_on = fields.Date(readonly=True)
    cancel_reason = fields.Char(readonly=True)
    next_step = fields.Char(
        "What Comes Next", compute="_compute_next_step", compute_sudo=True
    )
    user_id = fields.Many2one("res.users", "Followed Up By", index=True)

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A promise is about an amount."
    )
    _open_idx = models.Index("(hold_until) WHERE state = 'open'")

    # === COMPUTE METHODS === #

    def _compute_reference(self):
        for promise in self:
            promise.reference = f"P-{promise.id:06d}" if promise.id else False

    @api.depends("partner_id", "amount", "currency_id", "date")
    def _compute_display_name(self):
        for promise in self:
            promise.display_name = " – ".join(
                filter(None, [promise.partner_id.name, promise._say()])
            )

    @api.depends("line_ids.move_id")
    def _compute_move_ids(self):
        for promise in self:
            promise.move_ids = promise.line_ids.move_id

    @api.depends_context("lang")
    @api.depends("state", "line_ids.move_line_id")
    def _compute_next_step(self):
        self.env["btp.echeance"].invalidate_model()
        for promise in self:
            due = (
                self.env["btp.echeance"]
                .with_company(promise.company_id)
                .search([("id", "in", promise.line_ids.move_line_id.ids)])
                .filtered("next_step_id")
                .sorted(lambda one: (one.next_date, one.id))[:1]
            )
            promise.next_step = due and due._why_next()

    @api.model
    def _group_expand_state(self, _values, _domain):
        return [value for value, _label in STATES[:-1]]

    # === CRUD === #

    def write(self, vals):
        """Refuse to people what only the ledger and the buttons write."""
        if not self.env.su:
            locked = [name for name in vals if self._fields[name].readonly]
            if locked:
                raise AccessError(
                    self.env._("Use the buttons: “%s” cannot be written.", locked[0])
                )
        return super().write(vals)

    # === ACTIONS === #

    def action_accept(self):
        """Accept promises read in an answer: they hold from now on."""
        self.check_access("write")
        promises = self.filtered(lambda promise: promise.state == "proposed")
        if not promises:
            raise UserError(self.env._("Choose promises that wait to be accepted."))
        for promise in promises.sudo():
            promise._accept(self.env.user)

    def action_refuse(self):
        """Refuse promises read in an answer: nothing is held."""
        self.check_access("write")
        promises = self.filtered(lambda promise: promise.state == "proposed")
        if not promises:
            raise UserError(self.env._("Choose promises that wait to be accepted."))
        promises.sudo()._cancel(self.env._("Refused by %s", self.env.user.name))

    def action_cancel(self):
        """Take back open promises noted by mistake: the reminders go on."""
        self.check_access("write")
        promises = self.filtered(lambda promise: promise.state == "open")
        if not promises:
            raise UserError(self.env._("Only an open promise can be cancelled."))
        promises.sudo()._cancel(self.env._("Cancelled by %s", self.env.user.name))

    def action_judge(self):
        """Look at the ledger now instead of tonight."""
        self.check_access("write")
        self.sudo()._judge()

    def action_view_moves(self):
        """Open the invoices promised."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invoices"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", self.move_ids.ids)],
        }

    # === BUSINESS === #

    def _say(self) -> str:
        """Return the amount and the day in words: “€1,200.00 on 06/20/2025”."""
        self.ensure_one()
        if not self.date:
            return ""
        return self.env._(
            "%(amount)s on %(date)s",
            amount=formatLang(self.env, self.amount, currency_obj=self.currency_id),
            date=format_date(self.env, self.date),
        )

    def _cancel(self, reason: str):
        """End promises that the ledger does not judge, and say why.

        :param str reason: one sentence, in the language of who reads it
        """
        for promise in self:
            today = self.env["btp.echeance"].with_company(promise.company_id)
            promise.write(
                {
                    "state": "cancelled",
                    "cancel_reason": reason,
                    "closed_on": promise.opened_on and today._get_today(),
                }
            )
        self._note("promise_dropped", reason)
        # The database counts one open promise an amount due: it must see the old one end.
        self.flush_recordset()
        self.line_ids.flush_recordset()

    def _note(self, kind: str, detail: str | None = None):
        """Write in the journal what became of promises."""
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": kind,
                    "detail": " – ".join(filter(None, [promise._say(), detail])),
                    **promise._get_event_about(),
                }
                for promise in self
            ]
        )

    def _get_event_about(self) -> dict:
        """Return what a row of the journal is about: the reminder, else the debtor."""
        self.ensure_one()
        if self.relance_id:
            return {"relance_id": self.relance_id.id}
        return {
            "company_id": self.company_id.id,
            "debtor_ref": self.partner_id.id,
            "debtor_name": self.partner_id.display_name,
        }


class BtpPromiseLine(models.Model):
    """The part of a promise that is about one amount due."""

    _name = "btp.promise.line"
    _description = "Promised Amount"
    _order = "promise_id, id"
    _rec_name = "move_id"
    _check_company_auto = True

    promise_id = fields.Many2one(
        "btp.promise", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="promise_id.company_id", store=True)
    move_line_id = fields.Many2one(
        "account.move.line",
        "Journal Item",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    move_id = fields.Many2one(
        related="move_line_id.move_id", string="Invoice", store=True, index=True
    )
    date_due = fields.Date(related="move_line_id.date_maturity", string="Due Date")
    currency_id = fields.Many2one(related="promise_id.currency_id")
    amount = fields.Monetary(
        "Promised",
        readonly=True,
        help="Nothing: it is not held, but a payment of it counts.",
    )
    paid_before = fields.Monetary(
        readonly=True, help="What was paid of it before the promise."
    )
    residual = fields.Monetary(
        related="move_line_id.amount_residual_currency", string="Left to Pay"
    )
    is_open = fields.Boolean(compute="_compute_is_open", store=True)
    hold_until = fields.Date(related="promise_id.hold_until", store=True)

    # A customer has one word: the new promise takes the place of the old one.
    _one_open_per_echeance = models.UniqueIndex(
        "(move_line_id) WHERE is_open",
        "This amount due already has an open promise.",
    )

    @api.depends("promise_id.state")
    def _compute_is_open(self):
        for line in self:
            line.is_open = line.promise_id.state == "open"
