# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..const import CONTACT_CHANNELS

#: Stages on which the customer's person on the site can say what blocks.
SITE_STAGES = ("progress", "situation", "final", "retention_release")


class BtpChantier(models.Model):
    _inherit = "btp.chantier"

    site_contact_id = fields.Many2one(
        "res.partner",
        "Customer's Person on Site",
        domain="[('commercial_partner_id', '=', partner_id)]",
        help="Asked about situations and retentions where the accounts do not answer.",
    )


class BtpRelanceHold(models.AbstractModel):
    """Whom to write to: who answers, and who is asked next where nobody does."""

    _inherit = "btp.relance.hold"

    @api.model
    def _get_best_contact(self, channel: str, stage: SQL) -> SQL:
        """Return the partner to whom a reminder goes, as SQL over ``l`` and ``p``.

        Hook: the best contact of a debtor. Here: the contact chosen on the customer; else
        the first that the channel reaches of the contact for the billing stage, that of the
        accounts and Odoo's invoicing contact; else the customer itself. Of those with the
        same role, whoever answered last. Whoever was silent for too long comes after the
        others, and then the management and the site are asked too. Whoever said that they
        are not the right person is not.

        :param str channel: name of the channel
        :param SQL stage: billing stage; NULL where the reminder is about several
        """
        asked_on = (
            SQL.identifier("st", f"{channel}_on")
            if channel in dict(CONTACT_CHANNELS)
            else SQL("st.answered_on")
        )
        role = self.env["btp.contact.route"]._get_role_sql(stage)
        return SQL(
            """COALESCE(
                CASE WHEN NOT %(chosen_wrong)s THEN p.btp_relance_contact_id END, (
                SELECT ct.id FROM res_partner ct
                  LEFT JOIN btp_contact_stat st
                         ON st.contact_id = ct.id AND st.company_id = l.company_id
                 WHERE ct.commercial_partner_id = l.partner_id AND ct.active
                   AND (ct.type = 'invoice'
                        OR ct.btp_contact_role IN (%(role)s, 'accounting')
                        OR %(next)s)
                   AND %(reached)s
                 ORDER BY CASE WHEN st.silent THEN st.unanswered ELSE 0 END,
                          %(rank)s, %(on_site)s DESC,
                          %(asked_on)s DESC NULLS LAST,
                          st.answered_on DESC NULLS LAST, ct.id
                 LIMIT 1
            ), l.partner_id)""",
            chosen_wrong=self._get_wrong_sql(SQL("p.btp_relance_contact_id")),
            role=role,
            next=self._get_next_contacts_sql(stage),
            rank=self._get_contact_rank_sql(role),
            on_site=self._get_on_site_sql(),
            asked_on=asked_on,
            reached=self._get_reached_sql(channel),
        )

    @api.model
    def _get_contact_rank_sql(self, role: SQL) -> SQL:
        """Return the place of contact ``ct`` among those who may be asked.

        :param SQL role: of who is reminded of the billing stage
        """
        return SQL(
            """CASE WHEN ct.btp_contact_role = %s THEN 0
                    WHEN ct.btp_contact_role = 'accounting' THEN 1
                    WHEN ct.type = 'invoice' THEN 2
                    WHEN ct.btp_contact_role = 'management' THEN 3
                    WHEN ct.id <> l.partner_id THEN 4 ELSE 5 END""",
            role,
        )

    @api.model
    def _get_next_contacts_sql(self, stage: SQL) -> SQL:
        """Return whether ``ct`` is asked because somebody of the debtor does not answer.

        Nobody whose messages come back: who is added must be reached.
        """
        return SQL(
            """((l.company_id, l.partner_id) IN (
                    SELECT company_id, partner_id FROM btp_contact_stat WHERE silent)
                AND COALESCE(ct.message_bounce, 0) = 0
                AND (ct.btp_contact_role = 'management' OR ct.id = l.partner_id
                     OR (ct.btp_contact_role = 'site' OR %s) AND %s IN %s))""",
            self._get_on_site_sql(),
            stage,
            SITE_STAGES,
        )

    @api.model
    def _get_on_site_sql(self) -> SQL:
        """Return whether ``ct`` is the customer's person on a chantier."""
        return SQL(
            """(ct.id IN (SELECT site_contact_id FROM btp_chantier
                          WHERE active AND site_contact_id IS NOT NULL))"""
        )

    @api.model
    def _get_wrong_sql(self, contact: SQL) -> SQL:
        """Return whether a contact said that they are not the right person."""
        return SQL(
            """(%s, l.company_id) IN (
                -- Not correlated: read once, whatever the number of amounts due.
                SELECT contact_id, company_id FROM btp_contact_answer
                 WHERE kind = 'wrong' AND lifted IS NOT TRUE)""",
            contact,
        )

    @api.model
    def _get_reached_sql(self, channel: str) -> SQL:
        # EXTENDS btp_relance: who is not the right person is not asked again. A letter
        # goes to the address of the customer, whoever opens it.
        reached = super()._get_reached_sql(channel)
        if channel not in dict(CONTACT_CHANNELS):
            return reached
        return SQL("(%s AND NOT %s)", reached, self._get_wrong_sql(SQL("ct.id")))
