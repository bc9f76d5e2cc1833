# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL


class BtpRelance(models.Model):
    """Reminders in the order in which a person gains most by them."""

    _inherit = "btp.relance"

    gain = fields.Monetary(
        "Expected Gain",
        currency_field="company_currency_id",
        readonly=True,
        help="Sum over its amounts: what is left to pay times the chance that acting now "
        "changes something.",
    )
    score_reason = fields.Char(
        "Why First", compute="_compute_score_reason", compute_sudo=True
    )

    @api.depends_context("lang")
    @api.depends("line_ids.move_line_id")
    def _compute_score_reason(self):
        scores = self.env["btp.score"]._search_fresh(
            [("move_line_id", "in", self.line_ids.move_line_id.ids)]
        )
        best = {}
        for score in scores:
            best.setdefault(score.move_line_id.id, score)
        for relance in self:
            mine = [
                best[line.move_line_id.id]
                for line in relance.line_ids
                if line.state != "dropped" and line.move_line_id.id in best
            ]
            top = max(mine, key=lambda score: score.gain, default=None)
            relance.score_reason = top and top._get_card(named=len(mine) > 1)

    @api.model
    def _refresh_gain(self, company, ids=None):
        """Write the expected gain of the reminders that wait, in one statement.

        What is not scored (a person who objected, a consumer left out) counts at what an
        amount gains on average in the company: by its amount alone, neither first nor last.
        Where nothing is scored, nothing is known to be gained.

        :param company: the ``res.company``
        :param ids: only these reminders
        """
        self.flush_model()
        self.env["btp.relance.line"].flush_model()
        self.env["btp.score"].flush_model()
        self.env.cr.execute(self._get_gain_query(company, ids))
        self.invalidate_model(["gain"])

    @api.model
    def _get_gain_query(self, company, ids) -> SQL:
        """Return the update of :meth:`_refresh_gain`."""
        return SQL(
            """
            WITH average AS (
                SELECT COALESCE(SUM(s.gain) / NULLIF(SUM(s.amount), 0), 0) AS share
                  FROM btp_score s
                 WHERE s.company_id = %(company)s AND s.scored_on = %(day)s::date
            )
            UPDATE btp_relance r SET gain = found.gain
              FROM (
                -- Credits make what is asked smaller: nobody gains more than that.
                SELECT rl.relance_id, LEAST(waiting.amount_due, ROUND(
                           SUM(COALESCE(s.gain, rl.amount_company * average.share, 0)),
                           %(digits)s)) AS gain
                  FROM btp_relance_line rl
                  CROSS JOIN average
                  JOIN btp_relance waiting ON waiting.id = rl.relance_id
                  LEFT JOIN btp_score s ON s.move_line_id = rl.move_line_id
                       AND s.scored_on = %(day)s::date
                 WHERE waiting.company_id = %(company)s AND rl.state <> 'dropped'
                   AND rl.kind <> 'credit'
                   AND (waiting.desk IS NOT NULL OR waiting.state = 'approved')
                   AND %(these)s
                 GROUP BY rl.relance_id, waiting.amount_due
              ) found
             WHERE r.id = found.relance_id AND r.gain IS DISTINCT FROM found.gain
            """,
            company=company.id,
            day=self.env["btp.score"]._get_day(company),
            digits=company.currency_id.decimal_places,
            these=SQL("TRUE") if ids is None else SQL("waiting.id = ANY(%s)", ids),
        )


class BtpRelanceEngine(models.AbstractModel):
    _inherit = "btp.relance.engine"

    @api.model
    def _insert(self, relances, lines):
        # EXTENDS btp_relance: a new reminder takes its place at once.
        made = super()._insert(relances, lines)
        if made:
            made._refresh_gain(self.env.company, made.ids)
        return made
