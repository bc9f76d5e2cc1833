# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ..const import CONTACT_CHANNELS, REGIME_GROUPS
from .btp_relance_hold import Hold

#: Channels of which one may stand in for another.
SWAPPED = tuple(channel for channel, _label in CONTACT_CHANNELS)
#: Tones whose channel never changes: they have a form of their own.
FIXED_TONES = ("final", "formal")


class BtpRelanceHold(models.AbstractModel):
    """Whom a reminder reaches and how, and what of the person bars it."""

    _inherit = "btp.relance.hold"

    @api.model
    def _get_legal_holds(self, today) -> list[Hold]:
        # EXTENDS btp_relance
        return [
            *super()._get_legal_holds(today),
            Hold(
                "lawyer",
                self.env._("Represented by a lawyer"),
                self.env._("Write to the lawyer, or correct it on the customer."),
                SQL("p.btp_lawyer"),
                listed=False,
            ),
            Hold(
                "vulnerable",
                self.env._("Deceased or vulnerable person"),
                self.env._("A person decides, with tact; it is set on the customer."),
                SQL("p.btp_vulnerable IS NOT NULL"),
                listed=False,
            ),
        ]

    @api.model
    def _get_contact_holds(self, today) -> list[Hold]:
        # EXTENDS btp_relance: the cap comes after the days between two contacts.
        holds = super()._get_contact_holds(today)
        place = [hold.code for hold in holds].index("frequency") + 1
        return [*holds[:place], self._get_cap_hold(today), *holds[place:]]

    @api.model
    def _get_cap_hold(self, today) -> Hold:
        """Return the hold of whoever was contacted often enough in 30 days."""
        cap = SQL(
            "CASE WHEN p.btp_regime IN %s THEN c.btp_max_contacts_consumer"
            " ELSE c.btp_max_contacts END",
            REGIME_GROUPS["consumer"],
        )
        return Hold(
            "cap",
            self.env._("Contacted often enough in the last 30 days"),
            self.env._(
                "It leaves by itself when the oldest contact is 30 days old; a manager sets "
                "the number in the settings."
            ),
            SQL(
                """(CASE WHEN COALESCE(%(cap)s, 0) = 0 THEN FALSE ELSE (
                    SELECT SUM(GREATEST(r.attempts, 1)) FROM btp_relance r
                     WHERE r.company_id = l.company_id AND r.partner_id = l.partner_id
                       AND r.kind = 'reminder' AND r.state = 'sent'
                       AND r.contacted_on > %(since)s) >= %(cap)s END)""",
                cap=cap,
                since=today - timedelta(days=30),
            ),
            planning=True,
        )

    # === BEST CHANNEL: THE BEST CONTACT IS IN btp_contact_best === #

    @api.model
    def _get_stage_sql(self) -> SQL:
        """Return the billing stage of échéance ``l`` of invoice ``m``, as SQL."""
        return SQL(
            "CASE WHEN l.is_retention THEN 'retention_release'"
            " ELSE COALESCE(m.btp_billing_stage, 'plain') END"
        )

    @api.model
    def _get_reached_sql(self, channel: str) -> SQL:
        """Return whether a channel reaches contact ``ct``, who does not refuse it."""
        reachable = self.env["btp.relance.channel"]._for(channel)._get_reachable_sql()
        if channel not in SWAPPED:
            return reachable
        return SQL(
            """(%(reachable)s
                -- Not correlated: read once, whatever the number of amounts due.
                AND (ct.id, l.company_id) NOT IN (
                    SELECT partner_id, company_id FROM btp_contact_optout
                     WHERE active AND channel = %(channel)s)
                AND (l.partner_id, l.company_id) NOT IN (
                    SELECT partner_id, company_id FROM btp_contact_optout
                     WHERE active AND channel = %(channel)s))""",
            reachable=reachable,
            channel=channel,
        )

    @api.model
    def _get_ways_sql(self, stage: SQL) -> SQL:
        """Return the query of the best channel and contact for step ``s`` of debtor ``p``.

        Hook: the best channel of a debtor. The one that the customer prefers, if the step
        has words for it; else the step's own; else another one that has words. A last
        reminder and a formal notice keep theirs.

        :param SQL stage: billing stage, see :meth:`_get_best_contact`
        :return: a query of ``channel, contact_id`` with one row, or none
        """
        return SQL(
            """SELECT way.channel, way.contact_id FROM (%s) way
                ORDER BY (way.channel = p.btp_preferred_channel) DESC NULLS LAST,
                         way.channel = s.channel DESC, way.place
                LIMIT 1""",
            self._get_each_way_sql(stage),
        )

    @api.model
    def _get_each_way_sql(self, stage: SQL) -> SQL:
        """Return the query of every channel that reaches debtor ``p`` for step ``s``.

        :param SQL stage: billing stage, see :meth:`_get_best_contact`
        :return: a query of ``channel, contact_id, place``
        """
        channels = dict(self.env["btp.relance.step"]._fields["channel"].selection)
        ways = [
            SQL(
                """SELECT %(channel)s AS channel, ct.id AS contact_id, %(place)s AS place
                     FROM res_partner ct
                    WHERE ct.id = %(contact)s AND %(allowed)s AND %(reached)s""",
                channel=channel,
                place=place,
                contact=self._get_best_contact(channel, stage),
                allowed=self._get_allowed_sql(channel),
                reached=self._get_reached_sql(channel),
            )
            for place, channel in enumerate(channels)
        ]
        return SQL(" UNION ALL ").join(ways)

    @api.model
    def _get_asked_stage_sql(self) -> SQL:
        """Return the query of the billing stage that reminder ``l`` asks for; NULL where
        there are several."""
        return SQL(
            """SELECT CASE WHEN MIN(x.name) = MAX(x.name) THEN MIN(x.name) END AS name
                 FROM (
                   SELECT CASE WHEN aml.account_id = c.btp_retention_account_id
                               THEN 'retention_release'
                               ELSE COALESCE(m.btp_billing_stage, 'plain')
                          END AS name
                     FROM btp_relance_line rl
                     JOIN account_move m ON m.id = rl.move_id
                     JOIN account_move_line aml ON aml.id = rl.move_line_id
                     JOIN res_company c ON c.id = rl.company_id
                    WHERE rl.relance_id = l.id AND rl.step_id IS NOT NULL
                      AND rl.state <> 'dropped') x"""
        )

    @api.model
    def _get_allowed_sql(self, channel: str) -> SQL:
        """Return whether step ``s`` may go by a channel: its own, or one with words."""
        own = SQL("s.channel = %s", channel)
        words = {
            "email": SQL("s.channel = 'sms' AND s.template_id IS NOT NULL"),
            "sms": SQL("s.sms_template_id IS NOT NULL"),
            # Only where the customer prefers it: else a person is told, and decides.
            "call": SQL(
                "s.channel <> 'call' AND s.tone <> 'preventive'"
                " AND p.btp_preferred_channel = 'call'"
            ),
        }.get(channel)
        if words is None:
            return own
        return SQL(
            "(%s OR s.channel IN %s AND s.tone NOT IN %s AND %s)",
            own,
            SWAPPED,
            FIXED_TONES,
            words,
        )

    @api.model
    def _get_unreachable_sql(self) -> SQL:
        """Return whether no channel reaches the debtor for step ``s``."""
        stage = self._get_stage_sql()
        channels = dict(self.env["btp.relance.step"]._fields["channel"].selection)
        direct = SQL(
            "CASE %s END",
            SQL(" ").join(
                SQL(
                    "WHEN s.channel = %(channel)s THEN EXISTS ("
                    "SELECT FROM res_partner ct WHERE ct.id = %(contact)s AND %(reached)s)",
                    channel=channel,
                    contact=self._get_best_contact(channel, stage),
                    reached=self._get_reached_sql(channel),
                )
                for channel in channels
            ),
        )
        # The step's own channel answers for most: the others are not asked.
        return SQL(
            "(CASE WHEN s.id IS NULL THEN FALSE WHEN %s THEN FALSE"
            " ELSE NOT EXISTS (%s) END)",
            direct,
            self._get_ways_sql(stage),
        )

    @api.model
    def _find_ways(self, relances) -> dict:
        """Return how reminders can reach their debtors now.

        :return: ``{reminder id: (stands, channel, contact id, contact id to call)}``:
            whether the present way stands, and the best one, empty where there is none
        """
        if not relances.ids:
            return {}
        self.env["btp.echeance"]._flush_relation()
        channels = dict(self.env["btp.relance.step"]._fields["channel"].selection)
        stands = SQL(" ").join(
            SQL(
                "WHEN l.channel = %s THEN EXISTS ("
                "SELECT FROM res_partner ct WHERE ct.id = l.contact_id AND %s)",
                channel,
                self._get_reached_sql(channel),
            )
            for channel in channels
        )
        stage = SQL("stage.name")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.id, CASE %(stands)s END, way.channel, way.contact_id, (
                           SELECT ct.id FROM res_partner ct
                            WHERE ct.id = %(caller)s AND %(called)s)
                  FROM btp_relance l
                  JOIN res_partner p ON p.id = l.partner_id
                  JOIN btp_relance_step s ON s.id = l.step_id
                  LEFT JOIN LATERAL (%(stage)s) stage ON TRUE
                  LEFT JOIN LATERAL (%(ways)s) way ON TRUE
                 WHERE l.id = ANY(%(ids)s)
                """,
                stands=stands,
                stage=self._get_asked_stage_sql(),
                caller=self._get_best_contact("call", stage),
                called=self._get_reached_sql("call"),
                ways=self._get_ways_sql(stage),
                ids=list(relances.ids),
            )
        )
        return {id_: tuple(way) for id_, *way in rows}
