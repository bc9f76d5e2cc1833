# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import format_date, formatLang

from ..engine.figures import cause
from ..engine.figures.dso import YEAR

#: A change of less is none: half a day of the DSO.
LEAST = 0.5
#: Customers whose reason is kept with a month: those of the largest pushes.
REASONS_KEPT = 10


class BtpFigure(models.Model):
    """Why the DSO moved, in one sentence."""

    _inherit = "btp.figure"

    @api.model
    def _say_cause(self, month, before, partners_before, now, partners, reasons) -> str:
        """Return how the DSO changed since a month, and who made it change.

        :param date month: the month that is compared with
        :param dict before: its sums, and ``partners_before`` those of each customer
        :param dict now: the sums of now, and ``partners`` those of each customer
        :param reasons: function from a customer to its reason, as `_get_reason` gives it
        """
        found = cause.explain(
            self._get_owed(partners_before),
            self._get_owed(partners),
            before["sales_year"],
            now["sales_year"],
            before["covered"],
            now["covered"],
        )
        if found.change is None:
            return self.env._("No month to compare with yet.")
        since = format_date(self.env, month, date_format="LLLL yyyy")
        if abs(found.change) < LEAST:
            return self.env._("DSO unchanged since the end of %s.", since)
        change, parts = cause.shown(found)
        return self.env._(
            "%(days)s days since the end of %(month)s: %(parts)s.",
            days=self._format_days(change),
            month=since,
            parts=self.env._(", ").join(
                self._say_parts(
                    parts, reasons, min(before["covered"], now["covered"]) < YEAR
                )
            ),
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
    def _say_parts(self, parts, reasons, young=False) -> list[str]:
        """Return the parts of a change in words: they add up to it.

        :param parts: what ``cause.shown`` gives
        :param reasons: function from a customer to what blocks its largest late invoice
        :param young: less than a year of sales is known: their days moved too
        """
        said = []
        for key, days in parts:
            text = self._format_days(days)
            if key == cause.SALES and young:
                said.append(self.env._("%s from sales known for more days", text))
            elif key == cause.SALES:
                said.append(
                    self.env._("%s because less was invoiced over twelve months", text)
                    if days > 0
                    else self.env._(
                        "%s because more was invoiced over twelve months", text
                    )
                )
            elif key == cause.OTHERS:
                said.append(self.env._("%s from all others", text))
            else:
                name = self.env["res.partner"].browse(key).sudo().display_name
                why = self._word_reason(reasons(key)) if days > 0 else ""
                values = {"days": text, "name": name, "why": why}
                said.append(
                    self.env._("%(days)s from %(name)s (%(why)s)", **values)
                    if why
                    else self.env._("%(days)s from %(name)s", **values)
                )
        return said

    # === REASONS === #

    @api.model
    def _get_reason(self, partner, month, filters) -> dict:
        """Return what blocked a customer's largest late invoice when a month ended.

        As it was kept when the month was closed; today for the month that goes on.

        :return: ``kind`` (document, dispute, overdue), ``invoice``, ``type_id``,
            ``document``; empty where nothing was late
        """
        company = self.env.company
        kept = self.env["btp.figure.total"]._get_kept(company, month) if month else {}
        reasons = kept.get("reasons", {})
        if not filters and str(partner) in reasons:
            return reasons[str(partner)]
        day = self._get_period(month)[1]
        return self._read_reasons(company, [partner], day, filters).get(partner, {})

    @api.model
    def _make_words(self, company, month) -> dict:
        """Return what is kept of a month beside its sums: reasons and a median.

        The reasons are those of the customers that made the debts grow most since the month
        before: whom the cause may name.
        """
        source = self.env["btp.figure.source"]
        first, last = month, source._get_month_end(month)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner_id FROM btp_figure_snapshot
                 WHERE company_id = %(company)s AND month IN (%(month)s, %(before)s)
                   AND partner_id IS NOT NULL AND receivable <> 0
                 GROUP BY partner_id
                 ORDER BY SUM(CASE month WHEN %(month)s THEN receivable - retained
                                         ELSE retained - receivable END) DESC
                 LIMIT %(most)s
                """,
                company=company.id,
                month=month,
                before=month - relativedelta(months=1),
                most=REASONS_KEPT,
            )
        )
        reasons = self._read_reasons(company, [key for (key,) in rows], last, {})
        return {
            "reasons": {str(key): reason for key, reason in reasons.items()},
            "dispute_median": source._get_dispute_median(
                company, first, last, SQL("TRUE")
            ),
        }

    @api.model
    def _word_reason(self, reason) -> str:
        """Return a reason in words."""
        if not reason:
            return ""
        if reason["kind"] == "document":
            kind = self.env["btp.document.type"].sudo().browse(reason["type_id"])
            return self.env._(
                "%(invoice)s waits for: %(document)s",
                invoice=reason["invoice"],
                document=kind.exists().name or reason["document"],
            )
        if reason["kind"] == "dispute":
            return self.env._("%s is in dispute", reason["invoice"])
        return self.env._("%s is overdue", reason["invoice"])

    @api.model
    def _read_reasons(self, company, partners, day, filters) -> dict[int, dict]:
        """Return what blocked the largest late invoice of customers on a day.

        What was left to pay, which documents had not come and which disputes were open is
        read as of that day: payments, documents and invoices of later are not known yet.

        :param list partners: ids of commercial partners
        """
        if not partners:
            return {}
        for name in ("btp.document", "btp.document.need", "btp.dispute"):
            self.env[name].flush_model()
        self.env["btp.figure.source"]._flush_sources()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT DISTINCT ON (partner_id) partner_id, name AS invoice, need.type_id,
                       EXISTS (
                        SELECT 1 FROM btp_dispute d
                         WHERE d.move_id = late.move_id AND d.opened_on <= %(day)s
                           AND (d.state = 'open' OR d.closed_on > %(day)s)) AS disputed
                  FROM (
                    SELECT l.id, m.id AS move_id, m.name, m.invoice_date,
                           p.commercial_partner_id AS partner_id,
                           l.amount_residual + COALESCE(later.amount, 0) AS residual
                      FROM account_move_line l
                      JOIN account_move m ON m.id = l.move_id
                           AND m.move_type = 'out_invoice'
                      JOIN res_partner p ON p.id = l.partner_id
                      LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
                      LEFT JOIN LATERAL (
                        SELECT SUM(pr.amount) AS amount FROM account_partial_reconcile pr
                         WHERE pr.debit_move_id = l.id AND pr.max_date > %(day)s
                      ) later ON TRUE
                     WHERE l.company_id = %(company)s AND l.parent_state = 'posted'
                       AND l.account_id IN %(accounts)s AND l.balance > 0
                       AND l.date <= %(day)s
                       AND COALESCE(l.date_maturity, l.date) < %(day)s
                       AND p.commercial_partner_id = ANY(%(partners)s)
                       AND (%(chantier)s IS NULL OR ch.id = %(chantier)s)
                       AND (%(user)s IS NULL OR ch.user_id = %(user)s)
                  ) late
                  LEFT JOIN LATERAL (
                    SELECT d.type_id FROM btp_document_need n
                      JOIN btp_document d ON d.id = n.document_id
                     WHERE n.move_id = late.move_id AND n.level = 'required'
                       AND d.expected_since <= %(day)s
                       AND (d.state IN ('expected', 'refused')
                            OR d.state = 'received' AND (d.received_on > %(day)s
                               OR d.valid_until < late.invoice_date))
                     ORDER BY d.id LIMIT 1
                  ) need ON TRUE
                 WHERE residual > 0
                 ORDER BY partner_id, residual DESC, late.id
                """,
                company=company.id,
                accounts=self.env["btp.figure.source"]._get_account_ids(),
                day=day,
                partners=list(partners),
                chantier=SQL("%s::int", filters.get("chantier_id") or None),
                user=SQL("%s::int", filters.get("user_id") or None),
            )
        )
        kinds = self.env["btp.document.type"].sudo()
        return {
            row["partner_id"]: {
                "kind": "document"
                if row["type_id"]
                else "dispute"
                if row["disputed"]
                else "overdue",
                "invoice": row["invoice"],
                "type_id": row["type_id"],
                "document": kinds.browse(row["type_id"]).name or "",
            }
            for row in rows
        }
