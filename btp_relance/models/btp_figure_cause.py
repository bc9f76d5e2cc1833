# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import format_date, formatLang

from ..engine.figures import cause

#: A push of less is not named: half a day of the DSO.
LEAST = 0.5


class BtpFigure(models.Model):
    """Why the DSO moved, in one sentence."""

    _inherit = "btp.figure"

    @api.model
    def _say_cause(self, month, before, partners_before, now, partners, filters) -> str:
        """Return how the DSO changed since a month, and who made it change.

        :param date month: the month that is compared with
        :param dict before: its sums, and ``partners_before`` those of each customer
        :param dict now: the sums of now, and ``partners`` those of each customer
        """
        found = cause.explain(
            self._get_owed(partners_before),
            self._get_owed(partners),
            before["sales_year"],
            now["sales_year"],
        )
        if found.change is None:
            return self.env._("No month to compare with yet.")
        since = format_date(self.env, month, date_format="LLLL yyyy")
        days = self._format_days(found.change)
        parts = self._get_pushes(found, filters)
        if abs(found.change) < LEAST:
            return self.env._("DSO unchanged since the end of %s.", since)
        if not parts:
            return self.env._(
                "%(days)s days since the end of %(month)s.", days=days, month=since
            )
        return self.env._(
            "%(days)s days since the end of %(month)s: %(parts)s.",
            days=days,
            month=since,
            parts=self.env._(", ").join(parts),
        )

    @api.model
    def _get_owed(self, partners) -> dict:
        return {
            key: row["receivable"] - row["retained"] for key, row in partners.items()
        }

    @api.model
    def _format_days(self, days) -> str:
        """Return signed days to one decimal, in the way of the language."""
        return f"{'+' if days >= 0 else '−'}{self._format_number(abs(days))}"

    @api.model
    def _format_number(self, value) -> str:
        """Return a number to one decimal, in the way of the language."""
        return formatLang(self.env, float(value), digits=1)

    @api.model
    def _get_pushes(self, found, filters) -> list[str]:
        """Return what made most of the change, two customers at most and the sales."""
        way = 1 if found.change >= 0 else -1
        parts = []
        for partner, days in found.parts[:2]:
            if days * way < LEAST or not partner:
                continue
            name = self.env["res.partner"].browse(partner).sudo().display_name
            why = self._say_why(partner, filters) if way > 0 else ""
            values = {"days": self._format_days(days), "name": name, "why": why}
            parts.append(
                self.env._("%(days)s from %(name)s (%(why)s)", **values)
                if why
                else self.env._("%(days)s from %(name)s", **values)
            )
        if found.sales * way >= LEAST:
            days = self._format_days(found.sales)
            parts.append(
                self.env._("%s because less was invoiced over twelve months", days)
                if way > 0
                else self.env._("%s because more was invoiced over twelve months", days)
            )
        return parts

    @api.model
    def _say_why(self, partner, filters) -> str:
        """Return what blocks the largest late invoice of a customer: a document, a dispute."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.id FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id AND m.move_type = 'out_invoice'
                  JOIN res_partner p ON p.id = l.partner_id
                  LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
                 WHERE l.company_id = %(company)s AND l.parent_state = 'posted'
                   AND l.account_id IN %(accounts)s AND l.amount_residual > 0
                   AND l.reconciled IS NOT TRUE
                   AND COALESCE(l.date_maturity, l.date) < %(today)s
                   AND p.commercial_partner_id = %(partner)s
                   AND (%(chantier)s IS NULL OR ch.id = %(chantier)s)
                   AND (%(user)s IS NULL OR ch.user_id = %(user)s)
                 ORDER BY l.amount_residual DESC, l.id LIMIT 1
                """,
                company=self.env.company.id,
                accounts=self.env["btp.figure.source"]._get_account_ids(),
                today=self.env["btp.echeance"]._get_today(),
                partner=partner,
                chantier=SQL("%s::int", filters.get("chantier_id") or None),
                user=SQL("%s::int", filters.get("user_id") or None),
            )
        )
        if not rows:
            return ""
        move = self.env["account.move"].sudo().browse(rows[0][0])
        need = (
            self.env["btp.document.need"]
            .sudo()
            .search([("move_id", "=", move.id), ("missing", "=", True)], limit=1)
        )
        if need:
            return self.env._(
                "%(invoice)s waits for: %(document)s",
                invoice=move.name,
                document=need.type_id.name,
            )
        dispute = (
            self.env["btp.dispute"]
            .sudo()
            .search_count([("move_id", "=", move.id), ("state", "=", "open")], limit=1)
        )
        if dispute:
            return self.env._("%s is in dispute", move.name)
        return self.env._("%s is overdue", move.name)
