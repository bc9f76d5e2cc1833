# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL


class BtpEscalation(models.Model):
    """Messages that come back: found each day, from what is noted when they do."""

    _inherit = "btp.escalation"

    @api.model
    def _detect_bounces(self):
        """Open a case for each contact of a debtor to whom messages came back again.

        Counted are those of reminders, and Odoo's own counter on the contact, that invoices
        and other mails feed too; what an earlier case was about is not counted twice.

        :return: the new cases
        """
        return self._detect("bounces", self._explain_bounces)

    @api.model
    def _find_bounces(self, rule) -> list[dict]:
        today = self._get_today()
        bounced = self._read_bounces(rule)
        owing = {
            row["partner_id"]: row
            for row in self._read_debtors(rule, SQL("l.date_due < %s", today), today)
        }
        return [
            {**owing[row["partner_id"]], **row}
            for row in bounced
            if row["partner_id"] in owing
        ]

    @api.model
    def _explain_bounces(self, _rule, row: dict) -> str:
        contact = self.env["res.partner"].browse(row["contact_id"])
        return self.env._(
            "%(count)s messages to %(contact)s came back: find another address or "
            "another person.",
            count=row["bounce_count"],
            contact=contact.name or row["email"],
        )

    @api.model
    def _read_bounces(self, rule) -> list[dict]:
        """Return the contacts to whom enough messages came back, most of them first."""
        self.env["btp.contact.answer"].flush_model()
        self.env["res.partner"].flush_model()
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT DISTINCT ON (found.partner_id) found.* FROM (
                    SELECT ct.id AS contact_id, ct.email,
                           ct.commercial_partner_id AS partner_id,
                           GREATEST(COALESCE(a.count, 0), COALESCE(ct.message_bounce, 0))
                           - COALESCE((
                               SELECT SUM(e.bounce_count) FROM btp_escalation e
                                WHERE e.kind = 'bounces' AND e.company_id = %(company)s
                                  AND e.res_model = 'res.partner' AND e.res_id = ct.id
                           ), 0) AS bounce_count
                      FROM res_partner ct
                      LEFT JOIN (
                        SELECT contact_id, COUNT(*) AS count FROM btp_contact_answer
                         WHERE company_id = %(company)s AND kind = 'bounced'
                         GROUP BY contact_id
                      ) a ON a.contact_id = ct.id
                     WHERE ct.active AND (
                           -- Corrected since, an address asks nothing of anybody.
                           a.count > 0 AND ct.btp_wrong_email = ct.email_normalized
                           OR ct.message_bounce >= %(count)s)
                ) found
                 WHERE found.bounce_count >= %(count)s
                 ORDER BY found.partner_id, found.bounce_count DESC, found.contact_id
                """,
                company=self.env.company.id,
                count=rule.min_bounces,
            )
        )
