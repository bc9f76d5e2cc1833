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
    def _measure(self, company, day=None):
        """Measure every kind of document at every stage, and write what was found.

        :param company: the ``res.company``
        :param date day: the day up to which payments are known (default: today)
        :return: the records
        """
        from ..learner import documents

        self = self.with_company(company)
        day = day or self.env["btp.echeance"]._get_today()
        cases = self._read_cases(company, day)
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
    def _read_cases(self, company, day) -> dict:
        """Return the cases of ``documents.associate``: an amount that needed a document.

        Amounts come from the learner's ledger: who objected is not in it. What is still
        unpaid after its due date counts with the delay so far.
        """
        rows = self.env["btp.scoring.ledger"]._read(company, day)
        place = {int(id_): index for index, id_ in enumerate(rows["invoice_id"])}
        needs = [
            (place[need[0]], *need[1:])
            for need in self._read_needs(company)
            if need[0] in place
        ]
        spots, types, since, received, valid, issued = (
            zip(*needs, strict=True) if needs else ((),) * 6
        )
        spots = np.array(spots, np.int64)
        dates = [
            np.array(part, "datetime64[D]") for part in (since, received, valid, issued)
        ]
        since, received, valid, issued = dates
        due, paid = rows["due_date"][spots], rows["paid_date"][spots]
        today = np.datetime64(day, "D")
        over = ~np.isnat(paid) | (due < today)
        until = np.where(np.isnat(paid), today, paid)
        late = (until - due).astype("timedelta64[D]").astype(float)
        # On the due date; a certificate must have been valid on the day of the invoice.
        missing = ~(received <= due) | (valid < issued)
        keep = over & (rows["retention"][spots] != 1) & (since <= due)
        keep &= _latest(types, rows["stage"][spots], due, keep)
        bands = np.digitize(rows["amount"][spots], BANDS)
        cells = [
            f"{segment}/{band}"
            for segment, band in zip(rows["segment"][spots], bands, strict=True)
        ]
        return {
            "kind": np.array(types, str)[keep],
            "stage": rows["stage"][spots].astype(str)[keep],
            "missing": missing[keep],
            "delay": late[keep],
            "cell": np.array(cells, str)[keep],
            "customer": rows["customer_id"][spots][keep],
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
        self.env.cr.execute(
            SQL(
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
        )
        self.env.cr.execute(
            SQL(
                """
                WITH waits AS (%(waits)s)
                UPDATE btp_document d
                   SET delay_days = x.days, waiting_amount = x.amount, delay_cost = x.cost
                  FROM (
                    SELECT d2.id, MAX(dd.days) AS days, SUM(w.amount) AS amount,
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
                   AND (d.delay_days, d.waiting_amount, d.delay_cost)
                       IS DISTINCT FROM (x.days, x.amount, x.cost)
                """,
                waits=waits,
                company=company.id,
            )
        )
        self.invalidate_model(["waiting_amount", "cost"])
        self.env["btp.document"].invalidate_model(
            ["delay_days", "waiting_amount", "delay_cost"]
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
