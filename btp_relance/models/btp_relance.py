# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..const import CALL_OUTCOMES, OPEN_STATES, TONES


class BtpRelance(models.Model):
    """One message to one debtor, at the highest level due."""

    _name = "btp.relance"
    _description = "Reminder"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "planned_on desc, id desc"
    _check_company_auto = True
    # An agent answers a reminder without being able to rewrite it.
    _mail_post_access = "read"

    reference = fields.Char(compute="_compute_reference", search="_search_reference")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True
    )
    contact_id = fields.Many2one("res.partner", "Recipient", required=True)
    user_id = fields.Many2one("res.users", "Followed Up By", index=True)
    kind = fields.Selection(
        [("reminder", "Reminder"), ("thanks", "Thanks")],
        default="reminder",
        required=True,
        readonly=True,
    )
    step_id = fields.Many2one("btp.relance.step", "Level", required=True, readonly=True)
    scenario_id = fields.Many2one(related="step_id.scenario_id")
    tone = fields.Selection(TONES, readonly=True)
    channel = fields.Selection(
        lambda self: self.env["btp.relance.step"]._select_channel(),
        readonly=True,
    )
    state = fields.Selection(
        [
            ("proposed", "To approve"),
            ("approved", "Approved"),
            ("assigned", "To do"),
            ("sent", "Sent"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        default="proposed",
        required=True,
        readonly=True,
        tracking=True,
    )
    planned_on = fields.Date(readonly=True)
    approved_by_id = fields.Many2one("res.users", readonly=True)
    approved_on = fields.Datetime(readonly=True)
    sent_on = fields.Datetime(readonly=True)
    contacted_on = fields.Date("Contact Day", readonly=True)
    failure_reason = fields.Char(readonly=True)
    retry_count = fields.Integer(readonly=True)
    retry_at = fields.Datetime("Next Try", readonly=True)
    cancel_reason = fields.Char(readonly=True)
    mail_id = fields.Many2one("mail.mail", "E-mail", readonly=True, copy=False)
    body = fields.Html("Text", readonly=True, sanitize=False)
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    line_ids = fields.One2many("btp.relance.line", "relance_id", "Lines", readonly=True)
    overdue_line_ids = fields.One2many(
        "btp.relance.line", compute="_compute_lines_by_kind"
    )
    coming_line_ids = fields.One2many(
        "btp.relance.line", compute="_compute_lines_by_kind"
    )
    credit_line_ids = fields.One2many(
        "btp.relance.line", compute="_compute_lines_by_kind"
    )
    line_count = fields.Integer(compute="_compute_lines_by_kind")
    oldest_days = fields.Integer("Days Late", compute="_compute_lines_by_kind")
    amount_due = fields.Monetary(
        "Due", currency_field="company_currency_id", readonly=True
    )
    call_outcome = fields.Selection(CALL_OUTCOMES, readonly=True)
    call_note = fields.Text(readonly=True)
    tracking_number = fields.Char(readonly=True)
    answer_unread = fields.Boolean("Answer to Read", readonly=True)
    desk = fields.Selection(
        [
            ("approve", "To approve"),
            ("call", "To call"),
            ("post", "To post"),
            ("read", "Answers to read"),
            ("failed", "Failed"),
        ],
        string="My Day",
        compute="_compute_desk",
        store=True,
        group_expand="_group_expand_desk",
        help="What this reminder asks of a person today.",
    )
    event_ids = fields.One2many("btp.relance.event", "relance_id", "Journal")

    # The heart of “one message per debtor”: two planners cannot both win.
    _one_open_per_debtor = models.UniqueIndex(
        "(company_id, partner_id, kind)"
        " WHERE state IN ('proposed', 'approved', 'assigned', 'failed')",
        "This customer already has a reminder under way.",
    )
    _contact_idx = models.Index("(company_id, partner_id, contacted_on)")
    _recent_idx = models.Index("(company_id, contacted_on)")
    _to_dispatch_idx = models.Index("(id) WHERE state = 'approved'")

    # === COMPUTE METHODS === #

    def _compute_reference(self):
        for relance in self:
            relance.reference = f"R-{relance.id:06d}" if relance.id else False

    def _search_reference(self, operator, value):
        if operator not in ("=", "ilike", "=ilike") or not isinstance(value, str):
            return NotImplemented
        digits = "".join(filter(str.isdigit, value))
        return [("id", "=", int(digits) if digits else 0)]

    @api.depends("partner_id", "step_id")
    def _compute_display_name(self):
        for relance in self:
            relance.display_name = self.env._(
                "%(step)s – %(customer)s",
                step=relance.step_id.display_name or "",
                customer=relance.partner_id.name or "",
            )

    @api.depends("line_ids.kind", "line_ids.state", "line_ids.date_due")
    def _compute_lines_by_kind(self):
        # All at once: the lines of each one ask for it alone.
        self.mapped("contacted_on")
        for relance in self:
            lines = relance.line_ids.filtered(lambda line: line.state != "dropped")
            lines = lines.sorted(lambda line: (line.date_due, line.id))
            relance.overdue_line_ids = lines.filtered(lambda li: li.kind == "overdue")
            relance.coming_line_ids = lines.filtered(lambda li: li.kind == "due")
            relance.credit_line_ids = lines.filtered(lambda li: li.kind == "credit")
            relance.line_count = len(lines - relance.credit_line_ids)
            relance.oldest_days = max(
                relance.overdue_line_ids.mapped("days_overdue"), default=0
            )

    @api.depends("state", "channel", "answer_unread")
    def _compute_desk(self):
        for relance in self:
            if relance.answer_unread:
                relance.desk = "read"
            elif relance.state == "assigned":
                relance.desk = "call" if relance.channel == "call" else "post"
            else:
                relance.desk = {"proposed": "approve", "failed": "failed"}.get(
                    relance.state
                )

    @api.model
    def _group_expand_desk(self, _values, _domain):
        return [value for value, _label in self._fields["desk"].selection]

    @api.depends_context("lang")
    def _compute_preview(self):
        for relance in self:
            # What has left is shown as it left.
            left = relance.body or (
                relance.state == "sent" and relance.mail_id.sudo().body_html
            )
            if left or not relance.step_id.template_id:
                relance.preview = left
                continue
            try:
                channel = self.env["btp.relance.channel"]._for(relance.channel)
                relance.preview = channel._render(relance, "body_html")
            except Exception as error:  # noqa: BLE001 a template may fail in any way
                relance.preview = self.env._(
                    "This message cannot be shown: %s", relance._explain(error)
                )

    # === CRUD === #

    def write(self, vals):
        """Refuse to people what only the engine writes: a state is never typed in."""
        if not self.env.su:
            locked = [name for name in vals if self._fields[name].readonly]
            if locked:
                raise AccessError(
                    self.env._("Use the buttons: “%s” cannot be written.", locked[0])
                )
        return super().write(vals)

    # === ACTIONS === #

    def action_approve(self):
        """Approve proposed reminders: the next dispatch sends them."""
        self.check_access("write")
        relances = self.filtered(lambda relance: relance.state == "proposed")
        if not relances:
            raise UserError(self.env._("Choose reminders that wait for approval."))
        relances.sudo().write(
            {
                "state": "approved",
                "approved_by_id": self.env.uid,
                "approved_on": fields.Datetime.now(),
            }
        )
        self.env["btp.relance.event"]._append(
            [{"kind": "approved", "relance_id": relance.id} for relance in relances]
        )
        self.env["btp.relance.engine"]._trigger_dispatch()

    def action_retry(self):
        """Put failed reminders back among those to send."""
        self.check_access("write")
        relances = self.filtered(lambda relance: relance.state == "failed")
        relances.sudo()._resend()
        self.env["btp.relance.engine"]._trigger_dispatch()

    def action_skip(self):
        """Cancel reminders by hand: their steps count as done, nothing leaves."""
        self.check_access("write")
        relances = self.filtered(lambda relance: relance.state in OPEN_STATES)
        if not relances:
            raise UserError(self.env._("Only a reminder not yet sent can be skipped."))
        relances.sudo()._cancel(
            self.env._("Skipped by %s", self.env.user.name), line_state="skipped"
        )

    def action_mark_read(self):
        """Take the answers off the desk: somebody has read them."""
        self.check_access("write")
        self.sudo().answer_unread = False

    def action_open_form(self):
        """Open this reminder."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    def _get_agent(self):
        """Return the person in charge of this reminder."""
        self.ensure_one()
        return (
            self.user_id
            or self.company_id.btp_relance_user_id
            or self.approved_by_id
            or self.env.ref("base.user_admin")
        )

    def _get_why(self) -> list[tuple[str, str]]:
        """Return why this reminder has this level, as (question, answer) pairs."""
        self.ensure_one()
        lines = self.line_ids.filtered("step_id")
        top = lines.filtered(lambda line: line.step_id == self.step_id)
        answers = [
            (
                self.env._("Why this level?"),
                self.env._(
                    "%(invoices)s reached “%(step)s”.",
                    invoices=", ".join(line.reference for line in top),
                    step=self.step_id.display_name,
                ),
            )
        ]
        if self.state == "proposed":
            answers.append(
                (
                    self.env._("Why does it wait?"),
                    self.env._("This step leaves only when a person approves it."),
                )
            )
        for dropped in self.line_ids.filtered("drop_reason"):
            answers.append((dropped.reference, dropped.drop_reason))
        if self.cancel_reason:
            answers.append((self.env._("Why was it not sent?"), self.cancel_reason))
        return answers

    def _cancel(self, reason: str, line_state: str = "dropped"):
        """Cancel reminders that have not left, and say why in the journal.

        :param reason: one sentence in the user's language
        :param line_state: ``dropped`` frees the steps to be planned again, ``skipped``
            counts them as done
        """
        lines = self.line_ids.filtered(lambda line: line.state == "planned")
        today = self.env["btp.echeance"]._get_today()
        lines.write(
            {
                "state": line_state,
                "done_on": today if line_state == "skipped" else False,
            }
        )
        self.write({"state": "cancelled", "cancel_reason": reason, "retry_at": False})
        self.activity_ids.unlink()
        self.mail_id.filtered(
            lambda mail: mail.state in ("outgoing", "exception")
        ).cancel()
        self.env["btp.relance.event"]._append(
            [
                {"kind": "cancelled", "relance_id": relance.id, "detail": reason}
                for relance in self
            ]
        )

    def _done(self, today=None):
        """Note that these reminders reached the customer: their steps are taken."""
        today = today or self.env["btp.echeance"]._get_today()
        self.write(
            {
                "state": "sent",
                "sent_on": fields.Datetime.now(),
                "contacted_on": today,
                "failure_reason": False,
                "retry_at": False,
            }
        )
        self.line_ids.filtered(lambda line: line.state == "planned").write(
            {"state": "done", "done_on": today}
        )
