# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import operator

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..const import SALE_TYPES

COMPARISONS = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


class BtpChantier(models.Model):
    """What the chantier earned and what it waits for, in the company's currency.

    One query gives the figures of a whole page of chantiers.
    """

    _inherit = "btp.chantier"

    amount_billed = fields.Monetary(
        "Billed",
        compute="_compute_figures",
        help="Posted invoices less credit notes, taxes included.",
    )
    amount_paid = fields.Monetary(
        "Paid",
        compute="_compute_figures",
        help="Billed, less what is left to pay.",
    )
    amount_left = fields.Monetary(
        "Left to Pay",
        compute="_compute_figures",
        help="Retention included; open credit notes are deducted.",
    )
    amount_overdue = fields.Monetary(
        "Overdue",
        compute="_compute_figures",
        search="_search_amount_overdue",
        help="Past due and left to pay. Credit notes not used yet are not deducted.",
    )
    amount_retained = fields.Monetary(
        "Retained",
        compute="_compute_figures",
        search="_search_amount_retained",
        help="Retention money that is not to be released yet.",
    )
    billed_percent = fields.Float(
        "Progress Billed",
        compute="_compute_figures",
        digits=(6, 1),
        help="Billed before tax, in percent of the contract and its signed avenants.",
    )

    # No dependency: what changes them is in the ledger, and each screen asks anew.
    def _compute_figures(self):
        figures = self._get_figures()
        for chantier in self:
            found = figures.get(chantier._origin.id, {})
            for name in ("billed", "paid", "left", "overdue", "retained"):
                chantier[f"amount_{name}"] = found.get(name, 0)
            total = chantier.amount_total
            chantier.billed_percent = (
                100 * found.get("billed_untaxed", 0) / total if total > 0 else 0
            )

    @api.model
    def _search_amount_overdue(self, comparison, value):
        return self._search_figure("overdue", comparison, value)

    @api.model
    def _search_amount_retained(self, comparison, value):
        return self._search_figure("retained", comparison, value)

    @api.model
    def _search_figure(self, name, comparison, value):
        compare = COMPARISONS.get(comparison)
        if not compare:
            return NotImplemented
        chantiers = self.with_context(active_test=False).search([])
        figures = chantiers._get_figures()
        return Domain(
            "id",
            "in",
            [
                chantier.id
                for chantier in chantiers
                if compare(figures.get(chantier.id, {}).get(name, 0), value)
            ],
        )

    # === HOOKS === #

    @api.model
    def _get_retention_accounts(self):
        """Return the accounts that hold retention money, of every company."""
        return self.env["res.company"].sudo().search([]).btp_retention_account_id

    # === THE QUERIES === #

    def _get_figures(self) -> dict[int, dict]:
        """Return the figures of these chantiers, in one query.

        :return: ``{chantier id: {"billed", "billed_untaxed", "paid", "left", "overdue",
            "retained"}}`` in the company's currency; a chantier without posted invoice is
            left out
        """
        if not self.ids:
            return {}
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT chantier_id, currency_id,
                       SUM(billed) AS billed, SUM(billed_untaxed) AS billed_untaxed,
                       SUM(residual) AS left, SUM(billed - residual) AS paid,
                       SUM(overdue) AS overdue,
                       SUM(retained) AS retained
                  FROM %s move
                 GROUP BY chantier_id, currency_id
                """,
                self._get_move_figures_sql(),
            )
        )
        currencies = self.env["res.currency"]
        return {
            row.pop("chantier_id"): self._round(
                currencies.browse(row.pop("currency_id")), row
            )
            for row in rows
        }

    @api.model
    def _round(self, currency, amounts: dict) -> dict:
        return {name: currency.round(amount) for name, amount in amounts.items()}

    def _get_move_figures(self) -> list[dict]:
        """Return what each posted invoice of these chantiers is worth, oldest first.

        :return: the columns of `_get_move_figures_sql`, rounded
        """
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT figures.* FROM %s figures JOIN account_move m ON m.id = move_id"
                " ORDER BY m.invoice_date, move_id",
                self._get_move_figures_sql(),
            )
        )
        currencies = self.env["res.currency"]
        keys = ("billed", "billed_untaxed", "residual", "overdue", "credit", "retained")
        for row in rows:
            amounts = {key: row[key] for key in keys}
            row.update(self._round(currencies.browse(row["currency_id"]), amounts))
        return rows

    def _get_move_figures_sql(self) -> SQL:
        """Return the subquery of what each posted invoice of these chantiers is worth.

        Columns: ``chantier_id, move_id, currency_id, billed, billed_untaxed, residual,
        overdue`` (past due), ``credit`` (open and negative), ``retained`` (not released),
        ``date_due`` (of what is left to pay first).
        """
        for model in ("account.move", "account.move.line", "btp.chantier"):
            self.env[model].flush_model()
        today = self.env["btp.echeance"]._get_today()
        due = SQL("COALESCE(l.date_maturity, l.date)")
        retained = SQL(
            "l.account_id IN %s AND %s >= %s",
            tuple(self._get_retention_accounts().ids) or (0,),
            due,
            today,
        )
        return SQL(
            """(
            SELECT m.btp_chantier_id AS chantier_id, m.id AS move_id,
                   c.currency_id,
                   -- The entry that releases a retention bills nothing.
                   CASE WHEN m.move_type = 'entry' THEN 0
                        ELSE m.amount_total_signed END AS billed,
                   CASE WHEN m.move_type = 'entry' THEN 0
                        ELSE m.amount_untaxed_signed END AS billed_untaxed, line.*
              FROM account_move m
              JOIN res_company c ON c.id = m.company_id
              JOIN LATERAL (
                SELECT COALESCE(SUM(l.amount_residual), 0) AS residual,
                       COALESCE(SUM(l.amount_residual) FILTER (
                           WHERE l.amount_residual > 0 AND %(due)s < %(today)s
                       ), 0) AS overdue,
                       COALESCE(SUM(l.amount_residual) FILTER (
                           WHERE l.amount_residual < 0 AND NOT (%(retained)s)
                       ), 0) AS credit,
                       COALESCE(SUM(l.amount_residual) FILTER (
                           WHERE %(retained)s
                       ), 0) AS retained,
                       -- What waits for its release does not speak before the rest.
                       COALESCE(
                           MIN(%(due)s) FILTER (
                               WHERE l.amount_residual <> 0 AND NOT (%(retained)s)
                           ),
                           MIN(%(due)s) FILTER (WHERE l.amount_residual <> 0),
                           MAX(%(due)s)
                       ) AS date_due
                  FROM account_move_line l
                  JOIN account_account a ON a.id = l.account_id
                 WHERE l.move_id = m.id AND a.account_type = 'asset_receivable'
              ) line ON TRUE
             WHERE m.btp_chantier_id IN %(ids)s AND m.state = 'posted'
               AND m.move_type IN %(types)s
            )""",
            due=due,
            today=today,
            retained=retained,
            ids=tuple(self.ids) or (0,),
            types=(*SALE_TYPES, "entry"),
        )
