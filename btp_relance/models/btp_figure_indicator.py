# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..engine.figures import dso, receivables, work
from ..engine.figures.answer import Figure
from .btp_figure_mixin import DIMENSIONS, MEASURES, OVERDUE

#: Months of sales that a count-back may use up.
COUNT_BACK = 24
#: Lines that a list opens at most: more is no list that a person reads.
MOST_LINES = 10_000
#: What the lines of work are, by the measure that counts them.
RECORDS = {
    "reminder_count": "btp.relance",
    "cost_time": "btp.relance",
    "complaint_count": "btp.answer",
    "promised": "btp.promise",
    "dispute_closed_count": "btp.dispute",
    "dispute_open_count": "btp.dispute",
    "document_count": "btp.document",
    "case_judged": "btp.escalation",
}


class Indicator(NamedTuple):
    """A figure that people steer by.

    :param str code: stable name; :param str unit: days, rate, money
    :param reckon: function of the sums (a dict of measures, and ``months``) to a figure
    :param lines: measures of which the figure is made: its lines have one of them
    :param good: 1 where more is better, -1 where less is
    """

    code: str
    unit: str
    reckon: Callable
    lines: tuple
    good: int = -1


def _owed(s):
    return s["receivable"] - s["retained"]


def _overdue(s):
    return sum(s[name] for name in OVERDUE)


OPEN = ("not_due", "credit", *OVERDUE)
INDICATORS = (
    Indicator(
        "dso",
        "days",
        lambda s: dso.dso(_owed(s), s["sales_year"]),
        (*OPEN, "sales_year"),
    ),
    Indicator(
        "dso_whole",
        "days",
        lambda s: dso.dso(s["receivable"], s["sales_year"]),
        ("receivable", "sales_year"),
    ),
    Indicator(
        "dso_count_back",
        "days",
        lambda s: dso.count_back(_owed(s), s["months"]),
        (*OPEN, "sales_year"),
    ),
    Indicator(
        "dso_best",
        "days",
        lambda s: dso.best_possible(s["not_due"], s["sales_year"]),
        ("not_due", "sales_year"),
    ),
    Indicator(
        "days_delinquent",
        "days",
        lambda s: dso.average_days_delinquent(_owed(s), s["not_due"], s["sales_year"]),
        ("credit", *OVERDUE),
    ),
    Indicator(
        "overdue_rate",
        "rate",
        lambda s: receivables.overdue_rate(_overdue(s), _owed(s)),
        OVERDUE,
    ),
    Indicator(
        "overdue_count_rate",
        "rate",
        lambda s: receivables.overdue_rate(s["overdue_count"], s["open_count"]),
        ("overdue_count",),
    ),
    Indicator(
        "effectiveness",
        "rate",
        lambda s: receivables.collection_effectiveness(
            s["opening"], s["sales"], s["receivable"], s["not_due"] + s["retained"]
        ),
        ("opening", "sales", "receivable"),
        1,
    ),
    Indicator(
        "delay",
        "days",
        lambda s: receivables.average_delay(s["late_days_amount"], s["paid"]),
        ("paid",),
    ),
    Indicator(
        "paid10_rate",
        "rate",
        lambda s: receivables.paid_before(s["paid10"], s["due10"]),
        ("due10",),
        1,
    ),
    Indicator(
        "paid10_count_rate",
        "rate",
        lambda s: receivables.paid_before(s["paid10_count"], s["due10_count"]),
        ("due10_count",),
        1,
    ),
    Indicator(
        "cost_rate",
        "rate",
        lambda s: work.cost(
            s["cost_time"], s["cost_postage"], s["cost_fees"], s["collected_overdue"]
        ),
        ("collected_overdue",),
    ),
    Indicator(
        "promise_rate",
        "rate",
        lambda s: work.promises_kept(s["promise_kept"], s["promised"]),
        ("promised",),
        1,
    ),
    Indicator(
        "dispute_mean",
        "days",
        lambda s: work.dispute_mean(
            s["dispute_closed_days"], s["dispute_closed_count"]
        ),
        ("dispute_closed_count",),
    ),
    Indicator(
        "dispute_long_rate",
        "rate",
        lambda s: work.dispute_long(s["dispute_long_count"], s["dispute_closed_count"]),
        ("dispute_closed_count",),
    ),
    Indicator(
        "dispute_age",
        "days",
        lambda s: work.dispute_mean(s["dispute_open_days"], s["dispute_open_count"]),
        ("dispute_open_count",),
    ),
    Indicator(
        "document_mean",
        "days",
        lambda s: work.days_per_document(s["document_days"], s["document_count"]),
        ("document_count",),
    ),
    Indicator(
        "complaint_rate",
        "rate",
        lambda s: work.complaint_rate(s["complaint_count"], s["reminder_count"]),
        ("complaint_count",),
    ),
    Indicator(
        "case_rate",
        "rate",
        lambda s: work.cases_worth(s["case_useful"], s["case_judged"]),
        ("case_judged",),
        1,
    ),
)


