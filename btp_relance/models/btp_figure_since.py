# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ..engine.figures import dso, receivables
from ..engine.figures.answer import exact

#: Months on each side of the first reminder that are compared.
SIDE = 6


class BtpFigure(models.Model):
    """Before and after the first reminder, with numbers of cases and no promise beyond."""

    _inherit = "btp.figure"

    @api.model
    def _get_now(self, company, filters) -> dict:
        # EXTENDS btp_relance
        page = super()._get_now(company, filters)
        return {**page, "since": "" if filters else self._say_since(company)}

    @api.model
    def _get_sides(self, company) -> dict | None:
        """Return the sums of the months before and after the month of the first reminder.

        :return: ``first`` (that month) and for ``before``, ``after`` the sums and ``months``;
            None where one side has no month yet
        """
        self.env["btp.relance"].flush_model()
        [(first,)] = self.env.execute_query(
            SQL(
                "SELECT MIN(contacted_on) FROM btp_relance WHERE company_id = %s",
                company.id,
            )
        )
        if not first:
            return None
        first = first.replace(day=1)
        last = self.env["btp.echeance"]._get_today().replace(day=1)
        names = ("paid10", "due10", "due10_count")
        # Sales of less than a year stand for a year; of less than 90 days for nothing.
        known = SQL(
            "FILTER (WHERE COALESCE(covered, %s) >= %s)", dso.YEAR, dso.LEAST_HISTORY
        )
        sides = {"first": first}
        for side, since, until in (
            ("before", first - relativedelta(months=SIDE), first),
            (
                "after",
                max(last - relativedelta(months=SIDE), first + relativedelta(months=1)),
                last,
            ),
        ):
            [row] = self.env.execute_query_dict(
                SQL(
                    """
                    SELECT %(sums)s, COUNT(DISTINCT month) AS months,
                           COALESCE(SUM(receivable - retained) %(known)s, 0) AS owed,
                           COALESCE(SUM(sales_year * %(year)s
                               / LEAST(COALESCE(covered, %(year)s), %(year)s)) %(known)s, 0)
                               AS sales_year
                      FROM btp_figure_total s
                     WHERE company_id = %(company)s AND month >= %(since)s
                       AND month < %(until)s
                    """,
                    sums=self._sum_sql(names),
                    known=known,
                    year=dso.YEAR,
                    company=company.id,
                    since=since,
                    until=until,
                )
            )
            sides[side] = row
        return sides if sides["before"]["months"] and sides["after"]["months"] else None

    @api.model
    def _say_since(self, company) -> str:
        """Return in one sentence what changed since the first reminder."""
        sides = self._get_sides(company)
        if not sides:
            return ""
        values = {
            "month": format_date(self.env, sides["first"], date_format="LLLL yyyy")
        }
        for side in ("before", "after"):
            row = sides[side]
            days = dso.dso(row["owed"], row["sales_year"]).value
            share = receivables.paid_before(row["paid10"], row["due10"]).value
            if share is None:
                return ""
            values |= {
                f"dso_{side}": None if days is None else self._format_number(days),
                f"paid_{side}": f"{share * 100:.0f}",
                f"cases_{side}": int(exact(row["due10_count"])),
                f"months_{side}": row["months"],
            }
        if None in values.values():
            return self.env._(
                "Since the first reminder (%(month)s): paid before J+10 from "
                "%(paid_before)s %% (%(cases_before)s amounts due, %(months_before)s "
                "months) to %(paid_after)s %% (%(cases_after)s amounts due, "
                "%(months_after)s months). Other things may have changed too.",
                **values,
            )
        return self.env._(
            "Since the first reminder (%(month)s): DSO from %(dso_before)s to %(dso_after)s "
            "days, paid before J+10 from %(paid_before)s %% (%(cases_before)s amounts due, "
            "%(months_before)s months) to %(paid_after)s %% (%(cases_after)s amounts due, "
            "%(months_after)s months). Other things may have changed too.",
            **values,
        )
