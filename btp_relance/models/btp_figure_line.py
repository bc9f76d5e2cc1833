# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .btp_figure import RATIOS
from .btp_figure_indicator import INDICATORS, RECORDS
from .btp_figure_mixin import MEASURES, OVERDUE

#: Lines above which a list opens by customer: its foot adds up what it shows.
MANY = 200
#: Figures made of the same lines as another: reckoned otherwise.
SAME = {
    "dso_count_back": "dso",
    "dso_count_back_whole": "dso_whole",
    "dispute_median": "dispute_mean",
}
#: Sources that a line's number tells apart.
SOURCES = 16


class Terms(NamedTuple):
    """What a figure sums up: measures that are added, and those taken off, above and below."""

    part: tuple
    minus: tuple = ()
    whole: tuple = ()
    less: tuple = ()


class BtpFigureLine(models.Model):
    """What a figure is made of, with what each line gives to it: the foot is the figure.

    Which figure, the context says: ``btp_figure`` holds ``code``, ``month``, ``filters`` and
    ``company_id``. Read from the ledger as it stood on the last day of the month.
    """

    _name = "btp.figure.line"
    _description = "Line of a Figure"
    _auto = False
    _order = "amount desc, number desc, id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    name = fields.Char("Document", compute="_compute_name")
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    chantier_id = fields.Many2one("btp.chantier", readonly=True)
    move_id = fields.Many2one("account.move", "Invoice", readonly=True)
    date = fields.Date(readonly=True)
    date_due = fields.Date("Due Date", readonly=True)
    amount = fields.Monetary(readonly=True)
    base = fields.Monetary("Divided By", readonly=True)
    number = fields.Float(digits=(16, 2), readonly=True)
    base_number = fields.Float("Divided By (number)", digits=(16, 2), readonly=True)

    # === COMPUTE METHODS === #

    @api.depends("res_model", "res_id", "move_id")
    @api.depends_context("lang")
    def _compute_name(self):
        for model, lines in self.grouped("res_model").items():
            if model == "account.move.line":
                for line in lines:
                    line.name = line.move_id.sudo().name
                continue
            records = self.env[model].sudo().browse(lines.mapped("res_id")).exists()
            names = {record.id: record.display_name for record in records}
            for line in lines:
                line.name = names.get(line.res_id, "")

    # === QUERY === #

    @property
    def _table_query(self) -> SQL:
        asked = self.env.context.get("btp_figure") or {}
        figures = self.env["btp.figure"]
        company = figures._choose_company(asked.get("company_id"))
        figures = figures.with_company(company)
        code = asked.get("code")
        terms = self._get_terms(code) if code else Terms(())
        first, last = figures._get_period(figures._to_month(asked.get("month")))
        where = figures._where(asked.get("filters") or {}) if code else SQL("FALSE")
        source = self.env["btp.figure.source"].with_company(company)
        source._flush_sources()
        wanted = {*terms.part, *terms.minus, *terms.whole, *terms.less}
        queries = [
            self._part_sql(rank, names, query, where, terms)
            for rank, (names, query) in enumerate(
                source._get_whole_sources(company, first, last)
            )
            if not code or wanted & set(names)
        ]
        return SQL(
            """
            SELECT s.id, %(company)s AS company_id, %(currency)s AS currency_id,
                   s.res_model, s.res_id, s.partner_id, s.chantier_id,
                   l.move_id, l.date, COALESCE(l.date_maturity, l.date) AS date_due,
                   %(columns)s
              FROM (%(queries)s) s
              LEFT JOIN account_move_line l
                     ON s.res_model = 'account.move.line' AND l.id = s.res_id
             WHERE s.part <> 0 OR s.whole <> 0
            """,
            company=company.id,
            currency=company.currency_id.id,
            columns=self._units_sql(terms),
            queries=SQL(" UNION ALL ").join(queries),
        )

    @api.model
    def _part_sql(self, rank, names, query, where, terms) -> SQL:
        """Return the query of one source's records, with what each gives to the figure."""
        return SQL(
            """
            SELECT s.id::bigint * %(sources)s + %(rank)s AS id, %(model)s AS res_model,
                   s.id AS res_id, MIN(s.partner_id) AS partner_id,
                   CASE WHEN COUNT(DISTINCT COALESCE(s.chantier_id, 0)) = 1
                        THEN MIN(s.chantier_id) END AS chantier_id,
                   %(part)s AS part, %(whole)s AS whole
              FROM (%(query)s) s WHERE %(where)s GROUP BY s.id
            """,
            sources=SOURCES,
            rank=rank,
            model=self._get_model(names),
            part=self._sums_sql(names, terms.part, terms.minus),
            whole=self._sums_sql(names, terms.whole, terms.less),
            query=query,
            where=where,
        )

    @api.model
    def _get_model(self, names) -> str:
        """Return what the rows of a source are, by its measures."""
        if "cost_time" in names and "reminder_count" not in names:
            return "btp.escalation"
        known = (RECORDS[name] for name in names if name in RECORDS)
        return next(known, "account.move.line")

    @api.model
    def _sums_sql(self, names, plus, minus) -> SQL:
        """Return the sum of measures, those that this source has, less others."""
        terms = [
            SQL("%s COALESCE(SUM(%s), 0)", SQL(sign), SQL.identifier("s", name))
            for sign, some in (("+", plus), ("-", minus))
            for name in some
            if name in names
        ]
        return SQL("(0 %s)::numeric", SQL(" ").join(terms))

    @api.model
    def _units_sql(self, terms) -> SQL:
        """Return both sums, each as money or as a number."""
        part, whole = self._is_money(terms.part), self._is_money(terms.whole)
        nothing = SQL("NULL::numeric")
        pairs = (
            ("amount", SQL("s.part") if part else nothing),
            ("number", nothing if part else SQL("s.part")),
            ("base", SQL("s.whole") if whole else nothing),
            ("base_number", nothing if whole else SQL("s.whole")),
        )
        return SQL(", ").join(
            SQL("%s AS %s", value, SQL.identifier(name)) for name, value in pairs
        )

    @api.model
    def _is_money(self, names) -> bool:
        """Return whether measures are amounts of money."""
        known = self.env["btp.figure.mixin"]._fields
        return bool(names) and known[names[0]].type == "monetary"

    @api.model
    def _get_terms(self, code) -> Terms:
        """Return what a figure or a measure sums up."""
        if code == "owed":
            return Terms(("receivable",), ("retained",))
        if code == "overdue":
            return Terms(OVERDUE)
        ratio = RATIOS.get(SAME.get(code, code))
        if ratio:
            return Terms(ratio.part, ratio.minus, ratio.whole, ratio.less)
        if code in MEASURES:
            return Terms((code,))
        raise UserError(self.env._("There is no figure of this name."))

    # === ACTIONS === #

    def action_open(self):
        """Open the document behind the line."""
        self.ensure_one()
        self.check_access("read")
        line = self.move_id or self.env[self.res_model].browse(self.res_id)
        return line.get_formview_action()


