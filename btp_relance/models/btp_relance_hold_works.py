# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from ..const import PUBLIC_REGIMES
from .btp_relance_hold import Hold


class BtpRelanceHold(models.AbstractModel):
    """What holds an amount due because of the works: the retention, the documents."""

    _inherit = "btp.relance.hold"

    @api.model
    def _get_retention_holds(self) -> list[Hold]:
        return [
            Hold(
                "retention_opposed",
                self.env._("The owner opposes the release of the retention"),
                self.env._(
                    "Settle the opposition, then clear its date on the chantier."
                ),
                SQL(
                    """(l.is_retention AND ch.date_opposition <= l.date_due
                        AND (COALESCE(ch.opposition_amount, 0) = 0
                             -- The latest retentions answer for it, the others are due.
                             OR ch.opposition_amount > (
                                SELECT COALESCE(SUM(o.amount_residual), 0)
                                  FROM account_move_line o
                                  JOIN account_move om ON om.id = o.move_id
                                 WHERE om.btp_chantier_id = ch.id
                                   AND o.account_id = c.btp_retention_account_id
                                   AND o.parent_state = 'posted' AND o.id > l.id)))"""
                ),
                listed=False,
            ),
            Hold(
                "retention_waiting",
                self.env._("Retention: the réception has not taken place"),
                self.env._(
                    "Record the réception on the chantier: the year starts there."
                ),
                SQL(
                    "(l.is_retention AND ch.id IS NOT NULL AND ch.date_reception IS NULL"
                    " AND ch.date_substituted IS NULL)"
                ),
                listed=False,
            ),
            Hold(
                "retention_reserves",
                self.env._("Retention on a public contract: reserves to be lifted"),
                self.env._("Record the lifting of the reserves on the chantier."),
                SQL(
                    "(l.is_retention AND p.btp_regime IN %s AND ch.has_reserves"
                    " AND ch.date_reserves_lifted IS NULL"
                    " AND ch.date_substituted IS NULL)",
                    PUBLIC_REGIMES,
                ),
                listed=False,
            ),
        ]

    @api.model
    def _get_document_holds(self, today) -> list[Hold]:
        return [
            Hold(
                "missing_document",
                self.env._(
                    "A document is missing: the reminder asks for it instead of the money"
                ),
                self.env._(
                    "Hand over the document, or say on it that it is not needed."
                ),
                # A flag that documents keep up to date: the ledger is not joined to them.
                # A retention has conditions of its own, above.
                SQL(
                    "(m.btp_missing_document AND c.btp_follow_documents"
                    " AND NOT l.is_retention)"
                ),
                listed=False,
            ),
        ]
