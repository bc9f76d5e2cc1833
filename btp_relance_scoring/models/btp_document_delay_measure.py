# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import numpy as np

from odoo import api, models
from odoo.tools import SQL

#: Ends of the bands of amount, in the company's currency, within which cases are compared.
BANDS = (1000, 5000, 20000, 100000)
#: Cases of one kind and stage that are drawn from at most, the latest ones.
MOST = 4000


class BtpDocumentDelay(models.Model):
    """Measuring: which cases are held against which, and what waits today."""

    _inherit = "btp.document.delay"

    @api.model
    def _measure(self, company, day=None, rows=None):
        """Measure every kind of document at every stage, and write what was found.

        :param company: the ``res.company``
        :param date day: the day up to which payments are known (default: today)
        :param rows: the columns of the learner's ledger, where they were read already
        :return: the records
        """
        from ..learner import documents

        self = self.with_company(company)
        day = day or self.env["btp.echeance"]._get_today()
        if rows is None:
            rows = self.env["btp.scoring.ledger"]._read(company, day)
        cases = self._read_cases(company, day, rows)
        found = documents.associate(**cases)
        self.search([("company_id", "=", company.id)]).unlink()
        made = self.create(
            [
                {
                    "company_id": company.id,
                    "type_id": int(one.kind),
                    "stage": one.stage,
                    "state": one.state,
                    "missing_count": one.missing,
                    "present_count": one.present,
                    "days": one.days,
                    "days_low": one.low,
                    "days_high": one.high,
                    "measured_on": day,
                }
                for one in found
            ]
        )
        self._refresh_cost(company)
        return made

    @api.model
    def _read_cases(self, company, day, rows) -> dict:
        """Return the cases of ``documents.associate``: an amount that needed a document.

        Amounts come from the learner's ledger: who objected is not in it. What is still
        unpaid after its due date counts with the delay so far.
        """
        place = {id_: index for index, id_ in enumerate(rows["invoice_id"].tolist())}
        needs = [
            (place[need[0]], *need[1:])
            for need in self._read_needs(company)
            if need[0] in place
        ]
        spots, types, *dates = zip(*needs, strict=True) if needs else ((),) * 6
        spots = np.array(spots, np.int64)
        since, received, valid, issued = (
            np.array(part, "datetime64[D]") for part in dates
        )
        mine = {name: column[spots] for name, column in rows.items()}
        due, paid = mine["due_date"], mine["paid_date"]
        today = np.datetime64(day, "D")
        over = ~np.isnat(paid) | (due < today)
        until = np.where(np.isnat(paid), today, paid)
        # On the due date; a certificate must have been valid on the day of the invoice.
        missing = ~(received <= due) | (valid < issued)
        keep = over & (mine["retention"] != 1) & (since <= due)
        # A certificate renewed since says nothing of that day.
        keep &= np.isnat(valid) | (received <= due)
        keep &= _latest(types, mine["stage"], due, keep)
        return {
            "kind": np.array(types, str)[keep],
            "stage": mine["stage"].astype(str)[keep],
            "missing": missing[keep],
            "delay": (until - due).astype("timedelta64[D]").astype(float)[keep],
            "cell": _cells(mine["segment"], mine["amount"])[keep],
            "customer": mine["customer_id"][keep],
        }

    @api.model
    def _read_needs(self, company) -> list[tuple]:
        """Return what amounts needed: line, kind, and the document's dates."""
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT l.id, d.type_id, d.expected_since,
                       CASE WHEN d.state = 'received' THEN d.received_on END,
                       d.valid_until, m.invoice_date
                  FROM btp_document_need n
                  JOIN btp_document d ON d.id = n.document_id
                  JOIN account_move m ON m.id = n.move_id
                  JOIN account_move_line l ON l.move_id = m.id
                       AND l.display_type = 'payment_term'
                 WHERE d.company_id = %(company)s AND m.company_id = %(company)s
                   AND n.level = 'required' AND d.state <> 'not_needed'
                   AND m.state = 'posted'
                 ORDER BY l.id, d.type_id
                """,
                company=company.id,
            )
        )

    @api.model
    def _refresh_cost(self, company):
        """Write what waits today for each kind, and for each document, in two statements."""
        self.env.flush_all()
        waits = self._get_waits_sql(company)
        self.env.cr.execute(self._get_kind_cost_query(company, waits))
        self.env.cr.execute(self._get_document_cost_query(company, waits))
        self.invalidate_model(["waiting_amount", "cost"])
        self.env["btp.document"].invalidate_model(
            ["delay_days", "waiting_amount", "delay_cost", "delay_rank"]
        )

    @api.model
    def _get_kind_cost_query(self, company, waits) -> SQL:
        return SQL(
            """
            WITH waits AS (%(waits)s)
            UPDATE btp_document_delay dd
               SET waiting_amount = x.amount,
                   cost = x.amount * GREATEST(COALESCE(dd.days, 0), 0)
              FROM (
                SELECT d2.id, COALESCE(SUM(w.amount), 0) AS amount
                  FROM btp_document_delay d2
                  LEFT JOIN waits w ON w.type_id = d2.type_id AND w.stage = d2.stage
                 WHERE d2.company_id = %(company)s
                 GROUP BY d2.id
              ) x
             WHERE dd.id = x.id
            """,
            waits=waits,
            company=company.id,
        )

    @api.model
    def _get_document_cost_query(self, company, waits) -> SQL:
        return SQL(
            """
            WITH waits AS (%(waits)s)
            UPDATE btp_document d
               SET delay_days = x.days, waiting_amount = x.amount, delay_cost = x.cost,
                   delay_rank = x.rank
              FROM (
                SELECT d2.id, DENSE_RANK() OVER (ORDER BY
                           COALESCE(SUM(w.amount * GREATEST(dd.days, 0)), 0) DESC) AS rank,
                       MAX(dd.days) AS days, SUM(w.amount) AS amount,
                       COALESCE(SUM(w.amount * GREATEST(dd.days, 0)), 0) AS cost
                  FROM btp_document d2
                  LEFT JOIN waits w ON w.document_id = d2.id
                  LEFT JOIN btp_document_delay dd ON dd.company_id = d2.company_id
                       AND dd.type_id = d2.type_id AND dd.stage = w.stage
                       AND dd.state = 'enough'
                 WHERE d2.company_id = %(company)s
                 GROUP BY d2.id
              ) x
             WHERE d.id = x.id
               AND (d.delay_days, d.waiting_amount, d.delay_cost, d.delay_rank)
                   IS DISTINCT FROM (x.days, x.amount, x.cost, x.rank)
            """,
            waits=waits,
            company=company.id,
        )

    @api.model
    def _get_waits_sql(self, company) -> SQL:
        """Return the query of what is left to pay on invoices that lack a document."""
        return SQL(
            """
            SELECT n.document_id, d.type_id, COALESCE(m.btp_billing_stage, 'plain') AS stage,
                   SUM(l.amount_residual) AS amount
              FROM btp_document_need n
              JOIN btp_document d ON d.id = n.document_id
              JOIN account_move m ON m.id = n.move_id AND m.state = 'posted'
              JOIN res_company c ON c.id = m.company_id
              JOIN account_move_line l ON l.move_id = m.id
                   AND l.display_type = 'payment_term' AND l.reconciled IS NOT TRUE
                   AND l.account_id IS DISTINCT FROM c.btp_retention_account_id
             WHERE n.missing AND d.company_id = %s
             GROUP BY n.document_id, d.type_id, COALESCE(m.btp_billing_stage, 'plain')
            """,
            company.id,
        )


def _latest(types, stages, due, keep):
    """Return which cases are among the latest of their kind and stage."""
    chosen = np.zeros(len(due), bool)
    spots = np.flatnonzero(keep)
    groups = {}
    for spot in spots[np.argsort(due[spots], kind="stable")[::-1]].tolist():
        seen = groups.setdefault((types[spot], stages[spot]), [])
        if len(seen) < MOST:
            seen.append(spot)
            chosen[spot] = True
    return chosen


def _cells(segments, amounts):
    """Return within which cell each case is compared: group of customers and band of amount."""
    bands = np.digitize(amounts, BANDS)
    return np.array(
        [f"{one}/{band}" for one, band in zip(segments, bands, strict=True)], str
    )
