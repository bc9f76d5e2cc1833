# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..engine.routing import FOREVER, NEVER

#: Ages of old debts in days late: first day, last day, what is proposed.
AGES = [
    (1, 10, "first"),
    (11, 30, "first"),
    (31, 60, "age"),
    (61, 90, "age"),
    (91, 36500, "leave"),
]


class BtpRelanceActivation(models.TransientModel):
    """First activation: says what is old, where it would start, and sends nothing."""

    _name = "btp.relance.activation"
    _description = "First Activation of Reminders"

    # Computed, never stored: a caller cannot name a company that is not theirs.
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    is_active = fields.Boolean(related="company_id.btp_relance_active")
    scenario_id = fields.Many2one(
        "btp.relance.scenario", "Default Scenario", compute="_compute_scenario_id"
    )
    user_id = fields.Many2one(
        "res.users",
        "Followed Up By",
        required=True,
        default=lambda self: self.env.company.btp_relance_user_id or self.env.user,
    )
    line_ids = fields.One2many(
        "btp.relance.activation.line", "activation_id", default=lambda s: s._old_debts()
    )

    @api.depends_context("company")
    def _compute_company_id(self):
        self.company_id = self.env.company

    @api.depends("company_id")
    def _compute_scenario_id(self):
        for wizard in self:
            wizard.scenario_id = (
                wizard.company_id.btp_default_scenario_id
                or self.env["res.company"]._default_btp_scenario()
            )

    @api.model
    def _old_debts(self) -> list:
        """Return one line an age with what nothing was ever sent for."""
        return [
            Command.create({"age_from": age_from, "age_to": age_to, "start": start})
            for age_from, age_to, start in AGES
        ]

    def action_confirm(self):
        """Place old debts where the lines say, and switch reminders on."""
        self.ensure_one()
        self.check_access("write")
        company = self.company_id.sudo()
        if company.btp_relance_active:
            raise UserError(self.env._("Reminders are already switched on."))
        if not company.btp_default_scenario_id:
            company.btp_default_scenario_id = self.scenario_id
        company.btp_relance_user_id = self.user_id
        placed = sum(line._place() for line in self.line_ids)
        company.btp_relance_active = True
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "activated",
                    "company_id": company.id,
                    "detail": self.env._("%s old amounts due were placed", placed),
                }
            ]
        )
        return self.env["ir.actions.actions"]._for_xml_id(
            "btp_relance.btp_relance_forecast_action"
        )


class BtpRelanceActivationLine(models.TransientModel):
    """The old debts of one age."""

    _name = "btp.relance.activation.line"
    _description = "Old Debts of an Age"
    _order = "age_from"

    activation_id = fields.Many2one("btp.relance.activation", ondelete="cascade")
    company_id = fields.Many2one(related="activation_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    age_from = fields.Integer()
    age_to = fields.Integer()
    age = fields.Char("Days Late", compute="_compute_age")
    echeance_count = fields.Integer("Amounts Due", compute="_compute_debts")
    debtor_count = fields.Integer("Customers", compute="_compute_debts")
    amount = fields.Monetary("Left to Pay", compute="_compute_debts")
    start = fields.Selection(
        [
            ("first", "From the first reminder"),
            ("age", "By age, at most the last step that leaves by itself"),
            ("leave", "Leave them out"),
        ],
        required=True,
        default="first",
    )

    @api.depends("age_from", "age_to")
    def _compute_age(self):
        for line in self:
            line.age = (
                self.env._("more than %s", line.age_from - 1)
                if line.age_to > 9999
                else self.env._(
                    "%(first)s to %(last)s", first=line.age_from, last=line.age_to
                )
            )

    @api.depends("age_from", "age_to", "company_id")
    def _compute_debts(self):
        for line in self:
            company = line.company_id or self.env.company
            [(line.echeance_count, line.debtor_count, amount)] = self.env.execute_query(
                SQL(
                    "SELECT COUNT(*), COUNT(DISTINCT e.partner_id),"
                    " COALESCE(SUM(e.residual_company), 0) FROM (%s) e WHERE %s",
                    line._relation(),
                    line._where(company),
                )
            )
            line.amount = amount

    def _relation(self) -> SQL:
        echeance = self.env["btp.echeance"]
        return echeance._relation(echeance._get_today(), planning=False)

    def _where(self, company) -> SQL:
        """Return which échéances this line is about: old, and never reminded."""
        return SQL(
            "e.company_id = %s AND e.last_step_id IS NULL"
            " AND e.days_overdue BETWEEN %s AND %s",
            company.id,
            self.age_from,
            self.age_to,
        )

    def _place(self) -> int:
        """Write, for each échéance, that what comes before its start is skipped.

        :return: number of échéances placed
        """
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                """
                WITH start (scenario_id, first_day, age_from, age_to) AS %(starts)s
                INSERT INTO btp_relance_line (
                    company_id, partner_id, move_line_id, move_id, scenario_id, step_id,
                    step_days, state, kind, date_due, currency_id, amount_residual,
                    amount_company, drop_reason,
                    create_uid, create_date, write_uid, write_date
                )
                SELECT e.company_id, e.partner_id, e.id, e.move_id, e.scenario_id, mark.id,
                       start.first_day - 1, 'skipped', 'overdue', e.date_due,
                       e.currency_id, e.residual, e.residual_company, %(reason)s,
                       %(uid)s, NOW() AT TIME ZONE 'UTC', %(uid)s, NOW() AT TIME ZONE 'UTC'
                  FROM (%(relation)s) e
                  JOIN start ON start.scenario_id = e.scenario_id
                            AND e.days_overdue >= start.age_from
                            AND e.days_overdue < start.age_to
                  LEFT JOIN LATERAL (
                    SELECT st.id FROM btp_relance_step st
                     WHERE st.scenario_id = e.scenario_id AND st.kind = 'reminder'
                       AND st.active AND st.days < start.first_day
                     ORDER BY st.days DESC LIMIT 1
                 ) mark ON TRUE
                 WHERE %(where)s
                ON CONFLICT DO NOTHING
                """,
                starts=self._get_starts(),
                relation=self._relation(),
                where=self._where(self.company_id),
                reason=self.env._("Placed by the first activation"),
                uid=self.env.uid,
            )
        )
        return self.env.cr.rowcount

    def _get_starts(self) -> SQL:
        """Return the day of the first step by scenario and age, as a VALUES list.

        Where a first contact begins is for ``engine.routing`` alone to say: by age never
        jumps over a step that waits for approval. Left out begins after the last step.
        """
        scenarios = self.env["btp.relance.scenario"].sudo().search([])
        days = {step.id: step.days for step in scenarios.step_ids}
        rows = []
        for scenario_id, table in scenarios._get_routes(self.start).items():
            for route in table:
                if route.last_from == NEVER and self.start != "leave":
                    ages = (route.age_from, route.age_to)
                    rows.append((scenario_id, days[route.step_id], *ages))
            if table and self.start == "leave":
                last = max(days[route.step_id] for route in table)
                rows.append((scenario_id, last + 1, NEVER, FOREVER))
        values = [SQL("(%s, %s, %s, %s)", *row) for row in rows]
        return SQL(
            "(VALUES %s)", SQL(", ").join(values or [SQL("(NULL::int, 0, 0, 0)")])
        )
