# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
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
    _inherit = ["btp.agreement"]
    _order = "date desc, id desc"
    _reference_letter = "P"

    contact_id = fields.Many2one(string="Promised By")
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
    amount = fields.Monetary("Promised")
    line_ids = fields.One2many(
        "btp.promise.line", "promise_id", "Amounts Due", readonly=True
    )
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

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A promise is about an amount."
    )
    _open_idx = models.Index("(hold_until) WHERE state = 'open'")

    # === COMPUTE METHODS === #

    @api.depends("partner_id", "amount", "currency_id", "date")
    def _compute_display_name(self):
        for promise in self:
            promise.display_name = " – ".join(
                filter(None, [promise.partner_id.name, promise._say()])
            )

    @api.model
    def _group_expand_state(self, _values, _domain):
        return [value for value, _label in STATES[:-1]]

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
        promises = self.filtered(lambda promise: promise.state in JUDGED)
        if not promises:
            raise UserError(self.env._("Choose promises that hold or that have ended."))
        promises.sudo()._judge()

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
            promise.write(
                {
                    "state": "cancelled",
                    "cancel_reason": reason,
                    "closed_on": promise.opened_on and promise._get_today(),
                }
            )
        self._note("promise_dropped", reason)
        self._sync()


class BtpPromiseLine(models.Model):
    """The part of a promise that is about one amount due."""

    _name = "btp.promise.line"
    _description = "Promised Amount"
    _inherit = ["btp.agreement.line"]
    _order = "promise_id, id"

    promise_id = fields.Many2one(
        "btp.promise", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="promise_id.company_id", store=True)
    amount = fields.Monetary(
        "Promised",
        help="Nothing: it is not held, but a payment of it counts.",
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
