# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .btp_document_need import UNPAID

#: What of the contract decides which documents its invoices need.
FACTS = {
    "partner_id",
    "role",
    "owner_id",
    "moe_id",
    "is_revised",
    "has_reserves",
    "contract_amount",
}


class BtpChantier(models.Model):
    """The documents of a chantier and of its invoices."""

    _inherit = "btp.chantier"
    # Who reads a chantier may finish the task that was given on it.
    _mail_post_access = "read"

    document_ids = fields.One2many("btp.document", "chantier_id", "Documents")
    missing_document_count = fields.Integer(
        "Documents Missing", compute="_compute_missing_document_count"
    )

    def _compute_missing_document_count(self):
        counts = self._count_missing_documents()
        for chantier in self:
            chantier.missing_document_count = counts.get(chantier._origin.id, 0)

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & FACTS:
            self._sync_documents()
        return result

    # === ACTIONS === #

    def action_view_documents(self):
        """Open the documents of this chantier and of its invoices."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Documents"),
            "res_model": "btp.document",
            "view_mode": "list,kanban,form",
            "domain": [("chantier_id", "in", self.ids)],
            "context": {
                "default_chantier_id": self.id if len(self) == 1 else False,
                "search_default_missing": 1,
            },
        }

    # === BUSINESS === #

    def _count_missing_documents(self) -> dict[int, int]:
        """Return how many documents keep the unpaid invoices of each chantier waiting.

        Documents of the company count too: their absence blocks as much.

        :return: ``{chantier id: count}``, without those that lack nothing
        """
        if not self.ids:
            return {}
        self.check_access("read")
        self.env["account.move"].flush_model(["state", "payment_state"])
        self.env["account.move.line"].flush_model(["reconciled"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.btp_chantier_id, COUNT(DISTINCT n.document_id)
                  FROM account_move m
                  JOIN btp_document_need n ON n.move_id = m.id AND n.missing
                 WHERE m.btp_chantier_id = ANY(%s) AND m.state = 'posted'
                   AND m.payment_state IN %s AND %s
                 GROUP BY m.btp_chantier_id
                """,
                list(self.ids),
                UNPAID,
                self.env["btp.document.need"]._get_awaited_sql(),
            )
        )
        return dict(rows)

    def _sync_documents(self):
        """Read the unpaid invoices of these chantiers against the matrix again."""
        if not self.ids:
            return
        moves = self.env["account.move"].sudo()
        moves._btp_search_followed(
            self.company_id, [("btp_chantier_id", "in", self.ids)]
        )._btp_sync_documents()


class BtpChantierAvenant(models.Model):
    """A new avenant is a document to hand over, and may change what else is needed."""

    _inherit = "btp.chantier.avenant"

    @api.model_create_multi
    def create(self, vals_list):
        avenants = super().create(vals_list)
        avenants.chantier_id._sync_documents()
        return avenants

    def write(self, vals):
        before = self.chantier_id
        result = super().write(vals)
        if vals.keys() & {"amount", "chantier_id", "signed_on"}:
            (before | self.chantier_id)._sync_documents()
        return result

    def unlink(self):
        chantiers = self.chantier_id
        result = super().unlink()
        chantiers._sync_documents()
        return result
