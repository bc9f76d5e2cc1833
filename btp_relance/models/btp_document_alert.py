# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from .btp_alert import AlertKind

#: Days before the expiry on which somebody is asked for the next certificate.
ALERT_DAYS = 30


class BtpAlert(models.Model):
    """Certificates that expire: no invoice should have to wait for the next one."""

    _inherit = "btp.alert"

    @api.model
    def _get_kinds(self, today) -> list[AlertKind]:
        # EXTENDS btp_relance
        return [
            *super()._get_kinds(today),
            AlertKind(
                "document_expiring",
                self.env._("A document expires soon"),
                self._get_expiry_sql(
                    SQL(
                        "d.valid_until BETWEEN %s AND %s",
                        today,
                        today + timedelta(days=ALERT_DAYS),
                    )
                ),
                lambda document: document.env._(
                    "Renew “%(document)s”: valid until %(day)s",
                    document=document.type_id.name,
                    day=document._format_day(document.valid_until),
                ),
            ),
            AlertKind(
                "document_expired",
                self.env._("A document has expired"),
                self._get_expiry_sql(SQL("d.valid_until < %s", today)),
                lambda document: document.env._(
                    "“%(document)s” expired on %(day)s: new invoices wait for the next one",
                    document=document.type_id.name,
                    day=document._format_day(document.valid_until),
                ),
            ),
        ]

    @api.model
    def _get_expiry_sql(self, when: SQL) -> SQL:
        """Return the alerts on documents ``d`` that expire at a time, one per date."""
        return SQL(
            """
            SELECT d.company_id, 'btp.document' AS res_model, d.id AS res_id,
                   d.valid_until::text AS mark, d.owner_user_id AS user_id,
                   d.valid_until AS date_deadline
              FROM btp_document d
              JOIN res_company c ON c.id = d.company_id AND c.btp_follow_documents
              LEFT JOIN btp_chantier ch ON ch.id = d.chantier_id
             WHERE d.state = 'received' AND ch.active IS NOT FALSE AND %s
            """,
            when,
        )


class BtpDocument(models.Model):
    _inherit = "btp.document"

    def _format_day(self, day) -> str:
        return self.env["ir.qweb.field.date"].value_to_html(day, {})
