# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import numpy as np

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.btp_relance.const import REGIME_GROUPS

DAY = "datetime64[D]"
#: What each column of the ledger becomes in numpy; the names are those of the learner.
TYPES = {
    "invoice_id": np.int64,
    "customer_id": np.int64,
    "chantier_id": np.int64,
    "issue_date": DAY,
    "due_date": DAY,
    "paid_date": DAY,
    "amount": np.float64,
    "open_amount": np.float64,
    "currency": object,
    "segment": object,
    "regime": object,
    "stage": object,
    "site": object,
    "site_state": object,
    "retention": np.float64,
    "price_revision": np.float64,
    "subcontract": np.float64,
    "visa_days": np.float64,
    "missing_documents": np.float64,
    "missing_since": DAY,
    "missing_until": DAY,
}


class BtpScoringLedger(models.AbstractModel):
    """What the ledger knew on a day, as columns for the learner.

    Nothing that was learnt later comes in: a payment, a document or a reminder counts from
    its own date, whatever the records say today.
    """

    _name = "btp.scoring.ledger"
    _description = "Ledger as the Learner Reads It"

    @api.model
    def _read(self, company, day) -> dict[str, np.ndarray]:
        """Return every amount due issued on or before a day, as known on that day.

        A customer who objected is left out, and natural persons where the company says so.
        What credit notes settled was neither paid nor late: left out too.

        :param company: the ``res.company``
        :param date day: the scoring day
        :return: columns of equal length, one row an échéance: ``paid_date`` is NaT while
            it is open, ``amount`` and ``open_amount`` are in the company's currency,
            a date that is not known is NaT
        """
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(self._get_query(company, day))
        names = [column.name for column in cr.description]
        rows = cr.fetchall()
        columns = zip(*rows, strict=True) if rows else ((),) * len(names)
        return {
            name: np.array(column, dtype=TYPES[name])
            for name, column in zip(names, columns, strict=True)
        }

    @api.model
    def _get_query(self, company, day) -> SQL:
        """Return the query of :meth:`_read`: one pass over the receivables."""
        return SQL(
            """
            WITH settled AS (
                SELECT pr.debit_move_id AS line_id, SUM(pr.amount) AS amount,
                       COALESCE(SUM(pr.amount) FILTER (WHERE cm.move_type = 'entry'), 0)
                           AS paid,
                       MAX(pr.max_date) FILTER (WHERE cm.move_type = 'entry') AS paid_on
                  FROM account_partial_reconcile pr
                  JOIN account_move_line cl ON cl.id = pr.credit_move_id
                  JOIN account_move cm ON cm.id = cl.move_id
                 WHERE pr.company_id = %(company)s AND pr.max_date <= %(day)s
                 GROUP BY pr.debit_move_id
            ), papers AS (
                -- A document that came before the invoice was never missing.
                SELECT n.move_id, MIN(d.expected_since) AS since,
                       COUNT(*) FILTER (WHERE d.expected_since <= pm.invoice_date)
                           AS at_issue,
                       BOOL_OR(d.received_on IS NULL OR d.received_on > %(day)s)
                           AS missing,
                       MAX(d.received_on) AS until
                  FROM btp_document_need n
                  JOIN btp_document d ON d.id = n.document_id
                  JOIN account_move pm ON pm.id = n.move_id
                 WHERE d.company_id = %(company)s AND d.state <> 'not_needed'
                   AND n.level = 'required' AND d.expected_since <= %(day)s
                   AND COALESCE(d.received_on > pm.invoice_date, TRUE)
                 GROUP BY n.move_id
            )
            SELECT l.id AS invoice_id, p.id AS customer_id, COALESCE(ch.id, 0) AS chantier_id,
                   m.invoice_date AS issue_date,
                   GREATEST(COALESCE(l.date_maturity, l.date), m.invoice_date) AS due_date,
                   CASE WHEN COALESCE(s.amount, 0) >= l.balance - 0.005
                        THEN s.paid_on END AS paid_date,
                   l.balance AS amount,
                   GREATEST(l.balance - COALESCE(s.amount, 0), 0) AS open_amount,
                   cur.name AS currency, %(segment)s AS segment,
                   COALESCE(p.btp_regime, '') AS regime,
                   COALESCE(m.btp_billing_stage, 'plain') AS stage,
                   ch.id AS site,
                   CASE WHEN ch.date_dgd <= m.invoice_date THEN 'dgd'
                        WHEN ch.date_reception <= m.invoice_date THEN 'received'
                        WHEN ch.id IS NOT NULL THEN 'works' END AS site_state,
                   (l.account_id = c.btp_retention_account_id)::int AS retention,
                   ch.is_revised::int AS price_revision,
                   (ch.role IN ('subcontractor', 'subcontractor_direct'))::int
                       AS subcontract,
                   visa.days AS visa_days,
                   COALESCE(papers.at_issue, 0) AS missing_documents,
                   papers.since AS missing_since,
                   CASE WHEN NOT papers.missing THEN papers.until END AS missing_until
              FROM account_move_line l
              JOIN account_move m ON m.id = l.move_id
              JOIN account_account a ON a.id = l.account_id
              JOIN res_company c ON c.id = l.company_id
              JOIN res_currency cur ON cur.id = l.currency_id
              JOIN res_partner lp ON lp.id = l.partner_id
              JOIN res_partner p ON p.id = lp.commercial_partner_id
              LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
              LEFT JOIN settled s ON s.line_id = l.id
              LEFT JOIN papers ON papers.move_id = m.id
              LEFT JOIN LATERAL (
                -- How long the visa took on what was billed before: its own is not known
                -- on the day of the invoice.
                SELECT AVG(vm.btp_visa_on - vm.invoice_date)::float AS days
                  FROM account_move vm
                 WHERE vm.btp_chantier_id = ch.id AND vm.btp_visa_on <= m.invoice_date
                   AND vm.invoice_date < m.invoice_date
              ) visa ON ch.id IS NOT NULL
             WHERE l.company_id = %(company)s AND m.move_type = 'out_invoice'
               AND l.parent_state = 'posted' AND l.balance > 0
               AND a.account_type = 'asset_receivable' AND a.non_trade IS NOT TRUE
               AND m.invoice_date <= %(day)s
               AND NOT (COALESCE(s.amount, 0) >= l.balance - 0.005
                        AND COALESCE(s.paid, 0) < l.balance / 2)
               AND %(scored)s
             ORDER BY m.invoice_date, l.id
            """,
            company=company.id,
            day=day,
            segment=self._get_segment_sql(),
            scored=self._get_scored_sql(company),
        )

    @api.model
    def _get_segment_sql(self) -> SQL:
        """Return the group whose late rate a new customer starts from: their regime's."""
        cases = [
            SQL("WHEN p.btp_regime IN %s THEN %s", regimes, name)
            for name, regimes in REGIME_GROUPS.items()
        ]
        return SQL("CASE %s ELSE '' END", SQL(" ").join(cases))

    @api.model
    def _read_log(self, company, day) -> list[tuple]:
        """Return what changed while amounts were open, each from its own day on.

        :return: ``(échéance id, "reminders", day, number of reminders so far)``
        """
        return self.env.execute_query(
            SQL(
                """
                SELECT rl.move_line_id, 'reminders', r.contacted_on,
                       ROW_NUMBER() OVER (
                           PARTITION BY rl.move_line_id ORDER BY r.contacted_on, r.id)
                  FROM btp_relance_line rl
                  JOIN btp_relance r ON r.id = rl.relance_id
                 WHERE r.company_id = %s AND r.state = 'sent' AND r.kind = 'reminder'
                   AND rl.state = 'done' AND r.contacted_on <= %s
                 ORDER BY r.contacted_on
                """,
                company.id,
                day,
            )
        )

    @api.model
    def _get_scored_sql(self, company) -> SQL:
        """Return whether customer ``p`` may be scored at all.

        Nobody who objected (GDPR art. 21), nor whose processing is restricted (art. 18);
        no natural person where the company leaves them out.
        """
        conditions = [
            SQL("p.btp_no_scoring IS NOT TRUE"),
            SQL("p.btp_privacy_restricted IS NOT TRUE"),
        ]
        if not company.btp_score_persons:
            conditions.append(
                SQL(
                    "(p.is_company OR p.btp_regime NOT IN %s)",
                    REGIME_GROUPS["consumer"],
                )
            )
        return SQL(" AND ").join(conditions)
