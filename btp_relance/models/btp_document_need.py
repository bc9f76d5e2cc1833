# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

#: An invoice that is paid waits for no document.
UNPAID = ("not_paid", "partial", "blocked")


class BtpDocumentNeed(models.Model):
    """An invoice needs a document, which it may share with others.

    ``missing``, and the flag on the invoice that the hold reads, are written by SQL when
    a document or an invoice changes: reading them costs nothing, and one URSSAF
    certificate that arrives frees all the invoices that waited for it in one query.
    """

    _name = "btp.document.need"
    _description = "Document Needed by an Invoice"
    _order = "level desc, document_id"
    _rec_name = "document_id"

    document_id = fields.Many2one(
        "btp.document",
        "Paper",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    move_id = fields.Many2one(
        "account.move", "Invoice", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="move_id.company_id")
    level = fields.Selection(
        [("conditional", "Conditional"), ("required", "Required")],
        required=True,
        readonly=True,
    )
    manual = fields.Boolean(readonly=True, help="Added by a person, not by the matrix.")
    missing = fields.Boolean(
        readonly=True, help="Required, and not there: the reminder waits."
    )
    type_id = fields.Many2one(related="document_id.type_id", string="Document")
    scope = fields.Selection(related="document_id.type_id.scope")
    status = fields.Selection(
        # Odoo does not translate what a function returns.
        lambda self: (
            self.env["btp.document"]._fields["status"]._description_selection(self.env)
        ),
        compute="_compute_status",
    )
    owed_by = fields.Selection(related="document_id.owed_by")
    owner_partner_id = fields.Many2one(related="document_id.owner_partner_id")
    expected_since = fields.Date(related="document_id.expected_since")
    valid_until = fields.Date(related="document_id.valid_until")
    attachment_count = fields.Integer(related="document_id.attachment_count")

    _move_document_uniq = models.UniqueIndex("(move_id, document_id)")
    _missing_idx = models.Index("(document_id) WHERE missing")

    @api.depends("document_id.state", "document_id.valid_until", "move_id.invoice_date")
    def _compute_status(self):
        for need in self:
            document = need.document_id
            need.status = document.state
            if document._is_expired_on(need.move_id.invoice_date):
                need.status = "expired"

    def action_open_document(self):
        """Open the document."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "btp.document",
            "res_id": self.document_id.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # === BUSINESS === #

    @api.model
    def _insert(self, rows: list[tuple], manual=False):
        """Link invoices to their documents; a link that exists takes the level given.

        :param rows: ``(move_id, document_id, level)``
        :param bool manual: the matrix does not take these links back
        """
        if not rows:
            return
        self.env["btp.document"].flush_model()
        self.env["account.move"].flush_model(["invoice_date"])
        move_ids, document_ids, levels = zip(*rows, strict=True)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO btp_document_need (
                    move_id, document_id, level, manual, missing)
                SELECT m.id, d.id, x.level, %(manual)s,
                       x.level = 'required' AND %(missing)s
                  FROM UNNEST(%(moves)s::int[], %(documents)s::int[], %(levels)s::text[])
                       AS x (move_id, document_id, level)
                  JOIN account_move m ON m.id = x.move_id
                  JOIN btp_document d ON d.id = x.document_id
                ON CONFLICT (move_id, document_id) DO UPDATE SET level = EXCLUDED.level
                 WHERE btp_document_need.level <> EXCLUDED.level
                   AND btp_document_need.manual IS NOT TRUE
                """,
                manual=manual,
                missing=self._get_missing_sql(),
                moves=list(move_ids),
                documents=list(document_ids),
                levels=list(levels),
            )
        )

    @api.model
    def _refresh(self, condition: SQL):
        """Write what is missing of the needs ``n`` under a condition, and tell the invoices.

        :param SQL condition: over ``n`` (need)
        """
        self.env["btp.document"].flush_model()
        self.env["account.move"].flush_model(["invoice_date", "btp_missing_document"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE btp_document_need n SET missing = NOT n.missing
                  FROM btp_document d, account_move m
                 WHERE d.id = n.document_id AND m.id = n.move_id AND %(condition)s
                   AND n.missing <> (n.level = 'required' AND %(missing)s)
                """,
                condition=condition,
                missing=self._get_missing_sql(),
            )
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE account_move m SET btp_missing_document = x.missing
                  FROM (
                    SELECT n2.move_id, BOOL_OR(n2.missing) AS missing
                      FROM btp_document_need n2
                     WHERE n2.move_id IN (
                        SELECT n.move_id FROM btp_document_need n WHERE %s)
                     GROUP BY n2.move_id
                  ) x
                 WHERE m.id = x.move_id
                   AND COALESCE(m.btp_missing_document, FALSE) <> x.missing
                """,
                condition,
            )
        )
        self.invalidate_model(["missing", "level"])
        self.env["btp.document"].invalidate_model(["need_ids"])
        self.env["btp.document.request"].invalidate_model(["missing_ids"])
        self.env["account.move"].invalidate_model(
            [
                "btp_missing_document",
                "btp_document_need_ids",
                "btp_missing_document_count",
            ]
        )

    @api.model
    def _get_awaited_sql(self) -> SQL:
        """Return whether the invoice ``m`` still waits for money that documents bring.

        The retention is none: it waits for the réception, not for the visa of a situation.
        """
        return SQL(
            """EXISTS (
                SELECT FROM account_move_line l
                  JOIN res_company c ON c.id = l.company_id
                 WHERE l.move_id = m.id AND l.display_type = 'payment_term'
                   AND l.reconciled IS NOT TRUE
                   AND l.account_id IS DISTINCT FROM c.btp_retention_account_id)"""
        )

    @api.model
    def _get_missing_sql(self) -> SQL:
        """Return whether document ``d`` is missing for the invoice ``m``.

        A certificate must have been valid on the day of the invoice: one that expires
        later does not reopen the invoices that it covered.
        """
        return SQL(
            "(d.state IN ('expected', 'refused') OR d.state = 'received'"
            " AND COALESCE(d.valid_until < m.invoice_date, FALSE))"
        )