class BtpFigure(models.Model):
    """A figure is opened down to its lines."""

    _inherit = "btp.figure"

    @api.model
    def get_lines_action(self, code, month=None, filters=None, company_id=None) -> dict:
        """Return the action that opens the very lines a figure is made of.

        :param str code: of an indicator or of a measure
        """
        self.check_access("read")
        figures = self.with_company(self._choose_company(company_id))
        month = figures._to_month(month)
        return figures._open_lines(code, month, (filters or {}).items())

    @api.model
    def _open_lines(self, code, month, filters) -> dict:
        """Return the action that opens the lines of a figure."""
        lines = self.env["btp.figure.line"]
        terms = lines._get_terms(code)
        asked = {
            "code": code,
            "month": fields.Date.to_string(month) if month else False,
            "company_id": self.env.company.id,
            "filters": {
                name: getattr(value, "id", value) or False for name, value in filters
            },
        }
        context = {
            "create": False,
            "btp_figure": asked,
            "btp_amount": "money" if lines._is_money(terms.part) else "number",
            "btp_base": terms.whole
            and ("money" if lines._is_money(terms.whole) else "number"),
        }
        if lines.with_context(btp_figure=asked).search_count([]) > MANY:
            context["group_by"] = ["partner_id"]
        return {
            "type": "ir.actions.act_window",
            "name": self._name_lines(code, terms),
            "res_model": lines._name,
            "view_mode": "list,kanban",
            "mobile_view_mode": "kanban",
            "views": [[False, "list"], [False, "kanban"]],
            "domain": [],
            "context": context,
        }

    @api.model
    def _name_lines(self, code, terms) -> str:
        """Return what a list of lines shows: the figure, and its sums above and below."""
        names = {one.code for one in INDICATORS}
        if code not in names:
            return self._fields[code].get_description(self.env)["string"]
        return self.env._(
            "%(figure)s: %(part)s ÷ %(whole)s",
            figure=self._get_definitions()[code]["name"],
            part=self._name_terms(terms.part, terms.minus),
            whole=self._name_terms(terms.whole, terms.less),
        )

    @api.model
    def _name_terms(self, plus, minus) -> str:
        """Return what a sum is, in the words of its columns."""
        if plus == OVERDUE:
            plus = ("overdue",)
        if (plus, minus) == (("receivable",), ("retained",)):
            plus, minus = ("owed",), ()

        def say(names, sign):
            return sign.join(
                self._fields[name].get_description(self.env)["string"] for name in names
            )

        return " − ".join(filter(None, (say(plus, " + "), say(minus, " − "))))
