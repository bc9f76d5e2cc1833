# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import numpy as np

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.btp_relance.const import REGIME_GROUPS
from odoo.addons.btp_relance.models.account_move_line_followed import (
    MONEY_ACCOUNTS,
    MONEY_JOURNALS,
)

from ..const import SMALL_REST

#: Rows turned into numbers at a time.
ROWS = 20_000
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
        # Compiling such a query takes longer than running it.
        cr.execute("SET LOCAL jit = off")
        cr.execute(self._get_query(company, day))
        names = [column.name for column in cr.description]
        parts = [[np.zeros(0, TYPES[name])] for name in names]
        # Texts repeat: each is kept once, and no more rows than a few at a time.
        same = {}
        while rows := cr.fetchmany(ROWS):
            for name, part, column in zip(
                names, parts, zip(*rows, strict=True), strict=True
            ):
                if TYPES[name] is object:
                    column = [same.setdefault(value, value) for value in column]
                part.append(np.array(column, dtype=TYPES[name]))
        return {
            name: np.concatenate(part) for name, part in zip(names, parts, strict=True)
        }

    @api.model
    def _get_query(self, company, day) -> SQL:
        """Return the query of :meth:`_read`: one pass over the receivables."""
        return SQL(
            """
            WITH settled AS (%(settled)s), papers AS (%(papers)s), visas AS (%(visas)s)
            SELECT l.id AS invoice_id, p.id AS customer_id, COALESCE(ch.id, 0) AS chantier_id,
                   known.day AS issue_date,
                   CASE WHEN l.account_id = c.btp_retention_account_id
                        THEN GREATEST(COALESCE(l.date_maturity, l.date), known.day)
                        ELSE COALESCE(l.date_maturity, l.date) END AS due_date,
                   -- A bank's fee or a rounding left open is no debt that is paid late.
                   CASE WHEN COALESCE(s.amount, 0)
                             >= l.balance - GREATEST(0.005, LEAST(l.balance / 100, %(rest)s))
                        THEN s.paid_on END AS paid_date,
                   -- Without a rate, the balance is a number in the wrong currency.
                   CASE WHEN l.currency_id = c.currency_id OR l.currency_id IN (
                            SELECT currency_id FROM res_currency_rate
                             WHERE company_id IS NULL OR company_id = %(root)s)
                        THEN l.balance END AS amount,
                   GREATEST(l.balance - COALESCE(s.amount, 0), 0) AS open_amount,
                   %(facts)s
              FROM account_move_line l
              JOIN account_move m ON m.id = l.move_id
              JOIN account_account a ON a.id = l.account_id
              JOIN res_company c ON c.id = l.company_id
              JOIN res_currency cur ON cur.id = l.currency_id
              JOIN res_partner lp ON lp.id = l.partner_id
              JOIN res_partner p ON p.id = lp.commercial_partner_id
              LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
              -- The day of a retention moves when the works are received: before that,
              -- nobody knew the one that the records have now.
              CROSS JOIN LATERAL (SELECT GREATEST(m.invoice_date, CASE
                    WHEN l.account_id = c.btp_retention_account_id
                         AND ch.date_reception <= %(day)s THEN ch.date_reception END) AS day
              ) known
              LEFT JOIN settled s ON s.line_id = l.id
              LEFT JOIN papers ON papers.move_id = m.id
              LEFT JOIN visas ON visas.site = ch.id AND visas.since <= m.invoice_date
                   AND (visas.until IS NULL OR visas.until > m.invoice_date)
             WHERE l.company_id = %(company)s AND m.move_type = 'out_invoice'
               AND l.parent_state = 'posted' AND l.balance > 0
               AND a.account_type = 'asset_receivable' AND a.non_trade IS NOT TRUE
               AND m.invoice_date <= %(day)s
               AND NOT (COALESCE(s.amount, 0) >= l.balance - 0.005
                        AND COALESCE(s.paid, 0) < l.balance / 2)
               AND %(scored)s
             ORDER BY m.invoice_date, l.id
            """,
            settled=self._get_settled_sql(company, day),
            papers=self._get_papers_sql(company, day),
            visas=self._get_visas_sql(company, day),
            facts=self._get_facts_sql(),
            rest=SMALL_REST,
            root=company.root_id.id,
            company=company.id,
            day=day,
            scored=self._get_scored_sql(company),
        )

    @api.model
    def _get_facts_sql(self) -> SQL:
        """Return the columns of what is known of an amount beside its money and its days."""
        return SQL(
            """
            cur.name AS currency, %(segment)s AS segment,
            COALESCE(p.btp_regime, '') AS regime,
            COALESCE(m.btp_billing_stage, 'plain') AS stage,
            ch.id AS site,
            CASE WHEN ch.date_dgd <= m.invoice_date THEN 'dgd'
                 WHEN ch.date_reception <= m.invoice_date THEN 'received'
                 WHEN ch.id IS NOT NULL THEN 'works' END AS site_state,
            (l.account_id = c.btp_retention_account_id)::int AS retention,
            ch.is_revised::int AS price_revision,
            (ch.role IN ('subcontractor', 'subcontractor_direct'))::int AS subcontract,
            visas.days AS visa_days,
            COALESCE(papers.at_issue, 0) AS missing_documents,
            papers.since AS missing_since,
            CASE WHEN NOT papers.missing THEN papers.until END AS missing_until
            """,
            segment=self._get_segment_sql(),
        )

    @api.model
    def _get_settled_sql(self, company, day) -> SQL:
        """Return by amount due what was settled of it by a day, and what in money.

        A credit note, a write-off, a transfer to doubtful debts and a set-off make the debt
        smaller: nobody paid.
        """
        return SQL(
            """
            SELECT pr.debit_move_id AS line_id, SUM(pr.amount) AS amount,
                   COALESCE(SUM(pr.amount) FILTER (WHERE %(money)s), 0) AS paid,
                   MAX(pr.max_date) FILTER (WHERE %(money)s) AS paid_on
              FROM account_partial_reconcile pr
              JOIN account_move_line cl ON cl.id = pr.credit_move_id
              JOIN account_move cm ON cm.id = cl.move_id
              JOIN account_journal cj ON cj.id = cm.journal_id
             WHERE pr.company_id = %(company)s AND pr.max_date <= %(day)s
             GROUP BY pr.debit_move_id
            """,
            money=self._get_money_sql(),
            company=company.id,
            day=day,
        )

    @api.model
    def _get_money_sql(self) -> SQL:
        """Return whether entry ``cm`` of journal ``cj`` brings money in.

        The same as ``account.move._get_btp_money_share``, in SQL.
        """
        return SQL(
            """
            (cm.move_type = 'entry' AND (cj.type IN %s OR EXISTS (
                SELECT FROM account_move_line ml JOIN account_account ma
                       ON ma.id = ml.account_id
                 WHERE ml.move_id = cm.id AND ma.account_type IN %s)))
            """,
            MONEY_JOURNALS,
            MONEY_ACCOUNTS,
        )

    @api.model
    def _get_papers_sql(self, company, day) -> SQL:
        """Return by invoice the documents that it missed: one there before it never was."""
        return SQL(
            """
            SELECT n.move_id, MIN(d.expected_since) AS since,
                   COUNT(*) FILTER (WHERE d.expected_since <= pm.invoice_date) AS at_issue,
                   BOOL_OR(d.received_on IS NULL OR d.received_on > %(day)s) AS missing,
                   MAX(d.received_on) AS until
              FROM btp_document_need n
              JOIN btp_document d ON d.id = n.document_id
              JOIN account_move pm ON pm.id = n.move_id
             WHERE d.company_id = %(company)s AND d.state <> 'not_needed'
               AND n.level = 'required' AND d.expected_since <= %(day)s
               AND COALESCE(d.received_on > pm.invoice_date, TRUE)
               -- A certificate renewed since says nothing of that day.
               AND NOT (d.received_on IS NOT NULL AND d.valid_until IS NOT NULL)
             GROUP BY n.move_id
            """,
            company=company.id,
            day=day,
        )

    @api.model
    def _get_visas_sql(self, company, day) -> SQL:
        """Return by chantier how long visas took, each mean from the day it was known on.

        Of what was billed before: an invoice's own visa is not known on its day.
        """
        return SQL(
            """
            SELECT site, since, LEAD(since) OVER known AS until,
                   SUM(days) OVER known / SUM(count) OVER known AS days
              FROM (
                SELECT vm.btp_chantier_id AS site,
                       GREATEST(vm.btp_visa_on, vm.invoice_date + 1) AS since,
                       SUM(vm.btp_visa_on - vm.invoice_date)::float AS days,
                       COUNT(*) AS count
                  FROM account_move vm
                 WHERE vm.company_id = %(company)s AND vm.state = 'posted'
                   AND vm.move_type = 'out_invoice' AND vm.btp_chantier_id IS NOT NULL
                   AND vm.btp_visa_on <= %(day)s AND vm.invoice_date < %(day)s
                 GROUP BY 1, 2
              ) v
            WINDOW known AS (PARTITION BY site ORDER BY since)
            """,
            company=company.id,
            day=day,
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
            conditions.append(SQL("NOT %s", self._get_person_sql()))
        return SQL(" AND ").join(conditions)

    @api.model
    def _get_person_sql(self) -> SQL:
        """Return whether customer ``p`` is a natural person.

        A consumer, or whoever is neither a company nor has a number that firms have: the
        regime alone does not tell, most customers keep the one they were made with.
        """
        return SQL(
            """(p.is_company IS NOT TRUE AND (
                p.btp_regime IS NULL OR p.btp_regime IN %s
                OR COALESCE(p.vat, '') || COALESCE(p.company_registry, '') = ''))""",
            REGIME_GROUPS["consumer"],
        )
