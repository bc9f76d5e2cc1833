# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, models
from odoo.tools.misc import format_date


class BtpRelanceEngine(models.AbstractModel):
    """A dispute that waits too long is a case for a person."""

    _inherit = "btp.relance.engine"

    @api.model
    def _refresh_open(self):
        # pylint: disable=missing-return
        # EXTENDS btp_relance
        super()._refresh_open()
        self._retry(self._escalate_disputes)

    @api.model
    def _escalate_disputes(self):
        """Hand the disputes whose deadline has passed to a person."""
        for company in self.env["res.company"].search([]):
            disputes = self.env["btp.dispute"].with_company(company)
            today = self.env["btp.echeance"].with_company(company)._get_today()
            late = disputes.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "open"),
                    ("date_deadline", "<", today),
                ]
            )
            if late:
                (late - late._find_escalated(company, today))._escalate()


class BtpDispute(models.Model):
    _inherit = "btp.dispute"

    def _find_escalated(self, company, today):
        """Return those of these disputes whose case is open, or was closed of late.

        This is asked at each planning: what a person closed is not opened again next day.
        """
        rule = self.env["btp.escalation.rule"].sudo()._for("dispute", company)
        cases = (
            self.env["btp.escalation"]
            .sudo()
            .search(
                [
                    ("kind", "=", "dispute"),
                    ("company_id", "=", company.id),
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    "|",
                    ("state", "=", "open"),
                    ("closed_on", ">", today - timedelta(days=rule.quiet_days)),
                ]
            )
        )
        return self.browse(cases.mapped("res_id"))

    def _escalate(self):
        """Hand these disputes to a person: each once while its case is open."""
        for dispute in self:
            reader = dispute.company_id.btp_relance_user_id
            speaking = dispute.with_context(lang=reader.lang or self.env.lang)
            self.env["btp.escalation"]._escalate(
                "dispute",
                dispute,
                dispute.partner_id,
                dispute.company_id,
                speaking.env._(
                    "%(dispute)s: to be answered before %(day)s.",
                    dispute=speaking.display_name,
                    day=format_date(speaking.env, dispute.date_deadline),
                ),
                lines=dispute.line_ids.move_line_id,
            )
