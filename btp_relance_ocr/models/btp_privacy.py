# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: How long the papers of a chantier are evidence (C. civ. 1792-4-1).
EVIDENCE_YEARS = 10


class BtpPrivacyRule(models.Model):
    """Papers have a time of their own: those that prove something, and those that do not."""

    _inherit = "btp.privacy.rule"

    kind = fields.Selection(
        selection_add=[
            ("paper_idle", "Papers that were not used"),
            ("paper", "Papers that changed something"),
        ],
        ondelete={"paper_idle": "cascade", "paper": "cascade"},
    )


class BtpPrivacy(models.AbstractModel):
    """Papers name people, and show their signatures."""

    _inherit = "btp.privacy"

    @api.model
    def _query_paper_idle(self, company, today, cutoff, partner_ids=None):
        self.env["btp.paper"].flush_model()
        return SQL(
            """
            SELECT p.id, p.state IN ('waiting', 'to_check') AND %(young)s AS held
              FROM btp_paper p
             WHERE p.company_id = %(company)s AND p.state <> 'done'
               AND p.create_date::date <= %(cutoff)s AND %(about)s
            """,
            company=company.id,
            cutoff=cutoff or date.max,
            # A person asks, and somebody still has to look at it; after its time it goes anyway.
            young=partner_ids is not None,
            about=self._about([SQL("p.sender_id"), SQL("p.partner_id")], partner_ids),
        )

    @api.model
    def _erase_paper_idle(self, ids):
        return self._erase_paper(ids)

    @api.model
    def _query_paper(self, company, today, cutoff, partner_ids=None):
        self.env["btp.paper"].flush_model()
        return SQL(
            """
            SELECT p.id, (p.create_date::date > %(evidence)s OR %(debtor)s
                          OR m.id IS NOT NULL AND %(move)s) AS held
              FROM btp_paper p LEFT JOIN account_move m ON m.id = p.move_id
             WHERE p.company_id = %(company)s AND p.state = 'done'
               AND p.create_date::date <= %(cutoff)s AND %(about)s
            """,
            evidence=today - relativedelta(years=EVIDENCE_YEARS),
            debtor=self._debtor_held(SQL("p.partner_id"), company),
            move=self._move_held("m", today),
            company=company.id,
            cutoff=cutoff or date.max,
            about=self._about([SQL("p.sender_id"), SQL("p.partner_id")], partner_ids),
        )

    @api.model
    def _erase_paper(self, ids):
        papers = self.env["btp.paper"].sudo().browse(ids).try_lock_for_update()
        count = len(papers)
        papers.with_context(btp_privacy_erase=True).unlink()
        return count


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _btp_privacy_erase(self):
        # EXTENDS btp_relance
        told = super()._btp_privacy_erase()
        privacy = self.env["btp.privacy"].sudo()
        for kind in ("paper_idle", "paper"):
            free, kept = self._btp_privacy_find(kind)
            told[kind] = (privacy._erase(kind, free) if free else 0, kept)
        return told
