# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: Nobody is left in peace for longer by a machine: a person decides.
MAX_AWAY = 60


class BtpAnswer(models.Model):
    """What a customer wrote back, until a person has read it."""

    _name = "btp.answer"
    _description = "Answer"
    _inherit = ["mail.thread"]
    _order = "state desc, received_on, id"
    _check_company_auto = True
    _mail_post_access = "read"
    _primary_email = "email_from"
    _rec_name = "subject"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        index="btree_not_null",
        help="Empty: nobody could tell whose answer it is.",
    )
    contact_id = fields.Many2one("res.partner", "Written By", readonly=True)
    email_from = fields.Char("Sender", readonly=True)
    subject = fields.Char(readonly=True)
    relance_id = fields.Many2one(
        "btp.relance",
        "Reminder",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Empty: it came as a new message that fits none, or several.",
    )
    candidate_ids = fields.Many2many(
        "btp.relance",
        "btp_answer_candidate_rel",
        string="May Be About",
        readonly=True,
    )
    message_id = fields.Many2one(
        "mail.message", readonly=True, ondelete="set null", index=True
    )
    user_id = fields.Many2one("res.users", "Followed Up By", index=True, readonly=True)
    received_on = fields.Datetime(readonly=True)
    text = fields.Text(readonly=True, help="The words that were read.")
    lang = fields.Char(readonly=True)
    automatic = fields.Selection(
        [("reply", "Automatic reply"), ("generated", "Sent by a machine")],
        readonly=True,
        help="A machine wrote it: it never stops the reminders until somebody reads it.",
    )
    pause_until = fields.Date(
        "In Peace Until",
        readonly=True,
        help="Nothing leaves to this customer up to that day: whoever reads it is away.",
    )
    state = fields.Selection(
        [("to_read", "To read"), ("read", "Read")],
        default="to_read",
        required=True,
        readonly=True,
    )
    read_by_id = fields.Many2one("res.users", readonly=True)
    read_on = fields.Datetime(readonly=True)
    reading_ids = fields.One2many(
        "btp.answer.reading", "answer_id", "Readings", readonly=True
    )
    highlighted = fields.Html(compute="_compute_highlighted", sanitize=False)
    body = fields.Html(
        "Full Message", compute="_compute_body", compute_sudo=True, sanitize=False
    )
    amount_due = fields.Monetary(
        related="relance_id.amount_due",
        string="Due",
        currency_field="company_currency_id",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    waiting_count = fields.Integer(compute="_compute_waiting_count")

    _message_uniq = models.UniqueIndex(
        "(message_id) WHERE message_id IS NOT NULL", "This message was already read."
    )
    # The holds ask for these, of every amount due at once.
    _to_read_idx = models.Index("(company_id, partner_id) WHERE state = 'to_read'")
    _pause_idx = models.Index(
        "(company_id, partner_id, pause_until) WHERE pause_until IS NOT NULL"
    )

    # === COMPUTE METHODS === #

    @api.depends("partner_id", "email_from", "subject")
    def _compute_display_name(self):
        for answer in self:
            answer.display_name = (
                answer.partner_id.name or answer.email_from or answer.subject or ""
            )

    @api.depends_context("lang")
    @api.depends("text", "reading_ids.state")
    def _compute_highlighted(self):
        for answer in self:
            answer.highlighted = answer._highlight()

    @api.depends("message_id")
    def _compute_body(self):
        for answer in self:
            # Cleaned by Odoo when it came: no script, no form, no remote code.
            answer.body = answer.message_id.body

    @api.depends("state")
    def _compute_waiting_count(self):
        for answer in self:
            answer.waiting_count = self.search_count(
                [*self._get_waiting_domain(), ("id", "!=", answer._origin.id)]
            )

    # === CRUD === #

    def write(self, vals):
        """Refuse to people what only the reader and the buttons write."""
        if not self.env.su:
            locked = [name for name in vals if self._fields[name].readonly]
            if locked:
                raise AccessError(
                    self.env._("Use the buttons: “%s” cannot be written.", locked[0])
                )
            self._check_choice(vals)
        result = super().write(vals)
        if vals.get("relance_id"):
            for answer in self.sudo():
                answer.partner_id = answer.relance_id.partner_id
                answer.user_id = answer.relance_id._get_agent()
            self.relance_id.sudo()._sync_unread()
        elif vals.get("partner_id"):
            # What stops the reminders is looked for by the one who owes.
            for answer in self.sudo():
                if answer.partner_id != answer.partner_id.commercial_partner_id:
                    answer.partner_id = answer.partner_id.commercial_partner_id
        if vals.get("relance_id") or vals.get("partner_id"):
            self.sudo().reading_ids.filtered(
                lambda reading: reading.state == "proposed"
            )._find_moves()
        return result

    def _check_choice(self, vals):
        """Refuse to move an answer to another reminder once it was routed."""
        for answer in self:
            relance, partner = answer.relance_id, answer.partner_id
            if relance and (
                vals.get("relance_id", relance.id) != relance.id
                or vals.get("partner_id", partner.id) != partner.id
            ):
                raise UserError(
                    self.env._("This answer already belongs to a reminder.")
                )

    # === ACTIONS === #

    def action_mark_read(self):
        """Take answers off the desk: what they propose is left aside. Opens the next one."""
        self.check_access("write")
        self.sudo()._mark_read()
        return self._open_next()

    def action_read_again(self):
        """Put answers back on the desk, with what was left aside proposed anew."""
        self.check_access("write")
        answers = self.sudo().filtered(lambda answer: answer.state == "read")
        answers.reading_ids.filtered(
            lambda reading: reading.state == "dismissed"
        )._propose_anew()
        answers.write({"state": "to_read", "read_by_id": False, "read_on": False})
        answers._note("answer_reopened")
        answers.relance_id._sync_unread()

    def action_open_relance(self):
        """Open the reminder that was answered."""
        self.ensure_one()
        return self.relance_id.action_open_form()

    def action_reply(self):
        """Write back, on the reminder where there is one."""
        self.ensure_one()
        self.check_access("read")
        record = self.relance_id or self
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reply"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": record._name,
                "default_res_ids": record.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": self.contact_id.ids,
                "default_subject": self.subject and f"Re: {self.subject}",
            },
        }

    def action_add_reading(self):
        """Say what the reader missed."""
        self.ensure_one()
        return self.env["btp.answer.correction"]._open_for(self)

    # === BUSINESS === #

    @api.model
    def _get_waiting_domain(self) -> list:
        """Return the answers that wait for a person, in the current company."""
        return [("company_id", "=", self.env.company.id), ("state", "=", "to_read")]

    def _open_next(self):
        """Return the action that opens the next answer to read, else *My Day*."""
        following = self.search(
            [*self._get_waiting_domain(), ("id", "not in", self.ids)],
            order="received_on, id",
            limit=1,
        )
        if not following:
            return self.env["ir.actions.act_window"]._for_xml_id(
                "btp_relance.btp_relance_my_day_action"
            ) | {"target": "main"}
        return following._open()

    def _open(self) -> dict:
        """Return the action that opens this answer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answers to Read"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "main",
        }

    def _mark_read(self):
        """Note who read these answers; proposals nobody took are left aside."""
        waiting = self.filtered(lambda answer: answer.state == "to_read")
        waiting.reading_ids.filtered(
            lambda reading: reading.state == "proposed"
        ).state = "dismissed"
        waiting.write(
            {
                "state": "read",
                "read_by_id": self.env.uid,
                "read_on": fields.Datetime.now(),
            }
        )
        waiting._note("answer_read")
        waiting.relance_id._sync_unread()

    def _settle(self):
        """Take off the desk the answers of which nothing is left to decide."""
        done = self.filtered(
            lambda answer: (
                answer.state == "to_read"
                and "proposed" not in answer.reading_ids.mapped("state")
            )
        )
        done._mark_read()

    def _note(self, kind: str, detail: str | None = None):
        """Write in the journal what became of these answers.

        :param kind: of ``btp.relance.event``
        :param detail: what was done
        """
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": kind,
                    "company_id": answer.company_id.id,
                    "relance_id": answer.relance_id.id,
                    "debtor_ref": answer.partner_id.id,
                    "debtor_name": answer.partner_id.display_name,
                    "channel": "email",
                    "message_id": answer.message_id.message_id,
                    "recipient": answer.email_from,
                    "subject": answer.subject,
                    "detail": detail,
                }
                for answer in self
            ]
        )

    def _pause(self, day):
        """Leave the customer in peace up to a day, within what a machine may ask."""
        self.ensure_one()
        today = self.env["btp.echeance"]._get_today()
        if day and day >= today:
            self.pause_until = min(day, today + timedelta(days=MAX_AWAY))

    def _get_agent(self):
        """Return the person in charge of this answer."""
        self.ensure_one()
        return (
            self.user_id
            or self.company_id.sudo().btp_relance_user_id
            or self.env.ref("base.user_admin")
        )

    def _get_lines(self):
        """Return the open receivable lines that this answer is about.

        Those of the reminder; without one, all that the customer owes past its date.
        """
        self.ensure_one()
        lines = self.relance_id.line_ids.filtered(
            lambda line: line.kind == "overdue" and line.state != "dropped"
        ).move_line_id
        if not self.relance_id and self.partner_id:
            lines = self.env["account.move.line"].search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("partner_id.commercial_partner_id", "=", self.partner_id.id),
                    ("account_id.account_type", "=", "asset_receivable"),
                    ("parent_state", "=", "posted"),
                    ("reconciled", "=", False),
                    ("date_maturity", "<", self.env["btp.echeance"]._get_today()),
                ],
                order="date_maturity, id",
            )
        return lines.filtered(
            lambda line: not line.reconciled and line.amount_residual > 0
        )
