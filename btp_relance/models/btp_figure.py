# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.figures.dso import LEAST_HISTORY, MOST_SALES, YEAR
from .btp_figure_mixin import DIMENSIONS, MEASURES, OPENINGS, OVERDUE, STOCKS


class Ratio(NamedTuple):
    """A figure that does not add up: sums over sums, at every level of a pivot.

    :param part: measures that are added, those of ``minus`` taken off
    :param whole: measures of what it is a share of, those of ``less`` taken off
    :param days: a number of days of sales, over the days that the ledger covers
    """

    part: tuple
    whole: tuple
    minus: tuple = ()
    less: tuple = ()
    days: bool = False


RATIOS = {
    "dso": Ratio(("receivable",), ("sales_year",), ("retained",), days=True),
    "dso_whole": Ratio(("receivable",), ("sales_year",), days=True),
    "dso_best": Ratio(("not_due",), ("sales_year",), days=True),
    "dso_best_whole": Ratio(("not_due", "retained"), ("sales_year",), days=True),
    "days_delinquent": Ratio(
        ("receivable",), ("sales_year",), ("retained", "not_due"), days=True
    ),
    "overdue_rate": Ratio(OVERDUE, ("receivable",), less=("retained",)),
    "overdue_count_rate": Ratio(("overdue_count",), ("open_count",)),
    "effectiveness": Ratio(
        ("opening", "sales"),
        ("opening", "sales"),
        ("receivable",),
        ("not_due", "retained"),
    ),
    "delay": Ratio(("late_days_amount",), ("paid",)),
    "paid10_rate": Ratio(("paid10",), ("due10",)),
    "paid10_count_rate": Ratio(("paid10_count",), ("due10_count",)),
    "cost_rate": Ratio(
        ("cost_time", "cost_postage", "cost_fees"), ("collected_overdue",)
    ),
    "promise_rate": Ratio(("promise_kept",), ("promised",)),
    "dispute_mean": Ratio(("dispute_closed_days",), ("dispute_closed_count",)),
    "dispute_long_rate": Ratio(("dispute_long_count",), ("dispute_closed_count",)),
    "dispute_age": Ratio(("dispute_open_days",), ("dispute_open_count",)),
    "document_mean": Ratio(("document_days",), ("document_count",)),
    "complaint_rate": Ratio(("complaint_count",), ("reminder_count",)),
    "case_rate": Ratio(("case_useful",), ("case_judged",)),
    "forecast_missed_rate": Ratio(("forecast_missed",), ("forecast_actual",)),
    "forecast_bias_rate": Ratio(
        ("forecast_expected",), ("forecast_actual",), ("forecast_actual",)
    ),
}


def share(label, digits=(16, 4), **options):
    """Return a field of a figure that every level of a pivot reckons from its sums."""
    return fields.Float(
        label, digits=digits, readonly=True, aggregator="avg", **options
    )


