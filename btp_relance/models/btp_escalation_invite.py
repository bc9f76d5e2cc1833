# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import format_date, formatLang

from .btp_escalation_stat import COLLECTED_DAYS


class BtpEscalation(models.Model):
    """Once a month, the manager is invited to look at what cases were worth."""

    _inherit = "btp.escalation"

    @api.model
    def _invite_to_review(self):
        """Write to the manager of the current company, once a month, what cases were worth.

        In the first days of a month, where there were any in the month before.
        """
        company = self.env.company
        today = self._get_today()
        first = today.replace(day=1)
        self.env["btp.escalation.rule"]._ensure_own(company)
        if company.btp_review_on and company.btp_review_on >= first:
            return
        manager = company._get_btp_manager()
        before = first - relativedelta(months=1)
        company.sudo().btp_review_on = today
        figures = self._get_figures(before, first)
        if not figures["count"] or not manager.email:
            return
        manager = manager.with_context(lang=manager.lang or self.env.lang)
        month = format_date(manager.env, before, date_format="MMMM yyyy")
        figures["collected"] = formatLang(
            manager.env, figures["collected"], currency_obj=company.currency_id
        )
        self._write_to_manager(manager, company, month, figures)

    @api.model
    def _get_figures(self, first, end) -> dict:
        """Return what the cases opened from a day to before another one brought.

        An amount may be at stake in several cases: what was collected counts once.
        """
        stats = self.env["btp.escalation.stat"].sudo()
        domain = [
            ("company_id", "=", self.env.company.id),
            ("opened_on", ">=", first),
            ("opened_on", "<", end),
        ]
        [(count, customers, judged, useful)] = stats._read_group(
            domain,
            [],
            ["__count", "partner_id:count_distinct", "judged:sum", "useful:sum"],
        )
        [(collected,)] = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(SUM(pr.amount), 0) FROM account_partial_reconcile pr
                 WHERE pr.id IN (
                    SELECT part.id
                      FROM btp_escalation e
                      JOIN btp_escalation_line_rel rel ON rel.escalation_id = e.id
                      JOIN (%(payments)s) part ON part.line_id = rel.line_id
                     WHERE e.company_id = %(company)s
                       AND e.opened_on >= %(first)s AND e.opened_on < %(end)s
                       AND part.day BETWEEN e.opened_on AND e.opened_on + %(days)s)
                """,
                payments=stats._get_payments_sql(),
                company=self.env.company.id,
                first=first,
                end=end,
                days=COLLECTED_DAYS,
            )
        )
        return {
            "count": count,
            "customers": customers,
            "judged": judged,
            "useful": useful,
            "collected": collected,
        }

    @api.model
    def _write_to_manager(self, manager, company, month: str, figures: dict):
        """Send the invitation to the monthly review, in the language of the manager."""
        env = manager.env
        sentences = [
            env._("Hello %s,", manager.name),
            env._(
                "In %(month)s, %(count)s cases about %(customers)s customers went to a "
                "person at %(company)s: %(collected)s of what was at stake were collected "
                "in 30 days.",
                month=month,
                company=company.name,
                **{name: figures[name] for name in ("count", "customers", "collected")},
            ),
            env._(
                "Look at what each kind was worth, and raise the thresholds of those that "
                "were not: which cases a new threshold would have kept shows as you type."
            ),
        ]
        if figures["judged"]:
            sentences.insert(
                2,
                env._(
                    "Useful, for whoever handled them: %(useful)s of %(judged)s.",
                    useful=figures["useful"],
                    judged=figures["judged"],
                ),
            )
        body = env["ir.qweb"]._render(
            "btp_relance.escalation_review_mail",
            {
                "sentences": sentences,
                "url": f"{company.get_base_url()}/odoo/escalation-review",
            },
        )
        env["mail.mail"].sudo().create(
            {
                "subject": env._(
                    "%(company)s: which cases were worth it in %(month)s?",
                    company=company.name,
                    month=month,
                ),
                "body_html": body,
                "email_from": company.email_formatted or manager.email_formatted,
                "email_to": manager.email_formatted,
                "auto_delete": True,
            }
        )
