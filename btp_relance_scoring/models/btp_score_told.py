# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL


class BtpScore(models.Model):
    """A score in words, for whom it is about; and nothing left of it when they object."""

    _inherit = "btp.score"

    expectation = fields.Char("Forecast", compute="_compute_words")
    reason = fields.Char("Why", compute="_compute_words")

    @api.depends_context("lang")
    @api.depends("reasons", "date_expected", "p_late", "method")
    def _compute_words(self):
        for score in self:
            score.expectation = score._get_expectation()
            score.reason = score._get_reason()

    @api.model
    def _forget(self, partners):
        # EXTENDS btp_relance_scoring: sums and orders made of the scores forget too.
        companies = self.sudo().search([("partner_id", "in", partners.ids)]).company_id
        count = super()._forget(partners)
        self.env["btp.relance"].flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE btp_relance SET gain = 0 WHERE partner_id = ANY(%s) AND gain <> 0",
                partners.ids,
            )
        )
        self.env["btp.relance"].invalidate_model(["gain"])
        for company in companies:
            self.env["btp.scoring.job"].sudo()._sum_chantiers(company)
        return count


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
