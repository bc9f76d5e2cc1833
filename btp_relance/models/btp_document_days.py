# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from .btp_document_need import UNPAID


class BtpDocument(models.Model):
    """Days lost, and the links to invoices that people make."""

    _inherit = "btp.document"

    def _in(self, column: str) -> SQL:
        """Return the condition that a column names one of these documents."""
        return SQL("%s = ANY(%s)", SQL.identifier(*column.split(".")), list(self.ids))

    # === DAYS LOST === #

    @api.model
    def _cron_days_lost(self):
        """Count one more day for the documents that unpaid invoices still wait for."""
        today = self.env["btp.echeance"]._get_today()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT n.document_id FROM account_move m"
                " JOIN btp_document_need n ON n.move_id = m.id AND n.missing"
                " WHERE m.btp_missing_document AND m.state = 'posted'"
                " AND m.payment_state IN %s AND %s",
                UNPAID,
                self.env["btp.document.need"]._get_awaited_sql(),
            )
        )
        self.browse(id_ for (id_,) in rows)._refresh_days_lost(today)

    def _refresh_days_lost(self, until):
        """Count the days during which an amount due waited for these documents.

        A day on which ten amounts waited is one day: what is measured is how late the
        document is. A day lost to two documents counts for both.

        :param date until: the day of counting, or of the reception
        """
        if not self.ids:
            return
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE btp_document d SET days_lost = x.days
                  FROM (
                    SELECT d2.id, COALESCE(d2.days_lost_before, 0)
                           + COALESCE(lost.days, 0) AS days
                      FROM btp_document d2
                      LEFT JOIN (%(lost)s) lost ON lost.document_id = d2.id
                     WHERE %(these)s
                  ) x
                 WHERE d.id = x.id AND d.days_lost IS DISTINCT FROM x.days
                """,
                lost=self._get_lost_sql(until),
                these=self._in("d2.id"),
            )
        )
        self.invalidate_recordset(["days_lost"])

    def _get_lost_sql(self, until) -> SQL:
        """Return the query of ``document_id, days`` of the present wait.

        An amount waits from its due date (or from the day on which the document was
        expected, or expired) until it is paid. Waits that overlap are counted once: each
        begins no earlier than the furthest end of those before it.
        """
        return SQL(
            """
            SELECT document_id, SUM(GREATEST(
                       0, till - GREATEST(since, COALESCE(covered, since)))) AS days
              FROM (
                SELECT document_id, since, till, MAX(till) OVER (
                           PARTITION BY document_id ORDER BY since, till
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                       ) AS covered
                  FROM (
                    SELECT n.document_id,
                           GREATEST(
                               CASE WHEN d.state = 'received' THEN d.valid_until + 1
                                    ELSE d.expected_since END,
                               COALESCE(l.date_maturity, l.date)
                           ) AS since,
                           LEAST(%(until)s, paid.day) AS till
                      FROM btp_document_need n
                      JOIN btp_document d ON d.id = n.document_id
                      JOIN account_move m ON m.id = n.move_id AND m.state = 'posted'
                      JOIN res_company c ON c.id = m.company_id
                      JOIN account_move_line l ON l.move_id = m.id
                           AND l.display_type = 'payment_term' AND l.debit > 0
                           AND l.account_id IS DISTINCT FROM c.btp_retention_account_id
                      LEFT JOIN LATERAL (
                        SELECT MAX(pr.max_date) AS day FROM account_partial_reconcile pr
                         WHERE pr.debit_move_id = l.id AND l.reconciled
                      ) paid ON TRUE
                     WHERE n.missing AND %(these)s
                  ) wait
                 WHERE since < till
              ) waits
             GROUP BY document_id
            """,
            until=until,
            these=self._in("n.document_id"),
        )

    # === IN BULK === #

    @api.model
    def _insert(self, company, rows: list[tuple]):
        """Make the documents that invoices need, in one query.

        Through the ORM, half of what it costs to post a situation would be the checks of
        companies that cannot differ here.

        :param company: the ``res.company`` of all of them
        :param rows: ``(type_id, chantier_id, move_id, blocking)``
        :return: the new documents, in the order of the rows
        """
        if not rows:
            return self
        self.env["btp.document.type"].flush_model(["owed_by"])
        types, chantiers, moves, blocking = zip(*rows, strict=True)
        found = self.env.execute_query(
            SQL(
                """
                INSERT INTO btp_document (
                    type_id, company_id, chantier_id, move_id, blocking, state, owed_by,
                    expected_since, days_lost, days_lost_before,
                    create_uid, create_date, write_uid, write_date)
                SELECT t.id, %(company)s, x.chantier_id, x.move_id, x.blocking,
                       'expected', t.owed_by, %(today)s, 0, 0,
                       %(uid)s, NOW() AT TIME ZONE 'UTC', %(uid)s, NOW() AT TIME ZONE 'UTC'
                  FROM UNNEST(%(types)s::int[], %(chantiers)s::int[], %(moves)s::int[],
                              %(blocking)s::bool[]) WITH ORDINALITY
                       AS x (type_id, chantier_id, move_id, blocking, rank)
                  JOIN btp_document_type t ON t.id = x.type_id
                 ORDER BY x.rank
                RETURNING id, type_id, chantier_id, move_id
                """,
                company=company.id,
                today=self.env["btp.echeance"]._get_today(),
                uid=self.env.uid,
                types=list(types),
                chantiers=[id_ or None for id_ in chantiers],
                moves=[id_ or None for id_ in moves],
                blocking=list(blocking),
            )
        )
        ids = {tuple(key): id_ for id_, *key in found}
        documents = self.browse(
            ids[row[0], row[1] or None, row[2] or None] for row in rows
        )
        for name in ("owner_partner_id", "owner_user_id"):
            self.env.add_to_compute(self._fields[name], documents)
        self.env["btp.chantier"].invalidate_model(["document_ids"])
        return documents

    # === LINKS BY HAND === #

    def _link_by_hand(self):
        """Link documents that people added to the invoices that they concern.

        One of an invoice concerns it, one of a chantier its invoices that are not paid.
        """
        needs = self.env["btp.document.need"]
        rows = []
        for document in self:
            moves = document.move_id
            if document.scope == "chantier":
                moves = moves.search(
                    [
                        ("btp_chantier_id", "=", document.chantier_id.id),
                        ("move_type", "=", "out_invoice"),
                        ("state", "=", "posted"),
                        ("payment_state", "in", UNPAID),
                    ]
                )
            level = "required" if document.blocking else "conditional"
            rows += [(move.id, document.id, level) for move in moves]
        needs._insert(rows, manual=True)
        self._refresh_needs()
