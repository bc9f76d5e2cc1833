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

from ..engine.figures import dso, forecast, receivables, work
from ..engine.figures.answer import Figure
from ..engine.figures.dso import LEAST_HISTORY, YEAR
from .btp_figure_mixin import DIMENSIONS, OVERDUE

#: Months of sales that a count-back may use up.
COUNT_BACK = 24
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
    "forecast_actual": "btp.figure.cash",
}
#: Figures in days of sales: over a shorter history they say so.
OF_SALES = ("dso", "dso_whole", "dso_best", "dso_best_whole", "days_delinquent")


class Indicator(NamedTuple):
    """A figure that people steer by.

    :param str code: stable name; :param str unit: days, rate, money
    :param reckon: function of the sums (a dict of measures, and ``months``) to a figure
    :param good: 1 where more is better, -1 where less is
    """

    code: str
    unit: str
    reckon: Callable
    good: int = -1


def _owed(s):
    return s["receivable"] - s["retained"]


def _days(figure, s, *sums):
    return dso.over_history(figure, *sums, s["sales_year"], covered=s["covered"])


def _overdue(s):
    return sum(s[name] for name in OVERDUE)


INDICATORS = (
    Indicator(
        "dso",
        "days",
        lambda s: _days(dso.dso, s, _owed(s)),
    ),
    Indicator(
        "dso_whole",
        "days",
        lambda s: _days(dso.dso, s, s["receivable"]),
    ),
    Indicator(
        "dso_count_back",
        "days",
        lambda s: dso.count_back(_owed(s), s["months"]),
    ),
    Indicator(
        "dso_best",
        "days",
        lambda s: _days(dso.best_possible, s, s["not_due"]),
    ),
    Indicator(
        "dso_count_back_whole",
        "days",
        lambda s: dso.count_back(s["receivable"], s["months"]),
    ),
    Indicator(
        "dso_best_whole",
        "days",
        lambda s: _days(dso.best_possible, s, s["not_due"] + s["retained"]),
    ),
    Indicator(
        "days_delinquent",
        "days",
        lambda s: _days(dso.average_days_delinquent, s, _owed(s), s["not_due"]),
    ),
    Indicator(
        "overdue_rate",
        "rate",
        lambda s: receivables.overdue_rate(_overdue(s), _owed(s)),
    ),
    Indicator(
        "overdue_count_rate",
        "rate",
        lambda s: receivables.overdue_rate(s["overdue_count"], s["open_count"]),
    ),
    Indicator(
        "effectiveness",
        "rate",
        lambda s: receivables.collection_effectiveness(
            s["opening"], s["sales"], s["receivable"], s["not_due"] + s["retained"]
        ),
        good=1,
    ),
    Indicator(
        "delay",
        "days",
        lambda s: receivables.average_delay(s["late_days_amount"], s["paid"]),
    ),
    Indicator(
        "paid10_rate",
        "rate",
        lambda s: receivables.paid_before(s["paid10"], s["due10"]),
        good=1,
    ),
    Indicator(
        "paid10_count_rate",
        "rate",
        lambda s: receivables.paid_before(s["paid10_count"], s["due10_count"]),
        good=1,
    ),
    Indicator(
        "cost_rate",
        "rate",
        lambda s: work.cost(
            s["cost_time"],
            s["cost_postage"],
            s["cost_fees"],
            s["collected_overdue"],
            s["minutes"],
            s["hourly_rate"],
        ),
    ),
    Indicator(
        "promise_rate",
        "rate",
        lambda s: work.promises_kept(s["promise_kept"], s["promised"]),
        good=1,
    ),
    Indicator(
        "dispute_mean",
        "days",
        lambda s: work.dispute_mean(
            s["dispute_closed_days"], s["dispute_closed_count"]
        ),
    ),
    Indicator(
        "dispute_median",
        "days",
        lambda s: work.dispute_median(s["dispute_median"]),
    ),
    Indicator(
        "dispute_long_rate",
        "rate",
        lambda s: work.dispute_long(s["dispute_long_count"], s["dispute_closed_count"]),
    ),
    Indicator(
        "dispute_age",
        "days",
        lambda s: work.dispute_mean(s["dispute_open_days"], s["dispute_open_count"]),
    ),
    Indicator(
        "document_mean",
        "days",
        lambda s: work.days_per_document(s["document_days"], s["document_count"]),
    ),
    Indicator(
        "complaint_rate",
        "rate",
        lambda s: work.complaint_rate(s["complaint_count"], s["reminder_count"]),
    ),
    Indicator(
        "case_rate",
        "rate",
        lambda s: work.cases_worth(s["case_useful"], s["case_judged"]),
        good=1,
    ),
    Indicator(
        "forecast_missed_rate",
        "rate",
        lambda s: forecast.missed_share(
            s["forecast_missed"], s["forecast_actual"], s["forecast_expected"]
        ),
    ),
    Indicator(
        "forecast_bias_rate",
        "rate",
        lambda s: forecast.bias_share(s["forecast_actual"], s["forecast_expected"]),
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
        :return: what `_say` returns of each
        """
        self.check_access("read")
        company = self._choose_company(company_id)
        figures = self.with_company(company)
        month = figures._to_month(month)
        sums = figures._get_sums(company, month, filters or {})
        return [figures._say(one, sums) for one in INDICATORS]

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
    def _say(self, one: Indicator, sums) -> dict:
        """Return an indicator in words and figures.

        :return: ``code, name, definition, note, unit, good, value, reason, words``
        """
        text = self._get_definitions()[one.code]
        note = ""
        answer = self._answer(one.reckon(sums))
        short = LEAST_HISTORY <= sums["covered"] < YEAR
        if one.code in OF_SALES and short and answer["value"] is not None:
            note = self.env._(
                "The ledger holds %s days of invoices: they stand for the year.",
                sums["covered"],
            )
        return {
            **text,
            **answer,
            "definition": f"{text['definition']} {note}".strip(),
            "note": note,
            "code": one.code,
            "unit": one.unit,
            "good": one.good,
        }

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

        :return: every measure, and what `_complete` adds
        """
        first, last = self._get_period(month)
        if month:
            rows = SQL(
                "SELECT * FROM %s s WHERE company_id = %s AND month = %s AND %s",
                self.env["btp.figure.snapshot"]._get_kept_sql(filters),
                company.id,
                month,
                self._where(filters),
            )
        else:
            rows = self.env["btp.figure.source"]._get_grouped_sql(
                company, first, last, self._where(filters), keys=()
            )
        [sums] = self.env.execute_query_dict(
            SQL("SELECT %s FROM (%s) s", self._sum_sql(), rows)
        )
        return self._complete(sums, company, month, filters)

    @api.model
    def _complete(self, sums, company, month, filters) -> dict:
        """Add to the sums of a month what does not add up.

        :return: the sums, ``months`` back from this one, ``covered``, ``dispute_median``
            and ``hourly_rate``
        """
        first, last = self._get_period(month)
        source = self.env["btp.figure.source"]
        kept = self.env["btp.figure.total"]._get_kept(company, month) if month else {}
        if filters or not kept:
            median = source._get_dispute_median(
                company, first, last, self._where(filters)
            )
        else:
            median = kept["dispute_median"]
        return {
            **sums,
            "months": self._get_sales_back(company, first, last, filters, sums),
            "covered": kept.get("covered") or source._get_covered(company, last),
            "dispute_median": median,
            "hourly_rate": company.sudo().btp_hourly_rate,
        }

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
        # A month that a customer has no part of is a month without sales, not an unknown one.
        oldest = min(
            self.env["btp.figure.snapshot"]._get_months(company), default=first
        )
        for ago in range(1, COUNT_BACK):
            month = first - relativedelta(months=ago)
            if month < oldest:
                break
            days = monthrange(month.year, month.month)[1]
            months.append((kept.get(month, 0), days))
        return months
