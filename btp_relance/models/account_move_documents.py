# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL, split_every

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
#: Reduced rates of VAT that rest on the customer's certification (CGI 278-0 bis A, 279-0 bis).
REDUCED_VAT = (5.5, 10.0)
#: From that amount before tax the vigilance duty applies (C. trav. D8222-5).
VIGILANCE_AMOUNT = 5000
#: Code of the document type that the invoice's own visa date proves.
VISA = "VIS"
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

    def _btp_sync_documents(self):
        """Give invoices the documents that the matrix asks for, and take back the others.

        What is there stays: documents of the company and of the chantier are shared, and
        doing it again changes nothing.
        """
        moves = self.sudo().filtered(
            lambda move: move.move_type == "out_invoice"
            and move.company_id.btp_follow_documents
            and (move.btp_chantier_id or move.btp_document_need_ids)
        )
        for company, group in moves.grouped("company_id").items():
            group.with_company(company)._btp_sync_company_documents()

    def _btp_sync_company_documents(self):
        matrix = self.env["btp.document.requirement"]._get_matrix(self.company_id)
        decided = {}
        levels = {}
        for move in self:
            facts = move._btp_get_document_facts()
            if facts not in decided:
                decided[facts] = documents.needed(matrix, facts)
            for type_id, level in decided[facts]:
                levels[move, type_id] = level
        papers = self._btp_get_documents(levels)
        rows = [
            (move.id, papers[move, type_id].id, level)
            for (move, type_id), level in levels.items()
        ]
        self._btp_drop_needs(rows)
        needs = self.env["btp.document.need"]
        needs._insert(rows)
        needs._refresh(SQL("n.move_id = ANY(%s)", list(self.ids)))
        self._btp_refresh_blocking({document_id for _move, document_id, _level in rows})
        self.filtered("btp_visa_on")._btp_receive_visas()

    def _btp_receive_visas(self):
        """A visa whose date is known is there: nobody is asked for it."""
        needs = self.sudo().btp_document_need_ids.filtered(
            lambda need: need.type_id.code == VISA and need.missing
        )
        for need in needs.filtered("move_id.btp_visa_on"):
            need.document_id.write(
                {"state": "received", "received_on": need.move_id.btp_visa_on}
            )

    def _btp_get_document_facts(self) -> documents.Facts:
        """Return what the matrix asks of this invoice."""
        self.ensure_one()
        chantier = self.btp_chantier_id
        role = chantier.role or "titulaire"
        if not chantier or self.btp_billing_stage not in documents.STAGES:
            return documents.Facts("plain", role, "private")
        amount = max(chantier.amount_total, self.amount_untaxed)
        return documents.Facts(
            self.btp_billing_stage,
            role,
            documents.regime_column(
                self.commercial_partner_id.btp_regime,
                chantier.owner_id.commercial_partner_id.btp_regime,
                role,
            ),
            documents.conditions(
                has_moe=bool(chantier.moe_id),
                has_extras=bool(
                    self.btp_avenant_id or self.btp_os_id or chantier.avenant_ids
                ),
                has_reserves=chantier.has_reserves,
                is_revised=chantier.is_revised,
                role=role,
                reaches_5000=self.currency_id.compare_amounts(amount, VIGILANCE_AMOUNT)
                >= 0,
                reduced_vat=any(
                    tax.amount_type == "percent" and round(tax.amount, 2) in REDUCED_VAT
                    for tax in self.invoice_line_ids.tax_ids
                ),
            ),
        )

    def _btp_get_documents(self, levels: dict) -> dict:
        """Return the document of each invoice and type, made where there is none.

        :param levels: keys ``(move, type id)``
        :return: ``{(move, type id): btp.document}``
        """
        types = self.env["btp.document.type"].browse({key[1] for key in levels})
        scopes = {kind.id: kind.scope for kind in types}
        key_of = {
            (move, type_id): self._btp_document_key(move, type_id, scopes[type_id])
            for move, type_id in levels
        }
        papers = self.env["btp.document"].sudo()
        known = papers.search(
            [
                ("company_id", "=", self.company_id.id),
                ("type_id", "in", types.ids),
                "|",
                ("move_id", "in", self.ids),
                "&",
                ("move_id", "=", False),
                ("chantier_id", "in", [False, *self.btp_chantier_id.ids]),
            ]
        )
        for paper in known:
            if paper.move_id and paper.chantier_id != paper.move_id.btp_chantier_id:
                paper.chantier_id = paper.move_id.btp_chantier_id
        by_key = {
            (paper.type_id.id, paper.chantier_id.id, paper.move_id.id): paper
            for paper in known
        }
        wanted = dict.fromkeys(key for key in key_of.values() if key not in by_key)
        created = papers.with_context(
            btp_sync_documents=True,
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
        ).create(
            [
                {
                    "type_id": type_id,
                    "company_id": self.company_id.id,
                    "chantier_id": chantier_id,
                    "move_id": move_id,
                }
                for type_id, chantier_id, move_id in wanted
            ]
        )
        by_key |= dict(zip(wanted, created, strict=True))
        return {place: by_key[key] for place, key in key_of.items()}

    @api.model
    def _btp_document_key(self, move, type_id: int, scope: str) -> tuple:
        """Return type, chantier and invoice of the document that an invoice needs."""
        return (
            type_id,
            move.btp_chantier_id.id if scope != "company" else False,
            move.id if scope == "invoice" else False,
        )

    def _btp_drop_needs(self, rows: list[tuple]):
        """Take back what the matrix no longer asks of these invoices."""
        cr = self.env.cr
        cr.execute(
            SQL(
                """
                DELETE FROM btp_document_need n
                 WHERE n.move_id = ANY(%s) AND n.manual IS NOT TRUE
                   AND NOT EXISTS (
                    SELECT FROM UNNEST(%s::int[], %s::int[]) AS kept (move_id, document_id)
                     WHERE kept.move_id = n.move_id AND kept.document_id = n.document_id)
                RETURNING n.document_id
                """,
                list(self.ids),
                [row[0] for row in rows],
                [row[1] for row in rows],
            )
        )
        dropped = {document_id for (document_id,) in cr.fetchall()}
        if not dropped:
            return
        self.env["btp.document.need"].invalidate_model()
        papers = self.env["btp.document"].browse(dropped)
        papers.invalidate_recordset(["need_ids"])
        cr.execute(
            SQL(
                "UPDATE account_move m SET btp_missing_document = FALSE"
                " WHERE m.id = ANY(%s) AND m.btp_missing_document AND NOT EXISTS"
                " (SELECT FROM btp_document_need n WHERE n.move_id = m.id)",
                list(self.ids),
            )
        )
        self._btp_refresh_blocking(dropped)
        # Nobody waits for it, and nothing was done with it.
        papers.filtered(
            lambda paper: not paper.need_ids
            and paper.state == "expected"
            and not paper.attachment_ids
            and not paper.days_lost
        ).with_context(btp_sync_documents=True).unlink()

    @api.model
    def _btp_refresh_blocking(self, document_ids):
        """Write on documents whether an invoice cannot be paid without them."""
        self.env["btp.document"].flush_model(["blocking"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE btp_document d SET blocking = x.blocking
                  FROM (
                    SELECT d2.id, EXISTS (
                        SELECT FROM btp_document_need n
                         WHERE n.document_id = d2.id AND n.level = 'required') AS blocking
                      FROM btp_document d2 WHERE d2.id = ANY(%s)
                  ) x
                 WHERE d.id = x.id AND COALESCE(d.blocking, FALSE) <> x.blocking
                """,
                list(document_ids),
            )
        )
        self.env["btp.document"].invalidate_model(["blocking"])
