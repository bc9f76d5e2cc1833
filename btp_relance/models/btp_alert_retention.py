# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from .btp_alert import AlertKind

#: Days after the réception on which unlifted reserves are looked into.
RESERVES_DAYS = 30
#: Days before the release on which its request is prepared.
PREPARE_DAYS = 31


class BtpAlert(models.Model):
    """What a retention asks of our own people before the customer is written to."""

    _inherit = "btp.alert"

    @api.model
    def _get_kinds(self, today):
        return [
            *super()._get_kinds(today),
            AlertKind(
                "reserves",
                self.env._("Reserves to lift"),
                SQL(
                    """
                    SELECT company_id, 'btp.chantier' AS res_model, id AS res_id,
                           date_reception::text AS mark, user_id,
                           date_reception + %(days)s AS date_deadline
                      FROM btp_chantier
                     WHERE active AND has_reserves AND date_reserves_lifted IS NULL
                       AND date_reception + %(days)s <= %(today)s
                    """,
                    days=RESERVES_DAYS,
                    today=today,
                ),
                lambda chantier: chantier.env._(
                    "Have the reserves of %s lifted", chantier.display_name
                ),
                lambda chantier: chantier.env._(
                    "The réception was pronounced with reserves. Have their lifting signed, "
                    "and record its date: it opens the way to the release of the retention."
                ),
            ),
            AlertKind(
                "release",
                self.env._("Release of a retention to prepare"),
                SQL(
                    """
                    SELECT m.company_id, 'btp.chantier' AS res_model, ch.id AS res_id,
                           MIN(l.date_maturity)::text AS mark, NULL::int AS user_id,
                           MIN(l.date_maturity) AS date_deadline
                      FROM account_move_line l
                      JOIN account_move m ON m.id = l.move_id
                      JOIN res_company c ON c.id = m.company_id
                           AND c.btp_retention_account_id = l.account_id
                      JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
                     WHERE l.parent_state = 'posted' AND l.reconciled IS NOT TRUE
                       AND l.amount_residual > 0 AND ch.date_reception IS NOT NULL
                       AND ch.date_opposition IS NULL
                       AND l.date_maturity <= %(today)s + %(days)s
                     GROUP BY m.company_id, ch.id
                    """,
                    today=today,
                    days=PREPARE_DAYS,
                ),
                lambda chantier: chantier.env._(
                    "Prepare the release of the retention of %s", chantier.display_name
                ),
                lambda chantier: chantier.env._(
                    "Check that the reserves are lifted and that the PV is at hand: the "
                    "request leaves on the day of the release."
                ),
            ),
        ]
