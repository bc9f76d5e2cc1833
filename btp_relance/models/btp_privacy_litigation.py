# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import api, fields, models
from odoo.tools import SQL


class BtpPrivacyRule(models.Model):
    """Litigation files have a time of their own."""

    _inherit = "btp.privacy.rule"

    kind = fields.Selection(
        selection_add=[("litigation", "Litigation files")],
        ondelete={"litigation": "cascade"},
    )


class BtpPrivacy(models.AbstractModel):
    """A litigation file gathers what is erased elsewhere: it may not outlive its claim."""

    _inherit = "btp.privacy"

    @api.model
    def _query_litigation(self, company, today, cutoff, partner_ids=None):
        """A file is past its time once that long has gone by since it was made and since
        the last payment of what it claims; it stays while anything of it is unpaid, may
        still be sued for, or while the debtor's legal file is open."""
        claimed = self.env["btp.litigation"]._fields["move_ids"]
        names = {
            "rel": SQL.identifier(claimed.relation),
            "file": SQL.identifier(claimed.column1),
            "move": SQL.identifier(claimed.column2),
        }
        return SQL(
            """
            SELECT f.id, (%(debtor)s OR EXISTS (
                       SELECT FROM %(rel)s hr JOIN account_move hm ON hm.id = hr.%(move)s
                        WHERE hr.%(file)s = f.id AND %(held)s)) AS held
              FROM btp_litigation f
             WHERE f.company_id = %(company)s AND %(about)s AND f.day <= %(cutoff)s
               AND NOT EXISTS (
                   SELECT FROM %(rel)s pr
                     JOIN account_move_line pl ON pl.move_id = pr.%(move)s
                     JOIN account_partial_reconcile pp
                       ON pl.id IN (pp.debit_move_id, pp.credit_move_id)
                    WHERE pr.%(file)s = f.id AND pp.max_date > %(cutoff)s)
            """,
            debtor=self._debtor_held(SQL("f.partner_id"), company),
            held=self._move_held("hm", today),
            company=company.id,
            cutoff=cutoff or date.max,
            about=self._about([SQL("f.partner_id")], partner_ids),
            **names,
        )

    @api.model
    def _erase_litigation(self, ids):
        """Delete the files with their archives; the journal keeps that they were made."""
        files = self.env["btp.litigation"].sudo().browse(ids).try_lock_for_update()
        self._forget_messages(files)
        count = len(files)
        files.unlink()
        return count
