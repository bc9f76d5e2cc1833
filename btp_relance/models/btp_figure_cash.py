# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..engine.figures import cash, forecast
from ..engine.figures.answer import Figure

#: Days of payments that habits are read from: longer ago is no habit.
HABIT_DAYS = 730
#: Days after a week during which payments booked late still change what came in it.
STILL_BOOKED = 28
#: What may still change of a forecast: what came.
OUTCOME = {"actual", "settled"}
#: Past weeks that are shown.
PAST = 13
#: Weeks ahead at which forecasts are judged.
HORIZON = 4


class BtpFigureCash(models.Model):
    """Cash expected in one week by payers' habits, as it was said on one day.

    What was said stays; what came of the amounts open on that day is written beside it. An
    addon that forecasts otherwise keeps its own: both can be held against what came.
    """

    _name = "btp.figure.cash"
    _description = "Expected Cash of a Week, by Habit"
    _order = "made_on desc, week"
    _rec_name = "date_from"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    made_on = fields.Date("Said On", required=True, readonly=True)
    week = fields.Integer("Week Ahead", required=True, readonly=True, aggregator=None)
    date_from = fields.Date("Week From", required=True, readonly=True)
    date_to = fields.Date("Week To", required=True, readonly=True)
    expected = fields.Monetary(readonly=True)
    low = fields.Monetary("At Least", readonly=True, aggregator=None)
    high = fields.Monetary("At Most", readonly=True, aggregator=None)
    actual = fields.Monetary("What Came", readonly=True)
    settled = fields.Boolean("Week Over", readonly=True)

    _once = models.UniqueIndex(
        "(company_id, made_on, week)",
        "This forecast was already made: it is never made again for the same day.",
    )

    def write(self, vals):
        """What was said stays as it was said."""
        if set(vals) - OUTCOME:
            raise UserError(
                self.env._(
                    "A forecast is frozen: make a new one instead of changing it."
                )
            )
        return super().write(vals)

    # === JOB === #

    @api.model
    def _cron_forecast(self):
        """Say on Mondays what is expected, and every day what came."""
        companies = self.env["res.company"].search([("btp_relance_active", "=", True)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            records = self.with_company(company)
            today = self.env["btp.echeance"].with_company(company)._get_today()
            records._settle(company, today)
            monday = today - timedelta(days=today.weekday())
            mine = [("company_id", "=", company.id), ("made_on", ">=", monday)]
            if not records.search_count(mine, limit=1):
                records._freeze(company, today)
            cron._commit_progress(1)

    # === BUSINESS === #

    @api.model
    def _freeze(self, company, day):
        """Keep what is expected of each of the next 13 weeks; once a day.

        :param company: the creditor
        :param date day: the day on which it is said
        """
        if self.search_count(
            [("company_id", "=", company.id), ("made_on", "=", day)], limit=1
        ):
            return self
        return self.create(
            [{"company_id": company.id, **row} for row in self._forecast(company, day)]
        )

    @api.model
    def _forecast(self, company, day) -> list[dict]:
        """Return the next 13 weeks as payers' habits say them."""
        weeks = cash.expect(
            self._read_open(company, day), self._read_habits(company, day)
        )
        return [
            {
                "made_on": day,
                "week": rank,
                "date_from": day + timedelta(days=7 * rank - 6),
                "date_to": day + timedelta(days=7 * rank),
                **{
                    name: company.currency_id.round(value)
                    for name, value in week._asdict().items()
                },
            }
            for rank, week in enumerate(weeks, 1)
        ]

    @api.model
    def _read_habits(self, company, day) -> cash.Habits:
        """Return the delays of what was paid in two years, by payer, and of promises."""
        source = self.env["btp.figure.source"]
        source._flush_sources()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.commercial_partner_id,
                       ARRAY_AGG(pr.max_date - COALESCE(l.date_maturity, l.date))
                  FROM account_partial_reconcile pr
                  JOIN account_move_line l ON l.id = pr.debit_move_id
                  JOIN account_move m ON m.id = l.move_id AND m.move_type = 'out_invoice'
                  JOIN account_move_line cl ON cl.id = pr.credit_move_id
                  JOIN account_move cm ON cm.id = cl.move_id AND cm.move_type = 'entry'
                  JOIN res_partner p ON p.id = l.partner_id
                 WHERE l.company_id = %s AND l.account_id IN %s
                   AND pr.max_date > %s AND pr.max_date <= %s
                 GROUP BY p.commercial_partner_id
                """,
                company.id,
                source._get_account_ids(),
                day - timedelta(days=HABIT_DAYS),
                day,
            )
        )
        [(promised, kept)] = self.env.execute_query(
            SQL(
                "SELECT COALESCE(SUM(amount), 0), COALESCE(SUM(kept_amount), 0)"
                " FROM btp_promise WHERE company_id = %s AND date <= %s"
                " AND state IN ('kept', 'partly', 'broken')",
                company.id,
                day,
            )
        )
        # Three promises in four, until there are promises to know it from.
        share = (float(kept) + 0.75) / (float(promised) + 1)
        return cash.Habits(dict(rows), min(share, 1.0))

    @api.model
    def _read_open(self, company, day) -> list[cash.Open]:
        """Return what is still to come: instalments and promises by their date, the rest by habit."""
        self.env["btp.figure.source"]._flush_sources()
        for name in (
            "btp.payment.plan",
            "btp.payment.plan.line",
            "btp.payment.plan.source",
        ):
            self.env[name].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH out AS %(out)s, due AS (
                    SELECT l.id, p.commercial_partner_id AS payer,
                           l.amount_residual - COALESCE(o.amount, 0) AS amount_residual,
                           %(day)s - COALESCE(l.date_maturity, l.date) AS late,
                           EXISTS (
                            SELECT 1 FROM btp_payment_plan_source ps
                             WHERE ps.move_line_id = l.id AND ps.is_live) AS planned,
                           promise.date - %(day)s AS promised,
                           LEAST(promise.amount * CASE WHEN l.amount_currency <> 0
                               THEN l.balance / l.amount_currency ELSE 1 END,
                               l.amount_residual - COALESCE(o.amount, 0)) AS part
                      FROM account_move_line l
                      JOIN res_partner p ON p.id = l.partner_id
                      LEFT JOIN out o ON o.id = l.id
                      LEFT JOIN LATERAL (
                        SELECT pr.date, pl.amount FROM btp_promise_line pl
                          JOIN btp_promise pr ON pr.id = pl.promise_id
                         WHERE pl.move_line_id = l.id AND pl.is_open AND pl.amount > 0
                         LIMIT 1
                      ) promise ON TRUE
                     WHERE l.company_id = %(company)s AND l.parent_state = 'posted'
                       AND l.account_id IN %(accounts)s AND l.reconciled IS NOT TRUE
                       AND l.amount_residual > COALESCE(o.amount, 0)
                )
                SELECT payer, part, late, promised FROM due
                 WHERE NOT planned AND part > 0
                 UNION ALL
                SELECT payer, amount_residual - COALESCE(part, 0), late, NULL FROM due
                 WHERE NOT planned AND amount_residual > COALESCE(part, 0)
                 UNION ALL
                SELECT plan.partner_id, i."left", 0, GREATEST(i.date - %(day)s, 0)
                  FROM btp_payment_plan_line i
                  JOIN btp_payment_plan plan ON plan.id = i.plan_id
                 WHERE i.company_id = %(company)s AND plan.state = 'active'
                   AND i.state IN ('coming', 'late') AND i."left" > 0
                   AND NOT EXISTS (
                    SELECT 1 FROM btp_payment_plan_source ps
                      JOIN out o ON o.id = ps.move_line_id
                     WHERE ps.plan_id = plan.id AND ps.is_live)
                """,
                out=self._get_out_sql(company, day),
                day=day,
                company=company.id,
                accounts=self.env["btp.figure.source"]._get_account_ids(),
            )
        )
        return [cash.Open(payer, float(amount), *rest) for payer, amount, *rest in rows]

    @api.model
    def _settle(self, company, day) -> int:
        """Write what came in the weeks that are over, of what was open when it was said.

        A payment booked late counts for four weeks more; then the figure stays.
        """
        self.flush_model()
        self.env["btp.figure.source"]._flush_sources()
        self.env.cr.execute(
            SQL(
                """
                UPDATE btp_figure_cash f
                   SET settled = TRUE, actual = COALESCE((
                        SELECT SUM(pr.amount)
                          FROM account_partial_reconcile pr
                          JOIN account_move_line l ON l.id = pr.debit_move_id
                          JOIN account_move m ON m.id = l.move_id
                               AND m.move_type = 'out_invoice'
                          JOIN account_move_line cl ON cl.id = pr.credit_move_id
                          JOIN account_move cm ON cm.id = cl.move_id
                               AND cm.move_type = 'entry'
                         WHERE l.company_id = f.company_id AND l.date <= f.made_on
                           AND l.account_id IN %(accounts)s
                           AND pr.max_date BETWEEN f.date_from AND f.date_to
                       ), 0)
                 WHERE f.company_id = %(company)s AND f.date_to < %(day)s
                   AND (f.settled IS NOT TRUE OR f.date_to >= %(late)s)
                """,
                accounts=self.env["btp.figure.source"]._get_account_ids(),
                company=company.id,
                day=day,
                late=day - timedelta(days=STILL_BOOKED),
            )
        )
        self.invalidate_model(["actual", "settled"])
        return self.env.cr.rowcount

    @api.model
    def _get_accuracy(self, company, horizon=HORIZON) -> tuple[Figure, Figure]:
        """Return WAPE and bias of the weeks that are over, as said so many weeks before."""
        rows = self.search(
            [
                ("company_id", "=", company.id),
                ("settled", "=", True),
                ("week", "=", horizon),
            ]
        )
        pairs = [(row.actual, row.expected) for row in rows]
        return forecast.wape(pairs), forecast.bias(pairs)

    # === HOOK === #

    @api.model
    def _get_page(self, company) -> dict:
        """Return the next weeks and those that are over. Hook: a better forecast replaces it.

        :return: ``weeks`` and ``past`` (dicts of ``date, expected, low, high, actual``),
            ``method`` and ``words`` about how good it was
        """
        mine = [("company_id", "=", company.id)]
        last = self.search(mine, order="made_on desc", limit=1)
        weeks = self.search([*mine, ("made_on", "=", last.made_on)], order="week")
        past = {}
        for row in self.search(
            [*mine, ("settled", "=", True)],
            order="date_from desc, week",
            limit=13 * PAST,
        ):
            # As it was said the shortest time before.
            past.setdefault(row.date_from, row)
        wape, bias = self._get_accuracy(company)
        return {
            "method": "habit",
            "weeks": [row._as_week() for row in weeks],
            "past": [row._as_week() for row in reversed(list(past.values())[:PAST])],
            "words": self._say_accuracy(wape, bias),
        }

    def _as_week(self) -> dict:
        self.ensure_one()
        week = {name: self[name] for name in ("expected", "low", "high")}
        week["date"] = fields.Date.to_string(self.date_from)
        return {**week, "actual": self.actual} if self.settled else week

    @api.model
    def _say_accuracy(self, wape, bias) -> str:
        """Return in one sentence how good forecasts of four weeks ahead were."""
        if wape.reason:
            return self.env._(
                "By each payer's habit, promises and plans. How good it is will be known "
                "when the first weeks are over."
            )
        return self.env._(
            "By each payer's habit, promises and plans. Said four weeks before, weeks were "
            "missed by %(wape)s %% on average, %(bias)s %% in sum.",
            wape=f"{wape.value * 100:.0f}",
            bias=f"{bias.value * 100:+.0f}",
        )
