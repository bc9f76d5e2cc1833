# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

import psycopg2

from odoo import api, models
from odoo.tools.misc import format_date

_logger = logging.getLogger(__name__)


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
            for dispute in late and late - late._find_escalated(company, today):
                dispute._escalate_alone()


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

    def _escalate_alone(self):
        """Hand this dispute to a person; one that cannot be stops no other."""
        try:
            with self.env.cr.savepoint():
                self._escalate()
        except psycopg2.extensions.TransactionRollbackError:
            raise
        except Exception as error:  # noqa: BLE001 one bad record stops no other
            _logger.error("Dispute %s: %s", self.id, type(error).__name__)

    def _escalate(self):
        """Hand this dispute to a person, once while its case is open."""
        self.ensure_one()
        reader = self.company_id.btp_relance_user_id
        speaking = self.with_context(lang=reader.lang or self.env.lang)
        self.env["btp.escalation"]._escalate(
            "dispute",
            self,
            self.partner_id,
            self.company_id,
            speaking.env._(
                "%(dispute)s: to be answered before %(day)s.",
                dispute=speaking.display_name,
                day=format_date(speaking.env, self.date_deadline),
            ),
            lines=self.line_ids.move_line_id,
        )
