# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import split_every

from ..engine import documents
from .btp_document_need import UNPAID

#: What decides which documents an invoice needs.
FACTS = {
    "btp_chantier_id",
    "btp_billing_stage",
    "btp_avenant_id",
    "btp_os_id",
    "invoice_date",
}
#: Invoices read against the matrix in one transaction.
SYNC_BATCH = 500


class AccountMove(models.Model):
    """The documents that an invoice needs."""

    _inherit = "account.move"

    btp_document_need_ids = fields.One2many(
        "btp.document.need",
        "move_id",
        "Documents",
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    btp_missing_document = fields.Boolean(
        "A Document Is Missing",
        readonly=True,
        copy=False,
        help="Written with the documents: the reminders of all invoices read it.",
    )
    # The daily count reads what waits today, however much waited once.
    _btp_missing_document_idx = models.Index(
        "(id) WHERE btp_missing_document AND state = 'posted'"
        " AND payment_state IN ('not_paid', 'partial', 'blocked')"
    )
    btp_missing_document_count = fields.Integer(
        compute="_compute_btp_missing_document_count",
        groups="account.group_account_invoice,account.group_account_readonly",
    )

    @api.depends("btp_document_need_ids.missing")
    def _compute_btp_missing_document_count(self):
        counts = dict(
            self.env["btp.document.need"]._read_group(
                [("move_id", "in", self.ids), ("missing", "=", True)],
                ["move_id"],
                ["__count"],
            )
        )
        for move in self:
            move.btp_missing_document_count = counts.get(move._origin, 0)

    # === CRUD === #

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & FACTS:
            self.filtered(lambda move: move.state == "posted")._btp_sync_documents()
        if vals.get("btp_visa_on"):
            self._btp_receive_visas()
        return result

    def _post(self, soft=True):
        # EXTENDS account
        posted = super()._post(soft)
        posted._btp_sync_documents()
        return posted

    # === ACTIONS === #

    def action_view_btp_documents(self):
        """Open the documents that these invoices need."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Documents"),
            "res_model": "btp.document",
            "view_mode": "list,kanban,form",
            "domain": [("need_ids.move_id", "in", self.ids)],
            "context": {"search_default_missing": 1},
        }

    def action_btp_sync_documents(self):
        """Read these invoices against the matrix of documents again."""
        self.check_access("write")
        self._btp_sync_documents()

    # === BUSINESS === #

    @api.model
    def _btp_search_followed(self, companies=None, domain=()):
        """Return the unpaid invoices of works whose documents are followed up.

        :param companies: ``res.company`` records (default: all)
        :param domain: further conditions
        """
        companies = companies or self.env["res.company"].sudo().search([])
        followed = [
            ("company_id", "in", companies.filtered("btp_follow_documents").ids),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
            ("payment_state", "in", UNPAID),
            ("btp_chantier_id", "!=", False),
            ("btp_billing_stage", "in", list(documents.STAGES)),
            # Not where only the retention is left: it waits for other things.
            (
                "line_ids",
                "any",
                [
                    ("display_type", "=", "payment_term"),
                    ("reconciled", "=", False),
                    ("account_id", "not in", companies.btp_retention_account_id.ids),
                ],
            ),
        ]
        return self.search([*followed, *domain], order="id")

    @api.model
    def _btp_cron_sync_documents(self):
        """Make the lists of the invoices that were there before documents were."""
        moves = self._btp_search_followed(
            domain=[("btp_document_need_ids", "=", False)]
        )
        for ids in split_every(SYNC_BATCH, moves.ids):
            self.browse(ids)._btp_sync_documents()
            self.env["ir.cron"]._commit_progress()