class BtpFigure(models.Model):
    """Indicators of a month: reckoned from its sums, opened down to their lines."""

    _inherit = "btp.figure"

    # === PUBLIC === #

    @api.model
    def get_indicators(self, month=None, filters=None, company_id=None) -> list[dict]:
        """Return every indicator of a company for a month, with its definition.

        :param month: any day of a closed month, as text; nothing: this month up to today
        :param dict filters: dimensions of `btp.figure.mixin` and their value
        :param company_id: one of the companies that are chosen; nothing: the first
        :return: ``code, name, definition, unit, value, reason, words``
        """
        self.check_access("read")
        company = self._choose_company(company_id)
        figures = self.with_company(company)
        month = figures._to_month(month)
        sums = figures._get_sums(company, month, filters or {})
        definitions = self._get_definitions()
        return [
            {
                **definitions[one.code],
                **self._answer(one.reckon(sums)),
                "code": one.code,
                "unit": one.unit,
                "good": one.good,
            }
            for one in INDICATORS
        ]

    @api.model
    def get_lines_action(self, code, month=None, filters=None, company_id=None) -> dict:
        """Return the action that opens the very lines a figure is made of.

        :param str code: of an indicator or of a measure
        """
        self.check_access("read")
        names = {one.code: one.lines for one in INDICATORS}
        if code not in names and code not in (*MEASURES, "owed", "overdue"):
            raise UserError(self.env._("There is no figure of this name."))
        figures = self.with_company(self._choose_company(company_id))
        month = figures._to_month(month)
        return figures._open_lines(code, month, (filters or {}).items())

    # === BUSINESS === #

    @api.model
    def _to_month(self, month) -> date | None:
        """Return the first day of a closed month, None for the one that goes on."""
        if not month:
            return None
        day = date.fromisoformat(month) if isinstance(month, str) else month
        this = self.env["btp.echeance"]._get_today().replace(day=1)
        return day.replace(day=1) if day < this else None

    @api.model
    def _answer(self, figure: Figure) -> dict:
        value = None if figure.value is None else float(figure.value)
        words = figure.reason and self._get_reasons()[figure.reason]
        return {"value": value, "reason": figure.reason, "words": words or ""}

    @api.model
    def _get_period(self, month) -> tuple[date, date]:
        """Return the first and the last day of a month; of this one, up to today."""
        today = self.env["btp.echeance"]._get_today()
        if not month:
            return today.replace(day=1), today
        return month, self.env["btp.figure.source"]._get_month_end(month)

    @api.model
    def _where(self, filters) -> SQL:
        """Return the condition of some dimensions on ``s``."""
        conditions = [SQL("TRUE")]
        for name, value in dict(filters).items():
            if name not in DIMENSIONS:
                raise UserError(self.env._("Figures are not kept by “%s”.", name))
            value = getattr(value, "id", value) or None
            conditions.append(
                SQL("%s IS NOT DISTINCT FROM %s", SQL.identifier("s", name), value)
            )
        return SQL(" AND ").join(conditions)

    @api.model
    def _get_sums(self, company, month, filters) -> dict:
        """Return the sums of a month: as kept where it ended, from the ledger where it goes on.

        :return: every measure, and ``months``: ``(sales, days)`` back from this one
        """
        where = self._where(filters)
        first, last = self._get_period(month)
        mixin = self.env["btp.figure.mixin"]
        if month:
            rows = SQL(
                "SELECT * FROM %s s WHERE company_id = %s AND month = %s AND %s",
                self.env["btp.figure.snapshot"]._get_kept_sql(filters),
                company.id,
                month,
                where,
            )
        else:
            rows = self.env["btp.figure.source"]._get_rows_sql(
                company, first, last, where
            )
        [sums] = self.env.execute_query_dict(
            SQL("SELECT %s FROM (%s) s", mixin._sum_sql(), rows)
        )
        sums["months"] = self._get_sales_back(company, first, last, filters, sums)
        return sums

    @api.model
    def _get_sales_back(self, company, first, last, filters, sums) -> list[tuple]:
        """Return what was sold month by month, the last first, as far as it is kept."""
        rows = self.env.execute_query(
            SQL(
                "SELECT month, SUM(sales) FROM %s s"
                " WHERE company_id = %s AND month < %s AND %s GROUP BY month",
                self.env["btp.figure.snapshot"]._get_kept_sql(filters),
                company.id,
                first,
                self._where(filters),
            )
        )
        kept = dict(rows)
        months = [(sums["sales"], last.day)]
        oldest = min(kept, default=first)
        for ago in range(1, COUNT_BACK):
            month = first - relativedelta(months=ago)
            if month < oldest:
                break
            days = monthrange(month.year, month.month)[1]
            months.append((kept.get(month, 0), days))
        return months

    # === LINES === #

    @api.model
    def _open_lines(self, code, month, filters) -> dict:
        """Return the action that opens the lines of a figure."""
        filters = {name: getattr(value, "id", value) for name, value in filters}
        measures = self._get_line_measures(code)
        first, last = self._get_period(month)
        model, ids = self._get_line_ids(
            self.env.company, first, last, filters, measures
        )
        if len(ids) > MOST_LINES:
            raise UserError(
                self.env._(
                    "%(count)s lines make up this figure: choose a customer, a chantier "
                    "or another filter first.",
                    count=len(ids),
                )
            )
        names = {c: d["name"] for c, d in self._get_definitions().items()}
        return {
            "type": "ir.actions.act_window",
            "name": names.get(code)
            or self._fields[code].get_description(self.env)["string"],
            "res_model": model,
            "view_mode": "list,form",
            "views": [[False, "list"], [False, "form"]],
            "domain": [("id", "in", ids)],
            "context": {"create": False},
        }

    @api.model
    def _get_line_measures(self, code) -> tuple:
        """Return the measures that the lines of a figure have."""
        if code == "owed":
            return OPEN
        if code == "overdue":
            return OVERDUE
        return {one.code: one.lines for one in INDICATORS}.get(code, (code,))

    @api.model
    def _get_line_ids(self, company, first, last, filters, measures) -> tuple:
        """Return the model and the ids of the lines that have one of these measures.

        :param date first: first day of the period
        :param date last: day as of which the ledger is read
        """
        source = self.env["btp.figure.source"]
        source._flush_sources()
        names, query = next(
            found
            for found in source._get_sources(company, first, last)
            if measures[0] in found[0]
        )
        known = [RECORDS[name] for name in names if name in RECORDS]
        model = known[0] if known else "account.move.line"
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT id FROM (%s) s WHERE %s AND (%s)",
                query,
                self._where(filters),
                SQL(" OR ").join(
                    SQL("%s <> 0", SQL.identifier("s", name)) for name in measures
                ),
            )
        )
        return model, sorted(id_ for (id_,) in rows)
