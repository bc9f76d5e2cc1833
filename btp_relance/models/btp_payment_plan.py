# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, formatLang

STATES = [
    ("requested", "To approve"),
    ("to_sign", "To sign"),
    ("active", "Under way"),
    ("done", "Paid"),
    ("void", "Void"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
#: States in which a plan holds what it covers.
LIVE = ("requested", "to_sign", "active")
MANAGER = "btp_relance.group_manager"


class BtpPaymentPlan(models.Model):
    """Payment by instalments of amounts due, which stay as they are in the ledger.

    Posted invoices are not changed and nothing is matched but real payments (VAT on
    receipts hangs on them): the amounts due are held, and what comes in since the
    signature settles the instalments in order.
    """

    _name = "btp.payment.plan"
    _description = "Instalment Plan"
    _inherit = ["portal.mixin", "btp.agreement"]
    _order = "id desc"
    _reference_letter = "E"
    _lines_field = "source_line_ids"
    _held_field = "is_live"

    contact_id = fields.Many2one(string="Asked By")
    source = fields.Selection(
        [("customer", "Asked for by the customer"), ("agent", "Proposed by an agent")],
        "Where It Comes From",
        required=True,
        readonly=True,
    )
    note = fields.Text(readonly=True, help="What the customer or the agent says of it.")
    answer = fields.Text(help="What the customer is told with a refusal.")
    state = fields.Selection(
        STATES,
        default="requested",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
        group_expand="_group_expand_state",
    )
    approval_reason = fields.Char("Why It Waits for Approval", readonly=True)
    requested_on = fields.Date(readonly=True)
    approved_by_id = fields.Many2one("res.users", readonly=True)
    approved_on = fields.Date(readonly=True)
    hold_until = fields.Date(
        readonly=True,
        help="No reminder until this day, if nothing else happens. Empty: until a person "
        "decides.",
    )
    amount = fields.Monetary("Total")
    source_line_ids = fields.One2many(
        "btp.payment.plan.source", "plan_id", "Amounts Due", readonly=True
    )
    instalment_ids = fields.One2many(
        "btp.payment.plan.line", "plan_id", "Schedule", readonly=True
    )
    instalment_count = fields.Integer(compute="_compute_instalment_count")
    next_date = fields.Date("Next Instalment", compute="_compute_next", store=True)
    next_amount = fields.Monetary(compute="_compute_next", store=True)
    is_late = fields.Boolean("Late", compute="_compute_next", store=True)
    paid_amount = fields.Monetary("Amount Received", readonly=True)
    left_amount = fields.Monetary("Left to Pay", compute="_compute_left_amount")
    interest_mode = fields.Selection(
        [
            ("waived", "Waived if the plan is kept"),
            ("kept", "Still owed, invoiced apart"),
        ],
        "Late Payment Interest",
        default="waived",
        required=True,
        readonly=True,
    )
    interest_amount = fields.Monetary(
        "Interest to Date", readonly=True, help="Reckoned on the day of the agreement."
    )
    warned_on = fields.Date(readonly=True)
    warned_until = fields.Date(
        "Void After", readonly=True, help="Paid by this day, the plan goes on."
    )
    wait_reason = fields.Char(
        "Why a Person Decides",
        readonly=True,
        help="An instalment is late, and the customer cannot be warned by itself.",
    )
    end_reason = fields.Char("Why It Ended", readonly=True)

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "An instalment plan is about an amount."
    )

    # === COMPUTE METHODS === #

    @api.depends("partner_id")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = " – ".join(
                filter(None, [plan.reference, plan.partner_id.name])
            )

    def _compute_access_url(self):  # pylint: disable=missing-return
        super()._compute_access_url()
        for plan in self:
            plan.access_url = f"/my/plans/{plan.id}"

    @api.depends("instalment_ids.left")
    def _compute_left_amount(self):
        for plan in self:
            plan.left_amount = sum(plan.instalment_ids.mapped("left"))

    @api.depends("instalment_ids")
    def _compute_instalment_count(self):
        for plan in self:
            plan.instalment_count = len(plan.instalment_ids)

    @api.depends("instalment_ids.state", "instalment_ids.left", "instalment_ids.date")
    def _compute_next(self):
        for plan in self:
            unpaid = plan.instalment_ids.filtered(lambda part: part.state != "paid")
            first = unpaid.sorted("sequence")[:1]
            plan.next_date = first.date
            plan.next_amount = first.left
            plan.is_late = "late" in unpaid.mapped("state")

    @api.model
    def _group_expand_state(self, _values, _domain):
        return [value for value, _label in STATES[:5]]

    # === ACTIONS === #

    def action_approve(self):
        """Approve plans: they go to the customer for signature."""
        self._check_manager()
        plans = self.filtered(lambda plan: plan.state == "requested")
        if not plans:
            raise UserError(self.env._("Choose plans that wait for approval."))
        for plan in plans.sudo():
            plan.write(
                {
                    "approved_by_id": self.env.uid,
                    "approved_on": plan._get_today(),
                }
            )
            plan._propose()

    def action_refuse(self):
        """Refuse plans: the customer is told why, the reminders go on."""
        self._check_manager()
        plans = self.filtered(lambda plan: plan.state == "requested")
        if not plans:
            raise UserError(self.env._("Choose plans that wait for approval."))
        for plan in plans.sudo():
            plan._end("refused", plan.answer or self.env._("Refused"))

    def action_cancel(self):
        """End plans by hand; a plan under way is for a manager to end."""
        self.check_access("write")
        plans = self.filtered(lambda plan: plan.state in LIVE)
        if not plans:
            raise UserError(self.env._("This plan has ended already."))
        if "active" in plans.mapped("state"):
            self._check_manager()
        for plan in plans.sudo():
            plan._end("cancelled", self.env._("Ended by %s", self.env.user.name))

    def action_void(self):
        """Make plans void once the time of the warning is over: the reminders go on."""
        self._check_manager()
        plans = self.filtered(lambda plan: plan.state == "active" and plan.is_late)
        if not plans:
            raise UserError(
                self.env._("Only a plan with an instalment not paid can be made void.")
            )
        plans.sudo()._check_warned()
        plans.sudo()._void()

    def action_more_time(self):
        """Give customers who were warned as many days more."""
        self.check_access("write")
        plans = self.filtered(lambda plan: plan.state == "active" and plan.warned_until)
        if not plans:
            raise UserError(self.env._("Choose plans whose customer was warned."))
        for plan in plans.sudo():
            plan._give_time()

    def action_open_agreement(self):
        """Open the agreement: the one signed, else as it would be signed."""
        self.ensure_one()
        self.check_access("read")
        agreement = self.sudo()._get_agreement()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{agreement.id}",
            "target": "new",
        }

    # === BUSINESS === #

    def _check_manager(self):
        """Refuse what only a manager decides."""
        self.check_access("write")
        if not self.env.user.has_group(MANAGER):
            raise UserError(
                self.env._("A manager decides about instalments: ask one of them.")
            )

    def _get_page_url(self) -> str:
        """Return the address of the page where the customer reads and signs it."""
        self.ensure_one()
        return self.get_base_url() + self.get_portal_url()

    def _get_pay_url(self) -> str:
        """Return the address of the page where the customer pays: of the reminder."""
        self.ensure_one()
        if self.relance_id:
            return self.relance_id._get_page_url()
        return self._get_page_url()

    def _say(self) -> str:
        """Return the plan in words: “€1,200.00 in 3 instalments from 06/20/2025”."""
        self.ensure_one()
        return self.env._(
            "%(amount)s in %(count)s instalments from %(date)s",
            amount=formatLang(self.env, self.amount, currency_obj=self.currency_id),
            count=len(self.instalment_ids),
            date=format_date(self.env, self.instalment_ids[:1].date),
        )

    def _end(self, state: str, reason: str):
        """End a plan: what it covered is chased again.

        :param str state: ``refused``, ``cancelled``, ``void`` or ``done``
        :param str reason: one sentence
        """
        self.ensure_one()
        tell = {"refused": "plan_refused", "void": "plan_void"}.get(state)
        kind = {"cancelled": "plan_dropped"}.get(state, f"plan_{state}")
        self.write(
            {
                "state": state,
                "end_reason": state != "done" and reason,
                "hold_until": False,
                "warned_until": state == "void" and self.warned_until,
            }
        )
        self._sync()
        self._note(kind, reason)
        if tell:
            self.env["btp.confirmation"]._tell_plan(tell, self)

    def _say_noted(self) -> str:
        # EXTENDS btp.agreement: with its reference, which the customer knows.
        return f"{self.reference} – {self._say()}"
