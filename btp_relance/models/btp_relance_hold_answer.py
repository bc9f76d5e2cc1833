# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from .btp_relance_hold import Hold


class BtpRelanceHold(models.AbstractModel):
    """Who wrote back is not written to before somebody has read it."""

    _inherit = "btp.relance.hold"

    @api.model
    def _get_contact_holds(self, today) -> list[Hold]:
        # EXTENDS btp_relance: at the moment of leaving too, not only when it is planned.
        return [
            Hold(
                "unread_answer",
                self.env._("The customer answered: nobody has read it yet"),
                self.env._(
                    "Read the answer in “My Day”: an agent applies, corrects or dismisses "
                    "what it proposes."
                ),
                SQL(
                    # Not correlated: read once, whatever the number of amounts due.
                    """((l.partner_id, l.company_id) IN (
                        SELECT a.partner_id, a.company_id FROM btp_answer a
                         WHERE a.state = 'to_read' AND a.automatic IS NULL
                           AND a.partner_id IS NOT NULL))"""
                ),
            ),
            Hold(
                "away",
                self.env._("Whoever reads our messages there is away"),
                self.env._(
                    "It leaves by itself when they are back; dismiss the reading of their "
                    "automatic reply to write before."
                ),
                SQL(
                    """((l.partner_id, l.company_id) IN (
                        SELECT a.partner_id, a.company_id FROM btp_answer a
                         WHERE a.pause_until >= %s AND a.partner_id IS NOT NULL))""",
                    today,
                ),
            ),
            *super()._get_contact_holds(today),
        ]


class BtpEcheance(models.Model):
    _inherit = "btp.echeance"

    def _flush_relation(self):  # pylint: disable=missing-return
        # EXTENDS btp_relance: the holds read the answers.
        super()._flush_relation()
        self.env["btp.answer"].flush_model()
