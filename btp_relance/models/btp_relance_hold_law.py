# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from ..engine.deadlines import TITULAIRE_DAYS
from .btp_relance_hold import Hold


class BtpRelanceHold(models.AbstractModel):
    """The holds that come from who pays in a contract, and from a public buyer's clock."""

    _inherit = "btp.relance.hold"

    @api.model
    def _get_clock_holds(self, today) -> list[Hold]:
        """Return the holds on a cotraitant, a direct payment and an interrupted term."""
        return [
            Hold(
                "cotraitant",
                self.env._(
                    "Cotraitant: the owner pays, not a member of the consortium"
                ),
                self.env._(
                    "Invoice whoever pays, or correct the consortium on the chantier."
                ),
                # Not correlated: read once, whatever the number of amounts due.
                SQL(
                    "((m.btp_chantier_id, l.partner_id) IN ("
                    "SELECT co.chantier_id, cp.commercial_partner_id"
                    " FROM btp_chantier_cotraitant_rel co"
                    " JOIN res_partner cp ON cp.id = co.partner_id))"
                ),
                listed=False,
            ),
            Hold(
                "direct_payment",
                self.env._("Direct payment: the titulaire has not agreed yet"),
                self.env._(
                    "Type on the invoice when the titulaire received the request, and his "
                    "answer: 15 days without one count as agreement."
                ),
                SQL(
                    """(m.btp_chantier_id IN (
                            SELECT id FROM btp_chantier
                             WHERE role = 'subcontractor_direct'
                        ) AND m.btp_direct_payment_answer IS DISTINCT FROM 'agreed'
                        AND (m.btp_direct_payment_answer = 'refused'
                            OR m.btp_direct_payment_requested_on IS NULL
                            OR m.btp_direct_payment_requested_on + %s >= %s))""",
                    TITULAIRE_DAYS,
                    today,
                ),
                listed=False,
            ),
            Hold(
                "interrupted",
                self.env._("The public buyer interrupted its term"),
                self.env._(
                    "Send what is missing, then type on the invoice when the buyer "
                    "received it."
                ),
                SQL(
                    "(m.btp_interrupted_on <= %s"
                    " AND COALESCE(m.btp_completed_on > %s, TRUE))",
                    today,
                    today,
                ),
                listed=False,
            ),
        ]
