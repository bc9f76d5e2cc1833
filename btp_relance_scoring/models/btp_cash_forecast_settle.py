# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from .btp_cash_forecast import KINDS, STILL_BOOKED


class BtpCashForecast(models.Model):
    """What came, beside what was said."""

    _inherit = "btp.cash.forecast"

    @api.model
    def _settle(self, company, day) -> int:
        """Write what came in the weeks that are over, from posted payments.

        Of the amounts that were open when the forecast was made, and of the customers that
        it counted: else new invoices would make it look better than it was. A payment that
        is booked late still counts for four weeks; then the figure stays.

        :param company: the ``res.company``
        :param date day: weeks that ended before it are over
        :return: how many rows
        """
        self.env.flush_all()
        self.env.cr.execute(self._get_settle_query(company, day))
        count = self.env.cr.rowcount
        self.invalidate_model(["actual", "settled", "inside"])
        return count

    @api.model
    def _get_settle_query(self, company, day) -> SQL:
        """Return the update of :meth:`_settle`."""
        return SQL(
            """
            WITH todo AS (
                SELECT * FROM btp_cash_forecast
                 WHERE company_id = %(company)s AND date_to < %(day)s::date
                   AND (settled IS NOT TRUE OR date_to >= %(day)s::date - %(late)s)
            ), paid AS (
                SELECT p.commercial_partner_id AS partner_id, m.btp_chantier_id,
                       m.invoice_date AS issued, pr.max_date AS day,
                       SUM(pr.amount) AS amount
                  FROM account_partial_reconcile pr
                  JOIN account_move_line cl ON cl.id = pr.credit_move_id
                  JOIN account_move cm ON cm.id = cl.move_id AND cm.move_type = 'entry'
                  JOIN account_move_line l ON l.id = pr.debit_move_id
                  JOIN account_move m ON m.id = l.move_id
                       AND m.move_type = 'out_invoice' AND m.state = 'posted'
                  JOIN account_account a ON a.id = l.account_id
                       AND a.account_type = 'asset_receivable'
                       AND a.non_trade IS NOT TRUE
                  JOIN res_partner p ON p.id = l.partner_id
                 WHERE pr.company_id = %(company)s
                   AND pr.max_date >= (SELECT MIN(date_from) FROM todo)
                   AND pr.max_date < %(day)s::date
                 GROUP BY p.commercial_partner_id, m.btp_chantier_id, m.invoice_date,
                          pr.max_date
            ), known AS (
                SELECT t.made_on, t.week, t.partner_id, paid.btp_chantier_id AS chantier_id,
                       SUM(paid.amount) AS amount
                  FROM todo t
                  JOIN paid ON paid.partner_id = t.partner_id
                       AND paid.issued <= t.made_on
                       AND paid.day BETWEEN t.date_from AND t.date_to
                 WHERE t.kind = 'customer'
                 GROUP BY t.made_on, t.week, t.partner_id, paid.btp_chantier_id
            ), came AS (
                SELECT made_on, week, 'all' AS kind, 0 AS id, SUM(amount) AS amount
                  FROM known GROUP BY made_on, week
                UNION ALL
                SELECT made_on, week, 'customer', partner_id, SUM(amount)
                  FROM known GROUP BY made_on, week, partner_id
                UNION ALL
                SELECT made_on, week, 'chantier', chantier_id, SUM(amount)
                  FROM known WHERE chantier_id IS NOT NULL
                 GROUP BY made_on, week, chantier_id
            )
            UPDATE btp_cash_forecast f
               SET actual = COALESCE(c.amount, 0), settled = TRUE,
                   inside = COALESCE(c.amount, 0) BETWEEN f.low AND f.high
              FROM todo t
              LEFT JOIN came c ON c.made_on = t.made_on AND c.week = t.week
                   AND c.kind = t.kind
                   AND c.id = COALESCE(t.partner_id, t.chantier_id, 0)
             WHERE f.id = t.id
               AND (f.settled IS NOT TRUE
                    OR f.actual IS DISTINCT FROM COALESCE(c.amount, 0))
            """,
            company=company.id,
            day=day,
            late=STILL_BOOKED,
        )

    @api.model
    def _get_accuracy(self, company) -> dict:
        """Return how the frozen forecasts did, by kind of group.

        :return: {kind: figures of ``compare``}
        """
        from ..figures import compare

        self.flush_model()
        self.env.cr.execute(
            "SELECT kind, expected, low, high, actual FROM btp_cash_forecast"
            " WHERE company_id = %s AND settled ORDER BY id",
            [company.id],
        )
        rows = {kind: [] for kind, _label in KINDS}
        for kind, *figures in self.env.cr.fetchall():
            named = zip(("expected", "low", "high", "actual"), figures, strict=True)
            rows[kind].append({name: float(value) for name, value in named})
        return {kind: compare(some) for kind, some in rows.items()}

    @api.model
    def _end(self, company, day) -> int:
        """Delete the forecasts of customers and chantiers when scores have had their time.

        Those of the whole name nobody: they stay.

        :return: how many rows
        """
        rule = self.env.ref("btp_relance.privacy_rule_score", raise_if_not_found=False)
        if not rule or not rule.active:
            return 0
        past = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("kind", "!=", "all"),
                ("made_on", "<=", rule._get_cutoff(day)),
            ]
        )
        count = len(past)
        past.unlink()
        return count


class BtpScore(models.Model):
    _inherit = "btp.score"

    @api.model
    def _forget(self, partners):
        # EXTENDS btp_relance_scoring: what was expected of a person is theirs too.
        count = super()._forget(partners)
        forecasts = self.env["btp.cash.forecast"].sudo()
        mine = forecasts.search(
            [
                "|",
                ("partner_id", "in", partners.ids),
                ("chantier_id.partner_id", "in", partners.ids),
            ]
        )
        mine.unlink()
        return count + len(mine)
