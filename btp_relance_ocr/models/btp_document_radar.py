# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.btp_relance.const import OWED_BY


class BtpDocumentRadar(models.Model):
    """Which missing document holds which money: one row a document and chantier.

    An amount that two documents hold stands whole in ``amount`` of both, and once, shared
    between them, in ``amount_once``: that column adds up to the money held.
    """

    _name = "btp.document.radar"
    _description = "Missing Documents and the Money They Hold"
    _auto = False
    _order = "weight desc, amount desc, id"
    _rec_name = "document_id"

    document_id = fields.Many2one("btp.document", "Paper Missing", readonly=True)
    type_id = fields.Many2one("btp.document.type", "Document", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    chantier_id = fields.Many2one("btp.chantier", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    owed_by = fields.Selection(OWED_BY, readonly=True)
    owner_partner_id = fields.Many2one("res.partner", "Who Owes It", readonly=True)
    owner_user_id = fields.Many2one("res.users", "Colleague", readonly=True)
    since = fields.Date("Missing Since", readonly=True)
    days = fields.Integer(readonly=True, aggregator="max")
    state = fields.Selection(
        [("expected", "Expected"), ("refused", "Refused"), ("expired", "Expired")],
        readonly=True,
    )
    moves = fields.Integer("Invoices", readonly=True, aggregator=None)
    first_due = fields.Date("First Due Date", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(
        "Money It Holds",
        readonly=True,
        aggregator=None,
        help="All that waits for it. What another document holds too is in it: do not add up.",
    )
    amount_alone = fields.Monetary(
        "Freed by This One",
        readonly=True,
        help="What waits for nothing else: it is freed when this document arrives.",
    )
    amount_once = fields.Monetary(
        "Counted Once",
        readonly=True,
        help="What two documents hold is shared between them: this column adds up to the "
        "money held.",
    )
    overdue_once = fields.Monetary(
        "Of Which Overdue", readonly=True, help="Shared like the column before."
    )
    retention = fields.Monetary(
        "Retention It Keeps",
        readonly=True,
        help="Its year begins with the réception that this PV proves. Not in what it holds.",
    )
    weight = fields.Float(
        "Amount × Days",
        readonly=True,
        help="What it holds, times the days that each amount has waited past its due date: "
        "the worst comes first.",
    )
    asked_on = fields.Date("Last Asked On", readonly=True)
    asked_count = fields.Integer("Times Asked", readonly=True, aggregator=None)
    next_on = fields.Date("Asked Again On", readonly=True)

    @property
    def _table_query(self) -> SQL:
        for model in ("btp.document", "btp.document.need", "btp.document.request"):
            self.env[model].flush_model()
        echeances = self.env["btp.echeance"]
        echeances._flush_relation()
        return SQL(
            """
            SELECT MIN(held.need_id) AS id, d.id AS document_id, d.type_id, d.company_id,
                   held.chantier_id,
                   CASE WHEN COUNT(DISTINCT held.partner_id) = 1
                        THEN MIN(held.partner_id) END AS partner_id,
                   d.owed_by, d.owner_partner_id, d.owner_user_id, held.since,
                   %(today)s - held.since AS days,
                   CASE WHEN d.state = 'received' THEN 'expired' ELSE d.state END AS state,
                   COUNT(DISTINCT held.move_id) AS moves, MIN(held.date_due) AS first_due,
                   held.currency_id, SUM(held.residual) AS amount,
                   COALESCE(SUM(held.residual) FILTER (WHERE held.documents = 1), 0)
                       AS amount_alone,
                   SUM(held.share) AS amount_once,
                   COALESCE(SUM(held.share) FILTER (WHERE held.date_due < %(today)s), 0)
                       AS overdue_once,
                   SUM(held.residual * GREATEST(0,
                       %(today)s - GREATEST(held.since, held.date_due)))::float AS weight,
                   MAX(kept.amount) AS retention,
                   MAX(ask.sent_on) AS asked_on, MAX(ask.sent_count) AS asked_count,
                   MAX(ask.next_on) AS next_on
              FROM (
                SELECT x.*, CASE WHEN x.rank > 1 THEN x.part
                                 ELSE x.residual - x.part * (x.documents - 1) END AS share
                  FROM (
                    SELECT line.*, ROUND(line.residual / line.documents, cur.decimal_places)
                               AS part
                      FROM %(held)s line
                      JOIN res_currency cur ON cur.id = line.currency_id
                  ) x
              ) held
              JOIN btp_document d ON d.id = held.document_id
              JOIN btp_document_type t ON t.id = d.type_id
              LEFT JOIN %(kept)s kept ON t.code = 'PVR'
                   AND kept.chantier_id = held.chantier_id
              LEFT JOIN LATERAL (
                SELECT r.sent_on, r.sent_count, r.next_on
                  FROM btp_document_request_rel rel
                  JOIN btp_document_request r ON r.id = rel.btp_document_request_id
                 WHERE rel.btp_document_id = d.id AND r.state = 'open'
                 LIMIT 1
              ) ask ON TRUE
             GROUP BY d.id, held.chantier_id, held.currency_id, held.since
            """,
            today=echeances._get_today(),
            held=self._get_held_sql(),
            kept=self._get_kept_sql(),
        )

    @api.model
    def _get_held_sql(self) -> SQL:
        """Return the amounts held, one row for each document that holds them."""
        return SQL(
            """(
            SELECT n.id AS need_id, n.document_id, l.move_id, l.partner_id, l.date_due,
                   l.residual_company AS residual, l.company_currency_id AS currency_id,
                   m.btp_chantier_id AS chantier_id,
                   CASE WHEN doc.state = 'received' THEN doc.valid_until + 1
                        ELSE doc.expected_since END AS since,
                   COUNT(*) OVER (PARTITION BY l.id) AS documents,
                   ROW_NUMBER() OVER (PARTITION BY l.id ORDER BY n.id) AS rank
              FROM %s l
              JOIN account_move m ON m.id = l.move_id AND m.btp_missing_document
              JOIN res_company c ON c.id = l.company_id AND c.btp_follow_documents
              JOIN btp_document_need n ON n.move_id = m.id AND n.missing
              JOIN btp_document doc ON doc.id = n.document_id
             -- A retention waits for the réception, not for the visa of a situation.
             WHERE NOT l.is_retention AND l.residual_company > 0
            )""",
            self.env["btp.echeance"]._open_lines(),
        )

    @api.model
    def _get_kept_sql(self) -> SQL:
        """Return the retention of each chantier that waits for its réception."""
        return SQL(
            """(
            SELECT ch.id AS chantier_id, SUM(l.residual_company) AS amount
              FROM %s l
              JOIN account_move m ON m.id = l.move_id
              JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
             WHERE l.is_retention AND l.residual_company > 0
               AND ch.date_reception IS NULL
             GROUP BY ch.id
            )""",
            self.env["btp.echeance"]._open_lines(),
        )

    # === ACTIONS === #

    def action_ask(self):
        """Ask whoever owes these documents for them, now, by mail or by a task."""
        self.check_access("read")
        requests = self.document_id._ask_now()
        reasons = requests.filtered("failure_reason").mapped("failure_reason")
        if reasons:
            raise UserError("\n".join(dict.fromkeys(reasons)))
        names = ", ".join(requests.partner_id.mapped("name"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Asked: %s", names),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_view_moves(self):
        """Open the invoices that wait for these documents."""
        self.check_access("read")
        needs = self.env["btp.document.need"].search(
            [("document_id", "in", self.document_id.ids), ("missing", "=", True)]
        )
        moves = needs.move_id.filtered(
            lambda move: any(
                row.document_id in move.btp_document_need_ids.document_id
                and row.chantier_id == move.btp_chantier_id
                for row in self
            )
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invoices Held"),
            "res_model": "btp.echeance",
            "view_mode": "list,form",
            "domain": [("move_id", "in", moves.ids), ("is_retention", "=", False)],
        }

    def action_open_document(self):
        """Open the document."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "btp.document",
            "res_id": self.document_id.id,
            "views": [(False, "form")],
        }


class BtpDocument(models.Model):
    _inherit = "btp.document"

    def _ask_now(self):
        """Ask for these documents today, beside what is asked of the same people already.

        :return: the open ``btp.document.request`` that carry them
        """
        self.check_access("write")
        requests = self.env["btp.document.request"].sudo()
        for company, documents in self.sudo().grouped("company_id").items():
            mine = requests.with_company(company)
            running = mine.search(
                [("company_id", "=", company.id), ("state", "=", "open")]
            )
            # Whoever plans requests drops what is not asked for: all that is asked stays.
            mine._insert_requests((running.missing_ids | documents).ids)
            mine.invalidate_model()
            documents.invalidate_recordset(["request_ids"])
            asked = documents.request_ids.filtered(lambda one: one.state == "open")
            asked.with_company(company)._send()
            requests |= asked
        return requests.with_env(self.env).sudo()
