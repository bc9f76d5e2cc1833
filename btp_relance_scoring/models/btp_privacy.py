# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL


class BtpPrivacyRule(models.Model):
    """Scores, and all that is learned, have a time of their own."""

    _inherit = "btp.privacy.rule"

    kind = fields.Selection(
        selection_add=[
            ("score_habit", "Payment habits"),
            ("score_model", "Models learned from payments"),
            ("score_reader", "Readers learned from answers"),
        ],
        ondelete={
            "score_habit": "cascade",
            "score_model": "cascade",
            "score_reader": "cascade",
        },
    )


class BtpPrivacy(models.AbstractModel):
    """Scores are personal data too: erased after their time, or when a person asks."""

    _inherit = "btp.privacy"

    @api.model
    def _query_score(self, company, today, cutoff, partner_ids=None):
        self.env["btp.score"].flush_model()
        return SQL(
            """
            SELECT s.id, FALSE AS held FROM btp_score s
             WHERE s.company_id = %(company)s AND s.scored_on <= %(cutoff)s AND %(about)s
            """,
            company=company.id,
            cutoff=cutoff or date.max,
            about=self._about([SQL("s.partner_id")], partner_ids),
        )

    @api.model
    def _erase_score(self, ids):
        return self._delete("btp.score", ids)

    @api.model
    def _query_score_habit(self, company, today, cutoff, partner_ids=None):
        """A habit is computed anew each night: an old one is of who is not scored any more."""
        self.env["btp.score.partner"].flush_model()
        return SQL(
            """
            SELECT h.id, FALSE AS held FROM btp_score_partner h
             WHERE h.company_id = %(company)s AND %(about)s
               AND COALESCE(h.computed_on, h.create_date::date) <= %(cutoff)s
            """,
            company=company.id,
            cutoff=cutoff or date.max,
            about=self._about([SQL("h.partner_id")], partner_ids),
        )

    @api.model
    def _erase_score_habit(self, ids):
        return self._delete("btp.score.partner", ids)

    @api.model
    def _query_score_model(self, company, today, cutoff, partner_ids=None):
        """Numbers about all customers together: kept while in use, of no person alone."""
        return self._query_learned("btp.scoring.model", company, cutoff, partner_ids)

    @api.model
    def _erase_score_model(self, ids):
        return self._delete("btp.scoring.model", ids)

    @api.model
    def _query_score_reader(self, company, today, cutoff, partner_ids=None):
        """Words that several customers wrote: they go after their time, in use or not."""
        return self._query_learned("btp.scoring.reader", company, cutoff, partner_ids)

    @api.model
    def _erase_score_reader(self, ids):
        return self._delete("btp.scoring.reader", ids)

    @api.model
    def _query_learned(self, name, company, cutoff, partner_ids) -> SQL:
        model = self.env[name]
        model.flush_model()
        return SQL(
            """
            SELECT x.id, (x.state = 'champion' AND %(kept)s) AS held FROM %(table)s x
             WHERE x.company_id = %(company)s AND x.trained_on::date <= %(cutoff)s
               AND %(about)s
            """,
            kept=name == "btp.scoring.model",
            table=SQL.identifier(model._table),
            company=company.id,
            cutoff=cutoff or date.max,
            about=partner_ids is None,
        )

    @api.model
    def _delete(self, name, ids) -> int:
        """Delete records and their files, those that nobody else is at."""
        records = self.env[name].sudo().browse(ids).try_lock_for_update()
        count = len(records)
        records.unlink()
        return count
