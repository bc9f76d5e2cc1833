# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL
from odoo.tools.misc import format_date

from .btp_alert import AlertKind
from .btp_figure_mixin import OVERDUE

#: A chantier's overdue grew by half, and by as much in the company's currency.
GROWTH, GROWTH_AMOUNT = 1.5, 1000
#: A payer pays so many days later than in the year before, of as much paid.
LATER, LATER_AMOUNT = 15, 1000
#: A scenario's share paid before J+10 fell by so much, of so many amounts due.
FALL, FALL_CASES = 0.15, 20
#: So many messages came back in a month, and twice as many of those sent as before.
BOUNCES, BOUNCE_RISE, BOUNCE_DAYS = 5, 2, 90
#: Days for which a scheduled action may lie still.
STILL = 2


class BtpAlert(models.Model):
    """Drifts: what a closed month shows and nobody would look for."""

    _inherit = "btp.alert"

    @api.model
    def _get_kinds(self, today) -> list[AlertKind]:
        """Add a chantier's overdue, a payer's habit, a scenario, an action that lies still.

        Once a month for each subject: the month is the mark.
        """
        last = today.replace(day=1) - relativedelta(months=1)

        def say_month(record):
            return format_date(record.env, last, date_format="LLLL yyyy")

        return [
            *super()._get_kinds(today),
            AlertKind(
                "figure_chantier",
                self.env._("Overdue of a chantier grows"),
                self._growth_sql(last, today),
                lambda chantier: chantier.env._(
                    "Overdue of %(name)s grew in %(month)s",
                    name=chantier.display_name,
                    month=say_month(chantier),
                ),
                lambda chantier: chantier.env._(
                    "It grew by half or more within the month. Look for the missing document, "
                    "the reserve or the dispute that blocks its situations."
                ),
            ),
            AlertKind(
                "figure_payer",
                self.env._("A customer pays later than usual"),
                self._later_sql(last, today),
                lambda partner: partner.env._(
                    "%s has paid much later for three months", partner.display_name
                ),
                lambda partner: partner.env._(
                    "Call them before the next due date, and look at what is under way: "
                    "a change of habit often comes before a failure to pay."
                ),
            ),
            AlertKind(
                "figure_scenario",
                self.env._("A scenario stops working"),
                self._fall_sql(last, today),
                lambda partner: partner.env._(
                    "Less is paid before J+10 since %s: look at the scenarios",
                    say_month(partner),
                ),
                lambda partner: partner.env._(
                    "%s lost 15 points or more on the quarter before. Look at its wording, its "
                    "channels and its messages that came back; Reminders › Figures by Month, "
                    "grouped by scenario, shows when it began.",
                    self._name_fallen(partner.env, last),
                ),
            ),
            AlertKind(
                "figure_bounce",
                self.env._("More messages come back"),
                self._bounce_sql(today),
                lambda partner: partner.env._(
                    "More reminders come back than before: look at the addresses"
                ),
                lambda partner: partner.env._(
                    "Twice as many as in the three months before. In Reminders › Contacts to "
                    "Check, correct the addresses that came back; if they are many at once, "
                    "ask your administrator whether the mail server is refused (SPF, DKIM)."
                ),
            ),
            AlertKind(
                "figure_cron",
                self.env._("A scheduled action lies still"),
                self._still_sql(today),
                lambda partner: partner.env._(
                    "A scheduled action of the reminders lies still"
                ),
                lambda partner: partner.env._(
                    "It should have run two days ago or more. In Settings › Technical › "
                    "Scheduled Actions, look for “Reminders” and run it, or call your "
                    "administrator."
                ),
            ),
        ]

    @api.model
    def _growth_sql(self, last, today) -> SQL:
        """Return the chantiers whose overdue grew by half in the month that ended."""
        overdue = SQL(" + ").join(SQL.identifier(name) for name in OVERDUE)
        return SQL(
            """
            SELECT s.company_id, 'btp.chantier' AS res_model, s.chantier_id AS res_id,
                   %(month)s::date::text AS mark, ch.user_id, %(today)s AS date_deadline
              FROM (
                SELECT company_id, chantier_id,
                       COALESCE(SUM(%(overdue)s) FILTER (WHERE month = %(month)s), 0) AS now,
                       COALESCE(SUM(%(overdue)s) FILTER (WHERE month = %(before)s), 0) AS old
                  FROM btp_figure_snapshot
                 WHERE month IN (%(month)s, %(before)s) AND chantier_id IS NOT NULL
                 GROUP BY company_id, chantier_id
              ) s
              JOIN btp_chantier ch ON ch.id = s.chantier_id AND ch.active
              JOIN res_company c ON c.id = s.company_id AND c.btp_relance_active
             WHERE now - old >= %(amount)s AND now >= old * %(growth)s
            """,
            month=last,
            before=last - relativedelta(months=1),
            today=today,
            overdue=overdue,
            amount=GROWTH_AMOUNT,
            growth=GROWTH,
        )

    @api.model
    def _later_sql(self, last, today) -> SQL:
        """Return the customers whose delay of three months is far from that of the year before."""
        return SQL(
            """
            SELECT s.company_id, 'res.partner' AS res_model, s.partner_id AS res_id,
                   %(month)s::date::text AS mark, NULL::int AS user_id,
                   %(today)s AS date_deadline
              FROM (
                SELECT company_id, partner_id, month > %(quarter)s AS recent,
                       SUM(late_days_amount) AS late, SUM(paid) AS paid
                  FROM btp_figure_snapshot
                 WHERE month BETWEEN %(year)s AND %(month)s AND partner_id IS NOT NULL
                 GROUP BY company_id, partner_id, month > %(quarter)s
              ) s
              JOIN res_company c ON c.id = s.company_id AND c.btp_relance_active
             GROUP BY s.company_id, s.partner_id
            HAVING MIN(paid) >= %(amount)s AND COUNT(*) = 2
               AND MAX(late / NULLIF(paid, 0)) FILTER (WHERE recent)
                   >= MAX(late / NULLIF(paid, 0)) FILTER (WHERE NOT recent) + %(later)s
            """,
            month=last,
            quarter=last - relativedelta(months=3),
            year=last - relativedelta(months=14),
            today=today,
            amount=LATER_AMOUNT,
            later=LATER,
        )

    @api.model
    def _fall_sql(self, last, today) -> SQL:
        """Return the companies of which a scenario brings in much less before J+10."""
        return SQL(
            """
            SELECT DISTINCT s.company_id, 'res.partner' AS res_model, c.partner_id AS res_id,
                   %(month)s::date::text AS mark, NULL::int AS user_id,
                   %(today)s AS date_deadline
              FROM (%(fallen)s) s
              JOIN res_company c ON c.id = s.company_id AND c.btp_relance_active
            """,
            fallen=self._fallen_sql(last),
            month=last,
            today=today,
        )

    @api.model
    def _fallen_sql(self, last) -> SQL:
        """Return the scenarios that bring in much less before J+10 than the quarter before."""
        return SQL(
            """
            SELECT s.company_id, s.scenario_id
              FROM (
                SELECT company_id, scenario_id, month = %(month)s AS recent,
                       SUM(paid10) / NULLIF(SUM(due10), 0) AS share,
                       SUM(due10_count) AS cases
                  FROM btp_figure_snapshot
                 WHERE month BETWEEN %(quarter)s AND %(month)s AND scenario_id IS NOT NULL
                 GROUP BY company_id, scenario_id, month = %(month)s
              ) s
             GROUP BY s.company_id, s.scenario_id
            HAVING MIN(cases) >= %(cases)s AND COUNT(*) = 2
               AND MAX(share) FILTER (WHERE recent)
                   <= MAX(share) FILTER (WHERE NOT recent) - %(fall)s
            """,
            month=last,
            quarter=last - relativedelta(months=3),
            cases=FALL_CASES,
            fall=FALL,
        )

    @api.model
    def _name_fallen(self, env, last) -> str:
        """Return the names of the scenarios that fell, in the company of an environment."""
        rows = env.execute_query(
            SQL(
                "SELECT DISTINCT scenario_id FROM (%s) s WHERE company_id = %s",
                self._fallen_sql(last),
                env.company.id,
            )
        )
        scenarios = env["btp.relance.scenario"].sudo().browse(id_ for (id_,) in rows)
        return ", ".join(f"“{name}”" for name in scenarios.mapped("name"))

    @api.model
    def _bounce_sql(self, today) -> SQL:
        """Return the companies to which more reminders by e-mail came back in 30 days."""
        return SQL(
            """
            SELECT c.id AS company_id, 'res.partner' AS res_model, c.partner_id AS res_id,
                   DATE_TRUNC('month', %(today)s::date)::date::text AS mark,
                   NULL::int AS user_id, %(today)s AS date_deadline
              FROM res_company c
              JOIN LATERAL (
                SELECT COUNT(*) FILTER (WHERE day > %(today)s - 30) AS now,
                       COUNT(*) FILTER (WHERE day <= %(today)s - 30) AS old
                  FROM btp_contact_answer
                 WHERE company_id = c.id AND kind = 'bounced' AND channel = 'email'
                   AND day > %(today)s - 30 - %(before)s
              ) back ON TRUE
              JOIN LATERAL (
                SELECT COUNT(*) FILTER (WHERE contacted_on > %(today)s - 30) AS now,
                       COUNT(*) FILTER (WHERE contacted_on <= %(today)s - 30) AS old
                  FROM btp_relance
                 WHERE company_id = c.id AND channel = 'email'
                   AND contacted_on > %(today)s - 30 - %(before)s
              ) sent ON TRUE
             WHERE c.btp_relance_active AND back.now >= %(least)s AND sent.old > 0
               AND back.now::numeric / GREATEST(sent.now, 1)
                   >= %(rise)s * back.old::numeric / sent.old
            """,
            today=today,
            before=BOUNCE_DAYS,
            least=BOUNCES,
            rise=BOUNCE_RISE,
        )

    @api.model
    def _still_sql(self, today) -> SQL:
        """Return the companies that follow up while an action of the reminders lies still."""
        return SQL(
            """
            SELECT c.id AS company_id, 'res.partner' AS res_model, c.partner_id AS res_id,
                   %(today)s::date::text AS mark, NULL::int AS user_id,
                   %(today)s AS date_deadline
              FROM res_company c
             WHERE c.btp_relance_active AND EXISTS (
                SELECT 1 FROM ir_cron cron
                  JOIN ir_model_data d ON d.model = 'ir.cron' AND d.res_id = cron.id
                 WHERE d.module = 'btp_relance' AND cron.active
                   AND cron.nextcall < %(today)s::date - %(still)s)
            """,
            today=today,
            still=STILL,
        )
