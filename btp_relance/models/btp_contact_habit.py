# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ..const import CONTACT_ROLES


class BtpContactHabit(models.Model):
    """Who answers at a customer's: each contact, asked and answered, as of now."""

    _name = "btp.contact.habit"
    _description = "Who Answers"
    _auto = False
    _order = "answered_on desc nulls last, asked desc, id"
    _rec_name = "contact_id"

    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    contact_id = fields.Many2one("res.partner", readonly=True)
    role = fields.Selection(CONTACT_ROLES, readonly=True)
    asked = fields.Integer(readonly=True, help="Messages and calls that left.")
    answered = fields.Integer(
        readonly=True,
        help="Mails that came back, calls that reached, acts on the page.",
    )
    asked_on = fields.Date("Last Asked", readonly=True)
    answered_on = fields.Date("Last Answer", readonly=True)
    unanswered = fields.Integer(
        readonly=True, help="Messages since the last answer, payments apart."
    )
    bounced = fields.Integer("Came Back", readonly=True)
    wrong = fields.Boolean("Not the Right Person", readonly=True)
    chosen = fields.Boolean("Gets the Reminders", readonly=True)

    @property
    def _table_query(self) -> SQL:
        return self._get_relation(
            self.env.company, self.env["btp.echeance"]._get_today()
        )

    @api.model
    def _get_relation(self, company, today, before=None) -> SQL:
        """Return the query of the contacts of every customer of a company.

        :param before: as they were before this reminder (a day and an id)
        """
        for model in ("btp.relance", "btp.contact.answer", "res.partner"):
            self.env[model].flush_model()
        day, relance_id = before or (today + timedelta(days=1), 2**31 - 1)
        return SQL(
            """
            SELECT ct.id, ct.id AS contact_id, ct.commercial_partner_id AS partner_id,
                   %(company)s AS company_id, ct.btp_contact_role AS role,
                   said.answered_on, COALESCE(said.answered, 0)::int AS answered,
                   COALESCE(said.bounced, 0)::int AS bounced,
                   COALESCE(said.wrong, FALSE) AS wrong,
                   COALESCE(sent.asked, 0)::int AS asked, sent.asked_on,
                   COALESCE(sent.unanswered, 0)::int AS unanswered,
                   cp.btp_relance_contact_id IS NOT NULL
                   AND cp.btp_relance_contact_id = ct.id AS chosen
              FROM res_partner ct
              JOIN res_partner cp ON cp.id = ct.commercial_partner_id
              LEFT JOIN LATERAL (
                SELECT MAX(a.day) FILTER (WHERE a.kind = 'answered') AS answered_on,
                       COUNT(*) FILTER (WHERE a.kind = 'answered') AS answered,
                       COUNT(*) FILTER (WHERE a.kind = 'bounced') AS bounced,
                       BOOL_OR(a.kind = 'wrong' AND a.lifted IS NOT TRUE) AS wrong
                  FROM btp_contact_answer a
                 WHERE a.contact_id = ct.id AND a.company_id = %(company)s
                   AND a.day <= %(day)s
              ) said ON TRUE
              LEFT JOIN LATERAL (
                SELECT COUNT(*) AS asked, MAX(r.contacted_on) AS asked_on,
                       COUNT(*) FILTER (WHERE %(message)s AND r.contacted_on
                           > COALESCE(said.answered_on, '-infinity')) AS unanswered
                  FROM btp_relance r
                 WHERE r.contact_id = ct.id AND r.company_id = %(company)s
                   AND r.state = 'sent' AND r.kind = 'reminder'
                   AND r.contacted_on <= %(day)s AND r.id < %(relance)s
              ) sent ON TRUE
             WHERE ct.active
            """,
            company=company.id,
            message=self.env["btp.contact.stat"]._get_message_sql(company, today),
            day=day,
            relance=relance_id,
        )

    # === ACTIONS === #

    def action_choose(self):
        """Let this contact get the reminders from now on."""
        self.ensure_one()
        self.check_access("read")
        self.partner_id.check_access("write")
        if self.wrong:
            raise UserError(
                self.env._(
                    "%s said that they are not the right person: undo that first.",
                    self.contact_id.name,
                )
            )
        self.partner_id.btp_relance_contact_id = (
            False if self.chosen else self.contact_id
        )

    def action_wrong(self):
        """Note that this contact is not the right person: nothing is sent to them."""
        self.ensure_one()
        self.check_access("read")
        self.partner_id.check_access("write")
        # Pressed twice, it is said once.
        if not self.wrong:
            self.env["btp.contact.answer"]._add(
                "wrong", self.contact_id, self.env.company, "call"
            )

    def action_right(self):
        """Note that it is the right person after all."""
        self.ensure_one()
        self.check_access("read")
        self.partner_id.check_access("write")
        self.env["btp.contact.answer"]._lift(self.contact_id, self.env.company)


