# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

import numpy as np

from odoo import api, models
from odoo.tools import SQL

from ..const import KEEP_DAYS, SOON

_logger = logging.getLogger(__name__)


def worth(weeks, tail):
    """Return the chance that acting now changes something, a rule and not a measure.

    Who pays within the week pays anyway, and who does not pay within the quarter is not
    moved by one more reminder: what is left are those who pay later, and do pay.

    :param weeks: (n, 13) chance of payment in each week
    :param tail: (n,) chance that it comes later, or never
    :return: (n,) from 0 to 1
    """
    later = 1 - weeks[:, 0]
    return np.clip(later - tail, 0, 1)


def _troubles(said) -> list:
    """Return the code of why each row of a forecast could not be scored, None where it was."""
    from ..learner.errors import ROW_TROUBLES

    return [
        next(filter(ROW_TROUBLES.__contains__, codes), None) for codes in said.flags
    ]


class BtpScoringJob(models.AbstractModel):
    """What runs by itself: scores each night, training each month, watch each week."""

    _name = "btp.scoring.job"
    _description = "Scoring Jobs"

    @api.model
    def _cron_score(self):
        """Score what is due, company by company, each in a transaction of its own."""
        self._each_company(self._score)
        self._each_company(self._end, active=False)

    @api.model
    def _cron_train(self):
        """Train a challenger for each company, and crown it where its figures are better."""
        self._each_company(self._train)

    @api.model
    def _cron_watch(self):
        """Hold what each champion said against what came since."""
        self._each_company(self._watch)

    @api.model
    def _each_company(self, work, active=True):
        """Do ``work(company)`` for every company that scores; one in error stops no other.

        :param active: whether for those that score, or for those that do not
        """
        companies = self.env["res.company"].search([("btp_score_active", "=", active)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            try:
                self.env["btp.relance.engine"]._retry(
                    lambda company=company: work(company)
                )
            except Exception:
                # A lost connection breaks here: there is nobody left to work for.
                self.env.cr.rollback()
                _logger.exception("%s failed for company %s", work.__name__, company.id)
            cron._commit_progress(1)

    @api.model
    def _end(self, company, day=None):
        """Erase what had its time, in companies that do not score any more too. Hook.

        :param company: the ``res.company``
        :param date day: today of the company
        """
        day = day or self.env["btp.echeance"].with_company(company)._get_today()
        old = day - timedelta(days=KEEP_DAYS)
        mine = ("company_id", "=", company.id)
        self.env["btp.choice"].search([mine, ("chosen_on", "<", old)]).unlink()
        self.env["btp.score.change"].search(
            [mine, "|", ("closed_on", "<", old), ("seen_on", "<", old)]
        ).unlink()
        self.env["btp.cash.forecast"]._end(company, day)

    # === SCORES === #

    @api.model
    def _score(self, company, day=None) -> int:
        """Score every open amount of a company. Safe to do again.

        :param company: the ``res.company``
        :param date day: the scoring day (default: today of the company)
        :return: how many amounts were scored
        """
        self = self.with_company(company)
        day = day or self.env["btp.echeance"]._get_today()
        self.env["btp.score"]._leave_out_persons(company)
        rows, ledger = self._read_ledger(company, day)
        champion, model = self.env["btp.scoring.model"]._take_up(company)
        said = self._forecast(company, ledger, model)
        out = self._read_out(company, day, rows, said)
        columns = self._to_columns(company, rows, said, out)
        count = self.env["btp.score"]._write_all(company, day, champion, columns)
        self.env["btp.score.partner"]._write_all(company, day, ledger, rows, said, out)
        self._sum_chantiers(company, day)
        self.env["btp.relance"]._refresh_gain(company)
        self._end(company, day)
        return count

    @api.model
    def _read_ledger(self, company, day):
        """Return the rows that the ledger knew on a day, and the learner's view of them.

        :return: ``(columns by name, learner.Ledger)``
        """
        from ..learner import Ledger

        source = self.env["btp.scoring.ledger"]
        rows = source._read(company, day)
        return rows, Ledger(rows, asof=day, log=source._read_log(company, day))

    @api.model
    def _forecast(self, company, ledger, model):
        """Return the learner's forecast of what is open, the rule's where there is no model.

        :param model: ``learner.Model``, or none
        """
        from ..learner import Model, forecast

        said = forecast(
            model or Model(company.btp_score_grace, "none", 0),
            ledger,
            explain=model is not None,
        )
        if model is None:
            self._follow_rule(company, ledger, said)
        return said

    @api.model
    def _follow_rule(self, company, ledger, said):
        """Put the due date in the place of what no model says."""
        from ..learner import by_rule

        rule = by_rule(ledger, said.rows, company.btp_score_grace)
        due = ledger.due[said.rows].astype("datetime64[D]")
        said.by_rule[:] = True
        said.p_late[:], said.weeks[:] = rule["p_late"], rule["weeks"]
        said.tail[:], said.mean_delay[:] = rule["tail"], rule["mean"]
        said.expected = due + rule["median"].astype(int)
        said.low = said.high = said.expected
        said.confidence[:] = "none"

    @api.model
    def _read_out(self, company, day, rows, said):
        """Return what no habit foretells of each forecast amount, and why.

        :return: ``(amounts, codes)``, (n,) each; nothing and None where all is expected
        """
        found = self.env["btp.figure.cash"]._read_out(company, day)
        amounts, codes = np.zeros(len(said)), np.full(len(said), None, object)
        for spot, id_ in enumerate(rows["invoice_id"][said.rows].tolist()):
            if id_ in found:
                codes[spot], amounts[spot] = found[id_]
        return np.minimum(amounts, rows["open_amount"][said.rows]), codes

    @api.model
    def _to_columns(self, company, rows, said, out) -> dict[str, list]:
        """Return a forecast as the columns of ``btp.score``.

        :param out: of :meth:`_read_out`: it is in no sum, and has no day where it is the whole
        """
        places = said.rows
        owed = rows["open_amount"][places]
        left_out, codes = out
        counted = owed - left_out
        precision = company.currency_id.decimal_places
        soon = said.weeks[:, : SOON // 7].sum(axis=1)
        gain = counted * worth(said.weeks, said.tail)
        nothing = counted < 10.0**-precision / 2

        def days(values):
            return [
                None if none else value
                for value, none in zip(values.astype(object), nothing, strict=True)
            ]

        learned = "learner" if said.level == "learner" else "delays"
        reasons = said.reasons or [[] for _place in places]
        return {
            "move_line_id": rows["invoice_id"][places].tolist(),
            "partner_id": rows["customer_id"][places].tolist(),
            "chantier_id": [
                id_ or None for id_ in rows["chantier_id"][places].tolist()
            ],
            "method": ["rule" if rule else learned for rule in said.by_rule.tolist()],
            "confidence": said.confidence.tolist(),
            "p_late": said.p_late.round(4).tolist(),
            "date_expected": days(said.expected),
            "date_low": days(said.low),
            "date_high": days(said.high),
            "amount": owed.round(precision).tolist(),
            "left_out": left_out.round(precision).tolist(),
            "left_out_code": codes.tolist(),
            "trouble": _troubles(said),
            "cash": (counted * soon).round(precision).tolist(),
            "gain": gain.round(precision).tolist(),
            "weeks": said.weeks.round(4).tolist(),
            "reasons": reasons,
        }

    @api.model
    def _sum_chantiers(self, company, day):
        """Write what is expected of each chantier, in one statement.

        :param company: the ``res.company``
        :param day: the day on which its amounts were scored, nothing where none is any more
        """
        self.env["btp.chantier"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE btp_chantier c
                   SET score_p_late = found.p_late, score_cash = found.cash,
                       score_date = found.last, score_coming = found.coming,
                       score_delay = found.delay, score_left_out = found.left_out
                  FROM (%(sums)s) found
                 WHERE c.id = found.id
                   AND (c.score_p_late, c.score_cash, c.score_date, c.score_coming,
                        c.score_delay, c.score_left_out)
                       IS DISTINCT FROM (found.p_late, found.cash, found.last,
                        found.coming, found.delay, found.left_out)
                """,
                sums=self._get_chantier_sums(company, day),
            )
        )
        self.env["btp.chantier"].invalidate_model(
            [name for name in self.env["btp.chantier"]._fields if name[:6] == "score_"]
        )

    @api.model
    def _get_chantier_sums(self, company, day) -> SQL:
        """Return by chantier what is expected. A risk is of what is not due yet: what is late
        is late.

        What was not scored that day is paid, cancelled or somebody's who objected.
        """
        return SQL(
            """
            SELECT ch.id, SUM(s.cash) AS cash, MAX(s.date_expected) AS last,
                   SUM(s.p_late * s.counted) FILTER (WHERE s.coming)
                       / NULLIF(SUM(s.counted) FILTER (WHERE s.coming), 0) AS p_late,
                   SUM(s.counted) FILTER (WHERE s.coming) AS coming,
                   SUM(s.left_out) AS left_out,
                   ROUND(SUM(s.delay * s.counted) / NULLIF(SUM(s.counted), 0)) AS delay
              FROM btp_chantier ch
              LEFT JOIN (
                SELECT s.chantier_id, s.cash, s.date_expected, s.p_late,
                       COALESCE(s.left_out, 0) AS left_out,
                       s.amount - COALESCE(s.left_out, 0) AS counted,
                       COALESCE(l.date_maturity, l.date) >= s.scored_on AS coming,
                       s.date_expected - COALESCE(l.date_maturity, l.date) AS delay
                  FROM btp_score s JOIN account_move_line l ON l.id = s.move_line_id
                 WHERE s.company_id = %(company)s AND s.scored_on = %(day)s::date
                   AND l.reconciled IS NOT TRUE
              ) s ON s.chantier_id = ch.id
             WHERE ch.company_id = %(company)s
             GROUP BY ch.id
            """,
            company=company.id,
            day=day,
        )
