# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..const import FRESH


class BtpScore(models.Model):
    """A score in words, for whom it is about; and nothing left of it when they object."""

    _inherit = "btp.score"

    expectation = fields.Char("Forecast", compute="_compute_words")
    reason = fields.Char("Why", compute="_compute_words")

    @api.depends_context("lang")
    @api.depends("reasons", "date_expected", "p_late", "method", "left_out_code")
    def _compute_words(self):
        for score in self:
            score.expectation = score._get_expectation()
            score.reason = score._get_reason()

    @api.model
    def _forget(self, partners, company=None):
        # EXTENDS btp_relance_scoring: sums and orders made of the scores forget too.
        mine = self._get_theirs(partners, company)
        companies = self.sudo().search(mine).company_id
        days = {one: self._get_day(one) for one in companies}
        count = super()._forget(partners, company)
        relances = self.env["btp.relance"].sudo().search([*mine, ("gain", "!=", 0)])
        relances.gain = 0
        for one, day in days.items():
            self.env["btp.scoring.job"].sudo()._sum_chantiers(one, day)
            # By their amount alone, as who is not scored: not last of all.
            ids = relances.filtered(lambda item, one=one: item.company_id == one).ids
            relances._refresh_gain(one, ids)
        return count

    @api.model
    def _get_day(self, company):
        """Return the day whose scores hold: the last one; none where no scores are wanted."""
        if not company.sudo().btp_score_active:
            return None
        mine = [("company_id", "=", company.id)]
        [(day,)] = self.sudo()._read_group(mine, [], ["scored_on:max"])
        return day or None

    @api.model
    def _search_fresh(self, domain):
        """Return the scores of a domain that still hold, the largest gains first.

        What is old holds no more, nor where the company wants no scores or the customer
        restricted what is done with their data (GDPR art. 18).
        """
        today = self.env["btp.echeance"]._get_today()
        return self.search(
            [
                *domain,
                ("scored_on", ">", today - timedelta(days=FRESH)),
                ("company_id.btp_score_active", "=", True),
                ("partner_id.btp_privacy_restricted", "=", False),
            ],
            order="gain desc",
        )

    @api.model
    def _leave_out_persons(self, company) -> int:
        """Erase what a company computed of natural persons, where it leaves them out.

        :return: how many records
        """
        if company.btp_score_persons:
            return 0
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT p.id FROM res_partner p
                 WHERE %(person)s AND (
                       p.id IN (SELECT partner_id FROM btp_score WHERE company_id = %(company)s)
                       OR p.id IN (
                           SELECT partner_id FROM btp_score_partner WHERE company_id = %(company)s
                       ))
                """,
                person=self.env["btp.scoring.ledger"]._get_person_sql(),
                company=company.id,
            )
        )
        partners = self.env["res.partner"].browse(
            row[0] for row in self.env.cr.fetchall()
        )
        return self._forget(partners, company) if partners else 0


class BtpScoringLedger(models.AbstractModel):
    """The same facts that the learner reads, of a few persons only."""

    _inherit = "btp.scoring.ledger"

    @api.model
    def _read_of(self, company, day, partners) -> list[dict]:
        """Return the learner's columns of what some customers owe or paid.

        :param company: the ``res.company``; :param date day: the scoring day
        :param partners: the customers
        """
        self.env.flush_all()
        return self.env.execute_query_dict(
            SQL(
                "SELECT * FROM (%s) known WHERE customer_id = ANY(%s)",
                self._get_query(company, day),
                partners.ids,
            )
        )

    @api.model
    def _filter_scored(self, company, partners):
        """Return the customers that may be scored and learned from."""
        self.env["res.partner"].flush_model()
        found = self.env.execute_query(
            SQL(
                "SELECT p.id FROM res_partner p WHERE p.id = ANY(%s) AND %s",
                partners.ids,
                self._get_scored_sql(company),
            )
        )
        return partners.browse(id_ for (id_,) in found)
