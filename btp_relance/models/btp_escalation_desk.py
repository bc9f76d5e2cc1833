# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .btp_relance_hold import Hold

URGENCIES = [
    ("late", "Late"),
    ("today", "Today"),
    ("soon", "This week"),
    ("later", "Later"),
]
#: Days that “this week” looks ahead.
SOON = 7


class BtpEscalation(models.Model):
    """Open cases by their deadline, as a board shows them."""

    _inherit = "btp.escalation"

    urgency = fields.Selection(
        URGENCIES,
        "Deadline In",
        compute="_compute_urgency",
        search="_search_urgency",
        group_expand="_group_expand_urgency",
    )

    @api.depends("date_deadline", "state")
    def _compute_urgency(self):
        today = self._get_today()
        for case in self:
            day = case.date_deadline
            if case.state != "open" or not day:
                case.urgency = "later" if case.state == "open" else False
            elif day <= today:
                case.urgency = "today" if day == today else "late"
            else:
                case.urgency = (
                    "soon" if day <= today + timedelta(days=SOON) else "later"
                )

    def _search_urgency(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self._get_today()
        soon = today + timedelta(days=SOON)
        deadline = {
            "late": Domain("date_deadline", "<", today),
            "today": Domain("date_deadline", "=", today),
            "soon": Domain("date_deadline", ">", today)
            & Domain("date_deadline", "<=", soon),
            "later": Domain("date_deadline", ">", soon)
            | Domain("date_deadline", "=", False),
        }
        opened = Domain("state", "=", "open")
        parts = [opened & deadline[name] for name in value if name in deadline]
        if False in value:
            parts.append(Domain("state", "!=", "open"))
        return Domain.OR(parts)

    def _read_group_groupby(self, alias, groupby_spec, query):
        # EXTENDS base: the days left are reckoned by the database, as for activities.
        if groupby_spec != "urgency":
            return super()._read_group_groupby(alias, groupby_spec, query)
        self._check_field_access(self._fields["urgency"], "read")
        today = self._get_today()
        day = SQL.identifier(alias, "date_deadline")
        return SQL(
            """CASE WHEN %(state)s <> 'open' THEN NULL
                    WHEN %(day)s < %(today)s THEN 'late'
                    WHEN %(day)s = %(today)s THEN 'today'
                    WHEN %(day)s <= %(soon)s THEN 'soon'
                    ELSE 'later' END""",
            state=SQL.identifier(alias, "state"),
            day=day,
            today=today,
            soon=today + timedelta(days=SOON),
        )

    @api.model
    def _group_expand_urgency(self, _values, _domain):
        return [value for value, _label in URGENCIES]


class BtpRelanceHold(models.AbstractModel):
    _inherit = "btp.relance.hold"

    @api.model
    def _get_contact_holds(self, today) -> list[Hold]:
        # EXTENDS btp_relance: what a person approves may leave, they know the case.
        return [
            Hold(
                "escalated",
                self.env._("A person is settling a case with this customer"),
                self.env._("Whoever owns the case closes it, or sends by hand."),
                SQL(
                    """(s.approval <> 'manual' AND (l.company_id, l.partner_id) IN (
                        -- Not correlated: read once, whatever the number of amounts due.
                        SELECT company_id, partner_id FROM btp_escalation
                         WHERE state = 'open' AND holds_sending))"""
                ),
            ),
            *super()._get_contact_holds(today),
        ]


class BtpEcheance(models.Model):
    _inherit = "btp.echeance"

    @api.model
    def _flush_relation(self):
        # EXTENDS btp_relance
        # pylint: disable=missing-return
        super()._flush_relation()
        self.env["btp.escalation"].flush_model()
        self.env["btp.contact.answer"].flush_model()
