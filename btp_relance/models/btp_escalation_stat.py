# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .btp_escalation import KINDS
from .btp_escalation_outcome import BY_ITSELF, NOT_USEFUL, OUTCOMES

#: What is collected after a case was opened is counted for so many days.
COLLECTED_DAYS = 30


class BtpEscalationStat(models.Model):
    """What cases brought, read from the ledger: never older than the question."""

    _name = "btp.escalation.stat"
    _description = "Figures of Escalations"
    _auto = False
    _order = "opened_on desc, id desc"
    _rec_name = "partner_id"

    escalation_id = fields.Many2one("btp.escalation", "Case", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Owner", readonly=True)
    state = fields.Selection([("open", "To settle"), ("done", "Closed")], readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    opened_on = fields.Date("Opened", readonly=True)
    days_to_act = fields.Integer(
        "Days to Act", readonly=True, aggregator="avg", help="Until somebody acted."
    )
    minutes = fields.Float("Time Spent (minutes)", readonly=True)
    amount = fields.Monetary("At Stake", readonly=True)
    collected = fields.Monetary(
        "Collected in 30 Days",
        readonly=True,
        help="Paid of what was at stake, in the 30 days from the opening; credit notes are "
        "no payment.",
    )
    judged = fields.Integer(
        readonly=True,
        help="Closed by a person, who thereby says what it was worth, or paid after a "
        "person did something about it.",
    )
    useful = fields.Integer(
        readonly=True,
        help="Of these: with another outcome than “nothing useful” or “threshold too low”.",
    )
    age_days = fields.Integer("Days Late", readonly=True, aggregator="avg")
    bounce_count = fields.Integer("Messages Back", readonly=True, aggregator="avg")
    jump_days = fields.Integer(
        "Later Than Usual (days)", readonly=True, aggregator="avg"
    )

    @property
    def _table_query(self) -> SQL:
        for model in (
            "btp.escalation",
            "account.partial.reconcile",
            "account.move.line",
            "account.move",
        ):
            self.env[model].flush_model()
        return SQL(
            """
            SELECT e.id, e.id AS escalation_id, e.kind, e.company_id, c.currency_id,
                   e.partner_id, e.user_id, e.state, e.outcome, e.opened_on,
                   e.acted_on - e.opened_on AS days_to_act,
                   COALESCE(e.minutes, 0) AS minutes, e.amount,
                   COALESCE(paid.amount, 0) AS collected,
                   (e.state = 'done' AND e.outcome <> %(by_itself)s)::int AS judged,
                   (e.state = 'done' AND e.outcome <> %(by_itself)s
                    AND e.outcome NOT IN %(not_useful)s)::int AS useful,
                   COALESCE(e.age_days, 0) AS age_days,
                   COALESCE(e.bounce_count, 0) AS bounce_count,
                   COALESCE(e.jump_days, 0) AS jump_days
              FROM btp_escalation e
              JOIN res_company c ON c.id = e.company_id
              LEFT JOIN LATERAL (
                SELECT SUM(part.amount) AS amount
                  FROM btp_escalation_line_rel rel
                  JOIN (%(payments)s) part ON part.line_id = rel.line_id
                 WHERE rel.escalation_id = e.id
                   AND part.day BETWEEN e.opened_on AND e.opened_on + %(days)s
              ) paid ON TRUE
            """,
            payments=self._get_payments_sql(),
            by_itself=BY_ITSELF,
            not_useful=NOT_USEFUL,
            days=COLLECTED_DAYS,
        )

    @api.model
    def _get_payments_sql(self) -> SQL:
        """Return the query of what was paid of amounts due: credit notes are no payment."""
        return SQL(
            """SELECT pr.id, pr.debit_move_id AS line_id, pay.date AS day, pr.amount
                 FROM account_partial_reconcile pr
                 JOIN account_move_line pay ON pay.id = pr.credit_move_id
                 JOIN account_move pm ON pm.id = pay.move_id
                WHERE pm.move_type = 'entry'"""
        )

    def action_open_case(self):
        """Open the case behind a line."""
        self.ensure_one()
        return self.escalation_id.action_open_form()
