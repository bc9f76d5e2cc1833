# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine.figures.dso import YEAR
from .btp_figure_mixin import DIMENSIONS, MEASURES, OVERDUE


class Ratio(NamedTuple):
    """A figure that does not add up: sums over sums, at every level of a pivot.

    :param part: measures that are added, those of ``minus`` taken off
    :param whole: measures of what it is a share of, those of ``less`` taken off
    """

    part: tuple
    whole: tuple
    minus: tuple = ()
    less: tuple = ()
    factor: int = 1
    #: Nothing where the part is negative: open credits larger than the debts.
    owed: bool = False


RATIOS = {
    "dso": Ratio(
        ("receivable",), ("sales_year",), ("retained",), factor=YEAR, owed=True
    ),
    "dso_whole": Ratio(("receivable",), ("sales_year",), factor=YEAR, owed=True),
    "dso_best": Ratio(("not_due",), ("sales_year",), factor=YEAR, owed=True),
    "days_delinquent": Ratio(
        ("receivable",), ("sales_year",), ("retained", "not_due"), factor=YEAR
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

    @property
    def _table_query(self) -> SQL:
        self.env["btp.figure.snapshot"].flush_model()
        terms = [SQL.identifier("s", name) for name in MEASURES]
        return SQL(
            """
            SELECT s.id, s.company_id, c.currency_id, s.month, s.version, %s, %s,
                   s.receivable - s.retained AS owed, %s AS overdue, %s
              FROM btp_figure_snapshot s JOIN res_company c ON c.id = s.company_id
            """,
            self._columns_sql(DIMENSIONS, "s"),
            SQL(", ").join(terms),
            SQL(" + ").join(SQL.identifier("s", name) for name in OVERDUE),
            SQL(", ").join(
                SQL(
                    "%s AS %s",
                    self._ratio_sql(ratio, lambda name: SQL.identifier("s", name)),
                    SQL.identifier(name),
                )
                for name, ratio in RATIOS.items()
            ),
        )

    @api.model
    def _ratio_sql(self, ratio: Ratio, column) -> SQL:
        """Return a ratio as SQL, nothing where there is nothing to divide by.

        :param column: function from the name of a measure to its SQL
        """
        part = self._difference_sql(ratio.part, ratio.minus, column)
        whole = self._difference_sql(ratio.whole, ratio.less, column)
        return SQL(
            "CASE WHEN %(whole)s > 0 AND %(sound)s"
            " THEN (%(part)s) * %(factor)s / (%(whole)s) END",
            whole=whole,
            sound=SQL("%s >= 0", part) if ratio.owed else SQL("TRUE"),
            part=part,
            factor=ratio.factor,
        )

    @api.model
    def _difference_sql(self, plus, minus, column) -> SQL:
        whole = SQL(" + ").join(column(name) for name in plus)
        return SQL(" - ").join([whole, *(column(name) for name in minus)])

    def _read_group_select(self, aggregate_spec, query) -> SQL:
        # EXTENDS base: a mean of ratios is no ratio.
        name, _colon, aggregate = aggregate_spec.partition(":")
        if name not in RATIOS or aggregate != "avg":
            return super()._read_group_select(aggregate_spec, query)
        return self._ratio_sql(
            RATIOS[name],
            lambda measure: SQL(
                "SUM(%s)", self._field_to_sql(self._table, measure, query)
            ),
        )

    def action_open_lines(self):
        """Open the journal items of which the sums of these rows are made."""
        self.ensure_one()
        self.check_access("read")
        return self.with_company(self.company_id)._open_lines(
            "owed", self.month, [(name, self[name]) for name in DIMENSIONS]
        )