class BtpFigure(models.Model):
    """Figures by month, to pivot: sums add up, ratios are reckoned from the sums."""

    _name = "btp.figure"
    _description = "Figures"
    _inherit = ["btp.figure.mixin"]
    _auto = False
    _order = "month desc, id"
    _rec_name = "month"

    version = fields.Integer(readonly=True, aggregator=None)
    currency_id = fields.Many2one("res.currency", related=None, readonly=True)
    owed = fields.Monetary(
        readonly=True, help="Without retentions held, open credits taken off."
    )
    overdue = fields.Monetary(readonly=True)

    dso = share("DSO (days)", (16, 1))
    dso_whole = share("DSO, Retentions Included (days)", (16, 1))
    dso_best = share("Best Possible DSO (days)", (16, 1))
    dso_best_whole = share("Best Possible DSO, Retentions Included (days)", (16, 1))
    days_delinquent = share("ADD (days)", (16, 1))
    overdue_rate = share("Overdue Rate")
    overdue_count_rate = share("Overdue Rate (in number)")
    effectiveness = share("CEI")
    delay = share("Average Delay (days)", (16, 1))
    paid10_rate = share("Paid Before J+10")
    paid10_count_rate = share("Paid Before J+10 (in number)")
    cost_rate = share("Cost to Collect")
    promise_rate = share("Promises Kept")
    dispute_mean = share("Dispute Time (days)", (16, 1))
    dispute_long_rate = share("Disputes Over 30 Days")
    dispute_age = share("Age of Open Disputes (days)", (16, 1))
    document_mean = share("Days Lost per Document", (16, 1))
    complaint_rate = share("Complaint Rate")
    case_rate = share("Escalations Worth It Rate")
    forecast_missed_rate = share("Forecasts Missed By (WAPE)")
    forecast_bias_rate = share("Forecast Bias")

    @property
    def _table_query(self) -> SQL:
        self.env["btp.figure.snapshot"].flush_model()

        def column(name):
            return SQL("COALESCE(%s, 0)", SQL.identifier("s", name))

        return SQL(
            """
            SELECT s.id, s.company_id, c.currency_id, s.month, s.version, s.covered, %s,
                   %s, %s - %s AS owed, %s AS overdue, %s
              FROM btp_figure_snapshot s JOIN res_company c ON c.id = s.company_id
            """,
            self._columns_sql(DIMENSIONS, "s"),
            SQL(", ").join(
                SQL("%s AS %s", column(name), SQL.identifier(name)) for name in MEASURES
            ),
            column("receivable"),
            column("retained"),
            SQL(" + ").join(map(column, OVERDUE)),
            SQL(", ").join(
                SQL(
                    "%s AS %s",
                    self._ratio_sql(ratio, column, SQL("s.covered")),
                    SQL.identifier(name),
                )
                for name, ratio in RATIOS.items()
            ),
        )

    @api.model
    def _ratio_sql(self, ratio: Ratio, column, covered: SQL | None = None) -> SQL:
        """Return a ratio as SQL, nothing where the indicator has a reason and no value.

        :param column: function from the name of a measure to its SQL
        :param covered: the days for which the ledger holds invoices; default: those of ``s``
        """
        covered = covered or SQL("MAX(s.covered)")
        part = self._difference_sql(ratio.part, ratio.minus, column)
        whole = self._difference_sql(ratio.whole, ratio.less, column)
        sound, factor = SQL("TRUE"), SQL("1")
        if ratio.days:
            days = SQL("COALESCE(%s, %s)", covered, YEAR)
            factor = SQL("LEAST(%s, %s)", days, YEAR)
            sound = SQL(
                "%s >= %s AND (%s) BETWEEN 0 AND %s * (%s)",
                days,
                LEAST_HISTORY,
                part,
                MOST_SALES,
                whole,
            )
        elif "cost_time" in ratio.part:
            # Time that has no rate, or nothing at all, is no cost of zero.
            sound = SQL(
                "COALESCE(%s, 0) <> 0 OR COALESCE(%s, 0) = 0 AND (%s) <> 0",
                column("cost_time"),
                column("minutes"),
                part,
            )
        return SQL(
            "CASE WHEN (%(whole)s) > 0 AND (%(sound)s)"
            " THEN (%(part)s) * %(factor)s / (%(whole)s) END",
            whole=whole,
            sound=sound,
            part=part,
            factor=factor,
        )

    @api.model
    def _difference_sql(self, plus, minus, column) -> SQL:
        def known(names):
            return [SQL("COALESCE(%s, 0)", column(name)) for name in names]

        return SQL(" - ").join([SQL(" + ").join(known(plus)), *known(minus)])

    # === PIVOT === #

    def _read_group(self, domain, groupby=(), aggregates=(), *args, **kwargs):
        # EXTENDS base: how months add up depends on whether they are apart.
        months = tuple(spec for spec in groupby if spec.split(":")[0] == "month")
        records = self.with_context(btp_figure_months=months)
        return super(BtpFigure, records)._read_group(
            domain, groupby, aggregates, *args, **kwargs
        )

    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        # OVERRIDE base: each level of a pivot has its own last month.
        return [
            self._read_group(
                domain, groupby, aggregates, order=self._order_of(groupby, order)
            )
            for groupby in grouping_sets
        ]

    @api.model
    def _order_of(self, groupby, order) -> str | None:
        """Return the part of an order that these groups can be ordered by."""
        parts = [part.strip() for part in (order or "").split(",")]
        return ", ".join(p for p in parts if p and p.split()[0] in groupby) or None

    @api.model
    def formatted_read_group(self, domain, groupby=(), aggregates=(), **kwargs):
        """Show nothing, never zero, where a ratio has no value."""
        # EXTENDS web
        groups = super().formatted_read_group(domain, groupby, aggregates, **kwargs)
        for group in groups:
            group.update(
                {
                    spec: None
                    for spec, value in group.items()
                    if value is False and spec.split(":")[0] in RATIOS
                }
            )
        return groups

    @api.model
    def formatted_read_grouping_sets(self, domain, grouping_sets, aggregates=(), **kw):
        """Leave the cell empty where a ratio has no value: a pivot shows False as 0 %."""
        # EXTENDS web
        found = super().formatted_read_grouping_sets(
            domain, grouping_sets, aggregates, **kw
        )
        return [
            [
                {
                    spec: value
                    for spec, value in group.items()
                    if value is not False or spec.split(":")[0] not in RATIOS
                }
                for group in groups
            ]
            for groups in found
        ]

    def _read_group_select(self, aggregate_spec, query) -> SQL:
        # EXTENDS base: a mean of ratios is no ratio, and a sum of month-ends no balance.
        name, _colon, aggregate = aggregate_spec.partition(":")
        if name in RATIOS and aggregate == "avg":
            return self._ratio_sql(
                RATIOS[name],
                lambda measure: self._filter_month(
                    SQL("SUM(%s)", self._field_to_sql(self._table, measure, query)),
                    measure,
                    query,
                ),
                SQL("MAX(%s)", self._field_to_sql(self._table, "covered", query)),
            )
        found = super()._read_group_select(aggregate_spec, query)
        if aggregate in ("sum", "sum_currency"):
            return self._filter_month(found, name, query)
        return found

    @api.model
    def _filter_month(self, aggregate: SQL, name: str, query) -> SQL:
        """Return a sum of what stood at the end of the last month of a group, or began it.

        The last month is that of all groups, not each one's own: a customer that owes
        nothing any more adds nothing to the whole.
        """
        months = self.env.context.get("btp_figure_months", ())
        if name not in (*STOCKS, *OPENINGS) or "month:month" in months:
            return aggregate
        company, month = (
            self._field_to_sql(self._table, field, query)
            for field in ("company_id", "month")
        )
        buckets = [
            self._read_group_groupby(self._table, spec, query) for spec in months
        ]
        return SQL(
            "%(aggregate)s FILTER (WHERE (%(company)s, %(month)s) IN ("
            "SELECT %(company)s, %(which)s(%(month)s) FROM %(table)s WHERE %(where)s"
            " GROUP BY %(keys)s))",
            aggregate=aggregate,
            company=company,
            month=month,
            which=SQL("MIN" if name in OPENINGS else "MAX"),
            table=query.from_clause,
            where=query.where_clause or SQL("TRUE"),
            keys=SQL(", ").join([company, *buckets]),
        )

    def action_open_lines(self):
        """Open the journal items of which the sums of these rows are made."""
        self.ensure_one()
        self.check_access("read")
        return self.with_company(self.company_id)._open_lines(
            "owed", self.month, [(name, self[name]) for name in DIMENSIONS]
        )
