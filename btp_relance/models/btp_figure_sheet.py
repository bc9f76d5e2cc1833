# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io

import xlsxwriter

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import format_date

from .btp_figure import RATIOS
from .btp_figure_mixin import MEASURES

#: How values look: Excel shows them in the way of its own language.
FORMATS = {
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "money": {"num_format": "#,##0.00"},
    "days": {"num_format": "0.0"},
    "rate": {"num_format": "0.00%"},
    "month": {"num_format": "mmm yyyy", "align": "left"},
    "text": {"text_wrap": True, "valign": "top"},
}


class BtpFigure(models.Model):
    """Every figure as a spreadsheet."""

    _inherit = "btp.figure"

    @api.model
    @api.private
    def get_sheet(self, month=None, filters=None, company_id=None) -> bytes:
        """Return a workbook: figures with their definition, months, customers.

        :param month: first day of a closed month; nothing: now
        :param dict filters: dimensions and their value
        :param company_id: one of the companies that are chosen
        """
        self.check_access("read")
        figures = self.with_company(self._choose_company(company_id))
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            formats = {name: book.add_format(how) for name, how in FORMATS.items()}
            figures._write_indicators(book, formats, month, filters)
            for name, keys in (
                (self.env._("Months"), ("month",)),
                (self.env._("Customers"), ("month", "partner_id")),
            ):
                figures._write_months(book, formats, name, keys, filters or {})
        return buffer.getvalue()

    @api.model
    def _get_sheet_name(self, month=None, company_id=None) -> str:
        """Return the name of the workbook's file: what it holds, of whom and when."""
        company = self._choose_company(company_id)
        day = self.with_company(company)._get_period(self._to_month(month))[1]
        name = self.env._(
            "Figures %(month)s – %(company)s",
            month=format_date(self.env, day, date_format="LLLL yyyy"),
            company=company.name,
        )
        return f"{name.replace('/', '-')}.xlsx"

    @api.model
    def _write_indicators(self, book, formats, month, filters):
        """Write one row for each figure: value or reason, and what it means."""
        sheet = book.add_worksheet(self.env._("Figures"))
        heads = (
            (self.env._("Figure"), 32),
            (self.env._("Value"), 14),
            (self.env._("Unit"), 8),
            (self.env._("Why there is none"), 40),
            (self.env._("Definition"), 100),
        )
        for column, (head, width) in enumerate(heads):
            sheet.set_column(column, column, width)
            sheet.write(0, column, head, formats["head"])
        units = {
            "days": self.env._("days"),
            "rate": "%",
            "money": self.env.company.currency_id.name,
        }
        found = self.get_indicators(month, filters, self.env.company.id)
        for row, figure in enumerate(found, 1):
            sheet.write(row, 0, figure["name"])
            if figure["value"] is not None:
                sheet.write_number(row, 1, figure["value"], formats[figure["unit"]])
            sheet.write(row, 2, units[figure["unit"]])
            sheet.write(row, 3, figure["words"])
            sheet.write(row, 4, figure["definition"], formats["text"])

    @api.model
    def _write_months(self, book, formats, title, keys, filters):
        """Write all sums and ratios of the kept months, by month or month and customer."""
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, len(keys))
        names = (*keys, *MEASURES, *RATIOS)
        for column, name in enumerate(names):
            label = self._fields[name].get_description(self.env)["string"]
            sheet.write(0, column, label, formats["head"])
        sheet.set_column(0, len(names), 14)
        columns = self._columns_sql(keys)
        rows = self.env.execute_query(
            SQL(
                "SELECT %(keys)s, %(sums)s, %(ratios)s FROM btp_figure_snapshot s"
                " WHERE company_id = %(company)s AND %(where)s"
                " GROUP BY %(keys)s ORDER BY %(keys)s",
                keys=columns,
                sums=self._sum_sql(),
                ratios=SQL(", ").join(
                    self._ratio_sql(
                        ratio, lambda name: SQL("SUM(%s)", SQL.identifier(name))
                    )
                    for ratio in RATIOS.values()
                ),
                company=self.env.company.id,
                where=self._where(filters),
            )
        )
        partners = {}
        if "partner_id" in keys:
            ids = {row[1] for row in rows if row[1]}
            partners = {
                partner.id: partner.display_name
                for partner in self.env["res.partner"].sudo().browse(ids)
            }
        for line, row in enumerate(rows, 1):
            for column, (name, value) in enumerate(zip(names, row, strict=True)):
                if name == "month":
                    sheet.write_datetime(line, column, value, formats["month"])
                elif name == "partner_id":
                    sheet.write_string(line, column, partners.get(value, ""))
                elif value is not None:
                    rate = name.endswith(("_rate", "effectiveness"))
                    how = "rate" if rate else "days" if name in RATIOS else "money"
                    sheet.write_number(line, column, value, formats[how])
