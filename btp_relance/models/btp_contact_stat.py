# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..const import CONTACT_CHANNELS

#: An answer, or a silence, older than this says nothing of today.
RECENT_DAYS = 365


class BtpContactStat(models.Model):
    """Who answers and who does not, as planning reads it: contacts with something to say.

    Made anew from the reminders, answers and payments before each planning, in one query:
    a counter kept at each event would drift, and would make two transactions meet.
    """

    _name = "btp.contact.stat"
    _description = "Silence of a Contact"
    _rec_name = "contact_id"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, ondelete="cascade"
    )
    contact_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="cascade"
    )
    unanswered = fields.Integer(
        readonly=True, help="Messages since the last answer and the last payment."
    )
    silent = fields.Boolean(readonly=True, help="So many that somebody else is asked.")
    answered_on = fields.Date(readonly=True)
    email_on = fields.Date(readonly=True)
    sms_on = fields.Date(readonly=True)
    call_on = fields.Date(readonly=True)

    _one_per_contact = models.UniqueIndex("(contact_id, company_id)")
    _silent_idx = models.Index("(company_id, partner_id) WHERE silent")

    @api.model
    def _refresh(self, company, today=None):
        """Bring the rows of a company up to date; what has not changed is not written.

        :param company: ``res.company``
        :param date today: the day from which what is recent is counted
        """
        today = today or self.env["btp.echeance"].with_company(company)._get_today()
        for model in (
            "btp.relance",
            "btp.contact.answer",
            "res.partner",
            "res.company",
        ):
            self.env[model].flush_model()
        self.env["account.move.line"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH fresh AS (%(fresh)s), gone AS (
                    DELETE FROM btp_contact_stat st
                     WHERE st.company_id = %(company)s AND NOT EXISTS (
                           SELECT FROM fresh WHERE fresh.contact_id = st.contact_id)
                )
                INSERT INTO btp_contact_stat AS st (
                    company_id, partner_id, contact_id, unanswered, silent,
                    answered_on, email_on, sms_on, call_on)
                SELECT %(company)s, partner_id, contact_id, unanswered, silent,
                       answered_on, email_on, sms_on, call_on
                  FROM fresh
                ON CONFLICT (contact_id, company_id) DO UPDATE
                   SET partner_id = excluded.partner_id,
                       unanswered = excluded.unanswered, silent = excluded.silent,
                       answered_on = excluded.answered_on, email_on = excluded.email_on,
                       sms_on = excluded.sms_on, call_on = excluded.call_on
                 WHERE (st.partner_id, st.unanswered, st.silent, st.answered_on,
                        st.email_on, st.sms_on, st.call_on)
                       IS DISTINCT FROM (excluded.partner_id, excluded.unanswered,
                        excluded.silent, excluded.answered_on, excluded.email_on,
                        excluded.sms_on, excluded.call_on)
                """,
                fresh=self._get_fresh_sql(company, today),
                company=company.id,
            )
        )
        self.invalidate_model()

    @api.model
    def _get_fresh_sql(self, company, today) -> SQL:
        """Return the query of the contacts of a company who answered, or did not.

        Each step is one pass over a set; payments are read only of whoever seems silent.
        """
        return SQL(
            """
            WITH said AS MATERIALIZED (%(said)s), message AS MATERIALIZED (
                SELECT r.contact_id, r.contacted_on
                  FROM btp_relance r
                  LEFT JOIN said ON said.contact_id = r.contact_id
                 WHERE %(message)s
                   AND r.contacted_on > COALESCE(said.answered_on, '-infinity')
            ), asked AS MATERIALIZED (
                SELECT contact_id, COUNT(*) AS count, MIN(contacted_on) AS first_on
                  FROM message GROUP BY contact_id
            ), paid AS MATERIALIZED (
                SELECT asked.contact_id, MAX(pay.date) AS day
                  FROM asked
                  JOIN res_partner ct ON ct.id = asked.contact_id
                  JOIN res_partner ap
                    ON ap.commercial_partner_id = ct.commercial_partner_id
                  JOIN account_move_line pay ON pay.partner_id = ap.id
                   AND pay.date >= asked.first_on
                  JOIN account_move pm ON pm.id = pay.move_id AND pm.move_type = 'entry'
                 WHERE asked.count >= %(limit)s AND %(limit)s > 0
                   AND pay.company_id = %(company)s AND pay.account_id IN %(accounts)s
                   AND pay.parent_state = 'posted' AND pay.balance < 0
                 GROUP BY asked.contact_id
            ), silence AS (
                SELECT message.contact_id, COUNT(*) FILTER (
                           WHERE message.contacted_on > COALESCE(paid.day, '-infinity')
                       ) AS unanswered
                  FROM message
                  LEFT JOIN paid ON paid.contact_id = message.contact_id
                 GROUP BY message.contact_id
            )
            SELECT ct.commercial_partner_id AS partner_id, ct.id AS contact_id,
                   COALESCE(silence.unanswered, 0) AS unanswered,
                   %(limit)s > 0 AND COALESCE(silence.unanswered, 0) >= %(limit)s AS silent,
                   said.answered_on, said.email_on, said.sms_on, said.call_on
              FROM said
              FULL JOIN silence ON silence.contact_id = said.contact_id
              JOIN res_partner ct
                ON ct.id = COALESCE(said.contact_id, silence.contact_id)
            """,
            said=self._get_answers_sql(company, today),
            message=self._get_message_sql(company, today),
            company=company.id,
            limit=company.sudo().btp_max_silent,
            accounts=self.env["btp.escalation"]
            .with_company(company)
            ._get_trade_accounts(),
        )

    @api.model
    def _get_answers_sql(self, company, today) -> SQL:
        """Return the query of the last answers of each contact, by channel."""
        by_channel = SQL(", ").join(
            SQL(
                "MAX(day) FILTER (WHERE channel = %s) AS %s",
                channel,
                SQL.identifier(f"{channel}_on"),
            )
            for channel, _label in CONTACT_CHANNELS
        )
        return SQL(
            """SELECT contact_id, MAX(day) AS answered_on, %s
                 FROM btp_contact_answer
                WHERE company_id = %s AND kind = 'answered' AND day > %s
                GROUP BY contact_id""",
            by_channel,
            company.id,
            today - timedelta(days=RECENT_DAYS),
        )

    @api.model
    def _get_message_sql(self, company, today) -> SQL:
        """Return whether reminder ``r`` is a message that waits for an answer.

        A word before the due date waits for none, and a letter goes to an address.
        """
        return SQL(
            """r.company_id = %s AND r.kind = 'reminder' AND r.state = 'sent'
               AND r.tone IS DISTINCT FROM 'preventive'
               AND r.channel IN ('email', 'sms', 'call')
               AND r.contacted_on > %s""",
            company.id,
            today - timedelta(days=RECENT_DAYS),
        )


class BtpRelance(models.Model):
    _inherit = "btp.relance"

    _contact_sent_idx = models.Index(
        "(contact_id, contacted_on) WHERE state = 'sent' AND kind = 'reminder'"
    )


class BtpRelanceEngine(models.AbstractModel):
    _inherit = "btp.relance.engine"

    @api.model
    def _make_relances(self, today=None):
        # EXTENDS btp_relance: whom to write to follows from who answered until now.
        self.env["btp.contact.stat"].sudo()._refresh(self.env.company, today)
        return super()._make_relances(today)
