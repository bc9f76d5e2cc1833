# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..engine.holdout import MOST, PARTS
from .btp_figure_effect import WITHIN
from .btp_relance_hold import Hold


class BtpRelanceStep(models.Model):
    """A part of the amounts due may be passed over by a step, to know what it changes."""

    _inherit = "btp.relance.step"

    holdout_share = fields.Integer(
        "Held Out (%)",
        help="Percentage of the amounts due that this step passes over, drawn by chance: they "
        "wait for the next step. What is paid with and without it shows what it changes. "
        "0: nothing is held out.",
    )

    _holdout_share = models.Constraint(
        f"CHECK(holdout_share BETWEEN 0 AND {MOST})",
        "Hold out between 0 and 50 % of the amounts due.",
    )

    @api.constrains("holdout_share", "tone", "channel", "kind")
    def _check_holdout(self):
        for step in self.filtered("holdout_share"):
            if (
                step.kind != "reminder"
                or step.tone in ("final", "formal")
                or step.channel == "registered"
            ):
                raise ValidationError(
                    self.env._(
                        "“%s” cannot be held out: a formal notice, a final or registered "
                        "letter and a thank-you go to everybody.",
                        step.name,
                    )
                )


class BtpRelanceLine(models.Model):
    _inherit = "btp.relance.line"

    holdout = fields.Boolean(
        "Held Out",
        readonly=True,
        help="This step passed over the amount due, by chance, to measure what it changes.",
    )


class BtpRelanceHold(models.AbstractModel):
    _inherit = "btp.relance.hold"

    @api.model
    def _get_exclusion_holds(self, today) -> list[Hold]:
        # EXTENDS btp_relance: while it is watched, no other message names it.
        return [
            *super()._get_exclusion_holds(today),
            Hold(
                "holdout",
                self.env._("Held out for two weeks to measure what a step changes"),
                self.env._(
                    "It leaves by itself with the next step; a manager sets the share on "
                    "the step."
                ),
                SQL("(h.holdout AND h.done_on > %s - %s)", today, WITHIN[-1]),
                listed=False,
            ),
        ]


class BtpRelanceEvent(models.Model):
    _inherit = "btp.relance.event"

    kind = fields.Selection(
        selection_add=[("held_out", "Held out to measure")],
        ondelete={"held_out": "cascade"},
    )


class BtpRelanceEngine(models.AbstractModel):
    _inherit = "btp.relance.engine"

    @api.model
    def _make_relances(self, today=None):
        # EXTENDS btp_relance: what is held out is known before reminders are made.
        today = today or self.env["btp.echeance"]._get_today()
        self._hold_out(today)
        return super()._make_relances(today)

    @api.model
    def _hold_out(self, today) -> int:
        """Pass over the step of those drawn by chance, and say so in the journal.

        :return: how many amounts due were held out
        """
        steps = self.env["btp.relance.step"].sudo()
        if not steps.search_count([("holdout_share", ">", 0)], limit=1):
            return 0
        rows = self.env.execute_query_dict(self._hold_out_sql(today))
        if not rows:
            return 0
        self.env.invalidate_all()
        partners = self.env["res.partner"].sudo()
        moves = self.env["account.move"].sudo()
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "held_out",
                    "company_id": self.env.company.id,
                    "debtor_ref": row["partner_id"],
                    "debtor_name": partners.browse(row["partner_id"]).display_name,
                    "detail": self.env._(
                        "%(invoice)s: %(step)s",
                        invoice=moves.browse(row["move_id"]).name,
                        step=steps.browse(row["step_id"]).display_name,
                    ),
                }
                for row in rows
            ]
        )
        return len(rows)

    @api.model
    def _hold_out_sql(self, today) -> SQL:
        """Return the query that writes what is held out: due today, and another step follows.

        The number drawn is that of `engine.holdout.draw`.
        """
        return SQL(
            """
            INSERT INTO btp_relance_line (
                company_id, partner_id, move_line_id, move_id, scenario_id, step_id,
                step_days, state, holdout, done_on, kind, date_due, currency_id,
                amount_residual, amount_company, drop_reason,
                create_uid, create_date, write_uid, write_date
            )
            SELECT e.company_id, e.partner_id, e.id, e.move_id, e.scenario_id, s.id,
                   s.days, 'skipped', TRUE, %(today)s,
                   CASE WHEN e.days_overdue > 0 THEN 'overdue' ELSE 'due' END,
                   e.date_due, e.currency_id, e.residual, e.residual_company, %(reason)s,
                   %(uid)s, NOW() AT TIME ZONE 'UTC', %(uid)s, NOW() AT TIME ZONE 'UTC'
              FROM (%(relation)s) e
              JOIN btp_relance_step s ON s.id = e.next_step_id AND s.holdout_share > 0
             WHERE e.company_id = %(company)s AND e.next_date <= %(today)s
               AND e.hold_code IS NULL AND s.tone NOT IN ('final', 'formal')
               AND s.channel <> 'registered'
               AND MOD(('x' || LEFT(MD5(
                       CONCAT_WS('/', e.partner_id, s.id, e.date_due)), 7)
                   )::bit(28)::int, %(parts)s) < s.holdout_share
               -- Once only: the next step reminds whoever was passed over.
               AND NOT EXISTS (
                SELECT FROM btp_relance_line once
                 WHERE once.move_line_id = e.id AND once.holdout
               )
               AND EXISTS (
                SELECT FROM btp_relance_step later
                 WHERE later.scenario_id = e.scenario_id AND later.active
                   AND later.kind = 'reminder' AND later.days > s.days
               )
             ORDER BY e.id
            ON CONFLICT DO NOTHING
            RETURNING partner_id, move_id, step_id
            """,
            relation=self.env["btp.echeance"]._relation(
                today, debtors=self._free_debtors(today)
            ),
            today=today,
            parts=PARTS,
            company=self.env.company.id,
            reason=self.env._("Held out to measure"),
            uid=self.env.uid,
        )


