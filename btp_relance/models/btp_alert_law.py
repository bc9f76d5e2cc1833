# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL, format_date

from ..engine import deadlines
from .btp_alert import AlertKind
from .res_company_law import OVERSEAS


class BtpAlert(models.Model):
    """The dates of the law that a manager must not miss."""

    _inherit = "btp.alert"

    @api.model
    def _get_kinds(self, today) -> list[AlertKind]:
        """Add limitation, claims to declare and the month of an action directe."""
        return [
            *super()._get_kinds(today),
            AlertKind(
                "limitation",
                self.env._("Limitation near"),
                self._limitation_sql(today),
                lambda move: move.env._(
                    "%(invoice)s: limitation on %(date)s",
                    invoice=move.name,
                    date=format_date(move.env, move.btp_limitation_on),
                ),
                lambda move: move.env._(
                    "Get a signed acknowledgement or sue before that day: a reminder or a "
                    "registered letter does not stop limitation."
                ),
            ),
            AlertKind(
                "claim_declaration",
                self.env._("Claim to declare"),
                self._claim_sql(today),
                lambda partner: partner.env._(
                    "Declare %(amount)s in the proceedings of %(debtor)s",
                    amount=partner.env.company.currency_id.format(
                        partner.btp_claim_amount
                    ),
                    debtor=partner.name,
                ),
                lambda partner: partner._get_btp_claim_note(),
            ),
            AlertKind(
                "direct_action",
                self.env._("Action directe: the month is over"),
                self._direct_action_sql(today),
                lambda action: action.env._(
                    "Ask %s to pay, or close the file", action.owner_id.name
                ),
            ),
        ]

    @api.model
    def _limitation_sql(self, today) -> SQL:
        """Return the invoices still due at six, three and one months of limitation."""
        months = sorted(deadlines.LIMITATION_ALERTS)
        return SQL(
            """
            SELECT m.company_id, 'account.move' AS res_model, m.id AS res_id,
                   m.btp_limitation_on || '/' || (CASE %(marks)s END) AS mark,
                   c.btp_law_user_id AS user_id, m.btp_limitation_on AS date_deadline
              FROM account_move m
              JOIN res_company c ON c.id = m.company_id
             WHERE m.move_type = 'out_invoice' AND m.state = 'posted'
               AND m.amount_residual > 0 AND c.btp_relance_active
               AND m.btp_limitation_on >= %(today)s
               AND m.btp_limitation_on <= (%(today)s + %(longest)s)::date
            """,
            marks=SQL(" ").join(
                SQL(
                    "WHEN m.btp_limitation_on <= (%s + %s)::date THEN %s",
                    SQL("%s::date", today),
                    SQL("make_interval(months => %s)", month),
                    f"-{month}",
                )
                for month in months
            ),
            today=SQL("%s::date", today),
            longest=SQL("make_interval(months => %s)", months[-1]),
        )

    @api.model
    def _claim_sql(self, today) -> SQL:
        """Return the insolvent debtors to whom a company has a claim to declare."""
        lines = self.env["btp.echeance"]._open_lines(
            SQL(
                "ap.commercial_partner_id IN (SELECT id FROM res_partner"
                " WHERE btp_insolvency_date <= %s)",
                today,
            )
        )
        return SQL(
            """
            SELECT d.company_id, 'res.partner' AS res_model, d.partner_id AS res_id,
                   d.deadline || '/' || (CASE
                       WHEN d.deadline - 10 <= %(today)s THEN '-10'
                       WHEN d.deadline - 30 <= %(today)s THEN '-30'
                       ELSE '0' END) AS mark,
                   d.user_id, d.deadline AS date_deadline
              FROM (
                SELECT l.company_id, l.partner_id, c.btp_law_user_id AS user_id,
                       (COALESCE(p.btp_bodacc_date, p.btp_insolvency_date)
                        + CASE WHEN c.btp_outside_metropole
                                    AND COALESCE(cty.code, 'FR') = 'FR'
                                    AND COALESCE(LEFT(p.zip, 2), '') NOT IN %(overseas)s
                               THEN INTERVAL '4 months'
                               ELSE INTERVAL '2 months' END)::date AS deadline
                  FROM %(lines)s l
                  JOIN account_move m ON m.id = l.move_id
                  JOIN res_partner p ON p.id = l.partner_id
                  LEFT JOIN res_country cty ON cty.id = p.country_id
                  JOIN res_company c ON c.id = l.company_id
                 WHERE m.btp_claim_after IS NOT TRUE
                   AND (m.move_type <> 'entry' OR m.date <= p.btp_insolvency_date)
                   AND COALESCE(p.btp_bodacc_date, p.btp_insolvency_date) <= %(today)s
                   AND (p.btp_claim_declared_on ->> l.company_id::text) IS NULL
                 GROUP BY l.company_id, l.partner_id, c.id, p.id, cty.id
                HAVING SUM(l.residual_company) > 0 OR SUM(l.contested) > 0
              ) d
            """,
            lines=lines,
            overseas=OVERSEAS,
            today=SQL("%s::date", today),
        )

    @api.model
    def _direct_action_sql(self, today) -> SQL:
        """Return the actions directes whose month of waiting is over."""
        return SQL(
            """
            SELECT a.company_id, 'btp.direct.action' AS res_model, a.id AS res_id,
                   a.sent_on::text AS mark, a.user_id, a.exercise_from AS date_deadline
              FROM btp_direct_action a
             WHERE a.state = 'sent' AND a.exercise_from <= %s
            """,
            today,
        )
