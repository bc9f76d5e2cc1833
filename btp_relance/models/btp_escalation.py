# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import mute_logger

KINDS = [
    ("broken_promise", "Broken promise"),
    ("plan_default", "Instalment not paid"),
    ("dispute", "Dispute"),
    ("high_value", "High value past an age"),
    ("unusual", "Unusual change of habits"),
    ("distress", "Financial distress"),
    ("bounces", "Two bounces"),
    ("complaint", "Complaint about our tone"),
]

#: Kinds that are about a debtor as a whole: one open case each.
OF_DEBTOR = ("high_value", "unusual")

#: Who may see amounts: a salesperson or a conducteur de travaux who owns a case may not.
ACCOUNTS = "account.group_account_invoice,account.group_account_readonly"


class BtpEscalation(models.Model):
    """A case that needs a person: who, until when, and what came of it."""

    _name = "btp.escalation"
    _description = "Escalation"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_deadline, id"
    _check_company_auto = True

    kind = fields.Selection(KINDS, required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    rule_id = fields.Many2one(
        "btp.escalation.rule", "By the Rule", readonly=True, ondelete="set null"
    )
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    reason = fields.Char(readonly=True)
    line_ids = fields.Many2many(
        "account.move.line",
        "btp_escalation_line_rel",
        "escalation_id",
        "line_id",
        "Amounts at Stake",
        readonly=True,
        groups=ACCOUNTS,
    )
    amount = fields.Monetary(
        "At Stake",
        readonly=True,
        groups=ACCOUNTS,
        help="Left to pay on the day on which the case was opened.",
    )
    # What the thresholds of a rule are compared with: a new one is tried on past cases.
    age_days = fields.Integer("Days Late", readonly=True, aggregator="max")
    bounce_count = fields.Integer("Messages Back", readonly=True, aggregator=None)
    jump_days = fields.Integer(
        "Later Than Usual (days)", readonly=True, aggregator=None
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        index=True,
        tracking=True,
        check_company=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    date_deadline = fields.Date("Deadline", tracking=True)
    holds_sending = fields.Boolean(
        readonly=True,
        help="While it is open, nothing leaves by itself to this customer.",
    )
    opened_on = fields.Date(
        "Opened", readonly=True, default=lambda self: self._get_today()
    )
    state = fields.Selection(
        [("open", "To settle"), ("done", "Closed")],
        default="open",
        required=True,
        readonly=True,
    )

    _one_per_record = models.UniqueIndex(
        "(kind, company_id, res_model, res_id) WHERE state = 'open'",
        "This case is already open.",
    )
    _one_per_debtor = models.UniqueIndex(
        "(kind, company_id, partner_id)"
        " WHERE state = 'open' AND kind IN ('high_value', 'unusual')",
        "This customer already has such a case open.",
    )
    _holding_idx = models.Index(
        "(company_id, partner_id) WHERE state = 'open' AND holds_sending"
    )

    # === COMPUTE METHODS === #

    @api.depends("kind", "partner_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for case in self:
            case.display_name = f"{kinds.get(case.kind)} – {case.partner_id.name or ''}"

    # === CRUD === #

    def write(self, vals):
        """Refuse to people what only the buttons write: a state is never typed in."""
        if not self.env.su:
            locked = [name for name in vals if self._fields[name].readonly]
            if locked:
                raise AccessError(
                    self.env._("Use the buttons: “%s” cannot be written.", locked[0])
                )
        result = super().write(vals)
        if "user_id" in vals:
            cases = self.sudo()
            cases.activity_ids.filtered(
                lambda activity: activity.user_id.id != vals["user_id"]
            ).unlink()
            cases._tell_owners()
        return result

    # === BUSINESS === #

    @api.model
    def _get_today(self):
        return self.env["btp.echeance"]._get_today()

    @api.model
    def _escalate(
        self, kind: str, record, partner, company, reason: str, lines=None, **facts
    ):
        """Hand a case to a person, once for a record while it is open.

        A rule that is off, or whose thresholds the case does not reach, records nothing.

        :param str kind: a code of ``KINDS``
        :param record: what the case is about (a promise, a dispute, an answer…)
        :param partner: the debtor
        :param company: the creditor
        :param str reason: one sentence, in the language of the company
        :param lines: ``account.move.line`` records concerned (default: all that is overdue)
        :param facts: ``amount`` at stake, where it is not what is left on the lines;
            ``bounce_count``, ``jump_days``, ``age_days``
        :return: the ``btp.escalation``, new or already open; empty where nothing is recorded
        """
        cases = self.sudo().with_company(company)
        known = cases._find_open(kind, record, partner, company)
        if known:
            # The plan that was late is void: the same case, another sentence.
            if known.reason != reason:
                known.reason = reason
                known._note("escalated")
            return known
        rule = self.env["btp.escalation.rule"].sudo()._for(kind, company)
        vals = cases._prepare(kind, record, partner, company, reason, lines, facts)
        if not rule or not rule._keeps(vals):
            return cases.browse()
        return cases._open(rule, [vals])

    @api.model
    def _find_open(self, kind, record, partner, company):
        """Return the case that is already open on a record, or on its debtor."""
        domain = [
            ("kind", "=", kind),
            ("company_id", "=", company.id),
            ("state", "=", "open"),
        ]
        if kind in OF_DEBTOR:
            domain.append(("partner_id", "=", partner.commercial_partner_id.id))
        else:
            domain += [("res_model", "=", record._name), ("res_id", "=", record.id)]
        return self.search(domain, limit=1)

    @api.model
    def _prepare(self, kind, record, partner, company, reason, lines, facts) -> dict:
        """Return the values of a case as its rule judges them."""
        debtor = partner.commercial_partner_id
        if lines is None:
            lines = self._find_overdue(debtor, company)
        lines = lines.sudo().filtered(lambda line: line.company_id == company)
        today = self._get_today()
        due = [line.date_maturity or line.date for line in lines]
        return {
            "kind": kind,
            "res_model": record._name,
            "res_id": record.id,
            "partner_id": debtor.id,
            "company_id": company.id,
            "reason": reason,
            "line_ids": lines.ids,
            "amount": company.currency_id.round(sum(lines.mapped("amount_residual"))),
            "age_days": max([0, *((today - day).days for day in due)]),
            "opened_on": today,
            **facts,
        }

    @api.model
    def _find_overdue(self, debtor, company):
        """Return the journal items that a debtor should have paid by now."""
        return (
            self.env["account.move.line"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("partner_id.commercial_partner_id", "=", debtor.id),
                    ("account_id.account_type", "=", "asset_receivable"),
                    ("account_id.non_trade", "=", False),
                    ("parent_state", "=", "posted"),
                    ("reconciled", "=", False),
                    ("amount_residual", ">", 0),
                    ("date_maturity", "<", self._get_today()),
                ]
            )
        )

    @api.model
    def _open(self, rule, vals_list: list[dict]):
        """Open cases under a rule: owner, deadline, journal, and a word to the owners.

        :param rule: ``btp.escalation.rule``
        :param vals_list: what :meth:`_prepare` gives
        :return: the new cases; none for a debtor that another transaction has just taken
        """
        deadlines, rows = {}, []
        # One recordset: what the owners are found by is read once for all.
        partners = self.env["res.partner"].browse(
            [vals["partner_id"] for vals in vals_list]
        )
        for vals, partner in zip(vals_list, partners, strict=True):
            company = self.env["res.company"].browse(vals["company_id"])
            key = company.id, vals["opened_on"]
            if key not in deadlines:
                deadlines[key] = company._get_btp_pause(
                    vals["opened_on"], rule.days_to_act
                )
            lines = self.env["account.move.line"].sudo().browse(vals["line_ids"])
            rows.append(
                {
                    **vals,
                    "line_ids": [(6, 0, vals["line_ids"])],
                    "rule_id": rule.id,
                    "holds_sending": rule.holds,
                    "date_deadline": deadlines[key],
                    "user_id": rule._get_owner(partner, company, lines).id,
                }
            )
        opened = self._create_free(rows)
        opened._note("escalated")
        opened._tell_owners()
        return opened

    @api.model
    def _create_free(self, rows: list[dict]):
        """Create cases, but those that another transaction has just opened.

        Owners have an activity: a mail for each case would say the same again.
        """
        if not rows:
            return self.browse()
        quiet = self.with_context(
            mail_create_nolog=True, mail_auto_subscribe_no_notify=True
        )
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return quiet.create(rows).with_env(self.env)
        except psycopg2.errors.UniqueViolation:
            if len(rows) == 1:
                return self.browse()
        opened = self.browse()
        for row in rows:
            opened |= self._create_free([row])
        return opened

    def _note(self, kind: str, details: dict | None = None):
        """Write in the journal what becomes of these cases.

        :param kind: of ``btp.relance.event``
        :param details: ``{case: words}`` (default: why it was opened)
        """
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": kind,
                    "company_id": case.company_id.id,
                    "debtor_ref": case.partner_id.id,
                    "debtor_name": case.partner_id.display_name,
                    "recipient": case.user_id.name,
                    "detail": (details or {}).get(case, case.reason),
                }
                for case in self
            ]
        )