class BtpFigure(models.Model):
    _inherit = "btp.figure"

    @api.model
    def _read_held(self, company, first, last) -> list[dict]:
        """Return, by step, what was paid soon after it by those reminded and those held out.

        Both were due for the step since it first held something out; chance alone decided.
        """
        seven, fourteen = WITHIN
        return self.env.execute_query_dict(
            SQL(
                """
                WITH drawn AS (
                    SELECT rl.step_id, rl.holdout IS TRUE AS held, l.balance,
                           COALESCE(r.contacted_on, rl.done_on) AS day,
                           CASE WHEN l.amount_residual = 0 THEN paid.last END AS paid_on
                      FROM btp_relance_line rl
                      JOIN account_move_line l ON l.id = rl.move_line_id
                      LEFT JOIN btp_relance r ON r.id = rl.relance_id
                      LEFT JOIN LATERAL (
                        SELECT MAX(pr.max_date) AS last FROM account_partial_reconcile pr
                         WHERE pr.debit_move_id = l.id
                      ) paid ON TRUE
                     WHERE rl.company_id = %(company)s AND rl.step_id IN (
                        SELECT step_id FROM btp_relance_line
                         WHERE holdout AND company_id = %(company)s)
                       AND (rl.holdout
                            OR rl.state = 'done' AND r.contacted_on IS NOT NULL
                               -- Passed over before, it was not drawn again.
                               AND NOT EXISTS (
                                SELECT FROM btp_relance_line once
                                 WHERE once.move_line_id = l.id AND once.holdout))
                ), watched AS (
                    SELECT drawn.* FROM drawn
                     WHERE day BETWEEN %(first)s AND %(last)s - %(fourteen)s
                       AND day >= (SELECT MIN(h.day) FROM drawn h
                                    WHERE h.held AND h.step_id = drawn.step_id)
                )
                SELECT w.step_id, s.channel, %(counts)s
                  FROM watched w JOIN btp_relance_step s ON s.id = w.step_id
                 GROUP BY w.step_id, s.channel, s.days
                HAVING BOOL_OR(held)
                 ORDER BY s.days, w.step_id
                """,
                company=company.id,
                first=first,
                last=last,
                fourteen=fourteen,
                counts=self._held_counts_sql(seven, fourteen),
            )
        )

    @api.model
    def _held_counts_sql(self, *within) -> SQL:
        """Return the numbers of both groups, and how many of each were paid in time."""
        columns = [
            SQL("COUNT(*) FILTER (WHERE NOT held) AS cases"),
            SQL("COUNT(*) FILTER (WHERE held) AS others"),
        ]
        for days in within:
            soon = SQL("paid_on BETWEEN day AND day + %s", days)
            columns += [
                SQL(
                    "COUNT(*) FILTER (WHERE NOT held AND %s) AS %s",
                    soon,
                    SQL.identifier(f"hits_{days}"),
                ),
                SQL(
                    "COUNT(*) FILTER (WHERE held AND %s) AS %s",
                    soon,
                    SQL.identifier(f"other_hits_{days}"),
                ),
                SQL(
                    "COALESCE(SUM(balance) FILTER (WHERE NOT held AND %s), 0) AS %s",
                    soon,
                    SQL.identifier(f"paid_{days}"),
                ),
            ]
        return SQL(", ").join(columns)