class ResPartner(models.Model):
    _inherit = "res.partner"

    btp_contact_habit_ids = fields.One2many(
        "btp.contact.habit",
        "partner_id",
        "Who Answers",
        groups="btp_relance.group_agent",
    )


class BtpRelance(models.Model):
    _inherit = "btp.relance"

    def _get_why(self) -> list[tuple[str, str]]:
        # EXTENDS btp_relance
        answers = super()._get_why()
        if contact := self._why_contact():
            answers.insert(1, (self.env._("Why this contact?"), contact))
        return answers

    def _why_contact(self) -> str:
        """Return in one sentence why this reminder goes to its recipient."""
        self.ensure_one()
        contact, debtor = self.contact_id, self.partner_id
        if self.kind != "reminder" or not contact or not self.id:
            return ""
        habits = self._get_habits()
        own = habits.get(contact.id, {})
        if debtor.sudo().btp_relance_contact_id == contact:
            first = self.env._("Writes to %s, chosen on the customer", contact.name)
        elif own.get("answered_on"):
            first = self.env._(
                "Writes to %(contact)s, who answered on %(day)s",
                contact=contact.name,
                day=format_date(self.env, own["answered_on"]),
            )
        elif contact == debtor:
            first = self.env._("Writes to the customer itself")
        else:
            first = self._why_role(contact)
        others = [
            *self._why_silent(habits, contact),
            *self._why_wrong(habits, contact),
        ]
        for other in others:
            first = self.env._("%(one)s; %(other)s", one=first, other=other)
        return f"{first}."

    def _why_role(self, contact) -> str:
        roles = dict(
            contact._fields["btp_contact_role"]._description_selection(self.env)
        )
        role = roles.get(contact.btp_contact_role) or (
            self.env._("invoices") if contact.type == "invoice" else ""
        )
        if not role:
            return self.env._("Writes to %s", contact.name)
        return self.env._(
            "Writes to %(contact)s (%(role)s)", contact=contact.name, role=role
        )

    def _why_silent(self, habits: dict, contact) -> list[str]:
        """Return who did not answer, and how many messages: what leads to another one."""
        limit = self.company_id.sudo().btp_max_silent
        return [
            self.env._(
                "%(contact)s did not answer %(count)s messages",
                contact=row["name"],
                count=row["unanswered"],
            )
            for id_, row in habits.items()
            if id_ != contact.id and limit and row["unanswered"] >= limit
        ]

    def _why_wrong(self, habits: dict, contact) -> list[str]:
        return [
            self.env._("%s is not the right person", row["name"])
            for id_, row in habits.items()
            if id_ != contact.id and row["wrong"]
        ]

    def _get_habits(self) -> dict:
        """Return what the debtor's contacts had answered when this reminder was planned."""
        habit = self.env["btp.contact.habit"].sudo().with_company(self.company_id)
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT habit.*, p.name FROM (%s) habit
                     JOIN res_partner p ON p.id = habit.contact_id
                    WHERE habit.partner_id = %s ORDER BY habit.id""",
                habit._get_relation(
                    self.company_id,
                    habit.env["btp.echeance"]._get_today(),
                    (
                        self.planned_on or habit.env["btp.echeance"]._get_today(),
                        self.id,
                    ),
                ),
                self.partner_id.id,
            )
        )
        return {row["contact_id"]: row for row in rows}
