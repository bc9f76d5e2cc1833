# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.btp_relance.models.btp_alert import AlertKind


class BtpAlert(models.Model):
    """A habit changed: one task, until somebody has dealt with it.

    A good payer that slips is a case of its own already, see the escalations.
    """

    _inherit = "btp.alert"

    @api.model
    def _get_kinds(self, today) -> list[AlertKind]:
        return [
            *super()._get_kinds(today),
            AlertKind(
                "habit_change",
                self.env._("Change of habit"),
                SQL(
                    """
                    SELECT company_id, 'btp.score.change' AS res_model, id AS res_id,
                           found_on::text AS mark, user_id, %s AS date_deadline
                      FROM btp_score_change
                     WHERE state = 'open' AND alerted AND kind <> 'slips'
                    """,
                    today,
                ),
                lambda change: change.display_name,
                lambda change: Markup("<p>%s</p>") % change.words,
            ),
        ]
