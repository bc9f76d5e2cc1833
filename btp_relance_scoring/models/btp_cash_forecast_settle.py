# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo import api, models
from odoo.tools import SQL

from .btp_cash_forecast import STILL_BOOKED


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
            ), paid AS (%(paid)s), known AS (
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
            ), found AS (
                SELECT t.id, ROUND(COALESCE(c.amount, 0), %(digits)s) AS amount
                  FROM todo t
                  LEFT JOIN came c ON c.made_on = t.made_on AND c.week = t.week
                       AND c.kind = t.kind
                       AND c.id = COALESCE(t.partner_id, t.chantier_id, 0)
            )
            UPDATE btp_cash_forecast f
               SET actual = found.amount, settled = TRUE,
                   inside = found.amount BETWEEN f.low AND f.high
              FROM found
             WHERE f.id = found.id
               AND (f.settled IS NOT TRUE OR f.actual IS DISTINCT FROM found.amount)
            """,
            paid=self._get_paid_sql(company, day),
            company=company.id,
            day=day,
            late=STILL_BOOKED,
            digits=company.currency_id.decimal_places,
        )

    @api.model
    def _get_paid_sql(self, company, day) -> SQL:
        """Return the money that came since the first week of ``todo``, by customer and day.

        Of a payment with a write-off, only what was paid: see ``_get_btp_money_share``.
        """
        return SQL(
            """
            SELECT p.commercial_partner_id AS partner_id, m.btp_chantier_id,
                   m.invoice_date AS issued, pr.max_date AS day,
                   SUM(pr.amount * COALESCE(share.money, 1)) AS amount
              FROM account_partial_reconcile pr
              JOIN account_move_line cl ON cl.id = pr.credit_move_id
              JOIN account_move cm ON cm.id = cl.move_id
              JOIN account_journal cj ON cj.id = cm.journal_id
              JOIN account_move_line l ON l.id = pr.debit_move_id
              JOIN account_move m ON m.id = l.move_id
                   AND m.move_type = 'out_invoice' AND m.state = 'posted'
              JOIN account_account a ON a.id = l.account_id
                   AND a.account_type = 'asset_receivable'
                   AND a.non_trade IS NOT TRUE
              JOIN res_partner p ON p.id = l.partner_id
              LEFT JOIN account_payment ap ON ap.id = cm.origin_payment_id
              LEFT JOIN LATERAL (
                SELECT LEAST(ABS(ap.amount_company_currency_signed)
                             / NULLIF(ABS(SUM(pl.balance)), 0), 1) AS money
                  FROM account_move_line pl
                  JOIN account_account pa ON pa.id = pl.account_id
                       AND pa.account_type IN ('asset_receivable', 'liability_payable')
                 WHERE pl.move_id = cm.id
              ) share ON ap.id IS NOT NULL
             WHERE pr.company_id = %(company)s AND %(money)s
               AND pr.max_date >= (SELECT MIN(date_from) FROM todo)
               AND pr.max_date < %(day)s::date
             GROUP BY p.commercial_partner_id, m.btp_chantier_id, m.invoice_date,
                      pr.max_date
            """,
            money=self.env["btp.scoring.ledger"]._get_money_sql(),
            company=company.id,
            day=day,
        )

    @api.model
    def _get_accuracy(self, company, kind="all") -> dict:
        """Return how the frozen forecasts of a kind of group did, as ``figures.tell`` does.

        The rule gives no band: its weeks count for the error alone.
        """
        from ..figures import tell

        self.flush_model()
        [sums] = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(*), COUNT(*) FILTER (WHERE inside AND method <> 'rule'),
                       COUNT(*) FILTER (WHERE method <> 'rule'),
                       COALESCE(SUM(ABS(expected - actual)), 0), COALESCE(SUM(actual), 0)
                  FROM btp_cash_forecast
                 WHERE company_id = %s AND kind = %s AND settled
                """,
                company.id,
                kind,
            )
        )
        return tell(*sums)

    @api.model
    def _take_out(self, theirs):
        """Take what was expected of some customers, and what came, out of the whole.

        Beside the rows of all others, the whole would tell it by a subtraction. The band keeps
        its width in proportion. After their time the rows of all customers go: the whole is
        then a sum of which no part is known any more.

        :param theirs: rows that are about to be deleted
        """
        rows = theirs.filtered(lambda row: row.kind == "customer")
        if not rows:
            return
        self.flush_model()
        self.env.cr.execute(
            """
            UPDATE btp_cash_forecast f
               SET expected = f.expected - t.expected, low = f.low * t.kept,
                   high = f.high * t.kept, actual = f.actual - t.actual,
                   inside = f.settled AND f.actual - t.actual
                            BETWEEN f.low * t.kept AND f.high * t.kept
              FROM (
                SELECT w.id, SUM(c.expected) AS expected,
                       COALESCE(SUM(c.actual), 0) AS actual,
                       CASE WHEN w.expected > 0 THEN GREATEST(
                           1 - SUM(c.expected) / w.expected, 0) ELSE 1 END AS kept
                  FROM btp_cash_forecast c
                  JOIN btp_cash_forecast w ON w.company_id = c.company_id
                       AND w.made_on = c.made_on AND w.week = c.week AND w.kind = 'all'
                 WHERE c.id = ANY(%s)
                 GROUP BY w.id, w.expected
              ) t
             WHERE f.id = t.id
            """,
            [rows.ids],
        )
        self.invalidate_model(["expected", "low", "high", "actual", "inside"])

    @api.model
    def _leave_out(self, scores):
        """Say of the last forecast that it does not count these amounts any more.

        :param scores: scores that are about to be deleted
        """
        for company, theirs in scores.grouped("company_id").items():
            first = self.search(
                [
                    ("company_id", "=", company.id),
                    ("kind", "=", "all"),
                    ("week", "=", 1),
                ],
                order="made_on desc",
                limit=1,
            )
            counted = theirs.filtered(
                lambda score, first=first: first
                and score.first_on <= first.made_on
                and not score.move_line_id.reconciled
                and score.amount > score.left_out
            )
            if not counted:
                continue
            amount = sum(score.amount - score.left_out for score in counted)
            said = dict(first.left_out or {})
            total, number = said.get("unscored", (0, 0))
            said["unscored"] = [
                company.currency_id.round(total + amount),
                number + len(counted),
            ]
            self.env.cr.execute(
                "UPDATE btp_cash_forecast SET left_out = %s WHERE id = %s",
                [json.dumps(said), first.id],
            )
            first.invalidate_recordset(["left_out"])

    @api.model
    def _end(self, company, day) -> int:
        """Delete the forecasts of customers and chantiers when scores have had their time.

        Those of the whole name nobody, and nothing is left to subtract from them: they stay.

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
    def _forget(self, partners, company=None):
        # EXTENDS btp_relance_scoring: what was expected of a person is theirs too.
        forecasts = self.env["btp.cash.forecast"].sudo()
        forecasts._leave_out(self.sudo().search(self._get_theirs(partners, company)))
        count = super()._forget(partners, company)
        # A chantier of somebody else may be billed to them too: its sums hold their share.
        billed = (
            self.env["account.move"]
            .sudo()
            ._read_group(
                [
                    ("commercial_partner_id", "in", partners.ids),
                    ("btp_chantier_id", "!=", False),
                    ("state", "=", "posted"),
                ],
                ["btp_chantier_id"],
            )
        )
        theirs = [
            "|",
            "|",
            ("partner_id", "in", partners.ids),
            ("chantier_id.partner_id", "in", partners.ids),
            ("chantier_id", "in", [chantier.id for (chantier,) in billed]),
        ]
        if company:
            theirs = [("company_id", "=", company.id), *theirs]
        mine = forecasts.search(theirs)
        forecasts._take_out(mine)
        mine.unlink()
        return count + len(mine)
