# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL


class BtpPrivacyRule(models.Model):
    _inherit = "btp.privacy.rule"

    kind = fields.Selection(
        selection_add=[("escalation", "Cases settled by a person")],
        ondelete={"escalation": "cascade"},
    )


class BtpPrivacy(models.AbstractModel):
    """What persons wrote about customers while they settled cases."""

    _inherit = "btp.privacy"

    @api.model
    def _query_escalation(self, company, today, cutoff, partner_ids=None):
        self.env["btp.escalation"].flush_model()
        return SQL(
            """
            SELECT e.id, (e.state = 'open' OR %(debtor)s) AS held
              FROM btp_escalation e
             WHERE e.company_id = %(company)s AND %(about)s
               AND (e.note > '' OR e.reason > '')
               AND COALESCE(e.closed_on, e.opened_on) <= %(cutoff)s
            """,
            debtor=self._debtor_held(SQL("e.partner_id"), company),
            company=company.id,
            cutoff=cutoff or date.max,
            about=self._about([SQL("e.partner_id")], partner_ids),
        )

    @api.model
    def _erase_escalation(self, ids):
        """Empty the words on cases; kind, outcome and amounts stay for the figures."""
        cases = self.env["btp.escalation"].sudo().browse(ids).try_lock_for_update()
        self._forget_messages(cases)
        self._empty_texts(cases)
        return len(cases)


class BtpEscalation(models.Model):
    _inherit = "btp.escalation"

    @api.model
    def _privacy_kept_texts(self) -> tuple[str, ...]:
        """Return the texts that say nothing of a person."""
        return ("res_model",)
