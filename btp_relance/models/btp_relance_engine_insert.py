# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ..const import OPEN_STATES


class BtpRelanceEngine(models.AbstractModel):
    """The queries that make reminders: their number does not depend on what is due."""

    _inherit = "btp.relance.engine"

    @api.model
    def _insert(self, relances: SQL, lines):
        """Make reminders with their lines, their debtors' credits and their amounts.

        :param relances: the query that makes them and returns their ids
        :param lines: a function from ids to the query that makes their lines
        :return: the new ``btp.relance`` records
        """
        ids = [id_ for (id_,) in self.env.execute_query(relances)]
        if ids:
            for query in (
                lines(ids),
                self._insert_credits(ids),
                self._update_amounts(ids),
            ):
                self.env.cr.execute(query)
            self.env.invalidate_all()
        return self.env["btp.relance"].browse(ids)

    @api.model
    def _insert_relances(self, today) -> SQL:
        """Return the query that makes one reminder a debtor at the highest level due.

        Its contact and channel are the best for what it asks for: several billing stages
        in one message are for the accounts.
        """
        holds = self.env["btp.relance.hold"]
        return self._insert_highest(
            today,
            condition=SQL("e.hold_code IS NULL"),
            ways=SQL(
                "LEFT JOIN LATERAL (%s) way ON TRUE",
                holds._get_ways_sql(SQL("l.billing_stage")),
            ),
            contact=SQL("way.contact_id"),
            channel=SQL("COALESCE(way.channel, s.channel)"),
            state=SQL(
                "CASE s.approval WHEN 'auto' THEN 'approved' ELSE 'proposed' END"
            ),
            desk=SQL("CASE s.approval WHEN 'manual' THEN 'approve' END"),
        )

    @api.model
    def _insert_highest(
        self, today, condition, contact, channel, state, desk, ways=None, reason=None
    ) -> SQL:
        """Return the query that makes one reminder a debtor at the highest level due.

        All parts are SQL on the debtor's highest échéance ``l``, its step ``s``, the debtor
        ``p`` and the company ``c``.

        :param condition: which échéances ``e`` count
        :param contact: whom it goes to, the debtor where that is empty
        :param ways: a join that the other parts need
        :param reason: why nothing brings it to its debtor
        """
        holds = self.env["btp.relance.hold"]
        return SQL(
            """
            INSERT INTO btp_relance (
                company_id, partner_id, contact_id, user_id, kind, step_id, tone, channel,
                state, desk, failure_reason, unreachable, planned_on, retry_count,
                answer_unread, create_uid, create_date, write_uid, write_date
            )
            SELECT l.company_id, l.partner_id, COALESCE(%(contact)s, l.partner_id),
                   COALESCE(%(agent)s, c.btp_relance_user_id), 'reminder',
                   s.id, s.tone, %(channel)s, %(state)s, %(desk)s, %(reason)s,
                   %(unreachable)s, %(today)s, 0, FALSE,
                   %(uid)s, NOW() AT TIME ZONE 'UTC', %(uid)s, NOW() AT TIME ZONE 'UTC'
              FROM (
                SELECT DISTINCT ON (e.partner_id)
                       e.company_id, e.partner_id, e.next_step_id,
                       CASE WHEN MIN(e.billing_stage) OVER debtor
                                 = MAX(e.billing_stage) OVER debtor
                            THEN e.billing_stage END AS billing_stage
                  FROM (%(relation)s) e
                 WHERE e.next_date <= %(today)s AND e.company_id = %(company)s
                   AND %(condition)s
                WINDOW debtor AS (PARTITION BY e.partner_id)
                 ORDER BY e.partner_id, e.next_rank DESC, e.next_days DESC
              ) l
              JOIN res_partner p ON p.id = l.partner_id
              JOIN res_company c ON c.id = l.company_id
              JOIN btp_relance_step s ON s.id = l.next_step_id
               AND (%(reason)s IS NULL OR s.tone <> 'preventive')
              %(ways)s
             ORDER BY l.partner_id
            ON CONFLICT DO NOTHING
            RETURNING id
            """,
            contact=contact,
            channel=channel,
            state=state,
            desk=desk,
            condition=condition,
            ways=ways or SQL(),
            reason=SQL("%s::varchar", reason),
            unreachable=True if reason else None,
            agent=holds._company_value("p", "btp_relance_user_id", "int4"),
            relation=self.env["btp.echeance"]._relation(
                today, debtors=self._free_debtors(today)
            ),
            today=today,
            company=self.env.company.id,
            uid=self.env.uid,
        )

    @api.model
    def _insert_lines(self, ids: list[int], today) -> SQL:
        """Return the query that lists, on new reminders, what is due and overdue.

        An échéance whose step is due carries it; the debtor's other overdue échéances are
        listed for information, unless their hold says that they may not be.
        """
        relation = self.env["btp.echeance"]._relation(
            today, planning=False, debtors=self._debtors(ids)
        )
        due = SQL("e.next_date <= %s AND e.hold_code IS NULL", today)
        return self._insert_due_lines(
            relation=relation,
            step=SQL("CASE WHEN %s THEN e.next_step_id END", due),
            days=SQL("CASE WHEN %s THEN e.next_days END", due),
            condition=SQL(
                """(%(due)s OR e.days_overdue > 0
                    AND (e.hold_code IS NULL OR e.hold_code IN %(listed)s))""",
                due=due,
                listed=self._listed_holds(today),
            ),
        )

    @api.model
    def _insert_due_lines(self, relation: SQL, step: SQL, days: SQL, condition: SQL):
        """Return the query that lists échéances ``e`` on their debtor's open reminder.

        :param relation: the échéances
        :param step: the step that each carries, may be empty
        :param days: the days of that step
        :param condition: which of the current company's échéances
        """
        return SQL(
            """
            INSERT INTO btp_relance_line (
                relance_id, company_id, partner_id, move_line_id, move_id, scenario_id,
                step_id, step_days, state, kind, date_due, currency_id,
                amount_residual, amount_company, contested,
                create_uid, create_date, write_uid, write_date
            )
            SELECT %(relance)s, e.company_id, e.partner_id, e.id, e.move_id, e.scenario_id,
                   %(step)s, %(days)s,
                   'planned', CASE WHEN e.days_overdue > 0 THEN 'overdue' ELSE 'due' END,
                   e.date_due, e.currency_id, e.residual, e.residual_company, e.contested,
                   %(uid)s, NOW() AT TIME ZONE 'UTC', %(uid)s, NOW() AT TIME ZONE 'UTC'
              FROM (%(relation)s) e
             WHERE e.company_id = %(company)s AND %(condition)s
             -- The sort ends all reading of the lines before the first is written.
             ORDER BY e.partner_id, e.date_due, e.id
            ON CONFLICT DO NOTHING
            """,
            relation=relation,
            relance=self._open_relance("e"),
            step=step,
            days=days,
            condition=condition,
            company=self.env.company.id,
            uid=self.env.uid,
        )

    @api.model
    def _insert_credits(self, ids: list[int]) -> SQL:
        """Return the query that shows open credit notes and unallocated payments."""
        return SQL(
            """
            INSERT INTO btp_relance_line (
                relance_id, company_id, partner_id, move_line_id, move_id, state, kind,
                date_due, currency_id, amount_residual, amount_company,
                create_uid, create_date, write_uid, write_date
            )
            SELECT %(relance)s, l.company_id, l.partner_id, l.id, l.move_id, 'planned',
                   'credit', l.date_due, l.currency_id, l.residual, l.residual_company,
                   %(uid)s, NOW() AT TIME ZONE 'UTC', %(uid)s, NOW() AT TIME ZONE 'UTC'
              FROM %(open_lines)s l
             WHERE l.company_id = %(company)s AND l.residual_company < 0
               AND NOT l.is_retention
            """,
            open_lines=self.env["btp.echeance"]._open_lines(self._debtors(ids)),
            relance=self._open_relance("l"),
            company=self.env.company.id,
            uid=self.env.uid,
        )

    @api.model
    def _open_relance(self, alias: str) -> SQL:
        """Return the open reminder of the debtor of ``alias``, by its unique index.

        A subquery and not a join: a planner that takes the new table for a small one would
        compare every pair.
        """
        return SQL(
            """(SELECT r.id FROM btp_relance r
                 WHERE r.company_id = %(alias)s.company_id
                   AND r.partner_id = %(alias)s.partner_id
                   AND r.kind = 'reminder' AND r.state IN %(states)s)""",
            alias=SQL.identifier(alias),
            states=OPEN_STATES,
        )

    @api.model
    def _update_amounts(self, ids: list[int]) -> SQL:
        """Return the query that sums the lines of reminders."""
        return SQL(
            """
            UPDATE btp_relance SET amount_due = (
                       SELECT SUM(amount_company) FROM btp_relance_line
                        WHERE relance_id = btp_relance.id AND state <> 'dropped')
             WHERE id = ANY(%(ids)s)
            """,
            ids=ids,
        )

    @api.model
    def _debtors(self, ids: list[int]) -> SQL:
        """Return the condition that keeps the debtors of these reminders."""
        return SQL(
            "ap.commercial_partner_id IN"
            " (SELECT partner_id FROM btp_relance WHERE id = ANY(%s))",
            list(ids),
        )

    @api.model
    def _free_debtors(self, today) -> SQL:
        """Return the condition that leaves out whom no reminder may reach today.

        The holds say the same in words; left out at once, most debtors cost nothing on a
        day on which little is new.
        """
        company = self.env.company
        return SQL(
            """NOT EXISTS (SELECT FROM (
                SELECT partner_id FROM btp_relance
                 WHERE company_id = %(company)s AND kind = 'reminder' AND state IN %(open)s
                 UNION ALL
                SELECT partner_id FROM btp_relance
                 WHERE company_id = %(company)s AND kind = 'reminder' AND state = 'sent'
                   AND contacted_on > %(since)s
            ) busy WHERE busy.partner_id = ap.commercial_partner_id)""",
            company=company.id,
            open=OPEN_STATES,
            since=today - timedelta(days=company.btp_min_contact_gap),
        )

    @api.model
    def _listed_holds(self, today) -> tuple[str, ...]:
        """Return the holds under which an échéance may be listed for information."""
        holds = self.env["btp.relance.hold"]._get_holds(today)
        return tuple(hold.code for hold in holds if hold.listed)
