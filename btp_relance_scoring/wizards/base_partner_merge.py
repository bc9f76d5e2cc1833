# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Two customers that become one: what was said of both is said of the one.

    Base moves all rows at once, and stops at an index that allows one row a customer.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # EXTENDS base
        theirs = [("partner_id", "in", src_partners.ids)]
        # Both are found anew each night.
        self.env["btp.score.partner"].sudo().search(theirs).unlink()
        changes = self.env["btp.score.change"].sudo()
        changes.search([*theirs, ("state", "=", "open")])._close("over")
        self.env.flush_all()
        self._add_up_forecasts(src_partners | dst_partner, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _add_up_forecasts(self, partners, kept):
        """Make one forecast of those that were frozen on the same day for the same week.

        The payments of all are one customer's from now on: what was expected must be too.
        """
        self.env.cr.execute(
            SQL(
                """
                WITH same AS (
                    SELECT (ARRAY_AGG(id ORDER BY partner_id = %(kept)s DESC, id))[1] AS id,
                           ARRAY_AGG(id) AS ids, SUM(expected) AS expected, SUM(low) AS low,
                           SUM(high) AS high, SUM(actual) AS actual
                      FROM btp_cash_forecast
                     WHERE partner_id = ANY(%(partners)s)
                     GROUP BY company_id, made_on, week
                    HAVING COUNT(*) > 1
                ), gone AS (
                    DELETE FROM btp_cash_forecast f USING same
                     WHERE f.id = ANY(same.ids) AND f.id <> same.id
                )
                UPDATE btp_cash_forecast f
                   SET expected = same.expected, low = same.low, high = same.high,
                       actual = same.actual,
                       inside = f.settled AND same.actual BETWEEN same.low AND same.high
                  FROM same
                 WHERE f.id = same.id
                """,
                kept=kept.id,
                partners=partners.ids,
            )
        )
        self.env["btp.cash.forecast"].invalidate_model()
