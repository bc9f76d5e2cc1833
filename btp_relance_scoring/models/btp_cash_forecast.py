# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

import numpy as np

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..const import METHODS, WEEKS
from ..staging import stage

KINDS = [
    ("all", "All amounts due"),
    ("customer", "By customer"),
    ("chantier", "By chantier"),
]
#: Days after a week during which payments booked late still change what came in it.
STILL_BOOKED = 28
#: Groups whose bands are drawn at once: memory, not time, sets the limit.
GROUPS = 400
#: What is written of them, with its types.
STAGED = {
    "of": "int",
    "week": "int",
    "expected": "numeric",
    "low": "numeric",
    "high": "numeric",
}
#: What a person may still change of a forecast: nothing but what came.
OUTCOME = {"actual", "settled", "inside"}


class BtpCashForecast(models.Model):
    """Cash expected in one week, as it was said on one day: for the whole, or for a group.

    What was said is never written again; what came is written beside it once the week is
    over. Only amounts that were open on the day count: what is invoiced later is not in it.
    """

    _name = "btp.cash.forecast"
    _description = "Expected Cash of a Week"
    _order = "made_on desc, kind, partner_id, chantier_id, week"
    _rec_name = "date_from"
    _check_company_auto = True
    # Days stand on it; who ran the job tells nothing, and costs two checks a row.
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    made_on = fields.Date("Said On", required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    chantier_id = fields.Many2one(
        "btp.chantier",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        check_company=True,
    )
    week = fields.Integer("Week Ahead", required=True, readonly=True, aggregator=None)
    date_from = fields.Date("Week From", required=True, readonly=True)
    date_to = fields.Date("Week To", required=True, readonly=True)
    method = fields.Selection(METHODS, "Expected By", required=True, readonly=True)
    expected = fields.Monetary(readonly=True)
    left_out = fields.Json(
        readonly=True,
        help="On the first week of the whole: by reason, the amount that is not counted and "
        "the number of amounts due.",
    )
    low = fields.Monetary(
        "At Least",
        readonly=True,
        aggregator=None,
        help="One chance in ten that less comes.",
    )
    high = fields.Monetary(
        "At Most",
        readonly=True,
        aggregator=None,
        help="One chance in ten that more comes.",
    )
    actual = fields.Monetary("What Came", readonly=True)
    settled = fields.Boolean("Week Over", readonly=True)
    inside = fields.Boolean("Within the Band", readonly=True)

    _group_uniq = models.UniqueIndex(
        "(company_id, made_on, kind, COALESCE(partner_id, 0), COALESCE(chantier_id, 0), "
        "week)",
        "This forecast was already made: it is never made again for the same day.",
    )
    _over_idx = models.Index("(company_id, date_to)")

    # === CRUD === #

    def write(self, vals):
        """What was said stays as it was said."""
        if set(vals) - OUTCOME:
            raise UserError(
                self.env._(
                    "A forecast is frozen: make a new one instead of changing it."
                )
            )
        return super().write(vals)

    # === BUSINESS === #

    @api.model
    def _freeze(self, company, day) -> int:
        """Keep what is expected of each of the next 13 weeks, as the scores of a day say it.

        :param company: the ``res.company``
        :param date day: the day on which the company was scored
        :return: how many rows; none where the day has its forecast
        """
        done = [("company_id", "=", company.id), ("made_on", "=", day)]
        open_now = self._read_open(company, day)
        if not len(open_now["amount"]) or self.search_count(done, limit=1):
            return 0
        left_out = self._read_left_out(company, day)
        champion = self.env["btp.scoring.model"]._get_champion(company)
        dependence = champion._get_dependence()
        # A model that was refused at loading said nothing: the rule spoke.
        rule = bool((open_now["method"] == "rule").all())
        method = "rule" if rule or not champion else champion.method
        count = 0
        for kind, by in (("all", None), ("customer", "partner"), ("chantier", "site")):
            for names, cash in self._expect(open_now, dependence, by):
                count += self._insert(company, day, kind, method, names, cash)
        self.env.cr.execute(
            "UPDATE btp_cash_forecast SET left_out = %s WHERE company_id = %s"
            " AND made_on = %s AND kind = 'all' AND week = 1",
            [json.dumps(left_out), company.id, day],
        )
        self.invalidate_model()
        return count

    @api.model
    def _read_open(self, company, day) -> dict:
        """Return the open amounts that were scored on a day, with their chances by week."""
        self.env["btp.score"].flush_model()
        self.env["account.move.line"].flush_model(["reconciled"])
        self.env.cr.execute(
            """
            SELECT s.partner_id, s.chantier_id, s.amount - COALESCE(s.left_out, 0),
                   s.weeks, s.method
              FROM btp_score s
              JOIN account_move_line l ON l.id = s.move_line_id
             WHERE s.company_id = %s AND s.scored_on = %s AND l.reconciled IS NOT TRUE
               AND s.amount > COALESCE(s.left_out, 0)
             ORDER BY s.id
            """,
            [company.id, day],
        )
        rows = self.env.cr.fetchall()
        columns = zip(*rows, strict=True) if rows else ((),) * 5
        partners, sites, amounts, weeks, methods = columns
        return {
            "partner": np.array(partners, np.int64),
            "site": np.array([site or 0 for site in sites], np.int64),
            "amount": np.array(amounts, float),
            "weeks": np.array(weeks, float).reshape(len(rows), WEEKS),
            "method": np.array(methods, str),
        }

    @api.model
    def _read_left_out(self, company, day) -> dict:
        """Return by reason what the forecast of a day does not count, those who are not
        scored among it: ``{code: [amount, number]}``."""
        source = self.env["btp.figure.source"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT left_out_code, left_out FROM btp_score s
                  JOIN account_move_line l ON l.id = s.move_line_id
                 WHERE s.company_id = %(company)s AND s.scored_on = %(day)s
                   AND l.reconciled IS NOT TRUE AND s.left_out > 0
                 UNION ALL
                SELECT CASE WHEN %(scored)s THEN 'rest' ELSE 'unscored' END,
                       l.amount_residual
                  FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id AND m.move_type = 'out_invoice'
                  JOIN res_partner lp ON lp.id = l.partner_id
                  JOIN res_partner p ON p.id = lp.commercial_partner_id
                 WHERE l.company_id = %(company)s AND l.account_id IN %(accounts)s
                   AND l.parent_state = 'posted' AND l.reconciled IS NOT TRUE
                   AND l.amount_residual > 0 AND m.invoice_date <= %(day)s
                   AND NOT EXISTS (
                    SELECT FROM btp_score x
                     WHERE x.move_line_id = l.id AND x.scored_on = %(day)s)
                """,
                company=company.id,
                day=day,
                accounts=source._get_account_ids(),
                scored=self.env["btp.scoring.ledger"]._get_scored_sql(company),
            )
        )
        return self.env["btp.figure.cash"]._sum_out(
            company, [(code, float(amount)) for code, amount in rows]
        )

    @api.model
    def _expect(self, open_now, dependence, by):
        """Yield the expected cash of the whole, or of some groups at a time.

        A customer's invoices move together, within a chantier too.
        """
        from ..learner import cash

        keys = open_now[by] if by else np.ones(len(open_now["amount"]), np.int64)
        names = np.unique(keys[keys > 0])
        for start in range(0, len(names), GROUPS):
            some = names[start : start + GROUPS]
            here = np.isin(keys, some)
            found = cash.expect(
                open_now["weeks"][here],
                open_now["amount"][here],
                open_now["partner"][here],
                dependence,
                keys[here],
            )
            # A rare large amount lies beyond nine weeks in ten: its band reaches it.
            found.low = np.minimum(found.low, found.expected)
            found.high = np.maximum(found.high, found.expected)
            yield (found.names.astype(np.int64) if by else None), found

    @api.model
    def _insert(self, company, day, kind, method, names, cash) -> int:
        """Write some groups' weeks in one statement; what is there already stays."""
        groups = len(cash.expected)
        ids = np.full(groups, None) if names is None else names
        places = company.currency_id.decimal_places
        columns = {
            "of": np.repeat(ids, WEEKS).tolist(),
            "week": np.tile(np.arange(1, WEEKS + 1), groups).tolist(),
        }
        for name in ("expected", "low", "high"):
            columns[name] = getattr(cash, name).round(places).ravel().tolist()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO btp_cash_forecast (
                    company_id, made_on, kind, method, partner_id, chantier_id, week,
                    date_from, date_to, expected, low, high, settled)
                SELECT %(company)s, %(day)s::date, %(kind)s, %(method)s,
                       CASE WHEN %(kind)s = 'customer' THEN new.of END,
                       CASE WHEN %(kind)s = 'chantier' THEN new.of END, week,
                       %(day)s::date + 7 * week - 6, %(day)s::date + 7 * week,
                       expected, low, high, FALSE
                  FROM %(staged)s AS new
                    ON CONFLICT DO NOTHING
                """,
                company=company.id,
                day=day,
                kind=kind,
                method=method,
                staged=stage(self.env.cr, STAGED, columns),
            )
        )
        return self.env.cr.rowcount
